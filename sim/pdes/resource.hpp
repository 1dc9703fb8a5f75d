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

#include <algorithm>
#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

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

/// Customers in the order in which they came, as numbers that grow. Whoever leaves the middle of
/// the line leaves a gap, and nobody moves up: gaps are closed all at once, when the line would
/// otherwise need more memory. So to join and to be called take a constant time on average, to give
/// up a time in proportion to the logarithm of the line, and nothing is allocated once the line has
/// been as long as it gets.
template <class Customer>
class WaitingLine {
 public:
  struct Place {
    std::uint64_t number;
    Time since;
    std::optional<Customer> customer;  ///< nobody: a gap
  };

  bool empty() const { return size_ == 0; }

  /// Requires a number greater than those before.
  void join(std::uint64_t number, Customer customer, Time now) {
    assert(places_.empty() || places_.back().number < number);
    if (places_.size() == places_.capacity() && 2 * size_ <= places_.size()) close_gaps();
    places_.push_back({number, now, std::move(customer)});
    ++size_;
  }

  /// The first of the line leaves it. Requires somebody.
  Place call() {
    assert(!empty());
    return vacate(places_[first_]);
  }

  /// Whoever has this number leaves the line; nothing is returned if nobody in it has.
  std::optional<Place> leave(std::uint64_t number) {
    const auto place = std::lower_bound(
        places_.begin() + static_cast<std::ptrdiff_t>(first_), places_.end(), number,
        [](const Place& other, std::uint64_t wanted) { return other.number < wanted; });
    if (place == places_.end() || place->number != number || !place->customer) return std::nullopt;
    return vacate(*place);
  }

  /// Calls `act(place)` for everybody, in order.
  template <class Act>
  void for_each(const Act& act) const {
    for (const Place& place : places_) {
      if (place.customer) act(place);
    }
  }

  /// For snapshots: who waits, without the gaps, which are nobody's business.
  template <class Writer>
  void save(Writer& to) const {
    to.write(size_);
    for_each([&](const Place& place) { to.write(place.number, place.since, *place.customer); });
  }
  template <class Reader>
  void load(Reader& from) {
    *this = {};
    std::size_t customers = 0;
    from.read(customers);
    for (; customers > 0; --customers) {
      Place place{0, {}, Customer()};
      from.read(place.number, place.since, *place.customer);
      join(place.number, *place.customer, place.since);
    }
  }

 private:
  Place vacate(Place& place) {
    Place left{place.number, place.since, std::exchange(place.customer, std::nullopt)};
    if (--size_ == 0) {
      places_.clear();
      first_ = 0;
    } else {
      while (!places_[first_].customer) ++first_;
    }
    return left;
  }

  void close_gaps() {
    places_.erase(std::remove_if(places_.begin(), places_.end(),
                                 [](const Place& place) { return !place.customer; }),
                  places_.end());
    first_ = 0;
  }

  std::vector<Place> places_;
  std::size_t first_ = 0;  ///< the first place that is no gap
  std::size_t size_ = 0;   ///< places that are none
};

/// A number of equal servers and one queue, with a limit on the queue if there is one. A server is
/// never idle while somebody waits, and a service that has begun is never interrupted. `Customer`
/// is the payload of the process: a small value. Nothing is allocated per customer once the queue
/// has been as long as it gets, for up to eight priorities. Requires calls at times that never go
/// back.
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
    lines_[priority].join(ticket.number, std::move(customer), now);
    length_.change(+1, now);
    return {Admission::queued, ticket};
  }

  /// A service ends. Its server calls the next customer, whose service begins now; nothing is
  /// returned if nobody waits. Requires that somebody is served.
  std::optional<Start> release(Time now) {
    assert(in_service() > 0);
    ++completed_;
    if (waiting() == 0) {
      busy_.change(-1, now);
      return std::nullopt;
    }
    auto line = lines_.begin();
    while (line->second.empty()) ++line;
    const std::int32_t priority = line->first;
    auto first = line->second.call();
    drop_if_spare(line);
    ++started_;
    const Duration waited = end_wait(first.since, now);
    return Start{std::move(*first.customer), {priority, first.number}, waited};
  }

  /// The customer loses patience, and is returned if they were still waiting: they are then out of
  /// the queue. Nothing happens to somebody who has been called before. So the end of a patience is
  /// scheduled once and never has to be cancelled.
  std::optional<Customer> abandon(Ticket ticket, Time now) {
    const auto line = lines_.find(ticket.priority);
    if (line == lines_.end()) return std::nullopt;
    auto gone = line->second.leave(ticket.number);
    if (!gone) return std::nullopt;
    drop_if_spare(line);
    ++abandoned_;
    end_wait(gone->since, now);
    return std::move(gone->customer);
  }

  int servers() const { return servers_; }
  int in_service() const { return static_cast<int>(busy_.value()); }
  std::size_t waiting() const { return static_cast<std::size_t>(length_.value()); }

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
    for (const auto& [priority, line] : lines_)
      line.for_each([&](const auto& place) { total = total + (now - place.since); });
    return total;
  }

  /// For snapshots: the pool without its number of servers and places, which the loaded one has.
  template <class Writer>
  void save(Writer& to) const {
    std::size_t lines = 0;
    for (const auto& [priority, line] : lines_) lines += !line.empty();
    to.write(lines);
    for (const auto& [priority, line] : lines_) {
      if (!line.empty()) to.write(priority, line);
    }
    to.write(length_, busy_, requested_, started_, completed_, refused_, abandoned_, ended_waits_);
  }
  template <class Reader>
  void load(Reader& from) {
    lines_.clear();
    std::size_t lines = 0;
    from.read(lines);
    for (; lines > 0; --lines) {
      std::int32_t priority = 0;
      from.read(priority);
      from.read(lines_[priority]);
    }
    from.read(length_, busy_, requested_, started_, completed_, refused_, abandoned_, ended_waits_);
  }

 private:
  using Lines = std::map<std::int32_t, WaitingLine<Customer>>;

  /// So many lines stay when they are empty, for those who come next; more would slow `release`.
  static constexpr std::size_t kept_lines = 8;

  void drop_if_spare(typename Lines::iterator line) {
    if (line->second.empty() && lines_.size() > kept_lines) lines_.erase(line);
  }

  /// Somebody is in the queue no longer; returns how long they were.
  Duration end_wait(Time since, Time now) {
    length_.change(-1, now);
    const Duration waited = now - since;
    ended_waits_ = ended_waits_ + waited;
    return waited;
  }

  int servers_;
  std::size_t places_;
  Lines lines_;  ///< by priority, in the order in which they are called
  TimeWeighted length_, busy_;
  std::uint64_t requested_ = 0, started_ = 0, completed_ = 0, refused_ = 0, abandoned_ = 0;
  Duration ended_waits_;
};

}  // namespace pdes
