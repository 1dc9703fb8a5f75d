#include "pdes/statistics.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"
#include "statistics.hpp"

namespace pdes {
namespace {

std::vector<double> lognormals(std::size_t n, std::uint64_t seed) {
  Stream stream({.seed = seed});
  std::vector<double> values(n);
  for (double& value : values) value = lognormal(stream, 10, 1);
  return values;
}

Tally tally_of(const std::vector<double>& values) {
  Tally tally;
  for (const double value : values) tally.add(value);
  return tally;
}

void expect_same_up_to_rounding(const Tally& a, const Tally& b) {
  ASSERT_EQ(a.count(), b.count());
  EXPECT_NEAR(a.mean(), b.mean(), 1e-12 * std::abs(b.mean()));
  EXPECT_NEAR(a.variance(), b.variance(), 1e-12 * b.variance());
  EXPECT_EQ(a.min(), b.min());
  EXPECT_EQ(a.max(), b.max());
}

TEST(Tally, ASmallSampleHasTheMomentsComputedByHand) {
  const Tally tally = tally_of({2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_EQ(tally.count(), 8u);
  EXPECT_DOUBLE_EQ(tally.mean(), 5);
  EXPECT_DOUBLE_EQ(tally.variance(), 32.0 / 7);
  EXPECT_DOUBLE_EQ(tally.standard_error(), std::sqrt(32.0 / 7 / 8));
  EXPECT_EQ(tally.min(), 2);
  EXPECT_EQ(tally.max(), 9);
}

TEST(Tally, ExtremesOfNegativeValuesAreNegative) {
  const Tally tally = tally_of({-3, -7});
  EXPECT_EQ(tally.min(), -7);
  EXPECT_EQ(tally.max(), -3);
}

// A sum of squares minus the square of a sum misses this by a thousand times the tolerance.
TEST(Tally, AGreatCommonOffsetLeavesTheVarianceAsItIs) {
  Tally tally;
  for (int i = 0; i < 30'000; ++i) tally.add(1e6 + i % 3);  // exact in a double
  EXPECT_NEAR(tally.variance(), 2.0 / 3 * 30'000 / 29'999, 1e-9);
  EXPECT_NEAR(tally.mean() - 1e6, 1, 1e-6);
}

TEST(Tally, MergedPartsEqualTheWholeWhereverItIsCut) {
  const std::vector<double> values = lognormals(1000, 1);
  const Tally whole = tally_of(values);
  for (const std::ptrdiff_t cut : {0, 1, 2, 137, 500, 999, 1000}) {
    Tally first = tally_of({values.begin(), values.begin() + cut});
    first.merge(tally_of({values.begin() + cut, values.end()}));
    expect_same_up_to_rounding(first, whole);
  }
  Tally many;
  for (std::ptrdiff_t from = 0; from < 1000; from += 50)
    many.merge(tally_of({values.begin() + from, values.begin() + from + 50}));
  expect_same_up_to_rounding(many, whole);
}

TEST(Tally, PartsMergedTwiceInTheSameOrderAreTheSameBits) {
  const auto merged = [] {
    Tally all;
    for (std::uint64_t part = 0; part < 20; ++part) all.merge(tally_of(lognormals(100, part)));
    return all;
  };
  EXPECT_EQ(merged().mean(), merged().mean());
  EXPECT_EQ(merged().variance(), merged().variance());
}

TEST(Tally, AnEmptyPartIsNeutralOnBothSides) {
  const Tally some = tally_of({1, 2, 4});
  Tally left, right = some;
  left.merge(some);
  right.merge(Tally{});
  for (const Tally& merged : {left, right}) {
    EXPECT_EQ(merged.count(), 3u);
    EXPECT_EQ(merged.mean(), some.mean());
    EXPECT_EQ(merged.variance(), some.variance());
  }
}

TEST(TimeWeighted, TheIntegralIsTheAreaUnderTheSteps) {
  TimeWeighted length;
  length.change(+2, Time{10});
  length.change(+3, Time{14});
  length.change(-4, Time{20});
  EXPECT_EQ(length.value(), 1);
  EXPECT_EQ(length.max(), 5);
  const TimeIntegral integral = length.integral(Time{25});
  EXPECT_EQ(integral.sum, 2 * 4 + 5 * 6 + 1 * 5);
  EXPECT_EQ(integral.span, Duration{25});
  EXPECT_DOUBLE_EQ(integral.average(), 43.0 / 25);
}

TEST(TimeWeighted, TheBeginningMayBeLaterThanZeroAndTheValueNotZero) {
  TimeWeighted length(7, Time{100});
  length.change(-7, Time{110});
  EXPECT_EQ(length.integral(Time{120}), (TimeIntegral{70, Duration{20}}));
}

TEST(TimeWeighted, TheIntegralsOfTwoPeriodsAddUpToThatOfBoth) {
  TimeWeighted length;
  Stream stream({.seed = 5});
  TimeIntegral first, last;
  std::int64_t area = 0;
  for (std::int64_t now = 0; now < 1000; ++now) {
    length.change(static_cast<std::int64_t>(stream.bits() % 7) - 3, Time{now});
    area += length.value();
    if (now == 400) first = length.integral(Time{now});
  }
  last = length.integral(Time{1000});
  EXPECT_EQ(last, (TimeIntegral{area, Duration{1000}}));
  const TimeIntegral second = last - first;
  EXPECT_EQ(second.span, Duration{600});
  EXPECT_EQ(first + second, last);
}

TEST(TimeWeighted, TwoReplicationsPooledAverageOverTheirTotalTime) {
  TimeWeighted one(1), four(4);
  const TimeIntegral pooled = one.integral(Time{100}) + four.integral(Time{50});
  EXPECT_DOUBLE_EQ(pooled.average(), 2);
}

TEST(StudentFactor, AgreesWithBoostForEachLevelAndDegree) {
  for (const double level : {0.5, 0.8, 0.95, 0.99, 0.999}) {
    for (const int degrees : {1, 2, 3, 4, 5, 6, 7, 10, 19, 30, 99, 100, 999, 10'000}) {
      const boost::math::students_t_distribution<long double> law(degrees);
      const auto reference =
          static_cast<double>(quantile(complement(law, (1 - static_cast<long double>(level)) / 2)));
      EXPECT_NEAR(student_factor(level, degrees) / reference, 1, 1e-10) << level << ' ' << degrees;
    }
  }
}

TEST(StudentFactor, AgreesWithPrintedTables) {
  EXPECT_NEAR(student_factor(0.95, 1), 12.706, 5e-4);
  EXPECT_NEAR(student_factor(0.95, 10), 2.228, 5e-4);
  EXPECT_NEAR(student_factor(0.999, 9), 4.781, 5e-4);
  EXPECT_NEAR(student_factor(0.999, 99), 3.3915, 5e-5);
}

/// Autoregressive series of mean 5: x' = 5 + r (x - 5) + e, with e normal.
struct Autoregression {
  double r;
  Stream stream;
  double x = 5;
  double next() { return x = 5 + r * (x - 5) + normal_quantile(stream.uniform()); }
};

/// In how many of `series` the interval at 95 % holds the true mean.
int covered(int series, double r, std::uint64_t batch_size) {
  int inside = 0;
  for (int i = 0; i < series; ++i) {
    Autoregression source{r, Stream({.seed = 11, .entity = static_cast<std::uint64_t>(i)})};
    for (int warm = 0; warm < 200; ++warm) source.next();
    BatchMeans means(batch_size);
    while (means.batches().count() < 4000 / batch_size) means.add(source.next());
    if (means.interval(0.95).contains(5)) ++inside;
  }
  return inside;
}

TEST(BatchMeans, LongBatchesCoverTheMeanOfACorrelatedSeriesAsOftenAsTheySay) {
  constexpr int series = 2000;
  const double standard_error = std::sqrt(0.95 * 0.05 / series);
  EXPECT_NEAR(static_cast<double>(covered(series, 0.7, 200)) / series, 0.95, 5 * standard_error);
}

TEST(BatchMeans, BatchesOfOneValueCoverFarTooSeldomInACorrelatedSeries) {
  EXPECT_LT(covered(500, 0.7, 1), 500 * 0.7);
}

TEST(BatchMeans, EachBatchIsTheMeanOfItsValuesAndTheRestDoesNotCount) {
  BatchMeans means(3);
  for (const double value : {1, 2, 3, 10, 20, 30, 1000, 1000}) means.add(value);
  EXPECT_EQ(means.batches().count(), 2u);
  EXPECT_DOUBLE_EQ(means.batches().min(), 2);
  EXPECT_DOUBLE_EQ(means.batches().max(), 20);
  const Interval interval = means.interval(0.95);
  EXPECT_DOUBLE_EQ(interval.mean, 11);
  EXPECT_NEAR(interval.half_width, 12.7062 * 9, 1e-3);  // one degree of freedom, error 18/2
}

TEST(Interval, ContainsItsEndsAndNothingBeyond) {
  const Interval interval{10, 2};
  EXPECT_TRUE(interval.contains(8));
  EXPECT_TRUE(interval.contains(12));
  EXPECT_FALSE(interval.contains(7.999));
  EXPECT_FALSE(interval.contains(12.001));
}

TEST(OrderedSample, AQuantileIsTheLeastValueThatReachesTheShare) {
  const OrderedSample sample({30, 10, 50, 20, 40});
  EXPECT_EQ(sample.quantile(0), 10);
  EXPECT_EQ(sample.quantile(0.2), 10);
  EXPECT_EQ(sample.quantile(0.2000001), 20);
  EXPECT_EQ(sample.quantile(0.5), 30);
  EXPECT_EQ(sample.quantile(0.8), 40);
  EXPECT_EQ(sample.quantile(1), 50);
}

TEST(OrderedSample, RoundingNeverMovesAQuantileByOneRank) {
  for (int n = 1; n <= 400; ++n) {
    std::vector<double> values;
    for (int i = 1; i <= n; ++i) values.push_back(i);
    const OrderedSample sample(values);
    for (int k = 1; k <= n; ++k)
      ASSERT_EQ(sample.quantile(static_cast<double>(k) / n), k) << n << ' ' << k;
  }
}

// The count of values below the true quantile is binomial: five standard errors.
TEST(OrderedSample, TheQuantilesOfALargeSampleAreThoseOfItsLaw) {
  constexpr std::size_t n = 100'000;
  Stream stream({.seed = 12});
  std::vector<double> values(n);
  for (double& value : values) value = unit_exponential(stream);
  const OrderedSample sample(values);
  for (const double p : {0.01, 0.25, 0.5, 0.9, 0.999}) {
    const double reached = -std::expm1(-sample.quantile(p));
    EXPECT_NEAR(reached, p, 5 * std::sqrt(p * (1 - p) / static_cast<double>(n))) << p;
  }
}

}  // namespace
}  // namespace pdes
