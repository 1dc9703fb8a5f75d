// A strategy is what its actions do: neither its name nor the order of its file matters, an action
// of amount zero is none, and what is yet to come changes nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "care/municipality.hpp"
#include "pdes/stream.hpp"
#include "scenario/read_strategy.hpp"
#include "tests/support/small_world.hpp"

namespace {

namespace fs = std::filesystem;
using experiment::Replication;
using scenario::Action;
using scenario::Lever;
using scenario::LeverDefinition;
using scenario::Strategy;
using scenario::TeamStage;
using support::same_numbers;

/// A busy world, in which every lever finds something to act on: GPs come, teams form, walls are up
/// in a year.
Replication play(std::vector<Strategy> strategies, int years, TeamStage stage = TeamStage::none) {
  auto scenario = support::scenario_of(std::move(strategies), years);
  scenario.team_stage = stage;
  scenario.parameters = support::parameters_with(
      {{"gp_install_2022", 30'000}, {"team_formation_base", 1}, {"time_build", 12}});
  return support::play(
      support::experiment_of(scenario, {{900, {3, 3, 2, 1}}, {500, {1, 1, 0, 0}}}));
}

std::vector<Strategy> library_strategies() {
  std::vector<Strategy> strategies;
  for (const auto& file : fs::directory_iterator(support::library() / "strategies")) {
    if (file.path().extension() != ".toml") continue;
    scenario::Problems problems;
    strategies.push_back(
        scenario::read_strategy(scenario::read_toml(file.path()), std::nullopt, problems));
    problems.throw_if_any();
    strategies.back().name = file.path().stem();
  }
  std::sort(strategies.begin(), strategies.end(),
            [](const Strategy& a, const Strategy& b) { return a.name < b.name; });
  return strategies;
}

void shuffle(std::vector<Action>& actions, pdes::Stream& luck) {
  for (std::size_t left = actions.size(); left > 1; --left) {
    const auto other = static_cast<std::size_t>(luck.uniform() * static_cast<double>(left));
    std::swap(actions[left - 1], actions[other]);
  }
}

class StrategyOfTheLibrary : public testing::TestWithParam<Strategy> {};
INSTANTIATE_TEST_SUITE_P(Files, StrategyOfTheLibrary, testing::ValuesIn(library_strategies()),
                         [](const auto& test) { return test.param.name; });

TEST_P(StrategyOfTheLibrary, GivesTheSameUnderAnyName) {
  Strategy renamed = GetParam();
  renamed.name = renamed.name == "do_nothing" ? "team_first" : "do_nothing";
  renamed.title = renamed.title_fr = "Another title";
  const Replication runs = play({GetParam(), renamed}, 6);
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

TEST_P(StrategyOfTheLibrary, GivesTheSameInAnyOrderOfItsActions) {
  std::vector<Strategy> orders(4, GetParam());
  pdes::Stream luck({.seed = 5});
  for (std::size_t i = 1; i < orders.size(); ++i) {
    shuffle(orders[i].actions, luck);
    std::reverse(orders[i].stops.begin(), orders[i].stops.end());
  }
  const Replication runs = play(orders, 6);
  for (std::size_t i = 1; i < runs.size(); ++i) EXPECT_TRUE(same_numbers(runs[0], runs[i]));
}

TEST_P(StrategyOfTheLibrary, GivesTheSameUntilTheMonthInWhichItIsGivenUp) {
  constexpr std::int32_t year_3 = 366 + 365;
  Strategy given_up = GetParam();
  for (Action& action : given_up.actions) {
    action.when.until_day = std::min(action.when.until_day, year_3);
  }
  Strategy stopped = GetParam();
  for (const LeverDefinition& definition : scenario::lever_definitions) {
    scenario::Condition from_year_3;
    from_year_3.from_day = year_3;
    stopped.stops.push_back({definition.lever, from_year_3});
  }
  const Replication runs = play({GetParam(), given_up, stopped}, 5);
  EXPECT_GE(support::months_in_common(runs[0], runs[1]), 24U);
  EXPECT_TRUE(same_numbers(runs[1], runs[2])) << "an end by its date and by a stop are the same";
}

/// 0.1 + 0.2 + 0.3 is one number, and 0.3 + 0.2 + 0.1 another: the order in which a file lists its
/// actions must not show, not even there.
TEST(ActionsOnOneLever, AddUpToTheSameInAnyOrder) {
  ASSERT_NE(0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1);
  const auto coordinators = [](std::initializer_list<double> amounts) {
    Strategy strategy = support::strategy();
    for (const double amount : amounts) {
      strategy.actions.push_back({Lever::fund_coordinator, amount, {}});
    }
    return care::means_of(strategy, {}, {}).coordinator_fte;
  };
  EXPECT_EQ(coordinators({0.1, 0.2, 0.3}), coordinators({0.3, 0.2, 0.1}));
}

class EveryLever : public testing::TestWithParam<LeverDefinition> {};
INSTANTIATE_TEST_SUITE_P(Table, EveryLever, testing::ValuesIn(scenario::lever_definitions),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(EveryLever, WithAmountZeroIsDoingNothing) {
  for (const TeamStage stage : {TeamStage::none, TeamStage::funded}) {
    const Replication runs =
        play({support::strategy(), support::strategy({{GetParam().lever, 0, {}}})}, 4, stage);
    EXPECT_TRUE(same_numbers(runs[0], runs[1]));
    EXPECT_TRUE(runs[1].ledger.empty()) << "and nobody is paid";
  }
}

TEST_P(EveryLever, ThatIsNeverAllowedToActIsDoingNothing) {
  scenario::Condition never;
  never.professionals_at_least = 1000;
  const Replication runs = play(
      {support::strategy(), support::strategy({{GetParam().lever, GetParam().high, never}})}, 3);
  EXPECT_TRUE(same_numbers(runs[0], runs[1]));
}

}  // namespace
