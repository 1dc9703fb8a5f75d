/// Pending events in a calendar of days: the fast way.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/heap_event_set.hpp"

namespace pdes {

/// How a calendar divides time.
struct CalendarShape {
  Duration day{1};  ///< length of a day; rounded down to a power of two, at least one tick
  std::size_t days =
      64;  ///< how far the calendar reaches; rounded up to a power of two, at least 64
};

/// A calendar of days, each with its events. `push` notes an event on its day, in no order; a day
/// is sorted once, when it is reached; `pop` takes the events of that day one after another. Both
/// take constant time as long as a day has a handful of events and most events lie within the
/// calendar.
///
///   today  sorted, the earliest at the end
///   late   noted for today, or before it, after it was sorted: a heap, merged with today by `pop`
///   ring   the days after today, each a list; the day d has the place d modulo the number of days
///   far    what lies beyond the ring: a heap, noted in the ring as it turns
///
/// Events of today and of the ring lie in slots, and a slot that has become free is the next to be
/// filled: no allocation per event once there are enough, and little memory that moves through the
/// caches. A calendar without a given shape adapts: it looks now and then at how many events a tick
/// brings, and moves to other days when its own are far too long or too short. Requires keys that
/// all differ, and fewer than 2^32 events.
template <class Payload>
class CalendarEventSet {
 public:
  /// Chooses the shape, and changes it, by what comes.
  CalendarEventSet() { take_shape(0, least_days); }

  /// Keeps the given shape.
  explicit CalendarEventSet(const CalendarShape& shape) : adapts_(false) {
    assert(shape.day > Duration{});
    take_shape(static_cast<int>(std::bit_width(static_cast<std::uint64_t>(shape.day.ticks))) - 1,
               std::bit_ceil(std::max(shape.days, least_days)));
  }

  void push(Event<Payload> event) {
    const std::int64_t day = day_of(event.key.at);
    if (day <= today_) {
      late_.push(std::move(event));
    } else if (in_ring(day)) {
      note(day, std::move(event));
    } else {
      far_.push(std::move(event));
    }
  }

  /// Takes the earliest event. Requires a set that is not empty.
  Event<Payload> pop() {
    assert(!empty());
    reach_next_event();
    if (adapts_ && ++popped_ >= next_look_) look_at_shape();
    if (sorted_.empty()) return late_.pop();
    const Slot slot = sorted_.back().slot;
    Event<Payload>& earliest = slots_[slot].event;
    if (!late_.empty() && earlier(late_.next_key(), earliest.key)) return late_.pop();
    sorted_.pop_back();
    slots_[slot].next = free_;
    free_ = slot;
    return std::move(earliest);
  }

  /// When the earliest event happens; `end_of_time` if nothing is pending. Sorts the day of that
  /// event, hence not `const`.
  Time next_time() {
    reach_next_event();
    return std::min(late_.next_time(), sorted_.empty() ? end_of_time : sorted_.back().at);
  }

  bool empty() const { return size() == 0; }
  std::size_t size() const { return sorted_.size() + late_.size() + in_ring_ + far_.size(); }
  void reserve(std::size_t events) { slots_.reserve(events); }

  /// The shape at this moment.
  CalendarShape shape() const { return {{std::int64_t{1} << day_bits_}, ring_.size()}; }

 private:
  using Slot = std::uint32_t;  ///< its place in `slots_`
  static constexpr Slot none = ~Slot{0};

  struct Noted {
    Event<Payload> event;
    Slot next;  ///< on the same day, or among the free ones
  };
  /// Stands for an event of today: small, so that sorting is cheap.
  struct Sorted {
    Time at;
    Slot slot;
  };

  static constexpr std::size_t least_days = 64;
  static constexpr std::size_t most_days = std::size_t{1} << 24;
  static constexpr std::size_t good_day = 8;         ///< events on a day of a good length
  static constexpr std::size_t reach = 8;            ///< in means of what lies ahead of an event
  static constexpr std::size_t least_sample = 1024;  ///< events between two looks at the shape

  std::int64_t day_of(Time at) const { return at.ticks >> day_bits_; }  // rounded down
  std::size_t place_of(std::int64_t day) const {
    return static_cast<std::size_t>(day) & (ring_.size() - 1);
  }
  /// Requires a day after today. The difference of unsigned numbers is right for all 64-bit times.
  bool in_ring(std::int64_t day) const {
    return static_cast<std::uint64_t>(day) - static_cast<std::uint64_t>(today_) < ring_.size();
  }

