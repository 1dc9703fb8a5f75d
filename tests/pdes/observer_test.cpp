#include "pdes/observer.hpp"

#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "pdes/calendar_event_set.hpp"
#include "pdes/heap_event_set.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/trace_observer.hpp"
#include "phold.hpp"

namespace pdes {
namespace {

using test::Phold;
using test::phold_processes;

// An observer that is not there takes no place, and one that is there takes its own.
struct Word {
  std::uint64_t word = 0;
};
static_assert(sizeof(SequentialEngine<Phold, HeapEventSet, NoObserver>) + sizeof(Word) ==
              sizeof(SequentialEngine<Phold, HeapEventSet, Word>));
static_assert(sizeof(SequentialEngine<Phold, CalendarEventSet>) + sizeof(Word) ==
              sizeof(SequentialEngine<Phold, CalendarEventSet, Word>));
static_assert(sizeof(ParallelEngine<Phold, CalendarEventSet>) + sizeof(Word) ==
              sizeof(ParallelEngine<Phold, CalendarEventSet, Word>));

class ObserverTest : public ::testing::Test {
 protected:
  const Duration lookahead_{3};
  const std::vector<Phold> processes_ = phold_processes(40, 3, lookahead_);

 private:
  tbb::global_control threads_{tbb::global_control::max_allowed_parallelism, 8};
};

struct CountsWindows {
  std::uint64_t windows = 0, events = 0;
  Time last_end{};
  bool in_order = true;
  void window_closed(const WindowReport& window) {
    ++windows;
    events += window.events;
    in_order = in_order && last_end <= window.begin && window.begin < window.end;
    last_end = window.end;
  }
};

TEST_F(ObserverTest, WithOneHookSeesEveryWindow) {
  SequentialEngine<Phold, HeapEventSet, CountsWindows> sequential(processes_, lookahead_);
  sequential.run(Time{50});
  sequential.run(Time{200});
  EXPECT_EQ(sequential.observer().windows, 2U);
  EXPECT_EQ(sequential.observer().events, sequential.events_executed());
  ParallelEngine<Phold, CalendarEventSet, CountsWindows> parallel(processes_, lookahead_, {2});
  parallel.run(Time{50});
  parallel.run(Time{200});
  EXPECT_EQ(parallel.observer().windows, parallel.windows());
  EXPECT_EQ(parallel.observer().events, parallel.events_executed());
  EXPECT_EQ(parallel.observer().last_end, Time{200});
  EXPECT_TRUE(parallel.observer().in_order);
}

struct NotesEnds {
  std::vector<Time> ends;
  void run_ended(Time now) { ends.push_back(now); }
};

TEST_F(ObserverTest, WithOneHookSeesEveryEndOfARun) {
  SequentialEngine<Phold, HeapEventSet, NotesEnds> sequential(processes_, lookahead_);
  ParallelEngine<Phold, HeapEventSet, NotesEnds> parallel(processes_, lookahead_);
  for (const Time until : {Time{5}, Time{90}}) {
    sequential.run(until);
    parallel.run(until);
  }
  EXPECT_EQ(sequential.observer().ends, (std::vector<Time>{Time{5}, Time{90}}));
  EXPECT_EQ(parallel.observer().ends, sequential.observer().ends);
}

/// Adds up event keys, by group.
struct SumsTimes {
  std::vector<std::int64_t> sums = std::vector<std::int64_t>(64, 0);
  void event_executed(std::size_t group, const Event<std::uint64_t>& event) {
    sums[group] += event.at.ticks;
  }
  std::int64_t total() const {
    std::int64_t total = 0;
    for (const std::int64_t sum : sums) total += sum;
    return total;
  }
};

TEST_F(ObserverTest, WithOneHookSeesEveryEvent) {
  SequentialEngine<Phold, HeapEventSet, SumsTimes> sequential(processes_, lookahead_);
  ParallelEngine<Phold, HeapEventSet, SumsTimes> parallel(processes_, lookahead_, {3, 10});
  sequential.run(Time{300});
  parallel.run(Time{300});
  EXPECT_GT(sequential.observer().total(), 100'000);
  EXPECT_EQ(parallel.observer().total(), sequential.observer().total());
  EXPECT_GT(parallel.observer().sums[9], 0);
}

TEST_F(ObserverTest, WithoutAHookIsAllowed) {
  SequentialEngine<Phold, HeapEventSet, Word> sequential(processes_, lookahead_);
  sequential.run(Time{10});
  EXPECT_EQ(sequential.observer().word, 0U);
}

// The trace.

enum class Ball { serve, back };
std::ostream& operator<<(std::ostream& out, Ball ball) {
  return out << (ball == Ball::serve ? "serve" : "back");
}

/// Two who play: the first serves, with a cough of no delay and a lesser priority number.
template <class Happening>
struct Player {
  using Payload = Happening;
  void start(Context<Payload>& context) {
    if (context.self() == LpId{0}) context.schedule({1'500}, Payload{}, 2);
  }
  void handle(Payload, Context<Payload>& context) {
    if (context.now() == Time{1'500} && coughs++ == 0) context.schedule({0}, Payload{}, -1);
    context.send(LpId{context.self() == LpId{0} ? 1U : 0U}, {10}, answer());
  }
  static Payload answer() {
    if constexpr (std::is_same_v<Payload, Ball>) return Ball::back;
    return {};
  }
  int coughs = 0;
};

TEST(TraceObserver, WritesALineForEachOfTheFirstEvents) {
  std::ostringstream text;
  SequentialEngine<Player<Ball>, HeapEventSet, TraceObserver<Ball>> engine(
      std::vector<Player<Ball>>(2), Duration{10}, {}, {text, 5});
  engine.run(Time{100'000});
  EXPECT_EQ(text.str(),
            "        time    target    source  priority  sequence  payload\n"
            "        1500         0         0         2         0  serve\n"
            "        1500         0         0        -1         1  serve\n"
            "        1510         1         0         0         2  back\n"
            "        1510         1         0         0         3  back\n"
            "        1520         0         1         0         0  back\n");
}

TEST(TraceObserver, LeavesOutAPayloadThatCannotBePrinted) {
  struct Nothing {};
  std::ostringstream text;
  SequentialEngine<Player<Nothing>, HeapEventSet, TraceObserver<Nothing>> engine(
      std::vector<Player<Nothing>>(2), Duration{10}, {}, {text, 1});
  engine.run(Time{2'000});
  EXPECT_EQ(text.str(),
            "        time    target    source  priority  sequence\n"
            "        1500         0         0         2         0\n");
}

TEST(TraceObserver, OfNoEventsWritesTheNamesOfTheColumns) {
  std::ostringstream text;
  SequentialEngine<Player<Ball>, HeapEventSet, TraceObserver<Ball>> engine(
      std::vector<Player<Ball>>(2), Duration{10}, {}, {text, 0});
  engine.run(Time{2'000});
  EXPECT_EQ(text.str(), "        time    target    source  priority  sequence  payload\n");
}

TEST_F(ObserverTest, TracesTheSameTextForEveryEngine) {
  using Trace = TraceObserver<std::uint64_t>;
  for (const std::size_t events : {1U, 100U, 1'777U, 1'000'000U}) {
    std::ostringstream sequential_text;
    SequentialEngine<Phold, HeapEventSet, Trace> sequential(processes_, lookahead_, {},
                                                            {sequential_text, events});
    sequential.run(Time{60});
    sequential.run(Time{150});
    const std::string expected = sequential_text.str();
    const std::size_t lines =
        std::min<std::size_t>(events, static_cast<std::size_t>(sequential.events_executed()));
    EXPECT_EQ(static_cast<std::size_t>(std::count(expected.begin(), expected.end(), '\n')),
              1 + lines);
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
      for (const std::size_t groups : {1U, 7U, 40U}) {
        std::ostringstream text;
        ParallelEngine<Phold, CalendarEventSet, Trace> engine(processes_, lookahead_,
                                                              {threads, groups}, {text, events});
        engine.run(Time{70});
        engine.run(Time{150});
        EXPECT_TRUE(text.str() == expected) << threads << " threads, " << groups << " groups";
      }
    }
  }
}

TEST(TraceObserver, ShowsARunUpToItsException) {
  struct Fails {
    using Payload = int;
    void start(Context<int>& context) { context.schedule({1}, 1); }
    void handle(int n, Context<int>& context) {
      if (n == 3) throw std::runtime_error("three");
      context.schedule({1}, n + 1);
    }
  };
  std::ostringstream text;
  {
    SequentialEngine<Fails, HeapEventSet, TraceObserver<int>> engine({Fails{}}, {}, {}, {text, 10});
    EXPECT_THROW(engine.run(Time{10}), std::runtime_error);
  }
  EXPECT_EQ(text.str(),
            "        time    target    source  priority  sequence  payload\n"
            "           1         0         0         0         0  1\n"
            "           2         0         0         0         1  2\n");
}

}  // namespace
}  // namespace pdes
