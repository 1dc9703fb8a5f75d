/// A health centre of three rooms, each a process: an open Jackson network against product form.
///
/// Everybody arrives at the reception; then they go from room to room by chance, and some come
/// back. The rate r_j of visits to room j solves r_j = arrivals_j + sum_i r_i p_ij, and in the long
/// run each room is as if it stood alone, an M/M/c queue fed at this rate. A room counts the visits
/// to it: the wait of one visit is Erlang's, and the queue is longer by the rate (Little).
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <pdes/resource.hpp>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/stream.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "against_theory.hpp"

using pdes::LpId;
using pdes::Time;

struct RoomPlan {
  const char* name;
  int servers;
  double mean_service;         ///< minutes
  std::array<double, 4> next;  ///< share who go on to each room; the last: who leave
};

constexpr std::array<RoomPlan, 3> plans{{
    {"reception", 1, 3, {0.0, 0.4, 0.6, 0.0}},
    {"nurse", 1, 6, {0.0, 0.0, 0.5, 0.5}},
    {"doctors", 2, 10, {0.1, 0.2, 0.0, 0.7}},
}};
constexpr double mean_gap = 8;  // between two arrivals at the reception, minutes
constexpr std::uint32_t replications = 100;
const Time warm_up{minutes(5 * 24 * 60).ticks};
const Time horizon{minutes(600 * 24 * 60).ticks};

enum class Decision : std::uint32_t { gap, service, next };

struct Patient {
  std::uint32_t number = 0;
  std::uint32_t visit = 0;  ///< how many rooms they have seen before
};

// What can happen to a room.
struct FromOutside {};
struct Arrival {
  Patient patient;
};
struct Departure {
  Patient patient;
};

class Room {
 public:
  using Payload = std::variant<FromOutside, Arrival, Departure>;
  using Context = pdes::Context<Payload>;
  using Pool = pdes::ServerPool<Patient>;

  Room(const RoomPlan& plan, std::uint32_t replication)
      : plan_(&plan), replication_(replication), pool_(plan.servers) {}

  void start(Context& context) {
    if (context.self() == LpId{0}) await_arrival(context);
  }

  void handle(const Payload& happening, Context& context) {
    std::visit([&](const auto& what) { happen(what, context); }, happening);
  }

  const Pool& pool() const { return pool_; }
  std::int64_t total_wait = 0;  ///< of the services that have begun, in ticks

 private:
  void happen(FromOutside, Context& context) {
    happen(Arrival{{.number = arrived_++}}, context);
    await_arrival(context);
  }

  void happen(const Arrival& event, Context& context) {
    if (pool_.request(event.patient, context.now()).admission == pdes::Admission::started)
      serve(event.patient, context);
  }

  void happen(const Departure& event, Context& context) {
    if (const auto next = pool_.release(context.now())) {
      total_wait += next->waited.ticks;
      serve(next->customer, context);
    }
    Patient patient = event.patient;
    pdes::Stream stream = luck(Decision::next, patient);
    const std::size_t room = pdes::categorical(stream.uniform(), plan_->next);
    ++patient.visit;
    if (room < plans.size())
      context.send(LpId{static_cast<std::uint32_t>(room)}, {}, Arrival{patient});
  }

  void await_arrival(Context& context) {
    pdes::Stream stream = luck(Decision::gap, {.number = arrived_});
    context.schedule(minutes(mean_gap * pdes::unit_exponential(stream)), FromOutside{});
  }

  void serve(const Patient& patient, Context& context) {
    pdes::Stream stream = luck(Decision::service, patient);
    context.schedule(minutes(plan_->mean_service * pdes::unit_exponential(stream)),
                     Departure{patient});
  }

  pdes::Stream luck(Decision decision, const Patient& patient) const {
    return pdes::Stream({.seed = 6,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient.number,
                         .index = patient.visit});
  }

  const RoomPlan* plan_;
  std::uint32_t replication_;
  Pool pool_;
  std::uint32_t arrived_ = 0;
};

/// Visits per minute to each room: the equations of traffic, by repeated substitution.
std::array<double, 3> visit_rates() {
  std::array<double, 3> rates{};
  for (int round = 0; round < 200; ++round) {
    std::array<double, 3> next{1 / mean_gap, 0, 0};
    for (std::size_t i = 0; i < plans.size(); ++i)
      for (std::size_t j = 0; j < plans.size(); ++j) next[j] += rates[i] * plans[i].next[j];
    rates = next;
  }
  return rates;
}

/// Mean wait of one visit by Erlang's formula C, from his formula B (as in mmc.cpp).
double erlang_wait(int servers, double mean_service, double rate) {
  const double offered = mean_service * rate;
  double b = 1;
  for (int n = 1; n <= servers; ++n) b = offered * b / (n + offered * b);
  const double c = b / (1 - offered / servers * (1 - b));
  return c * mean_service / (servers - offered);
}

int main() {
  std::array<pdes::Tally, plans.size()> wait, waiting;  // of each replication, by room
  bool little = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    std::vector<Room> rooms;
    for (const RoomPlan& plan : plans) rooms.emplace_back(plan, replication);
    pdes::SequentialEngine<Room> engine(std::move(rooms));
    engine.run(warm_up);
    const std::vector<Room> warm = engine.processes();
    engine.run(horizon);
    for (std::size_t i = 0; i < plans.size(); ++i) {
      const Room& room = engine.processes()[i];
      const Room::Pool &before = warm[i].pool(), &after = room.pool();
      wait[i].add(in_minutes(static_cast<double>(room.total_wait - warm[i].total_wait) /
                             static_cast<double>(after.started() - before.started())));
      const pdes::TimeIntegral length = after.queue_length().integral(horizon);
      waiting[i].add((length - before.queue_length().integral(warm_up)).average());
      little = little && after.total_wait(horizon).ticks == length.sum;
    }
  }
  std::printf("Jackson network, 3 rooms, %.1f patients an hour, %u replications of 600 days\n",
              60 / mean_gap, replications);
  const std::array<double, 3> rates = visit_rates();
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const double theory = erlang_wait(plans[i].servers, plans[i].mean_service, rates[i]);
    std::printf("%s, %.2f visits a patient, load %.2f\n", plans[i].name, rates[i] * mean_gap,
                rates[i] * plans[i].mean_service / plans[i].servers);
    print_against("  mean wait", " min", theory, wait[i]);
    print_against("  patients waiting", "", theory * rates[i], waiting[i]);
  }
  print_little(little);
}