  void note(std::int64_t day, Event<Payload>&& event) {
    const std::size_t place = place_of(day);
    Slot slot = free_;
    if (slot == none) {
      slot = static_cast<Slot>(slots_.size());
      slots_.push_back({std::move(event), ring_[place]});
    } else {
      free_ = slots_[slot].next;
      slots_[slot] = {std::move(event), ring_[place]};
    }
    ring_[place] = slot;
    has_events_[place / 64] |= std::uint64_t{1} << place % 64;
    ++in_ring_;
  }

  /// Makes sure that the earliest event is one of today's or a late one.
  void reach_next_event() {
    if (sorted_.empty() && late_.empty() && in_ring_ + far_.size() > 0) turn();
  }

  /// Goes to the next day that has events, and sorts it. Requires one, and nothing left of today.
  void turn() {
    if (in_ring_ > 0) {
      const std::size_t tomorrow = place_of(today_ + 1);
      const std::size_t ahead = (next_with_events(tomorrow) - tomorrow) & (ring_.size() - 1);
      today_ += 1 + static_cast<std::int64_t>(ahead);
    } else {
      today_ = day_of(far_.next_time());  // across any number of empty days
    }
    while (!far_.empty() && in_ring(day_of(far_.next_time()))) {
      Event<Payload> event = far_.pop();
      note(day_of(event.key.at), std::move(event));
    }
    const std::size_t place = place_of(today_);
    for (Slot slot = ring_[place]; slot != none; slot = slots_[slot].next) {
      sorted_.push_back({slots_[slot].event.key.at, slot});
    }
    ring_[place] = none;
    has_events_[place / 64] &= ~(std::uint64_t{1} << place % 64);
    in_ring_ -= sorted_.size();
    std::sort(sorted_.begin(), sorted_.end(), [this](const Sorted& a, const Sorted& b) {
      return a.at != b.at ? b.at < a.at : slots_[b.slot].event.key < slots_[a.slot].event.key;
    });
  }

  /// The first place with events at `place` or after it, around the ring. Requires one.
  std::size_t next_with_events(std::size_t place) const {
    std::size_t word = place / 64;
    std::uint64_t bits = has_events_[word] & (~std::uint64_t{0} << place % 64);
    while (bits == 0) {
      word = (word + 1) & (has_events_.size() - 1);
      bits = has_events_[word];
    }
    return 64 * word + static_cast<std::size_t>(std::countr_zero(bits));
  }

  /// Moves to other days if the last events came far too close or too far apart for these.
  void look_at_shape() {
    const Time now = next_time();
    const double ticks = static_cast<double>(now.ticks) - static_cast<double>(last_look_.ticks);
    const double good_length = std::max(1.0, ticks * good_day / static_cast<double>(popped_));
    const int good_bits = std::ilogb(good_length);
    const std::size_t good_days =
        std::clamp(std::bit_ceil(reach * size() / good_day), least_days, most_days);
    if (std::abs(good_bits - day_bits_) > 1 || good_days > 2 * ring_.size() ||
        2 * good_days < ring_.size()) {
      move_to(good_bits, good_days, now);
    }
    popped_ = 0;
    last_look_ = now;
    next_look_ = std::max(least_sample, size() / 8);
  }

  /// Notes every event anew. Requires `now`, the time of the earliest.
  void move_to(int day_bits, std::size_t days, Time now) {
    std::vector<Event<Payload>> all;
    all.reserve(size());
    for (const Sorted& sorted : sorted_) all.push_back(std::move(slots_[sorted.slot].event));
    for (Slot slot : ring_) {
      for (; slot != none; slot = slots_[slot].next) all.push_back(std::move(slots_[slot].event));
    }
    while (!late_.empty()) all.push_back(late_.pop());
    while (!far_.empty()) all.push_back(far_.pop());
    take_shape(day_bits, days);
    today_ = day_of(now) - 1;
    for (Event<Payload>& event : all) push(std::move(event));
    reach_next_event();
  }

  /// Requires powers of two. Forgets what is noted.
  void take_shape(int day_bits, std::size_t days) {
    day_bits_ = day_bits;
    ring_.assign(days, none);
    has_events_.assign(days / 64, 0);
    in_ring_ = 0;
    sorted_.clear();
    slots_.clear();
    free_ = none;
  }

  bool adapts_ = true;
  int day_bits_ = 0;         ///< a day has 2^day_bits ticks
  std::int64_t today_ = -1;  ///< counted from time zero; what is before is late
  std::vector<Sorted> sorted_;
  HeapEventSet<Payload> late_, far_;
  std::vector<Slot> ring_;                 ///< the first slot of each day
  std::vector<std::uint64_t> has_events_;  ///< one bit for each day of the ring
  std::size_t in_ring_ = 0;                ///< events
  std::vector<Noted> slots_;
  Slot free_ = none;

  std::size_t popped_ = 0;  ///< since the last look at the shape
  Time last_look_;
  std::size_t next_look_ = least_sample;
};

}  // namespace pdes
