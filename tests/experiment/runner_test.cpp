#include "experiment/runner.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

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
    const std::atomic<bool> never = false;
    return run(experiment, {output, threads, {}}, never);
  }
  /// Stops once so many replications are done.
  static Outcome run_until(std::int64_t done, const fs::path& output, int threads = 2) {
    std::atomic<bool> stop = false;
    return run(experiment_of_seed_1(),
               {output, threads,
                [&](const Progress& progress) {
                  if (progress.done >= done) stop = true;
                }},
               stop);
  }
  /// How many replications a run that resumes finds on disk.
  static std::int64_t found_when_resuming(const fs::path& output) {
    std::int64_t found = -1;
    const std::atomic<bool> never = false;
    run(experiment_of_seed_1(), {output, 2, [&](const Progress& p) { found = p.found; }}, never);
    return found;
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

TEST_F(Runner, TakesUpWholeShardsWhenItResumes) {
  run_until(12, file("a.h5"), 1);
  EXPECT_GE(found_when_resuming(file("a.h5")), 10);
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
  const fs::path shard = parts(file("a.h5")) / "shard-000000.h5";
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
  const fs::path shard = parts(file("a.h5")) / "shard-000000.h5";
  std::string damaged = bytes(shard);
  ASSERT_GT(damaged.size(), 2000U);
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x10);
  std::ofstream(shard, std::ios::binary) << damaged;
  EXPECT_EQ(found_when_resuming(file("a.h5")), 10) << "the other whole shard";
  EXPECT_EQ(digest(file("a.h5")), digest(file("whole.h5")));
}

TEST_F(Runner, TellsItsProgressFromWhatWasFoundToTheEnd) {
  std::vector<std::int64_t> done;
  const std::atomic<bool> never = false;
  run(experiment_of_seed_1(),
      {file("a.h5"), 3,
       [&](const Progress& p) {
         EXPECT_EQ(p.total, replications);
         done.push_back(p.done);
       }},
      never);
  ASSERT_EQ(done.size(), static_cast<std::size_t>(replications) + 1);
  for (std::size_t i = 0; i < done.size(); ++i) EXPECT_EQ(done[i], static_cast<std::int64_t>(i));
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
