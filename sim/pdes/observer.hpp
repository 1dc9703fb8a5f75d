/// Those who watch a run without taking part in it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pdes/event.hpp"

namespace pdes {

/// What the engine did between two moments. A sequential run is one window.
struct WindowReport {
  Time begin;                ///< no event before it was executed ...
  Time end;                  ///< ... and none from here on
  std::uint64_t events = 0;  ///< executed
};

/// Watches nothing. An observer has any of three functions, and those it does not have cost
/// nothing: an engine that nobody watches is compiled without a trace of them.
///
///     void event_executed(std::size_t group, const Event<Payload>& event);
///     void window_closed(const WindowReport& window);
///     void run_ended(Time now);
///
/// `event_executed` comes after the process has handled the event. A parallel engine calls it from
/// several threads at once, for different groups: an observer keeps what it notes by group, or
/// locks. The other two are called by the thread that called `run`.
struct NoObserver {};

}  // namespace pdes
