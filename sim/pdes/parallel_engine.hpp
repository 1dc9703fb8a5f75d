/// The engine that uses several threads. It leaves what the sequential engine leaves, to the bit.
#pragma once

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "pdes/cancellation.hpp"
#include "pdes/engine_state.hpp"
#include "pdes/event.hpp"
#include "pdes/happens_before.hpp"
#include "pdes/mailbox.hpp"
#include "pdes/observer.hpp"
#include "pdes/pending_event_set.hpp"
#include "pdes/placement.hpp"
#include "pdes/process.hpp"
#include "pdes/rank_link.hpp"

namespace pdes {

/// How a `ParallelEngine` divides its work. Nothing here changes what a run leaves.
struct ParallelOptions {
  /// Threads at most, the caller's among them; 0 for one per core. TBB lends no more than one per
  /// core unless the program raises its limit with `tbb::global_control`.
  unsigned threads = 0;
  /// Groups at most; 0 for some per thread, so that they share the work evenly.
  std::size_t groups = 0;
  /// The work expected of each process, in `LpId` order, in any unit. If empty, all are taken for
  /// alike at first, and the engine cuts groups anew when it sees that they are not.
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
/// 4. A message to another group goes to a mailbox that the thread has for that group, and is taken
///    from there in the next window. The order in which letters lie in mailboxes depends on the
///    threads and cannot matter: they leave the set of pending events by their keys.
///
/// A group without an event in the window and without mail costs a comparison, however many
/// processes it has. A small window is executed by the calling thread alone, which takes less time
/// than to wake the others.
///
///     ParallelEngine<Town> engine(std::move(towns), Duration{60}, {.threads = 8});
///     engine.run(Time{1'000'000});
///
/// With a link to other ranks (`rank_link.hpp`), each rank has the engine of a slice of the
/// processes, and all go through the same windows: messages to other ranks are exchanged when a
/// window closes, and lbts is the earliest time on any rank.
///
/// Processes must not share anything that changes. `handle` of one process is never called twice at
/// the same time, but it is not always called by the same thread.
template <LogicalProcess P, template <class> class Pending = CalendarEventSet,
          class Observer = NoObserver, RankLink Link = SingleRank>
class ParallelEngine {
 public:
  using Payload = typename P::Payload;
  static_assert(PendingEventSet<Pending<Payload>, Payload>);

  /// Takes the processes; `processes[i]` is `LpId{i}`. `lookahead` is the least delay of a message
  /// from one process to another, a promise of the model: the longer, the more there is to do side
  /// by side. Throws `std::invalid_argument` unless the lookahead is positive, and the weights, if
  /// given, are one per process, not negative and not all zero.
  ParallelEngine(std::vector<P> processes, Duration lookahead, const ParallelOptions& options = {},
                 Observer observer = {}) requires std::same_as<Link, SingleRank>
      : ParallelEngine(own_link_, std::move(processes), lookahead, options, std::move(observer)) {}

  /// Takes the processes of this rank. Those of all ranks, in rank order, have the names from
  /// `LpId{0}` on. All ranks call it, and then the same functions `run`.
  ParallelEngine(Link& link, std::vector<P> processes, Duration lookahead,
                 const ParallelOptions& options = {}, Observer observer = {})
      : link_(link),
        processes_(std::move(processes)),
        sequences_(processes_.size(), 0),
        lookahead_(lookahead),
        rank_bounds_(count_processes(link, processes_.size())),
        first_(rank_bounds_[link.rank()]),
        arena_(options.threads == 0 ? tbb::task_arena::automatic
                                    : static_cast<int>(options.threads)),
        threads_(static_cast<std::size_t>(arena_.max_concurrency())),
        most_groups_(options.groups > 0 ? options.groups : groups_per_thread * threads_),
        outgoing_(link.ranks()),
        parcels_(link.ranks()),
        observer_(std::move(observer)) {
    if (lookahead <= Duration{}) {
      throw std::invalid_argument("a parallel engine needs a lookahead above zero");
    }
    cut(options.weights);
    if (!options.weights.empty()) next_look_ = never;
  }

  /// Goes on from where another engine stopped.
  ParallelEngine(EngineState<P> state, Duration lookahead, const ParallelOptions& options = {},
                 Observer observer = {}) requires std::same_as<Link, SingleRank>
      : ParallelEngine(own_link_, std::move(state), lookahead, options, std::move(observer)) {}

