#include "pdes/sample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "statistics.hpp"

namespace pdes {
namespace {

using test::kolmogorov_smirnov;
using test::kolmogorov_smirnov_999;
using test::standard_errors_off;
using test::standard_errors_off_variance;

/// `n` draws of one stream.
template <class Sampler>
std::vector<double> draws_of_one_stream(std::size_t n, std::uint32_t decision, Sampler sample) {
  Stream stream({.seed = 20'260'101, .decision = decision});
  std::vector<double> values(n);
  for (double& value : values) value = sample(stream);
  return values;
}

/// The first draw of each of `n` entities, which is how a model draws.
template <class Sampler>
std::vector<double> draws_of_entities(std::size_t n, std::uint32_t decision, Sampler sample) {
  std::vector<double> values(n);
  for (std::size_t entity = 0; entity < n; ++entity) {
    Stream stream({.seed = 20'260'101, .decision = decision, .entity = entity});
    values[entity] = sample(stream);
  }
  return values;
}

double uniform(Stream& stream) { return stream.uniform(); }
double normal(Stream& stream) { return normal_quantile(stream.uniform()); }
double lognormal_3_half(Stream& stream) { return lognormal(stream, 3, 0.5); }

double uniform_cdf(double x) { return x; }
double exponential_cdf(double x) { return -std::expm1(-x); }
double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }
double lognormal_3_half_cdf(double x) { return normal_cdf(std::log(x / 3) / 0.5); }

constexpr std::size_t many = 400'000;
constexpr std::size_t fewer = 100'000;

TEST(Sample, UniformHasTheMomentsOfItsLaw) {
  const auto values = draws_of_entities(many, 1, uniform);
  EXPECT_LT(standard_errors_off(values, 0.5, std::sqrt(1 / 12.0)), 5);
  EXPECT_LT(standard_errors_off_variance(values, 0.5, 1 / 12.0, 1 / 80.0), 5);
}

TEST(Sample, ExponentialHasTheMomentsOfItsLaw) {
  const auto values = draws_of_entities(many, 2, unit_exponential);
  EXPECT_LT(standard_errors_off(values, 1, 1), 5);
  EXPECT_LT(standard_errors_off_variance(values, 1, 1, 9), 5);
}

TEST(Sample, NormalHasTheMomentsOfItsLaw) {
  const auto values = draws_of_entities(many, 3, normal);
  EXPECT_LT(standard_errors_off(values, 0, 1), 5);
  EXPECT_LT(standard_errors_off_variance(values, 0, 1, 3), 5);
}

TEST(Sample, LognormalHasTheMomentsOfItsLaw) {
  auto values = draws_of_entities(many, 4, lognormal_3_half);
  const double mean = 3 * std::exp(0.125);
  EXPECT_LT(standard_errors_off(values, mean, mean * std::sqrt(std::expm1(0.25))), 5);
  for (double& value : values) value = std::log(value);
  EXPECT_LT(standard_errors_off(values, std::log(3), 0.5), 5);
  EXPECT_LT(standard_errors_off_variance(values, std::log(3), 0.25, 3 * 0.25 * 0.25), 5);
}

TEST(Sample, TheCheckOfMomentsNoticesAMeanThatIsTwoPercentOff) {
  auto values = draws_of_entities(many, 2, unit_exponential);
  for (double& value : values) value *= 1.02;
  EXPECT_GT(standard_errors_off(values, 1, 1), 5);
  values = draws_of_entities(many, 3, normal);
  for (double& value : values) value *= 1.02;
  EXPECT_GT(standard_errors_off_variance(values, 0, 1, 3), 5);
}

TEST(Sample, EachLawPassesKolmogorovAndSmirnov) {
  EXPECT_LT(kolmogorov_smirnov(draws_of_one_stream(fewer, 1, uniform), uniform_cdf),
            kolmogorov_smirnov_999);
  EXPECT_LT(kolmogorov_smirnov(draws_of_one_stream(fewer, 2, unit_exponential), exponential_cdf),
            kolmogorov_smirnov_999);
  EXPECT_LT(kolmogorov_smirnov(draws_of_one_stream(fewer, 3, normal), normal_cdf),
            kolmogorov_smirnov_999);
  EXPECT_LT(
      kolmogorov_smirnov(draws_of_one_stream(fewer, 4, lognormal_3_half), lognormal_3_half_cdf),
      kolmogorov_smirnov_999);
}

TEST(Sample, EachLawPassesKolmogorovAndSmirnovAcrossEntities) {
  EXPECT_LT(kolmogorov_smirnov(draws_of_entities(fewer, 1, uniform), uniform_cdf),
            kolmogorov_smirnov_999);
  EXPECT_LT(kolmogorov_smirnov(draws_of_entities(fewer, 2, unit_exponential), exponential_cdf),
            kolmogorov_smirnov_999);
  EXPECT_LT(kolmogorov_smirnov(draws_of_entities(fewer, 3, normal), normal_cdf),
            kolmogorov_smirnov_999);
}

TEST(Sample, KolmogorovAndSmirnovNoticeALawThatIsFivePercentOff) {
  const auto too_long = [](Stream& stream) { return 1.05 * unit_exponential(stream); };
  EXPECT_GT(kolmogorov_smirnov(draws_of_one_stream(fewer, 2, too_long), exponential_cdf),
            kolmogorov_smirnov_999);
  const auto too_wide = [](Stream& stream) { return 1.05 * normal(stream); };
  EXPECT_GT(kolmogorov_smirnov(draws_of_one_stream(fewer, 3, too_wide), normal_cdf),
            kolmogorov_smirnov_999);
}

// The product of two independent deviations has mean 0 and standard deviation 1/12.
TEST(Sample, DrawsThatFollowEachOtherAreNotCorrelated) {
  for (const auto& values :
       {draws_of_one_stream(fewer, 5, uniform), draws_of_entities(fewer, 5, uniform)}) {
    std::vector<double> products;
    for (std::size_t i = 0; i + 1 < values.size(); ++i)
      products.push_back((values[i] - 0.5) * (values[i + 1] - 0.5));
    EXPECT_LT(standard_errors_off(products, 0, 1 / 12.0), 5);
  }
}

TEST(Sample, BernoulliIsTrueWithItsProbability) {
  for (const double p : {0.001, 0.3, 0.999}) {
    const auto successes = draws_of_entities(many, 6, [p](Stream& s) { return bernoulli(s, p); });
    EXPECT_LT(standard_errors_off(successes, p, std::sqrt(p * (1 - p))), 5) << p;
  }
}

TEST(Sample, BernoulliIsNeverTrueAtZeroAndAlwaysAtOne) {
  for (std::uint64_t entity = 0; entity < 10'000; ++entity) {
    Stream stream({.seed = 1, .entity = entity}), same({.seed = 1, .entity = entity});
    ASSERT_FALSE(bernoulli(stream, 0));
    ASSERT_TRUE(bernoulli(same, 1));
  }
}

TEST(Sample, CategoricalChoosesInProportionToWeights) {
  const std::array weights{1.0, 0.0, 2.0, 5.0};
  const auto choices = draws_of_entities(many, 7, [&weights](Stream& stream) {
    return static_cast<double>(categorical(stream.uniform(), weights));
  });
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double p = weights[i] / 8;
    std::vector<double> chosen;
    chosen.reserve(choices.size());
    for (const double choice : choices) chosen.push_back(choice == static_cast<double>(i) ? 1 : 0);
    if (p > 0) {
      EXPECT_LT(standard_errors_off(chosen, p, std::sqrt(p * (1 - p))), 5) << i;
    } else {
      for (const double c : chosen) ASSERT_EQ(c, 0);
    }
  }
}

