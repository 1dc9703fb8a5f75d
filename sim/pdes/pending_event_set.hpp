/// The events that are scheduled and not yet executed (the future event list): what an engine asks
/// of them, and the two ways to keep them.
#pragma once

#include <concepts>
#include <cstddef>

#include "pdes/calendar_event_set.hpp"
#include "pdes/event.hpp"
#include "pdes/heap_event_set.hpp"

namespace pdes {

/// Takes events in any order and gives them back by key, the least first. `pop` requires a set that
/// is not empty; `next_time` is `end_of_time` for an empty one. All sets give the same order: they
/// differ in speed.
template <class Set, class Payload>
concept PendingEventSet = requires(Set set, const Set& unchanged, const Event<Payload>& event,
                                   void (*visit)(const Event<Payload>&)) {
  set.push(event);
  { set.pop() } -> std::same_as<Event<Payload>>;
  { set.next_time() } -> std::same_as<Time>;
  { unchanged.empty() } -> std::same_as<bool>;
  { unchanged.size() } -> std::same_as<std::size_t>;
  unchanged.for_each(visit);
  set.reserve(std::size_t{});
};

/// Those that know which events come after the earliest: `upcoming(n)` points to one, or to
/// nothing. It allows an engine to fetch what they will need from memory.
template <class Set>
concept KnowsUpcoming = requires(const Set& set) {
  set.upcoming(std::size_t{});
};

}  // namespace pdes
