#include "pdes/resource.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pdes/sequential_engine.hpp"
#include "pdes/stream.hpp"

namespace pdes {
namespace {

using Pool = ServerPool<int>;

TEST(ServerPool, TheFirstCustomersStartAndTheNextOnesWait) {
  Pool pool(2);
  EXPECT_EQ(pool.request(1, Time{0}).admission, Admission::started);
  EXPECT_EQ(pool.request(2, Time{0}).admission, Admission::started);
  EXPECT_EQ(pool.request(3, Time{1}).admission, Admission::queued);
  EXPECT_EQ(pool.in_service(), 2);
  EXPECT_EQ(pool.waiting(), 1u);
}

TEST(ServerPool, WhoComesFirstIsServedFirst) {
  Pool pool(1);
  for (int customer = 0; customer < 5; ++customer) pool.request(customer, Time{customer});
  for (int customer = 1; customer < 5; ++customer) {
    const auto next = pool.release(Time{10});
    ASSERT_TRUE(next);
    EXPECT_EQ(next->customer, customer);
    EXPECT_EQ(next->waited, Duration{10 - customer});
  }
  EXPECT_FALSE(pool.release(Time{11}));
  EXPECT_EQ(pool.in_service(), 0);
}

TEST(ServerPool, TheLowestPriorityNumberIsServedFirstAndEqualOnesInOrder) {
  Pool pool(1);
  pool.request(0, Time{0}, 9);  // starts: a service that has begun is not interrupted
  pool.request(1, Time{0}, 2);
  pool.request(2, Time{0}, 1);
  pool.request(3, Time{0}, 2);
  pool.request(4, Time{0}, -1);
  pool.request(5, Time{0}, 1);
  std::vector<int> served;
  while (const auto next = pool.release(Time{1})) served.push_back(next->customer);
  EXPECT_EQ(served, (std::vector<int>{4, 2, 5, 1, 3}));
}

TEST(ServerPool, WhoFindsTheQueueFullIsRefusedAndLeavesNoTrace) {
  Pool pool(1, 1);
  pool.request(1, Time{0});
  EXPECT_EQ(pool.request(2, Time{0}).admission, Admission::queued);
  EXPECT_EQ(pool.request(3, Time{0}, -5).admission, Admission::refused);
  EXPECT_EQ(pool.refused(), 1u);
  EXPECT_EQ(pool.release(Time{1})->customer, 2);
  EXPECT_FALSE(pool.release(Time{2}));
}

TEST(ServerPool, WithoutPlacesNobodyWaits) {
  Pool pool(1, 0);
  EXPECT_EQ(pool.request(1, Time{0}).admission, Admission::started);
  EXPECT_EQ(pool.request(2, Time{0}).admission, Admission::refused);
}

TEST(ServerPool, WhoGivesUpIsNotServedAndTheOthersKeepTheirOrder) {
  Pool pool(1);
  pool.request(0, Time{0});
  pool.request(1, Time{0});
  const Ticket second = pool.request(2, Time{0}).ticket;
  pool.request(3, Time{0});
  EXPECT_EQ(pool.abandon(second, Time{5}), std::optional(2));
  EXPECT_EQ(pool.release(Time{6})->customer, 1);
  EXPECT_EQ(pool.release(Time{7})->customer, 3);
  EXPECT_FALSE(pool.release(Time{8}));
  EXPECT_EQ(pool.abandoned(), 1u);
}

TEST(ServerPool, ThePatienceOfSomebodyWhoWasCalledOrHasLeftChangesNothing) {
  Pool pool(1);
  const Ticket first = pool.request(0, Time{0}).ticket;
  const Ticket second = pool.request(1, Time{0}).ticket;
  const Ticket third = pool.request(2, Time{0}).ticket;
  EXPECT_FALSE(pool.abandon(first, Time{1}));  // in service from the start
  pool.release(Time{2});
  EXPECT_FALSE(pool.abandon(second, Time{3}));  // called at 2
  EXPECT_TRUE(pool.abandon(third, Time{3}));
  EXPECT_FALSE(pool.abandon(third, Time{4}));  // gave up at 3
  EXPECT_EQ(pool.in_service(), 1);
  EXPECT_EQ(pool.abandoned(), 1u);
}

TEST(ServerPool, LevelsAndWaitsAreThoseCountedByHand) {
  Pool pool(1);
  pool.request(0, Time{10});
  pool.request(1, Time{12});
  const Ticket impatient = pool.request(2, Time{13}).ticket;
  pool.abandon(impatient, Time{18});
  pool.release(Time{20});
  pool.release(Time{30});
  pool.request(3, Time{40});
  EXPECT_EQ(pool.queue_length().integral(Time{50}).sum, 8 + 5);
  EXPECT_EQ(pool.queue_length().max(), 2);
  EXPECT_EQ(pool.total_wait(Time{50}), Duration{8 + 5});
  EXPECT_EQ(pool.busy_servers().integral(Time{50}).sum, 20 + 10);
  EXPECT_DOUBLE_EQ(pool.busy_servers().integral(Time{50}).average(), 0.6);
}

TEST(ServerPool, ManyPrioritiesOneAfterAnotherAreServedInTheirOrder) {
  Pool pool(1);
  pool.request(-1, Time{0});
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) pool.request(i, Time{round}, (37 * i + round) % 100);
    for (int priority = 0; priority < 100; ++priority) {
      const auto next = pool.release(Time{round + 1});
      ASSERT_TRUE(next);
      EXPECT_EQ(next->ticket.priority, priority);
      EXPECT_EQ((37 * next->customer + round) % 100, priority);
    }
    EXPECT_EQ(pool.waiting(), 0u);
  }
}

