/// Servers who share a queue: a component that a logical process owns.
///
/// The pool knows who waits and who is served; the process knows what happens and when. It asks the
/// pool, and schedules its own events after the answer:
///
///     void arrive(Patient patient, Context& context) {
///       const auto answer = pool_.request(patient, context.now());
///       if (answer.admission == Admission::started) begin(patient, context);
///       if (answer.admission == Admission::queued)
///         context.schedule(patience_of(patient), GiveUp{answer.ticket});
///     }
///     void handle(Departure, Context& context) {
///       if (const auto next = pool_.release(context.now())) begin(next->customer, context);
///     }
///     void handle(GiveUp event, Context& context) {
///       pool_.abandon(event.ticket, context.now());  // nothing happens to those already called
///     }
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "pdes/statistics.hpp"
#include "pdes/time.hpp"

namespace pdes {

/// What becomes of a request.
enum class Admission {
  started,  ///< a server was free: the service begins now
  queued,   ///< all servers are busy: the customer waits
  refused,  ///< the queue is full too: the customer is lost
};

/// A place in the order of a queue: lowest priority number first, then first come, first served. No
/// two customers of a pool ever have the same ticket.
struct Ticket {
  std::int32_t priority = 0;
  std::uint64_t number = 0;
  auto operator<=>(const Ticket&) const = default;
};

/// A number of equal servers and one queue, with a limit on the queue if there is one. A server is
/// never idle while somebody waits, and a service that has begun is never interrupted. `Customer`
/// is the payload of the process: a small value. Requires calls at times that never go back.
template <class Customer>
class ServerPool {
 public:
  /// The answer to a request. The ticket is for `abandon`, and void after a refusal.
  struct Answer {
    Admission admission;
    Ticket ticket;
  };

  /// A customer whose service begins now.
  struct Start {
    Customer customer;
    Ticket ticket;
    Duration waited;
  };

  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  /// `places`: how many customers may wait; with 0 there is no queue. Requires a server at least.
  explicit ServerPool(int servers, std::size_t places = unlimited)
      : servers_(servers), places_(places) {
    assert(servers >= 1);
  }

  /// A customer asks for a server. If `started`, the process schedules the end of the service.
  Answer request(Customer customer, Time now, std::int32_t priority = 0) {
    const Ticket ticket{priority, requested_++};
    if (in_service() < servers_) {
      busy_.change(+1, now);
      ++started_;
      return {Admission::started, ticket};
    }
    if (waiting() == places_) {
      ++refused_;
      return {Admission::refused, ticket};
    }
    queue_.emplace(ticket, Waiting{std::move(customer), now});
    length_.change(+1, now);
    return {Admission::queued, ticket};
  }

  /// A service ends. Its server calls the next customer, whose service begins now; nothing is
  /// returned if nobody waits. Requires that somebody is served.
  std::optional<Start> release(Time now) {
    assert(in_service() > 0);
    ++completed_;
    if (queue_.empty()) {
      busy_.change(-1, now);
      return std::nullopt;
    }
    auto first = queue_.extract(queue_.begin());
    length_.change(-1, now);
    const Duration waited = now - first.mapped().since;
    ended_waits_ = ended_waits_ + waited;
    ++started_;
    return Start{std::move(first.mapped().customer), first.key(), waited};
  }

  /// The customer loses patience, and is returned if they were still waiting: they are then out of
  /// the queue. Nothing happens to somebody who has been called before. So the end of a patience is
  /// scheduled once and never has to be cancelled.
  std::optional<Customer> abandon(Ticket ticket, Time now) {
    auto gone = queue_.extract(ticket);
    if (gone.empty()) return std::nullopt;
    length_.change(-1, now);
    ended_waits_ = ended_waits_ + (now - gone.mapped().since);
    ++abandoned_;
    return std::move(gone.mapped().customer);
  }

  int servers() const { return servers_; }
  int in_service() const { return static_cast<int>(busy_.value()); }
  std::size_t waiting() const { return queue_.size(); }

  // How many customers have ... since the beginning; then
  //   requested = started + waiting + refused + abandoned, started = completed + in_service.
  std::uint64_t requested() const { return requested_; }
  std::uint64_t started() const { return started_; }
  std::uint64_t completed() const { return completed_; }
  std::uint64_t refused() const { return refused_; }
  std::uint64_t abandoned() const { return abandoned_; }

  const TimeWeighted& queue_length() const { return length_; }
  const TimeWeighted& busy_servers() const { return busy_; }

  /// All waits until now, those of customers who gave up or still wait included. By Little's law it
  /// equals `queue_length().integral(now).sum`, to the tick. Takes a time in proportion to the
  /// queue.
  Duration total_wait(Time now) const {
    Duration total = ended_waits_;
    for (const auto& entry : queue_) total = total + (now - entry.second.since);
    return total;
  }

 private:
  struct Waiting {
    Customer customer;
    Time since;
  };

  int servers_;
  std::size_t places_;
  std::map<Ticket, Waiting> queue_;  ///< in the order in which they will be called
  TimeWeighted length_, busy_;
  std::uint64_t requested_ = 0, started_ = 0, completed_ = 0, refused_ = 0, abandoned_ = 0;
  Duration ended_waits_;
};

}  // namespace pdes
