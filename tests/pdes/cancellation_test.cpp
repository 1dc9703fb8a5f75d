#include "pdes/cancellation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pdes/calendar_event_set.hpp"
#include "pdes/heap_event_set.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/process.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/snapshot.hpp"
#include "pdes/stream.hpp"

namespace pdes {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A process that the test writes. It notes what happens to it.
class Scripted {
 public:
  using Payload = char;
  using Act = std::function<void(char happening, Context<char>&)>;
  static constexpr char beginning = '0';

  explicit Scripted(Act act) : act_(std::move(act)) {}
  void start(Context<char>& context) { act_(beginning, context); }
  void handle(char happening, Context<char>& context) {
    diary_ += happening;
    act_(happening, context);
  }
  const std::string& diary() const { return diary_; }

 private:
  Act act_;
  std::string diary_;
};

struct Outcome {
  std::string diary;
  std::size_t pending_halfway = 0, pending = 0;
  std::uint64_t executed = 0;
  bool operator==(const Outcome&) const = default;
};

template <class Engine>
Outcome outcome(Engine engine, Time halfway) {
  Outcome seen;
  engine.run(halfway);
  seen.pending_halfway = engine.events_pending();
  EXPECT_EQ(engine.state().pending.size(), seen.pending_halfway);
  engine.run(Time{100});
  seen.diary = engine.processes()[0].diary();
  seen.pending = engine.events_pending();
  seen.executed = engine.events_executed();
  EXPECT_EQ(engine.state().pending.size(), seen.pending);
  return seen;
}

/// Runs one process until 100, with a look in between, in engines that must agree.
class Cancelling : public ::testing::Test {
 protected:
  static Outcome run(const Scripted::Act& act, Time halfway = {}) {
    const std::vector<Scripted> one{Scripted(act)};
    const Outcome seen = outcome(SequentialEngine<Scripted>(one), halfway);
    EXPECT_TRUE(outcome(SequentialEngine<Scripted, CalendarEventSet>(one), halfway) == seen);
    EXPECT_TRUE(outcome(ParallelEngine<Scripted>(one, Duration{3}, {2}), halfway) == seen);
    EXPECT_TRUE(outcome(ParallelEngine<Scripted, HeapEventSet>(one, Duration{100}, {2}), halfway) ==
                seen);
    return seen;
  }

