/// Events that were called off before they happened.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// The names of cancelled events. They stay among the pending ones, which is cheaper than to look
/// for them, and an engine drops them when they are next. As pending events come in the order of
/// their keys, a heap of keys keeps in step with them: who cancels nothing pays one comparison per
/// event.
class Cancellations {
 public:
  void add(const EventKey& event) {
    keys_.push_back(event);
    std::push_heap(keys_.begin(), keys_.end(), std::greater<>());
  }

  bool empty() const { return keys_.empty(); }

  /// Was `next` cancelled? Requires the least of the pending keys. What is before it is no longer
  /// pending, and is forgotten.
  bool take(const EventKey& next) {
    while (!keys_.empty() && keys_.front() < next) forget_first();
    if (keys_.empty() || keys_.front() != next) return false;
    forget_first();
    return true;
  }

  /// How many of these pending events were not cancelled. Takes a time in proportion to their
  /// number if anything was.
  template <class Pending>
  std::size_t count_left(const Pending& pending) const {
    if (keys_.empty()) return pending.size();
    const std::vector<EventKey> cancelled = sorted();
    std::size_t left = 0;
    pending.for_each([&](const auto& event) {
      if (!std::binary_search(cancelled.begin(), cancelled.end(), event.key())) ++left;
    });
    return left;
  }

  /// What was cancelled and may be pending still, in order.
  std::vector<EventKey> sorted() const {
    std::vector<EventKey> keys = keys_;
    std::sort(keys.begin(), keys.end());
    return keys;
  }

 private:
  void forget_first() {
    std::pop_heap(keys_.begin(), keys_.end(), std::greater<>());
    keys_.pop_back();
  }

  std::vector<EventKey> keys_;  ///< a heap, the least first
};

}  // namespace pdes
