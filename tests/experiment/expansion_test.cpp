#include "experiment/expansion.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "experiment/output_lock.hpp"
#include "record/results_file.hpp"
#include "tests/record/results_support.hpp"
#include "tests/support/small_world.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

constexpr int replications = 23;

/// A tiny run with the first `strategies` of three.
Experiment experiment_with(std::size_t strategies, std::uint64_t seed = 1) {
  auto scenario = support::scenario_of(
      {support::strategy({}, "nothing"), support::strategy(support::every_lever(), "all"),
       support::strategy({{scenario::Lever::build, 4, {}}}, "build")},
      1);
  scenario.strategies.resize(strategies);
  scenario.warm_up_months = 1;
  scenario.replications = replications;
  scenario.seed = seed;
  return Experiment(std::move(scenario), support::map_of({{150, {1, 1, 1, 0}}}));
}

class Expansion : public testing::Test {
 protected:
  static const Experiment& one() {
    static const Experiment experiment = experiment_with(1);
    return experiment;
  }
  static const Experiment& three() {
    static const Experiment experiment = experiment_with(3);
    return experiment;
  }
  void run_all(const fs::path& output, const Experiment& experiment) const {
    const std::atomic<bool> never = false;
    run(experiment, {output, 2, {}}, never);
  }
  Outcome expand_until(std::int64_t done, const Experiment& before = one()) const {
    std::atomic<bool> stop = false;
    const auto stop_in_time = [&](const Progress& progress) {
      if (progress.done >= done) stop = true;
    };
    return expand(before, three(), {results, 2, stop_in_time}, stop);
  }
  Outcome expand_all(const Experiment& before = one()) const {
    return expand_until(replications + 1, before);
  }

  support::TemporaryFolder folder;
  const fs::path results = folder / "results.h5";
  const fs::path from_the_start = folder / "from_the_start.h5";
};

TEST_F(Expansion, GivesTheBytesOfARunThatHadAllStrategiesFromTheStart) {
  run_all(from_the_start, three());
  run_all(results, one());
  EXPECT_EQ(expand_all(), Outcome::done);
  EXPECT_EQ(record::verify(results).digest, record::verify(from_the_start).digest);
  EXPECT_EQ(support::bytes_of(results), support::bytes_of(from_the_start));
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"from_the_start.h5", "results.h5"}));
  EXPECT_EQ(expand_all(), Outcome::already_done);
}

TEST_F(Expansion, ThatIsInterruptedLeavesTheOldFileAndIsTakenUp) {
  run_all(from_the_start, three());
  run_all(results, one());
  const std::string before = support::bytes_of(results);
  EXPECT_EQ(expand_until(12), Outcome::interrupted);
  EXPECT_EQ(support::bytes_of(results), before);
  EXPECT_EQ(expand_until(replications), Outcome::interrupted) << "before the files are joined";
  EXPECT_EQ(support::bytes_of(results), before);
  EXPECT_EQ(expand_all(), Outcome::done);
  EXPECT_EQ(support::bytes_of(results), support::bytes_of(from_the_start));
}

TEST_F(Expansion, OfAnotherRunIsRefused) {
  run_all(results, one());
  const std::string before = support::bytes_of(results);
  const Experiment other = experiment_with(1, 2);
  EXPECT_THROW(expand_all(other), ForeignOutput);
  EXPECT_EQ(support::bytes_of(results), before);
}

TEST_F(Expansion, KeepsOtherProgramsAway) {
  run_all(results, one());
  const OutputLock other(ShardFolder(results).path(), {3, 4});
  EXPECT_THROW(expand_all(), OutputBusy);
}

TEST_F(Expansion, BeginsWithTheStrategiesThatAreThere) {
  run_all(results, three());
  const std::atomic<bool> never = false;
  EXPECT_THROW(expand(three(), one(), {results, 2, {}}, never), std::invalid_argument);
}

TEST_F(Expansion, PutsOnlyTheSameReplicationsSideBySide) {
  run_all(results, one());
  const record::Results there = record::read_results(results);
  record::Results other = there;
  ++other.replication_numbers.back();
  EXPECT_THROW(side_by_side(there, there, other), std::invalid_argument);
  other = there;
  other.communes.push_back({"99999", "Elsewhere"});
  EXPECT_THROW(side_by_side(there, there, other), std::invalid_argument);
}

}  // namespace
}  // namespace experiment
