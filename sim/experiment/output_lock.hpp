/// Keeps two programs from simulating the same replications into the same output.
///
/// The folder of shards has a file `lock` with a slot of 128 bytes for every replication. A program
/// locks the slots of the replications that it simulates and writes its name into the first of
/// them. So the shares of an array work side by side, an overlap is refused with the name of who
/// was first, and the system frees the slots of a program that crashed. These are record locks of
/// open files (`fcntl`, F_OFD_SETLK), which network file systems know too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiment/share.hpp"
#include "record/durable_file.hpp"

namespace experiment {

/// The file of a folder of shards that is locked.
inline constexpr const char* lock_name = "lock";

/// All replications that there may ever be.
inline constexpr Replications everything{0, std::numeric_limits<std::int64_t>::max()};

/// A program that has locked replications. Without a name while it is signing.
struct LockHolder {
  std::string host;
  std::string pid;
  std::string since;  ///< ISO 8601, UTC
  Replications replications;
};

/// Another program is at work on these replications.
class OutputBusy : public std::runtime_error {
 public:
  OutputBusy(std::filesystem::path folder, LockHolder holder);
  const std::filesystem::path& folder() const { return folder_; }
  const LockHolder& holder() const { return holder_; }

 private:
  std::filesystem::path folder_;
  LockHolder holder_;
};

/// The file system of the output knows no locks.
class NoFileLocks : public std::runtime_error {
 public:
  NoFileLocks(std::filesystem::path file, const std::string& cause);
  const std::filesystem::path& file() const { return file_; }
  const std::string& cause() const { return cause_; }

 private:
  std::filesystem::path file_;
  std::string cause_;
};

/// Some replications of an output, ours until the end of the scope.
class OutputLock {
 public:
  /// Locks replications of a folder of shards, which is made if it is not there. Throws
  /// `OutputBusy`, `NoFileLocks`, or `std::system_error` that names the file.
  OutputLock(const std::filesystem::path& folder, Replications replications);

 private:
  record::Descriptor file_;
};

/// The programs that are at work on a folder of shards, in the order of their replications. Needs
/// no right to write. Throws `NoFileLocks` or `std::system_error`.
std::vector<LockHolder> lock_holders(const std::filesystem::path& folder);

}  // namespace experiment
