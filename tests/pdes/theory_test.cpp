/// The kernel and its server pools against queueing theory, in six models. What is estimated comes
/// from independent replications after a warm-up; theory must lie inside a 99.9 % interval whose
/// half-width is at most 0.5 % of it. Each check has power: of a model with one mean that is 2 %
/// too long, theory lies outside.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <utility>
#include <variant>
#include <vector>

#include "pdes/resource.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/statistics.hpp"
#include "pdes/stream.hpp"

namespace pdes {
namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
constexpr double minute = 1e6;  ///< in ticks
constexpr double never = 0;     ///< as a mean patience: nobody gives up

enum class Law { exponential, uniform };

/// Servers and their queue. Means in minutes.
struct RoomPlan {
  int servers = 1;
  std::size_t places = no_limit;
  double service = 0;
  Law law = Law::exponential;  ///< of the service; the uniform one is between 0 and twice the mean
  double patience = never;     ///< of an exponential law
  std::array<double, 4> next{0, 0, 0, 1};  ///< share who go on to each room; the last: who leave
};

/// An open network. Customers come to the first room, as a Poisson process.
struct Plan {
  double gap = 0;        ///< mean time between two arrivals, in minutes
  double customers = 0;  ///< how many come in one replication, on average
  std::vector<RoomPlan> rooms;

  Time warm_up() const { return {std::llround(1000 * gap * minute)}; }
  Time horizon() const { return warm_up() + Duration{std::llround(customers * gap * minute)}; }
};

struct Customer {
  std::uint32_t number = 0;
  std::uint32_t visit = 0;  ///< how many rooms they have seen before
  Time since{};             ///< when they came to this one
};

// What can happen to a room.
struct FromOutside {};
struct Arrival {
  Customer customer;
};
struct Departure {
  Customer customer;
};
struct PatienceEnds {
  Ticket ticket;
};

/// The logical process of all six models. It tallies waits by its own clock, next to the pool's.
class Room {
 public:
  using Payload = std::variant<FromOutside, Arrival, Departure, PatienceEnds>;
  using Pool = ServerPool<Customer>;

  Room(const Plan& network, std::size_t room, std::uint32_t replication)
      : plan_(network.rooms[room]),
        gap_(network.gap),
        closes_(network.horizon()),
        replication_(replication),
        pool_(plan_.servers, plan_.places) {}

  void start(Context<Payload>& context) {
    if (context.self() == LpId{0}) await_arrival(context);
  }

  void handle(const Payload& happening, Context<Payload>& context) {
    std::visit([&](const auto& what) { happen(what, context); }, happening);
  }

  const Pool& pool() const { return pool_; }
  std::uint64_t ended_waits() const { return ended_waits_; }   ///< by a service or by giving up
  std::int64_t sum_of_waits() const { return sum_of_waits_; }  ///< in ticks

 private:
  enum class Decision : std::uint32_t { gap, service, patience, next };

  void happen(FromOutside, Context<Payload>& context) {
    enter({.number = arrived_++}, context);
    await_arrival(context);
  }
  void happen(const Arrival& event, Context<Payload>& context) { enter(event.customer, context); }

  void happen(const Departure& event, Context<Payload>& context) {
    if (const auto next = pool_.release(context.now())) serve(next->customer, context);
    Customer customer = event.customer;
    if (plan_.next.back() < 1) {
      Stream stream = luck(Decision::next, customer);
      const std::size_t room = categorical(stream.uniform(), plan_.next);
      ++customer.visit;
      if (room + 1 < plan_.next.size())
        context.send(LpId{static_cast<std::uint32_t>(room)}, {}, Arrival{customer});
    }
  }

  void happen(PatienceEnds event, Context<Payload>& context) {
    if (const auto gone = pool_.abandon(event.ticket, context.now())) end_wait(*gone, context);
  }

  void await_arrival(Context<Payload>& context) {
    const Duration gap = draw(Decision::gap, {.number = arrived_}, gap_);
    if (context.now() + gap < closes_) context.schedule(gap, FromOutside{});
  }

  void enter(Customer customer, Context<Payload>& context) {
    customer.since = context.now();
    const Pool::Answer answer = pool_.request(customer, context.now());
    if (answer.admission == Admission::started) serve(customer, context);
    if (answer.admission == Admission::queued && plan_.patience != never) {
      context.schedule(draw(Decision::patience, customer, plan_.patience),
                       PatienceEnds{answer.ticket});
    }
  }

  void serve(const Customer& customer, Context<Payload>& context) {
    end_wait(customer, context);
    context.schedule(draw(Decision::service, customer, plan_.service, plan_.law),
                     Departure{customer});
  }

