#include "pdes/pending_event_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "pdes/sequential_engine.hpp"
#include "phold.hpp"
#include "station.hpp"

namespace pdes {
namespace {

/// The sets under test, and how one is made.
struct Heap {
  template <class Payload>
  using Set = HeapEventSet<Payload>;
  template <class Payload>
  static Set<Payload> make() {
    return {};
  }
};
struct AdaptingCalendar {
  template <class Payload>
  using Set = CalendarEventSet<Payload>;
  template <class Payload>
  static Set<Payload> make() {
    return {};
  }
};
template <std::int64_t day, std::size_t days>
struct Calendar {
  template <class Payload>
  using Set = CalendarEventSet<Payload>;
  template <class Payload>
  static Set<Payload> make() {
    return CalendarEventSet<Payload>(CalendarShape{Duration{day}, days});
  }
};

template <class Kind>
class PendingEventSetTest : public testing::Test {};
/// Days of one tick, of some, longer than any test; rings that turn often and seldom.
using Kinds = testing::Types<Heap, AdaptingCalendar, Calendar<1, 64>, Calendar<16, 64>,
                             Calendar<1000, 4096>, Calendar<std::int64_t{1} << 40, 64>>;
TYPED_TEST_SUITE(PendingEventSetTest, Kinds);

EventKey key(std::int64_t at, std::int16_t priority, std::uint32_t source, std::uint64_t sequence) {
  return {Time{at}, priority, LpId{source}, sequence};
}

TEST(EventKey, OrdersByTimeThenPriorityThenSenderThenSequence) {
  const std::vector<EventKey> in_order{key(1, 9, 9, 9), key(2, -1, 9, 9), key(2, 0, 0, 9),
                                       key(2, 0, 1, 0), key(2, 0, 1, 1),  key(2, 1, 0, 0)};
  for (std::size_t i = 0; i < in_order.size(); ++i)
    for (std::size_t j = 0; j < in_order.size(); ++j)
      EXPECT_EQ(in_order[i] < in_order[j], i < j) << i << ' ' << j;
}

TYPED_TEST(PendingEventSetTest, IsEmptyUntilTheEndOfTimeAtFirst) {
  auto pending = TypeParam::template make<int>();
  EXPECT_TRUE(pending.empty());
  EXPECT_EQ(pending.size(), 0u);
  EXPECT_EQ(pending.next_time(), end_of_time);
}

TYPED_TEST(PendingEventSetTest, GivesBackTheWholeEvent) {
  auto pending = TypeParam::template make<int>();
  pending.push(make_event(key(5, 4, 3, 2), LpId{1}, 17));
  EXPECT_EQ(pending.next_time(), Time{5});
  const Event<int> event = pending.pop();
  EXPECT_EQ(event.key(), key(5, 4, 3, 2));
  EXPECT_EQ(event.target, LpId{1});
  EXPECT_EQ(event.payload, 17);
  EXPECT_TRUE(pending.empty());
}

// Few times, priorities and senders, so that most events are tied on each of them.
TYPED_TEST(PendingEventSetTest, LeavesInKeyOrderLikeASortedMapAfterAnyPushesAndPops) {
  std::mt19937_64 bits(3);
  const auto below = [&bits](std::uint64_t n) { return bits() % n; };
  auto pending = TypeParam::template make<std::uint64_t>();
  std::map<EventKey, std::uint64_t> sorted;
  std::uint64_t sequence = 0;
  for (int step = 0; step < 200'000; ++step) {
    const bool growing = step / 20'000 % 2 == 0;
    if (sorted.empty() || below(10) < (growing ? 6u : 4u)) {
      const EventKey next{Time{static_cast<std::int64_t>(below(50))},
                          static_cast<std::int16_t>(static_cast<int>(below(3)) - 1),
                          LpId{static_cast<std::uint32_t>(below(4))}, sequence++};
      const std::uint64_t payload = bits();
      pending.push(make_event(next, LpId{0}, payload));
      sorted.emplace(next, payload);
    } else {
      ASSERT_EQ(pending.next_time(), sorted.begin()->first.at);
      const Event<std::uint64_t> event = pending.pop();
      ASSERT_EQ(event.key(), sorted.begin()->first);
      ASSERT_EQ(event.payload, sorted.begin()->second);
      sorted.erase(sorted.begin());
    }
    ASSERT_EQ(pending.size(), sorted.size());
  }
  while (!pending.empty()) {
    ASSERT_EQ(pending.pop().key(), sorted.begin()->first);
    sorted.erase(sorted.begin());
  }
  EXPECT_TRUE(sorted.empty());
}

TYPED_TEST(PendingEventSetTest, DoesNotCareInWhichOrderEventsCameIn) {
  std::vector<Event<int>> events;
  events.reserve(100);
  for (int i = 0; i < 100; ++i)
    events.push_back(
        make_event(key(i % 7, static_cast<std::int16_t>(i % 3), static_cast<std::uint32_t>(i % 2),
                       static_cast<std::uint64_t>(i)),
                   LpId{0}, i));
  std::vector<int> first_order;
  std::mt19937_64 bits(5);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = events.size() - 1; i > 0; --i)
      std::swap(events[i], events[bits() % (i + 1)]);
    auto pending = TypeParam::template make<int>();
    pending.reserve(events.size());
    for (const Event<int>& event : events) pending.push(event);
    std::vector<int> order;
    while (!pending.empty()) order.push_back(pending.pop().payload);
    if (round == 0) first_order = order;
    ASSERT_EQ(order, first_order);
  }
}

