// Detecting the end of a warm-up, against series whose transient is known.
#include "record/warm_up.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace record {
namespace {

/// x_t = phi x_{t-1} + e_t from x_0 = start, with mean 0 and variance 1 in the long run: its bias
/// at t is start phi^t.
std::vector<double> ar_1(double phi, double start, std::size_t length, std::uint32_t replication) {
  pdes::Stream stream({.seed = 11, .replication = replication});
  std::vector<double> series;
  double x = start;
  for (std::size_t t = 0; t < length; ++t) {
    x = phi * x + std::sqrt(1 - phi * phi) * pdes::normal_quantile(stream.uniform());
    series.push_back(x);
  }
  return series;
}

double mean_from(const std::vector<double>& series, std::size_t first) {
  return std::accumulate(series.begin() + static_cast<std::ptrdiff_t>(first), series.end(), 0.0) /
         static_cast<double>(series.size() - first);
}

TEST(Mser5, LeavesOutTheTransientOfAnAutoregressionAndNotMuchMore) {
  // The bias is below a tenth of the standard deviation from t = ln(200) / -ln(0.9) = 50 on, and
  // still two of them at t = 22.
  double square_all = 0, square_rest = 0;
  int found = 0;
  for (std::uint32_t replication = 0; replication < 100; ++replication) {
    const std::vector<double> series = ar_1(0.9, 20, 1000, replication);
    const auto leave_out = mser_5(series);
    if (!leave_out) continue;
    ++found;
    EXPECT_GE(*leave_out, 15U);
    square_all += std::pow(mean_from(series, 0), 2);
    square_rest += std::pow(mean_from(series, *leave_out), 2);
  }
  EXPECT_GE(found, 90);
  EXPECT_LT(square_rest, square_all / 2) << "the error of the mean";
}

TEST(Mser5, LeavesOutMoreWhereTheTransientIsLonger) {
  double fast = 0, slow = 0;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    fast += static_cast<double>(mser_5(ar_1(0.5, 20, 1000, replication)).value_or(500));
    slow += static_cast<double>(mser_5(ar_1(0.95, 20, 1000, replication)).value_or(500));
  }
  EXPECT_LT(2 * fast, slow);
}

TEST(Mser5, LeavesOutNothingOfASeriesThatIsLevel) {
  EXPECT_EQ(mser_5(std::vector<double>(100, 3.0)), 0U);
}

TEST(Mser5, FindsTheStepOfASeriesThatHasOne) {
  std::vector<double> series(200, 1.0);
  std::fill(series.begin(), series.begin() + 37, 5.0);
  EXPECT_EQ(mser_5(series), 40U) << "the first batch after the step";
}

TEST(Mser5, FindsNothingWhereASeriesNeverSettlesOrIsTooShort) {
  std::vector<double> trend(200);
  std::iota(trend.begin(), trend.end(), 0.0);
  EXPECT_EQ(mser_5(trend), std::nullopt);
  EXPECT_EQ(mser_5(std::vector<double>(4, 1.0)), std::nullopt);
}

TEST(WarmUp, IsTheLatestOfWhatIsWatchedInMonths) {
  std::vector<WarmUpWeek> weeks(100, {2, 0.9, 0.04});
  EXPECT_EQ(warm_up_detected(weeks), 0);
  for (std::size_t week = 0; week < 10; ++week) weeks[week].wait_mean = 0.5;
  for (std::size_t week = 0; week < 20; ++week) weeks[week].registered_share = 0.8;
  EXPECT_NEAR(*warm_up_detected(weeks), 20 * 7 / (365.25 / 12), 1e-12);
  for (std::size_t week = 0; week < 100; ++week)
    weeks[week].unmet_share = static_cast<double>(week);
  EXPECT_EQ(warm_up_detected(weeks), std::nullopt);
}

}  // namespace
}  // namespace record
