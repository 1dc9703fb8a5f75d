/// The memory that joining shards takes does not depend on their number.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "experiment/runner.hpp"
#include "experiment/shards.hpp"
#include "record/merge_files.hpp"
#include "tests/record/results_support.hpp"
#include "tests/support/small_world.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

/// The largest memory that this process has used since `forget_peak`, in bytes.
std::int64_t peak() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return 1024 * kilobytes;
  }
  throw std::runtime_error("the system does not tell the memory of a process");
}

void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// What some work needs on top of what is there before, measured in a process of its own.
std::int64_t memory_of(const std::function<void()>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    forget_peak();
    const std::int64_t before = peak();
    work();
    const std::int64_t needed = peak() - before;
    std::_Exit(::write(ends[1], &needed, sizeof needed) == sizeof needed ? 0 : 1);
  }
  ::close(ends[1]);
  std::int64_t needed = -1;
  const bool told = ::read(ends[0], &needed, sizeof needed) == sizeof needed;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (!told) throw std::runtime_error("the work has failed");
  return needed;
}

TEST(MergeMemory, DoesNotGrowWithTheNumberOfShards) {
  auto scenario = support::scenario_of({support::strategy()}, 1);
  scenario.warm_up_months = 1;
  scenario.replications = 240;
  const Experiment experiment(std::move(scenario), support::map_of({{20, {1, 0, 0, 0}}}));
  const support::TemporaryFolder folder;

  /// The same 120 replications, half of a run so that the shards stay, cut into so many.
  const auto memory_to_join = [&](std::size_t shards, std::chrono::seconds unsaved_at_most) {
    const fs::path output = folder / (std::to_string(shards) + ".h5");
    const std::atomic<bool> never = false;
    run(experiment,
        {.output = output,
         .threads = 2,
         .on_progress = {},
         .share = {1, 2},
         .unsaved_at_most = unsaved_at_most},
        never);
    std::vector<fs::path> parts;
    for (const Shard& shard : ShardFolder(output).find().whole) parts.push_back(shard.path);
    EXPECT_EQ(parts.size(), shards);
    return memory_of(
        [&] { record::merge_files(parts, output, {.partial = true, .most_in_memory = 1 << 20}); });
  };
  const std::int64_t of_few = memory_to_join(12, std::chrono::seconds(60));
  const std::int64_t of_many = memory_to_join(120, std::chrono::seconds(0));
  // The texts of the provenance alone, kept once for each shard, would be more than this.
  EXPECT_LT(of_many - of_few, 4'000'000);
}

}  // namespace
}  // namespace experiment
