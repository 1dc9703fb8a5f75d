/// Counts what the program allocates, which is why this test has an executable of its own.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <random>

#include "pdes/pending_event_set.hpp"

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

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

}  // namespace
}  // namespace pdes
