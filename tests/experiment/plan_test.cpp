#include "experiment/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace experiment {
namespace {

TEST(SumOfFurther, IsTheMeanAsOftenAsAsked) {
  const std::vector<double> sample{1, 2, 3, 6};
  EXPECT_DOUBLE_EQ(sum_of_further(sample, 1).value, 3);
  EXPECT_DOUBLE_EQ(sum_of_further(sample, 100).value, 300);
}

TEST(SumOfFurther, HasNoBoundsWiderThanItsSampleGivesCauseFor) {
  const std::vector<double> alike(5, 2.5);
  EXPECT_EQ(sum_of_further(alike, 40), (Expected{100, 100, 100}));
  const std::vector<double> two{1, 3};  // t = 12.706, s = 1.4142, one further draw
  const Expected one = sum_of_further(two, 1);
  EXPECT_NEAR(one.high, 2 + 12.706 * 1.41421 * 1.22474, 1e-3);
  EXPECT_EQ(one.low, 0) << "no time is below zero";
}

TEST(SumOfFurther, SaysFromHalfToTwiceWhereOneDrawIsAllThatIsKnown) {
  const std::vector<double> one{7};
  EXPECT_EQ(sum_of_further(one, 10), (Expected{70, 35, 140}));
}

TEST(SumOfFurther, HoldsTheSumNineteenTimesInTwenty) {
  constexpr int experiments = 4000;
  int held = 0;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    pdes::Stream stream({.seed = 7, .replication = e});
    const auto draw = [&] { return 10 + 2 * pdes::normal_quantile(stream.uniform()); };
    std::vector<double> sample(6);
    for (double& value : sample) value = draw();
    double sum = 0;
    for (int i = 0; i < 30; ++i) sum += draw();
    const Expected expected = sum_of_further(sample, 30);
    held += expected.low <= sum && sum <= expected.high ? 1 : 0;
  }
  // Three standard errors of a share of 0.95 among 4,000 are 0.01.
  EXPECT_NEAR(static_cast<double>(held) / experiments, 0.95, 0.01);
}

/// A pilot whose findings are made up: 2 s a replication, 3 and 5 rows, 1 kB each in the file.
Pilot made_up_pilot() {
  Pilot pilot;
  pilot.threads = 2;
  pilot.replication_seconds = {2, 2, 2, 2};
  pilot.stays = {3, 3, 3, 3};
  pilot.ledger = {5, 5, 5, 5};
  pilot.memory_before = 10e6;
  pilot.memory_peak = 14e6;
  pilot.small_count = 1;
  pilot.small_file = 51e3;
  pilot.large_file = 54e3;
  return pilot;
}

class PlanOfARun : public testing::Test {
 protected:
  PlanOfARun() : experiment_(scenario(), support::map_of({{150, {1, 1, 1, 0}}})) {}
  static scenario::Scenario scenario() {
    auto scenario = support::scenario_of(
        {support::strategy({}, "nothing"), support::strategy(support::every_lever(), "all")}, 1);
    scenario.warm_up_months = 1;
    scenario.replications = 25;
    return scenario;
  }
  const Experiment& experiment() const { return experiment_; }

 private:
  Experiment experiment_;
};

TEST_F(PlanOfARun, CountsItsSimulationsAndShards) {
  const Plan cost = plan(experiment(), made_up_pilot(), 25, 2);
  EXPECT_EQ(cost.strategies, 2);
  EXPECT_EQ(cost.simulations, 50);
  EXPECT_EQ(cost.shards, 3);
  EXPECT_EQ(cost.tables.front().rows.value, 50.0 * 12 * record::indicator_count);
}

TEST_F(PlanOfARun, SharesTimeAmongThreadsAndMultipliesMemoryByThem) {
  const auto of = [&](std::int64_t replications, int threads) {
    return plan(experiment(), made_up_pilot(), replications, threads);
  };
  EXPECT_DOUBLE_EQ(of(100, 1).seconds.value, 200);
  EXPECT_DOUBLE_EQ(of(100, 4).seconds.value, 50 + 1);
  EXPECT_DOUBLE_EQ(of(3, 64).seconds.value, 2 + 1) << "no thread shares a replication";
  EXPECT_DOUBLE_EQ(of(100, 1).memory.value, 12e6);
  EXPECT_DOUBLE_EQ(of(100, 4).memory.value, 18e6);
}

TEST_F(PlanOfARun, DrawsALineThroughTheSizesOfTwoFiles) {
  const Plan cost = plan(experiment(), made_up_pilot(), 1000, 2);
  EXPECT_DOUBLE_EQ(cost.results.value, 50e3 + 1000e3);
  EXPECT_DOUBLE_EQ(cost.results.low, 50e3 + 800e3);
  EXPECT_DOUBLE_EQ(cost.disk.value, 2 * 1000e3 + 50e3 + 100 * 50e3) << "shards have headers too";
}

TEST_F(PlanOfARun, CutsAnArrayIntoElementsOfTenToTwentyMinutes) {
  Pilot pilot = made_up_pilot();
  const auto elements = [&](double seconds) {
    pilot.replication_seconds.assign(4, seconds);
    return elements_of_array(experiment(), pilot, 1);
  };
  EXPECT_EQ(elements(1), 1);
  EXPECT_EQ(elements(48), 1);  // 20 minutes in all
  EXPECT_EQ(elements(49), 2);
  EXPECT_EQ(elements(480), 10);
  EXPECT_EQ(elements(86'400), 25) << "an element has a replication at least";
}

TEST_F(PlanOfARun, KnowsTheRowsThatItsPilotHasSeen) {
  const Pilot pilot = play_pilot(experiment(), 2, 60);
  ASSERT_EQ(pilot.replication_seconds.size(), 25U);
  const Plan cost = plan(experiment(), pilot, 25, 2);
  std::vector<Replication> all;
  const std::atomic<bool> never = false;
  for (std::uint32_t r = 0; r < 25; ++r) all.push_back(*experiment().simulate(r, never));
  const record::Results results = experiment().block(0, all);
  const auto rows = [](std::size_t count) {
    const auto value = static_cast<double>(count);
    return Expected{value, value, value};
  };
  EXPECT_THAT(
      cost.tables,
      testing::ElementsAre(testing::_, testing::_, OutputTable{"stays", rows(results.stays.size())},
                           OutputTable{"ledger", rows(results.ledger.size())}));
}

TEST_F(PlanOfARun, PlaysTwoReplicationsHoweverShortItsTime) {
  const Pilot pilot = play_pilot(experiment(), 1, 0);
  EXPECT_EQ(pilot.replication_seconds.size(), 2U);
  EXPECT_GE(pilot.memory_peak, pilot.memory_before);
  EXPECT_GE(pilot.large_file, pilot.small_file);
  for (const double seconds : pilot.replication_seconds) EXPECT_GT(seconds, 0);
}

}  // namespace
}  // namespace experiment
