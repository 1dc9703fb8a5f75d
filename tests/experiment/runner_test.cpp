#include "experiment/runner.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "experiment/output_lock.hpp"
#include "experiment/shards.hpp"
#include "record/results_file.hpp"
#include "tests/support/small_world.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

constexpr int replications = 25;  ///< two whole shards and a half

class Runner : public testing::Test {
 protected:
  Runner()
      : folder_(fs::path(testing::TempDir()) /
                (std::string("maillage_runner_") +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~Runner() override { fs::remove_all(folder_); }

  static scenario::Scenario scenario_of_seed(std::uint64_t seed) {
    auto scenario = support::scenario_of(
        {support::strategy({}, "nothing"), support::strategy(support::every_lever(), "all")}, 1);
    scenario.warm_up_months = 1;
    scenario.replications = replications;
    scenario.seed = seed;
    return scenario;
  }
  static const Experiment& experiment_of_seed_1() {
    static const Experiment experiment(scenario_of_seed(1), support::map_of({{150, {1, 1, 1, 0}}}));
    return experiment;
  }

  fs::path file(const std::string& name) const { return folder_ / name; }
  static fs::path parts(fs::path output) { return output += ".parts"; }

  static Outcome run_whole(const fs::path& output, int threads = 2,
                           const Experiment& experiment = experiment_of_seed_1()) {
    return run_with({output, threads, {}}, experiment);
  }
  static Outcome run_with(const RunOptions& options,
                          const Experiment& experiment = experiment_of_seed_1()) {
    const std::atomic<bool> never = false;
    return run(experiment, options, never);
  }
  static Outcome run_share(std::int64_t index, std::int64_t count, const fs::path& output) {
    return run_with({.output = output, .threads = 2, .on_progress = {}, .share = {index, count}});
  }
  /// Stops once so many replications are done.
  static Outcome run_until(std::int64_t done, const fs::path& output, int threads = 2,
                           std::chrono::seconds unsaved_at_most = std::chrono::seconds(60)) {
    std::atomic<bool> stop = false;
    const auto stop_in_time = [&](const Progress& progress) {
      if (progress.done >= done) stop = true;
    };
    return run(experiment_of_seed_1(),
               {.output = output,
                .threads = threads,
                .on_progress = stop_in_time,
                .unsaved_at_most = unsaved_at_most},
               stop);
  }
  /// How many replications a run that resumes finds on disk.
  static std::int64_t found_when_resuming(const fs::path& output) {
    std::int64_t found = -1;
    run_with({output, 2, [&](const Progress& p) { found = p.found; }});
    return found;
  }
  static std::int64_t whole_replications(const fs::path& output) {
    std::int64_t sum = 0;
    for (const Shard& shard : ShardFolder(output).find().whole) sum += shard.replications.count();
    return sum;
  }
  static std::string digest(const fs::path& output) {
    const record::Verification found = record::verify(output);
    EXPECT_TRUE(found.whole) << found.problem;
    return found.digest;
  }
  static std::string bytes(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

 private:
  fs::path folder_;
};

TEST_F(Runner, WritesOneWholeFileAndLeavesNoParts) {
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::done);
  const record::Results results = record::read_results(file("a.h5"));
  EXPECT_EQ(results.replications(), replications);
  EXPECT_EQ(results.replication_numbers, record::consecutive(0, replications));
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
}

TEST_F(Runner, WritesTheNumbersThatTheExperimentGives) {
  run_whole(file("a.h5"));
  const record::Results results = record::read_results(file("a.h5"));
  for (const std::uint32_t replication : {0U, 9U, 10U, 24U}) {
    const Replication runs = support::play(experiment_of_seed_1(), replication);
    for (std::size_t s = 0; s < runs.size(); ++s) {
      const auto months = results.months_of(record::Indicator::needs, s, replication);
      EXPECT_EQ(std::vector<double>(months.begin(), months.end()),
                runs[s].recorder.series(record::Indicator::needs));
    }
  }
}

TEST_F(Runner, GivesTheSameDigestForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 3}) {
    run_whole(file(std::to_string(threads) + ".h5"), threads);
  }
  EXPECT_EQ(digest(file("1.h5")), digest(file("2.h5")));
  EXPECT_EQ(digest(file("1.h5")), digest(file("3.h5")));
}

