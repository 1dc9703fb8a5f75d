/// The engine that uses several threads. It leaves what the sequential engine leaves, to the bit.
#pragma once

#include <oneapi/tbb/cache_aligned_allocator.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/spin_mutex.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <utility>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/pending_event_set.hpp"
#include "pdes/process.hpp"

namespace pdes {

/// How a `ParallelEngine` divides its work. Nothing here changes what a run leaves.
struct ParallelOptions {
  /// Threads at most, the caller's among them; 0 for one per core. TBB lends no more than one per
  /// core unless the program raises its limit with `tbb::global_control`.
  unsigned threads = 0;
  /// Groups at most. A few times the number of threads, so that they share the work evenly.
  std::size_t groups = 64;
  /// The work expected of each process, in `LpId` order, in any unit; empty if all are alike.
  std::vector<double> weights = {};
};

/// Executes the events of all processes in conservative windows of time, on several threads.
///
/// Neighbours in `LpId` order form a group, which has its own set of pending events. In turn:
///
/// 1. lbts, the lower bound on time stamps still to come, is the earliest time in any group.
/// 2. The window is [lbts, min(lbts + lookahead, until)). Nothing that is sent inside it arrives
///    inside it, so no group can disturb another before it ends.
/// 3. The groups with an event in the window execute, side by side, each its own in key order.
/// 4. A message to another group goes to its mailbox. The order in which letters lie there depends
///    on the threads and cannot matter: they leave the set of pending events by their keys.
///
/// A group without an event in the window costs one comparison. A small window is executed by the
/// calling thread alone, which takes less time than to wake the others.
///
///     ParallelEngine<Town> engine(std::move(towns), Duration{60}, {.threads = 8});
///     engine.run(Time{1'000'000});
///
/// Processes must not share anything that changes. `handle` of one process is never called twice at
/// the same time, but it is not always called by the same thread.
template <LogicalProcess P>
class ParallelEngine {
 public:
  using Payload = typename P::Payload;

  /// Takes the processes; `processes[i]` is `LpId{i}`. `lookahead` is the least delay of a message
  /// from one process to another, a promise of the model: the longer, the more there is to do side
  /// by side. Throws `std::invalid_argument` unless the lookahead and the number of groups are
  /// positive, and the weights, if given, are one per process, not negative and not all zero.
  ParallelEngine(std::vector<P> processes, Duration lookahead, const ParallelOptions& options = {})
      : processes_(std::move(processes)),
        lookahead_(lookahead),
        bounds_(divide(processes_.size(), options)),
        groups_(bounds_.size() - 1),
        next_times_(groups_.size(), end_of_time),
        arena_(options.threads == 0 ? tbb::task_arena::automatic
                                    : static_cast<int>(options.threads)),
        alone_(arena_.max_concurrency() == 1) {
    if (lookahead <= Duration{}) {
      throw std::invalid_argument("a parallel engine needs a lookahead above zero");
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      groups_[g].begin = bounds_[g];
      groups_[g].end = bounds_[g + 1];
      groups_[g].sequences.resize(bounds_[g + 1] - bounds_[g], 0);
    }
    active_.reserve(groups_.size());
  }

  /// Executes every event before `until`, then sets the clock to `until`. An event at `until` waits
  /// for the next call. The first call starts the processes at time zero. Two runs, to a time and
  /// then to a later one, leave what one run to the later time leaves. Requires `until >= now()`.
  ///
  /// If processes throw, the exception that comes out is the one that the sequential engine would
  /// meet first, once no thread works any more. The processes are then at different times and the
  /// engine is of no further use: another call throws `std::logic_error`.
  void run(Time until) {
    assert(until >= now_);
    if (failed_) throw std::logic_error("an earlier run of this engine ended with an exception");
    if (!started_) start();
    for (Time lbts = earliest(); lbts < until; lbts = earliest()) {
      const Time window_end = until - lbts < lookahead_ ? until : lbts + lookahead_;
      active_.clear();
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (next_times_[g] < window_end) active_.push_back(g);
      }
      const std::uint64_t executed_before = executed_;
      visit_active([&](Group& group, EventKey& reached) { advance(group, window_end, reached); });
      last_window_ = executed_ - executed_before;
      ++windows_;
      group_visits_ += active_.size();
    }
    now_ = until;
  }

