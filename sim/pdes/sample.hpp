/// Samplers by inversion: one uniform each, so that two runs stay in step and a higher rate always
/// means an earlier date. Independent of the standard library's distributions. Two exceptions are
/// stated where they stand: `erlang` takes several uniforms, and `AliasTable` does not keep order.
#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <vector>

#include "pdes/portable_math.hpp"
#include "pdes/stream.hpp"

namespace pdes {

/// Exponential with mean 1: -ln(U).
[[gnu::always_inline]] inline double unit_exponential(Stream& stream) {
  return -portable::log(stream.uniform());
}

/// Turns each uniform into the exponential with mean 1 that `unit_exponential` makes of it. After
/// `Stream::fill`, for draws by the batch.
inline void unit_exponentials(std::span<double> uniforms) {
  for (double& u : uniforms) u = -portable::log(u);
}

/// True with the given probability: never at 0, always at 1.
[[gnu::always_inline]] inline bool bernoulli(Stream& stream, double probability) {
  return stream.uniform() < probability;
}

/// An index in [0, weights.size()) with probability proportional to its weight, for a uniform `u`
/// in (0, 1). Requires weights that are not negative and not all zero.
inline std::size_t categorical(double u, std::span<const double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  assert(total > 0);
  // What is left only falls, and a weight of zero leaves it as it is: counting the steps until it
  // is below zero finds the index without a branch at a place that no processor could foresee.
  double left = u * total;
  std::size_t index = 0;
  for (const double weight : weights) {
    left -= weight;
    index += left >= 0 ? 1 : 0;
  }
  if (index < weights.size()) return index;
  do --index;  // rounding only
  while (weights[index] <= 0);
  return index;
}

/// Quantile of the standard normal law: Wichura, "Algorithm AS 241: the percentage points of the
/// normal distribution", Applied Statistics 37 (1988), PPND16. Requires 0 < p < 1, p normal.
/// Relative error under 2e-15.
inline double normal_quantile(double p) {
  assert(p > 0 && p < 1);
  const auto ratio = [](double x, std::span<const double> over, std::span<const double> under) {
    double numerator = 0, denominator = 0;
    for (std::size_t i = over.size(); i-- > 0;) numerator = numerator * x + over[i];
    for (std::size_t i = under.size(); i-- > 0;) denominator = denominator * x + under[i];
    return numerator / denominator;
  };
  static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr double b[] = {1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                 1.78482653991729133580e0,  2.96560571828504891230e-1,
                                 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return q * ratio(0.180625 - q * q, a, b);
  const double r = std::sqrt(-portable::log(q < 0 ? p : 1 - p));
  const double tail = r <= 5 ? ratio(r - 1.6, c, d) : ratio(r - 5, e, f);
  return q < 0 ? -tail : tail;
}

/// Lognormal with the given median, in the median's unit; `sigma` is the standard deviation of its
/// logarithm.
inline double lognormal(Stream& stream, double median, double sigma) {
  return median * portable::exp(sigma * normal_quantile(stream.uniform()));
}

/// Uniform between `low` and `high`, in their unit. Requires low < high.
inline double uniform(Stream& stream, double low, double high) {
  assert(low < high);
  return low + (high - low) * stream.uniform();
}

/// Erlang of order k: the sum of k independent exponentials, with the given mean for the sum, in
/// its unit. Takes k uniforms. Requires k >= 1.
inline double erlang(Stream& stream, int k, double mean) {
  assert(k >= 1);
  double sum = 0;
  for (int i = 0; i < k; ++i) sum += unit_exponential(stream);
  return mean / k * sum;
}

/// Chooses among many weights in a time that does not depend on their number, with one uniform:
/// Walker, "An efficient method for generating discrete random variables with general
/// distributions", ACM TOMS 3 (1977); built as in Vose, IEEE Trans. Software Engineering 17 (1991).
/// Column i of n equal columns belongs to i below `threshold_[i]`, and to `alias_[i]` above.
///
/// Weights that change a little may change many choices: to compare strategies with the same luck,
/// use `categorical`, which cuts the interval in order.
class AliasTable {
 public:
  /// Requires weights that are not negative and not all zero.
  explicit AliasTable(std::span<const double> weights) {
    const std::size_t n = weights.size();
    double total = 0;
    for (const double weight : weights) total += weight;
    assert(total > 0);
    const auto heaviest = static_cast<std::size_t>(
        std::max_element(weights.begin(), weights.end()) - weights.begin());
    alias_.assign(n, heaviest);
    threshold_.assign(n, 1);
    std::vector<double> height(n);  // 1 on average
    std::vector<std::size_t> low, high;
    for (std::size_t i = 0; i < n; ++i) {
      height[i] = weights[i] / total * static_cast<double>(n);
      (height[i] < 1 ? low : high).push_back(i);
      if (weights[i] <= 0) threshold_[i] = 0;
    }
    while (!low.empty() && !high.empty()) {  // fill up a low column with what stands out of a high
      const std::size_t receives = low.back(), gives = high.back();
      low.pop_back();
      threshold_[receives] = height[receives];
      alias_[receives] = gives;
      height[gives] -= 1 - height[receives];
      if (height[gives] < 1) {
        high.pop_back();
        low.push_back(gives);
      }
    }  // what is left over is a full column, up to rounding
  }

  std::size_t size() const { return threshold_.size(); }

  /// An index with probability proportional to its weight, for a uniform `u` in (0, 1).
  std::size_t operator()(double u) const {
    assert(u > 0 && u < 1);
    const double at = u * static_cast<double>(std::ssize(threshold_));
    const auto column = static_cast<std::int64_t>(at);
    const auto own = static_cast<std::size_t>(column);
    const std::size_t above{at - static_cast<double>(column) >= threshold_[own]};
    return own + above * (alias_[own] - own);  // a branch here would be a coin's toss
  }

 private:
  std::vector<double> threshold_;
  std::vector<std::size_t> alias_;
};

namespace detail {
/// r(x) of `log_gamma`: 1/(12 x) - 1/(360 x^3) + 1/(1260 x^5) - ... Requires x >= 16.
constexpr double stirling_rest(double x) {
  assert(x >= 16);
  const double y = 1 / (x * x);
  return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
}
}  // namespace detail

/// Natural logarithm of the gamma function. Requires 0 < x < 1e15. Absolute error under 1e-14 times
/// the greater of 1 and x ln x.
///
///   ln G(x) = (x - 1/2) ln x - x + ln(2 pi)/2 + r(x)  (Stirling)
///
/// for x >= 16; below, from G(x) = G(x + n) / (x (x+1) ... (x+n-1)).
constexpr double log_gamma(double x) {
  assert(x > 0);
  double product = 1;
  for (; x < 16; ++x) product *= x;
  constexpr double half_ln_2pi = 0.91893853320467274;
  return (x - 0.5) * portable::log(x) - x + half_ln_2pi + detail::stirling_rest(x) -
         portable::log(product);
}

namespace detail {
/// `poisson_probability` for a k whose log_gamma(k + 1) is known.
inline double poisson_probability(double k, double mean, double ln_factorial) {
  if (k < 16) return portable::exp(k * portable::log(mean) - mean - ln_factorial);
  const double d = (mean - k) / k;
  double f = 0;
  if (std::abs(d) < 0.1) {  // d^2/2 - d^3/3 + ..., by Horner's rule
    for (int n = 17; n >= 2; --n) f = 1.0 / n - d * f;
    f *= d * d;
  } else {
    f = d - portable::log(mean / k);
  }
  constexpr double two_pi = 6.2831853071795865;
  return portable::exp(-k * f - stirling_rest(k)) / std::sqrt(two_pi * k);
}
}  // namespace detail

/// Probability of k under Poisson's law, m^k e^-m / G(k+1), for real k too. Requires k >= 0 and
/// a mean that is positive. Relative error under 1e-13 within ten standard deviations of the mean.
///
///   k >= 16: exp(-k f((m-k)/k) - r(k)) / sqrt(2 pi k), f(d) = d - ln(1+d), r: Stirling's rest
///
/// (Loader, "Fast and accurate computation of binomial probabilities", 2000): no great number is
/// taken from another.
inline double poisson_probability(double k, double mean) {
  assert(k >= 0 && mean > 0);
  return detail::poisson_probability(k, mean, k < 16 ? log_gamma(k + 1) : 0);
}

/// Quantile of Poisson's law: the least k such that P(K <= k) > p. Takes a time in proportion to
/// the square root of a large mean. Requires 0 < p < 1 and 0 <= mean <= 1e12. Exact unless p is
/// within 1e-12 p of a step.
///
/// Adds up probabilities from 0, or, where e^-mean would be lost, from far enough below the mode.
inline std::uint64_t poisson_quantile(double p, double mean) {
  assert(p > 0 && p < 1 && mean >= 0 && mean <= 1e12);
  if (mean < std::numeric_limits<double>::min()) return 0;
  const double far_below = std::floor(mean - 10 * std::sqrt(mean));
  double k = far_below > 100 ? far_below : 0;
  constexpr double ln_1 = log_gamma(1);  // 0 up to rounding
  double term = k > 0 ? poisson_probability(k, mean) : portable::exp(-mean - ln_1);
  double sum = term;
  while (p >= sum) {
    ++k;
    term *= mean / k;
    if (k > mean && sum + term == sum) break;  // the rest is less than one rounding
    sum += term;
  }
  return static_cast<std::uint64_t>(k);
}

/// Number of events of a Poisson process whose expectation is `mean`.
inline std::uint64_t poisson(Stream& stream, double mean) {
  return poisson_quantile(stream.uniform(), mean);
}

/// The two halves of the gamma law: probability of at most x, and of more than x.
struct GammaProbability {
  double below, above;
};

namespace detail {
/// `gamma_probability` where poisson_probability(shape, x) is known.
inline GammaProbability gamma_probability(double shape, double x, double density) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon() / 8;
  if (x < shape + 1) {
    double term = 1, sum = 1;
    for (double n = shape + 1; term > epsilon * sum; ++n) sum += term *= x / n;
    const double below = std::min(density * sum, 1.0);
    return {below, 1 - below};
  }
  double b = x + 1 - shape, c = std::numeric_limits<double>::max(), d = 1 / b, fraction = d;
  for (int i = 1; i < 100'000; ++i) {
    const double a = i * (shape - i);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    fraction *= c * d;
    if (std::abs(c * d - 1) <= std::numeric_limits<double>::epsilon()) break;
  }
  const double above = std::min(density * shape * fraction, 1.0);
  return {1 - above, above};
}
}  // namespace detail

/// Distribution function of the gamma law with the given shape and scale 1: the regularised
/// incomplete gamma function. Requires shape >= 0.01 and x > 0, normal. Relative error of the
/// smaller half under 1e-11 where it is above 1e-300, for shapes up to 10,000.
///
///   x < a+1: P = D (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...), D = x^a e^-x / G(a+1)
///   else:    Q = a D / (x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), by Lentz's method
///
/// (Abramowitz and Stegun 6.5.29 and 6.5.31.)
inline GammaProbability gamma_probability(double shape, double x) {
  assert(shape >= 0.01 && x > 0);
  return detail::gamma_probability(shape, x, poisson_probability(shape, x));
}

/// Quantile of the gamma law with the given shape and scale 1, by Newton's method between bounds
/// that close in. Requires 0 < p < 1 and a shape in [0.01, 10,000]. Relative error under 1e-11;
/// what is less than 1e-300 may be given as 0.
inline double gamma_quantile(double p, double shape) {
  assert(p > 0 && p < 1 && shape >= 0.01 && shape <= 1e4);
  // P <= x^a / G(a+1): the solution of an equality is never above the quantile, and next to it if
  // it is small. For greater shapes Wilson and Hilferty (1931) start nearer.
  const double ln_factorial = log_gamma(shape + 1);
  double x = portable::exp((portable::log(p) + ln_factorial) / shape);
  if (x < 1e-20) return x;
  if (shape > 1) {
    const double root = 1 - 1 / (9 * shape) + normal_quantile(p) / (3 * std::sqrt(shape));
    x = std::max(x, shape * root * root * root);
  }
  double low = 0, high = std::numeric_limits<double>::infinity();
  for (int i = 0; i < 200; ++i) {
    const double density = detail::poisson_probability(shape, x, ln_factorial);
    const GammaProbability found = detail::gamma_probability(shape, x, density);
    const double error = p < 0.5 ? found.below - p : (1 - p) - found.above;
    (error > 0 ? high : low) = x;
    double next = x - error * x / (shape * density);
    if (!(next > low && next < high)) next = std::min((low + high) / 2, 2 * x);
    const bool close = std::abs(next - x) <= 4e-15 * x;
    x = next;
    if (close) break;
  }
  return x;
}

/// Gamma with the given shape and scale, in the scale's unit: mean shape * scale, variance shape *
/// scale^2. Requires a shape in [0.01, 10,000].
inline double gamma(Stream& stream, double shape, double scale) {
  return scale * gamma_quantile(stream.uniform(), shape);
}

}  // namespace pdes
