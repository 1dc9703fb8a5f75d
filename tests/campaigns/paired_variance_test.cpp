// What common random numbers are worth: the variance of a paired difference between two strategies
// over that of independent runs, indicator by indicator.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "scenario/read_strategy.hpp"
#include "tests/campaigns/report_line.hpp"
#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;

constexpr std::uint32_t replications = 40;

scenario::Strategy from_library(const std::string& name) {
  scenario::Problems problems;
  auto strategy = scenario::read_strategy(
      scenario::read_toml(support::library() / "strategies" / (name + ".toml")), std::nullopt,
      problems);
  problems.throw_if_any();
  strategy.name = name;
  return strategy;
}

double variance(const std::vector<double>& values) {
  const double error = pdes::test::estimate(values).standard_error;
  return error * error * static_cast<double>(values.size());
}

double mean_of_months(const experiment::RunRecord& run, Indicator indicator) {
  double sum = 0;
  int months = 0;
  for (const double value : run.recorder.series(indicator)) {
    if (std::isnan(value)) continue;
    sum += value;
    ++months;
  }
  return sum / months;
}

struct Row {
  Indicator indicator;
  bool asked;  ///< whether the ratio is asked to be at most one half
  std::vector<double> nothing = {}, team = {}, difference = {};
};

/// A town and its two neighbours, with the ages of Kervignac's GPs: means over ten years.
TEST(TeamFirstAgainstDoNothing, ComparesWithAtMostHalfTheVarianceOfIndependentRuns) {
  auto scenario =
      support::scenario_of({from_library("do_nothing"), from_library("team_first")}, 10);
  const auto experiment = support::experiment_of(
      scenario, {{3300, {3, 3, 2, 1}}, {1600, {1, 2, 1, 0}}, {1500, {1, 1, 1, 1}}});
  std::array<Row, 6> rows{{{Indicator::gps, true},
                           {Indicator::adults_without_gp_share, true},
                           {Indicator::wait_mean, true},
                           {Indicator::renunciations, true},
                           {Indicator::emergency_visits_all, true},
                           {Indicator::net_cost, false}}};
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const auto runs = support::play(experiment, replication);
    for (Row& row : rows) {
      row.nothing.push_back(mean_of_months(runs[0], row.indicator));
      row.team.push_back(mean_of_months(runs[1], row.indicator));
      row.difference.push_back(row.team.back() - row.nothing.back());
    }
  }
  for (const Row& row : rows) {
    const auto& definition = record::definition(row.indicator);
    const std::string name(definition.name);
    campaigns::report(name + ", team_first - do_nothing", std::string(definition.unit),
                      row.difference);
    const double ratio = variance(row.difference) / (variance(row.nothing) + variance(row.team));
    std::cout << fmt::format("result: {:<48} {:>9.3f}\n", name + ", paired / independent variance",
                             ratio);
    if (row.asked) {
      EXPECT_LE(ratio, 0.5) << name;
    }
  }
  // One of the two costs nothing, ever: there is nothing that pairing could take away.
  EXPECT_EQ(variance(rows.back().nothing), 0);
}

}  // namespace
