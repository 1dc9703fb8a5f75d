// What must move in one direction only, under the same luck.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "tests/support/small_world.hpp"

namespace {

using experiment::RunRecord;
using record::Indicator;
using scenario::Lever;

using Values = std::vector<std::pair<std::string, double>>;

/// Mean over the consultations booked in a run, each month weighted by what was held in it.
double mean_wait(const RunRecord& run) {
  double days = 0, consultations = 0;
  const auto& waits = run.recorder.series(Indicator::wait_mean);
  for (std::size_t month = 0; month < waits.size(); ++month) {
    const double held = run.recorder.series(Indicator::seen_by_registered_gp)[month] +
                        run.recorder.series(Indicator::seen_by_another_gp)[month];
    if (held == 0) continue;
    days += waits[month] * held;
    consultations += held;
  }
  return days / consultations;
}

/// A town that keeps the GPs it starts with.
RunRecord town_with(double gps, std::uint32_t replication) {
  auto scenario = support::scenario_of({support::strategy()}, 2);
  Values frozen = support::no_candidates();
  const Values departures = support::no_departures();
  frozen.insert(frozen.end(), departures.begin(), departures.end());
  scenario.parameters = support::parameters_with(frozen);
  return support::play(support::experiment_of(scenario, {{5000, {gps, 0, 0, 0}}}), replication)
      .front();
}

/// From one GP for 5,000 residents, where most needs find no appointment, to nine, where the wait
/// is for opening hours only. From five on, the needs unmet are a few that arise at weekends, and
/// whether one of them finds a slot is chance: they are compared up to there, and are few beyond.
TEST(OneMoreGp, LengthensTheMeanWaitInNoReplicationAndLeavesNoMoreNeedsUnmet) {
  constexpr int most = 9;
  std::vector<double> unmet(most + 1);
  for (std::uint32_t replication = 0; replication < 4; ++replication) {
    double fewer = std::numeric_limits<double>::infinity();
    for (int gps = 1; gps <= most; ++gps) {
      const RunRecord run = town_with(gps, replication);
      const double wait = mean_wait(run);
      EXPECT_LT(wait, fewer) << gps << " GPs, replication " << replication;
      fewer = wait;
      unmet[static_cast<std::size_t>(gps)] += support::total(run, Indicator::emergency_visits) +
                                              support::total(run, Indicator::renunciations);
    }
  }
  EXPECT_TRUE(std::is_sorted(unmet.begin() + 1, unmet.begin() + 6, std::greater<>()))
      << testing::PrintToString(unmet);
  EXPECT_LT(*std::max_element(unmet.begin() + 5, unmet.end()), 0.004 * unmet[1]);
}

/// Arrivals of all professions in ten years.
double arrivals(const RunRecord& run) {
  return static_cast<double>(std::count_if(run.stays.begin(), run.stays.end(),
                                           [](const auto& stay) { return !stay.here_at_start; }));
}

/// Rooms are plenty, so that rent is all that changes from one run to the next.
TEST(AHigherRent, RaisesArrivalsInNoReplication) {
  std::vector<scenario::Strategy> rents;  // the reduction falls, the rent rises
  for (const double reduction : {9.0, 4.0, 0.0}) {
    rents.push_back(support::strategy(
        {{Lever::lease_temporary_premises, 40, {}}, {Lever::moderate_rent, reduction, {}}}));
  }
  auto scenario = support::scenario_of(rents, 10);
  scenario.parameters = support::parameters_with({support::no_demand()});
  const auto experiment = support::experiment_of(scenario, {{6'000, {4.6, 8.7, 6.6, 3.1}, false}});
  std::vector<double> total(rents.size());
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    const experiment::Replication runs = support::play(experiment, replication);
    for (std::size_t r = 0; r < rents.size(); ++r) {
      total[r] += arrivals(runs[r]);
      if (r > 0) {
        EXPECT_LE(arrivals(runs[r]), arrivals(runs[r - 1])) << "replication " << replication;
      }
    }
  }
  EXPECT_TRUE(std::is_sorted(total.rbegin(), total.rend()));
  EXPECT_LT(total.back(), total.front()) << "the rent counts for something";
}

}  // namespace
