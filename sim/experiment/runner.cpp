#include "experiment/runner.hpp"

#include <fmt/format.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "experiment/allocation.hpp"
#include "record/results_file.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t block_size = 10;  ///< replications in a shard

/// The shards of one output.
class Shards {
 public:
  Shards(fs::path output, const Experiment& experiment)
      : folder_(std::move(output) += ".parts"),
        run_key_(experiment.run_key()),
        total_(experiment.scenario().replications) {}

  std::int64_t count() const { return (total_ + block_size - 1) / block_size; }
  std::int64_t first(std::int64_t shard) const { return shard * block_size; }
  std::int64_t size(std::int64_t shard) const {
    return std::min(block_size, total_ - first(shard));
  }
  fs::path path(std::int64_t shard) const {
    return folder_ / fmt::format("shard-{:06d}.h5", shard);
  }

  /// Whether a shard is there, whole and of this run. A damaged one counts as missing.
  bool is_done(std::int64_t shard) const {
    if (!fs::exists(path(shard))) return false;
    const record::Verification found = record::verify(path(shard));
    if (!found.whole) return false;
    if (found.run_key != run_key_) {
      throw ForeignOutput(fmt::format(
          "{} holds part of another run: its scenario, its parameters, its data or its version of "
          "Maillage differ. Nothing was changed. Choose another -o, or remove that folder.",
          folder_.string()));
    }
    return found.replications == size(shard);
  }

  void create_folder() const {
    std::error_code error;
    fs::create_directory(folder_, error);
    if (error) throw std::system_error(error, "cannot create " + folder_.string());
  }
  void remove_all() const { fs::remove_all(folder_); }
  void remove_if_empty() const {
    std::error_code not_empty;
    fs::remove(folder_, not_empty);
  }

 private:
  fs::path folder_;
  std::string run_key_;
  std::int64_t total_;
};

/// Whether the output is already there, whole, of this run and long enough.
bool is_complete(const fs::path& output, const Experiment& experiment) {
  if (!fs::exists(output)) return false;
  const record::Verification found = record::verify(output);
  if (!found.whole) {
    throw ForeignOutput(
        fmt::format("{} is there and is no whole results file ({}). Nothing was "
                    "changed. Choose another -o, or remove it.",
                    output.string(), found.problem));
  }
  if (found.run_key != experiment.run_key() ||
      found.replications != experiment.scenario().replications) {
    throw ForeignOutput(fmt::format(
        "{} holds another run: its scenario, its number of replications, its parameters, its data "
        "or its version of Maillage differ. Nothing was changed. Choose another -o, or remove it.",
        output.string()));
  }
  return true;
}

struct Numbered {
  std::int64_t replication = 0;
  std::optional<Replication> runs;  ///< nothing when the run was stopped
};

}  // namespace

Outcome run(const Experiment& experiment, const RunOptions& options,
            const std::atomic<bool>& stop) {
  if (is_complete(options.output, experiment)) return Outcome::already_done;
  const Shards shards(options.output, experiment);
  shards.create_folder();

  Progress progress;
  progress.total = experiment.scenario().replications;
  std::vector<std::int64_t> missing;  // replications
  for (std::int64_t shard = 0; shard < shards.count(); ++shard) {
    if (shards.is_done(shard)) {
      progress.found += shards.size(shard);
      continue;
    }
    for (std::int64_t r = 0; r < shards.size(shard); ++r)
      missing.push_back(shards.first(shard) + r);
  }
  progress.done = progress.found;
  if (options.on_progress) options.on_progress(progress);

  // Numbers go in, replications come out in order, and one thread at a time commits the blocks.
  std::size_t next = 0;
  bool interrupted = false;
  std::vector<Replication> block;
  const auto number = [&](tbb::flow_control& flow) -> std::int64_t {
    if (stop || next == missing.size()) {
      flow.stop();
      return 0;
    }
    return missing[next++];
  };
  const auto simulate = [&](std::int64_t replication) -> Numbered {
    return {replication, experiment.simulate(static_cast<std::uint32_t>(replication), stop)};
  };
  const auto commit = [&](const Numbered& numbered) {
    interrupted = interrupted || !numbered.runs;
    if (interrupted) return;  // what comes after a gap is no block
    block.push_back(*numbered.runs);
    const std::int64_t shard = numbered.replication / block_size;
    if (static_cast<std::int64_t>(block.size()) == shards.size(shard)) {
      record::write_results(shards.path(shard), experiment.block(shards.first(shard), block));
      block.clear();
    }
    ++progress.done;
    if (options.on_progress) options.on_progress(progress);
  };
  const int threads = allocated_threads(options.threads).threads;
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_pipeline(
        2 * static_cast<std::size_t>(threads),
        tbb::make_filter<void, std::int64_t>(tbb::filter_mode::serial_in_order, number) &
            tbb::make_filter<std::int64_t, Numbered>(tbb::filter_mode::parallel, simulate) &
            tbb::make_filter<Numbered, void>(tbb::filter_mode::serial_in_order, commit));
  });
  if (progress.done < progress.total) {
    shards.remove_if_empty();
    return Outcome::interrupted;
  }

  std::vector<record::Results> blocks;
  for (std::int64_t shard = 0; shard < shards.count(); ++shard) {
    blocks.push_back(record::read_results(shards.path(shard)));
  }
  record::write_results(options.output, record::merge(blocks));
  shards.remove_all();
  return Outcome::done;
}

}  // namespace experiment
