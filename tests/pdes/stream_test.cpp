#include "pdes/stream.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace pdes {
namespace {

using Words = std::array<std::uint32_t, 4>;

/// Our Philox, as four words.
Words philox_words(const Words& counter, const std::array<std::uint32_t, 2>& key) {
  const Block drawn = philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return {static_cast<std::uint32_t>(drawn.first), static_cast<std::uint32_t>(drawn.first >> 32),
          static_cast<std::uint32_t>(drawn.second), static_cast<std::uint32_t>(drawn.second >> 32)};
}

// The three known answers that Random123 publishes for philox4x32 with 10 rounds.
TEST(Stream, StandsOnThePublishedPhiloxVectors) {
  EXPECT_EQ(philox_words({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(
      philox_words({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
      (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(
      philox_words({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
      (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// Each answer is the next question.
TEST(Stream, GivesThePhiloxOfRandom123) {
  Words words{1, 2, 3, 4};
  std::array<std::uint32_t, 2> key{5, 6};
  for (int i = 0; i < 10'000; ++i) {
    const r123::Philox4x32::ctr_type counter{{words[0], words[1], words[2], words[3]}};
    const auto theirs = r123::Philox4x32()(counter, {{key[0], key[1]}});
    const Words ours = philox_words(words, key);
    ASSERT_EQ(ours, (Words{theirs[0], theirs[1], theirs[2], theirs[3]})) << i;
    key = {words[2], ours[1]};
    words = ours;
  }
}

TEST(Stream, GivesTheZeroVectorForTheNameOfZeros) {
  Stream stream(StreamKey{});
  EXPECT_EQ(stream.bits(), 0xe169c58d'6627e8d5u);
  EXPECT_EQ(stream.bits(), 0x9b00dbd8'bc57ac4cu);
}

// The digits of pi, read as a name: the third counter word, 13198a2e, is block 8a2e of decision
// 1319.
TEST(Stream, PacksEachPartOfItsNameIntoTheWordThatIsDocumented) {
  Stream stream({.seed = 0x299f31d0'a4093822,
                 .replication = 0x03707344,
                 .decision = 0x1319,
                 .entity = 0x85a308d3,
                 .index = 0x243f6a88});
  for (int draw = 0; draw < 2 * 0x8a2e; ++draw) stream.bits();
  EXPECT_EQ(stream.bits(), 0x94fdcceb'd16cfe09u);
  EXPECT_EQ(stream.bits(), 0x24126ea1'5001e420u);
}

TEST(Stream, GivesTheSameDrawsForTheSameName) {
  const StreamKey key{.seed = 7, .replication = 3, .decision = 11, .entity = 42, .index = 5};
  Stream one(key), other(key);
  for (int draw = 0; draw < 1000; ++draw) ASSERT_EQ(one.bits(), other.bits());
}

// Of unrelated bits, half differ: 4,096 pairs of bits, a standard deviation of 32.
TEST(Stream, GivesUnrelatedDrawsWhenAnyPartOfTheNameChanges) {
  const StreamKey key{.seed = 7, .replication = 3, .decision = 11, .entity = 42, .index = 5};
  std::vector<StreamKey> others(8, key);
  others[0].seed ^= 1;
  others[1].seed ^= std::uint64_t{1} << 32;
  others[2].seed ^= std::uint64_t{1} << 63;
  others[3].replication ^= 1;
  others[4].decision ^= 1;
  others[5].entity ^= 1;
  others[6].entity ^= std::uint64_t{1} << 31;
  others[7].index ^= 1;
  for (const StreamKey& changed : others) {
    ASSERT_NE(changed, key);
    Stream stream(key), other(changed);
    int different = 0;
    for (int draw = 0; draw < 64; ++draw) different += std::popcount(stream.bits() ^ other.bits());
    EXPECT_NEAR(different, 2048, 5 * 32);
  }
}

// 90,000 draws of 64 bits share a value with probability 2e-10 if they are unrelated.
TEST(Stream, NeverRepeatsADrawAcrossNeighbouringNames) {
  std::set<std::uint64_t> seen;
  for (std::uint32_t replication = 0; replication < 10; ++replication)
    for (std::uint32_t decision = 0; decision < 10; ++decision)
      for (std::uint64_t entity = 0; entity < 10; ++entity)
        for (std::uint32_t index = 0; index < 10; ++index) {
          Stream stream({.seed = 1,
                         .replication = replication,
                         .decision = decision,
                         .entity = entity,
                         .index = index});
          for (int draw = 0; draw < 9; ++draw) seen.insert(stream.bits());
        }
  EXPECT_EQ(seen.size(), 90'000u);
}

TEST(Stream, ACopyGoesOnFromTheSamePlace) {
  Stream stream({.seed = 1, .entity = 9});
  for (int draw = 0; draw < 3; ++draw) stream.bits();
  Stream copy = stream;
  for (int draw = 0; draw < 5; ++draw) EXPECT_EQ(copy.bits(), stream.bits());
}

// Every parity of where it starts and of how many it draws, and lengths on both sides of any
// vector.
TEST(Stream, FillsAsOneDrawAfterTheOtherWould) {
  Stream lengths({.seed = 12});
  for (std::uint64_t entity = 0; entity < 300; ++entity) {
    const auto before = static_cast<int>(5 * lengths.uniform());
    const auto length = static_cast<std::size_t>(entity < 40 ? static_cast<double>(entity)
                                                             : 1000 * lengths.uniform());
    Stream filled({.seed = lengths.bits(),
                   .replication = static_cast<std::uint32_t>(lengths.bits()),
                   .decision = static_cast<std::uint32_t>(lengths.bits() >> 48),
                   .entity = lengths.bits() >> 32,
                   .index = static_cast<std::uint32_t>(lengths.bits())});
    for (int draw = 0; draw < before; ++draw) filled.bits();
    Stream singly = filled;
    std::vector<double> uniforms(length);
    filled.fill(uniforms);
    for (const double u : uniforms) ASSERT_EQ(u, singly.uniform()) << before << ' ' << length;
    for (int draw = 0; draw < 3; ++draw) ASSERT_EQ(filled.bits(), singly.bits()) << length;
  }
}

TEST(Stream, FillsUpToItsLastDraw) {
  Stream filled({.seed = 5, .decision = 3}), singly = filled;
  std::vector<double> uniforms(131'070);
  filled.fill(uniforms);
  for (const double u : uniforms) ASSERT_EQ(u, singly.uniform());
}

TEST(Stream, TurnsTheHighest52BitsIntoTheMiddleOfTheirInterval) {
  Stream stream({.seed = 4}), same({.seed = 4});
  for (int draw = 0; draw < 1000; ++draw) {
    const double middle = (static_cast<double>(same.bits() >> 12) + 0.5) / 4503599627370496.0;
    ASSERT_EQ(stream.uniform(), middle);
  }
  const double least = 0.5 / 4503599627370496.0;
  const double greatest = (4503599627370495.0 + 0.5) / 4503599627370496.0;
  EXPECT_EQ(unit_interval(0), least);
  EXPECT_EQ(unit_interval(~std::uint64_t{0}), greatest);
  EXPECT_GT(least, 0.0);
  EXPECT_LT(greatest, 1.0);
}

#ifndef NDEBUG
TEST(StreamDeathTest, RefusesANameThatDoesNotFitItsWord) {
  EXPECT_DEATH(Stream({.entity = std::uint64_t{1} << 32}), "entity");
  EXPECT_DEATH(Stream({.decision = 65'536}), "decision");
}

TEST(StreamDeathTest, RefusesToRunIntoTheNextDecision) {
  Stream stream({.decision = 3});
  for (int draw = 0; draw < 131'070; ++draw) stream.bits();
  EXPECT_DEATH(stream.bits(), "block_");
  Stream other({.decision = 3});
  std::vector<double> uniforms(131'072);
  EXPECT_DEATH(other.fill(uniforms), "blocks");
}
#endif

}  // namespace
}  // namespace pdes