  Time now() const { return now_; }
  std::uint64_t events_executed() const { return executed_; }
  std::size_t events_pending() const {
    std::size_t pending = 0;
    for (const Group& group : groups_) pending += group.pending.size() + group.mailbox.size();
    return pending;
  }
  const std::vector<P>& processes() const { return processes_; }
  std::vector<P>& processes() { return processes_; }

  /// Into how many groups the processes are divided.
  std::size_t groups() const { return groups_.size(); }
  /// Windows so far. The events in each are what the threads could share.
  std::uint64_t windows() const { return windows_; }
  /// Groups that had something to do, summed over the windows.
  std::uint64_t group_visits() const { return group_visits_; }

 private:
  /// Written by one thread at a time, except the mailbox. Two groups share no cache line.
  struct alignas(64) Group {
    std::size_t begin = 0;  ///< its first process ...
    std::size_t end = 0;    ///< ... and the one after its last
    HeapEventSet<Payload> pending;
    std::vector<std::uint64_t, tbb::cache_aligned_allocator<std::uint64_t>>
        sequences;                         ///< events sent so far, by process
    std::vector<Event<Payload>> sent;      ///< by the process that acts; reused
    std::vector<Event<Payload>> received;  ///< taken from the mailbox; reused
    std::uint64_t executed = 0;            ///< events of the last window in which it was active
    EventKey failed_at;                    ///< where it stopped ...
    std::exception_ptr failure;            ///< ... because of this

    alignas(64) tbb::spin_mutex lock;     ///< of the mailbox and of the group's next time
    std::vector<Event<Payload>> mailbox;  ///< from other groups, in no particular order
  };

  /// A window is taken for small if the one before had fewer events than this. To wake another
  /// thread costs about as much.
  static constexpr std::uint64_t small_window = 64;

  /// Cuts the processes into at most `options.groups` slices of about equal weight. Group g is
  /// [bounds[g], bounds[g + 1]). A process belongs where the middle of its weight lies.
  static std::vector<std::size_t> divide(std::size_t processes, const ParallelOptions& options) {
    const std::vector<double>& weights = options.weights;
    double total = 0;
    for (const double weight : weights) {
      if (!(weight >= 0)) throw std::invalid_argument("a weight of a process is negative");
      total += weight;
    }
    if (options.groups == 0) throw std::invalid_argument("a parallel engine needs a group");
    if (!weights.empty() && (weights.size() != processes || !(total > 0))) {
      throw std::invalid_argument("weights must be one per process, and not all zero");
    }
    if (weights.empty()) total = static_cast<double>(processes);
    const double slices = static_cast<double>(std::min(options.groups, processes));
    std::vector<std::size_t> bounds;
    double before = 0, last_slice = -1;
    for (std::size_t i = 0; i < processes; ++i) {
      const double weight = weights.empty() ? 1 : weights[i];
      const double slice = std::floor((before + weight / 2) / total * slices);
      if (slice > last_slice) bounds.push_back(i);
      last_slice = slice;
      before += weight;
    }
    bounds.push_back(processes);
    return bounds;
  }

  static std::size_t index(LpId id) { return static_cast<std::size_t>(id); }

  std::size_t group_of(std::size_t process) const {
    const auto after = std::upper_bound(bounds_.begin(), bounds_.end(), process);
    return static_cast<std::size_t>(after - bounds_.begin()) - 1;
  }

  Time earliest() const {
    Time earliest = end_of_time;
    for (const Time time : next_times_) earliest = std::min(earliest, time);
    return earliest;
  }

  void start() {
    started_ = true;
    for (std::size_t g = 0; g < groups_.size(); ++g) active_.push_back(g);
    visit_active([this](Group& group, EventKey& reached) {
      for (std::size_t i = group.begin; i < group.end; ++i) {
        const LpId id{static_cast<std::uint32_t>(i)};
        reached = {.at = Time{}, .source = id};
        deliver(group, Time{}, id,
                [](P& process, Context<Payload>& context) { process.start(context); });
      }
    });
  }

