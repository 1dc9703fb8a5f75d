#include "pdes/sample.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
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

}  // namespace
}  // namespace pdes
