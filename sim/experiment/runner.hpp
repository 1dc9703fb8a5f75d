/// Runs an experiment on all cores, shard by shard, and resumes what was interrupted.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>

#include "experiment/experiment.hpp"

namespace experiment {

/// How far a run is, in replications (all strategies of each).
struct Progress {
  std::int64_t done = 0;
  std::int64_t found = 0;  ///< of those, found on disk from an earlier run
  std::int64_t total = 0;
};

struct RunOptions {
  std::filesystem::path output;
  int threads = 0;  ///< 0: all that were allocated; never changes results
  std::function<void(const Progress&)> on_progress;  ///< called by one thread at a time
};

/// What is already at the output belongs to another run: nothing is overwritten.
class ForeignOutput : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Outcome { done, already_done, interrupted };

/// Simulates the replications that are missing and writes `output`.
///
/// Blocks of ten replications are committed to `output` + `.parts/` as they are finished, in order,
/// so that an interrupted run loses nine replications at most; the last step joins them into one
/// file and removes the folder. Stops soon after `stop` becomes true. Throws `ForeignOutput`, and
/// `std::system_error` when files cannot be written.
Outcome run(const Experiment& experiment, const RunOptions& options, const std::atomic<bool>& stop);

}  // namespace experiment
