#include "pdes/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pdes/calendar_event_set.hpp"
#include "pdes/heap_event_set.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/resource.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/statistics.hpp"
#include "pdes/stream.hpp"
#include "phold.hpp"
#include "station.hpp"

namespace pdes {
namespace {

using test::Phold;
using test::phold_processes;
using test::Station;
using ::testing::AllOf;
using ::testing::HasSubstr;

using Bytes = std::vector<std::byte>;

/// Goes on from a state until a time, with one engine or another.
template <class P>
struct Continuation {
  std::string name;
  std::function<EngineState<P>(EngineState<P>, Duration lookahead, Time until)> run;
};

template <class P>
std::vector<Continuation<P>> engines() {
  std::vector<Continuation<P>> all;
  all.push_back({"sequential, heap", [](EngineState<P> state, Duration lookahead, Time until) {
                   SequentialEngine<P, HeapEventSet> engine(std::move(state), lookahead);
                   engine.run(until);
                   return engine.state();
                 }});
  all.push_back({"sequential, calendar", [](EngineState<P> state, Duration lookahead, Time until) {
                   SequentialEngine<P, CalendarEventSet> engine(std::move(state), lookahead);
                   engine.run(until);
                   return engine.state();
                 }});
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    for (const std::size_t groups : {0U, 5U}) {
      const ParallelOptions options{threads, groups};
      const std::string name = std::to_string(threads) + " threads, " + std::to_string(groups);
      all.push_back(
          {name + " groups, heap", [=](EngineState<P> state, Duration lookahead, Time until) {
             ParallelEngine<P, HeapEventSet> engine(std::move(state), lookahead, options);
             engine.run(until);
             return engine.state();
           }});
      all.push_back(
          {name + " groups, calendar", [=](EngineState<P> state, Duration lookahead, Time until) {
             ParallelEngine<P, CalendarEventSet> engine(std::move(state), lookahead, options);
             engine.run(until);
             return engine.state();
           }});
    }
  }
  return all;
}

/// The state of processes that have not been started.
template <class P>
EngineState<P> beginning(const std::vector<P>& processes) {
  return SequentialEngine<P>(processes).state();
}

/// Each engine stops at a random time, and leaves a snapshot from which another one goes on to the
/// end. Compares all bytes with those of one sequential run.
template <class P>
void expect_same_bytes_after_a_change_of_engine(const std::vector<P>& processes, Duration lookahead,
                                                Time end) {
  std::mt19937_64 bits(11);
  const std::vector<Continuation<P>> all = engines<P>();
  const Bytes uninterrupted = to_bytes(all.front().run(beginning(processes), lookahead, end));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Time stop{static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(end.ticks))};
    const Bytes reference = to_bytes(all.front().run(beginning(processes), lookahead, stop));
    const Bytes snapshot = to_bytes(all[i].run(beginning(processes), lookahead, stop));
    EXPECT_TRUE(snapshot == reference) << all[i].name << " until " << stop.ticks;
    for (const std::size_t step : {1U, 9U}) {
      const Continuation<P>& next = all[(i + step) % all.size()];
      const Bytes resumed = to_bytes(next.run(from_bytes(snapshot, processes), lookahead, end));
      EXPECT_TRUE(resumed == uninterrupted)
          << all[i].name << " until " << stop.ticks << ", then " << next.name;
    }
  }
}

class SnapshotTest : public ::testing::Test {
 private:
  tbb::global_control threads_{tbb::global_control::max_allowed_parallelism, 8};
};

TEST_F(SnapshotTest, AnyEngineGoesOnFromWhereAnotherStoppedOnPhold) {
  for (const double remote : {0.1, 0.5}) {
    for (const Duration lookahead : {Duration{2}, Duration{7}}) {
      expect_same_bytes_after_a_change_of_engine(phold_processes(60, 4, lookahead, 1, remote),
                                                 lookahead, Time{120});
    }
  }
}

