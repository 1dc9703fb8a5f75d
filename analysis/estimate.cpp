#include "analysis/estimate.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <limits>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace analysis {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

struct Split {
  std::vector<double> numbers;
  std::size_t missing = 0;
};

Split without_missing(std::span<const double> values) {
  Split split;
  for (const double value : values) {
    if (std::isnan(value))
      ++split.missing;
    else
      split.numbers.push_back(value);
  }
  return split;
}

/// The complete pairs, and what they say apart from an interval.
struct Pairs {
  std::vector<double> a, b, differences;
  PairedDifference counts;
};

Pairs complete_pairs(std::span<const double> a, std::span<const double> b) {
  assert(a.size() == b.size());
  Pairs pairs;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) {
      ++pairs.counts.estimate.missing;
      continue;
    }
    pairs.a.push_back(a[i]);
    pairs.b.push_back(b[i]);
    pairs.differences.push_back(a[i] - b[i]);
    (a[i] > b[i] ? pairs.counts.higher : a[i] < b[i] ? pairs.counts.lower : pairs.counts.equal)++;
  }
  pairs.counts.estimate.count = pairs.differences.size();
  if (pairs.differences.size() >= 2) {
    const double independent = sample_variance(pairs.a) + sample_variance(pairs.b);
    if (independent > 0)
      pairs.counts.variance_ratio = sample_variance(pairs.differences) / independent;
  }
  return pairs;
}

}  // namespace

double students_t_factor(std::size_t degrees_of_freedom, double level) {
  assert(degrees_of_freedom >= 1 && level > 0 && level < 1);
  const boost::math::students_t law(static_cast<double>(degrees_of_freedom));
  return std::round(boost::math::quantile(law, 0.5 + level / 2) * 0x1p30) * 0x1p-30;
}

double normal_factor(double level) { return pdes::normal_quantile(0.5 + level / 2); }

double sample_variance(std::span<const double> values) {
  assert(values.size() >= 2);
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return squares / static_cast<double>(values.size() - 1);
}

Estimate estimate_mean(std::span<const double> values, double level) {
  const Split split = without_missing(values);
  Estimate estimate;
  estimate.count = split.numbers.size();
  estimate.missing = split.missing;
  if (estimate.count == 0) return estimate;
  const double mean = mean_of(split.numbers);
  estimate.mean = mean;
  if (estimate.count < 2) return estimate;
  const double half =
      students_t_factor(estimate.count - 1, level) *
      std::sqrt(sample_variance(split.numbers) / static_cast<double>(estimate.count));
  estimate.interval = Interval{mean - half, mean + half};
  return estimate;
}

