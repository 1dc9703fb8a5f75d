#include "care/budget.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Action;
using scenario::Lever;
using scenario::TeamStage;
using support::same_numbers;

Cents euros(std::int64_t amount) { return {100 * amount}; }

MoneyLeft plenty_of(std::int64_t amount, int months = 12) {
  return {euros(amount), euros(amount), months};
}

std::vector<Lever> paid(const std::vector<Claim>& claims, const MoneyLeft& left) {
  const Stopped refused = refused_for_lack_of_money(claims, left);
  std::vector<Lever> levers;
  for (const Claim& claim : claims) {
    if (!refused[static_cast<std::size_t>(claim.lever)]) levers.push_back(claim.lever);
  }
  std::sort(levers.begin(), levers.end());
  return levers;
}

const std::vector<Claim> three{{Lever::fund_coordinator, euros(2'000), {}},
                               {Lever::partnership, euros(400), {}},
                               {Lever::installation_subsidy, {}, euros(10'000)}};

TEST(Budget, PaysTheCheapestOfAFullYearFirstAndEachInFullOrNotAtAll) {
  EXPECT_EQ(paid(three, plenty_of(4'799)), (std::vector<Lever>{}));
  EXPECT_EQ(paid(three, plenty_of(4'800)), (std::vector<Lever>{Lever::partnership}));
  EXPECT_EQ(paid(three, plenty_of(14'800)),
            (std::vector<Lever>{Lever::partnership, Lever::installation_subsidy}));
  EXPECT_EQ(paid(three, plenty_of(38'799)),
            (std::vector<Lever>{Lever::partnership, Lever::installation_subsidy}));
  EXPECT_EQ(paid(three, plenty_of(38'800)).size(), 3U);
}

TEST(Budget, DoesNotSeeTheOrderOfItsClaims) {
  std::vector<Claim> backward(three.rbegin(), three.rend());
  for (std::int64_t amount = 0; amount < 45'000; amount += 700) {
    EXPECT_EQ(paid(three, plenty_of(amount)), paid(backward, plenty_of(amount)));
  }
}

TEST(Budget, NeverRefusesWhatCostsNothing) {
  const std::vector<Claim> free{{Lever::hand_building_to_team, {}, {}}};
  EXPECT_EQ(paid(free, plenty_of(-1'000)).size(), 1U);
}

TEST(Budget, CarriesAnActionToTheEndOfTheYearOrRefusesIt) {
  const std::vector<Claim> one{{Lever::partnership, euros(400), {}}};
  EXPECT_EQ(paid(one, {euros(4'800), euros(1'199), 3}).size(), 0U);
  EXPECT_EQ(paid(one, {euros(4'800), euros(1'200), 3}).size(), 1U);
  EXPECT_EQ(paid(one, {euros(4'799), euros(9'999), 3}).size(), 0U) << "a full year must fit, too";
}

TEST(Budget, LeavesWhatIsNotOwedNorEngaged) {
  BudgetYear year(euros(12'000));
  year.engage_month(euros(500));
  year.engage_at_once(euros(2'000));
  const MoneyLeft left = year.left(euros(100), 11);
  EXPECT_EQ(left.of_a_full_year, euros(12'000 - 1'200 - 2'000));
  EXPECT_EQ(left.of_this_year, euros(12'000 - 2'500 - 1'100));
  EXPECT_EQ(left.months, 11);
}

/// Constant claims, over all months of a year, at random.
TEST(Budget, ALargerOneNeverPaysForFewerActionsNorMoreThanItself) {
  pdes::Stream stream({.seed = 5});
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<Claim> claims;
    for (int lever = 0; lever < 8; ++lever) {
      claims.push_back({static_cast<Lever>(lever),
                        Cents{static_cast<std::int64_t>(1e5 * stream.uniform())},
                        {}});
    }
    std::vector<std::vector<Lever>> before(12);
    for (std::int64_t amount = 0; amount <= 10'000; amount += 500) {
      BudgetYear year(euros(amount));
      for (int month = 0; month < 12; ++month) {
        const std::vector<Lever> now = paid(claims, year.left({}, 12 - month));
        std::vector<Lever>& poorer = before[static_cast<std::size_t>(month)];
        EXPECT_TRUE(std::includes(now.begin(), now.end(), poorer.begin(), poorer.end()));
        poorer = now;
        for (const Claim& claim : claims) {
          if (std::count(now.begin(), now.end(), claim.lever) > 0) {
            year.engage_month(claim.per_month);
          }
        }
      }
      EXPECT_LE(year.engaged(), euros(amount));
    }
  }
}

// Whole runs.

experiment::RunRecord play(std::optional<double> yearly_budget, std::vector<Action> actions,
                           int years = 4, TeamStage stage = TeamStage::none) {
  auto scenario = support::scenario_of({support::strategy(std::move(actions))}, years);
  scenario.yearly_budget = yearly_budget;
  scenario.team_stage = stage;
  scenario.parameters = support::parameters_with(
      {support::no_demand(), {"gp_install_2022", 40'000}, {"time_build", 24}});
  return support::play(support::experiment_of(scenario, {{1200, {3, 3, 2, 1}}, {600}})).front();
}

std::vector<Action> all_levers() {
  std::vector<Action> actions;
  for (const scenario::LeverDefinition& lever : scenario::lever_definitions) {
    actions.push_back({lever.lever,
                       std::min(lever.high, scenario::comes_whole(lever) ? 3.0 : lever.high / 2),
                       {}});
  }
  return actions;
}

double paid_by_the_municipality(const experiment::RunRecord& run) {
  std::int64_t cents = 0;
  for (const record::LedgerEntry& entry : run.ledger) {
    if (entry.payer == Account::municipality) cents += entry.cents;
  }
  return static_cast<double>(cents) / 100;
}

TEST(NoMoneyAtAll, PaysForNothingWhateverIsDecided) {
  for (const TeamStage stage : {TeamStage::none, TeamStage::funded}) {
    const auto run = play(0, all_levers(), 4, stage);
    EXPECT_EQ(paid_by_the_municipality(run), 0);
    EXPECT_EQ(support::total(run, Indicator::rooms), 0);
    EXPECT_EQ(support::total(run, Indicator::partnership), 0);
    EXPECT_GT(support::total(run, Indicator::actions_refused), 12 * 48);
    EXPECT_TRUE(same_numbers(play(0, {}, 4, stage), play({}, {}, 4, stage)))
        << "nothing decided, nothing refused";
  }
}

TEST(EndlessMoney, IsTheSameAsNoLimit) {
  for (const TeamStage stage : {TeamStage::none, TeamStage::funded}) {
    EXPECT_TRUE(same_numbers(play(1e9, all_levers(), 4, stage), play({}, all_levers(), 4, stage)));
  }
}

TEST(ABudget, IsNeverExceededByWhatRunsFromMonthToMonth) {
  const std::vector<Action> actions{
      {Lever::partnership, 1, {}},         {Lever::fund_coordinator, 0.5, {}},
      {Lever::relieve_paperwork, 0.5, {}}, {Lever::lease_temporary_premises, 4, {}},
      {Lever::health_mediators, 1, {}},    {Lever::installation_subsidy, 9'000, {}}};
  double less = -1;
  for (const double budget : {3'000, 6'000, 20'000, 60'000, 90'000, 300'000}) {
    const auto run = play(budget, actions);
    std::array<std::int64_t, 4> by_year{};
    for (const record::LedgerEntry& entry : run.ledger) {
      if (entry.payer != Account::municipality) continue;
      const int year = entry.day < 366 ? 0 : 1 + (entry.day - 366) / 365;  // 2024 is a leap year
      by_year[static_cast<std::size_t>(std::min(3, year))] += entry.cents;
    }
    for (const std::int64_t cents : by_year)
      EXPECT_LE(static_cast<double>(cents) / 100, budget + 1);
    EXPECT_GT(paid_by_the_municipality(run), less) << "more money, more paid";
    less = paid_by_the_municipality(run);
  }
}

TEST(ABudget, RefusesFewerActionsTheLargerItIs) {
  const std::vector<Action> actions{
      {Lever::partnership, 1, {}},        {Lever::fund_coordinator, 0.5, {}},
      {Lever::federation_support, 1, {}}, {Lever::relieve_paperwork, 1, {}},
      {Lever::health_mediators, 1, {}},   {Lever::dedicated_sessions, 2, {}}};
  std::vector<double> poorer(48, 1e9);
  for (const double budget : {0, 5'000, 12'000, 40'000, 80'000, 150'000, 400'000}) {
    const auto refused = play(budget, actions).recorder.series(Indicator::actions_refused);
    for (std::size_t month = 0; month < 48; ++month) EXPECT_LE(refused[month], poorer[month]);
    poorer = refused;
  }
  EXPECT_EQ(poorer, std::vector<double>(48, 0));
}

TEST(ABuilding, IsBegunOnlyWhereItsYearlyInstalmentFits) {
  const MunicipalParameters p = read_parameters(support::parameters()).municipal;
  const double instalment =
      12 * static_cast<double>(expected_instalment(6, new_building(p), TeamStage::none, p).value) /
      100;
  const std::vector<Action> actions{{Lever::build, 6, {}}};
  EXPECT_EQ(support::at_the_end(play(instalment - 1, actions), Indicator::rooms), 0);
  const auto run = play(instalment + 1, actions);
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms), 6);
  EXPECT_EQ(support::total(run, Indicator::actions_refused), 0);
}

TEST(ABuilding, OnceDecidedIsPaidForBeforeAnythingElse) {
  const MunicipalParameters p = read_parameters(support::parameters()).municipal;
  const double instalment =
      12 * static_cast<double>(expected_instalment(6, new_building(p), TeamStage::none, p).value) /
      100;
  scenario::Condition later;
  later.from_day = 366;
  const auto run =
      play(instalment + 1'000, {{Lever::build, 6, {}}, {Lever::partnership, 1, later}});
  for (std::size_t month = 12; month < 15; ++month) {  // in its design, before its price is known
    EXPECT_EQ(run.recorder.series(Indicator::actions_refused)[month], 1);
    EXPECT_EQ(run.recorder.series(Indicator::partnership)[month], 0);
  }
  EXPECT_EQ(support::at_the_end(run, Indicator::rooms), 6);
}

}  // namespace
}  // namespace care
