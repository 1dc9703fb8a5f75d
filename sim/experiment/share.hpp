/// Which replications one program of several simulates, so that a cluster shares a run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace experiment {

/// Consecutive replications: from `first` up to, but without, `last`.
struct Replications {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count() const { return last - first; }
  bool operator==(const Replications&) const = default;
};

/// Share `index` of `count`, where `index` goes from 1 to `count`. 1 of 1 is the whole run.
struct Share {
  std::int64_t index = 1;
  std::int64_t count = 1;
  bool operator==(const Share&) const = default;

  bool is_whole() const { return count == 1; }

  /// The replications of this share among `total`. The shares of one count follow each other
  /// without gap or overlap, and their sizes differ by one at most: some are empty when there are
  /// more shares than replications.
  Replications range(std::int64_t total) const {
    return {total * (index - 1) / count, total * index / count};
  }
};

/// The largest `count`: products with the largest number of replications stay within 64 bits.
inline constexpr std::int64_t most_shares = 1'000'000;

/// Reads "3/40": whole numbers, the first from 1 to the second. Nothing if it is anything else.
std::optional<Share> parse_share(std::string_view text);

/// A Slurm array whose elements cannot tell which share is theirs.
class UnclearArray : public std::invalid_argument {
 public:
  /// `elements` are the indices as Slurm tells them: "1-7, 3 elements".
  explicit UnclearArray(const std::string& elements)
      : std::invalid_argument(elements), elements_(elements) {}
  const std::string& elements() const { return elements_; }

 private:
  std::string elements_;
};

/// The value of an environment variable; null if it is not set.
using Variable = std::function<const char*(const char* name)>;

/// The share of this element of a Slurm array, from SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP and
/// _COUNT: the n-th element of an array of N has share n of N, whatever number its first one bears.
/// Nothing outside an array. Throws `UnclearArray` if the array has holes (`--array=1,3,7`, where a
/// part was submitted again: who counts from these elements would simulate other replications than
/// before) or one of the variables is missing or no number.
std::optional<Share> share_of_array(const Variable& variable);

}  // namespace experiment
