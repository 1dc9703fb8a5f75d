#include "pdes/pending_event_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace pdes {
namespace {

EventKey key(std::int64_t at, std::int32_t priority, std::uint32_t source, std::uint64_t sequence) {
  return {Time{at}, priority, LpId{source}, sequence};
}

TEST(EventKey, OrdersByTimeThenPriorityThenSenderThenSequence) {
  const std::vector<EventKey> in_order{key(1, 9, 9, 9), key(2, -1, 9, 9), key(2, 0, 0, 9),
                                       key(2, 0, 1, 0), key(2, 0, 1, 1),  key(2, 1, 0, 0)};
  for (std::size_t i = 0; i < in_order.size(); ++i)
    for (std::size_t j = 0; j < in_order.size(); ++j)
      EXPECT_EQ(in_order[i] < in_order[j], i < j) << i << ' ' << j;
}

TEST(PendingEventSet, IsEmptyUntilTheEndOfTimeAtFirst) {
  const PendingEventSet<int> pending;
  EXPECT_TRUE(pending.empty());
  EXPECT_EQ(pending.size(), 0u);
  EXPECT_EQ(pending.next_time(), end_of_time);
}

TEST(PendingEventSet, GivesBackTheWholeEvent) {
  PendingEventSet<int> pending;
  pending.push({key(5, 4, 3, 2), LpId{1}, 17});
  EXPECT_EQ(pending.next_time(), Time{5});
  const Event<int> event = pending.pop();
  EXPECT_EQ(event.key, key(5, 4, 3, 2));
  EXPECT_EQ(event.target, LpId{1});
  EXPECT_EQ(event.payload, 17);
  EXPECT_TRUE(pending.empty());
}

// Few times, priorities and senders, so that most events are tied on each of them.
TEST(PendingEventSet, LeavesInKeyOrderLikeASortedMapAfterAnyPushesAndPops) {
  std::mt19937_64 bits(3);
  const auto below = [&bits](std::uint64_t n) { return bits() % n; };
  PendingEventSet<std::uint64_t> pending;
  std::map<EventKey, std::uint64_t> sorted;
  std::uint64_t sequence = 0;
  for (int step = 0; step < 200'000; ++step) {
    const bool growing = step / 20'000 % 2 == 0;
    if (sorted.empty() || below(10) < (growing ? 6u : 4u)) {
      const EventKey next{Time{static_cast<std::int64_t>(below(50))},
                          static_cast<std::int32_t>(below(3)) - 1,
                          LpId{static_cast<std::uint32_t>(below(4))}, sequence++};
      const std::uint64_t payload = bits();
      pending.push({next, LpId{0}, payload});
      sorted.emplace(next, payload);
    } else {
      ASSERT_EQ(pending.next_time(), sorted.begin()->first.at);
      const Event<std::uint64_t> event = pending.pop();
      ASSERT_EQ(event.key, sorted.begin()->first);
      ASSERT_EQ(event.payload, sorted.begin()->second);
      sorted.erase(sorted.begin());
    }
    ASSERT_EQ(pending.size(), sorted.size());
  }
  while (!pending.empty()) {
    ASSERT_EQ(pending.pop().key, sorted.begin()->first);
    sorted.erase(sorted.begin());
  }
  EXPECT_TRUE(sorted.empty());
}

TEST(PendingEventSet, DoesNotCareInWhichOrderEventsCameIn) {
  std::vector<Event<int>> events;
  events.reserve(100);
  for (int i = 0; i < 100; ++i)
    events.push_back(
        {key(i % 7, i % 3, static_cast<std::uint32_t>(i % 2), static_cast<std::uint64_t>(i)),
         LpId{0}, i});
  std::vector<int> first_order;
  std::mt19937_64 bits(5);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = events.size() - 1; i > 0; --i)
      std::swap(events[i], events[bits() % (i + 1)]);
    PendingEventSet<int> pending;
    pending.reserve(events.size());
    for (const Event<int>& event : events) pending.push(event);
    std::vector<int> order;
    while (!pending.empty()) order.push_back(pending.pop().payload);
    if (round == 0) first_order = order;
    ASSERT_EQ(order, first_order);
  }
}

}  // namespace
}  // namespace pdes
