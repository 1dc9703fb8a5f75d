/// Statistical checks with a stated strength. Each is a function of the data, so that a test can
/// also show that it fails when it should.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace pdes::test {

/// How many standard errors lie between the mean of independent values and the expected mean. A
/// right sampler exceeds 5 for less than one seed in a million.
inline double standard_errors_off(const std::vector<double>& values, double expected_mean,
                                  double standard_deviation) {
  double sum = 0;
  for (const double value : values) sum += value;
  const double n = static_cast<double>(values.size());
  return std::abs(sum / n - expected_mean) / (standard_deviation / std::sqrt(n));
}

/// The same for the mean square deviation from a known mean; `fourth` is the fourth central moment.
inline double standard_errors_off_variance(std::vector<double> values, double mean, double variance,
                                           double fourth) {
  for (double& value : values) value = (value - mean) * (value - mean);
  return standard_errors_off(values, variance, std::sqrt(fourth - variance * variance));
}

/// Kolmogorov and Smirnov's sqrt(n) D: the greatest distance between the distribution of the values
/// and `cdf`. A right sampler exceeds 1.95 for one seed in a thousand.
template <class Cdf>
double kolmogorov_smirnov(std::vector<double> values, Cdf cdf) {
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = cdf(values[i]);
    const double below = static_cast<double>(i) / n, above = static_cast<double>(i + 1) / n;
    distance = std::max({distance, above - p, p - below});
  }
  return std::sqrt(n) * distance;
}
inline constexpr double kolmogorov_smirnov_999 = 1.95;

/// A mean over replications and its standard error, both estimated.
struct Estimate {
  double mean = 0;
  double standard_error = 0;
};

inline Estimate estimate(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size());
  double mean = 0, variance = 0;
  for (const double value : values) mean += value / n;
  for (const double value : values) variance += (value - mean) * (value - mean) / (n - 1);
  return {mean, std::sqrt(variance / n)};
}

}  // namespace pdes::test
