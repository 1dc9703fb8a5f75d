/// Messages on their way from one group of processes to another, without locks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// Messages from one thread to one place: a group, or another rank. Two boxes share no cache line.
template <class Payload>
struct alignas(64) Mailbox {
  std::vector<Event<Payload>> letters;
  Time earliest = end_of_time;  ///< of the letters

  void put(const Event<Payload>& letter) {
    letters.push_back(letter);
    earliest = std::min(earliest, letter.at);
  }
  void clear() {
    letters.clear();
    earliest = end_of_time;
  }
};

/// A mailbox for each thread and place, twice: in one set threads write during a window, each in
/// its own boxes; the other has what was written in the window before, and whoever works on a place
/// reads the boxes of that place. At the end of a window the sets change roles. So no box is ever
/// used by two threads at the same time.
template <class Payload>
class Mailboxes {
 public:
  /// Empty boxes.
  void reset(std::size_t threads, std::size_t places) {
    places_ = places;
    for (auto& set : sets_) set = std::vector<Mailbox<Payload>>(threads * places);
  }

  std::size_t places() const { return places_; }

  /// Where a thread writes in this window, by place.
  Mailbox<Payload>* leaving(std::size_t thread) {
    return sets_[1 - arriving_].data() + thread * places_;
  }

  /// What a thread wrote to a place in the window before.
  Mailbox<Payload>& arrived(std::size_t thread, std::size_t place) {
    return sets_[arriving_][thread * places_ + place];
  }

  /// The window ends: what was leaving has arrived. Requires that all that arrived has been taken.
  void turn() { arriving_ = 1 - arriving_; }

  /// Shows all that has arrived and has not been taken yet.
  template <class Act>
  void for_each_arrived(const Act& act) const {
    for (const Mailbox<Payload>& box : sets_[arriving_]) {
      for (const Event<Payload>& letter : box.letters) act(letter);
    }
  }

 private:
  std::vector<Mailbox<Payload>> sets_[2];  ///< by thread, then by place
  std::size_t places_ = 0;
  unsigned arriving_ = 0;
};

}  // namespace pdes
