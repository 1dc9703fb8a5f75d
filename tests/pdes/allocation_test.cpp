/// Counts what the program allocates, which is why this test has an executable of its own.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <random>

#include "pdes/pending_event_set.hpp"
#include "pdes/resource.hpp"

namespace {
std::size_t allocations = 0;
}

// Not inlined: GCC would look for a `new` that goes with `free`.
void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace pdes {
namespace {

/// Allocations in a hundred thousand holds (take the earliest event, put one back), after as many
/// that are not counted. Nine delays out of ten are short, one a thousand times longer.
template <class Set>
std::size_t allocations_in_steady_state(Set pending) {
  std::mt19937_64 bits(13);
  std::uint64_t sequence = 0;
  const auto push = [&](Time now) {
    const std::uint64_t most = bits() % 10 < 9 ? 1'000 : 1'000'000;
    const Duration delay{static_cast<std::int64_t>(bits() % most)};
    pending.push(make_event({now + delay, 0, LpId{0}, sequence++}, LpId{0}, 0));
  };
  for (int i = 0; i < 5'000; ++i) push(Time{});
  for (int i = 0; i < 400'000; ++i) push(pending.pop().at);
  const std::size_t before = allocations;
  for (int i = 0; i < 100'000; ++i) push(pending.pop().at);
  return allocations - before;
}

TEST(PendingEventSet, AllocatesNothingPerEventInSteadyState) {
  EXPECT_EQ(allocations_in_steady_state(HeapEventSet<int>()), 0u);
  // A record number of events on one day, or of late ones, may still make a vector grow.
  EXPECT_LE(allocations_in_steady_state(CalendarEventSet<int>()), 3u);
  EXPECT_LE(allocations_in_steady_state(CalendarEventSet<int>(CalendarShape{Duration{256}, 4096})),
            3u);
}

TEST(PendingEventSet, IsCountedByATestThatSeesAllocations) {
  const std::size_t before = allocations;
  CalendarEventSet<int> pending;
  pending.push(make_event({Time{1}, 0, LpId{0}, 0}, LpId{0}, 0));
  EXPECT_GT(allocations, before);
}

/// Three servers and two priorities: those with the urgent one are called in rounds or give up, and
/// one customer with the other waits for ever behind them.
TEST(ServerPool, AllocatesNothingPerCustomerInSteadyState) {
  constexpr std::int32_t urgent = 1, patient = 2;
  std::mt19937_64 bits(14);
  ServerPool<int> pool(3);
  std::int64_t now = 0;
  const auto step = [&] {
    const Ticket ticket = pool.request(0, Time{++now}, urgent).ticket;
    if (bits() % 4 == 0) pool.abandon(ticket, Time{now});
    if (pool.waiting() < 200) return;
    const std::size_t left = 1 + bits() % 50;  // at 1, nobody is left who is urgent
    while (pool.waiting() > left) pool.release(Time{now});
  };
  for (int i = 0; i < 4; ++i) pool.request(0, Time{}, patient);
  for (int i = 0; i < 400'000; ++i) step();
  const std::size_t before = allocations;
  for (int i = 0; i < 100'000; ++i) step();
  EXPECT_EQ(allocations - before, 0u);
  EXPECT_GT(pool.completed(), 200'000u);
  EXPECT_GT(pool.abandoned(), 100'000u);
}

// Somebody at the head of the line who is never called: the gaps behind them are closed.
TEST(ServerPool, NeedsMemoryForThoseWhoWaitOnlyHoweverManyGaveUp) {
  ServerPool<int> pool(1);
  pool.request(0, Time{});
  pool.request(0, Time{});
  const std::size_t before = allocations;
  for (int i = 0; i < 100'000; ++i) pool.abandon(pool.request(0, Time{i}).ticket, Time{i});
  EXPECT_LE(allocations - before, 3u);
}

}  // namespace
}  // namespace pdes
