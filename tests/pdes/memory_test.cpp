/// Counts the bytes that are allocated, which is why this test has an executable of its own.

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

#include "pdes/calendar_event_set.hpp"
#include "pdes/heap_event_set.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/stream.hpp"

namespace {

std::size_t allocated = 0;  ///< bytes, not given back yet

/// Leaves room before the block for its size, as much as the alignment asks for.
void* allocate(std::size_t bytes, std::size_t alignment) {
  const std::size_t blocks = (bytes + alignment - 1) / alignment + 1;
  void* room = std::aligned_alloc(alignment, blocks * alignment);
  if (!room) throw std::bad_alloc();
  *static_cast<std::size_t*>(room) = bytes;
  allocated += bytes;
  return static_cast<char*>(room) + alignment;
}
void give_back(void* memory, std::size_t alignment) {
  if (!memory) return;
  void* room = static_cast<char*>(memory) - alignment;
  allocated -= *static_cast<std::size_t*>(room);
  std::free(room);
}
constexpr std::size_t usual = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t bytes) { return allocate(bytes, usual); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { give_back(memory, usual); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory, usual); }
void operator delete(void* memory, std::align_val_t alignment) noexcept {
  give_back(memory, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory, std::size_t, std::align_val_t alignment) noexcept {
  give_back(memory, static_cast<std::size_t>(alignment));
}

namespace pdes {
namespace {

struct Empty {};
static_assert(sizeof(Event<std::uint64_t>) == 32);
static_assert(sizeof(Event<Empty>) == 24);

constexpr std::size_t million = 1'000'000;

struct BytesPerEvent {
  double counted, stated;
};

/// In the hold model with a million pending, after two million holds.
template <class Set>
BytesPerEvent bytes_per_event(std::size_t reserved) {
  const std::size_t before = allocated;
  Set pending;
  pending.reserve(reserved);
  std::uint32_t drawn = 0;
  const auto push = [&](Time now) {
    Stream stream({.seed = 3, .entity = drawn});
    const Duration delay{std::llround(1e9 * unit_exponential(stream))};
    pending.push(make_event<std::uint64_t>({now + delay, 0, LpId{}, drawn++}, LpId{}, 0));
  };
  for (std::size_t i = 0; i < million; ++i) push(Time{});
  for (std::size_t i = 0; i < 2 * million; ++i) push(pending.pop().at);
  const double events = static_cast<double>(pending.size());
  return {static_cast<double>(allocated - before) / events,
          static_cast<double>(pending.memory()) / events};
}

TEST(Memory, OfAPendingEventInAHeapIsTheEvent) {
  const BytesPerEvent bytes = bytes_per_event<HeapEventSet<std::uint64_t>>(million);
  EXPECT_EQ(bytes.counted, 32);
  EXPECT_EQ(bytes.stated, 32);
}

// 28 of them in full blocks; the rest are blocks that are not full, and the day that is sorted.
TEST(Memory, OfAPendingEventInACalendarIsLessThanTheEvent) {
  const BytesPerEvent bytes = bytes_per_event<CalendarEventSet<std::uint64_t>>(0);
  EXPECT_GT(bytes.counted, 28);
  EXPECT_LE(bytes.counted, 31);
  EXPECT_LE(bytes.stated, bytes.counted);
}

/// Does nothing, in 24 bytes.
struct Idle {
  using Payload = std::uint64_t;
  void start(Context<Payload>&) {}
  void handle(Payload, Context<Payload>&) {}
  std::uint64_t state[3] = {};
};

/// Bytes allocated for a million idle processes in an engine that has run.
template <class Make>
std::size_t bytes_of_idle(const Make& make) {
  const std::size_t before = allocated;
  auto engine = make(std::vector<Idle>(million));
  engine.run(Time{1'000});
  EXPECT_EQ(engine.processes().size(), million);
  return allocated - before;
}

TEST(Memory, OfAnIdleProcessIsItsStateAndAWord) {
  const std::size_t least = million * (sizeof(Idle) + 8);
  const std::size_t in_heap =
      bytes_of_idle([](std::vector<Idle> idle) { return SequentialEngine<Idle>(std::move(idle)); });
  EXPECT_EQ(in_heap, least);
  const std::size_t in_calendar = bytes_of_idle([](std::vector<Idle> idle) {
    return SequentialEngine<Idle, CalendarEventSet>(std::move(idle));
  });
  EXPECT_GE(in_calendar, least);
  EXPECT_LE(in_calendar, least + 4'096);
  for (const unsigned threads : {1U, 2U}) {
    const std::size_t in_parallel = bytes_of_idle([&](std::vector<Idle> idle) {
      return ParallelEngine<Idle>(std::move(idle), Duration{1}, {threads});
    });
    EXPECT_GE(in_parallel, least);
    EXPECT_LE(in_parallel, least + 64'000) << threads;  // some kilobytes a group
  }
}

}  // namespace
}  // namespace pdes
