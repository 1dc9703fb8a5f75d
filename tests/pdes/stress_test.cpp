/// The parallel engine under stress: more threads than cores, windows of few events, groups of one
/// process, engines that come and go. What is left must be what one loop leaves. The same program
/// is built with ThreadSanitizer, which reports accesses that nothing puts in order.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pdes/parallel_engine.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/stream.hpp"
#include "phold.hpp"

namespace pdes {
namespace {

using test::Phold;
using test::phold_processes;

/// Lends eight threads to each test, also where there are fewer cores.
class StressTest : public ::testing::Test {
 private:
  tbb::global_control threads_{tbb::global_control::max_allowed_parallelism, 8};
};

/// A process that changes its mind: whatever happens, it sets an alarm, calls off one that it has
/// set before (which may have rung already, or be due at this very tick), and at times tells
/// another process. From `fails_at` on it throws.
class Waverer {
 public:
  using Payload = std::uint32_t;

  Waverer(std::uint32_t processes, Duration lookahead, Time fails_at = end_of_time)
      : processes_(processes), lookahead_(lookahead), fails_at_(fails_at) {}

  void start(Context<Payload>& context) {
    for (EventKey& alarm : alarms_) alarm = context.schedule(Duration{1}, sent_++);
  }

  void handle(Payload message, Context<Payload>& context) {
    if (context.now() >= fails_at_) {
      throw std::runtime_error(std::to_string(static_cast<std::uint32_t>(context.self())) + " at " +
                               std::to_string(context.now().ticks));
    }
    hash_ = (hash_ ^ message ^ static_cast<std::uint64_t>(context.now().ticks)) *
            0x9E37'79B9'7F4A'7C15u;
    hash_ ^= hash_ >> 29;
    Stream stream({.seed = 5,
                   .entity = static_cast<std::uint32_t>(context.self()),
                   .index = static_cast<std::uint32_t>(hash_)});
    const auto below = [&stream](std::uint32_t n) {
      return static_cast<std::uint32_t>(stream.uniform() * n);
    };
    EventKey& alarm = alarms_[below(4)];
    context.cancel(alarm);
    alarm = context.schedule(Duration{below(6)}, sent_++, static_cast<std::int16_t>(below(3)));
    if (bernoulli(stream, 0.4)) {
      context.send(LpId{below(processes_)}, lookahead_ + Duration{below(3)}, sent_++);
    } else {
      context.schedule(Duration{1 + below(2)}, sent_++);
    }
    ++handled_;
    if (handled_ % 8 == 0) context.cancel(context.schedule(Duration{}, sent_++));
  }

  std::uint64_t hash() const { return hash_; }

 private:
  std::uint32_t processes_;
  Duration lookahead_;
  Time fails_at_;
  std::array<EventKey, 4> alarms_;
  std::uint64_t hash_ = 0;
  std::uint32_t sent_ = 0;
  std::uint32_t handled_ = 0;
};

/// All that two engines must agree on.
template <class P>
void expect_equal(const EngineState<P>& actual, const EngineState<P>& expected,
                  const std::string& way) {
  EXPECT_EQ(actual.now, expected.now) << way;
  EXPECT_EQ(actual.events_executed, expected.events_executed) << way;
  EXPECT_EQ(actual.sequences, expected.sequences) << way;
  const auto hashes = [](const EngineState<P>& state) {
    std::vector<std::uint64_t> all;
    for (const P& process : state.processes) all.push_back(process.hash());
    return all;
  };
  EXPECT_EQ(hashes(actual), hashes(expected)) << way;
  const auto keys = [](const EngineState<P>& state) {
    std::vector<EventKey> all;
    for (const auto& event : state.pending) all.push_back(event.key());
    return all;
  };
  EXPECT_EQ(keys(actual), keys(expected)) << way;
}

template <class P>
EngineState<P> after_one_loop(const std::vector<P>& processes, Duration lookahead, Time end) {
  SequentialEngine<P> engine(processes, lookahead);
  engine.run(end);
  return engine.state();
}

/// Counts the events of each group, and those of the windows.
struct Counter {
  struct alignas(64) Count {
    std::uint64_t events = 0;
  };
  std::vector<Count> by_group = std::vector<Count>(256);
  std::uint64_t in_windows = 0;

