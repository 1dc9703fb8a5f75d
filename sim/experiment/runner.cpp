#include "experiment/runner.hpp"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "experiment/allocation.hpp"
#include "experiment/output_lock.hpp"
#include "experiment/shard_writer.hpp"
#include "record/durable_file.hpp"
#include "record/merge_files.hpp"
#include "record/user_block.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

std::string message(ForeignOutput::Reason reason, const std::string& path,
                    const std::string& detail) {
  switch (reason) {
    case ForeignOutput::Reason::no_results:
      return fmt::format("{} is no whole results file: {}", path, detail);
    case ForeignOutput::Reason::other_inputs:
      return fmt::format("{} holds another run", path);
    case ForeignOutput::Reason::other_replications:
      return fmt::format("{} holds this run with {} replications", path, detail);
  }
  return path;
}

/// One call of `run`.
class Run {
 public:
  Run(const Experiment& experiment, const RunOptions& options, const std::atomic<bool>& stop)
      : experiment_(experiment),
        options_(options),
        stop_(stop),
        folder_(options.output),
        all_{0, experiment.scenario().replications},
        mine_(options.share.range(all_.count())) {
    progress_.total = mine_.count();
  }

  Outcome operator()() {
    if (is_finished()) return nothing_to_do();
    const std::optional<OutputLock> lock = locked(is_whole() ? everything : mine_);
    if (is_finished()) return nothing_to_do();  // by the one who had the lock before
    if (options_.lock) folder_.sweep(is_whole() ? everything : mine_);

    simulate(set_damaged_aside());
    if (progress_.done < progress_.total) {
      if (is_whole()) folder_.remove_if_empty();
      return Outcome::interrupted;
    }
    if (!is_whole()) return Outcome::share_done;
    if (!join()) return Outcome::interrupted;
    folder_.remove(all_);
    return Outcome::done;
  }

 private:
  bool is_whole() const { return options_.share.is_whole(); }

  /// All is in the output, or my share in its shards.
  Outcome nothing_to_do() const {
    return finished_before_ == all_.count() ? Outcome::already_done : Outcome::share_done;
  }

  std::optional<OutputLock> locked(Replications replications) const {
    if (!options_.lock) return std::nullopt;
    return OutputLock(folder_.path(), replications);
  }

  /// Whether nothing is left to do. Neither looking nor telling needs a lock or the right to write.
  bool is_finished() {
    finished_before_ = replications_of_output();
    if (finished_before_ == all_.count()) {
      sweep_what_is_joined();
      return true;
    }
    const bool nothing_is_missing = missing_of(mine_, find_ours()).empty();
    return nothing_is_missing && !is_whole();  // the shards of a whole run wait to be joined
  }

  /// How many replications a finished output of this run has; 0 if there is none, or but a part.
  std::int64_t replications_of_output() const {
    using Reason = ForeignOutput::Reason;
    if (!fs::exists(options_.output)) return 0;
    try {
      const record::Header there = record::read_header(options_.output);
      if (there.run_key != experiment_.run_key())
        throw ForeignOutput(Reason::other_inputs, options_.output);
      const auto planned = static_cast<std::int64_t>(there.planned);
      const bool too_short = there.replications == there.planned && planned < all_.count();
      if (planned > all_.count() || (too_short && !options_.grow))
        throw ForeignOutput(Reason::other_replications, options_.output, std::to_string(planned));
      return there.replications == there.planned ? planned : 0;
    } catch (const record::DamagedFile& damage) {
      throw ForeignOutput(Reason::no_results, options_.output, damage.problem());
    }
  }

  /// The whole shards of my replications. Refuses those of another run.
  std::vector<Shard> find_ours() {
    ShardFolder::Found found = folder_.find(is_whole() ? everything : mine_);
    std::vector<Shard> ours;
    for (Shard& shard : found.whole) {
      if (shard.run_key != experiment_.run_key())
        throw ForeignOutput(ForeignOutput::Reason::other_inputs, shard.path);
      if (shard.replications.last > all_.last)
        throw ForeignOutput(ForeignOutput::Reason::other_replications, shard.path,
                            std::to_string(shard.planned));
      const bool is_joined_already = shard.replications.last <= finished_before_;
      if (!is_joined_already) ours.push_back(std::move(shard));
    }
    damaged_ = std::move(found.damaged);
    return ours;
  }

