#include "world/hazard_clock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "pdes/sample.hpp"
#include "tests/pdes/statistics.hpp"

namespace world {
namespace {

TEST(HazardClock, RingsWhenItsThresholdIsSpent) {
  HazardClock clock(2.0);
  EXPECT_DOUBLE_EQ(clock.time_left({0.5}).value, 4);
  clock.spend({3}, {0.5});
  EXPECT_FALSE(clock.rings());
  EXPECT_DOUBLE_EQ(clock.time_left({0.25}).value, 2);
  clock.spend({2}, {0.25});
  EXPECT_TRUE(clock.rings());
  EXPECT_EQ(clock.time_left({0.25}).value, 0);
}

TEST(HazardClock, NeverRingsAtRateZero) {
  HazardClock clock(1.0);
  EXPECT_TRUE(std::isinf(clock.time_left({0}).value));
  clock.spend({1000}, {0});
  EXPECT_FALSE(clock.rings());
}

TEST(HazardClock, RingsEarlierAtAHigherRate) {
  const HazardClock clock(0.7);
  for (double rate = 0.1; rate < 5; rate += 0.1) {
    EXPECT_GT(clock.time_left({rate}), clock.time_left({rate + 0.1}));
  }
}

/// Time until a clock rings whose rate is `before` for a year, and `after` from then on.
double time_to_ring(HazardClock clock, Rate before, Rate after) {
  const double first = clock.time_left(before).value;
  if (first < 1) return first;
  // Spent in twelve pieces, as a professional's is: month by month.
  for (int month = 0; month < 12; ++month) clock.spend({1.0 / 12}, before);
  return 1 + clock.time_left(after).value;
}

/// With hazard a until year 1 and b from then on, P(T > t) = exp(-a min(t, 1) - b max(0, t - 1)).
TEST(HazardClock, KeepsTheSurvivalFunctionWhenItsRateChangesMidway) {
  const Rate before{0.4}, after{1.7};
  std::vector<double> times;
  for (std::uint32_t entity = 0; entity < 40'000; ++entity) {
    pdes::Stream stream({.seed = 2, .entity = entity});
    times.push_back(time_to_ring(HazardClock(pdes::unit_exponential(stream)), before, after));
  }
  for (const double t : {0.3, 0.9, 1.0, 1.2, 2.0, 3.0}) {
    const double survival = std::exp(-0.4 * std::min(t, 1.0) - 1.7 * std::max(0.0, t - 1));
    std::vector<double> survives;
    for (const double time : times) survives.push_back(time > t ? 1 : 0);
    EXPECT_LT(
        pdes::test::standard_errors_off(survives, survival, std::sqrt(survival * (1 - survival))),
        5)
        << "at " << t << " years";
  }
  const auto cdf = [](double t) {
    return 1 - std::exp(-0.4 * std::min(t, 1.0) - 1.7 * std::max(0.0, t - 1));
  };
  EXPECT_LT(pdes::test::kolmogorov_smirnov(times, cdf), pdes::test::kolmogorov_smirnov_999);
}

}  // namespace
}  // namespace world
