// `Experiment::simulate` counts residents, professionals, panels, needs, rooms and euros at the end
// of every run and throws when one is lost: here it plays many small worlds.
#include <gtest/gtest.h>

#include <algorithm>

#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace {

using scenario::Lever;
using scenario::TeamStage;

class RandomWorld : public testing::TestWithParam<int> {
 protected:
  RandomWorld() : stream_({.seed = 77, .replication = static_cast<std::uint32_t>(GetParam())}) {}

  int below(int n) { return static_cast<int>(stream_.uniform() * n); }
  bool maybe() { return stream_.uniform() < 0.5; }

  std::vector<support::Town> towns() {
    std::vector<support::Town> towns(1 + static_cast<std::size_t>(below(4)));
    for (support::Town& town : towns) {
      town.residents = 1 + below(700);
      town.given = maybe();
      for (double& count : town.supply) count = 6 * stream_.uniform();
    }
    return towns;
  }

  scenario::Strategy strategy(const std::string& name) {
    scenario::Strategy strategy = support::strategy({}, name);
    for (int n = below(8); n > 0; --n) {
      const auto& lever = scenario::lever_definitions[static_cast<std::size_t>(
          below(scenario::lever_definitions.size()))];
      scenario::Action action{lever.lever, std::min(lever.high, 8.0) * stream_.uniform(), {}};
      if (maybe()) action.when.from_day = below(1000);
      if (maybe()) action.when.until_day = below(1500);
      if (below(4) == 0) action.when.team_stage = static_cast<TeamStage>(below(7));
      if (below(4) == 0) action.when.team_stage_below = static_cast<TeamStage>(below(7));
      if (below(4) == 0) action.when.professionals_at_least = below(12);
      if (below(4) == 0) action.when.rooms_short_at_least = below(4);
      if (below(4) == 0) action.when.building_open = maybe();
      if (below(6) == 0) action.when.without_gp_share_at_least = 0.3 * stream_.uniform();
      strategy.actions.push_back(action);
    }
    return strategy;
  }

  pdes::Stream stream_;
};

TEST_P(RandomWorld, LosesNobodyAndNothing) {
  auto scenario = support::scenario_of({strategy("one"), strategy("two")}, 4);
  scenario.seed = static_cast<std::uint64_t>(GetParam());
  scenario.team_stage = static_cast<TeamStage>(below(7));
  if (maybe()) scenario.yearly_budget = 200'000 * stream_.uniform();
  // Everything happens often: people come, fall out, build fast, and lose their label soon.
  scenario.parameters = support::parameters_with({{"candidate_neutral_share", 0.3},
                                                  {"relocation_base", 0.15},
                                                  {"burnout_base", 0.05},
                                                  {"team_formation_base", 1},
                                                  {"time_build", 12},
                                                  {"time_team_to_project", 8},
                                                  {"label_grace_months", 2},
                                                  {"gp_install_2022", 60'000},
                                                  {"nurse_install_rate", 200},
                                                  {"births_rate", 40}});
  const auto experiment = support::experiment_of(scenario, towns());
  for (std::uint32_t replication = 0; replication < 2; ++replication) {
    EXPECT_NO_THROW(support::play(experiment, replication));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorld, testing::Range(0, 60));

TEST(Conservation, HoldsWithEveryLeverAtEveryStageOfTheTeam) {
  for (int stage = 0; stage < 7; ++stage) {
    auto scenario = support::scenario_of({support::strategy(support::every_lever())}, 10);
    scenario.team_stage = static_cast<TeamStage>(stage);
    const auto experiment = support::experiment_of(scenario, {{900, {2, 2, 1, 1}}, {400}});
    EXPECT_NO_THROW(support::play(experiment));
  }
}

TEST(Conservation, HoldsWhereTheLastResidentDiesBeforeTheNextChildIsBorn) {
  auto scenario = support::scenario_of({support::strategy()}, 10);
  scenario.parameters = support::parameters_with(
      {{"mortality_level_women", 0.5}, {"mortality_level_men", 0.5}, {"births_rate", 300}});
  const auto experiment = support::experiment_of(scenario, {{3}});
  for (std::uint32_t replication = 0; replication < 20; ++replication) {
    EXPECT_EQ(support::at_the_end(support::play(experiment, replication).front(),
                                  record::Indicator::residents),
              0);
  }
}

}  // namespace