TEST(Sample, CategoricalCutsTheIntervalAtTheCumulatedWeights) {
  const std::array weights{0.0, 1.0, 1.0, 2.0, 0.0};
  const double least = 0x1p-53, greatest = 1 - 0x1p-53;
  EXPECT_EQ(categorical(least, weights), 1u);
  EXPECT_EQ(categorical(std::nextafter(0.25, 0.0), weights), 1u);
  EXPECT_EQ(categorical(0.25, weights), 2u);
  EXPECT_EQ(categorical(0.5, weights), 3u);
  EXPECT_EQ(categorical(greatest, weights), 3u);
  EXPECT_EQ(categorical(0.7, std::array{0.0, 0.0, 3.0}), 2u);
}

// What is left of the uniform after all weights have been taken away is rounding, of either sign.
TEST(Sample, CategoricalNeverChoosesAWeightOfZeroBecauseOfRounding) {
  Stream stream({.seed = 9});
  int rounding_left_something = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::array<double, 6> weights{};
    for (std::size_t w = 1; w + 1 < weights.size(); ++w) weights[w] = stream.uniform();
    const double greatest = 1 - 0x1p-53;
    ASSERT_EQ(categorical(greatest, weights), 4u);
    double left = greatest * (weights[1] + weights[2] + weights[3] + weights[4]);
    for (const double weight : weights) left -= weight;
    if (left >= 0) ++rounding_left_something;
  }
  EXPECT_GT(rounding_left_something, 0);
}

