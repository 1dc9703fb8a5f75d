// The bits of some thousands of draws of each law, over parameters that reach every branch: another
// compiler, level of optimisation, processor or C library must give the same ones.

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace pdes {
namespace {

/// FNV-1a over the values' 64-bit words instead of bytes.
class Digest {
 public:
  void add(std::uint64_t word) { hash_ = (hash_ ^ word) * 0x100000001b3u; }
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325u;
};

/// Digest of what `sample(stream, x)` gives on 4,000 streams, x from 0 up to (not including) 1.
template <class Sampler>
std::uint64_t digest(Sampler sample) {
  constexpr std::uint32_t streams = 4000;
  Digest all;
  for (std::uint32_t i = 0; i < streams; ++i) {
    Stream stream({.seed = 0x299f31d0'a4093822, .replication = 3, .decision = 5, .entity = i});
    all.add(sample(stream, i / static_cast<double>(streams)));
  }
  return all.value();
}

const std::vector<double> weights{0, 3, 1, 4, 0, 1, 5, 9, 2, 6, 0.001, 0};

TEST(SampleDigest, UniformBits) {
  EXPECT_EQ(digest([](Stream& s, double) { return s.bits(); }), 0xfb078167'ca25c186u);
  EXPECT_EQ(digest([](Stream& s, double) {
              Digest draws;
              for (int i = 0; i < 11; ++i) draws.add(s.uniform());
              return draws.value();
            }),
            0xb8a6ae09'983b788fu);
  EXPECT_EQ(digest([](Stream& s, double x) { return uniform(s, -x, 1 + x); }),
            0x75e7ee41'6aab806du);
}

TEST(SampleDigest, ExponentialBits) {
  EXPECT_EQ(digest([](Stream& s, double) { return unit_exponential(s); }), 0x98da4886'6dd87315u);
  EXPECT_EQ(digest([](Stream& s, double x) { return erlang(s, 1 + static_cast<int>(9 * x), x); }),
            0x156bd262'5d269fa1u);
}

TEST(SampleDigest, ChoiceBits) {
  const AliasTable alias(weights);
  EXPECT_EQ(digest([](Stream& s, double x) { return std::uint64_t{bernoulli(s, x)}; }),
            0x2033ac3e'd90f1e9fu);
  EXPECT_EQ(
      digest([](Stream& s, double) { return std::uint64_t{categorical(s.uniform(), weights)}; }),
      0x33cd93d0'ee064173u);
  EXPECT_EQ(digest([&](Stream& s, double) { return std::uint64_t{alias(s.uniform())}; }),
            0x4082c893'76271b4eu);
}

TEST(SampleDigest, NormalBits) {
  EXPECT_EQ(digest([](Stream& s, double) { return normal_quantile(s.uniform()); }),
            0x2ea98a21'b1ca6985u);
  EXPECT_EQ(digest([](Stream& s, double x) {
              return normal_quantile(s.uniform() * portable::exp(-700 * x));
            }),
            0x2f4bc386'1ad83d8du);
  EXPECT_EQ(digest([](Stream& s, double x) { return lognormal(s, 3, 4 * x); }),
            0x5d624ca3'dd789ee6u);
}

TEST(SampleDigest, GammaBits) {
  EXPECT_EQ(digest([](Stream& s, double x) { return gamma(s, 0.01 + 5 * x, 2); }),
            0x6eb93e7c'f16aed7bu);
  EXPECT_EQ(digest([](Stream& s, double x) { return gamma(s, 10 + 500 * x, 2); }),
            0xd7ff2daf'5267a02au);
}

TEST(SampleDigest, PoissonBits) {
  EXPECT_EQ(digest([](Stream& s, double x) { return poisson(s, 10 * x); }), 0x5792028a'1467ac4cu);
  EXPECT_EQ(digest([](Stream& s, double x) { return poisson(s, 1000 * x); }), 0xceef033a'41665cd7u);
  EXPECT_EQ(
      digest([](Stream& s, double x) { return poisson_probability(300 * x, 300 * s.uniform()); }),
      0x9e8312f6'5477adbfu);
}

TEST(SampleDigest, ElementaryFunctionBits) {
  EXPECT_EQ(digest([](Stream& s, double x) {
              return portable::log(portable::exp(1400 * x - 700) * s.uniform());
            }),
            0x25413602'1d4a10ebu);
  EXPECT_EQ(digest([](Stream& s, double) { return portable::log(uniform(s, 0.7, 1.5)); }),
            0x2ca97533'55dbb55au);
  EXPECT_EQ(digest([](Stream& s, double) { return portable::exp(uniform(s, -720, 720)); }),
            0x4ffc1f62'070503ecu);
  EXPECT_EQ(digest([](Stream& s, double) { return portable::exp(uniform(s, -2, 2)); }),
            0x87743bfa'0a61b59fu);
  EXPECT_EQ(
      digest([](Stream& s, double x) { return portable::pow(uniform(s, 0.01, 100), 10 * x - 5); }),
      0x6d55a200'51edbf44u);
  EXPECT_EQ(digest([](Stream& s, double) { return portable::cos(uniform(s, -3.14, 3.14)); }),
            0xbdf4e126'8464a006u);
}

}  // namespace
}  // namespace pdes
