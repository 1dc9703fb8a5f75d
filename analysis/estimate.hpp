/// Estimates and how sure they are: means, paired differences, bands and survival curves. Pure
/// functions of the numbers they are given; sums run in the order of the data.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace analysis {

inline constexpr double usual_level = 0.95;  ///< the coverage that intervals aim at

struct Interval {
  double low = 0;
  double high = 0;
  bool holds(double value) const { return low <= value && value <= high; }
  bool operator==(const Interval&) const = default;
};

/// A mean and how sure it is.
struct Estimate {
  std::optional<double> mean;        ///< none without a value
  std::optional<Interval> interval;  ///< none with fewer than two values
  std::size_t count = 0;             ///< values used
  std::size_t missing = 0;           ///< values left out because they are not numbers
  bool operator==(const Estimate&) const = default;
};

/// Quantile of Student's law at (1 + level) / 2, rounded to a multiple of 2^-30 so that the last
/// digits of the C library do not matter. Requires at least one degree of freedom.
double students_t_factor(std::size_t degrees_of_freedom, double level);

/// Quantile of the normal law at (1 + level) / 2.
double normal_factor(double level);

/// Variance with divisor n - 1, about the mean. Requires at least two numbers.
double sample_variance(std::span<const double> values);

/// Mean with Student's interval:  m ± t(n-1) s / sqrt(n),  s² = sum (x - m)² / (n - 1).
/// Values that are not numbers are left out and counted.
Estimate estimate_mean(std::span<const double> values, double level = usual_level);

/// Share of ones among zeros and ones, with Wilson's score interval (Wilson 1927):
///   (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
/// It stays inside [0, 1] and does not shrink to a point when all values agree.
/// Requires values that are 0, 1 or not a number.
Estimate estimate_share(std::span<const double> values, double level = usual_level);

/// Wilson's score interval of a share of so many, at least one.
Interval wilson_interval(double share, std::size_t count, double level = usual_level);

/// Differences of runs that shared their luck (common random numbers).
struct PairedDifference {
  Estimate estimate;       ///< of the mean difference, over complete pairs
  std::size_t higher = 0;  ///< pairs in which the first is higher,
  std::size_t equal = 0;   ///< equal,
  std::size_t lower = 0;   ///< lower
  /// Variance of the differences over that of independent runs, var(a - b) / (var a + var b): under
  /// 1, pairing helped. None with fewer than two pairs or without any variance.
  std::optional<double> variance_ratio;
};

/// Mean of a - b with Student's interval on the differences. Pairs with a missing half are left out
/// and counted. Requires as many `a` as `b`.
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double level = usual_level);

/// The same for zeros and ones, with the adjusted Wald interval of Bonett and Price (Journal of
/// Educational and Behavioral Statistics 37, 2012): with f the pairs (1, 0) and g the pairs (0, 1),
///   p = (f + 1) / (n + 2), q = (g + 1) / (n + 2);  p - q ± z sqrt((p + q - (p - q)²) / (n + 2)).
/// The mean is the plain difference of shares. It never shrinks to a point.
PairedDifference paired_difference_of_shares(std::span<const double> a, std::span<const double> b,
                                             double level = usual_level);

/// Ratio of two means over the same runs, with Fieller's interval (Fieller, Journal of the Royal
/// Statistical Society B 16, 1954): every R with (x - R y)² <= t(n-1)² (v_xx - 2 R v_xy + R² v_yy),
/// where x and y are the means and v their variances and covariance. It is bounded exactly when the
/// interval of y leaves zero out, and there is no estimate otherwise. Pairs with a missing half are
/// left out and counted. Requires as many `above` as `below`.
Estimate ratio_of_means(std::span<const double> above, std::span<const double> below,
                        double level = usual_level);

/// Quantile of type 7 (Hyndman and Fan, The American Statistician 50, 1996), R's default: linear
/// between order statistics at h = (n - 1) p. Requires sorted numbers, at least one, and p in
/// [0, 1].
double quantile(std::span<const double> sorted, double p);

/// One month of a curve over replications.
struct BandPoint {
  double mean = 0;
  double low = 0;         ///< 5th percentile of the replications, type 7
  double high = 0;        ///< 95th percentile
  std::size_t count = 0;  ///< replications with a number; mean, low and high are NaN if 0
};

/// Mean and the band that holds nine replications in ten, month by month. Each run has the same
/// number of months.
std::vector<BandPoint> quantile_bands(std::span<const std::vector<double>> runs);

/// How long something was watched, and whether it ended then.
struct Duration {
  double time = 0;     ///< since its own start; more than 0
  bool ended = false;  ///< otherwise it was still going on (censored)
};

/// The survival curve just after a time at which something ended.
struct SurvivalPoint {
  double time = 0;
  std::size_t at_risk = 0;           ///< still watched just before
  std::size_t ended = 0;             ///< ended at this time
  double survival = 1;               ///< S(t)
  std::optional<Interval> interval;  ///< none where S is 0
};

/// The product-limit estimate (Kaplan and Meier 1958), a point for each time at which something
/// ended:  S(t) = prod over t_i <= t of (1 - d_i / n_i).
///
/// Intervals are Greenwood's on the scale log(-log S) (Kalbfleisch and Prentice 1980):
///   S^exp(± z s),  s² = sum d_i / (n_i (n_i - d_i)) / (log S)²,
/// which stay inside [0, 1]. Who is censored at a time is at risk at that time.
std::vector<SurvivalPoint> kaplan_meier(std::span<const Duration> durations,
                                        double level = usual_level);

/// The curve at a time: the last point not after it; S = 1 before the first.
SurvivalPoint survival_at(std::span<const SurvivalPoint> curve, double time);

}  // namespace analysis
