/// Pending events in a calendar of days: the fast way.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/heap_event_set.hpp"

namespace pdes {

/// How a calendar divides time.
struct CalendarShape {
  Duration day{1};  ///< length of a day; rounded down to a power of two, from 1 to 2^32 ticks
  std::size_t days =
      64;  ///< how far the calendar reaches; rounded up to a power of two, at least 64
};

/// A calendar of days, each with its events. `push` notes an event on its day, in no order; a day
/// is sorted in one go when it is reached; `pop` takes the events of that day one after another.
/// Order is cheap in bulk and dear one by one, so days are long enough to have many events.
///
///   today  sorted, from `next_` on
///   late   noted for today, or before it, after it was sorted: a heap, merged with today by `pop`
///   ring   the days after today; the day d has the place d modulo the number of days
///   far    what lies beyond the ring: a heap, noted in the ring as it turns
///
/// The events of a day lie in a chain of blocks, without what all events of that day share: the
/// high half of the time. So one of 32 bytes takes 28. Only the last block of each day is written
/// to, so that the memory in use is small, and blocks are read from end to end; a block that has
/// become free is the next to be filled, so that there is no allocation per event once there are
/// enough.
///
/// A calendar without a given shape adapts: it looks now and then at how many events a tick brings,
/// and moves to other days when its own are far too long or too short. Requires keys that all
/// differ.
template <class Payload>
class CalendarEventSet {
 public:
  /// Chooses the shape, and changes it, by what comes.
  CalendarEventSet() { take_shape(0, least_days); }
  CalendarEventSet(CalendarEventSet&&) = default;
  CalendarEventSet& operator=(CalendarEventSet&&) = default;