  /// Goes on from this rank's slice of a state. All ranks call it.
  ParallelEngine(Link& link, EngineState<P> state, Duration lookahead,
                 const ParallelOptions& options = {}, Observer observer = {})
      : ParallelEngine(link, std::move(state.processes), lookahead, options, std::move(observer)) {
    assert(state.sequences.size() == processes_.size());
    sequences_ = std::move(state.sequences);
    now_ = state.now;
    executed_ = state.events_executed;
    started_ = state.started;
    take_in(state.pending);
  }

  ParallelEngine(const ParallelEngine&) = delete;
  ParallelEngine& operator=(const ParallelEngine&) = delete;

  /// Executes every event before `until`, then sets the clock to `until`. An event at `until` waits
  /// for the next call. The first call starts the processes at time zero. Two runs, to a time and
  /// then to a later one, leave what one run to the later time leaves. Throws
  /// `std::invalid_argument` for a time before `now()`.
  ///
  /// If processes throw, the exception that comes out is the one that the sequential engine would
  /// meet first, once no thread works any more; on other ranks it is a `RankFailed` that says so.
  /// The processes are then at different times and the engine is of no further use: another call
  /// throws `std::logic_error`.
  void run(Time until) {
    if (until < now_) refuse_to_go_back(now_, until);
    if (failed_) refuse_to_go_on();
    failed_ = true;  // unless it comes to the end
    arena_.execute([&] {
      if (started_) {
        agree();
      } else {
        start();
      }
      while (lbts_ < until) {
        execute_window(lbts_, until - lbts_ < lookahead_ ? until : lbts_ + lookahead_);
      }
    });
    now_ = until;
    failed_ = false;
    if constexpr (requires { observer_.run_ended(until); }) observer_.run_ended(until);
  }

  Time now() const { return now_; }

  // What follows is of this rank alone.
  std::uint64_t events_executed() const { return executed_; }
  std::size_t events_pending() const {
    std::size_t pending = 0;
    for (const Group& group : groups_) {
      pending += group.cancelled.count_left(group.pending);
    }
    mail_.for_each_arrived([&](const Event<Payload>&) { ++pending; });
    return pending;
  }
  const std::vector<P>& processes() const { return processes_; }
  std::vector<P>& processes() { return processes_; }
  const Observer& observer() const { return observer_; }

  EngineState<P> state() const {
    return {now_, started_, executed_, processes_, sequences_, pending()};
  }

  /// Into how many groups the processes are divided.
  std::size_t groups() const { return groups_.size(); }
  /// The first process of each group, counted from the first of this rank, then their number.
  const std::vector<std::size_t>& group_bounds() const { return bounds_; }
  /// Windows so far. The events in each are what the threads could share.
  std::uint64_t windows() const { return windows_; }
  /// Groups that had something to do, summed over the windows.
  std::uint64_t group_visits() const { return group_visits_; }

 private:
  /// Written by one thread at a time. Two groups share no cache line.
  struct alignas(64) Group {
    std::size_t begin = 0;  ///< its first process ...
    std::size_t end = 0;    ///< ... and the one after its last
    Pending<Payload> pending;
    Cancellations cancelled;
    Outbox<Payload> outbox;      ///< of the process that acts; reused
    std::uint64_t executed = 0;  ///< events of the last window in which it was active
    Time next_time;              ///< of what is pending, at the end of that window
    EventKey failed_at;          ///< where it stopped ...
    std::exception_ptr failure;  ///< ... because of this
  };

  /// A window is taken for small if the one before had fewer events than this. To wake another
  /// thread costs about as much.
  static constexpr std::uint64_t small_window = 64;
  static constexpr std::size_t groups_per_thread = 8;
  static constexpr std::uint64_t first_look = 64;  ///< at the balance of the groups, in windows
  static constexpr std::uint64_t never = ~std::uint64_t{0};
  static constexpr double most_unequal = 2;  ///< events of the busiest group to an equal share
  /// How many events ahead an engine fetches from memory what they need.
  static constexpr std::size_t fetch_ahead = 12;

  /// Cuts the processes into at most `most_groups_` groups of about equal weight, none empty, that
  /// have no event yet.
  void cut(const std::vector<double>& weights) {
    bounds_ = contiguous_slices(processes_.size(), most_groups_, weights);
    bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
    groups_ = std::vector<Group>(bounds_.size() - 1);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      groups_[g].begin = bounds_[g];
      groups_[g].end = bounds_[g + 1];
    }
    next_times_.assign(groups_.size(), end_of_time);
    has_mail_.assign(groups_.size(), false);
    mail_.reset(threads_, groups_.size() + (link_.ranks() == 1 ? 0 : link_.ranks()));
    active_.reserve(groups_.size());
    index_groups();
  }