TEST(Sample, EachSampleIsTheInverseOfItsLawAtOneUniform) {
  for (std::uint64_t entity = 0; entity < 1000; ++entity) {
    const Stream stream({.seed = 8, .entity = entity});
    Stream first = stream, second = stream, third = stream;
    const double u = first.uniform();
    first = stream;
    ASSERT_EQ(unit_exponential(first), -portable::log(u));
    ASSERT_EQ(bernoulli(second, 0.3), u < 0.3);
    ASSERT_EQ(lognormal(third, 2, 0.7), 2 * portable::exp(0.7 * normal_quantile(u)));
  }
}

TEST(Sample, ExponentialsByTheBatchAreThoseDrawnOneByOne) {
  for (std::size_t length = 0; length < 70; ++length) {
    Stream batch({.seed = 8, .entity = length}), singly = batch;
    std::vector<double> values(length);
    batch.fill(values);
    unit_exponentials(values);
    for (const double value : values) ASSERT_EQ(value, unit_exponential(singly)) << length;
  }
}

TEST(Sample, EachSampleUsesOneUniform) {
  const auto uses_one = [](auto sample) {
    Stream stream({.seed = 8}), same({.seed = 8});
    sample(stream);
    same.uniform();
    return stream.bits() == same.bits();
  };
  EXPECT_TRUE(uses_one([](Stream& s) { unit_exponential(s); }));
  EXPECT_TRUE(uses_one([](Stream& s) { bernoulli(s, 0.5); }));
  EXPECT_TRUE(uses_one([](Stream& s) { lognormal(s, 2, 1); }));
  EXPECT_TRUE(uses_one([](Stream& s) { uniform(s, 2, 3); }));
  EXPECT_TRUE(uses_one([](Stream& s) { poisson(s, 1000); }));
  EXPECT_TRUE(uses_one([](Stream& s) { gamma(s, 2.5, 1); }));
}

TEST(NormalQuantile, AgreesWithBoostInTheMiddleAndInBothTails) {
  const boost::math::normal_distribution<long double> law;
  const auto expect_agrees = [&law](double p) {
    const long double reference = boost::math::quantile(law, static_cast<long double>(p));
    const long double error = std::abs((normal_quantile(p) - reference) / reference);
    EXPECT_LT(static_cast<double>(error), 2e-15) << p;
  };
  for (double p = 0x1p-53; p < 0.5; p += 0.0001) {
    expect_agrees(p);
    expect_agrees(1 - p);
  }
  for (double p = 0.4; p > 1e-300; p *= 0.7) expect_agrees(p);
}

TEST(NormalQuantile, IsOddAroundOneHalf) {
  EXPECT_EQ(normal_quantile(0.5), 0);
  for (int i = 1; i < 4096; ++i) {
    const double p = i * 0x1p-13;
    EXPECT_EQ(normal_quantile(p), -normal_quantile(1 - p)) << p;
  }
}

TEST(NormalQuantile, IncreasesWithProbability) {
  double last = normal_quantile(0x1p-53);
  for (int i = 1; i < 100'000; ++i) {
    const double next = normal_quantile(i * 1e-5);
    ASSERT_GT(next, last) << i;
    last = next;
  }
}

TEST(Sample, UniformInAnIntervalHasTheMomentsOfItsLaw) {
  const auto values = draws_of_entities(many, 10, [](Stream& s) { return uniform(s, -2, 10); });
  EXPECT_LT(standard_errors_off(values, 4, 12 / std::sqrt(12.0)), 5);
  EXPECT_LT(standard_errors_off_variance(values, 4, 12, 12.0 * 12 * 12 * 12 / 80), 5);
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  EXPECT_GT(*least, -2);
  EXPECT_LT(*greatest, 10);
}

