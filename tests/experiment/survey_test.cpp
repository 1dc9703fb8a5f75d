#include "experiment/survey.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>

#include "experiment/runner.hpp"
#include "record/results_file.hpp"
#include "tests/record/results_support.hpp"
#include "tests/support/small_world.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

/// A tiny run of 30 replications.
Experiment experiment_of(std::uint64_t seed) {
  auto scenario = support::scenario_of({support::strategy()}, 1);
  scenario.warm_up_months = 1;
  scenario.replications = 30;
  scenario.seed = seed;
  return Experiment(std::move(scenario), support::map_of({{50, {1, 0, 0, 0}}}));
}

class Surveyed : public testing::Test {
 protected:
  /// Simulates a share of the run and leaves its shards.
  void simulate(Share share, std::uint64_t seed = 1) const {
    const std::atomic<bool> never = false;
    run(experiment_of(seed), {.output = output, .threads = 1, .on_progress = {}, .share = share},
        never);
  }
  fs::path shard(Replications replications) const {
    return ShardFolder(output).file_of(replications);
  }

  support::TemporaryFolder folder;
  const fs::path output = folder / "results.h5";
};

TEST(MissingReplications, AreTheGapsBetweenWhatIsThere) {
  using Ranges = std::vector<Replications>;
  EXPECT_EQ(missing_of({0, 10}, Ranges{}), (Ranges{{0, 10}}));
  EXPECT_EQ(missing_of({0, 10}, Ranges{{0, 10}}), Ranges{});
  EXPECT_EQ(missing_of({0, 10}, Ranges{{6, 8}, {2, 4}}), (Ranges{{0, 2}, {4, 6}, {8, 10}}));
  EXPECT_EQ(missing_of({5, 10}, Ranges{{0, 6}, {9, 20}}), (Ranges{{6, 9}}));
  EXPECT_EQ(missing_of({0, 10}, Ranges{{0, 8}, {2, 4}}), (Ranges{{8, 10}}));
  EXPECT_EQ(missing_of({3, 3}, Ranges{}), Ranges{});
  EXPECT_EQ(count(Ranges{{0, 2}, {4, 9}}), 7);
}

TEST_F(Surveyed, NothingIsThereAtFirst) { EXPECT_TRUE(survey(output).is_nothing()); }

TEST_F(Surveyed, SharesLeaveGaps) {
  simulate({2, 3});
  const Survey found = survey(output);
  EXPECT_EQ(found.planned, 30);
  EXPECT_EQ(found.done(), 10);
  EXPECT_EQ(found.missing, (std::vector<Replications>{{0, 10}, {20, 30}}));
  EXPECT_FALSE(found.is_finished());
}

TEST_F(Surveyed, AFinishedRunMissesNothing) {
  simulate({1, 1});
  const Survey found = survey(output);
  EXPECT_TRUE(found.is_finished());
  EXPECT_EQ(found.done(), 30);
}

TEST_F(Surveyed, DamagedForeignAndDoubleShardsAreTold) {
  simulate({1, 3});
  simulate({2, 3});
  fs::rename(ShardFolder(output).path(), folder / "mine");
  simulate({3, 3}, 2);
  for (const auto& entry : fs::directory_iterator(folder / "mine"))
    if (entry.path().extension() == ".h5")
      fs::copy(entry.path(), ShardFolder(output).path() / entry.path().filename());
  const record::Results first = record::read_results(shard({0, 10}));
  record::write_results(shard({5, 8}), support::block_of(first, 5, 3));
  support::put_bytes(shard({10, 20}), support::bytes_of(shard({10, 20})) + "x");
  std::ofstream(ShardFolder(output).path() / "notes.txt") << "not a shard";

  const Survey found = survey(output);
  ASSERT_EQ(found.damaged.size(), 1U);
  EXPECT_EQ(found.damaged[0].path, shard({10, 20}));
  ASSERT_EQ(found.foreign.size(), 1U) << "the other run has fewer replications here";
  EXPECT_EQ(found.foreign[0].path, shard({20, 30}));
  ASSERT_EQ(found.twice.size(), 1U);
  EXPECT_EQ(found.twice[0].replications, (Replications{5, 8}));
  EXPECT_EQ(found.missing, (std::vector<Replications>{{10, 30}}));
}

TEST_F(Surveyed, ADamagedOutputIsTold) {
  std::ofstream(output) << "not results";
  EXPECT_FALSE(survey(output).problem.empty());
  EXPECT_FALSE(survey(output).is_nothing());
}

}  // namespace
}  // namespace experiment