 private:
  tbb::global_control threads_{tbb::global_control::max_allowed_parallelism, 8};
};

TEST_F(Cancelling, AnEventBeforeItHappens) {
  EventKey b;
  const auto seen = run(
      [&](char happening, Context<char>& context) {
        if (happening == Scripted::beginning) {
          context.schedule({1}, 'a');
          b = context.schedule({50}, 'b');
          context.schedule({60}, 'c');
        }
        if (happening == 'a') context.cancel(b);
      },
      Time{10});
  EXPECT_EQ(seen, (Outcome{"ac", 1, 0, 2}));
}

TEST_F(Cancelling, AnEventThatHasHappenedChangesNothing) {
  EventKey a;
  const auto seen = run(
      [&](char happening, Context<char>& context) {
        if (happening == Scripted::beginning) {
          a = context.schedule({1}, 'a');
          context.schedule({2}, 'b');
          context.schedule({50}, 'c');
          context.schedule({1000}, 'd');
        } else {
          context.cancel(a);  // the first time while it happens
        }
      },
      Time{10});
  EXPECT_EQ(seen, (Outcome{"abc", 2, 1, 3}));
}

TEST_F(Cancelling, TwiceIsLikeOnce) {
  EventKey b;
  const auto seen = run(
      [&](char happening, Context<char>& context) {
        if (happening == Scripted::beginning) {
          context.schedule({1}, 'a');
          context.schedule({2}, 'a');
          b = context.schedule({50}, 'b');
          context.schedule({50}, 'c');
        }
        if (happening == 'a' || happening == 'c') {
          context.cancel(b);
          context.cancel(b);
        }
      },
      Time{10});
  EXPECT_EQ(seen, (Outcome{"aac", 1, 0, 3}));
}

TEST_F(Cancelling, AtTheStart) {
  const auto seen = run([](char happening, Context<char>& context) {
    if (happening != Scripted::beginning) return;
    context.schedule({0}, 'a');
    context.cancel(context.schedule({0}, 'b'));
    context.cancel(context.schedule({7}, 'c'));
    context.schedule({7}, 'd');
    context.cancel(context.schedule({1000}, 'e'));
  });
  EXPECT_EQ(seen, (Outcome{"ad", 2, 0, 2}));
}

// At one tick, an event with a lesser priority number overtakes; what it calls off does not happen,
// and what it comes too late for has happened.
TEST_F(Cancelling, WithoutDelayAndWithPriorities) {
  std::map<char, EventKey> names;
  const auto seen = run([&](char happening, Context<char>& context) {
    const auto schedule = [&](char what, std::int16_t priority) {
      names[what] = context.schedule({0}, what, priority);
    };
    if (happening == Scripted::beginning) {
      schedule('a', 5);
      schedule('z', 9);
      schedule('y', 7);
    } else if (happening == 'a') {
      schedule('b', -1);  // its key is less than that of 'a'
      schedule('c', -1);
      schedule('d', -2);
      schedule('x', 6);
      context.cancel(names['z']);
    } else if (happening == 'd') {
      context.cancel(names['c']);
      context.cancel(names['a']);
    } else if (happening == 'x') {
      context.cancel(names['b']);
      schedule('e', -3);
      context.cancel(names['e']);
      schedule('f', -3);
    }
  });
  EXPECT_EQ(seen.diary, "adbxfy");
  EXPECT_EQ(seen.executed, 6U);
  EXPECT_EQ(seen.pending, 0U);
}

TEST_F(Cancelling, WhatIsPendingFarAwayNeedsNoPlaceInASnapshot) {
  const auto make = [] {
    return std::vector<Scripted>{Scripted([](char happening, Context<char>& context) {
      if (happening != Scripted::beginning) return;
      context.cancel(context.schedule({1000}, 'a'));
      context.schedule({1000}, 'b');
    })};
  };
  SequentialEngine<Scripted> engine(make());
  engine.run(Time{1});
  ASSERT_EQ(engine.state().pending.size(), 1U);
  SequentialEngine<Scripted> resumed(engine.state());
  resumed.run(Time{2000});
  engine.run(Time{2000});
  EXPECT_EQ(resumed.processes()[0].diary(), "b");
  EXPECT_EQ(engine.processes()[0].diary(), "b");
}

TEST_F(Cancelling, AgainAfterASnapshotIsLikeOnce) {
  EventKey b;
  const Scripted process([&](char happening, Context<char>& context) {
    if (happening == Scripted::beginning) {
      b = context.schedule({50}, 'b');
      context.cancel(b);
      context.schedule({20}, 'a');
      context.schedule({60}, 'c');
    }
    if (happening == 'a') context.cancel(b);
  });
  SequentialEngine<Scripted> engine({process});
  engine.run(Time{10});
  ParallelEngine<Scripted> resumed(engine.state(), Duration{1});
  EXPECT_EQ(resumed.events_pending(), 2U);
  resumed.run(Time{30});
  EXPECT_EQ(resumed.events_pending(), 1U);
  resumed.run(Time{100});
  EXPECT_EQ(resumed.processes()[0].diary(), "ac");
}

TEST(Cancellations, KnowOnlyWhatIsStillToCome) {
  Cancellations cancelled;
  const EventKey first{Time{1}, 0, LpId{0}, 0}, second{Time{2}, 0, LpId{0}, 1},
      third{Time{3}, 0, LpId{0}, 2};
  for (const EventKey& key : {third, first, second, third, first}) cancelled.add(key);
  EXPECT_TRUE(cancelled.take(first));
  EXPECT_FALSE(cancelled.take({Time{2}, 0, LpId{0}, 9}));  // forgets what is before
  EXPECT_THAT(cancelled.sorted(), ElementsAre(third, third));
  EXPECT_TRUE(cancelled.take(third));
  EXPECT_FALSE(cancelled.take({Time{4}, 0, LpId{0}, 3}));
  EXPECT_TRUE(cancelled.empty());
}

// Against a reference.

/// Schedules and cancels at random: without delay, with priorities, too late, twice, at the start.
class Fickle {
 public:
  using Payload = std::uint32_t;

  explicit Fickle(std::uint32_t processes, std::uint32_t seed)
      : processes_(processes), seed_(seed) {}

  void start(Context<Payload>& context) {
    for (int i = 0; i < 4; ++i) act(true, context);
  }

  void handle(Payload payload, Context<Payload>& context) {
    hash_ = (hash_ ^ payload ^ static_cast<std::uint64_t>(context.now().ticks)) *
            0x9E37'79B9'7F4A'7C15u;
    hash_ ^= hash_ >> 31;
    act(payload == message, context);
  }

  std::uint64_t hash() const { return hash_; }

  void save(StateWriter& to) const {
    to.write(hash_, acts_, std::uint64_t{known_.size()});
    for (const EventKey& key : known_) to.write(key.at, key.priority, key.source, key.sequence);
  }
  void load(StateReader& from) {
    std::uint64_t size = 0;
    from.read(hash_, acts_, size);
    known_.resize(size);
    for (EventKey& key : known_) from.read(key.at, key.priority, key.source, key.sequence);
  }

 private:
  static constexpr std::size_t memory = 12;  ///< events that it may cancel, the last ones

  static constexpr Payload message = 0;  ///< from a process to another

