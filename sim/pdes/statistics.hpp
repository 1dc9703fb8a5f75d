/// What a simulation keeps of what it sees: tallies, time averages, batch means and quantiles.
///
/// Merging is made for parts that are computed apart: merge them in a fixed order and the bits are
/// the same on any number of threads.
#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "pdes/portable_math.hpp"
#include "pdes/time.hpp"

namespace pdes {

/// Count, mean, variance and extremes of the values added.
///
/// One value: Welford, "Note on a method for calculating corrected sums of squares and products",
/// Technometrics 4 (1962). Two parts: Chan, Golub and LeVeque, "Algorithms for computing the sample
/// variance", The American Statistician 37 (1983):
///
///   d = mean_b - mean_a; mean = mean_a + d n_b/n; S = S_a + S_b + d^2 n_a n_b/n
class Tally {
 public:
  /// Adds one value. Requires a finite number.
  void add(double value) {
    ++count_;
    const double deviation = value - mean_;
    mean_ += deviation / static_cast<double>(count_);
    squares_ += deviation * (value - mean_);
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }

  /// Adds everything that `other` has seen. Equal to one tally of all values, up to rounding.
  void merge(const Tally& other) {
    if (other.count_ == 0) return;
    const double here = static_cast<double>(count_), there = static_cast<double>(other.count_);
    const double deviation = other.mean_ - mean_;
    count_ += other.count_;
    mean_ += deviation * (there / (here + there));
    squares_ += other.squares_ + deviation * deviation * (here * there / (here + there));
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }

  std::uint64_t count() const { return count_; }

  /// Requires at least one value, as `min` and `max` do.
  double mean() const {
    assert(count_ >= 1);
    return mean_;
  }
  double min() const {
    assert(count_ >= 1);
    return min_;
  }
  double max() const {
    assert(count_ >= 1);
    return max_;
  }

  /// Unbiased estimate S / (n - 1). Requires at least two values.
  double variance() const {
    assert(count_ >= 2);
    return squares_ / static_cast<double>(count_ - 1);
  }

  /// Standard error of the mean of independent values. Requires at least two.
  double standard_error() const { return std::sqrt(variance() / static_cast<double>(count_)); }

  /// For snapshots, here and below.
  template <class Writer>
  void save(Writer& to) const {
    to.write(count_, mean_, squares_, min_, max_);
  }
  template <class Reader>
  void load(Reader& from) {
    from.read(count_, mean_, squares_, min_, max_);
  }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0, squares_ = 0;  ///< `squares_`: sum of squared deviations from the mean
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

/// The integral of a whole-numbered quantity over a span of time. Spans add up, in any order; the
/// difference of two moments of one run is what happened between them, a warm-up left out.
struct TimeIntegral {
  std::int64_t sum = 0;  ///< value times ticks, exact
  Duration span;         ///< how long it was observed
  auto operator<=>(const TimeIntegral&) const = default;
  friend constexpr TimeIntegral operator+(TimeIntegral a, TimeIntegral b) {
    return {a.sum + b.sum, a.span + b.span};
  }
  friend constexpr TimeIntegral operator-(TimeIntegral a, TimeIntegral b) {
    return {a.sum - b.sum, a.span - b.span};
  }

  /// Time average, in the quantity's unit. Requires a span that is not empty.
  double average() const {
    assert(span > Duration{});
    return static_cast<double>(sum) / static_cast<double>(span.ticks);
  }
};

/// A quantity that is constant between events, such as the length of a queue, and its integral over
/// time. Requires integrals that fit 63 bits: a thousand customers for 290 years of microseconds.
class TimeWeighted {
 public:
  explicit TimeWeighted(std::int64_t value = 0, Time since = {})
      : value_(value), max_(value), since_(since), last_(since) {}

  /// The quantity changes by `by` now. Requires times that never go back.
  void change(std::int64_t by, Time now) {
    assert(now >= last_);
    sum_ += value_ * (now - last_).ticks;
    last_ = now;
    value_ += by;
    max_ = std::max(max_, value_);
  }

  std::int64_t value() const { return value_; }
  std::int64_t max() const { return max_; }

  /// Integral from the beginning until now. Requires `now` not before the last change.
  TimeIntegral integral(Time now) const {
    assert(now >= last_);
    return {sum_ + value_ * (now - last_).ticks, now - since_};
  }

  template <class Writer>
  void save(Writer& to) const {
    to.write(value_, max_, sum_, since_, last_);
  }
  template <class Reader>
  void load(Reader& from) {
    from.read(value_, max_, sum_, since_, last_);
  }

