/// What happens, to whom, and in which order: the total order of a run.
#pragma once

#include <compare>
#include <cstdint>

#include "pdes/time.hpp"

namespace pdes {

/// Names one logical process. An index with a type: compare it, never add to it.
enum class LpId : std::uint32_t {};

/// The place of an event in the total order of a run, and its name. No two events share a key, so
/// of those that are pending one is always the next, and a run is the same whatever the number of
/// threads.
struct EventKey {
  Time at;                     ///< when it happens
  std::int16_t priority = 0;   ///< the model's own tie-break, lowest first
  LpId source{};               ///< then by sender ...
  std::uint64_t sequence = 0;  ///< ... in the order of sending; under 2^48
  auto operator<=>(const EventKey&) const = default;
};

/// Something that will happen to `target`. The payload is the model's: a small value. With one of
/// eight bytes an event takes 32, with an empty one 24: a simulator is as fast as its events are
/// small.
template <class Payload>
struct Event {
  Time at;
  std::int64_t priority : 16;   // of the key, in one word with
  std::uint64_t sequence : 48;  // the sequence
  LpId source{};
  LpId target{};
  [[no_unique_address]] Payload payload;

  EventKey key() const {
    return {at, static_cast<std::int16_t>(priority), source, std::uint64_t{sequence}};
  }
};

/// The event with this key.
template <class Payload>
Event<Payload> make_event(const EventKey& key, LpId target, Payload payload) {
  return {key.at, key.priority, key.sequence & 0xFFFF'FFFF'FFFFu, key.source, target, payload};
}

/// Does `a` come before `b`? Times almost always differ, so they are looked at first.
template <class Payload>
bool earlier(const Event<Payload>& a, const Event<Payload>& b) {
  return a.at != b.at ? a.at < b.at : a.key() < b.key();
}

}  // namespace pdes
