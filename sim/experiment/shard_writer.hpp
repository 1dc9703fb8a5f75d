/// The one thread that writes while others simulate.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "experiment/experiment.hpp"
#include "experiment/shards.hpp"

namespace experiment {

/// CPU time that the calling thread has used, in seconds.
double thread_cpu_seconds();

/// Commits replications to a folder of shards. They come in the order of their numbers; what
/// follows a gap, what has waited too long and what is the last begins or ends a shard. Only the
/// replications of the present shard and those that wait are in memory.
class ShardWriter {
 public:
  struct Options {
    std::size_t most_waiting = 1;  ///< replications; who puts more has to wait
    std::chrono::steady_clock::duration unsaved_at_most{};  ///< then a shard is committed early
    /// Called by the thread that writes, after it has dealt with a replication.
    std::function<void(double cpu_seconds)> on_replication;
  };
  ShardWriter(const Experiment& experiment, const ShardFolder& folder, Options options);
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;
  /// Commits what is there, but is silent about errors.
  ~ShardWriter();

  /// Hands over a replication; waits while too many are waiting. Does nothing after a failure.
  void put(std::int64_t replication, Replication runs);
  /// Whether the writer has given up: nothing more needs to be simulated.
  bool has_failed() const;
  /// Commits what is there and ends. Throws what made the writer give up.
  void finish();

 private:
  struct Numbered {
    std::int64_t replication;
    Replication runs;
  };
  using Clock = std::chrono::steady_clock;

  void work();
  void take(std::int64_t replication, Replication runs);
  void commit();
  void close();

  const Experiment& experiment_;
  const ShardFolder& folder_;
  const Options options_;

  std::int64_t first_ = 0;  ///< replication of the present shard
  std::vector<Replication> present_;
  Clock::time_point begun_;  ///< when the present shard was

  mutable std::mutex mutex_;  ///< guards what follows
  std::condition_variable changed_;
  std::deque<Numbered> waiting_;
  bool closed_ = false;
  std::exception_ptr failure_;

  std::thread thread_;
};

}  // namespace experiment
