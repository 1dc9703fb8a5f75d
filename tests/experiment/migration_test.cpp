// Residents who settle and move away, on whole runs.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/pdes/statistics.hpp"
#include "tests/support/small_world.hpp"

namespace {

using experiment::Replication;
using record::Indicator;
using scenario::Lever;
using Values = std::vector<std::pair<std::string, double>>;

const std::vector<support::Town>& towns() {
  static const std::vector<support::Town> two{{1500, {1, 2, 1, 1}}, {500, {0, 0, 0, 0}}};
  return two;
}

Replication play(const Values& values, std::vector<scenario::Strategy> strategies, int years = 4,
                 std::uint32_t replication = 0) {
  auto scenario = support::scenario_of(std::move(strategies), years);
  scenario.parameters = support::parameters_with(values);
  return support::play(support::experiment_of(scenario, towns()), replication);
}

std::vector<scenario::Strategy> nothing() { return {support::strategy()}; }

/// Strategies that differ in the GPs they bring, and in nothing else for residents.
std::vector<scenario::Strategy> with_and_without_gps() {
  return {support::strategy(), support::strategy({{Lever::salaried_posts, 4, {}}})};
}

TEST(Migration, AtLevelZeroMovesNobodyAndNoOtherNumberOfItMatters) {
  const Replication still = play({{"migration_level", 0}}, nothing());
  EXPECT_EQ(support::total(still[0], Indicator::residents_settled), 0);
  EXPECT_EQ(support::total(still[0], Indicator::residents_moved_away), 0);
  const Replication other = play({{"migration_level", 0},
                                  {"newcomer_share_25_39", 0.42},
                                  {"move_ratio_15_24", 2.2},
                                  {"migration_care_elasticity", 0.5}},
                                 nothing());
  EXPECT_TRUE(support::same_numbers(still[0], other[0]));
}

TEST(Migration, KeepsTheNumberOfResidentsOnAverageWhereNobodyIsBornOrDies) {
  const Values values{support::no_demand(),
                      {"births_rate", 0},
                      {"mortality_infant", 0},
                      {"mortality_level_women", 1e-12},
                      {"mortality_level_men", 1e-12}};
  std::vector<double> residents, moved;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    const Replication runs = play(values, nothing(), 10, replication);
    residents.push_back(support::at_the_end(runs[0], Indicator::residents));
    moved.push_back(support::total(runs[0], Indicator::residents_moved_away));
  }
  const auto at_the_end = pdes::test::estimate(residents);
  EXPECT_NEAR(at_the_end.mean, 2000, 3 * at_the_end.standard_error);
  EXPECT_LT(at_the_end.standard_error, 8) << "a drift of one per cent is seen";
  EXPECT_NEAR(pdes::test::estimate(moved).mean / (10 * 2000 * 0.088 * 0.45), 1, 0.1);
}

TEST(Migration, AddsTheNetMigrationThatIsGiven) {
  const Values values{support::no_demand(), {"migration_net", 10}};
  std::vector<double> net;
  for (std::uint32_t replication = 0; replication < 30; ++replication) {
    const Replication runs = play(values, nothing(), 5, replication);
    net.push_back((support::total(runs[0], Indicator::residents_settled) -
                   support::total(runs[0], Indicator::residents_moved_away)) /
                  5);
  }
  const auto per_year = pdes::test::estimate(net);
  EXPECT_NEAR(per_year.mean, 2000 * 0.010, 3 * per_year.standard_error + 1);
  EXPECT_LT(per_year.standard_error, 3);
}

TEST(Migration, AgreesWithResidentsBirthsAndDeathsMonthByMonth) {
  const Replication runs = play({}, nothing());
  const auto series = [&](Indicator indicator) { return runs[0].recorder.series(indicator); };
  for (std::size_t m = 1; m < series(Indicator::residents).size(); ++m) {
    EXPECT_EQ(series(Indicator::residents)[m] - series(Indicator::residents)[m - 1],
              series(Indicator::births)[m] - series(Indicator::deaths)[m] +
                  series(Indicator::residents_settled)[m] -
                  series(Indicator::residents_moved_away)[m]);
  }
}

TEST(Migration, IsTheSameUnderEveryStrategyWithoutElasticity) {
  const Replication runs = play({}, with_and_without_gps(), 6);
  EXPECT_FALSE(support::same_numbers(runs[0], runs[1]));
  for (const Indicator indicator : {Indicator::residents, Indicator::residents_settled,
                                    Indicator::residents_moved_away, Indicator::needs}) {
    EXPECT_EQ(runs[0].recorder.series(indicator), runs[1].recorder.series(indicator));
  }
  EXPECT_GT(support::total(runs[0], Indicator::residents_settled), 0);
}

TEST(Migration, BringsMoreResidentsWhereCareIsTheMoreTheElasticity) {
  double before = 0;
  for (const double elasticity : {0.0, 0.25, 0.5}) {
    double gained = 0;
    for (std::uint32_t replication = 0; replication < 4; ++replication) {
      const Replication runs = play({support::no_demand(),
                                     {"migration_care_elasticity", elasticity},
                                     {"time_cds_open", 2},
                                     {"salaried_recruit_months", 1}},
                                    with_and_without_gps(), 8, replication);
      gained += support::total(runs[1], Indicator::residents_settled) -
                support::total(runs[0], Indicator::residents_settled);
    }
    if (elasticity == 0) {
      EXPECT_EQ(gained, 0);
    } else {
      EXPECT_GT(gained, before);
    }
    before = gained;
  }
}

TEST(Migration, LeavesNewcomersWithoutAGpUntilTheyFindOne) {
  const Values still{{"migration_level", 0}};
  const Replication at_rest = play(still, nothing(), 3);
  const Replication moving = play({}, nothing(), 3);
  EXPECT_GT(support::at_the_end(moving[0], Indicator::adults_without_gp_share),
            support::at_the_end(at_rest[0], Indicator::adults_without_gp_share));
}

}  // namespace
