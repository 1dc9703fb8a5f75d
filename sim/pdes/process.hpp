/// What a model writes: logical processes, and what they may do while they handle an event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "pdes/event.hpp"

namespace pdes {

/// What a process asked for while it handled an event. The engine carries it out afterwards.
template <class Payload>
struct Outbox {
  std::vector<Event<Payload>> sent;
  std::vector<EventKey> cancelled;
};

/// What a process may do while it handles an event: read the clock, schedule its own events and
/// cancel them, send events to others. Valid only during the call that received it.
template <class Payload>
class Context {
 public:
  /// For engines: `sequence` counts what the process has sent, `outbox` receives its requests.
  Context(Time now, LpId self, Duration lookahead, std::uint64_t& sequence, Outbox<Payload>& outbox)
      : now_(now), self_(self), lookahead_(lookahead), sequence_(sequence), outbox_(outbox) {}

  Time now() const { return now_; }
  LpId self() const { return self_; }

  /// Schedules an event for this process and returns its name. With a delay of zero it happens now,
  /// after the event being handled. Throws `std::invalid_argument` for a delay below zero or one
  /// that leads to `end_of_time`.
  EventKey schedule(Duration delay, Payload payload, std::int16_t priority = 0) {
    if (delay < Duration{}) [[unlikely]]
      refuse(self_, delay, "below zero");
    return push(self_, delay, payload, priority);
  }

  /// Sends an event to another process. Requires a delay of the lookahead at least: this promise is
  /// what lets processes advance side by side. Throws `std::invalid_argument` if it is broken.
  void send(LpId target, Duration delay, Payload payload, std::int16_t priority = 0) {
    if (delay < lookahead_) [[unlikely]]
      refuse(target, delay, "below the lookahead");
    push(target, delay, payload, priority);
  }

  /// Calls off an event that this process has scheduled for itself. Nothing happens if it took
  /// place already, or was called off before. Requires an event of this process.
  void cancel(const EventKey& event) {
    if (event.source != self_) [[unlikely]] {
      throw std::invalid_argument(name(self_) + " cancels an event of " + name(event.source) +
                                  ": cancel only what the process scheduled for itself");
    }
    outbox_.cancelled.push_back(event);
  }

 private:
  EventKey push(LpId target, Duration delay, const Payload& payload, std::int16_t priority) {
    if (delay >= end_of_time - now_) [[unlikely]]
      refuse(target, delay, "beyond the end of time");
    const EventKey key{now_ + delay, priority, self_, sequence_++};
    outbox_.sent.push_back(make_event(key, target, payload));
    return key;
  }

  static std::string name(LpId id) {
    return "process " + std::to_string(static_cast<std::uint32_t>(id));
  }

  [[noreturn, gnu::cold, gnu::noinline]] void refuse(LpId target, Duration delay,
                                                     const char* why) const {
    throw std::invalid_argument(name(self_) + " sends to " + name(target) + " at time " +
                                std::to_string(now_.ticks) + " with a delay of " +
                                std::to_string(delay.ticks) + " ticks, " + why +
                                " (the lookahead is " + std::to_string(lookahead_.ticks) + ")");
  }

  Time now_;
  LpId self_;
  Duration lookahead_;
  std::uint64_t& sequence_;
  Outbox<Payload>& outbox_;
};

/// For engines: stops a model that sends to nobody.
template <class Payload>
[[noreturn, gnu::cold, gnu::noinline]] void refuse_target(const Event<Payload>& event,
                                                          std::size_t processes) {
  throw std::out_of_range("process " + std::to_string(static_cast<std::uint32_t>(event.source)) +
                          " sends to process " +
                          std::to_string(static_cast<std::uint32_t>(event.target)) +
                          ", and there are only " + std::to_string(processes));
}

/// For engines: stops a program that asks for the past.
[[noreturn, gnu::cold]] inline void refuse_to_go_back(Time now, Time until) {
  throw std::invalid_argument("a run until " + std::to_string(until.ticks) +
                              " is asked for, and the clock is at " + std::to_string(now.ticks));
}

/// For engines: stops a program that goes on after a failure.
[[noreturn, gnu::cold]] inline void refuse_to_go_on() {
  throw std::logic_error("an earlier run of this engine ended with an exception");
}

/// State that changes only by handling its own events. The engine calls `start` once, at time zero,
/// and `handle` for each event, the earliest key among those that are pending first. Payloads are
/// values that can be copied byte by byte, so that they can be stored and sent to another machine.
///
/// A process with much state may have `void prefetch(const Payload&) const` as well. An engine may
/// call it with an event that is to come soon: it asks for the memory that the event will need, and
/// does nothing else.
template <class P>
concept LogicalProcess = std::is_trivially_copyable_v<typename P::Payload> &&
    std::is_default_constructible_v<typename P::Payload> &&
    requires(P& process, const typename P::Payload& payload,
             Context<typename P::Payload>& context) {
  process.start(context);
  process.handle(payload, context);
};

}  // namespace pdes
