// Worlds at the edge of what can be, where the answer is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "pdes/sequential_engine.hpp"
#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;
using scenario::Lever;
using support::total;
using testing::Each;

using Values = std::vector<std::pair<std::string, double>>;

Values operator+(Values a, const Values& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

experiment::RunRecord play(const std::vector<support::Town>& towns, const Values& values = {},
                           int years = 3) {
  auto scenario = support::scenario_of({support::strategy()}, years);
  scenario.parameters = support::parameters_with(values);
  return support::play(support::experiment_of(scenario, towns)).front();
}

TEST(NoGpAnywhere, LeavesNobodyRegisteredAndEveryNeedInEmergencyOrRenounced) {
  const auto run = play({{1500, {0, 3, 2, 1}}}, support::no_candidates());
  for (const double share : run.recorder.series(Indicator::adults_without_gp_share)) {
    EXPECT_EQ(share, 1);
  }
  EXPECT_EQ(total(run, Indicator::seen_by_registered_gp), 0);
  EXPECT_EQ(total(run, Indicator::seen_by_another_gp), 0);
  EXPECT_GT(total(run, Indicator::needs), 10'000);
  EXPECT_EQ(total(run, Indicator::emergency_visits) + total(run, Indicator::renunciations),
            total(run, Indicator::needs));
  EXPECT_GT(total(run, Indicator::emergency_visits), 0);
  EXPECT_GT(total(run, Indicator::renunciations), 0);
  for (const double wait : run.recorder.series(Indicator::wait_median)) {
    EXPECT_TRUE(std::isnan(wait)) << "nobody waited";
  }
}

TEST(EndlessGps, LetNobodyWaitADayInTheMedianAndHardlyAnybodyGiveUp) {
  const auto run = play({{600, {100, 0, 0, 0}}});
  for (const double wait : run.recorder.series(Indicator::wait_median)) EXPECT_LT(wait, 1);
  // Practices close at weekends, and a few acute needs do not wait for Monday.
  const double unmet =
      total(run, Indicator::emergency_visits) + total(run, Indicator::renunciations);
  EXPECT_LT(unmet, 0.01 * total(run, Indicator::needs));
}

/// Driven through the engine, so that each resident can be looked at.
TEST(EndlessGps, WhoStayAreTheGpsOfEveryoneButThoseWhoNeverLookForOne) {
  auto scenario = support::scenario_of({support::strategy()}, 3);
  scenario.parameters = support::parameters_with(support::no_departures() +
                                                 Values{{"no_mt_lost", 0}, {"migration_level", 0}});
  const world::CatchmentMap map = support::map_of({{1000, {60, 0, 0, 0}}}, scenario.parameters);
  const world::Calendar calendar(scenario.start, scenario.warm_up_months, scenario.years);
  const auto professionals = world::read_professional_population(scenario.parameters);
  const auto parameters = care::read_parameters(scenario.parameters);
  const care::NeedCatalogue needs(scenario.needs, scenario.parameters);
  const care::Setup setup{map, calendar, professionals, parameters, needs};
  std::vector<care::Catchment> catchments;
  catchments.emplace_back(setup, scenario.strategies[0], world::Luck{1, 0});
  pdes::SequentialEngine engine(std::move(catchments));
  engine.run(calendar.horizon());
  int registered = 0, not_looking = 0;
  for (const world::Resident& resident : engine.processes()[0].residents()) {
    if (!resident.alive) continue;
    EXPECT_EQ(resident.registered_gp != world::no_professional, resident.looks_for_gp);
    ++(resident.looks_for_gp ? registered : not_looking);
  }
  EXPECT_GT(registered, 800);
  EXPECT_GT(not_looking, 10);
}

TEST(ZeroDemand, IsNoNeedNoConsultationAndNoWaitWhileCareersGoOn) {
  const auto run = play({{3000, {5, 8, 5, 3}}}, {support::no_demand()}, 10);
  EXPECT_EQ(total(run, Indicator::needs), 0);
  EXPECT_EQ(total(run, Indicator::seen_by_registered_gp), 0);
  EXPECT_EQ(total(run, Indicator::renunciations), 0);
  EXPECT_TRUE(std::isnan(run.recorder.series(Indicator::wait_mean).front()));
  EXPECT_TRUE(std::any_of(run.stays.begin(), run.stays.end(), [](const record::Stay& stay) {
    return stay.cause != record::DepartureCause::still_here;
  }));
}

TEST(OneResident, IsWorldEnough) {
  for (const std::vector<support::Town>& towns :
       {std::vector<support::Town>{{1, {0, 0, 0, 0}}}, {{1, {2, 2, 2, 2}}}, {{1}, {1}, {1}}}) {
    const auto run = play(towns, {}, 10);
    EXPECT_LE(run.recorder.series(Indicator::residents).front(), static_cast<double>(towns.size()));
  }
}

TEST(NoCandidates, MeanThatNobodyArrivesWhateverIsOffered) {
  auto scenario = support::scenario_of({support::strategy(support::every_lever())}, 10);
  scenario.parameters = support::parameters_with(support::no_candidates());
  const auto run = support::play(support::experiment_of(scenario, {{800, {4, 4, 2, 1}}})).front();
  EXPECT_EQ(run.stays.size(), 11U);
  const auto& present = run.recorder.series(Indicator::professionals);
  EXPECT_TRUE(std::is_sorted(present.rbegin(), present.rend())) << "never more than before";
  EXPECT_LT(present.back(), 11);
}

TEST(NoDepartures, MeanThatEverybodyStays) {
  const auto run = play({{800, {4, 4, 2, 1}}}, support::no_departures(), 10);
  for (const record::Stay& stay : run.stays) {
    EXPECT_EQ(stay.cause, record::DepartureCause::still_here);
  }
  EXPECT_EQ(support::at_the_end(run, Indicator::professionals),
            static_cast<double>(run.stays.size()));
}

TEST(NobodyFallsIllOrDies, MeanThatThePopulationGrowsByItsBirths) {
  const auto run = play({{500, {2, 0, 0, 0}}}, {{"mortality_level_women", 1e-30},
                                                {"mortality_level_men", 1e-30},
                                                {"mortality_infant", 0},
                                                {"migration_level", 0},
                                                {"births_rate", 100}});
  EXPECT_EQ(total(run, Indicator::deaths), 0);
  EXPECT_GT(total(run, Indicator::births), 50);
  EXPECT_EQ(support::at_the_end(run, Indicator::residents) -
                run.recorder.series(Indicator::residents).front(),
            total(run, Indicator::births) - run.recorder.series(Indicator::births).front());
}

/// Walls that take longer than the run: what is not there attracts nobody and costs nothing.
TEST(NoBuildingPossible, MeansThatItsStageNeverEndsAndThatItChangesNothing) {
  for (const Lever lever : {Lever::build, Lever::renovate}) {
    auto scenario =
        support::scenario_of({support::strategy(), support::strategy({{lever, 12, {}}})}, 10);
    scenario.parameters = support::parameters_with({{"time_build", 1e6}, {"time_renovate", 1e6}});
    const auto runs = support::play(support::experiment_of(scenario, {{900, {3, 3, 2, 1}}}));
    EXPECT_EQ(total(runs[1], Indicator::rooms), 0);
    EXPECT_TRUE(support::same_numbers(runs[0], runs[1]));
  }
}

TEST(EverybodyLeaves, ThenTheTownIsAsIfNobodyHadEverComeAndItsTeamEnds) {
  auto scenario = support::scenario_of({support::strategy(support::every_lever())}, 4);
  scenario.team_stage = scenario::TeamStage::funded;
  scenario.parameters = support::parameters_with(
      support::no_candidates() + Values{{"relocation_base", 100}, {"other_relocation_base", 100}});
  const auto run = support::play(support::experiment_of(scenario, {{1500, {4, 4, 2, 1}}})).front();
  EXPECT_EQ(run.stays.size(), 11U);
  const auto after_a_year = [&](Indicator indicator) {
    const auto& months = run.recorder.series(indicator);
    return std::vector<double>(months.begin() + 12, months.end());
  };
  EXPECT_THAT(after_a_year(Indicator::professionals), Each(0));
  EXPECT_THAT(after_a_year(Indicator::rooms_occupied), Each(0));
  EXPECT_THAT(after_a_year(Indicator::team_stage), Each(0));
  EXPECT_THAT(after_a_year(Indicator::team_cohesion), Each(0));
  EXPECT_THAT(after_a_year(Indicator::adults_without_gp_share), Each(1));
  EXPECT_THAT(after_a_year(Indicator::seen_by_registered_gp), Each(0));
  EXPECT_THAT(after_a_year(Indicator::seen_by_another_gp), Each(0));
  EXPECT_THAT(after_a_year(Indicator::needs), Each(testing::Gt(0)));
}

/// All the money in the world: every lever at the upper end of its range, from the first day.
TEST(AnInfiniteBudget, BuysAllThatCanBeBoughtAndBreaksNothing) {
  std::vector<scenario::Action> everything;
  for (const auto& lever : scenario::lever_definitions) {
    everything.push_back({lever.lever, lever.high, {}});
  }
  auto scenario = support::scenario_of({support::strategy(), support::strategy(everything)}, 10);
  const auto runs = support::play(support::experiment_of(scenario, {{1500, {2, 2, 1, 1}}, {800}}));
  EXPECT_GT(total(runs[1], Indicator::net_cost), 10'000'000) << "EUR";
  EXPECT_GT(support::at_the_end(runs[1], Indicator::gps),
            support::at_the_end(runs[0], Indicator::gps));
  EXPECT_LT(total(runs[1], Indicator::renunciations), total(runs[0], Indicator::renunciations));
}

}  // namespace