  void act(bool passes_on, Context<Payload>& context) {
    Stream stream(
        {.seed = seed_, .entity = static_cast<std::uint32_t>(context.self()), .index = acts_++});
    const auto below = [&stream](std::uint32_t n) {
      return static_cast<std::uint32_t>(stream.uniform() * n);
    };
    if (passes_on) context.send(LpId{below(processes_)}, Duration{4 + below(3)}, message);
    for (std::uint32_t n = below(passes_on ? 4 : 2); n > 0; --n) {
      const Duration delay{below(2) == 0 ? 0 : below(20)};
      const auto priority = static_cast<std::int16_t>(static_cast<int>(below(3)) - 1);
      known_.push_back(context.schedule(delay, acts_ * 16 + n, priority));
      if (known_.size() > memory) known_.pop_front();
    }
    for (std::uint32_t n = below(5); n > 0 && !known_.empty(); --n) {
      context.cancel(known_[below(static_cast<std::uint32_t>(known_.size()))]);
    }
  }

  std::uint32_t processes_, seed_;
  std::uint32_t acts_ = 0;
  std::uint64_t hash_ = 0;
  std::deque<EventKey> known_;
};

/// An engine to compare with: a sorted map from which cancelled events are erased at once.
class Reference {
 public:
  explicit Reference(std::vector<Fickle> processes)
      : processes_(std::move(processes)), sequences_(processes_.size(), 0) {
    for (std::size_t i = 0; i < processes_.size(); ++i) {
      deliver(Time{}, LpId(static_cast<std::uint32_t>(i)),
              [](Fickle& process, Context<std::uint32_t>& context) { process.start(context); });
    }
  }

  void run(Time until) {
    while (!pending_.empty() && pending_.begin()->first.at < until) {
      const Event<std::uint32_t> event = pending_.begin()->second;
      pending_.erase(pending_.begin());
      deliver(event.at, event.target, [&](Fickle& process, Context<std::uint32_t>& context) {
        process.handle(event.payload, context);
      });
      ++executed_;
    }
  }

  std::vector<std::uint64_t> hashes() const {
    std::vector<std::uint64_t> all;
    for (const Fickle& process : processes_) all.push_back(process.hash());
    return all;
  }
  std::vector<EventKey> pending() const {
    std::vector<EventKey> keys;
    for (const auto& entry : pending_) keys.push_back(entry.first);
    return keys;
  }
  std::uint64_t executed() const { return executed_; }
  std::uint64_t cancelled() const { return cancelled_; }

 private:
  template <class Act>
  void deliver(Time now, LpId id, const Act& act) {
    const auto i = static_cast<std::size_t>(id);
    Outbox<std::uint32_t> outbox;
    Context<std::uint32_t> context(now, id, Duration{}, sequences_[i], outbox);
    act(processes_[i], context);
    for (const auto& event : outbox.sent) pending_.emplace(event.key(), event);
    for (const EventKey& key : outbox.cancelled) cancelled_ += pending_.erase(key);
  }

  std::vector<Fickle> processes_;
  std::vector<std::uint64_t> sequences_;
  std::map<EventKey, Event<std::uint32_t>> pending_;
  std::uint64_t executed_ = 0, cancelled_ = 0;
};

template <class Engine>
void expect_equal(const Engine& engine, const Reference& reference, const std::string& name) {
  const EngineState<Fickle> state = engine.state();
  std::vector<std::uint64_t> hashes;
  for (const Fickle& process : state.processes) hashes.push_back(process.hash());
  EXPECT_EQ(hashes, reference.hashes()) << name;
  std::vector<EventKey> pending;
  for (const auto& event : state.pending) pending.push_back(event.key());
  EXPECT_TRUE(pending == reference.pending()) << name;
  EXPECT_EQ(engine.events_pending(), pending.size()) << name;
  EXPECT_EQ(engine.events_executed(), reference.executed()) << name;
}

TEST_F(Cancelling, AtRandomIsLikeErasingFromASortedMap) {
  const Duration lookahead{4};
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    const std::vector<Fickle> processes(20, Fickle(20, seed));
    Reference reference(processes);
    SequentialEngine<Fickle> heap(processes, lookahead);
    SequentialEngine<Fickle, CalendarEventSet> calendar(processes, lookahead);
    std::deque<ParallelEngine<Fickle>> parallel;
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
      parallel.emplace_back(processes, lookahead, ParallelOptions{threads, 6});
    }
    for (const std::int64_t until : {1, 2, 9, 40, 41, 150}) {
      reference.run(Time{until});
      heap.run(Time{until});
      calendar.run(Time{until});
      expect_equal(heap, reference, "heap");
      expect_equal(calendar, reference, "calendar");
      for (auto& engine : parallel) {
        engine.run(Time{until});
        expect_equal(engine, reference, std::to_string(engine.groups()) + " groups");
      }
      // What is called off stays so, and can still be called off, in a run that is resumed.
      const auto bytes = to_bytes(heap.state());
      EXPECT_TRUE(to_bytes(parallel.back().state()) == bytes);
      heap = SequentialEngine<Fickle>(from_bytes(bytes, processes), lookahead);
    }
    EXPECT_GT(reference.executed(), 2'000U);
    EXPECT_GT(reference.cancelled(), reference.executed() / 10);
  }
}

