// The promises of reproducibility and of common random numbers, on whole runs.
#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/read_strategy.hpp"
#include "tests/pdes/statistics.hpp"
#include "tests/support/small_world.hpp"

namespace {

using experiment::Replication;
using record::Indicator;
using scenario::Action;
using scenario::Lever;
using scenario::Strategy;
using support::same_numbers;

const std::vector<support::Town>& towns() {
  static const std::vector<support::Town> two{{1200, {3, 3, 2, 1}}, {600, {1, 1, 0, 0}}};
  return two;
}

Replication play(std::vector<Strategy> strategies, int years = 5, std::uint32_t replication = 0) {
  return support::play(
      support::experiment_of(support::scenario_of(std::move(strategies), years), towns()),
      replication);
}

TEST(SameNumbers, ComeFromTheSameScenarioTwice) {
  const std::vector<Strategy> strategies{support::strategy(),
                                         support::strategy(support::every_lever())};
  const Replication once = play(strategies), again = play(strategies);
  EXPECT_TRUE(same_numbers(once[0], again[0]));
  EXPECT_TRUE(same_numbers(once[1], again[1]));
}

TEST(SameNumbers, DoNotComeFromAnotherReplicationNorAnotherSeed) {
  const Replication one = play({support::strategy()}, 2, 0),
                    two = play({support::strategy()}, 2, 1);
  EXPECT_FALSE(same_numbers(one[0], two[0]));
  auto scenario = support::scenario_of({support::strategy()}, 2);
  scenario.seed = 2;
  EXPECT_FALSE(same_numbers(one[0], support::play(support::experiment_of(scenario, towns()))[0]));
}

TEST(SameNumbers, ComeFromAStrategyRenamed) {
  const Replication runs = play({support::strategy(support::every_lever(), "team_first"),
                                 support::strategy(support::every_lever(), "do_nothing")});
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

TEST(SameNumbers, ComeFromAStrategyWithActionsOfAmountZero) {
  std::vector<Action> actions = support::every_lever();
  for (const scenario::LeverDefinition& definition : scenario::lever_definitions) {
    actions.insert(actions.begin(), {definition.lever, 0, {}});
  }
  const Replication runs =
      play({support::strategy(support::every_lever()), support::strategy(actions)});
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

TEST(SameNumbers, ComeFromActionsInAnotherOrder) {
  std::vector<Action> forward = support::every_lever();
  forward.push_back({Lever::fund_coordinator, 0.25, {}});
  forward.push_back({Lever::lease_temporary_premises, 2, {}});
  forward.push_back({Lever::mobile_unit, 1.5, {}});
  forward.push_back({Lever::telemedicine_booth, 1, {}});
  forward.push_back({Lever::cpts_support, 0.5, {}});
  forward.push_back({Lever::social_worker, 0.5, {}});
  std::vector<Action> backward(forward.rbegin(), forward.rend());
  const Replication runs = play({support::strategy(forward), support::strategy(backward)});
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

TEST(SameNumbers, ComeFromAStrategyAloneOrAmongOthers) {
  const Strategy one = support::strategy(support::every_lever());
  const Replication alone = play({one});
  const Replication among =
      play({support::strategy(), one, support::strategy({{Lever::build, 20, {}}})});
  EXPECT_TRUE(same_numbers(alone[0], among[1]));
  EXPECT_FALSE(same_numbers(among[0], among[1])) << "the comparison sees a difference";
}

TEST(SameNumbers, ComeFromTheEmptyStrategyAndFromDoNothing) {
  scenario::Problems problems;
  const Strategy do_nothing = scenario::read_strategy(
      scenario::read_toml(support::library() / "strategies" / "do_nothing.toml"), std::nullopt,
      problems);
  problems.throw_if_any();
  const Replication runs = play({support::strategy(), do_nothing});
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

class LeverFromYear3 : public testing::TestWithParam<Lever> {};

TEST_P(LeverFromYear3, ChangesNothingBeforeAndSomethingAfter) {
  scenario::Condition from_year_3;
  from_year_3.from_day = 366 + 365;  // 1 January 2026, month 24
  const auto& definition = scenario::lever_definitions[static_cast<std::size_t>(GetParam())];
  const bool money = definition.unit.substr(0, 3) == "EUR";
  const double amount = money ? definition.high / 2 : scenario::comes_whole(definition) ? 5 : 1;
  std::vector<Action> before{{Lever::lease_temporary_premises, 3, {}}};  // for what acts on rooms
  if (GetParam() == Lever::hand_building_to_team) before.push_back({Lever::build, 4, {}});
  if (GetParam() == Lever::population_grant) {
    before.insert(before.end(), {{Lever::salaried_posts, 3, {}},
                                 {Lever::social_worker, 1, {}},
                                 {Lever::health_mediators, 1, {}},
                                 {Lever::third_party_payment, 1, {}}});
  }
  std::vector<Action> with = before;
  with.push_back({GetParam(), amount, from_year_3});
  auto scenario = support::scenario_of({support::strategy(before), support::strategy(with)}, 10);
  scenario.team_stage = GetParam() == Lever::hand_building_to_team ? scenario::TeamStage::recognised
                                                                   : scenario::TeamStage::none;
  scenario.parameters = support::parameters_with(
      {{"gp_install_2022", 40'000}, {"time_build", 24}});  // GPs come, and walls in time
  const Replication runs = support::play(support::experiment_of(scenario, towns()));
  const std::size_t common = support::months_in_common(runs[0], runs[1]);
  EXPECT_GE(common, 24U);
  EXPECT_LT(common, 120U);
}

INSTANTIATE_TEST_SUITE_P(
    AllLevers, LeverFromYear3, testing::ValuesIn([] {
      std::vector<Lever> levers;
      for (const auto& definition : scenario::lever_definitions) levers.push_back(definition.lever);
      return levers;
    }()),
    [](const auto& test) {
      return std::string(scenario::lever_definitions[static_cast<std::size_t>(test.param)].name);
    });

TEST(SameLuck, GivesEveryStrategyTheSameResidentsBirthsAndDeaths) {
  const Replication runs =
      play({support::strategy(), support::strategy(support::every_lever())}, 10);
  for (const Indicator indicator :
       {Indicator::residents, Indicator::births, Indicator::deaths, Indicator::needs}) {
    EXPECT_EQ(runs[0].recorder.series(indicator), runs[1].recorder.series(indicator));
  }
}

/// Variance of the difference between two strategies, paired, over that of independent runs.
double variance_ratio(const std::vector<double>& a, const std::vector<double>& b) {
  const auto variance = [](const std::vector<double>& values) {
    const double error = pdes::test::estimate(values).standard_error;
    return error * error * static_cast<double>(values.size());
  };
  std::vector<double> difference;
  for (std::size_t i = 0; i < a.size(); ++i) difference.push_back(a[i] - b[i]);
  return variance(difference) / (variance(a) + variance(b));
}

TEST(SameLuck, MakesPairedDifferencesOfGpsFarLessVariableThanIndependentOnes) {
  auto scenario = support::scenario_of(
      {support::strategy(),
       support::strategy({{Lever::fund_coordinator, 0.5, {}}, {Lever::partnership, 1, {}}})},
      10);
  scenario.parameters = support::parameters_with({support::no_demand()});
  const auto experiment =
      support::experiment_of(scenario, {{12'000, {9.2, 17.5, 13.3, 6.2}, false}});
  std::vector<double> nothing, team, misaligned;
  for (std::uint32_t replication = 0; replication < 100; ++replication) {
    const Replication runs = support::play(experiment, replication);
    nothing.push_back(support::at_the_end(runs[0], Indicator::gps));
    team.push_back(support::at_the_end(runs[1], Indicator::gps));
  }
  const double paired = variance_ratio(nothing, team);
  RecordProperty("variance_ratio", std::to_string(paired));
  EXPECT_LT(paired, 0.2);
  // The same numbers out of step: as variable as independent ones.
  std::rotate(team.begin(), team.begin() + 1, team.end());
  EXPECT_GT(variance_ratio(nothing, team), 0.6);
}

}  // namespace
