#include "pdes/parallel_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "pdes/sequential_engine.hpp"
#include "phold.hpp"
#include "station.hpp"

namespace pdes {
namespace {

using test::hashes;
using test::Phold;
using test::phold_processes;
using test::Station;

/// Gives each test eight threads, also where there are fewer cores.
class ParallelEngineTest : public ::testing::Test {
 private:
  tbb::global_control threads_{tbb::global_control::max_allowed_parallelism, 8};
};

/// Every way to divide the work that the tests try.
std::vector<ParallelOptions> divisions() {
  std::vector<ParallelOptions> all;
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    for (const std::size_t groups : {1U, 7U, 64U}) all.push_back({threads, groups});
  }
  return all;
}

std::string name(const ParallelOptions& options) {
  return std::to_string(options.threads) + " threads, " + std::to_string(options.groups) +
         " groups";
}

TEST_F(ParallelEngineTest, LeavesTheStateOfTheSequentialEngineOnPhold) {
  for (const double remote : {0.1, 0.5}) {
    for (const Duration lookahead : {Duration{1}, Duration{3}, Duration{40}}) {
      const std::vector<Phold> processes = phold_processes(100, 5, lookahead, 1, remote);
      SequentialEngine<Phold> sequential(processes, lookahead);
      sequential.run(Time{400});
      ASSERT_GT(sequential.events_executed(), 1'000U);
      for (const ParallelOptions& options : divisions()) {
        ParallelEngine<Phold> engine(processes, lookahead, options);
        engine.run(Time{400});
        EXPECT_EQ(hashes(engine.processes()), hashes(sequential.processes())) << name(options);
        EXPECT_EQ(engine.events_executed(), sequential.events_executed()) << name(options);
        EXPECT_EQ(engine.events_pending(), sequential.events_pending()) << name(options);
        EXPECT_EQ(engine.now(), sequential.now());
      }
    }
  }
}

TEST_F(ParallelEngineTest, LeavesTheStateOfTheSequentialEngineOnAClosedNetworkOfQueues) {
  const std::uint32_t stations = 70;
  const Duration travel{1'000};
  std::vector<Station> ring;
  for (std::uint32_t i = 0; i < stations; ++i) {
    ring.push_back(Station({.servers = 1 + static_cast<int>(i % 3),
                            .service = 500.0 * (1 + i % 5),
                            .jobs_at_start = static_cast<int>(i % 9),
                            .next = LpId{(i + 1) % stations},
                            .travel = travel}));
  }
  const Time end{300'000};
  SequentialEngine<Station> sequential(ring, travel);
  sequential.run(end);
  for (const ParallelOptions& options : divisions()) {
    ParallelEngine<Station> engine(ring, travel, options);
    engine.run(end);
    ASSERT_EQ(engine.processes().size(), sequential.processes().size());
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Station& station = engine.processes()[i];
      EXPECT_EQ(station.departures(), sequential.processes()[i].departures()) << name(options);
      EXPECT_EQ(station.mean_wait(), sequential.processes()[i].mean_wait()) << name(options);
      EXPECT_TRUE(station.little_holds(end)) << name(options);
      EXPECT_GT(station.departures(), 10);
    }
  }
}

TEST_F(ParallelEngineTest, TwoRunsLeaveWhatOneRunLeaves) {
  const Duration lookahead{5};
  SequentialEngine<Phold> whole(phold_processes(40, 3, lookahead), lookahead);
  whole.run(Time{500});
  for (const std::int64_t stop : {0, 1, 2, 7, 249, 499, 500}) {
    ParallelEngine<Phold> parts(phold_processes(40, 3, lookahead), lookahead, {.threads = 2});
    parts.run(Time{stop});
    EXPECT_EQ(parts.now(), Time{stop});
    EXPECT_EQ(parts.events_pending(), 40U * 3U) << stop;
    parts.run(Time{500});
    EXPECT_EQ(hashes(parts.processes()), hashes(whole.processes())) << stop;
    EXPECT_EQ(parts.events_executed(), whole.events_executed()) << stop;
  }
}

TEST_F(ParallelEngineTest, WeightsChangeTheGroupsAndNothingElse) {
  const Duration lookahead{3};
  SequentialEngine<Phold> sequential(phold_processes(50, 4, lookahead), lookahead);
  sequential.run(Time{300});
  std::vector<double> weights(50, 1);
  weights[0] = 1000;
  weights[30] = 0;
  ParallelEngine<Phold> engine(phold_processes(50, 4, lookahead), lookahead,
                               {.threads = 2, .groups = 8, .weights = weights});
  engine.run(Time{300});
  EXPECT_LT(engine.groups(), 8U);  // the first alone fills more than one slice
  EXPECT_EQ(hashes(engine.processes()), hashes(sequential.processes()));
}

// A copy would go on with the link of the original.
TEST_F(ParallelEngineTest, AnEngineIsNeitherCopiedNorMoved) {
  EXPECT_FALSE(std::is_copy_constructible_v<ParallelEngine<Phold>>);
  EXPECT_FALSE(std::is_move_constructible_v<ParallelEngine<Phold>>);
  EXPECT_FALSE(std::is_copy_assignable_v<ParallelEngine<Phold>>);
}

TEST_F(ParallelEngineTest, ARunWithoutProcessesMovesTheClock) {
  ParallelEngine<Phold> engine(std::vector<Phold>{}, Duration{1});
  engine.run(Time{10});
  EXPECT_EQ(engine.now(), Time{10});
  EXPECT_EQ(engine.events_executed(), 0U);
}

/// A process whose behaviour the test writes.
class Scripted {
 public:
  using Payload = std::int64_t;
  using Act = std::function<void(Context<Payload>&)>;
  using React = std::function<void(Payload, Context<Payload>&)>;

  explicit Scripted(Act at_start = {}, React react = {})
      : at_start_(std::move(at_start)), react_(std::move(react)) {}

  void start(Context<Payload>& context) {
    if (at_start_) at_start_(context);
  }
  void handle(Payload payload, Context<Payload>& context) { react_(payload, context); }

 private:
  Act at_start_;
  React react_;
};

using Script = Context<std::int64_t>;

TEST_F(ParallelEngineTest, RunsUntilNothingIsPendingWhenRunToTheEndOfTime) {
  std::int64_t handled = 0;
  ParallelEngine<Scripted> engine({Scripted([](Script& context) { context.schedule({1}, 1); },
                                            [&](std::int64_t n, Script& context) {
                                              ++handled;
                                              if (n < 10)
                                                context.schedule({1'000'000'000'000}, n + 1);
                                            })},
                                  end_of_time - Time{});
  engine.run(end_of_time);
  EXPECT_EQ(handled, 10);
  EXPECT_EQ(engine.events_pending(), 0U);
}

// Two groups that wait for each other end only if they work at the same time.
TEST_F(ParallelEngineTest, GroupsOfOneWindowAdvanceAtTheSameTime) {
  std::atomic<int> arrived = 0;
  std::atomic<int> met = 0;
  const Scripted guest([](Script& context) { context.schedule({5}, 0); },
                       [&](std::int64_t, Script&) {
                         ++arrived;
                         const auto patience =
                             std::chrono::steady_clock::now() + std::chrono::seconds(60);
                         while (arrived < 2 && std::chrono::steady_clock::now() < patience) {
                           std::this_thread::yield();
                         }
                         if (arrived == 2) ++met;
                       });
  ParallelEngine<Scripted> engine({guest, guest}, Duration{1}, {.threads = 2});
  engine.run(Time{10});
  EXPECT_EQ(met, 2);
}

// A million processes, of which two play ball. A loop over groups would make 1000 visits a window.
TEST_F(ParallelEngineTest, IdleProcessesAreNeverVisited) {
  const std::uint32_t processes = 1'000'000;
  /// Handles the ball by sending it back.
  class Player {
   public:
    using Payload = LpId;  // who throws
    explicit Player(LpId partner) : partner_(partner) {}
    void start(Context<LpId>& context) {
      if (partner_ != LpId{}) context.send(partner_, Duration{10}, context.self());
    }
    void handle(LpId thrower, Context<LpId>& context) {
      context.send(thrower, Duration{10}, context.self());
    }

   private:
    LpId partner_;
  };
  std::vector<Player> players(processes, Player(LpId{}));
  players[123'456] = Player(LpId{987'654});
  ParallelEngine<Player> engine(std::move(players), Duration{10}, {.threads = 2, .groups = 1000});
  engine.run(Time{10'001});
  EXPECT_EQ(engine.groups(), 1000U);
  EXPECT_EQ(engine.events_executed(), 1000U);
  EXPECT_EQ(engine.windows(), 1000U);
  EXPECT_EQ(engine.group_visits(), 1000U);
}

TEST_F(ParallelEngineTest, EveryVisitExecutesAnEvent) {
  const Duration lookahead{2};
  ParallelEngine<Phold> engine(phold_processes(200, 1, lookahead), lookahead, {.threads = 3});
  engine.run(Time{500});
  EXPECT_LE(engine.group_visits(), engine.events_executed());
  EXPECT_GE(engine.group_visits(), engine.windows());
}

/// What a run throws; nothing if it ends well.
template <class Engine>
std::string outcome(Engine& engine) {
  try {
    engine.run(Time{100});
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return {};
}

TEST_F(ParallelEngineTest, TheExceptionThatComesOutIsTheOneOfTheSequentialEngine) {
  std::vector<Scripted> processes;
  for (std::int64_t i = 0; i < 64; ++i) {
    processes.push_back(Scripted(
        [i](Script& context) {
          for (std::int64_t n = 1; n <= 20; ++n) context.schedule({n}, n);
          context.schedule({20 + (i * 37 + 5) % 64}, -1);  // first at 31: 31 * 37 + 5 = 18 * 64
        },
        [](std::int64_t n, Script& context) {
          if (n < 0) {
            throw std::runtime_error(std::to_string(static_cast<std::uint32_t>(context.self())) +
                                     " at " + std::to_string(context.now().ticks));
          }
        }));
  }
  SequentialEngine<Scripted> sequential(processes, Duration{50});
  const std::string expected = outcome(sequential);
  EXPECT_EQ(expected, "31 at 20");
  for (const ParallelOptions& options : divisions()) {
    ParallelEngine<Scripted> engine(processes, Duration{50}, options);
    EXPECT_EQ(outcome(engine), expected) << name(options);
    EXPECT_THROW(engine.run(Time{100}), std::logic_error);
  }
}

// The urgent effect of a late cause has a lesser key than what happened before the cause.
TEST_F(ParallelEngineTest, AnUrgentEffectDoesNotFailBeforeItsCause) {
  const auto fail = [](const char* who) {
    return [who](std::int64_t n, Script& context) {
      if (n == 0) throw std::runtime_error(who);
      context.schedule({0}, 0, -5);
    };
  };
  const std::vector<Scripted> processes{
      Scripted([](Script& context) { context.schedule({10}, 1, 2); }, fail("effect")),
      Scripted([](Script& context) { context.schedule({10}, 0, 1); }, fail("earlier"))};
  SequentialEngine<Scripted> sequential(processes, Duration{5});
  ASSERT_EQ(outcome(sequential), "earlier");
  for (const unsigned threads : {1U, 2U}) {
    ParallelEngine<Scripted> engine(processes, Duration{5}, {.threads = threads});
    EXPECT_EQ(outcome(engine), "earlier") << threads;
  }
}

TEST_F(ParallelEngineTest, AProcessThatCannotStartStopsTheRun) {
  std::vector<Scripted> processes(30);
  for (const std::size_t i : {28U, 11U, 12U}) {
    processes[i] = Scripted([i](Script&) { throw std::runtime_error(std::to_string(i)); });
  }
  ParallelEngine<Scripted> engine(processes, Duration{5}, {.threads = 3});
  EXPECT_EQ(outcome(engine), "11");
  EXPECT_THROW(engine.run(Time{100}), std::logic_error);
}

/// Ticks every so often, for ever; or does nothing at all.
struct Clockwork {
  using Payload = int;
  std::int64_t every = 0;  ///< ticks; 0: does nothing
  std::int64_t ticked = 0;

  void start(Context<int>& context) {
    if (every > 0) context.schedule({every}, 0);
  }
  void handle(int, Context<int>& context) {
    ++ticked;
    start(context);
  }
};

TEST_F(ParallelEngineTest, CutsItsGroupsAnewIfSomeProcessesTurnOutToBeBusy) {
  std::vector<Clockwork> processes(1'000, Clockwork{100});
  for (std::size_t i = 0; i < 8; ++i) processes[i].every = 1;
  const Duration lookahead{20};
  SequentialEngine<Clockwork> sequential(processes, lookahead);
  sequential.run(Time{10'000});
  ParallelEngine<Clockwork> engine(processes, lookahead, {.threads = 2, .groups = 10});
  EXPECT_GT(engine.group_bounds()[1], 8U);  // all that is busy in one group, at first
  engine.run(Time{10'000});
  EXPECT_LE(engine.group_bounds()[1], 4U);
  EXPECT_EQ(engine.groups(), 10U);
  EXPECT_EQ(engine.events_executed(), sequential.events_executed());
  for (std::size_t i = 0; i < processes.size(); ++i) {
    ASSERT_EQ(engine.processes()[i].ticked, sequential.processes()[i].ticked) << i;
  }
}

TEST_F(ParallelEngineTest, KeepsGroupsThatAreEqualOrThatTheUserHasWeighed) {
  std::vector<Clockwork> processes(1'000, Clockwork{10});
  ParallelEngine<Clockwork> equal(processes, Duration{20}, {.threads = 2, .groups = 10});
  const std::vector<std::size_t> bounds = equal.group_bounds();
  equal.run(Time{5'000});
  EXPECT_EQ(equal.group_bounds(), bounds);
  processes[0].every = 1;
  ParallelEngine<Clockwork> weighed(
      processes, Duration{20},
      {.threads = 2, .groups = 10, .weights = std::vector<double>(1'000, 1)});
  weighed.run(Time{5'000});
  EXPECT_EQ(weighed.group_bounds(), bounds);
}

TEST_F(ParallelEngineTest, DoesNotVisitAMillionProcessesOfWhichTenAreActive) {
  std::vector<Clockwork> processes(1'000'000);
  for (std::size_t i = 0; i < 10; ++i) processes[i * 99'999].every = 50;
  ParallelEngine<Clockwork> engine(processes, Duration{10}, {.threads = 2, .groups = 1'000});
  engine.run(Time{5'000});
  EXPECT_EQ(engine.events_executed(), 10U * 99U);
  EXPECT_LE(engine.windows(), 99U);
  EXPECT_LE(engine.group_visits(), 10U * 99U);  // the others cost a comparison a window
}

/// Loses patience when a window closes.
struct ThrowingObserver {
  void window_closed(const WindowReport&) { throw std::runtime_error("seen enough"); }
};

TEST_F(ParallelEngineTest, IsOfNoFurtherUseAfterAnyExceptionOutOfARun) {
  ParallelEngine<Clockwork, CalendarEventSet, ThrowingObserver> engine(
      std::vector<Clockwork>(4, Clockwork{10}), Duration{20});
  EXPECT_THROW(engine.run(Time{100}), std::runtime_error);
  EXPECT_THROW(engine.run(Time{100}), std::logic_error);
}

TEST_F(ParallelEngineTest, RefusesWhatItCannotDivide) {
  const auto make = [](Duration lookahead, const ParallelOptions& options) {
    ParallelEngine<Phold>(phold_processes(3, 1, Duration{1}), lookahead, options);
  };
  EXPECT_NO_THROW(make(Duration{1}, {.weights = {0, 1, 2}}));
  EXPECT_THROW(make(Duration{0}, {}), std::invalid_argument);
  EXPECT_THROW(make(Duration{-1}, {}), std::invalid_argument);
  EXPECT_THROW(make(Duration{1}, {.weights = {1, 1}}), std::invalid_argument);
  EXPECT_THROW(make(Duration{1}, {.weights = {0, 0, 0}}), std::invalid_argument);
  EXPECT_THROW(make(Duration{1}, {.weights = {1, -1, 1}}), std::invalid_argument);
}

TEST_F(ParallelEngineTest, RefusesWhatBreaksThePromisesOfAModel) {
  const auto run_with = [](Scripted::Act act) {
    ParallelEngine<Scripted> engine({Scripted(std::move(act)), Scripted()}, Duration{5});
    engine.run(Time{100});
  };
  EXPECT_THROW(run_with([](Script& context) { context.send(LpId{1}, {4}, 0); }),
               std::invalid_argument);
  EXPECT_THROW(run_with([](Script& context) { context.send(LpId{2}, {5}, 0); }), std::out_of_range);
}

}  // namespace
}  // namespace pdes