TEST(ServerPool, ALongQueueFromWhichManyGiveUpKeepsItsOrder) {
  Pool pool(1);
  pool.request(-1, Time{0});
  std::vector<Ticket> tickets;
  for (int i = 0; i < 10'000; ++i) {
    tickets.push_back(pool.request(i, Time{i}).ticket);
    // Whoever does not stand at a multiple of ten gives up, the last comers first or last.
    if (i % 100 == 99) {
      for (int k = 0; k < 100; ++k) {
        const int who = i / 100 % 2 == 0 ? i - k : i - 99 + k;
        if (who % 10 == 0) continue;
        EXPECT_EQ(pool.abandon(tickets[static_cast<std::size_t>(who)], Time{i}),
                  std::optional(who));
      }
    }
  }
  EXPECT_EQ(pool.waiting(), 1'000u);
  for (int i = 0; i < 10'000; i += 10) {
    const auto next = pool.release(Time{20'000});
    ASSERT_TRUE(next);
    EXPECT_EQ(next->customer, i);
    EXPECT_EQ(next->waited, Duration{20'000 - i});
  }
  EXPECT_FALSE(pool.release(Time{20'000}));
}

TEST(ServerPool, ACustomerIsAnyValue) {
  ServerPool<std::string> pool(1);
  pool.request("somebody with a long name, in service", Time{0});
  pool.request("somebody with a long name, who waits", Time{0});
  EXPECT_EQ(pool.release(Time{1})->customer, "somebody with a long name, who waits");
}

/// What the pool ought to do, in the plainest way: everybody who waits in one list, searched.
struct Reference {
  struct Waits {
    int priority, customer;
    Ticket ticket;
  };
  int servers;
  std::size_t places;
  int busy = 0;
  std::vector<Waits> queue{};

  Admission request(int customer, int priority, Ticket ticket) {
    if (busy < servers) {
      ++busy;
      return Admission::started;
    }
    if (queue.size() == places) return Admission::refused;
    queue.push_back({priority, customer, ticket});
    return Admission::queued;
  }
  std::optional<int> release() {
    if (queue.empty()) {
      --busy;
      return std::nullopt;
    }
    auto first = queue.begin();
    for (auto other = queue.begin(); other != queue.end(); ++other)
      if (other->priority < first->priority) first = other;
    const int customer = first->customer;
    queue.erase(first);
    return customer;
  }
  bool abandon(Ticket ticket) {
    const auto found = std::find_if(queue.begin(), queue.end(),
                                    [&](const Waits& waits) { return waits.ticket == ticket; });
    if (found == queue.end()) return false;
    queue.erase(found);
    return true;
  }
};

TEST(ServerPool, AnyRandomHistoryIsThatOfTheReferenceAndKeepsItsInvariants) {
  std::uint64_t served = 0, left = 0, lost = 0;
  for (std::uint64_t history = 0; history < 300; ++history) {
    Stream stream({.seed = 21, .entity = history});
    const auto below = [&stream](std::uint64_t n) { return static_cast<int>(stream.bits() % n); };
    const int servers = 1 + below(4);
    const std::uint64_t priorities = history % 2 == 0 ? 3 : 40;
    const std::size_t places = below(3) == 0 ? Pool::unlimited : static_cast<std::size_t>(below(8));
    Pool pool(servers, places);
    Reference reference{servers, places};
    std::vector<Ticket> tickets;
    std::set<int> gone, started;
    Time now{};
    std::int64_t area = 0, work = 0;
    for (int step = 0; step < 400; ++step) {
      const int elapsed = below(4);  // 0 is frequent: several things at one moment
      area += static_cast<std::int64_t>(pool.waiting()) * elapsed;
      work += static_cast<std::int64_t>(pool.in_service()) * elapsed;
      now = now + Duration{elapsed};
      const int action = below(10);
      if (action < 5) {
        const int priority = below(priorities) - 1;
        const auto answer = pool.request(step, now, priority);
        ASSERT_EQ(answer.admission, reference.request(step, priority, answer.ticket));
        if (answer.admission == Admission::started) started.insert(step);
        tickets.push_back(answer.ticket);
      } else if (action < 8 && pool.in_service() > 0) {
        const auto next = pool.release(now);
        const auto expected = reference.release();
        ASSERT_EQ(next.has_value(), expected.has_value());
        if (next) {
          ASSERT_EQ(next->customer, *expected);
          ASSERT_FALSE(gone.contains(next->customer));
          ASSERT_TRUE(started.insert(next->customer).second);  // nobody is served twice
        }
      } else if (action >= 8 && !tickets.empty()) {
        const Ticket ticket = tickets[static_cast<std::size_t>(below(tickets.size()))];
        const auto who = pool.abandon(ticket, now);
        ASSERT_EQ(who.has_value(), reference.abandon(ticket));
        if (who) {
          ASSERT_FALSE(started.contains(*who));
          gone.insert(*who);
        }
      }
      ASSERT_LE(pool.in_service(), servers);
      ASSERT_LE(pool.waiting(), places);
      ASSERT_TRUE(pool.waiting() == 0 || pool.in_service() == servers);
      ASSERT_EQ(pool.in_service(), reference.busy);
      ASSERT_EQ(pool.waiting(), reference.queue.size());
      ASSERT_EQ(pool.requested(),
                pool.started() + pool.waiting() + pool.refused() + pool.abandoned());
      ASSERT_EQ(pool.started(), pool.completed() + static_cast<std::uint64_t>(pool.in_service()));
      ASSERT_EQ(pool.started(), started.size());
      ASSERT_EQ(pool.abandoned(), gone.size());
      ASSERT_EQ(pool.queue_length().integral(now), (TimeIntegral{area, now - Time{}}));
      ASSERT_EQ(pool.total_wait(now), Duration{area});
      ASSERT_EQ(pool.busy_servers().integral(now).sum, work);
    }
    served += pool.completed();
    left += pool.abandoned();
    lost += pool.refused();
  }
  EXPECT_GT(served, 10'000u);  // the histories have seen everything
  EXPECT_GT(left, 1'000u);
  EXPECT_GT(lost, 1'000u);
}

}  // namespace
}  // namespace pdes
