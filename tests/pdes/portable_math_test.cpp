#include "pdes/portable_math.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "pdes/sample.hpp"

namespace pdes {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pi = 3.141592653589793;

static_assert(std::numeric_limits<long double>::digits >= 64, "references need long double");

double relative_error(double value, long double reference) {
  return static_cast<double>(std::abs((value - reference) / reference));
}

/// Numbers spread over an interval, the same on every machine.
class Spread {
 public:
  double between(double low, double high) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * static_cast<double>(state_ >> 12) * 0x1p-52;
  }

 private:
  std::uint64_t state_ = 1;
};

TEST(PortableLog, IsWithinItsBoundOverAllMagnitudes) {
  Spread spread;
  double worst = 0;
  for (int i = 0; i < 500'000; ++i) {
    const double x =
        std::ldexp(spread.between(1, 2), static_cast<int>(spread.between(-1022, 1024)));
    worst =
        std::max(worst, relative_error(portable::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 4e-16);
}

// Near 1 the logarithm vanishes, and the error must vanish with it.
TEST(PortableLog, IsWithinItsBoundNearOne) {
  Spread spread;
  double worst = 0;
  for (int i = 0; i < 500'000; ++i) {
    const double away = std::ldexp(spread.between(-1, 1), -static_cast<int>(spread.between(1, 52)));
    const double x = 1 + away;
    if (x == 1) continue;
    worst =
        std::max(worst, relative_error(portable::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 4e-16);
}

TEST(PortableExp, IsWithinItsBoundOverAllMagnitudes) {
  Spread spread;
  double worst = 0;
  for (int i = 0; i < 500'000; ++i) {
    const double x = i % 2 == 0 ? spread.between(-708, 709) : spread.between(-2, 2);
    worst =
        std::max(worst, relative_error(portable::exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 2.5e-16);
}

TEST(PortablePow, IsWithinItsBoundOverManyMagnitudes) {
  Spread spread;
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double x = portable::exp(spread.between(-20, 20)), y = spread.between(-10, 10);
    const long double reference =
        std::pow(static_cast<long double>(x), static_cast<long double>(y));
    const double magnified = std::max(1.0, std::abs(y * std::log(x)));
    worst = std::max(worst, relative_error(portable::pow(x, y), reference) / magnified);
  }
  EXPECT_LT(worst, 5e-16);
}

TEST(PortableCos, IsWithinItsBoundOverTheWholeCircle) {
  Spread spread;
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double x = spread.between(-pi, pi);
    const long double error = portable::cos(x) - std::cos(static_cast<long double>(x));
    worst = std::max(worst, static_cast<double>(std::abs(error)));
  }
  EXPECT_LT(worst, 2e-15);
}

TEST(PortableMath, IsExactWhereTheValueIs) {
  EXPECT_EQ(portable::log(1), 0);
  EXPECT_EQ(portable::exp(0), 1);
  EXPECT_EQ(portable::exp(-0.0), 1);
  EXPECT_EQ(portable::cos(0), 1);
  EXPECT_EQ(portable::pow(1, 123.456), 1);
  EXPECT_EQ(portable::pow(123.456, 0), 1);
}

TEST(PortableExp, EndsAtZeroAndAtInfinityWhereItsCommentSays) {
  EXPECT_EQ(portable::exp(-infinity), 0);
  EXPECT_EQ(portable::exp(-1000), 0);
  EXPECT_EQ(portable::exp(std::nextafter(-708.0, -infinity)), 0);
  EXPECT_GT(portable::exp(-708), std::numeric_limits<double>::min());
  EXPECT_LT(portable::exp(709), std::numeric_limits<double>::max());
  EXPECT_EQ(portable::exp(std::nextafter(709.0, infinity)), infinity);
  EXPECT_EQ(portable::exp(infinity), infinity);
}

TEST(PortableMath, IsMonotoneOnAGrid) {
  for (double x = -708; x < 709; x += 0.001)
    ASSERT_LT(portable::exp(x), portable::exp(x + 0.001)) << x;
  for (double x = 1e-300; x < 1e300; x *= 1.001)
    ASSERT_LT(portable::log(x), portable::log(x * 1.001)) << x;
  for (double x = 0.5; x < 2; x += 1e-6) ASSERT_LT(portable::log(x), portable::log(x + 1e-6)) << x;
  for (double x = 0; x + 1e-4 < pi; x += 1e-4)
    ASSERT_GT(portable::cos(x), portable::cos(x + 1e-4)) << x;
}

TEST(PortableMath, ExpUndoesLog) {
  Spread spread;
  for (int i = 0; i < 100'000; ++i) {
    const double x = portable::exp(spread.between(-700, 700));
    const double back = portable::exp(portable::log(x));
    ASSERT_NEAR(back / x, 1, 4e-16 * std::max(1.0, std::abs(std::log(x)))) << x;
  }
}

// The bits themselves: another compiler, processor or C library must give the same ones.
TEST(PortableMath, GivesTheseBitsOnEveryMachine) {
  struct Golden {
    double value;
    std::uint64_t bits;
  };
  const Golden golden[] = {
      {portable::log(0.1), 0xc0026bb1'bbb55515},
      {portable::log(0.7), 0xbfd6d3c3'24e13f50},
      {portable::log(0.999), 0xbf506467'0d979b73},
      {portable::log(2), 0x3fe62e42'fefa39ef},
      {portable::log(3), 0x3ff193ea'7aad030b},
      {portable::log(1e-300), 0xc0859634'47f87fb5},
      {portable::log(6.02214076e23), 0x404b60a0'8fb35901},
      {portable::exp(-700.1), 0x00cf52f9'3df4dfcf},
      {portable::exp(-1), 0x3fd78b56'362cef38},
      {portable::exp(0.1), 0x3ff1aec7'b35a00d4},
      {portable::exp(1), 0x4005bf0a'8b14576a},
      {portable::exp(42.42), 0x43c25e36'137cf9c7},
      {portable::exp(700.1), 0x7f105861'4179b2a5},
      {portable::pow(1.03, 7.5), 0x3ff3f891'841a15b9},
      {portable::pow(0.2, -3.3), 0x406952a0'5ae22849},
      {portable::pow(10, 0.5), 0x40094c58'3ada5b53},
      {portable::cos(0.5), 0x3fec1528'065b7d50},
      {portable::cos(1.5), 0x3fb21bd5'4fc5f9a0},
      {portable::cos(-3), 0xbfefae04'be85e5d0},
      {portable::exp(0.3465), 0x3ff6a031'46cf6ead},
      {portable::exp(-0.3465), 0x3fe6a10b'883d5676},
      {normal_quantile(0.3), 0xbfe0c7e3'9582c5fa},
      {normal_quantile(0.975), 0x3fff5c03'31eeff82},
      {normal_quantile(1e-9), 0xc017fdc1'1f44b5a7},
      {normal_quantile(1e-100), 0xc0354601'0d75521f},
  };
  for (const Golden& g : golden)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(g.value), g.bits) << std::hexfloat << g.value;
}

}  // namespace
}  // namespace pdes