  /// Cuts anew by what each process has sent so far, if the groups have turned out unequal. Between
  /// two looks the busiest groups of all windows together had `busiest_` events, and with groups of
  /// equal work they would have had no more than about one group's share. Looks more and more
  /// rarely: processes that cannot be divided stay unequal.
  void look_at_balance() {
    const double executed = static_cast<double>(executed_ - last_look_);
    const double share = executed / static_cast<double>(groups_.size());
    if (threads_ > 1 && static_cast<double>(busiest_) > most_unequal * share &&
        static_cast<double>(busiest_) * static_cast<double>(threads_) > executed) {
      const std::vector<Event<Payload>> all = pending();
      std::vector<double> weights;
      for (const std::uint64_t sent : sequences_) weights.push_back(1 + static_cast<double>(sent));
      cut(weights);
      take_in(all);
    }
    next_look_ = 2 * windows_;
    last_look_ = executed_;
    busiest_ = 0;
  }

  /// What is pending on this rank, in key order.
  std::vector<Event<Payload>> pending() const {
    std::vector<Event<Payload>> all;
    std::vector<EventKey> cancelled;
    const auto add = [&](const Event<Payload>& event) { all.push_back(event); };
    for (const Group& group : groups_) {
      group.pending.for_each(add);
      const std::vector<EventKey> keys = group.cancelled.sorted();
      cancelled.insert(cancelled.end(), keys.begin(), keys.end());
    }
    mail_.for_each_arrived(add);
    std::sort(cancelled.begin(), cancelled.end());
    settle(all, cancelled);
    return all;
  }

  /// Requires groups without an event.
  void take_in(const std::vector<Event<Payload>>& pending) {
    for (const Event<Payload>& event : pending) {
      groups_[group_of(index(event.target) - first_)].pending.push(event);
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      next_times_[g] = groups_[g].pending.next_time();
    }
  }

  /// The first process of each rank, then their number.
  static std::vector<std::size_t> count_processes(Link& link, std::size_t mine) {
    std::vector<std::size_t> bounds{0};
    for (const auto& bytes : link.gather(std::as_bytes(std::span(&mine, 1)))) {
      bounds.push_back(bounds.back() + values<std::size_t>(bytes).front());
    }
    return bounds;
  }

  static std::size_t index(LpId id) { return static_cast<std::size_t>(id); }

  // What parallel_for is given begins after its call, and ends before its return. Static, because a
  // thread has to know the edge before it may read anything of the engine.
  static inline HappensBefore fork_, join_;

  /// Notes for each stretch of processes in which group the first of them is.
  void index_groups() {
    constexpr std::size_t most_stretches = 4096;
    group_at_.clear();
    while (processes_.size() >> stretch_bits_ > most_stretches) ++stretch_bits_;
    std::size_t g = 0;
    for (std::size_t first = 0; first < processes_.size();
         first += std::size_t{1} << stretch_bits_) {
      while (first >= bounds_[g + 1]) ++g;
      group_at_.push_back(static_cast<std::uint32_t>(g));
    }
  }

  std::size_t group_of(std::size_t process) const {
    std::size_t g = group_at_[process >> stretch_bits_];
    while (process >= bounds_[g + 1]) ++g;
    return g;
  }

  /// The mailbox of a message that leaves its group: that of another group, or of another rank.
  std::size_t place_of(const Event<Payload>& event) const {
    const std::size_t process = index(event.target) - first_;  // huge for ranks before this one
    if (process < processes_.size()) return group_of(process);
    if (index(event.target) >= rank_bounds_.back()) refuse_target(event, rank_bounds_.back());
    return groups_.size() + slice_of(index(event.target), rank_bounds_);
  }

  void start() {
    started_ = true;
    for (std::size_t g = 0; g < groups_.size(); ++g) active_.push_back(g);
    visit_active(small_window, [this](Visit& visit) {
      for (std::size_t i = visit.group.begin; i < visit.group.end; ++i) {
        const LpId id{static_cast<std::uint32_t>(first_ + i)};
        visit.reached = {.at = Time{}, .source = id};
        deliver(visit, Time{}, id,
                [](P& process, Context<Payload>& context) { process.start(context); });
      }
    });
  }

