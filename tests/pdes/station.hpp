/// A service station with a queue: the logical process from which the tests build queueing networks
/// whose exact solution is known.
#pragma once

#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>

#include "pdes/process.hpp"
#include "pdes/sample.hpp"
#include "pdes/snapshot.hpp"
#include "pdes/stream.hpp"

namespace pdes::test {

/// What a station is and does. Times are means of exponential laws, in ticks.
struct StationPlan {
  std::uint32_t replication = 0;
  int servers = 1;
  double service = 0;
  double gap = 0;              ///< between arrivals from outside; 0: nobody arrives from outside
  int jobs_at_start = 0;       ///< all in the queue at time zero
  std::optional<LpId> next{};  ///< where jobs go afterwards; nothing: they leave
  Duration travel{};           ///< on the way to `next`
  Time warm_up{};              ///< waits that end before are not averaged
};

/// A quantity over time and its integral.
class Level {
 public:
  void change(int by, Time now) {
    integral_ += value_ * (now - last_).ticks;
    last_ = now;
    value_ += by;
  }
  void save(StateWriter& to) const { to.write(value_, integral_, last_); }
  void load(StateReader& from) { from.read(value_, integral_, last_); }
  std::int64_t integral(Time now) const { return integral_ + value_ * (now - last_).ticks; }

 private:
  std::int64_t value_ = 0, integral_ = 0;
  Time last_;
};

enum class Visit { arrival_from_outside, arrival, departure };

/// Servers that share a queue, first come, first served.
class Station {
 public:
  using Payload = Visit;

  explicit Station(const StationPlan& plan) : plan_(plan), free_(plan.servers) {}

  void start(Context<Visit>& context) {
    if (plan_.gap > 0) await_arrival(context);
    for (int job = 0; job < plan_.jobs_at_start; ++job) enter(context);
  }

  void handle(Visit visit, Context<Visit>& context) {
    if (visit == Visit::departure) {
      leave(context);
    } else {
      if (visit == Visit::arrival_from_outside) await_arrival(context);
      enter(context);
    }
  }

  void save(StateWriter& to) const {
    to.write(free_, waiting_, queue_, ended_waits_, averaged_wait_, averaged_, departures_);
    to.write(arrivals_, services_);
  }
  void load(StateReader& from) {
    from.read(free_, waiting_, queue_, ended_waits_, averaged_wait_, averaged_, departures_);
    from.read(arrivals_, services_);
  }

  /// Mean wait of the jobs that began their service after the warm-up, ticks.
  double mean_wait() const {
    return static_cast<double>(averaged_wait_) / static_cast<double>(averaged_);
  }
  std::int64_t departures() const { return departures_; }

  /// Little's law before any average is taken: the number waiting, integrated over [0, now], is the
  /// sum of the waits, those of the jobs that still wait included.
  bool little_holds(Time now) const {
    std::int64_t waits = ended_waits_;
    for (const Time since : waiting_) waits += (now - since).ticks;
    return waits == queue_.integral(now);
  }

 private:
  enum class Decision : std::uint32_t { gap, service };

  void await_arrival(Context<Visit>& context) {
    context.schedule(draw(context.self(), Decision::gap, arrivals_++, plan_.gap),
                     Visit::arrival_from_outside);
  }

  void enter(Context<Visit>& context) {
    waiting_.push_back(context.now());
    queue_.change(+1, context.now());
    if (free_ > 0) serve_next(context);
  }

  void leave(Context<Visit>& context) {
    ++departures_;
    ++free_;
    if (plan_.next) context.send(*plan_.next, plan_.travel, Visit::arrival);
    if (!waiting_.empty()) serve_next(context);
  }

  void serve_next(Context<Visit>& context) {
    const Duration wait = context.now() - waiting_.front();
    waiting_.pop_front();
    queue_.change(-1, context.now());
    ended_waits_ += wait.ticks;
    if (context.now() >= plan_.warm_up) {
      averaged_wait_ += wait.ticks;
      ++averaged_;
    }
    --free_;
    context.schedule(draw(context.self(), Decision::service, services_++, plan_.service),
                     Visit::departure);
  }

  Duration draw(LpId self, Decision decision, std::uint32_t job, double mean) const {
    Stream stream({.seed = 1 + static_cast<std::uint64_t>(self),
                   .replication = plan_.replication,
                   .decision = static_cast<std::uint32_t>(decision),
                   .entity = job});
    return {std::llround(mean * unit_exponential(stream))};
  }

  StationPlan plan_;
  int free_;
  std::deque<Time> waiting_;  ///< since when, in the order of arrival
  Level queue_;
  std::int64_t ended_waits_ = 0, averaged_wait_ = 0, averaged_ = 0;
  std::int64_t departures_ = 0;
  std::uint32_t arrivals_ = 0, services_ = 0;
};

}  // namespace pdes::test