TEST_F(Runner, GivesTheSameDigestWhenInterruptedAndResumed) {
  run_whole(file("whole.h5"));
  for (const std::int64_t done : {0, 3, 12}) {
    const fs::path output = file(std::to_string(done) + ".h5");
    EXPECT_EQ(run_until(done, output), Outcome::interrupted);
    EXPECT_FALSE(fs::exists(output));
    EXPECT_EQ(run_whole(output, 1), Outcome::done);
    EXPECT_EQ(digest(output), digest(file("whole.h5"))) << "after " << done;
  }
}

TEST_F(Runner, GivesTheSameDigestWhenInterruptedManyTimes) {
  run_whole(file("whole.h5"));
  const fs::path output = file("often.h5");
  for (const std::int64_t done : {5, 11, 14, 21}) run_until(done, output);
  EXPECT_EQ(run_whole(output), Outcome::done);
  EXPECT_EQ(digest(output), digest(file("whole.h5")));
}

TEST_F(Runner, KeepsAllThatWasSimulatedToItsEndWhenItIsStopped) {
  run_until(13, file("a.h5"), 1);
  const std::int64_t kept = whole_replications(file("a.h5"));
  EXPECT_GE(kept, 13);
  EXPECT_EQ(found_when_resuming(file("a.h5")), kept);
}

TEST_F(Runner, CutsShardsOfTenReplicationsAtMost) {
  run_until(22, file("a.h5"), 1);
  const std::vector<Shard> shards = ShardFolder(file("a.h5")).find().whole;
  ASSERT_EQ(shards.size(), 3U);
  EXPECT_EQ(shards[0].replications, (Replications{0, 10}));
  EXPECT_EQ(shards[0].path.filename(), "replications-000000-000009.h5");
  EXPECT_EQ(shards[1].replications, (Replications{10, 20}));
  EXPECT_EQ(shards[2].planned, replications);
}

TEST_F(Runner, CommitsWhatMayNotWaitAndGivesTheSameBytes) {
  run_whole(file("whole.h5"));
  run_until(5, file("a.h5"), 1, std::chrono::seconds(0));
  const std::vector<Shard> shards = ShardFolder(file("a.h5")).find().whole;
  ASSERT_GE(shards.size(), 5U);
  for (const Shard& shard : shards) EXPECT_EQ(shard.replications.count(), 1);
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::done);
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
}

TEST_F(Runner, GivesTheSameBytesFromSharesInAnyOrder) {
  run_whole(file("whole.h5"));
  for (const std::int64_t index : {3, 1, 4, 2})
    EXPECT_EQ(run_share(index, 4, file("a.h5")), Outcome::share_done);
  EXPECT_FALSE(fs::exists(file("a.h5")));
  EXPECT_EQ(run_share(3, 4, file("a.h5")), Outcome::share_done);
  EXPECT_EQ(found_when_resuming(file("a.h5")), replications) << "nothing is left to simulate";
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
}

TEST_F(Runner, HasNothingToDoForAShareWithoutReplications) {
  EXPECT_EQ(run_share(1, 100, file("a.h5")), Outcome::share_done);
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
}

TEST_F(Runner, SimulatesSharesSideBySideAndNeverAnOverlap) {
  const OutputLock other(parts(file("a.h5")), {0, 12});
  EXPECT_EQ(run_share(2, 2, file("a.h5")), Outcome::share_done);
  EXPECT_THROW(run_share(1, 2, file("a.h5")), OutputBusy);
  EXPECT_THROW(run_whole(file("a.h5")), OutputBusy);
}

TEST_F(Runner, WritesWithoutALockWhereTheUserWantsIt) {
  const OutputLock other(parts(file("a.h5")), everything);
  EXPECT_EQ(run_with({.output = file("a.h5"), .threads = 2, .on_progress = {}, .lock = false}),
            Outcome::done);
}

TEST_F(Runner, NeedsNoLockToTellThatNothingIsLeftToDo) {
  run_whole(file("a.h5"));
  const OutputLock other(parts(file("a.h5")), everything);
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::already_done);
}

TEST_F(Runner, SweepsWhatAKilledProgramHasLeft) {
  run_until(12, file("a.h5"), 1);
  fs::copy(parts(file("a.h5")), file("copy"));
  std::ofstream(parts(file("a.h5")) / "replications-000003-000004.h5.tmp-1-0") << "half";
  std::ofstream(file("a.h5.tmp-1-0")) << "half";
  run_whole(file("a.h5"));
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
  EXPECT_FALSE(fs::exists(file("a.h5.tmp-1-0")));

  fs::copy(file("copy"), parts(file("a.h5")));  // killed after the commit, before the shards went
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::already_done);
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
}

