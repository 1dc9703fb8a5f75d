/// The reference engine: one loop. Every other engine must leave the processes in the same state.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "pdes/cancellation.hpp"
#include "pdes/engine_state.hpp"
#include "pdes/event.hpp"
#include "pdes/observer.hpp"
#include "pdes/pending_event_set.hpp"
#include "pdes/process.hpp"

namespace pdes {

/// Executes the events of all processes one by one, in key order.
///
///     SequentialEngine<Queue> engine(std::move(queues));
///     engine.run(Time{1'000'000});
///
/// `Pending` keeps the events that wait. It has no influence on what happens, only on how fast.
template <LogicalProcess P, template <class> class Pending = HeapEventSet,
          class Observer = NoObserver>
class SequentialEngine {
 public:
  using Payload = typename P::Payload;
  static_assert(PendingEventSet<Pending<Payload>, Payload>);

  /// Takes the processes; `processes[i]` is `LpId{i}`. `lookahead` is the least delay of a message
  /// from one process to another, a promise of the model. `pending` is the set to use, empty.
  /// Throws `std::invalid_argument` for a lookahead below zero.
  explicit SequentialEngine(std::vector<P> processes, Duration lookahead = {},
                            Pending<Payload> pending = {}, Observer observer = {})
      : processes_(std::move(processes)),
        sequences_(processes_.size(), 0),
        pending_(std::move(pending)),
        lookahead_(lookahead),
        observer_(std::move(observer)) {
    assert(pending_.empty());
    if (lookahead < Duration{}) throw std::invalid_argument("a lookahead is not below zero");
  }

  /// Goes on from where another engine stopped.
  explicit SequentialEngine(EngineState<P> state, Duration lookahead = {},
                            Pending<Payload> pending = {}, Observer observer = {})
      : SequentialEngine(std::move(state.processes), lookahead, std::move(pending),
                         std::move(observer)) {
    assert(state.sequences.size() == processes_.size());
    sequences_ = std::move(state.sequences);
    now_ = state.now;
    executed_ = state.events_executed;
    started_ = state.started;
    for (const Event<Payload>& event : state.pending) pending_.push(event);
  }

  /// Executes every event before `until`, then sets the clock to `until`. An event at `until` waits
  /// for the next call. The first call starts the processes at time zero, in `LpId` order. Two
  /// runs, to a time and then to a later one, leave what one run to the later time leaves. Throws
  /// `std::invalid_argument` for a time before `now()`.
  ///
  /// If a process throws, its event is half done and the engine is of no further use: another call
  /// throws `std::logic_error`.
  void run(Time until) {
    if (until < now_) refuse_to_go_back(now_, until);
    if (failed_) refuse_to_go_on();
    failed_ = true;  // unless it comes to the end
    const Time begin = now_;
    const std::uint64_t executed_before = executed_;
    if (!started_) start();
    while (pending_.next_time() < until) {
      const Event<Payload> event = pending_.pop();
      prefetch_upcoming();
      if (!cancelled_.empty() && cancelled_.take(event.key())) continue;
      now_ = event.at;
      deliver(event.target, [&](P& process, Context<Payload>& context) {
        process.handle(event.payload, context);
      });
      ++executed_;
      if constexpr (requires { observer_.event_executed(std::size_t{}, event); }) {
        observer_.event_executed(0, event);
      }
    }
    now_ = until;
    failed_ = false;
    if constexpr (requires { observer_.window_closed(WindowReport{}); }) {
      observer_.window_closed({begin, until, executed_ - executed_before});
    }
    if constexpr (requires { observer_.run_ended(until); }) observer_.run_ended(until);
  }

  Time now() const { return now_; }
  std::uint64_t events_executed() const { return executed_; }
  std::size_t events_pending() const { return cancelled_.count_left(pending_); }
  const std::vector<P>& processes() const { return processes_; }
  std::vector<P>& processes() { return processes_; }
  const Observer& observer() const { return observer_; }

  EngineState<P> state() const {
    EngineState<P> state{now_, started_, executed_, processes_, sequences_};
    pending_.for_each([&](const Event<Payload>& event) { state.pending.push_back(event); });
    settle(state.pending, cancelled_.sorted());
    return state;
  }

 private:
  static std::size_t index(LpId id) { return static_cast<std::size_t>(id); }

  void prefetch_upcoming() {
    if constexpr (requires(const P& process, const Payload& payload) {
                    process.prefetch(payload);
                    pending_.upcoming(std::size_t{});
                  }) {
      constexpr std::size_t fetch_ahead = 12;
      if (const Event<Payload>* ahead = pending_.upcoming(fetch_ahead)) {
        processes_[index(ahead->target)].prefetch(ahead->payload);
      }
    }
  }

  /// Lets a process act, then carries out what it asked for.
  template <class Act>
  void deliver(LpId id, const Act& act) {
    Context<Payload> context(now_, id, lookahead_, sequences_[index(id)], outbox_);
    act(processes_[index(id)], context);
    for (const Event<Payload>& event : outbox_.sent) {
      if (index(event.target) >= processes_.size()) refuse_target(event, processes_.size());
      pending_.push(event);
    }
    for (const EventKey& event : outbox_.cancelled) cancelled_.add(event);
    outbox_.sent.clear();
    outbox_.cancelled.clear();
  }

  void start() {
    started_ = true;
    for (std::size_t i = 0; i < processes_.size(); ++i) {
      deliver(LpId(static_cast<std::uint32_t>(i)),
              [](P& process, Context<Payload>& context) { process.start(context); });
    }
  }

  std::vector<P> processes_;
  std::vector<std::uint64_t> sequences_;  ///< events sent so far, by process
  Pending<Payload> pending_;
  Cancellations cancelled_;
  Outbox<Payload> outbox_;  ///< of the process that acts; reused
  Duration lookahead_;
  Time now_;
  std::uint64_t executed_ = 0;
  bool started_ = false;
  bool failed_ = false;
  [[no_unique_address]] Observer observer_;
};

}  // namespace pdes
