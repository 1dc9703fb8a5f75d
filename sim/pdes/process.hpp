/// What a model writes: logical processes, and what they may do while they handle an event.
#pragma once

#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// What a process may do while it handles an event: read the clock, schedule its own events,
/// send events to others. Valid only during the call that received it.
template <class Payload>
class Context {
 public:
  /// For engines: `sequence` counts what the process has sent, `sent` receives its events.
  Context(Time now, LpId self, Duration lookahead, std::uint64_t& sequence,
          std::vector<Event<Payload>>& sent)
      : now_(now), self_(self), lookahead_(lookahead), sequence_(sequence), sent_(sent) {}

  Time now() const { return now_; }
  LpId self() const { return self_; }

  /// Schedules an event for this process. Requires a delay of at least zero, and a time before
  /// `end_of_time`. With a delay of zero it happens now, after the event being handled.
  void schedule(Duration delay, Payload payload, std::int32_t priority = 0) {
    assert(delay >= Duration{});
    push(self_, delay, std::move(payload), priority);
  }

  /// Sends an event to another process. Requires `delay >= lookahead`: this promise is what lets
  /// processes advance side by side.
  void send(LpId target, Duration delay, Payload payload, std::int32_t priority = 0) {
    assert(delay >= lookahead_);
    push(target, delay, std::move(payload), priority);
  }

 private:
  void push(LpId target, Duration delay, Payload&& payload, std::int32_t priority) {
    assert(delay < end_of_time - now_);
    sent_.push_back({{now_ + delay, priority, self_, sequence_++}, target, std::move(payload)});
  }

  Time now_;
  LpId self_;
  Duration lookahead_;
  std::uint64_t& sequence_;
  std::vector<Event<Payload>>& sent_;
};

/// State that changes only by handling its own events. The engine calls `start` once, at time zero,
/// and `handle` for each event, the earliest key among those that are pending first.
template <class P>
concept LogicalProcess = requires(P& process, const typename P::Payload& payload,
                                  Context<typename P::Payload>& context) {
  process.start(context);
  process.handle(payload, context);
};

}  // namespace pdes