// Erlang of order k and mean m: variance m^2/k, fourth central moment 3 (k+2) m^4/k^3.
TEST(Sample, ErlangHasTheMomentsAndTheDistributionOfItsLaw) {
  for (const int k : {1, 3, 10}) {
    const auto values = draws_of_entities(many, 11, [k](Stream& s) { return erlang(s, k, 6); });
    EXPECT_LT(standard_errors_off(values, 6, 6 / std::sqrt(k)), 5) << k;
    EXPECT_LT(
        standard_errors_off_variance(values, 6, 36.0 / k, 3.0 * (k + 2) * 1296 / std::pow(k, 3)), 5)
        << k;
    EXPECT_LT(kolmogorov_smirnov(std::vector(values.begin(), values.begin() + fewer),
                                 [k](double x) { return boost::math::gamma_p(k, x / 6 * k); }),
              kolmogorov_smirnov_999)
        << k;
  }
}

// Gamma of shape a and scale 1: mean and variance a, fourth central moment 3 a^2 + 6 a.
TEST(Sample, GammaHasTheMomentsAndTheDistributionOfItsLaw) {
  for (const double a : {0.3, 1.0, 2.5, 40.0}) {
    const auto values = draws_of_entities(fewer, 12, [a](Stream& s) { return gamma(s, a, 2) / 2; });
    EXPECT_LT(standard_errors_off(values, a, std::sqrt(a)), 5) << a;
    EXPECT_LT(standard_errors_off_variance(values, a, a, 3 * a * a + 6 * a), 5) << a;
    EXPECT_LT(kolmogorov_smirnov(values, [a](double x) { return boost::math::gamma_p(a, x); }),
              kolmogorov_smirnov_999)
        << a;
  }
}

TEST(Sample, GammaOfShapeOneIsTheExponential) {
  for (double p = 0.0005; p < 1; p += 0.001)
    EXPECT_NEAR(gamma_quantile(p, 1) / -std::log1p(-p), 1, 1e-12) << p;
}

TEST(Sample, AGreaterMeanOrShapeNeverGivesLess) {
  for (int i = 1; i < 200; ++i) {
    const double p = i / 200.0;
    std::uint64_t events = 0;
    for (double mean = 0; mean < 800; mean = mean * 1.01 + 0.05) {
      const std::uint64_t more = poisson_quantile(p, mean);
      ASSERT_GE(more, events) << p << ' ' << mean;
      events = more;
    }
    double time = 0;
    for (double shape = 0.01; shape < 1000; shape *= 1.1) {
      const double longer = gamma_quantile(p, shape);
      ASSERT_GE(longer, time) << p << ' ' << shape;
      time = longer;
    }
  }
}

// Golden bits: the same from every compiler, at every level of optimisation, on every processor.
TEST(Sample, TheBitsOfPoissonAndGammaDoNotDependOnTheBuild) {
  EXPECT_EQ(log_gamma(3.25), 0x1.df216e434a8ep-1);
  EXPECT_EQ(poisson_probability(1003, 1000), 0x1.9ae2c06128201p-7);
  EXPECT_EQ(gamma_quantile(0.3, 0.4), 0x1.338b0acf52f75p-5);
  EXPECT_EQ(gamma_quantile(0.3, 2.5), 0x1.7ffcfd5c9aa6dp+0);
  EXPECT_EQ(gamma_quantile(0.999, 120), 0x1.396fd899bbb19p+7);
  double sum = 0;
  for (int i = 1; i < 2000; ++i) {
    sum += gamma_quantile(i / 2000.0, 0.1 + i * 0.01) /
           (1 + static_cast<double>(poisson_quantile(i / 2000.0, i * 1.7)));
  }
  EXPECT_EQ(sum, 0x1.50a34b70010a3p+3);
}

TEST(PoissonQuantile, StepsWhereTheDistributionFunctionDoes) {
  for (const double mean : {1e-9, 0.3, 1.0, 7.5, 99.0, 246.0, 247.5, 1e3, 12345.6, 1e6}) {
    const boost::math::poisson_distribution<long double> law(mean);
    const double deviation = std::sqrt(mean);
    for (double z = -6; z <= 6; z += 0.25) {
      const double k = std::floor(mean + z * deviation);
      if (k < 0) continue;
      const auto reached = static_cast<double>(cdf(law, static_cast<long double>(k)));
      const auto expected = static_cast<std::uint64_t>(k);
      const double rounding = 1e-12 * reached;  // of the sum
      if (reached - rounding > 0 && reached < 1) {
        EXPECT_LE(poisson_quantile(reached - rounding, mean), expected) << mean << ' ' << z;
      }
      if (reached + rounding < 1) {
        EXPECT_GT(poisson_quantile(reached + rounding, mean), expected) << mean << ' ' << z;
      }
    }
  }
}

