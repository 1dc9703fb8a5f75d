#include "analysis/estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace analysis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double draw_normal(pdes::Stream& stream) { return pdes::normal_quantile(stream.uniform()); }

TEST(StudentsT, FactorIsThatOfPublishedTables) {
  EXPECT_NEAR(students_t_factor(1, 0.95), 12.7062, 5e-5);
  EXPECT_NEAR(students_t_factor(4, 0.95), 2.7764, 5e-5);
  EXPECT_NEAR(students_t_factor(29, 0.95), 2.0452, 5e-5);
  EXPECT_NEAR(students_t_factor(4, 0.99), 4.6041, 5e-5);
  EXPECT_NEAR(normal_factor(0.95), 1.959964, 1e-6);
}

TEST(Mean, HasTheIntervalThatOneComputesByHand) {
  // 1, 2, 3, 4, 5: mean 3, variance 10/4, half width 2.776445 * sqrt(2.5 / 5).
  const Estimate estimate = estimate_mean(std::vector<double>{1, 2, 3, 4, 5});
  EXPECT_DOUBLE_EQ(estimate.mean.value(), 3);
  EXPECT_NEAR(estimate.interval.value().low, 3 - 1.963243, 1e-6);
  EXPECT_NEAR(estimate.interval.value().high, 3 + 1.963243, 1e-6);
  EXPECT_EQ(estimate.count, 5u);
}

TEST(Mean, LeavesMissingNumbersOutAndCountsThem) {
  const Estimate estimate = estimate_mean(std::vector<double>{missing, 2, missing, 4});
  EXPECT_DOUBLE_EQ(estimate.mean.value(), 3);
  EXPECT_EQ(estimate.count, 2u);
  EXPECT_EQ(estimate.missing, 2u);
}

TEST(Mean, OfOneNumberHasNoInterval) {
  const Estimate estimate = estimate_mean(std::vector<double>{2});
  EXPECT_DOUBLE_EQ(estimate.mean.value(), 2);
  EXPECT_FALSE(estimate.interval);
  EXPECT_FALSE(estimate_mean({}).mean);
}

/// Standard errors between the share of `trials` whose interval holds the truth and 0.95.
template <class Covers>
double coverage_errors(int trials, const Covers& covers) {
  int held = 0;
  for (int trial = 0; trial < trials; ++trial) {
    pdes::Stream stream({.seed = 7, .decision = 3, .entity = static_cast<std::uint64_t>(trial)});
    held += covers(stream) ? 1 : 0;
  }
  const double share = static_cast<double>(held) / trials;
  return std::abs(share - 0.95) / std::sqrt(0.95 * 0.05 / trials);
}

TEST(Mean, HasAnIntervalThatHoldsTheTruthNinetyFiveTimesInAHundredOnNormalData) {
  for (const int n : {2, 5, 30}) {
    const double errors = coverage_errors(20'000, [n](pdes::Stream& stream) {
      std::vector<double> sample;
      for (int i = 0; i < n; ++i) sample.push_back(10 + 3 * draw_normal(stream));
      return estimate_mean(sample).interval.value().holds(10);
    });
    EXPECT_LT(errors, 5) << n;
  }
}

TEST(Mean, CoverageCheckNoticesAnIntervalOfNinetyPercent) {
  const double errors = coverage_errors(20'000, [](pdes::Stream& stream) {
    std::vector<double> sample;
    for (int i = 0; i < 5; ++i) sample.push_back(draw_normal(stream));
    return estimate_mean(sample, 0.90).interval.value().holds(0);
  });
  EXPECT_GT(errors, 5);
}