/// A set and a sorted map side by side, in a simulation: nothing is pushed before the last pop.
template <class Kind>
class SideBySide {
 public:
  void push(std::int64_t delay) {
    const EventKey next{now_ + Duration{delay},
                        static_cast<std::int16_t>(static_cast<int>(bits_() % 3) - 1),
                        LpId{static_cast<std::uint32_t>(bits_() % 4)}, sequence_};
    pending_.push(make_event(next, LpId{0}, sequence_));
    sorted_.emplace(next, sequence_);
    ++sequence_;
  }
  void pop() {
    ASSERT_EQ(pending_.next_time(), sorted_.begin()->first.at);
    const Event<std::uint64_t> event = pending_.pop();
    ASSERT_EQ(event.key(), sorted_.begin()->first);
    ASSERT_EQ(event.payload, sorted_.begin()->second);
    now_ = event.at;
    sorted_.erase(sorted_.begin());
    ASSERT_EQ(pending_.size(), sorted_.size());
  }
  void pop_all() {
    while (!sorted_.empty()) ASSERT_NO_FATAL_FAILURE(pop());
    EXPECT_TRUE(pending_.empty());
    EXPECT_EQ(pending_.next_time(), end_of_time);
  }
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(bits_() % static_cast<std::uint64_t>(n));
  }

 private:
  std::mt19937_64 bits_{7};
  typename Kind::template Set<std::uint64_t> pending_ = Kind::template make<std::uint64_t>();
  std::map<EventKey, std::uint64_t> sorted_;
  std::uint64_t sequence_ = 0;
  Time now_;
};

// Three scales of delay; from time to time nothing remains, so that the next event is far away.
TYPED_TEST(PendingEventSetTest, FollowsASortedMapThroughASimulationOfNearAndFarEvents) {
  SideBySide<TypeParam> both;
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 200; ++i) both.push(both.below(100));
    for (int step = 0; step < 5'000; ++step) {
      ASSERT_NO_FATAL_FAILURE(both.pop());
      const std::int64_t scale = both.below(10);
      both.push(both.below(scale < 6 ? 30 : scale < 9 ? 5'000 : 3'000'000));
    }
    if (round % 5 < 4) continue;
    ASSERT_NO_FATAL_FAILURE(both.pop_all());
  }
}

TYPED_TEST(PendingEventSetTest, KeepsTheOrderOfManyEventsAtOneTimeAndOfThoseThatJoinThem) {
  SideBySide<TypeParam> both;
  for (int i = 0; i < 10'000; ++i) both.push(12'345);
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_NO_FATAL_FAILURE(both.pop());
    both.push(0);
  }
  ASSERT_NO_FATAL_FAILURE(both.pop_all());
}

TYPED_TEST(PendingEventSetTest, TakesEventsBeforeOneThatItHasAlreadyLookedAt) {
  auto pending = TypeParam::template make<int>();
  pending.push(make_event(key(5'000'000, 0, 0, 0), LpId{0}, 3));
  EXPECT_EQ(pending.next_time(), Time{5'000'000});
  pending.push(make_event(key(4'000'000, 0, 0, 1), LpId{0}, 2));
  EXPECT_EQ(pending.next_time(), Time{4'000'000});
  pending.push(make_event(key(7, 0, 0, 2), LpId{0}, 1));
  pending.push(make_event(key(5'000'001, 0, 0, 3), LpId{0}, 4));
  for (int expected = 1; expected <= 4; ++expected) EXPECT_EQ(pending.pop().payload, expected);
}

// Would last for ever if empty days were passed one by one.
TYPED_TEST(PendingEventSetTest, JumpsAcrossAnyGapUpToTheEndOfTime) {
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max() - 1;
  auto pending = TypeParam::template make<int>();
  const std::vector<std::int64_t> times{0, 1, 1'000'000'000'000, last / 2, last - 1, last};
  for (std::size_t i = times.size(); i-- > 0;) {
    pending.push(make_event(key(times[i], 0, 0, i), LpId{0}, static_cast<int>(i)));
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    ASSERT_EQ(pending.next_time(), Time{times[i]});
    std::size_t shown = 0;
    pending.for_each([&](const Event<int>&) { ++shown; });
    ASSERT_EQ(shown, times.size() - i);
    ASSERT_EQ(pending.pop().payload, static_cast<int>(i));
  }
  EXPECT_TRUE(pending.empty());
}

