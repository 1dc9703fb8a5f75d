/// All that an engine knows, between two runs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "pdes/cancellation.hpp"
#include "pdes/event.hpp"
#include "pdes/process.hpp"

namespace pdes {

/// The state of a simulation at the end of a run: equal for all engines, numbers of threads and
/// sets of pending events, and enough for any of them to go on. `processes[i]` is `LpId{i}`.
template <LogicalProcess P>
struct EngineState {
  Time now;                           ///< where the run stopped
  bool started = false;               ///< have the processes been started?
  std::uint64_t events_executed = 0;  ///< so far
  std::vector<P> processes;
  std::vector<std::uint64_t> sequences;                  ///< events sent so far, by process
  std::vector<Event<typename P::Payload>> pending = {};  ///< in the order in which they will happen
};

/// Puts pending events in order and leaves out those that have been cancelled.
template <class Payload>
void settle(std::vector<Event<Payload>>& pending, const std::vector<EventKey>& cancelled) {
  std::sort(pending.begin(), pending.end(), earlier<Payload>);
  std::erase_if(pending, [&](const Event<Payload>& event) {
    return std::binary_search(cancelled.begin(), cancelled.end(), event.key());
  });
}

/// The part of a state that belongs to the processes [first, last), with the events that wait for
/// them. Processes keep their names, so `processes[i]` is `LpId(first + i)` in it. What was
/// executed is counted in the part that has the first process. Throws `std::out_of_range` unless
/// first <= last <= number of processes.
template <class P>
EngineState<P> slice(const EngineState<P>& whole, std::size_t first, std::size_t last) {
  if (first > last || last > whole.processes.size()) {
    throw std::out_of_range("a slice of the processes [" + std::to_string(first) + ", " +
                            std::to_string(last) + ") is asked for, and there are " +
                            std::to_string(whole.processes.size()));
  }
  const auto from = static_cast<std::ptrdiff_t>(first), to = static_cast<std::ptrdiff_t>(last);
  EngineState<P> part{whole.now,
                      whole.started,
                      first == 0 && last > 0 ? whole.events_executed : 0,
                      {whole.processes.begin() + from, whole.processes.begin() + to},
                      {whole.sequences.begin() + from, whole.sequences.begin() + to}};
  for (const auto& event : whole.pending) {
    const auto target = static_cast<std::size_t>(event.target);
    if (first <= target && target < last) part.pending.push_back(event);
  }
  return part;
}

/// The whole state from its slices, in `LpId` order. Throws `std::invalid_argument` if they were
/// not taken at the same moment, or if there are none.
template <class P>
EngineState<P> join(std::vector<EngineState<P>> slices) {
  if (slices.empty()) throw std::invalid_argument("there is no slice to join");
  EngineState<P> whole = std::move(slices.front());
  for (std::size_t i = 1; i < slices.size(); ++i) {
    EngineState<P>& part = slices[i];
    if (part.now != whole.now || part.started != whole.started) {
      throw std::invalid_argument("slice " + std::to_string(i) + " was taken at time " +
                                  std::to_string(part.now.ticks) + " and the first at time " +
                                  std::to_string(whole.now.ticks) +
                                  ": join slices of the same moment");
    }
    whole.events_executed += part.events_executed;
    std::move(part.processes.begin(), part.processes.end(), std::back_inserter(whole.processes));
    whole.sequences.insert(whole.sequences.end(), part.sequences.begin(), part.sequences.end());
    whole.pending.insert(whole.pending.end(), part.pending.begin(), part.pending.end());
  }
  std::sort(whole.pending.begin(), whole.pending.end(), earlier<typename P::Payload>);
  return whole;
}

}  // namespace pdes