TEST(Share, HasWilsonsIntervalAndNeverShrinksToAPoint) {
  // 3 of 10: Wilson's 95 % interval is 0.1078 to 0.6032.
  const Estimate some = estimate_share(std::vector<double>{1, 1, 1, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_NEAR(some.interval.value().low, 0.1078, 5e-5);
  EXPECT_NEAR(some.interval.value().high, 0.6032, 5e-5);
  const Estimate all = estimate_share(std::vector<double>{1, 1, 1, 1});
  EXPECT_LT(all.interval.value().low, 0.6);
  EXPECT_DOUBLE_EQ(all.interval.value().high, 1);
}

TEST(PairedDifference, IsTheMeanOfTheDifferencesWithTheirInterval) {
  const std::vector<double> a{11, 14, 15, missing, 20}, b{10, 12, 15, 3, 16};
  const PairedDifference difference = paired_difference(a, b);
  const Estimate by_hand = estimate_mean(std::vector<double>{1, 2, 0, 4});
  EXPECT_EQ(difference.estimate.mean, by_hand.mean);
  EXPECT_EQ(difference.estimate.interval, by_hand.interval);
  EXPECT_EQ(difference.estimate.count, 4u);
  EXPECT_EQ(difference.estimate.missing, 1u);
  EXPECT_EQ(difference.higher, 3u);
  EXPECT_EQ(difference.equal, 1u);
  EXPECT_EQ(difference.lower, 0u);
}

TEST(PairedDifference, TellsHowMuchPairingHelps) {
  std::vector<double> a, b, alone;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    pdes::Stream stream({.seed = 3, .entity = i});
    const double luck = 3 * draw_normal(stream);
    a.push_back(luck + draw_normal(stream));
    b.push_back(luck + draw_normal(stream));
    alone.push_back(3 * draw_normal(stream) + draw_normal(stream));
  }
  // var(a - b) = 2, var(a) + var(b) = 20; independent runs give 1. The standard error of such a
  // ratio is under sqrt(2 / 2000) times 2.
  EXPECT_NEAR(paired_difference(a, b).variance_ratio.value(), 0.1, 0.02);
  EXPECT_NEAR(paired_difference(a, alone).variance_ratio.value(), 1, 0.3);
  EXPECT_FALSE(
      paired_difference(std::vector<double>{2, 2}, std::vector<double>{1, 1}).variance_ratio);
}

TEST(PairedDifference, OfSharesIsBonettAndPricesAndNeverShrinksToAPoint) {
  // n = 8, f = 3 pairs (1, 0), g = 1 pair (0, 1): p = 0.4, q = 0.2,
  // half width 1.959964 * sqrt((0.6 - 0.04) / 10).
  const std::vector<double> a{1, 1, 1, 0, 1, 0, 1, 0}, b{0, 0, 0, 1, 1, 0, 1, 0};
  const PairedDifference difference = paired_difference_of_shares(a, b);
  EXPECT_DOUBLE_EQ(difference.estimate.mean.value(), 0.25);
  EXPECT_NEAR(difference.estimate.interval.value().low, 0.2 - 0.463812, 1e-6);
  EXPECT_NEAR(difference.estimate.interval.value().high, 0.2 + 0.463812, 1e-6);
  const std::vector<double> ones(4, 1.0), zeros(4, 0.0);
  EXPECT_LT(paired_difference_of_shares(ones, zeros).estimate.interval.value().low, 0.6);
  EXPECT_TRUE(paired_difference_of_shares(ones, ones).estimate.interval.value().holds(0.3));
}

TEST(Quantile, IsOfTypeSeven) {
  const std::vector<double> sorted{1, 2, 3, 4};  // R: quantile(1:4, c(.1, .5, .95), type = 7)
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.1), 1.3);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.95), 3.85);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0), 1);
  EXPECT_DOUBLE_EQ(quantile(sorted, 1), 4);
}

TEST(Bands, GoMonthByMonthAndLeaveMissingRunsOut) {
  const std::vector<std::vector<double>> runs{
      {1, missing, missing}, {3, 4, missing}, {2, 8, missing}};
  const std::vector<BandPoint> bands = quantile_bands(runs);
  ASSERT_EQ(bands.size(), 3u);
  EXPECT_DOUBLE_EQ(bands[0].mean, 2);
  EXPECT_DOUBLE_EQ(bands[0].low, 1.1);
  EXPECT_DOUBLE_EQ(bands[0].high, 2.9);
  EXPECT_EQ(bands[1].count, 2u);
  EXPECT_DOUBLE_EQ(bands[1].mean, 6);
  EXPECT_EQ(bands[2].count, 0u);
  EXPECT_TRUE(std::isnan(bands[2].mean));
}

TEST(Bands, HoldNineRunsInTenOfAKnownLaw) {
  std::vector<std::vector<double>> runs;
  for (std::uint64_t r = 0; r < 4000; ++r) {
    pdes::Stream stream({.seed = 5, .entity = r});
    runs.push_back({stream.uniform()});
  }
  // The standard error of a quantile p of the uniform law is sqrt(p (1 - p) / n).
  const double five_errors = 5 * std::sqrt(0.05 * 0.95 / 4000);
  const BandPoint point = quantile_bands(runs).front();
  EXPECT_NEAR(point.low, 0.05, five_errors);
  EXPECT_NEAR(point.high, 0.95, five_errors);
}

}  // namespace
}  // namespace analysis