  void end_wait(const Customer& customer, const Context<Payload>& context) {
    ++ended_waits_;
    sum_of_waits_ += (context.now() - customer.since).ticks;
  }

  Duration draw(Decision decision, const Customer& customer, double mean,
                Law law = Law::exponential) const {
    Stream stream = luck(decision, customer);
    const double unit = law == Law::exponential ? unit_exponential(stream) : 2 * stream.uniform();
    return {std::llround(mean * minute * unit)};
  }

  Stream luck(Decision decision, const Customer& customer) const {
    return Stream({.seed = 9,
                   .replication = replication_,
                   .decision = static_cast<std::uint32_t>(decision),
                   .entity = customer.number,
                   .index = customer.visit});
  }

  RoomPlan plan_;
  double gap_;
  Time closes_;
  std::uint32_t replication_;
  Pool pool_;
  std::uint32_t arrived_ = 0;
  std::uint64_t ended_waits_ = 0;
  std::int64_t sum_of_waits_ = 0;
};

/// What is measured of a room.
enum Measure : std::size_t {
  wait,       ///< of those who are not refused, in minutes
  waiting,    ///< how many, on average over time
  blocked,    ///< share who are refused
  abandoned,  ///< share who give up
};
constexpr std::array names{"wait", "waiting", "blocked", "abandoned"};

using Theory = std::array<double, names.size()>;
using Estimates = std::array<Tally, names.size()>;  ///< a value of each replication

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<Room> rooms_of(const Plan& network, std::uint32_t replication) {
  std::vector<Room> rooms;
  for (std::size_t i = 0; i < network.rooms.size(); ++i)
    rooms.emplace_back(network, i, replication);
  return rooms;
}

/// Runs a network in independent replications; one element of the result per room.
std::vector<Estimates> simulate(const Plan& network, std::uint32_t replications) {
  std::vector<Estimates> estimates(network.rooms.size());
  const Time warm_up = network.warm_up(), horizon = network.horizon();
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    SequentialEngine<Room> engine(rooms_of(network, replication));
    engine.run(warm_up);
    const std::vector<Room> warm = engine.processes();
    engine.run(horizon);
    for (std::size_t i = 0; i < warm.size(); ++i) {
      const Room &before = warm[i], &after = engine.processes()[i];
      const Room::Pool &pool_before = before.pool(), &pool = after.pool();
      const std::uint64_t requested = pool.requested() - pool_before.requested();
      const TimeIntegral length =
          pool.queue_length().integral(horizon) - pool_before.queue_length().integral(warm_up);
      Estimates& room = estimates[i];
      room[wait].add(static_cast<double>(after.sum_of_waits() - before.sum_of_waits()) /
                     static_cast<double>(after.ended_waits() - before.ended_waits()) / minute);
      room[waiting].add(length.average());
      room[blocked].add(share(pool.refused() - pool_before.refused(), requested));
      room[abandoned].add(share(pool.abandoned() - pool_before.abandoned(), requested));
    }
  }
  return estimates;
}

/// M/M/c, with a limit on the queue or with patience: the next of k customers leaves at the rate
/// min(k, c)/service + max(k - c, 0)/patience, so the probabilities of k are those of a birth and
/// death process. `rate` is of arrivals, per minute.
Theory birth_and_death(const RoomPlan& room, double rate) {
  double weight = 1, total = 1, sum = 0;
  const bool limited = room.places != no_limit;
  for (std::size_t k = 1;
       limited ? k <= room.places + static_cast<std::size_t>(room.servers) : weight > 1e-18 * total;
       ++k) {
    const double served = std::min(static_cast<double>(k), static_cast<double>(room.servers));
    const double waits = static_cast<double>(k) - served;
    weight *= rate / (served / room.service + (room.patience == never ? 0 : waits / room.patience));
    total += weight;
    sum += waits * weight;
  }
  const double mean_waiting = sum / total;
  const double refused = limited ? weight / total : 0;
  const double gave_up = room.patience == never ? 0 : mean_waiting / (rate * room.patience);
  return {mean_waiting / (rate * (1 - refused)), mean_waiting, refused, gave_up};
}

/// One server, any law of the service, by Pollaczek and Khinchine: W = rate E[S^2] / 2(1 - load).
Theory pollaczek_khinchine(double mean, double mean_square, double rate) {
  const double mean_wait = rate * mean_square / (2 * (1 - rate * mean));
  return {mean_wait, rate * mean_wait, 0, 0};
}

/// Visits per minute to each room: r_j = arrivals_j + sum_i r_i p_ij, by repeated substitution.
std::vector<double> visit_rates(const Plan& network) {
  std::vector<double> rates(network.rooms.size(), 0.0);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> next(rates.size(), 0.0);
    next[0] = 1 / network.gap;
    for (std::size_t i = 0; i < rates.size(); ++i)
      for (std::size_t j = 0; j < rates.size(); ++j) next[j] += rates[i] * network.rooms[i].next[j];
    rates = next;
  }
  return rates;
}

