/// Joins parts of a run into one results file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stdexcept>

namespace record {

/// Files that do not make up one run: which, why, and what to do.
class NotOneRun : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How parts are joined.
struct MergeOptions {
  /// Join what is there even if replications are missing; one that is there twice is taken from the
  /// first of its files.
  bool partial = false;
  std::int64_t planned = 0;  ///< replications of the whole run; 0: as the parts say
  std::uint64_t most_in_memory = std::uint64_t{16} << 20;  ///< as above
  std::function<bool()> stop = {};  ///< asked between blocks; true ends the merge with `false`
};

/// Joins parts of one run into one file, in the order of their replications and in constant memory,
/// however many there are. `output` may be one of the parts. Throws `NotOneRun` if a part is of
/// another run, if a replication is there twice or, unless `partial`, is missing; `DamagedFile`;
/// `std::system_error`. The parts stay as they are.
bool merge_files(std::span<const std::filesystem::path> parts, const std::filesystem::path& output,
                 const MergeOptions& options = {});

}  // namespace record