  /// Lets each active group act, side by side, then throws if one has failed.
  template <class Act>
  void visit_active(const Act& act) {
    if (alone_ || active_.size() == 1 || last_window_ < small_window) {
      for (const std::size_t g : active_) visit(g, act);
    } else {
      arena_.execute([&] {
        tbb::parallel_for(
            std::size_t{0}, active_.size(), [&](std::size_t i) { visit(active_[i], act); },
            tbb::simple_partitioner());
      });
    }
    for (const std::size_t g : active_) executed_ += groups_[g].executed;
    throw_first_failure();
  }

  /// Takes in the mail of a group, lets it act, and notes when its next event happens.
  template <class Act>
  void visit(std::size_t g, const Act& act) noexcept {
    Group& group = groups_[g];
    EventKey reached{.at = Time{-1}};
    group.executed = 0;
    try {
      {
        const tbb::spin_mutex::scoped_lock guard(group.lock);
        group.received.swap(group.mailbox);
        next_times_[g] = end_of_time;  // of an empty mailbox
      }
      for (Event<Payload>& event : group.received) group.pending.push(std::move(event));
      group.received.clear();
      act(group, reached);
      const tbb::spin_mutex::scoped_lock guard(group.lock);
      next_times_[g] = std::min(next_times_[g], group.pending.next_time());
    } catch (...) {
      group.failed_at = reached;
      group.failure = std::current_exception();
    }
  }

  /// Executes what happens in a group before the window ends. `reached` is the greatest key so far:
  /// an event without delay may have a lesser key than its cause, but it comes after it.
  void advance(Group& group, Time window_end, EventKey& reached) {
    while (group.pending.next_time() < window_end) {
      const Event<Payload> event = group.pending.pop();
      reached = std::max(reached, event.key);
      deliver(group, event.key.at, event.target, [&](P& process, Context<Payload>& context) {
        process.handle(event.payload, context);
      });
      ++group.executed;
    }
  }

  /// Lets a process act, then schedules what it has sent.
  template <class Act>
  void deliver(Group& group, Time now, LpId id, const Act& act) {
    assert(index(id) < processes_.size());
    Context<Payload> context(now, id, lookahead_, group.sequences[index(id) - group.begin],
                             group.sent);
    act(processes_[index(id)], context);
    for (Event<Payload>& event : group.sent) {
      const std::size_t target = index(event.target);
      if (group.begin <= target && target < group.end) {
        group.pending.push(std::move(event));
      } else {
        post(std::move(event));
      }
    }
    group.sent.clear();
  }

  /// Puts a message into the mailbox of another group.
  void post(Event<Payload>&& event) {
    assert(index(event.target) < processes_.size());
    const std::size_t g = group_of(index(event.target));
    const tbb::spin_mutex::scoped_lock guard(groups_[g].lock);
    next_times_[g] = std::min(next_times_[g], event.key.at);
    groups_[g].mailbox.push_back(std::move(event));
  }

  /// Among the groups that failed, in which did it happen first? One loop over all processes would
  /// go from group to group by their least keys, so it arrives first where `failed_at` is least.
  void throw_first_failure() {
    const Group* first = nullptr;
    for (const std::size_t g : active_) {
      const Group& group = groups_[g];
      if (group.failure && (!first || group.failed_at < first->failed_at)) first = &group;
    }
    if (!first) return;
    failed_ = true;
    std::rethrow_exception(first->failure);
  }

  std::vector<P> processes_;
  Duration lookahead_;
  std::vector<std::size_t> bounds_;  ///< first process of each group, then their number
  std::vector<Group> groups_;
  std::vector<Time> next_times_;     ///< by group, mailbox included
  std::vector<std::size_t> active_;  ///< groups with an event in the window
  tbb::task_arena arena_;
  bool alone_;  ///< no other thread to wake
  Time now_;
  std::uint64_t executed_ = 0;
  std::uint64_t last_window_ = small_window;  ///< events in the last window
  std::uint64_t windows_ = 0;
  std::uint64_t group_visits_ = 0;
  bool started_ = false;
  bool failed_ = false;
};

}  // namespace pdes
