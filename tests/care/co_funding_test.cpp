// Who pays for a building, and what it costs the commune in a year.
#include "care/co_funding.hpp"

#include <gtest/gtest.h>

#include "care/municipality.hpp"
#include "care/salaried_posts.hpp"
#include "tests/support/small_world.hpp"
#include "world/decisions.hpp"

namespace care {
namespace {

using scenario::TeamStage;
using support::table;

const MunicipalParameters& municipal() { return table().municipal; }

constexpr std::array stages{TeamStage::none,    TeamStage::nucleus,   TeamStage::diagnosis,
                            TeamStage::drafted, TeamStage::submitted, TeamStage::recognised,
                            TeamStage::funded};

TEST(Grants, AreThePublishedTotalsWithAProjectAndWithout) {
  for (const std::int64_t cost : {1LL, 99LL, 20'000'000LL, 240'000'000LL, 900'000'000LL}) {
    const auto share = [&](TeamStage stage) {
      return grants_for({cost}, stage, municipal()).total().value;
    };
    const auto part = [&](double of) {
      return world::cents(static_cast<double>(cost) / 100 * of).value;
    };
    EXPECT_EQ(share(TeamStage::none), part(municipal().subsidy_without_project));
    EXPECT_EQ(share(TeamStage::recognised), part(municipal().subsidy_with_project));
    EXPECT_EQ(share(TeamStage::funded), share(TeamStage::recognised));
  }
}

TEST(Grants, NeverFallAsTheProjectMovesOnAndNoSourcePaysBackOrTooMuch) {
  for (std::int64_t cost = 0; cost < 600'000'000; cost += 7'654'321) {
    Cents before;
    for (const TeamStage stage : stages) {
      const Grants grants = grants_for({cost}, stage, municipal());
      for (const Cents grant :
           {grants.region, grants.department, grants.health_agency, grants.state}) {
        EXPECT_GE(grant, Cents{});
      }
      EXPECT_LE(grants.region, world::cents(municipal().subsidy_region));
      EXPECT_LE(grants.department, world::cents(municipal().department_ceiling));
      EXPECT_LE(grants.health_agency, world::cents(municipal().health_agency_ceiling));
      EXPECT_LE(grants.total().value, cost);
      EXPECT_GE(grants.total(), before);
      before = grants.total();
    }
  }
}

TEST(Grants, AreRefusedBySourcesThatAskForAProject) {
  const Cents cost{240'000'000};
  const Grants none = grants_for(cost, TeamStage::diagnosis, municipal());
  EXPECT_EQ(none.region + none.department + none.health_agency, Cents{});
  EXPECT_GT(none.state, Cents{});
  const Grants drafted = grants_for(cost, TeamStage::drafted, municipal());
  EXPECT_GT(drafted.health_agency, Cents{});
  EXPECT_EQ(drafted.region + drafted.department, Cents{});
  const Grants recognised = grants_for(cost, TeamStage::recognised, municipal());
  EXPECT_EQ(recognised.region, Cents{20'000'000});
  EXPECT_EQ(recognised.department, Cents{10'000'000});
  EXPECT_GT(recognised.state, none.state);
}

/// DETR and DSIL together: 10 to 40 % read in circulars, which set no parameter.
TEST(Grants, LeaveTheStateAShareLikeThoseRead) {
  for (const std::int64_t euros : {700'000, 1'700'000, 2'400'000}) {
    const Grants grants = grants_for({100 * euros}, TeamStage::recognised, municipal());
    const double share =
        static_cast<double>(grants.state.value) / (100.0 * static_cast<double>(euros));
    EXPECT_GE(share, 0.1) << euros;
    EXPECT_LE(share, 0.4) << euros;
  }
}

/// A year of a building of 800 m2 (20 rooms of 40 m2) at the published price, once it is open.
struct Year {
  double annuity = 0, upkeep = 0, rent = 0;
  double net() const { return annuity + upkeep - rent; }
};

Year year_of(TeamStage project, int rooms_let, double off_the_rent) {
  MunicipalParameters p = municipal();
  p.room_area = 40;
  p.building_cost_sigma = 0;
  Means means;
  means.rent_reduction = off_the_rent;
  Ledger ledger;
  Building building(20, new_building(p), world::Luck{1, 0}.stream(world::Decision::building, 0), p);
  while (building.stage() != BuildingStage::open) building.advance(0, project, p, ledger);
  EXPECT_EQ(ledger.balance(Account::suppliers).value, 240'000'000) << "800 m2 at 3,000 EUR";
  for (int month = 0; month < 12; ++month) {
    building.pay_month(1 + month, 0, p, ledger);
    pay_rent(rooms_let, means, 1 + month, p, ledger);
  }
  EXPECT_EQ(ledger.sum_of_balances().value, 0);
  Year year;
  for (const record::LedgerEntry& entry : ledger.entries()) {
    const double euros = static_cast<double>(entry.cents) / 100;
    if (entry.category == Category::loan_interest || entry.category == Category::loan_repaid) {
      year.annuity += euros;
    }
    if (entry.category == Category::running_cost) year.upkeep += euros;
    if (entry.category == Category::rent) year.rent += euros;
  }
  return year;
}

/// Worked out by hand: 55 % granted; 20 years at 3.5 % make an annuity of 76,000 EUR if paid at the
/// end of each year, 75,160 if paid monthly as here; upkeep 24,000; rent of a full building 69,000,
/// which is 7.20 EUR a m2 and month. So 31,000 a year if full, 58,000 if 60 % is let, and 118,000
/// if 60 % is let and no project was validated (20 % granted). Within 2,000 EUR: monthly
/// instalments are worth up to 1,500 EUR less than yearly ones, the rest is rounding.
TEST(ABuildingOf800SquareMetres, CostsTheCommuneWhatIsWorkedOutByHand) {
  const double off = municipal().rent_m2 - 7.2;
  const Year full = year_of(TeamStage::recognised, 20, off);
  EXPECT_NEAR(full.annuity, 76'000, 1'500);
  EXPECT_NEAR(full.upkeep, 24'000, 1);
  EXPECT_NEAR(full.rent, 69'000, 200);
  const double partly = year_of(TeamStage::recognised, 12, off).net();
  const double without_project = year_of(TeamStage::none, 12, off).net();
  RecordProperty("full", std::to_string(full.net()));
  RecordProperty("partly", std::to_string(partly));
  RecordProperty("without_project", std::to_string(without_project));
  EXPECT_NEAR(full.net(), 31'000, 2'000);
  EXPECT_NEAR(partly, 58'000, 2'000);
  EXPECT_NEAR(without_project, 118'000, 2'000);
}

/// The table's rent of 9 EUR a m2 brings 86,400 EUR if all 800 m2 are let: the building costs
/// 17,280 EUR less than above if it is full, 10,368 less at 60 %.
TEST(ABuildingOf800SquareMetres, CostsLessAtTheTablesRentByWhatTheRentBringsMore) {
  const double off = municipal().rent_m2 - 7.2;
  EXPECT_NEAR(
      year_of(TeamStage::recognised, 20, off).net() - year_of(TeamStage::recognised, 20, 0).net(),
      (municipal().rent_m2 - 7.2) * 800 * 12, 1);
  EXPECT_NEAR(year_of(TeamStage::none, 12, off).net() - year_of(TeamStage::none, 12, 0).net(),
              (municipal().rent_m2 - 7.2) * 480 * 12, 1);
}

/// Half a coordinator, accompaniment and meetings: about 30,000 EUR a year (10,000 to 60,000).
TEST(SupportToATeam, CostsAboutThirtyThousandAYear) {
  Means means;
  means.coordinator_fte = table().team.usual_coordinator_fte;
  means.federation = 1;
  Ledger ledger;
  for (int month = 0; month < 12; ++month) pay_for(means, month * 30, municipal(), ledger);
  const double year = -static_cast<double>(ledger.balance(Account::municipality).value) / 100;
  RecordProperty("support", std::to_string(year));
  EXPECT_NEAR(year, 30'000, 5'000);
}

/// Read in nine municipal budgets: 100,000 EUR a year for three GPs, from 0 to 240,000. With full
/// books (4,220 consultations a year each) the model comes out at the low end, 18,000; it reaches
/// the mean read at some 3,450, a little below the least output read (3,600). No parameter was set
/// by it.
TEST(ThreeSalariedGps, CostAnAmountAmongThoseReadAtTheLowEndIfTheirBooksAreFull) {
  const auto year = [](int consultations) {
    Ledger ledger;
    for (int month = 0; month < 12; ++month) {
      pay_posts(world::Profession::gp, 3, month * 30, table().salaried, ledger);
      collect_fees(3 * consultations / 12, month * 30, table().salaried, ledger);
    }
    return -static_cast<double>(ledger.balance(Account::municipality).value) / 100;
  };
  RecordProperty("full_books", std::to_string(year(4220)));
  RecordProperty("least_read", std::to_string(year(3600)));
  EXPECT_GT(year(4220), 0);
  EXPECT_LT(year(3600), 240'000);
  EXPECT_NEAR(year(3450), 100'000, 5'000);
}

}  // namespace
}  // namespace care