TEST_F(SnapshotTest, AnyEngineGoesOnFromWhereAnotherStoppedOnAClosedNetworkOfQueues) {
  const Duration travel{200};
  std::vector<Station> ring;
  for (std::uint32_t i = 0; i < 30; ++i) {
    ring.push_back(Station({.servers = 1 + static_cast<int>(i % 3),
                            .service = 500.0 * (1 + i % 5),
                            .jobs_at_start = static_cast<int>(i % 9),
                            .next = LpId{(i + 1) % 30},
                            .travel = travel}));
  }
  expect_same_bytes_after_a_change_of_engine(ring, travel, Time{20'000});
}

/// A practice with a pool: two priorities, and patients who give up.
class PoolPractice {
 public:
  struct Payload {
    enum class Kind : std::uint32_t { arrival, departure, patience } kind;
    std::int32_t priority;
    std::uint64_t number;
  };

  void start(Context<Payload>& context) { context.schedule({1}, {Payload::Kind::arrival, 0, 0}); }

  void handle(const Payload& event, Context<Payload>& context) {
    const Time now = context.now();
    Stream stream({.seed = 5, .entity = static_cast<std::uint32_t>(context.self()), .index = n_++});
    const auto ticks = [&](double mean) {
      return Duration{static_cast<std::int64_t>(mean * unit_exponential(stream))};
    };
    if (event.kind == Payload::Kind::arrival) {
      context.schedule(ticks(10), event);
      const auto priority = static_cast<std::int32_t>(n_ % 2);
      const auto answer = pool_.request(n_, now, priority);
      if (answer.admission == Admission::started) {
        context.schedule(ticks(25), {Payload::Kind::departure, 0, 0});
      } else {
        context.schedule(ticks(60), {Payload::Kind::patience, priority, answer.ticket.number});
      }
    } else if (event.kind == Payload::Kind::departure) {
      if (const auto next = pool_.release(now)) {
        waits_.add(static_cast<double>(next->waited.ticks));
        context.schedule(ticks(25), {Payload::Kind::departure, 0, 0});
      }
    } else {
      pool_.abandon({event.priority, event.number}, now);
    }
  }

  void save(StateWriter& to) const { to.write(n_, pool_, waits_); }
  void load(StateReader& from) { from.read(n_, pool_, waits_); }

 private:
  std::uint32_t n_ = 0;
  ServerPool<std::uint32_t> pool_{2};
  Tally waits_;
};

TEST_F(SnapshotTest, AnyEngineGoesOnFromWhereAnotherStoppedWithServerPools) {
  expect_same_bytes_after_a_change_of_engine(std::vector<PoolPractice>(6), Duration{50},
                                             Time{20'000});
}

TEST_F(SnapshotTest, LoadedAndSavedAgainHasTheSameBytes) {
  const Duration lookahead{3};
  const auto processes = phold_processes(20, 3, lookahead);
  SequentialEngine<Phold> engine(processes, lookahead);
  engine.run(Time{123});
  const Bytes bytes = to_bytes(engine.state());
  EXPECT_TRUE(to_bytes(from_bytes(bytes, processes)) == bytes);
  EXPECT_FALSE(to_bytes(beginning(processes)) == bytes);
  SequentialEngine<Phold> loaded(from_bytes(bytes, processes), lookahead);
  EXPECT_EQ(loaded.now(), Time{123});
  EXPECT_EQ(loaded.events_executed(), engine.events_executed());
  EXPECT_EQ(loaded.events_pending(), 60U);
}

TEST_F(SnapshotTest, OfARunThatHasNotBegunStartsTheProcesses) {
  const auto processes = phold_processes(20, 3, Duration{3});
  SequentialEngine<Phold> engine(processes, Duration{3});
  SequentialEngine<Phold> loaded(from_bytes(to_bytes(engine.state()), processes), Duration{3});
  engine.run(Time{100});
  loaded.run(Time{100});
  EXPECT_GT(loaded.events_executed(), 100U);
  EXPECT_TRUE(to_bytes(loaded.state()) == to_bytes(engine.state()));
}

/// Two processes with a message each.
Bytes small_snapshot() {
  SequentialEngine<Phold> engine(phold_processes(2, 1, Duration{1}), Duration{1});
  engine.run(Time{50});
  return to_bytes(engine.state());
}

std::string complaint_about(const Bytes& bytes, std::uint32_t processes = 2) {
  try {
    from_bytes(bytes, phold_processes(processes, 1, Duration{1}));
  } catch (const SnapshotError& error) {
    return error.what();
  }
  return "";
}

TEST_F(SnapshotTest, EveryChangeOfOneByteIsSeen) {
  const Bytes whole = small_snapshot();
  ASSERT_EQ(complaint_about(whole), "");
  for (std::size_t place = 0; place < whole.size(); ++place) {
    for (unsigned change = 1; change < 256; ++change) {
      Bytes damaged = whole;
      damaged[place] ^= std::byte(change);
      ASSERT_NE(complaint_about(damaged), "") << "byte " << place << " by " << change;
    }
  }
}

TEST_F(SnapshotTest, EveryTruncationIsSeen) {
  const Bytes whole = small_snapshot();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THAT(complaint_about(cut), HasSubstr(size == 0 ? "not a snapshot" : "truncated"));
  }
}

TEST_F(SnapshotTest, SaysWhatIsWrongAndWhatToDo) {
  const Bytes whole = small_snapshot();
  EXPECT_EQ(complaint_about(Bytes(300)),
            "this is not a snapshot: name a file that `write_snapshot` has written");
  EXPECT_EQ(complaint_about(Bytes(whole.begin(), whole.begin() + 100)),
            "the snapshot is truncated after 100 bytes of " + std::to_string(whole.size()) +
                ": copy it again, or go back to an earlier one");
  Bytes other = whole;
  other[100] ^= std::byte{1};
  EXPECT_EQ(complaint_about(other),
            "the snapshot is damaged: copy it again, or go back to an earlier one");
  other = whole;
  other.push_back(std::byte{});
  EXPECT_THAT(complaint_about(other), HasSubstr("damaged"));
  other = whole;
  other[8] = std::byte{2};
  EXPECT_EQ(complaint_about(other),
            "the snapshot has version 2 of the format, and this program reads version 1: read it "
            "with the program that wrote it");
  EXPECT_EQ(complaint_about(whole, 3),
            "the snapshot has 2 processes, and was given 3 to fill: make as many as the model had "
            "at the beginning");
}

/// Does nothing; `Kept` is what a process of it is made of.
template <class Value, class Kept>
struct Idle {
  using Payload = Value;
  void start(Context<Value>&) {}
  void handle(const Value&, Context<Value>&) {}
  void save(StateWriter& to) const { to.write(kept); }
  void load(StateReader& from) { from.read(kept); }
  Kept kept{};
};

template <class There, class Here>
std::string complaint_about_another_model() {
  try {
    from_bytes(to_bytes(beginning<There>({There{}})), std::vector<Here>(1));
  } catch (const SnapshotError& error) {
    return error.what();
  }
  return "";
}

TEST_F(SnapshotTest, OfAnotherModelIsRefused) {
  struct Nothing {};
  EXPECT_EQ((complaint_about_another_model<Idle<int, int>, Idle<long, int>>()),
            "the snapshot has 4 bytes per payload, and this model 8: read it with the model that "
            "wrote it");
  EXPECT_EQ((complaint_about_another_model<Idle<Nothing, int>, Idle<char, int>>()),
            "the snapshot has 0 bytes per payload, and this model 1: read it with the model that "
            "wrote it");
  EXPECT_EQ((complaint_about_another_model<Idle<int, int>, Idle<int, std::pair<int, int>>>()),
            "the snapshot has 4 bytes per process, and this model 8: read it with the model that "
            "wrote it");
  // Of equal size, but not the same members.
  EXPECT_THAT((complaint_about_another_model<Idle<int, std::pair<int, int>>,
                                             Idle<int, std::optional<int>>>()),
              HasSubstr("a process loads less than it has saved"));
  EXPECT_THAT((complaint_about_another_model<Idle<int, std::optional<int>>,
                                             Idle<int, std::pair<int, int>>>()),
              HasSubstr("a load asks for more than its save wrote"));
}

/// What a state may be made of.
struct Box {
  double value = 0;
  std::string label;
  void save(StateWriter& to) const { to.write(value, label); }
  void load(StateReader& from) { from.read(value, label); }
  bool operator==(const Box&) const = default;
};
struct Many {
  std::vector<std::int16_t> shorts;
  std::vector<Box> boxes;
  std::vector<bool> flags;
  std::deque<double> doubles;
  std::array<float, 2> floats{};
  std::optional<Time> moment;
  std::optional<Box> box;
  std::variant<int, Box, Duration> one_of;
  std::map<std::string, std::vector<std::pair<int, double>>> table;
  std::vector<EventKey> names;
  bool operator==(const Many&) const = default;
  void save(StateWriter& to) const {
    to.write(shorts, boxes, flags, doubles, floats, moment, box, one_of, table);
    to.write(std::uint64_t{names.size()});
    for (const EventKey& name : names) to.write(name.at, name.priority, name.source, name.sequence);
  }
  void load(StateReader& from) {
    from.read(shorts, boxes, flags, doubles, floats, moment, box, one_of, table);
    std::uint64_t size = 0;
    from.read(size);
    names.resize(size);
    for (EventKey& name : names) from.read(name.at, name.priority, name.source, name.sequence);
  }
};

TEST_F(SnapshotTest, KeepsValuesOfManyTypes) {
  const Many many{{1, -2, 3},
                  {{0.1, "a"}, {-0.0, "longer than a string without allocation"}},
                  {true, false, true},
                  {1e300, 5e-324},
                  {0.5F, -2.0F},
                  Time{77},
                  Box{3, "in it"},
                  Box{4, "one"},
                  {{"x", {{1, 0.25}}}, {"y", {}}},
                  {{Time{3}, -4, LpId{5}, 6}}};
  StateWriter to;
  to.write(many, Many{}, many);
  Many first, empty = many, second;
  StateReader from(to.bytes());
  from.read(first, empty, second);
  EXPECT_TRUE(first == many);
  EXPECT_TRUE(empty == Many{});
  EXPECT_TRUE(second == many);
  EXPECT_EQ(from.left(), 0U);
}

TEST_F(SnapshotTest, ReadsNothingFromALengthThatCannotBe) {
  StateWriter to;
  to.write(std::uint64_t{1} << 62);
  std::vector<std::int32_t> words;
  StateReader from(to.bytes());
  EXPECT_THROW(from.read(words), SnapshotError);
}

/// A payload with padding after the letter and inside the variant.
struct Letter {
  char letter = 0;
  std::variant<std::int32_t, std::int8_t> content;
  void save(StateWriter& to) const { to.write(letter, content); }
  void load(StateReader& from) { from.read(letter, content); }
};

TEST_F(SnapshotTest, BytesBetweenTheMembersOfAPayloadDoNotShow) {
  using Post = Idle<Letter, int>;
  const auto bytes_over = [](int garbage) {
    EngineState<Post> state = beginning<Post>({Post{}});
    state.pending.resize(1);
    std::memset(static_cast<void*>(&state.pending[0]), garbage, sizeof state.pending[0]);
    Event<Letter>& event = state.pending[0];
    event.at = Time{5};
    event.priority = 1;
    event.sequence = 2;
    event.source = LpId{0};
    event.target = LpId{0};
    event.payload.letter = 'x';
    event.payload.content.emplace<1>(std::int8_t{3});
    return to_bytes(state);
  };
  EXPECT_TRUE(bytes_over(0x00) == bytes_over(0xFF));
  const auto loaded = from_bytes(bytes_over(0xAA), std::vector<Post>(1));
  EXPECT_EQ(loaded.pending[0].payload.letter, 'x');
  EXPECT_EQ(std::get<1>(loaded.pending[0].payload.content), 3);
}

/// Counts; is its own bytes.
struct Counter {
  struct Payload {};
  static constexpr bool saved_as_bytes = true;
  void start(Context<Payload>& context) { context.schedule(Duration{1}, {}); }
  void handle(Payload, Context<Payload>& context) {
    ++count;
    context.schedule(Duration{count % 7}, {});
  }
  std::int64_t count = 0;
};

TEST_F(SnapshotTest, AProcessWithoutPointersMayBeSavedAsItsBytes) {
  SequentialEngine<Counter> engine(std::vector<Counter>(3));
  engine.run(Time{100});
  const auto loaded = from_bytes(to_bytes(engine.state()), std::vector<Counter>(3));
  EXPECT_GT(loaded.processes[0].count, 10);
  EXPECT_EQ(loaded.processes[2].count, engine.processes()[2].count);
}

/// A golden value: if the format changes, its version must change too.
TEST_F(SnapshotTest, HasTheBytesThatItAlwaysHad) {
  const Bytes bytes = small_snapshot();
  ASSERT_EQ(bytes.size(), 221U);
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, &bytes[221 - sizeof checksum], sizeof checksum);
  EXPECT_EQ(checksum, 0x2082'dcc9'2355'e78dU);
}

TEST_F(SnapshotTest, ChecksumIsTheOneThatIsPublished) {
  constexpr std::string_view digits = "123456789";
  EXPECT_EQ(crc64(std::as_bytes(std::span(digits))), 0x995D'C9BB'DF19'39FAu);
}

TEST_F(SnapshotTest, SharedDataComesFromTheProcessesThatAreFilled) {
  struct Shared {
    using Payload = int;
    const int* plan = nullptr;
    int done = 0;
    void start(Context<int>&) {}
    void handle(int, Context<int>&) {}
    void save(StateWriter& to) const { to.write(done); }
    void load(StateReader& from) { from.read(done); }
  };
  const int plan_then = 1, plan_now = 2;
  const Bytes bytes = to_bytes(beginning<Shared>({{&plan_then, 5}}));
  const auto loaded = from_bytes(bytes, std::vector<Shared>{{&plan_now, 0}});
  EXPECT_EQ(loaded.processes[0].plan, &plan_now);
  EXPECT_EQ(loaded.processes[0].done, 5);
}

// Slices.

TEST_F(SnapshotTest, SlicesJoinToTheWhole) {
  const Duration lookahead{2};
  SequentialEngine<Phold> engine(phold_processes(50, 4, lookahead), lookahead);
  engine.run(Time{200});
  const EngineState<Phold> whole = engine.state();
  for (const auto& cuts : std::vector<std::vector<std::size_t>>{
           {0, 50}, {0, 1, 50}, {0, 17, 17, 49, 50}, {0, 0, 25, 50, 50}}) {
    std::vector<EngineState<Phold>> slices;
    std::size_t pending = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      slices.push_back(slice(whole, cuts[i], cuts[i + 1]));
      pending += slices.back().pending.size();
      EXPECT_EQ(slices.back().processes.size(), cuts[i + 1] - cuts[i]);
      // A slice has a snapshot of its own.
      const Bytes bytes = to_bytes(slices.back());
      slices.back() =
          from_bytes(bytes, std::vector<Phold>(cuts[i + 1] - cuts[i], Phold(50, 4, lookahead)));
    }
    EXPECT_EQ(pending, whole.pending.size());
    EXPECT_TRUE(to_bytes(join(slices)) == to_bytes(whole));
  }
}

TEST_F(SnapshotTest, SlicesOfDifferentMomentsAreRefused) {
  SequentialEngine<Phold> engine(phold_processes(4, 1, Duration{1}), Duration{1});
  engine.run(Time{10});
  const auto first = slice(engine.state(), 0, 2);
  engine.run(Time{11});
  EXPECT_THROW(join<Phold>({first, slice(engine.state(), 2, 4)}), std::invalid_argument);
  EXPECT_THROW(join<Phold>({}), std::invalid_argument);
  EXPECT_THROW(slice(engine.state(), 3, 2), std::out_of_range);
  EXPECT_THROW(slice(engine.state(), 0, 5), std::out_of_range);
}

// Files.

class SnapshotFileTest : public SnapshotTest {
 protected:
  SnapshotFileTest() { std::filesystem::create_directory(folder_); }
  ~SnapshotFileTest() override { std::filesystem::remove_all(folder_); }

  template <class Deed>
  static std::string complaint(const Deed& deed) {
    try {
      deed();
    } catch (const SnapshotError& error) {
      return error.what();
    }
    return "";
  }

  std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ("snapshot_" + std::to_string(::getpid()));
  std::filesystem::path file_ = folder_ / "run.snapshot";
  std::vector<Phold> fresh_ = phold_processes(40, 4, Duration{1});
};

TEST_F(SnapshotFileTest, IsReadAsItWasWritten) {
  SequentialEngine<Phold> engine(fresh_, Duration{1});
  write_snapshot(file_, engine.state());
  engine.run(Time{40});
  write_snapshot(file_, engine.state());  // in the place of the other
  EXPECT_TRUE(to_bytes(read_snapshot(file_, fresh_)) == to_bytes(engine.state()));
  EXPECT_EQ(std::filesystem::file_size(file_), to_bytes(engine.state()).size());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run.snapshot.part"));
}

TEST_F(SnapshotFileTest, ErrorsNameTheFileAndTheCause) {
  EXPECT_EQ(complaint([&] { read_snapshot(file_, fresh_); }),
            "cannot open the snapshot " + file_.string() + ": No such file or directory");
  EXPECT_EQ(complaint([&] { read_snapshot(folder_, fresh_); }),
            "cannot read the snapshot " + folder_.string() + ": Is a directory");
  const auto nowhere = folder_ / "missing" / "x";
  EXPECT_EQ(complaint([&] { write_snapshot(nowhere, beginning(fresh_)); }),
            "cannot open the snapshot " + nowhere.string() + ".part: No such file or directory");
  EXPECT_EQ(complaint([&] { write_snapshot(folder_, beginning(fresh_)); }),
            "cannot write the snapshot " + folder_.string() + ": Is a directory");
  write_snapshot(file_, beginning(fresh_));
  std::filesystem::resize_file(file_, 99);
  EXPECT_THAT(complaint([&] { read_snapshot(file_, fresh_); }),
              AllOf(HasSubstr(file_.string()), HasSubstr("truncated after 99 bytes")));
}

TEST_F(SnapshotFileTest, AWriteThatFailsLeavesTheEarlierFile) {
  SequentialEngine<Phold> engine(fresh_, Duration{1});
  write_snapshot(file_, engine.state());
  const Bytes earlier = to_bytes(engine.state());
  engine.run(Time{40});
  // A file of a thousand bytes at most, as on a disk that is full.
  const auto signal_before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string words = complaint([&] { write_snapshot(file_, engine.state()); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, signal_before);
  EXPECT_EQ(words, "cannot write the snapshot " + file_.string() + ".part: File too large");
  EXPECT_TRUE(to_bytes(read_snapshot(file_, fresh_)) == earlier);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "run.snapshot.part"));
}

}  // namespace
}  // namespace pdes