TEST(PoissonQuantile, EndsAtBothEndsOfTheUniform) {
  for (const double mean : {0.0, 1e-320, 1e-30, 0.5, 200.0, 300.0, 1e6}) {
    const double deviation = std::sqrt(mean);
    const auto least = static_cast<double>(poisson_quantile(0x1p-53, mean));
    const auto greatest = static_cast<double>(poisson_quantile(1 - 0x1p-53, mean));
    EXPECT_LE(least, mean);
    EXPECT_GE(least, mean - 9 * deviation);
    EXPECT_GE(greatest, std::floor(mean));
    EXPECT_LE(greatest, mean + 10 * deviation + 15) << mean;
  }
}

/// Pearson's statistic of counts, as standard errors from its mean: (X - n) / sqrt(2 n), n degrees
/// of freedom.
double chi_square_off(const std::vector<double>& counts, const std::vector<double>& expected) {
  double statistic = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  const double degrees = static_cast<double>(counts.size()) - 1;
  return (statistic - degrees) / std::sqrt(2 * degrees);
}

/// How often each k from `from` to `to` is drawn, against its probability; what is outside counts
/// with the ends.
double poisson_off(double drawn_mean, double mean, int from, int to) {
  const auto n = static_cast<std::size_t>(to - from + 1);
  std::vector<double> counts(n), expected(n);
  const boost::math::poisson_distribution<double> law(mean);
  for (std::size_t i = 0; i < n; ++i)
    expected[i] = static_cast<double>(many) * pdf(law, from + static_cast<double>(i));
  expected.front() = static_cast<double>(many) * cdf(law, from);
  expected.back() = static_cast<double>(many) * cdf(complement(law, to - 1));
  for (const double k : draws_of_entities(many, 13, [drawn_mean](Stream& s) {
         return static_cast<double>(poisson(s, drawn_mean));
       })) {
    const double cell = std::clamp(k, static_cast<double>(from), static_cast<double>(to)) - from;
    ++counts[static_cast<std::size_t>(cell)];
  }
  return chi_square_off(counts, expected);
}

TEST(Poisson, EachNumberComesAsOftenAsItsProbabilitySays) {
  EXPECT_LT(poisson_off(0.7, 0.7, 0, 6), 5);
  EXPECT_LT(poisson_off(12, 12, 2, 25), 5);
  EXPECT_LT(poisson_off(1000, 1000, 900, 1100), 5);
}

TEST(Poisson, AMeanThatIsTwoPercentOffIsNoticed) {
  EXPECT_GT(poisson_off(0.714, 0.7, 0, 6), 5);
  EXPECT_GT(poisson_off(12.24, 12, 2, 25), 5);
  EXPECT_GT(poisson_off(1020, 1000, 900, 1100), 5);
}

TEST(PoissonProbability, AgreesWithBoostForSmallAndLargeMeans) {
  for (const double mean : {0.01, 1.0, 15.0, 17.0, 300.0, 1e4, 1e8}) {
    for (double z = -9; z <= 9; z += 0.5) {
      const double k = std::floor(mean + z * std::sqrt(mean));
      if (k < 0) continue;
      // k ln m - m - ln k! in long doubles, where that is exact enough.
      const long double a = static_cast<long double>(k) + 1, m = mean;
      const auto reference = static_cast<double>(boost::math::gamma_p_derivative(a, m));
      EXPECT_NEAR(poisson_probability(k, mean) / reference, 1, 1e-13) << mean << ' ' << k;
    }
  }
}

TEST(LogGamma, AgreesWithBoost) {
  for (double x = 1e-6; x < 1e14; x *= 1.37) {
    const auto reference = static_cast<double>(boost::math::lgamma(static_cast<long double>(x)));
    const double scale = std::max(1.0, std::abs(x * std::log(x)));
    EXPECT_NEAR(log_gamma(x), reference, 1e-14 * std::max(scale, std::abs(reference))) << x;
  }
}

