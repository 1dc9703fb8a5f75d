/// What happens, to whom, and in which order: the total order of a run.
#pragma once

#include <compare>
#include <cstdint>

#include "pdes/time.hpp"

namespace pdes {

/// Names one logical process. An index with a type: compare it, never add to it.
enum class LpId : std::uint32_t {};

/// The place of an event in the total order of a run. No two events share a key, so of those that
/// are pending one is always the next, and a run is the same whatever the number of threads.
struct EventKey {
  Time at;                     ///< when it happens
  std::int32_t priority = 0;   ///< the model's own tie-break, lowest first
  LpId source{};               ///< then by sender ...
  std::uint64_t sequence = 0;  ///< ... in the order of sending
  auto operator<=>(const EventKey&) const = default;
};

/// `a < b` for those who compare many keys: times almost always differ, so they are looked at
/// before the rest.
inline bool earlier(const EventKey& a, const EventKey& b) {
  return a.at != b.at ? a.at < b.at : a < b;
}

/// Something that will happen to `target`. The payload is the model's: a small value.
template <class Payload>
struct Event {
  EventKey key;
  LpId target{};
  Payload payload;
};

}  // namespace pdes
