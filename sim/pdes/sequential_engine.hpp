/// The reference engine: one loop. Every other engine must leave the processes in the same state.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/pending_event_set.hpp"
#include "pdes/process.hpp"

namespace pdes {

/// Executes the events of all processes one by one, in key order.
///
///     SequentialEngine<Queue> engine(std::move(queues));
///     engine.run(Time{1'000'000});
///
/// `Pending` keeps the events that wait. It has no influence on what happens, only on how fast.
template <LogicalProcess P, template <class> class Pending = HeapEventSet>
requires PendingEventSet < Pending<typename P::Payload>,
typename P::Payload > class SequentialEngine {
 public:
  using Payload = typename P::Payload;

  /// Takes the processes; `processes[i]` is `LpId{i}`. `lookahead` is the least delay of a message
  /// from one process to another, a promise of the model. `pending` is the set to use, empty.
  explicit SequentialEngine(std::vector<P> processes, Duration lookahead = {},
                            Pending<Payload> pending = {})
      : processes_(std::move(processes)),
        sequences_(processes_.size(), 0),
        pending_(std::move(pending)),
        lookahead_(lookahead) {
    assert(pending_.empty());
  }

  /// Executes every event before `until`, then sets the clock to `until`. An event at `until` waits
  /// for the next call. The first call starts the processes at time zero, in `LpId` order. Two
  /// runs, to a time and then to a later one, leave what one run to the later time leaves. Requires
  /// `until >= now()`.
  void run(Time until) {
    assert(until >= now_);
    if (!started_) start();
    while (pending_.next_time() < until) {
      const Event<Payload> event = pending_.pop();
      now_ = event.key.at;
      deliver(event.target, [&](P& process, Context<Payload>& context) {
        process.handle(event.payload, context);
      });
      ++executed_;
    }
    now_ = until;
  }

  Time now() const { return now_; }
  std::uint64_t events_executed() const { return executed_; }
  std::size_t events_pending() const { return pending_.size(); }
  const std::vector<P>& processes() const { return processes_; }
  std::vector<P>& processes() { return processes_; }

 private:
  static std::size_t index(LpId id) { return static_cast<std::size_t>(id); }

  /// Lets a process act, then schedules what it has sent.
  template <class Act>
  void deliver(LpId id, const Act& act) {
    assert(index(id) < processes_.size());
    Context<Payload> context(now_, id, lookahead_, sequences_[index(id)], sent_);
    act(processes_[index(id)], context);
    for (Event<Payload>& event : sent_) pending_.push(std::move(event));
    sent_.clear();
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
  std::vector<Event<Payload>> sent_;  ///< by the process that acts; reused
  Duration lookahead_;
  Time now_;
  std::uint64_t executed_ = 0;
  bool started_ = false;
};

}  // namespace pdes