TEST(CalendarEventSet, RoundsTheShapeThatItIsGivenToPowersOfTwo) {
  const CalendarEventSet<int> calendar(CalendarShape{Duration{1440}, 365});
  EXPECT_EQ(calendar.shape().day, Duration{1024});
  EXPECT_EQ(calendar.shape().days, 512u);
}

// The hold model with uniform delays. A mean delay of 2^20 ticks and 2^12 events: one in 2^8 ticks.
TEST(CalendarEventSet, AdaptsItsDaysSoThatSortingOneIsWorthIt) {
  std::mt19937_64 bits(11);
  CalendarEventSet<int> calendar;
  std::uint64_t sequence = 0;
  const auto push = [&](Time now) {
    const Duration delay{static_cast<std::int64_t>(bits() % (1 << 21))};
    calendar.push(make_event({now + delay, 0, LpId{0}, sequence++}, LpId{0}, 0));
  };
  for (int i = 0; i < 1 << 12; ++i) push(Time{});
  for (int i = 0; i < 1 << 16; ++i) push(calendar.pop().at);
  const CalendarShape shape = calendar.shape();
  EXPECT_GE(shape.day, Duration{16 << 8});
  EXPECT_LE(shape.day, Duration{256 << 8});
  EXPECT_GE(static_cast<std::int64_t>(shape.days) * shape.day, Duration{1 << 21});
}

// Half of all time passes in a thousand events, while a hundred times as many join.
TEST(CalendarEventSet, ItsDaysAreNeverLongerThanTimeItself) {
  CalendarEventSet<int> calendar;
  std::uint64_t sequence = 0;
  const auto push = [&](std::int64_t at) {
    calendar.push(make_event({Time{at}, 0, LpId{0}, sequence++}, LpId{0}, 0));
  };
  constexpr std::int64_t last = end_of_time.ticks - 200'000;
  for (std::int64_t i = 0; i < 1'024; ++i) push(i < 1'023 ? i : last);
  for (std::int64_t i = 0; i < 1'023; ++i) calendar.pop();
  for (std::int64_t i = 1; i <= 150'000; ++i) push(last + i);
  for (std::int64_t i = 0; i <= 150'000; ++i) {
    ASSERT_EQ(calendar.pop().at, Time{last + i});
    ASSERT_GT(calendar.shape().day, Duration{0});
  }
}

template <class Kind, class P>
SequentialEngine<P, Kind::template Set> engine_of(std::vector<P> processes, Duration lookahead) {
  return SequentialEngine<P, Kind::template Set>(std::move(processes), lookahead,
                                                 Kind::template make<typename P::Payload>());
}

TYPED_TEST(PendingEventSetTest, LeavesTheStatesOfPholdThatTheHeapLeaves) {
  const Duration lookahead{3};
  const auto processes = test::phold_processes(32, 20, lookahead);
  SequentialEngine<test::Phold> reference(processes, lookahead);
  auto engine = engine_of<TypeParam>(processes, lookahead);
  for (const std::int64_t until : {0, 100, 101, 500}) {
    reference.run(Time{until});
    engine.run(Time{until});
    ASSERT_EQ(engine.events_executed(), reference.events_executed());
    ASSERT_EQ(test::hashes(engine.processes()), test::hashes(reference.processes()));
  }
  EXPECT_GT(engine.events_executed(), 50'000u);
}

// Three stations in a closed ring; service at the second is three thousand times longer.
TYPED_TEST(PendingEventSetTest, LeavesTheNetworkOfStationsThatTheHeapLeaves) {
  const Duration travel{50'000};
  std::vector<test::Station> stations;
  for (std::uint32_t i = 0; i < 3; ++i) {
    test::StationPlan plan;
    plan.servers = 2;
    plan.service = i == 1 ? 3e6 : 1e3;
    plan.jobs_at_start = 7;
    plan.next = LpId{(i + 1) % 3};
    plan.travel = travel;
    stations.emplace_back(plan);
  }
  SequentialEngine<test::Station> reference(stations, travel);
  auto engine = engine_of<TypeParam>(stations, travel);
  const Time until{20'000'000'000};
  reference.run(until);
  engine.run(until);
  EXPECT_EQ(engine.events_executed(), reference.events_executed());
  for (std::size_t i = 0; i < stations.size(); ++i) {
    EXPECT_GT(engine.processes()[i].departures(), 1'000);
    EXPECT_EQ(engine.processes()[i].departures(), reference.processes()[i].departures());
    EXPECT_EQ(engine.processes()[i].mean_wait(), reference.processes()[i].mean_wait());
  }
}

}  // namespace
}  // namespace pdes