  /// The same, and those that are damaged will not be found again.
  std::vector<Shard> set_damaged_aside() {
    std::vector<Shard> ours = find_ours();
    for (const DamagedShard& shard : damaged_) {
      if (options_.on_damaged) options_.on_damaged(shard);
      folder_.set_aside(shard);
    }
    return ours;
  }

  /// Removes shards that a program has joined before it was killed. If that is not possible now,
  /// they do no harm.
  void sweep_what_is_joined() const {
    if (!options_.lock || !fs::exists(folder_.path())) return;
    try {
      const OutputLock lock(folder_.path(), everything);
      folder_.sweep(everything);
      for (const Shard& shard : folder_.find().whole)
        if (shard.run_key != experiment_.run_key()) return;
      folder_.remove(all_);
    } catch (const std::runtime_error&) {
      return;
    }
  }

  /// Simulates and commits what is in no shard.
  void simulate(const std::vector<Shard>& found) {
    std::vector<Replications> there{{0, finished_before_}};
    for (const Shard& shard : found) there.push_back(shard.replications);
    std::vector<Replications> missing = missing_of(mine_, std::move(there));
    progress_.found = progress_.done = progress_.total - count(missing);
    tell();
    if (missing.empty()) return;

    std::atomic<double> simulating = 0;
    const int threads = allocated_threads(options_.threads).threads;
    ShardWriter writer(
        experiment_, folder_,
        {static_cast<std::size_t>(threads), options_.unsaved_at_most, [&](double cpu_seconds) {
           ++progress_.done;
           progress_.spent = {simulating, cpu_seconds};
           tell();
         }});
    // Numbers go in, replications come out in order: those at hand are limited by the pipeline.
    auto range = missing.begin();
    const auto number = [&](tbb::flow_control& flow) -> std::int64_t {
      if (range != missing.end() && range->count() == 0) ++range;
      if (stop_ || writer.has_failed() || range == missing.end()) {
        flow.stop();
        return 0;
      }
      return range->first++;
    };
    using Numbered = std::pair<std::int64_t, std::optional<Replication>>;
    const auto play = [&](std::int64_t replication) -> Numbered {
      const double before = thread_cpu_seconds();
      auto runs = experiment_.simulate(static_cast<std::uint32_t>(replication), stop_);
      simulating += thread_cpu_seconds() - before;
      return {replication, std::move(runs)};
    };
    const auto hand_over = [&](Numbered simulated) {
      if (simulated.second) writer.put(simulated.first, std::move(*simulated.second));
    };
    // As many as were asked for, also where that is more than there are cores.
    const tbb::global_control workers(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    arena.execute([&] {
      tbb::parallel_pipeline(
          2 * static_cast<std::size_t>(threads),
          tbb::make_filter<void, std::int64_t>(tbb::filter_mode::serial_in_order, number) &
              tbb::make_filter<std::int64_t, Numbered>(tbb::filter_mode::parallel, play) &
              tbb::make_filter<Numbered, void>(tbb::filter_mode::serial_in_order, hand_over));
    });
    writer.finish();
  }

  /// Joins shards, and the output if it was shorter. False if it was stopped.
  bool join() {
    const double before = thread_cpu_seconds();
    std::vector<fs::path> parts;
    if (finished_before_ > 0) parts.push_back(options_.output);
    for (const Shard& shard : find_ours()) parts.push_back(shard.path);
    const bool joined = record::merge_files(
        parts, options_.output, {.planned = all_.count(), .stop = [&] { return stop_.load(); }});
    progress_.spent.writing += thread_cpu_seconds() - before;
    if (joined) tell();
    return joined;
  }

  void tell() const {
    if (options_.on_progress) options_.on_progress(progress_);
  }

  const Experiment& experiment_;
  const RunOptions& options_;
  const std::atomic<bool>& stop_;
  const ShardFolder folder_;
  const Replications all_;
  const Replications mine_;
  std::int64_t finished_before_ = 0;  ///< replications of an output that is to grow
  std::vector<DamagedShard> damaged_;
  Progress progress_;
};

}  // namespace

ForeignOutput::ForeignOutput(Reason reason, fs::path path, std::string detail)
    : std::runtime_error(message(reason, path.string(), detail)),
      reason_(reason),
      path_(std::move(path)),
      detail_(std::move(detail)) {}

Outcome run(const Experiment& experiment, const RunOptions& options,
            const std::atomic<bool>& stop) {
  return Run(experiment, options, stop)();
}

}  // namespace experiment
