// A small run, kept as a table: it shows that something changed; theory says whether it is right.
// To write it anew, build the target `refresh_small_run` (it sets MAILLAGE_REFRESH=1 for this
// test), and review the diff of tests/golden/small_run.csv like code.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;

/// Yearly means of the main indicators, of two strategies in two replications.
std::string small_run() {
  auto scenario = support::scenario_of({support::strategy({}, "do_nothing"),
                                        support::strategy(support::every_lever(), "every_lever")},
                                       6);
  const auto experiment =
      support::experiment_of(scenario, {{1500, {3, 4, 2, 1}}, {500, {0.7, 1.2, 0.4, 0.1}, false}});
  std::string table = "replication,strategy,year,indicator,mean_of_months\n";
  for (std::uint32_t replication = 0; replication < 2; ++replication) {
    const experiment::Replication runs = support::play(experiment, replication);
    for (std::size_t s = 0; s < runs.size(); ++s) {
      for (std::size_t year = 0; year < 6; ++year) {
        for (const Indicator indicator :
             {Indicator::residents, Indicator::gps, Indicator::professionals,
              Indicator::adults_without_gp_share, Indicator::needs,
              Indicator::seen_by_registered_gp, Indicator::emergency_visits,
              Indicator::renunciations, Indicator::wait_mean, Indicator::wait_median,
              Indicator::team_stage, Indicator::team_cohesion, Indicator::rooms_occupied,
              Indicator::net_cost, Indicator::debt}) {
          double mean = 0;
          for (std::size_t month = 0; month < 12; ++month) {
            mean += runs[s].recorder.series(indicator)[year * 12 + month] / 12;
          }
          table += fmt::format("{},{},{},{},{:.10g}\n", replication, scenario.strategies[s].name,
                               year + 1, record::definition(indicator).name, mean);
        }
      }
    }
  }
  return table;
}

TEST(SmallRun, IsWhatItWas) {
  const std::string golden = std::string(MAILLAGE_GOLDEN_DIR) + "/small_run.csv";
  const std::string now = small_run();
  if (std::getenv("MAILLAGE_REFRESH") != nullptr) std::ofstream(golden, std::ios::binary) << now;
  std::ifstream stream(golden, std::ios::binary);
  ASSERT_TRUE(stream) << golden << " is not there";
  std::ostringstream kept;
  kept << stream.rdbuf();
  EXPECT_EQ(kept.str(), now);
}

}  // namespace
