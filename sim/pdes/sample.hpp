/// Samplers by inversion: one uniform each, so that two runs stay in step and a higher rate always
/// means an earlier date. Independent of the standard library's distributions.
#pragma once

#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>

#include "pdes/portable_math.hpp"
#include "pdes/stream.hpp"

namespace pdes {

/// Exponential with mean 1: -ln(U).
inline double unit_exponential(Stream& stream) { return -portable::log(stream.uniform()); }

/// True with the given probability: never at 0, always at 1.
inline bool bernoulli(Stream& stream, double probability) { return stream.uniform() < probability; }

/// An index in [0, weights.size()) with probability proportional to its weight, for a uniform `u`
/// in (0, 1). Requires weights that are not negative and not all zero.
inline std::size_t categorical(double u, std::span<const double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  assert(total > 0);
  double left = u * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) return i;
  }
  return last;  // rounding only
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

}  // namespace pdes
