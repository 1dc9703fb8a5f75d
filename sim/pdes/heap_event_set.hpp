/// Pending events in a heap: the reference.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// A heap of events in which every place has four below it: `push` and `pop` in O(log n), the event
/// with the least key leaves first. Half the levels of a binary heap, for a few comparisons more.
/// One flat array, no allocation per event once it has grown. Requires keys that all differ.
template <class Payload>
class HeapEventSet {
 public:
  /// The hole at the end rises past what comes later, then takes the event.
  void push(const Event<Payload>& event) {
    std::size_t hole = heap_.size();
    heap_.push_back(event);
    while (hole > 0) {
      const std::size_t above = (hole - 1) / arity;
      if (!earlier(event, heap_[above])) break;
      heap_[hole] = heap_[above];
      hole = above;
    }
    heap_[hole] = event;
  }

  /// Takes the earliest event: the hole that it leaves sinks past what comes earlier, then takes
  /// the last event. Requires a set that is not empty.
  Event<Payload> pop() {
    assert(!heap_.empty());
    const Event<Payload> earliest = heap_.front();
    const Event<Payload> last = heap_.back();
    heap_.pop_back();
    if (heap_.empty()) return earliest;
    std::size_t hole = 0;
    for (std::size_t below = 1; below < heap_.size(); below = arity * hole + 1) {
      const std::size_t end = std::min(below + arity, heap_.size());
      std::size_t least = below;
      for (std::size_t i = below + 1; i < end; ++i) {
        if (earlier(heap_[i], heap_[least])) least = i;
      }
      if (earlier(last, heap_[least])) break;
      heap_[hole] = heap_[least];
      hole = least;
    }
    heap_[hole] = last;
    return earliest;
  }

  /// The earliest event. Requires a set that is not empty.
  const Event<Payload>& next() const {
    assert(!heap_.empty());
    return heap_.front();
  }

  /// When the earliest event happens; `end_of_time` if nothing is pending.
  Time next_time() const { return heap_.empty() ? end_of_time : heap_.front().at; }
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  void reserve(std::size_t events) { heap_.reserve(events); }

  /// Shows every event, in no order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Event<Payload>& event : heap_) visit(event);
  }

  /// Bytes that it holds, those in reserve included.
  std::size_t memory() const { return heap_.capacity() * sizeof(Event<Payload>); }

 private:
  static constexpr std::size_t arity = 4;

  std::vector<Event<Payload>> heap_;
};

}  // namespace pdes
