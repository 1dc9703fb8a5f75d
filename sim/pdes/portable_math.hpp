/// Elementary functions whose bits do not depend on the processor or the C library.
///
/// The C library picks another `log` or `exp` where the processor has fused multiply-add, and the
/// last digit changes with it. These use additions, multiplications and divisions only, which IEEE
/// 754 defines to the bit. Compile with `-ffp-contract=off` (the `pdes` target asks for it).
/// The error stated for each function is a bound that the tests check.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace pdes::portable {

inline constexpr double ln2_high = 6.93147180369123816490e-01;  ///< ln 2 to 33 bits
inline constexpr double ln2_low = 1.90821492927058770002e-10;   ///< what is missing from it

/// Natural logarithm. Requires a positive, finite, normal argument. Relative error under 4e-16.
///
///   x = m 2^k, m in [sqrt(1/2), sqrt(2)); s = (m-1)/(m+1);
///   ln x = k ln 2 + 2 (s + s^3/3 + s^5/5 + ...)
constexpr double log(double x) {
  assert(x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max());
  // Counted from sqrt(1/2), the exponent bits are k, and taking them away leaves m: no branch,
  // which a processor could not foresee.
  constexpr auto root = std::bit_cast<std::uint64_t>(0.70710678118654757);
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t power = (bits - root) & 0xFFF0'0000'0000'0000u;
  const double mantissa = std::bit_cast<double>(bits - power);
  const double exponent = static_cast<std::int32_t>(power >> 32) / (1 << 20);
  const double s = (mantissa - 1) / (mantissa + 1);
  const double s2 = s * s;
  double series = 0;  // s2/3 + s2^2/5 + ..., by Horner's rule
  for (int n = 23; n >= 3; n -= 2) series = s2 * (1.0 / n + series);
  return exponent * ln2_high + (2 * (s + s * series) + exponent * ln2_low);
}

/// 1/n! for n = 0, 1, ..., 14. Each factorial is exact in a double, so each entry is rounded once.
inline constexpr auto inverse_factorials = [] {
  std::array<double, 15> table{};
  double factorial = 1;
  for (std::size_t n = 0; n < table.size(); ++n) {
    if (n > 0) factorial *= static_cast<double>(n);
    table[n] = 1 / factorial;
  }
  return table;
}();

/// Exponential. Gives 0 below -708 and infinity above 709, a little before doubles run out.
/// Requires a number. Relative error under 2.5e-16.
///
///   x = k ln 2 + r, |r| <= ln(2)/2; exp x = 2^k (1 + r + r^2/2! + ...)
inline double exp(double x) {
  assert(!std::isnan(x));
  if (x < -708) return 0;
  if (x > 709) return std::numeric_limits<double>::infinity();
  // k = floor(steps), without a branch or a call. Doubles near 1.5 2^52 are whole numbers: a sum
  // there rounds to the nearest, and its lowest bits are those of that number.
  constexpr double whole = 0x1.8p52;
  const double steps = x * 1.4426950408889634 + 0.5;
  const double nearest = (steps + whole) - whole;
  const double k = (nearest - 0.5) + std::copysign(0.5, steps - nearest);
  const double r = (x - k * ln2_high) - k * ln2_low;
  double series = inverse_factorials.back();
  for (std::size_t n = inverse_factorials.size() - 1; n-- > 0;) {
    series = inverse_factorials[n] + r * series;
  }
  const auto exponent = std::bit_cast<std::uint64_t>(k + (whole + 1023));
  return series * std::bit_cast<double>(exponent << 52);
}

/// x to the power y. Requires a positive x, finite and normal. Relative error under 5e-16 times the
/// greater of 1 and |y ln x|: the exponential magnifies what the logarithm rounds.
inline double pow(double x, double y) { return exp(y * log(x)); }

/// Cosine of an angle in radians. Requires |x| <= pi. Absolute error under 2e-15.
///
///   cos x = 1 - x^2/2! + x^4/4! - ... + x^26/26!
inline double cos(double x) {
  assert(std::abs(x) <= 3.14159265358979324);
  const double x2 = x * x;
  double series = 1;
  for (int n = 26; n >= 2; n -= 2) series = 1 - x2 * series / (n * (n - 1));
  return series;
}

}  // namespace pdes::portable