/// Each room as if it stood alone: exact for one room, and for Jackson's networks.
std::vector<Theory> theory_of(const Plan& network) {
  const std::vector<double> rates = visit_rates(network);
  std::vector<Theory> theory;
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const RoomPlan& room = network.rooms[i];
    const double mean_square = 4 * room.service * room.service / 3;  // of the uniform law
    theory.push_back(room.law == Law::uniform
                         ? pollaczek_khinchine(room.service, mean_square, rates[i])
                         : birth_and_death(room, rates[i]));
  }
  return theory;
}

TEST(Formulas, BirthAndDeathAtOneServerIsTheTextbooksMM1) {
  const double mean_wait = birth_and_death({.service = 10}, 0.05)[wait];
  EXPECT_NEAR(mean_wait, 10 * 0.5 / (1 - 0.5), 1e-12);
  EXPECT_NEAR(mean_wait, pollaczek_khinchine(10, 2 * 10 * 10, 0.05)[wait], 1e-12);
}

TEST(Formulas, BirthAndDeathAtTwoServersIsErlangsC) {
  const double load = 0.5, all_busy = 2 * load * load / (1 + load);
  EXPECT_NEAR(birth_and_death({.servers = 2, .service = 10}, 0.1)[wait],
              all_busy * 10 / (2 * (1 - load)), 1e-12);
}

TEST(Formulas, BirthAndDeathWithoutPlacesIsErlangsB) {
  EXPECT_NEAR(birth_and_death({.servers = 2, .places = 0, .service = 1}, 1)[blocked], 0.2, 1e-15);
}

TEST(Formulas, WithPatienceAsLongAsServicesTheNumberPresentIsPoisson) {
  // Everybody leaves at the same rate, called or not: E[max(k - 1, 0)] = E[k] - 1 + P(k = 0).
  EXPECT_NEAR(birth_and_death({.service = 1, .patience = 1}, 1)[waiting], std::exp(-1), 1e-12);
}

constexpr std::uint32_t all_replications = 100, a_quarter = 25;

struct Compared {
  Interval found;  ///< at 99.9 %
  double theory;
};
std::ostream& operator<<(std::ostream& out, const Compared& compared) {
  return out << compared.found.mean << " +- " << compared.found.half_width << " against "
             << compared.theory;
}

/// The check: theory lies inside every interval, and no interval is wider than 0.5 % of it on
/// either side. A share that is zero must be found to be zero.
void expect_agrees(const Plan& network) {
  const std::vector<Estimates> rooms = simulate(network, all_replications);
  const std::vector<Theory> theory = theory_of(network);
  for (std::size_t room = 0; room < rooms.size(); ++room) {
    for (std::size_t measure = 0; measure < names.size(); ++measure) {
      SCOPED_TRACE(::testing::Message() << names[measure] << " in room " << room);
      const Compared is{confidence_interval(rooms[room][measure], 0.999), theory[room][measure]};
      EXPECT_TRUE(is.found.contains(is.theory)) << is;
      EXPECT_LE(is.found.half_width, 0.005 * is.theory) << is;
    }
  }
}

/// The power of the check, on a copy of the network with one mean that is 2 % too long: theory lies
/// outside the interval of each measure which it says to move by 1 % or more, wait and length of
/// the queue in one room at least. It is the theory of the copy that lies inside. A quarter of the
/// replications is enough, although intervals are then twice as wide.
void expect_notices(const Plan& network, const Plan& mutated) {
  const std::vector<Estimates> rooms = simulate(mutated, a_quarter);
  const std::vector<Theory> theory = theory_of(network), moved = theory_of(mutated);
  int noticed = 0;
  for (std::size_t room = 0; room < rooms.size(); ++room) {
    for (std::size_t measure = 0; measure < names.size(); ++measure) {
      SCOPED_TRACE(::testing::Message() << names[measure] << " in room " << room);
      const Interval found = confidence_interval(rooms[room][measure], 0.999);
      const Compared is{found, moved[room][measure]}, is_not{found, theory[room][measure]};
      EXPECT_TRUE(found.contains(is.theory)) << is;
      if (std::abs(is.theory - is_not.theory) < 0.01 * is_not.theory || is.theory == 0) continue;
      EXPECT_FALSE(found.contains(is_not.theory)) << is_not;
      ++noticed;
    }
  }
  EXPECT_GE(noticed, 2);
}

constexpr double too_long = 1.02;