  /// Keeps the given shape.
  explicit CalendarEventSet(const CalendarShape& shape) : adapts_(false) {
    assert(shape.day > Duration{});
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(shape.day.ticks)));
    take_shape(std::min(bits - 1, most_day_bits), std::bit_ceil(std::max(shape.days, least_days)));
  }

  void push(const Event<Payload>& event) {
    const std::int64_t day = day_of(event.at);
    if (day <= today_) {
      late_.push(event);
    } else if (in_ring(day)) {
      note(day, event);
    } else {
      far_.push(event);
    }
  }

  /// Takes the earliest event. Requires a set that is not empty.
  Event<Payload> pop() {
    assert(!empty());
    reach_next_event();
    if (adapts_ && ++popped_ >= next_look_) look_at_shape();
    if (!late_.empty() && (next_ == sorted_.size() || earlier(late_.next(), sorted_[next_]))) {
      return late_.pop();
    }
    return sorted_[next_++];
  }

  /// When the earliest event happens; `end_of_time` if nothing is pending. Sorts the day of that
  /// event, hence not `const`.
  Time next_time() {
    reach_next_event();
    const Time today = next_ < sorted_.size() ? sorted_[next_].at : end_of_time;
    return late_.empty() ? today : std::min(today, late_.next_time());
  }

  /// The event that comes `ahead` places after the earliest, or nothing if that is not known yet.
  /// A hint: what is pushed meanwhile may come before it.
  const Event<Payload>* upcoming(std::size_t ahead) const {
    return ahead < sorted_.size() - next_ ? &sorted_[next_ + ahead] : nullptr;
  }

  bool empty() const { return size() == 0; }
  std::size_t size() const {
    return sorted_.size() - next_ + late_.size() + in_ring_ + far_.size();
  }
  void reserve(std::size_t events) {
    while (slabs_.size() * slab_size * block_size < events) add_slab();
  }

  /// Shows every event, in no order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t i = next_; i < sorted_.size(); ++i) visit(sorted_[i]);
    for (std::size_t ahead = 1; ahead < ring_.size(); ++ahead) {
      // Days past the end of time wrap around, and have no events.
      const auto day = static_cast<std::int64_t>(static_cast<std::uint64_t>(today_) + ahead);
      for_each_of(ring_[place_of(day)], [&](const Note& note) { visit(note.read(begin_of(day))); });
    }
    late_.for_each(visit);
    far_.for_each(visit);
  }

  /// The shape at this moment.
  CalendarShape shape() const { return {{std::int64_t{1} << day_bits_}, ring_.size()}; }

  /// Bytes that it holds, those in reserve included.
  std::size_t memory() const {
    return slabs_.size() * slab_size * sizeof(Block) + slabs_.capacity() * sizeof(slabs_[0]) +
           sorted_.capacity() * sizeof(Event<Payload>) + ring_.capacity() * sizeof(Day) +
           has_events_.capacity() * sizeof(std::uint64_t) +
           bins_.capacity() * sizeof(std::uint32_t) + late_.memory() + far_.memory();
  }

 private:
  static constexpr std::size_t block_size = 16;
  static constexpr std::size_t slab_size = 64;  ///< blocks that are allocated together
  static constexpr int most_day_bits = 32;      ///< a time of the day fits a word
  static constexpr std::size_t payload_bytes = std::is_empty_v<Payload> ? 0 : sizeof(Payload);

  /// An event of a day in as few words as hold it.
  class Note {
   public:
    /// Requires a time in the day.
    void write(const Event<Payload>& event, std::int64_t day_begin) {
      words_[0] = static_cast<std::uint32_t>(event.at.ticks - day_begin);
      words_[1] = static_cast<std::uint32_t>(event.source);
      words_[2] = static_cast<std::uint32_t>(event.target);
      words_[3] = static_cast<std::uint32_t>(event.sequence);
      words_[4] = static_cast<std::uint32_t>(event.sequence >> 32) << 16 |
                  static_cast<std::uint16_t>(event.priority);
      if constexpr (payload_bytes > 0) std::memcpy(words_ + 5, &event.payload, payload_bytes);
    }
    Event<Payload> read(std::int64_t day_begin) const {
      const EventKey key{Time{day_begin + words_[0]}, static_cast<std::int16_t>(words_[4] & 0xFFFF),
                         LpId{words_[1]}, std::uint64_t{words_[4] >> 16} << 32 | words_[3]};
      Payload payload{};
      if constexpr (payload_bytes > 0)
        std::memcpy(static_cast<void*>(&payload), words_ + 5, payload_bytes);
      return make_event(key, LpId{words_[2]}, payload);
    }
    std::uint32_t offset() const { return words_[0]; }  ///< ticks since the day began

   private:
    std::uint32_t words_[5 + (payload_bytes + 3) / 4];
  };

  struct Block {
    Block* next;  ///< of the same day, or among the free ones
    Note notes[block_size];
  };
  /// The last block of a day is the only one that may not be full.
  struct Day {
    Block* last = nullptr;
    std::size_t events = 0;
  };

  static constexpr std::size_t least_days = 64;
  static constexpr std::size_t most_days = std::size_t{1} << 24;
  static constexpr std::size_t days_of_mean = 32;      ///< how finely time is cut at the least
  static constexpr std::size_t least_good_day = 16;    ///< events on a day of a good length ...
  static constexpr std::size_t most_good_day = 32768;  ///< ... so that sorting it stays in cache
  static constexpr std::size_t reach = 8;              ///< in means of what lies ahead of an event
  static constexpr std::size_t least_sample = 1024;    ///< events between two looks at the shape
  static constexpr std::uint32_t most_in_bin = 16;     ///< for sorting by insertion

  std::int64_t day_of(Time at) const { return at.ticks >> day_bits_; }  // rounded down
  std::int64_t begin_of(std::int64_t day) const { return day << day_bits_; }
  std::size_t place_of(std::int64_t day) const {
    return static_cast<std::size_t>(day) & (ring_.size() - 1);
  }
  /// Requires a day after today. The difference of unsigned numbers is right for all 64-bit times.
  bool in_ring(std::int64_t day) const {
    return static_cast<std::uint64_t>(day) - static_cast<std::uint64_t>(today_) < ring_.size();
  }

  void note(std::int64_t day_number, const Event<Payload>& event) {
    const std::size_t place = place_of(day_number);
    Day& day = ring_[place];
    const std::size_t slot = day.events++ % block_size;
    if (slot == 0) {
      has_events_[place / 64] |= std::uint64_t{1} << place % 64;
      day.last = new_block_before(day.last);
    }
    day.last->notes[slot].write(event, begin_of(day_number));
    ++in_ring_;
  }

  Block* new_block_before(Block* next) {
    if (!free_) add_slab();
    Block* block = free_;
    free_ = block->next;
    block->next = next;
    return block;
  }

  void add_slab() {
    slabs_.push_back(std::make_unique_for_overwrite<Block[]>(slab_size));
    for (std::size_t i = 0; i < slab_size; ++i) {
      slabs_.back()[i].next = free_;
      free_ = &slabs_.back()[i];
    }
  }

  template <class Visit>
  void for_each_of(const Day& day, const Visit& visit) const {
    std::size_t in_block = day.events == 0 ? 0 : (day.events - 1) % block_size + 1;
    for (const Block* block = day.last; block; block = block->next) {
      for (std::size_t i = 0; i < in_block; ++i) visit(block->notes[i]);
      in_block = block_size;
    }
  }

  /// Makes sure that the earliest event is one of today's or a late one.
  void reach_next_event() {
    if (next_ == sorted_.size() && late_.empty() && in_ring_ + far_.size() > 0) turn();
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
      const Event<Payload> event = far_.pop();
      note(day_of(event.at), event);
    }
    const std::size_t place = place_of(today_);
    has_events_[place / 64] &= ~(std::uint64_t{1} << place % 64);
    const Day day = ring_[place];
    ring_[place] = {};
    in_ring_ -= day.events;
    sort(day);
    free(day);
  }

  /// Fills `sorted_`: about one event per bin of time, each bin in its place, then in order by
  /// insertion; bins that ties have filled are sorted apart.
  void sort(const Day& day) {
    next_ = 0;
    sorted_.resize(day.events);
    const int bin_bits = std::min(static_cast<int>(std::bit_width(day.events)), day_bits_);
    const int shift = day_bits_ - bin_bits;
    const auto bin_of = [&](const Note& note) { return std::uint64_t{note.offset()} >> shift; };
    bins_.assign(std::size_t{1} << bin_bits, 0);
    for_each_of(day, [&](const Note& note) { ++bins_[bin_of(note)]; });
    std::uint32_t before = 0, fullest = 0;
    for (std::uint32_t& bin : bins_) {
      const std::uint32_t events = bin;
      bin = before;
      before += events;
      fullest = std::max(fullest, events);
    }
    const std::int64_t day_begin = begin_of(today_);
    for_each_of(day,
                [&](const Note& note) { sorted_[bins_[bin_of(note)]++] = note.read(day_begin); });
    if (fullest <= most_in_bin) {
      sort_by_insertion();
    } else {
      std::uint32_t begin = 0;
      for (const std::uint32_t end : bins_) {  // by now each bin holds its end
        std::sort(sorted_.begin() + begin, sorted_.begin() + end, earlier<Payload>);
        begin = end;
      }
    }
  }

  void sort_by_insertion() {
    for (std::size_t i = 1; i < sorted_.size(); ++i) {
      if (!earlier(sorted_[i], sorted_[i - 1])) continue;
      const Event<Payload> event = sorted_[i];
      std::size_t hole = i;
      do {
        sorted_[hole] = sorted_[hole - 1];
        --hole;
      } while (hole > 0 && earlier(event, sorted_[hole - 1]));
      sorted_[hole] = event;
    }
  }

  /// Gives back the blocks of a day.
  void free(const Day& day) {
    if (!day.last) return;
    Block* first = day.last;
    while (first->next) first = first->next;
    first->next = free_;
    free_ = day.last;
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

  /// Moves to other days if the last events came far too close or too far apart for these. By
  /// Little's law the events pending, times the mean time between two, is how long an event waits.
  void look_at_shape() {
    const Time now = next_time();
    const double ticks = static_cast<double>(now.ticks) - static_cast<double>(last_look_.ticks);
    const double good_day =
        static_cast<double>(std::clamp(size() / days_of_mean, least_good_day, most_good_day));
    const double good_length = std::max(1.0, ticks * good_day / static_cast<double>(popped_));
    const int good_bits = std::min(std::ilogb(good_length), most_day_bits);
    const std::size_t good_days = std::clamp(
        std::bit_ceil(static_cast<std::size_t>(reach * static_cast<double>(size()) / good_day)),
        least_days, most_days);
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
    for_each([&](const Event<Payload>& event) { all.push_back(event); });
    late_ = {};
    far_ = {};
    take_shape(day_bits, days);
    today_ = day_of(now) - 1;
    for (const Event<Payload>& event : all) push(event);
    reach_next_event();
  }

  /// Requires powers of two. Forgets what is noted.
  void take_shape(int day_bits, std::size_t days) {
    day_bits_ = day_bits;
    ring_.assign(days, Day{});
    has_events_.assign(days / 64, 0);
    in_ring_ = 0;
    sorted_.clear();
    next_ = 0;
    slabs_.clear();
    free_ = nullptr;
  }

  bool adapts_ = true;
  int day_bits_ = 0;         ///< a day has 2^day_bits ticks
  std::int64_t today_ = -1;  ///< counted from time zero; what is before is late
  std::vector<Event<Payload>> sorted_;
  std::size_t next_ = 0;  ///< the earliest of today's that is still pending
  HeapEventSet<Payload> late_, far_;
  std::vector<Day> ring_;
  std::vector<std::uint64_t> has_events_;        ///< one bit for each day of the ring
  std::size_t in_ring_ = 0;                      ///< events
  std::vector<std::unique_ptr<Block[]>> slabs_;  ///< all blocks
  Block* free_ = nullptr;
  std::vector<std::uint32_t> bins_;  ///< events in each part of today, while it is sorted

  std::size_t popped_ = 0;  ///< since the last look at the shape
  Time last_look_;
  std::size_t next_look_ = least_sample;
};

}  // namespace pdes
