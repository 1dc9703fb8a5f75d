/// All that an engine knows, between two runs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
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

}  // namespace pdes
