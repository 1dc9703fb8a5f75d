// Magnitudes that a careful reader would check, with intervals: a basin of 12,000 residents at
// national densities over ten years, of careers alone but for the levels.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/campaigns/report_line.hpp"
#include "tests/support/basin_levels.hpp"
#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;
using scenario::Lever;
using scenario::TeamStage;

constexpr int years = 10;
constexpr std::uint32_t replications = 500;

experiment::Experiment basin(TeamStage stage, std::vector<scenario::Action> actions) {
  auto scenario = support::scenario_of({support::strategy(std::move(actions))}, years);
  scenario.warm_up_months = 1;
  scenario.team_stage = stage;
  scenario.parameters = support::parameters_with({support::no_demand()});
  return support::experiment_of(scenario, {{12'000, {9.2, 17.5, 13.3, 6.2}, false}});
}

/// GPs over the run.
struct Careers {
  double gained = 0;  ///< at the end, less at the start
  double entries = 0, exits = 0;
};

Careers careers_of(const experiment::RunRecord& run) {
  Careers careers;
  for (const record::Stay& stay : run.stays) {
    if (stay.profession != world::Profession::gp) continue;
    if (!stay.here_at_start) ++careers.entries;
    if (stay.cause != record::DepartureCause::still_here) ++careers.exits;
  }
  careers.gained = careers.entries - careers.exits;
  return careers;
}

/// The levels of docs/calibration.md, closely: several miss their target by more than their
/// interval, as that page says. The tolerances were set around the levels reached: they tell when
/// a level moves, not that it is right.
TEST(Levels, AreNearTheirTargets) {
  struct Asked {
    double target, tolerance;
  };
  const std::map<std::string, Asked> asked{
      {"contacts", {3.4, 0.1}},          {"wait median", {2.5, 0.5}},
      {"requests failed", {0.05, 0.01}}, {"needs given up", {0.016, 0.015}},
      {"emergency, all", {0.306, 0.01}}, {"without a GP, 16+", {0.11, 0.015}}};
  for (const auto& [what, values] : support::basin::levels(256)) {
    const auto found = campaigns::report("level: " + what, "", values);
    const auto target = asked.find(what);
    if (target == asked.end()) continue;
    EXPECT_NEAR(found.mean, target->second.target,
                target->second.tolerance + campaigns::half_width * found.standard_error)
        << what;
  }
  for (const auto& [what, values] : support::basin::lists(30, 6)) {
    campaigns::report("level: " + what, "adults, batches of 6 basins", values);
  }
}

TEST(TenYearsOfABasin, HaveTheDriftOfRuralFranceAndARecognisedTeamAddsAboutOneGp) {
  const auto alone = basin(TeamStage::none, {});
  const auto team = basin(TeamStage::recognised, {{Lever::lease_temporary_premises, 10, {}}});
  std::vector<double> entries, exits, drift, drift_with_team, added;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const Careers without = careers_of(support::play(alone, replication).front());
    const Careers with = careers_of(support::play(team, replication).front());
    entries.push_back(without.entries / years);
    exits.push_back(without.exits / years);
    drift.push_back(without.gained);
    drift_with_team.push_back(with.gained);
    added.push_back(with.gained - without.gained);
  }
  const auto in = campaigns::report("do nothing: GPs who settle", "per year", entries);
  const auto out = campaigns::report("do nothing: GPs who leave", "per year", exits);
  const auto lost = campaigns::report("do nothing: drift", "GPs in ten years", drift);
  campaigns::report("recognised team: drift", "GPs in ten years", drift_with_team);
  const auto gain = campaigns::report("recognised team: GPs added", "GPs in ten years", added);
  EXPECT_GT(in.mean, 0.28);
  EXPECT_LT(in.mean, 0.42);
  EXPECT_GT(out.mean, 0.38);
  EXPECT_LT(out.mean, 0.54);
  EXPECT_LT(lost.mean + campaigns::half_width * lost.standard_error, 0) << "more leave than come";
  EXPECT_GT(gain.mean - campaigns::half_width * gain.standard_error, 0.3);
  EXPECT_LT(gain.mean + campaigns::half_width * gain.standard_error, 2.0) << "five would be wrong";
}

}  // namespace
