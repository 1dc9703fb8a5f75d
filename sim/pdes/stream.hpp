/// Random numbers by name: each decision of each entity has its own stream, and asking one question
/// more never shifts the answers to the others.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cassert>
#include <cstdint>

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

/// A counter-based stream on Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1,
/// 2, 3", SC11). The key is the seed, the counter is the rest of the name and a block number, so no
/// two names share a block. Copying it copies its position. Gives 131,070 draws at most.
///
///   key = (seed low, seed high); counter = (index, entity, decision 2^16 + block, replication)
///
/// in words of 32 bits. A block of four words gives two draws, the first word in the low half.
class Stream {
 public:
  explicit Stream(const StreamKey& key)
      : key_{{static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32)}},
        counter_{{key.index, static_cast<std::uint32_t>(key.entity), key.decision << 16,
                  key.replication}} {
    assert(key.entity >> 32 == 0 && key.decision >> 16 == 0);
  }

  /// The next 64 random bits.
  std::uint64_t bits() {
    if (half_ == 0) {
      const auto words = r123::Philox4x32(/*10 rounds*/)(counter_, key_);
      block_ = {join(words[0], words[1]), join(words[2], words[3])};
      ++counter_[2];
      assert((counter_[2] & 0xFFFFU) != 0);  // else the next block is that of another decision
    }
    const std::uint64_t drawn = block_[half_];
    half_ ^= 1U;
    return drawn;
  }

  /// A number in the open interval (0, 1): never 0, never 1, with 52 random bits.
  double uniform() { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52; }

 private:
  static std::uint64_t join(std::uint32_t low, std::uint32_t high) {
    return static_cast<std::uint64_t>(high) << 32 | low;
  }

  r123::Philox4x32::key_type key_;
  r123::Philox4x32::ctr_type counter_;    ///< of the next block
  std::array<std::uint64_t, 2> block_{};  ///< the draws of the current one ...
  unsigned half_ = 0;                     ///< ... and which of them comes next
};

}  // namespace pdes
