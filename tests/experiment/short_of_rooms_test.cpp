// No strategy wins everywhere: a scenario in which the building is the right first step.
#include <gtest/gtest.h>

#include <numeric>

#include "tests/pdes/statistics.hpp"
#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;

/// Ten years of careers in the scenario of scenarios/teaching, without patients: the paired
/// difference of the professionals at work in the last year.
/// The replications are others than those with which the scenario was looked for.
TEST(ATownShortOfRooms, GainsMoreFromABuildingAtOnceThanFromATeamFirst) {
  scenario::ReadOptions options;
  options.library = support::library();
  scenario::Scenario scenario =
      scenario::read_scenario(support::library() / "teaching" / "short_of_rooms.toml", options);
  ASSERT_EQ(scenario.strategies[0].name, "team_first");
  ASSERT_EQ(scenario.strategies[1].name, "building_first");
  support::Town town{scenario.populations.front().residents};
  for (std::size_t p = 0; p < town.supply.size(); ++p) {
    town.supply[p] = scenario.supplies.front().count[p].value_or(0);
  }
  for (const auto& [id, value] : {support::no_demand()}) {
    scenario.parameters.set(id, value, "a test");
  }
  scenario.warm_up_months = 1;
  const auto experiment = support::experiment_of(scenario, {town});
  std::vector<double> professionals, gps;
  for (std::uint32_t replication = 1000; replication < 1120; ++replication) {
    const auto runs = support::play(experiment, replication);
    const auto gained = [&](Indicator indicator) {
      const auto& building = runs[1].recorder.series(indicator);
      const auto& team = runs[0].recorder.series(indicator);
      return (std::accumulate(building.end() - 12, building.end(), 0.0) -
              std::accumulate(team.end() - 12, team.end(), 0.0)) /
             12;
    };
    professionals.push_back(gained(Indicator::professionals));
    gps.push_back(gained(Indicator::gps));
  }
  const auto all = pdes::test::estimate(professionals);
  const auto doctors = pdes::test::estimate(gps);
  RecordProperty("professionals", std::to_string(all.mean));
  RecordProperty("gps", std::to_string(doctors.mean));
  constexpr double student = 1.980;  // 97.5 %, 119 degrees of freedom
  EXPECT_GT(all.mean - student * all.standard_error, 0)
      << all.mean << " +/- " << all.standard_error;
  EXPECT_GT(doctors.mean - student * doctors.standard_error, 0)
      << doctors.mean << " +/- " << doctors.standard_error;
}

}  // namespace