  void execute_window(Time begin, Time end) {
    active_.clear();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (next_times_[g] < end || has_mail_[g]) active_.push_back(g);
    }
    const std::uint64_t executed_before = executed_;
    visit_active(last_window_, [&](Visit& visit) { advance(visit, end); });
    last_window_ = executed_ - executed_before;
    ++windows_;
    group_visits_ += active_.size();
    std::uint64_t most = 0;
    for (const std::size_t g : active_) most = std::max(most, groups_[g].executed);
    busiest_ += most;
    if (windows_ == next_look_) look_at_balance();
    if constexpr (requires { observer_.window_closed(WindowReport{}); }) {
      observer_.window_closed({begin, end, last_window_});
    }
  }

  /// A thread's work on a group, in one window.
  struct Visit {
    Group& group;
    Mailbox<Payload>* mailboxes;  ///< of this thread, by place, to write to
    /// The greatest key so far: an event without delay may have a lesser key than its cause, but
    /// it comes after it.
    EventKey reached{.at = Time{-1}};
  };

  /// Lets each active group act, side by side, then throws if one has failed.
  template <class Act>
  void visit_active(std::uint64_t events_expected, const Act& act) {
    if (threads_ == 1 || active_.size() == 1 || events_expected < small_window) {
      for (const std::size_t g : active_) visit(g, act);
    } else {
      // The largest first: what remains at the end is small, and no thread waits long for another.
      std::sort(active_.begin(), active_.end(), [&](std::size_t a, std::size_t b) {
        return groups_[a].executed > groups_[b].executed;
      });
      std::atomic<std::size_t> next = 0;
      const auto help = [&](std::size_t) {
        fork_.end();
        for (std::size_t i = next++; i < active_.size(); i = next++) visit(active_[i], act);
        join_.begin();
      };
      fork_.begin();
      tbb::parallel_for(std::size_t{0}, std::min(threads_, active_.size()), help,
                        tbb::simple_partitioner());
      join_.end();
    }
    close_window();
  }

  /// Takes in the mail of a group and lets it act.
  template <class Act>
  void visit(std::size_t g, const Act& act) noexcept {
    Group& group = groups_[g];
    const auto thread = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
    Visit visit{group, mail_.leaving(thread)};
    group.executed = 0;
    try {
      for (std::size_t t = 0; t < threads_; ++t) {
        Mailbox<Payload>& box = mail_.arrived(t, g);
        for (const Event<Payload>& event : box.letters) group.pending.push(event);
        box.clear();
      }
      act(visit);
      group.next_time = group.pending.next_time();
    } catch (...) {
      group.failed_at = visit.reached;
      group.failure = std::current_exception();
    }
  }

  /// Executes what happens in a group before the window ends.
  void advance(Visit& visit, Time window_end) {
    Group& group = visit.group;
    while (group.pending.next_time() < window_end) {
      const Event<Payload> event = group.pending.pop();
      if constexpr (KnowsUpcoming<Pending<Payload>>) {
        if (const Event<Payload>* ahead = group.pending.upcoming(fetch_ahead)) {
          __builtin_prefetch(&processes_[index(ahead->target) - first_], 1);
          __builtin_prefetch(&sequences_[index(ahead->target) - first_], 1);
        }
      }
      if (!group.cancelled.empty() && group.cancelled.take(event.key())) continue;
      if (visit.reached.at < event.at || visit.reached < event.key()) visit.reached = event.key();
      deliver(visit, event.at, event.target, [&](P& process, Context<Payload>& context) {
        process.handle(event.payload, context);
      });
      ++group.executed;
      if constexpr (requires { observer_.event_executed(std::size_t{}, event); }) {
        observer_.event_executed(static_cast<std::size_t>(&group - groups_.data()), event);
      }
    }
  }

  /// Lets a process act, then carries out what it asked for.
  template <class Act>
  void deliver(Visit& visit, Time now, LpId id, const Act& act) {
    Group& group = visit.group;
    const std::size_t self = index(id) - first_;
    Context<Payload> context(now, id, lookahead_, sequences_[self], group.outbox);
    act(processes_[self], context);
    for (const Event<Payload>& event : group.outbox.sent) {
      const std::size_t target = index(event.target) - first_;
      if (group.begin <= target && target < group.end) {
        group.pending.push(event);
      } else {
        visit.mailboxes[place_of(event)].put(event);
      }
    }
    for (const EventKey& event : group.outbox.cancelled) group.cancelled.add(event);
    group.outbox.sent.clear();
    group.outbox.cancelled.clear();
  }