TEST(GammaProbability, AgreesWithBoostInBothTails) {
  for (const double shape : {0.01, 0.1, 0.5, 1.0, 3.7, 15.5, 100.0, 1e3, 1e4}) {
    for (double z = -8; z <= 12; z += 0.25) {
      const double x = shape + z * std::sqrt(shape);
      if (x <= 0) continue;
      const long double a = shape, at = x;
      const auto below = static_cast<double>(boost::math::gamma_p(a, at));
      const auto above = static_cast<double>(boost::math::gamma_q(a, at));
      const GammaProbability found = gamma_probability(shape, x);
      if (below < above) {
        EXPECT_NEAR(found.below / below, 1, 1e-11) << shape << ' ' << x;
      } else {
        EXPECT_NEAR(found.above / above, 1, 1e-11) << shape << ' ' << x;
      }
    }
  }
}

TEST(GammaQuantile, AgreesWithBoostInTheMiddleAndInBothTails) {
  for (const double shape : {0.01, 0.02, 0.3, 0.99, 1.0, 1.01, 2.5, 12.0, 150.0, 1e4}) {
    const boost::math::gamma_distribution<long double> law(shape);
    const auto expect_agrees = [&](double p) {
      const auto reference =
          static_cast<double>(p < 0.5 ? quantile(law, static_cast<long double>(p))
                                      : quantile(complement(law, 1 - static_cast<long double>(p))));
      const double found = gamma_quantile(p, shape);
      if (reference < 1e-300) {
        EXPECT_LT(found, 1e-299) << shape << ' ' << p;
      } else {
        EXPECT_NEAR(found / reference, 1, 1e-11) << shape << ' ' << p;
      }
    };
    for (double p = 0.005; p < 1; p += 0.01) expect_agrees(p);
    for (double p = 0x1p-53; p < 0.01; p *= 8) {
      expect_agrees(p);
      expect_agrees(1 - p);
    }
  }
}

/// Shares that the table gives to each index, from evenly spaced uniforms.
std::vector<double> shares(const AliasTable& table, int uniforms) {
  std::vector<double> found(table.size());
  for (int i = 0; i < uniforms; ++i) found[table((i + 0.5) / uniforms)] += 1.0 / uniforms;
  return found;
}

TEST(AliasTable, GivesEachIndexTheShareOfItsWeight) {
  Stream stream({.seed = 14});
  for (std::size_t n = 1; n <= 60; ++n) {
    std::vector<double> weights(n);
    double total = 0;
    for (double& weight : weights) {
      weight = unit_exponential(stream) * unit_exponential(stream);
      if (stream.uniform() < 0.2) weight = 0;
      total += weight;
    }
    if (total <= 0) weights[0] = total = 1;
    constexpr int uniforms = 100'000;
    const auto found = shares(AliasTable(weights), uniforms);
    for (std::size_t i = 0; i < n; ++i) {
      // Each of the n columns is cut once: off by one uniform at most on either side of each cut.
      ASSERT_NEAR(found[i], weights[i] / total, 2.0 * static_cast<double>(n) / uniforms);
      if (weights[i] <= 0) {
        ASSERT_EQ(found[i], 0);
      }
    }
  }
}

TEST(AliasTable, EqualWeightsCutTheIntervalInEqualColumns) {
  const AliasTable table(std::array{3.0, 3.0, 3.0, 3.0});
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(table(0.25 * static_cast<double>(i) + 0.1), i);
}

TEST(AliasTable, TakesBothEndsOfTheUniformAndNeverAWeightOfZero) {
  for (std::size_t n = 2; n < 300; ++n) {
    std::vector<double> weights(n, 0.1);  // sums that round
    weights.front() = weights.back() = 0;
    weights[n / 2] = 0.3;
    const AliasTable table(weights);
    for (const double u : {0x1p-53, 1 - 0x1p-53}) ASSERT_GT(weights[table(u)], 0) << n;
  }
}

TEST(AliasTable, ChoosesInProportionToWeights) {
  const std::array weights{1.0, 0.0, 2.0, 5.0, 12.0};
  const AliasTable table(weights);
  std::vector<double> counts(weights.size());
  for (const double choice : draws_of_entities(many, 15, [&table](Stream& stream) {
         return static_cast<double>(table(stream.uniform()));
       }))
    ++counts[static_cast<std::size_t>(choice)];
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double p = weights[i] / 20, n = static_cast<double>(many);
    EXPECT_NEAR(counts[i], n * p, 5 * std::sqrt(n * p * (1 - p))) << i;
  }
}

}  // namespace
}  // namespace pdes
