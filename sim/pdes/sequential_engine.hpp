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
template <LogicalProcess P>
class SequentialEngine {
 public:
  using Payload = typename P::Payload;

  /// Takes the processes; `processes[i]` is `LpId{i}`. `lookahead` is the least delay of a message
  /// from one process to another, a promise of the model.
  explicit SequentialEngine(std::vector<P> processes, Duration lookahead = {})
      : processes_(std::move(processes)), sequences_(processes_.size(), 0), lookahead_(lookahead) {}

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
      Context<Payload> context = context_of(event.target);
      processes_[index(event.target)].handle(event.payload, context);
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

  Context<Payload> context_of(LpId id) {
    assert(index(id) < processes_.size());
    return {now_, id, lookahead_, sequences_[index(id)], pending_};
  }

  void start() {
    started_ = true;
    for (std::size_t i = 0; i < processes_.size(); ++i) {
      Context<Payload> context = context_of(LpId(static_cast<std::uint32_t>(i)));
      processes_[i].start(context);
    }
  }

  std::vector<P> processes_;
  std::vector<std::uint64_t> sequences_;  ///< events sent so far, by process
  PendingEventSet<Payload> pending_;
  Duration lookahead_;
  Time now_;
  std::uint64_t executed_ = 0;
  bool started_ = false;
};

}  // namespace pdes