Interval wilson_interval(double share, std::size_t count, double level) {
  assert(count > 0);
  const double n = static_cast<double>(count), p = share;
  const double z = normal_factor(level), z2 = z * z;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Estimate estimate_share(std::span<const double> values, double level) {
  Estimate estimate = estimate_mean(values, level);
  if (estimate.count < 2) return estimate;
  estimate.interval = wilson_interval(*estimate.mean, estimate.count, level);
  return estimate;
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double level) {
  const Pairs pairs = complete_pairs(a, b);
  PairedDifference result = pairs.counts;
  const std::size_t missing = result.estimate.missing;
  result.estimate = estimate_mean(pairs.differences, level);
  result.estimate.missing = missing;
  return result;
}

PairedDifference paired_difference_of_shares(std::span<const double> a, std::span<const double> b,
                                             double level) {
  PairedDifference result = paired_difference(a, b, level);
  const std::size_t pairs = result.estimate.count;
  if (pairs < 2) return result;
  const double n = static_cast<double>(pairs) + 2;
  const double p = (static_cast<double>(result.higher) + 1) / n;
  const double q = (static_cast<double>(result.lower) + 1) / n;
  const double half = normal_factor(level) * std::sqrt((p + q - (p - q) * (p - q)) / n);
  result.estimate.interval = Interval{std::max(-1.0, p - q - half), std::min(1.0, p - q + half)};
  return result;
}

Estimate ratio_of_means(std::span<const double> above, std::span<const double> below,
                        double level) {
  const Pairs pairs = complete_pairs(above, below);
  Estimate ratio;
  ratio.count = pairs.a.size();
  ratio.missing = pairs.counts.estimate.missing;
  if (ratio.count < 2) return ratio;
  const double n = static_cast<double>(ratio.count);
  const double x = mean_of(pairs.a), y = mean_of(pairs.b);
  double products = 0;
  for (std::size_t i = 0; i < pairs.a.size(); ++i) products += (pairs.a[i] - x) * (pairs.b[i] - y);
  const double v_xx = sample_variance(pairs.a) / n, v_yy = sample_variance(pairs.b) / n;
  const double v_xy = products / (n - 1) / n;
  const double t = students_t_factor(ratio.count - 1, level);
  // a R² - 2 b R + c <= 0
  const double a = y * y - t * t * v_yy, b = x * y - t * t * v_xy, c = x * x - t * t * v_xx;
  if (a <= 0) return ratio;
  const double half = std::sqrt(std::max(0.0, b * b - a * c)) / a;
  ratio.mean = x / y;
  ratio.interval = Interval{b / a - half, b / a + half};
  return ratio;
}

double quantile(std::span<const double> sorted, double p) {
  assert(!sorted.empty() && p >= 0 && p <= 1);
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto below = static_cast<std::size_t>(h);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (h - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::vector<BandPoint> quantile_bands(std::span<const std::vector<double>> runs) {
  std::vector<BandPoint> bands(runs.empty() ? 0 : runs.front().size());
  std::vector<double> month;
  for (std::size_t m = 0; m < bands.size(); ++m) {
    month.clear();
    for (const std::vector<double>& run : runs) {
      assert(run.size() == bands.size());
      if (!std::isnan(run[m])) month.push_back(run[m]);
    }
    if (month.empty()) {
      bands[m] = {not_a_number, not_a_number, not_a_number, 0};
      continue;
    }
    const double mean = mean_of(month);
    std::sort(month.begin(), month.end());
    bands[m] = {mean, quantile(month, 0.05), quantile(month, 0.95), month.size()};
  }
  return bands;
}

std::vector<SurvivalPoint> kaplan_meier(std::span<const Duration> durations, double level) {
  std::vector<Duration> sorted(durations.begin(), durations.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Duration& a, const Duration& b) { return a.time < b.time; });
  const double z = normal_factor(level);
  std::vector<SurvivalPoint> curve;
  double survival = 1, greenwood = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    const double time = sorted[i].time;
    const std::size_t at_risk = sorted.size() - i;
    std::size_t ended = 0;
    for (; i < sorted.size() && sorted[i].time == time; ++i)
      if (sorted[i].ended) ++ended;
    if (ended == 0) continue;
    const double n = static_cast<double>(at_risk), d = static_cast<double>(ended);
    SurvivalPoint point{time, at_risk, ended, 0, std::nullopt};
    if (ended < at_risk) {
      survival *= 1 - d / n;
      greenwood += d / (n * (n - d));
      const double log_survival = pdes::portable::log(survival);
      const double spread = pdes::portable::exp(z * std::sqrt(greenwood) / -log_survival);
      point.survival = survival;
      point.interval = Interval{pdes::portable::exp(log_survival * spread),
                                pdes::portable::exp(log_survival / spread)};
    }
    curve.push_back(point);
  }
  return curve;
}

SurvivalPoint survival_at(std::span<const SurvivalPoint> curve, double time) {
  const auto after =
      std::upper_bound(curve.begin(), curve.end(), time,
                       [](double t, const SurvivalPoint& point) { return t < point.time; });
  return after == curve.begin() ? SurvivalPoint{} : *(after - 1);
}

}  // namespace analysis
