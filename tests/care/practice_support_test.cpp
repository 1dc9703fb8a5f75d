// Aid to settle, moderate rents, assistants and relief from paperwork: what each does by itself.
#include <gtest/gtest.h>

#include <cmath>

#include "care/arrival.hpp"
#include "care/departure.hpp"
#include "care/municipality.hpp"
#include "care/panel.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using scenario::Lever;
using support::table;
using world::Profession;

double log_odds(const Offer& offer, Profession profession = Profession::gp) {
  const Candidate candidate{profession, 35};
  return attraction(offer, candidate, table().arrival) - attraction({}, candidate, table().arrival);
}

TEST(AidToSettle, OfTheUsualAmountAddsItsPublishedEffectLessWhatNeighboursLose) {
  Offer offer;
  offer.aid = 50'000;
  EXPECT_NEAR(std::exp(log_odds(offer)), 1 + 0.4 * 0.06, 1e-12);
  EXPECT_DOUBLE_EQ(log_odds(offer, Profession::nurse), log_odds({}, Profession::nurse));
  Offer more = offer;
  more.aid = 60'000;
  EXPECT_GT(log_odds(more), log_odds(offer));
}

TEST(AidToSettle, TakesItsShareOfRecruitsFromTheNeighbours) {
  const ArrivalParameters& p = table().arrival;
  EXPECT_EQ(displaced_share(0, 0.5, p), 0);
  // Half of the residents: the neighbours lose what the commune gains by them.
  EXPECT_NEAR(displaced_share(50'000, 0.5, p), 0.6 * 0.06, 1e-12);
  // A tenth of the residents: its gain is spread over nine times as many.
  EXPECT_NEAR(displaced_share(50'000, 0.1, p), 0.6 * 0.06 / 9, 1e-12);
  EXPECT_EQ(displaced_share(1e9, 0.5, p), 1) << "never more than all";
  EXPECT_EQ(displaced_share(50'000, 1, p), 1) << "no neighbour: any share of nobody";
}

TEST(AidToSettle, CountsHousingForAsManyYearsAsItIsPaid) {
  Means means;
  means.installation_subsidy = 10'000;
  means.housing_aid = 6'000;
  EXPECT_DOUBLE_EQ(aid_to_settle(means, table().municipal), 22'000);
}

TEST(ModerateRent, IsAWeakLeverAndNeedsARoom) {
  Offer offer;
  offer.rent_saved = 0.1 * 181'000 * 0.47;  // a tenth of a GP's charges
  EXPECT_EQ(log_odds(offer), log_odds({})) << "no room, no rent";
  offer.free_room = true;
  EXPECT_NEAR(std::exp(log_odds(offer)), 1.05, 1e-12);
  Offer building = offer;
  building.free_room_in_building = true;
  EXPECT_NEAR(std::exp(log_odds(building)), 1.05 * 1.1, 1e-12);
}

TEST(ModerateRent, NeverRaisesTheRentNorTakesItBelowZero) {
  Means means;
  EXPECT_EQ(rent_m2(means, table().municipal), table().municipal.rent_m2);
  means.rent_reduction = 2;
  EXPECT_EQ(rent_m2(means, table().municipal), table().municipal.rent_m2 - 2);
  means.rent_reduction = 14;
  EXPECT_EQ(rent_m2(means, table().municipal), 0);
}

TEST(Paperwork, IsRelievedByHoursOfASecretariatOverHoursOfPaperwork) {
  const MunicipalParameters& p = table().municipal;
  EXPECT_EQ(paperwork_relieved(0, 5, p), 0);
  EXPECT_EQ(paperwork_relieved(2, 0, p), 0);
  EXPECT_NEAR(paperwork_relieved(0.5, 5, p), 17.5 / 27.5, 1e-12);
  EXPECT_EQ(paperwork_relieved(3, 5, p), 1);
}

TEST(Paperwork, RelievedKeepsGpsAndBringsThem) {
  Situation who;
  who.age = 45;
  who.years_here = 10;
  const double before = relocation_rate(who, table().departure).per_year;
  who.paperwork_relieved = 1;
  EXPECT_NEAR(relocation_rate(who, table().departure).per_year, 0.9 * before, 1e-12);
  who.paperwork_relieved = 0.5;
  EXPECT_NEAR(burnout_rate(who, table().departure).per_year,
              std::sqrt(0.9) * table().departure.gp_burnout, 1e-12);
  Offer offer;
  offer.paperwork_relieved = 1;
  EXPECT_NEAR(std::exp(log_odds(offer)), 1.05, 1e-12);
}

TEST(PanelGain, AddsUpTeamAndAssistantToTheLimitOnly) {
  const PracticeParameters& p = table().practice;
  EXPECT_EQ(panel_gain(0, 0, p), 0);
  EXPECT_DOUBLE_EQ(panel_gain(1, 0, p), 0.054);
  EXPECT_DOUBLE_EQ(panel_gain(2, 0, p), 0.054) << "no more than the cohesion of reference";
  EXPECT_DOUBLE_EQ(panel_gain(0, 0.5, p), 0.045);
  EXPECT_DOUBLE_EQ(panel_gain(1, 1, p), 0.144);
  PracticeParameters high = p;
  high.assistant_panel_gain = 0.13;
  high.team_panel_gain = 0.08;
  EXPECT_DOUBLE_EQ(panel_gain(1, 1, high), 0.175);
}

TEST(PracticeStaff, IsPaidByTheCommuneLessWhatTheHealthInsurancePays) {
  Means means;
  means.assistant_fte = 5;
  means.secretary_fte = 0.5;
  Ledger ledger;
  pay_practice_staff(means, 2, 0, table().municipal, ledger);
  EXPECT_EQ(ledger.balance(Account::staff),
            world::cents(2 * 40'000.0 / 12) + world::cents(19'000.0 / 12))
      << "no more assistants than GPs";
  EXPECT_EQ(ledger.balance(Account::health_insurance).value,
            -world::cents(2 * 23'000.0 / 12).value);
  EXPECT_EQ(ledger.sum_of_balances().value, 0);
}

TEST(Subsidies, AreWorthLittleAndMoveGpsFromTheNeighbours) {
  auto scenario = support::scenario_of(
      {support::strategy(), support::strategy({{Lever::installation_subsidy, 50'000, {}}})}, 10);
  // At the top of both ranges and with many candidates, so that the small effect is seen.
  scenario.parameters = support::parameters_with({support::no_demand(),
                                                  {"install_subsidy_effect", 0.2},
                                                  {"bidding_displacement", 0.9},
                                                  {"gp_install_2022", 23'570}});
  const auto experiment =
      support::experiment_of(scenario, {{10'000, {5, 0, 0, 0}}, {10'000, {5, 0, 0, 0}}});
  int commune[2] = {}, neighbours[2] = {};
  double paid = 0;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    const auto runs = support::play(experiment, replication);
    for (std::size_t s = 0; s < 2; ++s) {
      for (const record::Stay& stay : runs[s].stays) {
        if (stay.profession != Profession::gp || stay.here_at_start) continue;
        ++(stay.in_focus ? commune : neighbours)[s];
      }
    }
    for (const auto& entry : runs[1].ledger) {
      if (entry.category == record::Category::aid_paid)
        paid += static_cast<double>(entry.cents) / 100;
    }
  }
  EXPECT_GT(commune[1], commune[0] * 1.1);
  EXPECT_LT(commune[1], commune[0] * 1.3);
  EXPECT_LT(neighbours[1], neighbours[0] * 0.9);
  EXPECT_GE(commune[1] + neighbours[1], commune[0] + neighbours[0]) << "hardly anybody is new";
  EXPECT_LT(commune[1] + neighbours[1], (commune[0] + neighbours[0]) * 1.03);
  EXPECT_EQ(paid, 50'000.0 * commune[1]) << "one payment for each arrival in the commune";
}

}  // namespace
}  // namespace care