  template <class Payload>
  void event_executed(std::size_t group, const Event<Payload>&) {
    ++by_group[group].events;
  }
  void window_closed(const WindowReport& window) { in_windows += window.events; }
};

TEST_F(StressTest, EightThreadsLeaveWhatOneLoopLeaves) {
  const Duration lookahead{3};
  const Time end{90};
  const std::vector<Phold> processes = phold_processes(200, 3, lookahead, 1, 0.5);
  const EngineState<Phold> expected = after_one_loop(processes, lookahead, end);
  std::vector<double> weights(processes.size());
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<double>(i % 17);
  for (const std::size_t groups : {8U, 50U, 200U}) {
    for (const std::vector<double>& used : {std::vector<double>{}, weights}) {
      ParallelEngine<Phold, CalendarEventSet, Counter> engine(
          processes, lookahead, {.threads = 8, .groups = groups, .weights = used});
      engine.run(end);
      expect_equal(engine.state(), expected, std::to_string(groups) + " groups");
      std::uint64_t events = 0;
      for (const Counter::Count& count : engine.observer().by_group) events += count.events;
      EXPECT_EQ(events, expected.events_executed);
      EXPECT_EQ(engine.observer().in_windows, expected.events_executed);
    }
  }
}

// Letters lie in mailboxes whenever the clock stops.
TEST_F(StressTest, StoppingAtEveryTickChangesNothing) {
  const Duration lookahead{4};
  const Time end{120};
  const std::vector<Phold> processes = phold_processes(300, 2, lookahead, 2, 0.5);
  ParallelEngine<Phold, HeapEventSet> engine(processes, lookahead, {.threads = 8, .groups = 40});
  for (std::int64_t t = 0; t <= end.ticks; ++t) {
    engine.run(Time{t});
    EXPECT_EQ(engine.events_pending(), 600U) << t;
    if (t % 40 == 7) {
      expect_equal(engine.state(), after_one_loop(processes, lookahead, Time{t}),
                   "tick " + std::to_string(t));
    }
  }
  expect_equal(engine.state(), after_one_loop(processes, lookahead, end), "end");
}

TEST_F(StressTest, WhatIsCancelledInTheSameWindowOrLongGoneDisturbsNobody) {
  const Duration lookahead{5};
  const Time end{40};
  const std::vector<Waverer> processes(150, Waverer(150, lookahead));
  const EngineState<Waverer> expected = after_one_loop(processes, lookahead, end);
  ASSERT_GT(expected.events_executed, 5'000U);
  for (const std::size_t groups : {9U, 150U}) {
    ParallelEngine<Waverer> engine(processes, lookahead, {.threads = 8, .groups = groups});
    for (std::int64_t t = 0; t <= end.ticks; t += 10) engine.run(Time{t});
    expect_equal(engine.state(), expected, std::to_string(groups) + " groups");
    EXPECT_EQ(engine.events_pending(), expected.pending.size());
  }
}

TEST_F(StressTest, OfManyExceptionsInOneWindowTheFirstOfTheRunComesOut) {
  const Duration lookahead{6};
  for (std::int64_t first = 10; first < 22; ++first) {
    std::vector<Waverer> processes;
    for (std::uint32_t i = 0; i < 120; ++i) {
      const Time fails_at{i % 3 == 0 ? first + (i * 7) % 5 : end_of_time.ticks};
      processes.push_back(Waverer(120, lookahead, fails_at));
    }
    const auto outcome = [](auto&& engine) -> std::string {
      try {
        engine.run(Time{60});
      } catch (const std::runtime_error& error) {
        return error.what();
      }
      return "no exception";
    };
    const std::string expected = outcome(SequentialEngine<Waverer>(processes, lookahead));
    ASSERT_NE(expected, "no exception");
    ParallelEngine<Waverer> engine(processes, lookahead, {.threads = 8, .groups = 60});
    EXPECT_EQ(outcome(engine), expected);
    EXPECT_THROW(engine.run(Time{60}), std::logic_error);
  }
}

TEST_F(StressTest, EnginesThatTakeOverFromEachOtherLeaveWhatOneLoopLeaves) {
  const Duration lookahead{2};
  const Time end{44};
  const std::vector<Waverer> processes(60, Waverer(60, lookahead));
  EngineState<Waverer> state{
      .now = Time{}, .processes = processes, .sequences = std::vector<std::uint64_t>(60, 0)};
  for (std::int64_t t = 2; t <= end.ticks; t += 2) {
    const auto turn = static_cast<std::size_t>(t);
    ParallelEngine<Waverer> engine(
        std::move(state), lookahead,
        {.threads = static_cast<unsigned>(1 + turn % 8), .groups = 1 + turn % 61});
    engine.run(Time{t});
    state = engine.state();
  }
  expect_equal(state, after_one_loop(processes, lookahead, end), "in turn");
}

TEST_F(StressTest, EnginesThatRunSideBySideDoNotDisturbEachOther) {
  const Duration lookahead{3};
  const Time end{60};
  std::array<EngineState<Phold>, 3> states;
  std::vector<std::jthread> users;
  for (std::size_t i = 0; i < states.size(); ++i) {
    users.emplace_back([&states, i, lookahead, end] {
      for (int again = 0; again < 2; ++again) {
        ParallelEngine<Phold> engine(phold_processes(150, 2, lookahead, i), lookahead,
                                     {.threads = 4});
        engine.run(end);
        states[i] = engine.state();
      }
    });
  }
  users.clear();  // waits
  for (std::size_t i = 0; i < states.size(); ++i) {
    expect_equal(states[i], after_one_loop(phold_processes(150, 2, lookahead, i), lookahead, end),
                 "seed " + std::to_string(i));
  }
}

}  // namespace
}  // namespace pdes