Plan with_longer_gaps(Plan network) {
  network.gap *= too_long;
  return network;
}
Plan with_longer_services(Plan network, std::size_t room = 0) {
  network.rooms[room].service *= too_long;
  return network;
}
Plan with_longer_patience(Plan network) {
  network.rooms[0].patience *= too_long;
  return network;
}

const Plan mm1{.gap = 20, .customers = 180'000, .rooms = {{.service = 10}}};

TEST(MM1, AgreesWithTheory) { expect_agrees(mm1); }
TEST(MM1, LongerGapsAreNoticed) { expect_notices(mm1, with_longer_gaps(mm1)); }
TEST(MM1, LongerServicesAreNoticed) { expect_notices(mm1, with_longer_services(mm1)); }

const Plan mmc{.gap = 10, .customers = 300'000, .rooms = {{.servers = 2, .service = 10}}};

TEST(MMc, AgreesWithTheory) { expect_agrees(mmc); }
TEST(MMc, LongerGapsAreNoticed) { expect_notices(mmc, with_longer_gaps(mmc)); }
TEST(MMc, LongerServicesAreNoticed) { expect_notices(mmc, with_longer_services(mmc)); }

const Plan mmck{
    .gap = 10, .customers = 40'000, .rooms = {{.servers = 2, .places = 2, .service = 30}}};

TEST(MMcK, AgreesWithTheory) { expect_agrees(mmck); }
TEST(MMcK, LongerGapsAreNoticed) { expect_notices(mmck, with_longer_gaps(mmck)); }
TEST(MMcK, LongerServicesAreNoticed) { expect_notices(mmck, with_longer_services(mmck)); }

const Plan mg1{.gap = 20, .customers = 120'000, .rooms = {{.service = 10, .law = Law::uniform}}};

TEST(MG1, AgreesWithTheory) { expect_agrees(mg1); }
TEST(MG1, LongerGapsAreNoticed) { expect_notices(mg1, with_longer_gaps(mg1)); }
TEST(MG1, LongerServicesAreNoticed) { expect_notices(mg1, with_longer_services(mg1)); }

// More customers than two servers can serve.
const Plan mmcm{
    .gap = 10, .customers = 50'000, .rooms = {{.servers = 2, .service = 30, .patience = 30}}};

TEST(MMcM, AgreesWithTheory) { expect_agrees(mmcm); }
TEST(MMcM, LongerGapsAreNoticed) { expect_notices(mmcm, with_longer_gaps(mmcm)); }
TEST(MMcM, LongerServicesAreNoticed) { expect_notices(mmcm, with_longer_services(mmcm)); }
// By the wait and the length of the queue: the share who give up moves by 0.2 % only.
TEST(MMcM, LongerPatienceIsNoticed) { expect_notices(mmcm, with_longer_patience(mmcm)); }

const Plan jackson{.gap = 10,
                   .customers = 170'000,
                   .rooms = {{.service = 3, .next = {0, 0.6, 0.4, 0}},
                             {.service = 3, .next = {0, 0, 0.5, 0.5}},
                             {.service = 4, .next = {0.2, 0.3, 0, 0.5}}}};

TEST(Jackson, AgreesWithTheoryInEveryRoom) { expect_agrees(jackson); }
TEST(Jackson, LongerGapsAreNoticed) { expect_notices(jackson, with_longer_gaps(jackson)); }
// Product form: the rooms that are as they were wait as they did.
TEST(Jackson, LongerServicesAreNoticedInTheirRoomOnly) {
  expect_notices(jackson, with_longer_services(jackson, 1));
}

/// Little's law as an identity: the length of a queue integrated over time is the sum of the waits,
/// those counted by the pool, and, when nobody waits any more, those counted by the room.
TEST(Little, HoldsToTheTickAtEveryMomentOfEveryModel) {
  for (const Plan& network : {mm1, mmc, mmck, mg1, mmcm, jackson}) {
    SequentialEngine<Room> engine(rooms_of(network, 0));
    const auto integral = [](const Room& room, Time now) {
      return room.pool().queue_length().integral(now).sum;
    };
    const Duration step{network.horizon().ticks / 1'000};
    for (int i = 1; i <= 1'000; ++i) {
      engine.run(Time{} + i * step);
      for (const Room& room : engine.processes())
        ASSERT_EQ(room.pool().total_wait(engine.now()).ticks, integral(room, engine.now()));
    }
    engine.run(end_of_time);  // nobody comes after the horizon: those who are there are served
    for (const Room& room : engine.processes()) {
      EXPECT_EQ(room.pool().waiting(), 0u);
      EXPECT_GT(room.sum_of_waits(), 0);
      EXPECT_EQ(room.sum_of_waits(), integral(room, end_of_time));
    }
  }
}

}  // namespace
}  // namespace pdes
