/// Runs an experiment on all cores, shard by shard, and resumes what was interrupted.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

#include "experiment/experiment.hpp"
#include "experiment/shards.hpp"
#include "experiment/share.hpp"

namespace experiment {

/// CPU time by what it was used for, in seconds.
struct Spent {
  double simulating = 0;  ///< all threads together
  double writing = 0;     ///< shards, and the file that they are joined into
};

/// How far a run is, in replications (all strategies of each).
struct Progress {
  std::int64_t done = 0;
  std::int64_t found = 0;  ///< of those, found on disk from an earlier run
  std::int64_t total = 0;
  Spent spent;
};

struct RunOptions {
  std::filesystem::path output;
  int threads = 0;  ///< 0: all that were allocated; never changes results
  /// Called by one thread at a time: at the start, after each replication, and at the end.
  std::function<void(const Progress&)> on_progress;
  Share share = {};   ///< of the replications; unless it is the whole run, the shards stay
  bool lock = true;   ///< against other programs on the same output
  bool grow = false;  ///< take up an output that was finished with fewer replications
  /// A replication is on the disk at the latest so long after it was simulated.
  std::chrono::steady_clock::duration unsaved_at_most = std::chrono::minutes(1);
  /// Called for every shard that is found damaged and simulated again.
  std::function<void(const DamagedShard&)> on_damaged = {};
};

/// What is already at the output belongs to another run: nothing is overwritten.
class ForeignOutput : public std::runtime_error {
 public:
  enum class Reason {
    no_results,          ///< it is no whole results file
    other_inputs,        ///< something that determines the numbers differs
    other_replications,  ///< it is the same run with another number of replications
  };
  /// `detail` is the problem of the file, or its number of replications.
  ForeignOutput(Reason reason, std::filesystem::path path, std::string detail = "");

  Reason reason() const { return reason_; }
  const std::filesystem::path& path() const { return path_; }  ///< the output, or one of its shards
  const std::string& detail() const { return detail_; }

 private:
  Reason reason_;
  std::filesystem::path path_;
  std::string detail_;
};

enum class Outcome {
  done,
  already_done,
  interrupted,
  share_done,  ///< the shards of the share are there; `maillage merge` joins them
};

/// Simulates the replications that are missing and writes `output`.
///
/// Replications are simulated by several threads and committed by another to shards in `output` +
/// `.parts/`, at most ten in one, so that an interrupted run loses little. The last step joins them
/// into one file and removes the folder. What is there already is known from the first bytes and
/// the checksums of the files. Stops soon after `stop` becomes true; then what was simulated to its
/// end is on the disk. Memory does not grow with the number of replications.
///
/// Throws `ForeignOutput`, `OutputBusy`, `NoFileLocks`, `std::system_error` when files cannot be
/// read or written, and what `Experiment::simulate` throws.
Outcome run(const Experiment& experiment, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace experiment
