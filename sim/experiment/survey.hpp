/// What is there of a run, known from the first bytes and the checksums of its files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiment/shards.hpp"
#include "record/user_block.hpp"

namespace experiment {

/// A replication that is in two shards.
struct HeldTwice {
  Replications replications;
  std::filesystem::path first, second;
};

/// The output and its shards. They are of one run: that of the output, else that of which most
/// replications are there.
struct Survey {
  std::optional<record::Header> output;  ///< of the output, if it is there and whole
  std::string problem;                   ///< of the output, if it is there and not whole
  std::int64_t planned = 0;              ///< replications of the run
  std::vector<Shard> shards;             ///< of the run, and not yet joined into the output
  std::vector<Shard> foreign;            ///< of other runs
  std::vector<DamagedShard> damaged;
  std::vector<HeldTwice> twice;
  std::vector<Replications> missing;

  bool is_nothing() const;  ///< neither an output nor shards
  /// The output holds the whole run, and there are no shards that would lengthen it.
  bool is_finished() const { return output && missing.empty() && shards.empty(); }
  std::int64_t done() const { return planned - count(missing); }
  /// Replications of an output that holds all that was planned for it.
  std::int64_t joined() const;
};

/// Looks at an output and its shards. Throws `std::system_error` if a file cannot be read.
Survey survey(const std::filesystem::path& output);

}  // namespace experiment