// Whether the end of a patience is called off when the service
// begins, or comes and finds nobody, is the same queue.

/// M/M/c+M with the wait of each patient in the order in which their waits end.
class Practice {
 public:
  enum class Kind : std::uint8_t { arrival, departure, patience };
  struct Payload {
    Kind kind{};
    std::uint32_t patient = 0;
  };

  Practice(std::uint32_t replication, bool cancels)
      : replication_(replication), cancels_(cancels) {}

  void start(Context<Payload>& context) { await_arrival(context); }

  void handle(const Payload& event, Context<Payload>& context) {
    switch (event.kind) {
      case Kind::arrival:
        arrive(context);
        return;
      case Kind::departure:
        ++free_;
        break;
      case Kind::patience:
        ++patience_ends_;
        if (waiting_.count(event.patient) == 0) return;
        end_wait(event.patient, context.now());
        ++gave_up_;
        return;
    }
    while (free_ > 0 && !waiting_.empty()) {
      const std::uint32_t patient = waiting_.begin()->first;
      if (cancels_) context.cancel(waiting_.begin()->second.patience);
      end_wait(patient, context.now());
      serve(patient, context);
    }
  }

  const std::vector<std::pair<std::uint32_t, Duration>>& waits() const { return waits_; }
  std::uint32_t gave_up() const { return gave_up_; }
  std::uint32_t patience_ends() const { return patience_ends_; }

 private:
  struct Waiting {
    Time since;
    EventKey patience;
  };

  void arrive(Context<Payload>& context) {
    const std::uint32_t patient = arrived_++;
    if (free_ > 0) {
      waits_.emplace_back(patient, Duration{});
      serve(patient, context);
    } else {
      const EventKey end = context.schedule(draw(30'000, 2, patient), {Kind::patience, patient});
      waiting_.emplace(patient, Waiting{context.now(), end});
    }
    await_arrival(context);
  }
  void await_arrival(Context<Payload>& context) {
    context.schedule(draw(5'000, 0, arrived_), {Kind::arrival, arrived_});
  }
  void serve(std::uint32_t patient, Context<Payload>& context) {
    --free_;
    context.schedule(draw(15'000, 1, patient), {Kind::departure, patient});
  }
  void end_wait(std::uint32_t patient, Time now) {
    waits_.emplace_back(patient, now - waiting_.at(patient).since);
    waiting_.erase(patient);
  }
  Duration draw(double mean, std::uint32_t decision, std::uint32_t patient) const {
    Stream stream(
        {.seed = 8, .replication = replication_, .decision = decision, .entity = patient});
    return {std::llround(mean * unit_exponential(stream))};
  }

  std::uint32_t replication_;
  bool cancels_;
  int free_ = 3;
  std::map<std::uint32_t, Waiting> waiting_;  ///< in the order of arrival
  std::vector<std::pair<std::uint32_t, Duration>> waits_;
  std::uint32_t arrived_ = 0, gave_up_ = 0, patience_ends_ = 0;
};

TEST_F(Cancelling, ThePatienceOfThoseWhoAreCalledLeavesEveryWaitAsItWas) {
  const std::vector<Practice> let_run{Practice(0, false), Practice(1, false)};
  const std::vector<Practice> cancels{Practice(0, true), Practice(1, true)};
  const Time end{200'000'000};
  SequentialEngine<Practice> expected(let_run);
  SequentialEngine<Practice> sequential(cancels);
  ParallelEngine<Practice> parallel(cancels, Duration{10'000}, {2});
  expected.run(end);
  sequential.run(end);
  parallel.run(end);
  for (std::size_t i = 0; i < let_run.size(); ++i) {
    const Practice& there = expected.processes()[i];
    ASSERT_GT(there.waits().size(), 30'000U);
    ASSERT_GT(there.gave_up(), 1'000U);
    for (const Practice* here : {&sequential.processes()[i], &parallel.processes()[i]}) {
      EXPECT_TRUE(here->waits() == there.waits());
      EXPECT_EQ(here->gave_up(), there.gave_up());
      EXPECT_EQ(here->patience_ends(), here->gave_up());  // and no other comes
    }
    EXPECT_GT(there.patience_ends(), 2 * there.gave_up());
  }
  EXPECT_LT(sequential.events_executed(), expected.events_executed());
}

}  // namespace
}  // namespace pdes
