/// The shards of an output: small results files of consecutive replications, in a folder beside it
/// until they are joined. A shard is never changed once it is there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/output_lock.hpp"
#include "experiment/share.hpp"
#include "record/user_block.hpp"

namespace experiment {

/// Most replications in a shard.
inline constexpr std::int64_t shard_size = 10;

/// A shard whose checksum is right.
struct Shard {
  std::filesystem::path path;
  Replications replications;
  std::string run_key;
  std::int64_t planned = 0;  ///< replications of the whole run
};

/// A file with a shard's name that cannot be used.
struct DamagedShard {
  std::filesystem::path path;
  Replications replications;  ///< that its name tells
  std::string problem;
};

/// The folder of an output's shards, which need not be there.
class ShardFolder {
 public:
  explicit ShardFolder(const std::filesystem::path& output);

  const std::filesystem::path& path() const { return path_; }
  /// Where the shard of these replications belongs.
  std::filesystem::path file_of(Replications replications) const;

  struct Found {
    std::vector<Shard> whole;  ///< in the order of their replications
    std::vector<DamagedShard> damaged;
  };
  /// The shards that hold some of these replications. Of each the whole file is checked, but HDF5
  /// is not asked. Throws `std::system_error` if one cannot be read.
  Found find(Replications replications = everything) const;

  /// Removes what killed programs have left of these replications, which must be locked; if it is
  /// everything, also what they have left beside the output.
  void sweep(Replications mine) const;
  /// Gives a damaged shard another name, so that it is not taken for one any more.
  void set_aside(const DamagedShard& shard) const;
  /// Removes all shards within these replications and then, if nothing else is left, the folder.
  /// Everything must be locked.
  void remove(Replications within) const;
  /// Removes the folder, but for its lock empty. Everything must be locked.
  void remove_if_empty() const;

 private:
  std::filesystem::path output_;
  std::filesystem::path path_;
};

/// The replications of `range` that are in none of `there`, in order.
std::vector<Replications> missing_of(Replications range, std::vector<Replications> there);
std::vector<Replications> missing_of(Replications range, const std::vector<Shard>& there);

/// How many they are together.
std::int64_t count(const std::vector<Replications>& ranges);

}  // namespace experiment
