/// The events that are scheduled and not yet executed (the future event list).
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// A binary heap of events: `push` and `pop` in O(log n), the event with the least key leaves
/// first. One flat array, no allocation per event once it has grown. Requires keys that all differ.
template <class Payload>
class PendingEventSet {
 public:
  void push(Event<Payload> event) {
    heap_.push_back(std::move(event));
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  /// Takes the earliest event. Requires a set that is not empty.
  Event<Payload> pop() {
    assert(!heap_.empty());
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Event<Payload> earliest = std::move(heap_.back());
    heap_.pop_back();
    return earliest;
  }

  /// When the earliest event happens; `end_of_time` if nothing is pending.
  Time next_time() const { return heap_.empty() ? end_of_time : heap_.front().key.at; }
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  void reserve(std::size_t events) { heap_.reserve(events); }

 private:
  /// The heap algorithms put first what is later than nothing. Times almost always differ, so they
  /// are looked at before the rest of the key.
  static constexpr auto later = [](const Event<Payload>& a, const Event<Payload>& b) {
    return a.key.at != b.key.at ? a.key.at > b.key.at : a.key > b.key;
  };

  std::vector<Event<Payload>> heap_;
};

}  // namespace pdes