  /// Counts what was executed, and exchanges messages.
  void close_window() {
    const Group* failed = nullptr;
    for (const std::size_t g : active_) {
      const Group& group = groups_[g];
      executed_ += group.executed;
      next_times_[g] = group.next_time;
      has_mail_[g] = false;
      // One loop over all processes would go from group to group by their least keys, so it arrives
      // first where `failed_at` is least.
      if (group.failure && (!failed || group.failed_at < failed->failed_at)) failed = &group;
    }
    mail_.turn();
    agree(failed);
  }

  /// Tells the other ranks how far this one is, hands over what is for them, and learns lbts.
  void agree(const Group* failed = nullptr) {
    RankNotice notice{.executed = executed_};
    if (failed) {
      notice.failed = true;
      notice.failed_at = failed->failed_at;
    }
    for (std::size_t t = 0; t < threads_; ++t) {
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        const Mailbox<Payload>& box = mail_.arrived(t, g);
        if (!box.letters.empty()) expect_mail(g, box.earliest);
      }
      for (std::size_t place = groups_.size(); place < mail_.places(); ++place) {
        Mailbox<Payload>& box = mail_.arrived(t, place);
        std::vector<Event<Payload>>& letters = outgoing_[place - groups_.size()];
        if (t == 0) letters.clear();
        letters.insert(letters.end(), box.letters.begin(), box.letters.end());
        notice.earliest = std::min(notice.earliest, box.earliest);
        box.clear();
      }
    }
    for (const Time time : next_times_) notice.earliest = std::min(notice.earliest, time);
    for (std::size_t r = 0; r < outgoing_.size(); ++r) {
      parcels_[r] = std::as_bytes(std::span(outgoing_[r]));
    }
    const std::span<const RankNotice> notices = link_.exchange(notice, parcels_);
    throw_first_failure(link_, notices, failed ? failed->failure : nullptr);
    lbts_ = end_of_time;
    for (const RankNotice& of_rank : notices) lbts_ = std::min(lbts_, of_rank.earliest);
    for (std::size_t r = 0; r < link_.ranks(); ++r) {
      for (const Event<Payload>& event : values<Event<Payload>>(link_.received(r))) {
        const std::size_t g = group_of(index(event.target) - first_);
        mail_.arrived(0, g).put(event);
        expect_mail(g, event.at);
      }
    }
  }

  void expect_mail(std::size_t g, Time earliest) {
    has_mail_[g] = true;
    next_times_[g] = std::min(next_times_[g], earliest);
  }

  [[no_unique_address]] std::conditional_t<std::same_as<Link, SingleRank>, SingleRank,
                                           std::monostate>
      own_link_;
  Link& link_;
  std::vector<P> processes_;
  std::vector<std::uint64_t> sequences_;  ///< events sent so far, by process
  Duration lookahead_;
  std::vector<std::size_t> rank_bounds_;  ///< first process of each rank, then their number
  std::size_t first_;                     ///< process of this rank
  tbb::task_arena arena_;
  std::size_t threads_;
  std::size_t most_groups_;
  std::vector<std::size_t> bounds_;  ///< first process of each group, then their number, from 0
  std::vector<Group> groups_;
  std::vector<Time> next_times_;         ///< by group, mail included
  std::vector<bool> has_mail_;           ///< by group
  std::vector<std::size_t> active_;      ///< groups with an event in the window, or mail
  std::vector<std::uint32_t> group_at_;  ///< by stretch of processes
  int stretch_bits_ = 0;                 ///< a stretch has 2^stretch_bits processes
  Mailboxes<Payload> mail_;  ///< the places are the groups, then ranks if there are others
  std::vector<std::vector<Event<Payload>>> outgoing_;  ///< by rank
  std::vector<Parcel> parcels_;                        ///< the same as bytes
  Time now_;
  Time lbts_;  ///< the earliest that is pending on any rank
  std::uint64_t executed_ = 0;
  std::uint64_t last_window_ = small_window;  ///< events in the last window
  std::uint64_t windows_ = 0;
  std::uint64_t group_visits_ = 0;
  std::uint64_t next_look_ = first_look;  ///< at the balance of the groups, in windows
  std::uint64_t last_look_ = 0;           ///< in events
  std::uint64_t busiest_ = 0;             ///< events of the busiest group of each window since
  bool started_ = false;
  bool failed_ = false;
  [[no_unique_address]] Observer observer_;
};

}  // namespace pdes
