/// Random numbers by name: each decision of each entity has its own stream, and asking one question
/// more never shifts the answers to the others.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace pdes {

/// Names a stream. Equal keys give equal draws; a difference in any field gives independent ones.
struct StreamKey {
  std::uint64_t seed = 0;         ///< of the whole experiment
  std::uint32_t replication = 0;  ///< which independent run
  std::uint32_t decision = 0;     ///< which question is asked; under 65,536
  std::uint64_t entity = 0;       ///< who asks; under 2^32
  std::uint32_t index = 0;        ///< asked for which time, from 0
  bool operator==(const StreamKey&) const = default;
};

/// The two draws of one block.
struct Block {
  std::uint64_t first, second;
};

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11): four counter
/// words and two key words give four random words; each draw joins two, the lower one first.
///
/// Words go in and out one by one, for compilers to keep them in registers; and it is inlined by
/// decree, for a loop over blocks to become one over vectors.
[[gnu::always_inline]] inline Block philox(std::uint32_t c0, std::uint32_t c1, std::uint32_t c2,
                                           std::uint32_t c3, std::uint32_t k0, std::uint32_t k1) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = std::uint64_t{0xD2511F53} * c0;
    const std::uint64_t odd = std::uint64_t{0xCD9E8D57} * c2;
    c0 = static_cast<std::uint32_t>(odd >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(odd);
    c2 = static_cast<std::uint32_t>(even >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(even);
    k0 += 0x9E3779B9;  // the golden ratio, a number with nothing up its sleeve ...
    k1 += 0xBB67AE85;  // ... and the square root of 3
  }
  return {std::uint64_t{c1} << 32 | c0, std::uint64_t{c3} << 32 | c2};
}

/// 64 random bits as a number in the open interval (0, 1): the middle of one of 2^52 equal parts,
/// which the highest 52 bits choose.
///
/// Those bits are the fraction of a double in [1, 2); the subtraction is exact.
inline double unit_interval(std::uint64_t bits) {
  return std::bit_cast<double>(bits >> 12 | 0x3FF0'0000'0000'0000u) - (1 - 0x1p-53);
}

/// A counter-based stream on Philox4x32-10. The key is the seed, the counter is the rest of the
/// name and a block number, so no two names share a block. Copying it copies its position. Gives
/// 131,070 draws at most.
///
///   key = (seed low, seed high); counter = (index, entity, decision 2^16 + block, replication)
///
/// in words of 32 bits. A block of four words gives two draws, the first word in the low half.
class Stream {
 public:
  explicit Stream(const StreamKey& key)
      : seed_(key.seed),
        index_(key.index),
        entity_(static_cast<std::uint32_t>(key.entity)),
        block_(key.decision << 16),
        replication_(key.replication) {
    assert(key.entity >> 32 == 0 && key.decision >> 16 == 0);
  }

  /// The next 64 random bits.
  [[gnu::always_inline]] std::uint64_t bits() {
    half_ = !half_;
    if (!half_) return second_;
    const Block drawn = block(block_++);
    assert((block_ & 0xFFFFU) != 0);  // else the next block is that of another decision
    second_ = drawn.second;
    return drawn.first;
  }

  /// A number in the open interval (0, 1): never 0, never 1, with 52 random bits.
  [[gnu::always_inline]] double uniform() { return unit_interval(bits()); }

  /// Gives each place the next uniform: the bits that as many calls of `uniform` would give. Blocks
  /// do not depend on each other, and compilers make this a loop over vectors
  /// (docs/decisions/0008-batches-of-draws.md).
  void fill(std::span<double> uniforms) {
    std::size_t done = 0;
    if (half_ && !uniforms.empty()) uniforms[done++] = uniform();
    const auto blocks = static_cast<std::uint32_t>((uniforms.size() - done) / 2);
    assert((block_ & 0xFFFFU) + blocks <= 0xFFFFU);  // else they are those of another decision
    double* const pairs = uniforms.data() + done;
    for (std::uint32_t i = 0; i < blocks; ++i) {
      const Block drawn = block(block_ + i);
      pairs[2 * std::size_t{i}] = unit_interval(drawn.first);
      pairs[2 * std::size_t{i} + 1] = unit_interval(drawn.second);
    }
    block_ += blocks;
    if ((uniforms.size() - done) % 2 == 1) uniforms.back() = uniform();
  }

 private:
  [[gnu::always_inline]] Block block(std::uint32_t number) const {
    return philox(index_, entity_, number, replication_, static_cast<std::uint32_t>(seed_),
                  static_cast<std::uint32_t>(seed_ >> 32));
  }

  std::uint64_t seed_;
  std::uint32_t index_, entity_;
  std::uint32_t block_;  ///< decision 2^16 + number of the next block
  std::uint32_t replication_;
  std::uint64_t second_ = 0;  ///< the second draw of the block before ...
  bool half_ = false;         ///< ... which comes next if this is true
};

}  // namespace pdes
