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

  /// How many events from `now` on were cancelled. They are pending still, once all that is before
  /// `now` has happened.
  std::size_t count(Time now) const { return sorted(now).size(); }

  /// Which they are, in order, each once.
  std::vector<EventKey> sorted(Time now) const {
    std::vector<EventKey> keys;
    for (const EventKey& key : keys_) {
      if (key.at >= now) keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
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