 private:
  std::int64_t value_, max_;
  std::int64_t sum_ = 0;  ///< until `last_`
  Time since_, last_;
};

/// Student's factor: |T| with `degrees` degrees of freedom stays below it with probability `level`.
/// Requires 0 < level < 1 and degrees >= 1. Relative error under 1e-10 for levels up to 0.999.
///
/// With t = sqrt(v) tan(x), the probability A is a finite sum (Abramowitz and Stegun, 26.7.3-4):
///
///   v odd:  A = (2/pi) (x + sin x (cos x + (2/3) cos^3 x + ... + (2 4 ..)/(3 5 ..) cos^(v-2) x))
///   v even: A = sin x (1 + (1/2) cos^2 x + ... + (1 3 ..)/(2 4 ..) cos^(v-2) x)
///
/// and x is found by bisection.
inline double student_factor(double level, int degrees) {
  assert(level > 0 && level < 1 && degrees >= 1);
  constexpr double half_pi = 1.5707963267948966;
  const bool odd = degrees % 2 != 0;
  const auto probability = [&](double x) {
    const double sine = portable::cos(half_pi - x), cosine = portable::cos(x);
    double term = odd ? cosine : 1, sum = degrees == 1 ? 0 : term;
    for (int n = odd ? 3 : 2; n <= degrees - 2; n += 2) {
      term *= cosine * cosine * (n - 1) / n;
      sum += term;
    }
    return odd ? (x + sine * sum) / half_pi : sine * sum;
  };
  double low = 0, high = half_pi;
  for (double x = half_pi / 2; x > low && x < high; x = (low + high) / 2) {
    (probability(x) < level ? low : high) = x;
  }
  return std::sqrt(static_cast<double>(degrees)) * portable::cos(half_pi - low) /
         portable::cos(low);
}

/// An estimate and how far the truth may be, at the level that was asked.
struct Interval {
  double mean = 0;
  double half_width = 0;
  double low() const { return mean - half_width; }
  double high() const { return mean + half_width; }
  bool contains(double value) const { return low() <= value && value <= high(); }
};

/// Interval for the mean of independent values of nearly normal law. Requires at least two.
inline Interval confidence_interval(const Tally& values, double level) {
  const int degrees = static_cast<int>(values.count()) - 1;
  return {values.mean(), student_factor(level, degrees) * values.standard_error()};
}

/// Interval for the mean of a stationary but correlated series, such as the waits of customers who
/// follow each other: means of long enough batches are nearly independent (Law, "Simulation
/// Modeling and Analysis", 5th ed., section 9.5.3). Values after the last full batch do not count.
class BatchMeans {
 public:
  /// Requires batches of at least one value. Make them many times longer than the correlation.
  explicit BatchMeans(std::uint64_t batch_size) : size_(batch_size) { assert(batch_size >= 1); }

  void add(double value) {
    batch_.add(value);
    if (batch_.count() < size_) return;
    means_.add(batch_.mean());
    batch_ = {};
  }

  /// The mean of each full batch, as one value.
  const Tally& batches() const { return means_; }

  /// Interval for the mean of the series. Requires at least two full batches.
  Interval interval(double level) const { return confidence_interval(means_, level); }

  template <class Writer>
  void save(Writer& to) const {
    to.write(size_, batch_, means_);
  }
  template <class Reader>
  void load(Reader& from) {
    from.read(size_, batch_, means_);
  }

 private:
  std::uint64_t size_;
  Tally batch_, means_;
};

/// Every value that was seen, in order of size: for exact quantiles, at the price of memory.
class OrderedSample {
 public:
  /// Requires at least one value, and numbers only.
  explicit OrderedSample(std::vector<double> values) : values_(std::move(values)) {
    assert(!values_.empty());
    std::sort(values_.begin(), values_.end());
  }

  std::size_t size() const { return values_.size(); }

  /// The least value x such that at least a share p of all values are <= x: always one of the
  /// values, without interpolation. Requires 0 <= p <= 1.
  double quantile(double p) const {
    assert(p >= 0 && p <= 1);
    const double n = static_cast<double>(values_.size());
    double rank = std::clamp(std::ceil(n * p), 1.0, n);
    if (rank > 1 && (rank - 1) / n >= p) --rank;  // n p was rounded up
    return values_[static_cast<std::size_t>(rank) - 1];
  }

 private:
  std::vector<double> values_;  ///< sorted
};

}  // namespace pdes