TEST_F(Runner, StopsWhenAShardCannotBeWrittenAndResumesLater) {
  run_whole(file("whole.h5"));
  std::int64_t done = 0;
  const auto break_the_folder = [&](const Progress& progress) {
    done = progress.done;
    if (done == 4) fs::remove_all(parts(file("a.h5")));
  };
  EXPECT_THROW(run_with({file("a.h5"), 1, break_the_folder}), std::system_error);
  EXPECT_EQ(done, 9) << "the tenth is in the shard that could not be written";
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::done);
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
}

TEST_F(Runner, MakesAFinishedRunLongerWhenAsked) {
  auto longer_scenario = scenario_of_seed(1);
  longer_scenario.replications = 37;
  const Experiment longer(longer_scenario, support::map_of({{150, {1, 1, 1, 0}}}));
  run_whole(file("whole.h5"), 2, longer);
  run_whole(file("a.h5"));
  try {
    run_whole(file("a.h5"), 2, longer);
    FAIL() << "nobody asked for it";
  } catch (const ForeignOutput& foreign) {
    EXPECT_EQ(foreign.reason(), ForeignOutput::Reason::other_replications);
    EXPECT_EQ(foreign.detail(), "25");
  }
  std::int64_t found = 0;
  const auto watch = [&](const Progress& progress) { found = progress.found; };
  EXPECT_EQ(
      run_with({.output = file("a.h5"), .threads = 2, .on_progress = watch, .grow = true}, longer),
      Outcome::done);
  EXPECT_EQ(found, 25);
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
  EXPECT_THROW(run_whole(file("a.h5")), ForeignOutput) << "it is never made shorter";
}

TEST_F(Runner, TellsTheCpuTimeOfSimulatingAndWriting) {
  Spent spent;
  run_with({file("a.h5"), 2, [&](const Progress& progress) { spent = progress.spent; }});
  EXPECT_GT(spent.simulating, 0);
  EXPECT_GT(spent.writing, 0);
}

TEST_F(Runner, DoesNothingWhereTheResultsAreThere) {
  run_whole(file("a.h5"));
  const std::string before = bytes(file("a.h5"));
  EXPECT_EQ(run_whole(file("a.h5")), Outcome::already_done);
  EXPECT_EQ(bytes(file("a.h5")), before);
}

TEST_F(Runner, RefusesAnOutputOfAnotherRunAndChangesNothing) {
  run_whole(file("a.h5"));
  const std::string before = bytes(file("a.h5"));
  const Experiment other(scenario_of_seed(2), support::map_of({{150, {1, 1, 1, 0}}}));
  EXPECT_THROW(run_whole(file("a.h5"), 2, other), ForeignOutput);
  EXPECT_EQ(bytes(file("a.h5")), before);
}

TEST_F(Runner, RefusesPartsOfAnotherRunAndChangesNothing) {
  run_until(12, file("a.h5"), 1);
  const fs::path shard = parts(file("a.h5")) / "replications-000000-000009.h5";
  const std::string before = bytes(shard);
  const Experiment other(scenario_of_seed(2), support::map_of({{150, {1, 1, 1, 0}}}));
  EXPECT_THROW(run_whole(file("a.h5"), 2, other), ForeignOutput);
  EXPECT_EQ(bytes(shard), before);
}

TEST_F(Runner, RefusesAnOutputThatIsNoResultsFile) {
  std::ofstream(file("notes.txt")) << "mine";
  EXPECT_THROW(run_whole(file("notes.txt")), ForeignOutput);
  EXPECT_EQ(bytes(file("notes.txt")), "mine");
}

TEST_F(Runner, DoesADamagedShardAgain) {
  run_whole(file("whole.h5"));
  run_until(22, file("a.h5"), 1);
  const fs::path shard = parts(file("a.h5")) / "replications-000000-000009.h5";
  std::string damaged = bytes(shard);
  ASSERT_GT(damaged.size(), 2000U);
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x10);
  std::ofstream(shard, std::ios::binary) << damaged;
  const std::int64_t whole = whole_replications(file("a.h5"));
  std::int64_t found = -1;
  std::vector<fs::path> told;
  run_with({.output = file("a.h5"),
            .threads = 2,
            .on_progress = [&](const Progress& progress) { found = progress.found; },
            .on_damaged = [&](const DamagedShard& one) { told.push_back(one.path); }});
  EXPECT_EQ(found, whole) << "the other shards";
  EXPECT_EQ(told, std::vector{shard});
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
  EXPECT_FALSE(fs::exists(parts(file("a.h5"))));
}

TEST_F(Runner, DoesNotTakeAShardUnderAWrongNameForAnother) {
  run_until(12, file("a.h5"), 1);
  const fs::path folder = parts(file("a.h5"));
  fs::copy(folder / "replications-000000-000009.h5", folder / "replications-000015-000024.h5");
  EXPECT_EQ(ShardFolder(file("a.h5")).find().damaged.size(), 1U);
  run_whole(file("whole.h5"));
  run_whole(file("a.h5"));
  EXPECT_EQ(bytes(file("a.h5")), bytes(file("whole.h5")));
}

TEST_F(Runner, TellsItsProgressFromWhatWasFoundToTheEnd) {
  std::vector<std::int64_t> done;
  run_with({file("a.h5"), 3, [&](const Progress& p) {
              EXPECT_EQ(p.total, replications);
              done.push_back(p.done);
            }});
  ASSERT_EQ(done.size(), static_cast<std::size_t>(replications) + 2);
  for (std::int64_t i = 0; i <= replications; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
  EXPECT_EQ(done.back(), replications) << "once more, when all is in one file";
}

TEST(RunKey, ChangesWithAllThatDeterminesTheNumbersButNotWithTheReplications) {
  const auto key = [](auto change) {
    auto scenario = support::scenario_of({support::strategy()}, 1);
    change(scenario);
    return support::experiment_of(scenario, {{100}}).run_key();
  };
  using scenario::Scenario;
  const std::string plain = key([](Scenario&) {});
  EXPECT_EQ(key([](Scenario& s) { s.replications = 99; }), plain);
  EXPECT_EQ(key([](Scenario& s) { s.title = "Another title"; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.seed = 2; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.years = 2; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.warm_up_months = 7; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.team_stage = scenario::TeamStage::nucleus; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.start += std::chrono::days{1}; }), plain);
  EXPECT_NE(key([](Scenario& s) { s.parameters.set("rent_m2", 8, "a test"); }), plain);
  EXPECT_NE(key([](Scenario& s) { s.strategies[0].actions = support::every_lever(); }), plain);
  EXPECT_NE(key([](Scenario& s) {
              s.strategies[0].actions = support::every_lever();
              s.strategies[0].actions[0].when.from_day = 1;
            }),
            key([](Scenario& s) { s.strategies[0].actions = support::every_lever(); }));
}

TEST(RunKey, ChangesWithTheProfessionOfAPost) {
  const auto key = [](std::size_t profession) {
    scenario::Action posts{scenario::Lever::salaried_posts, 2, {}};
    posts.profession = profession;
    const auto scenario = support::scenario_of({support::strategy({posts})}, 1);
    return support::experiment_of(scenario, {{100}}).run_key();
  };
  EXPECT_NE(key(0), key(1));
}

TEST(RunKey, ChangesWithEveryConditionAndEveryStopOfAStrategy) {
  using scenario::Condition;
  std::set<std::string> keys;
  const auto add = [&](auto set, bool as_stop) {
    Condition when;
    set(when);
    auto strategy = support::strategy({{scenario::Lever::build, 4, {}}});
    if (as_stop) {
      strategy.stops.push_back({scenario::Lever::build, when});
    } else {
      strategy.actions[0].when = when;
    }
    keys.insert(support::experiment_of(support::scenario_of({strategy}, 1), {{100}}).run_key());
  };
  for (const bool as_stop : {false, true}) {
    add([](Condition&) {}, as_stop);
    add([](Condition& c) { c.from_day = 2; }, as_stop);
    add([](Condition& c) { c.until_day = 2; }, as_stop);
    add([](Condition& c) { c.team_stage = scenario::TeamStage::drafted; }, as_stop);
    add([](Condition& c) { c.team_stage_below = scenario::TeamStage::drafted; }, as_stop);
    add([](Condition& c) { c.professionals_at_least = 2; }, as_stop);
    add([](Condition& c) { c.rooms_short_at_least = 2; }, as_stop);
    add([](Condition& c) { c.building_open = true; }, as_stop);
    add([](Condition& c) { c.rooms_empty_at_least = 2; }, as_stop);
    add([](Condition& c) { c.self_employed_gps_below = 2; }, as_stop);
  }
  EXPECT_EQ(keys.size(), 20U);
}

}  // namespace
}  // namespace experiment
