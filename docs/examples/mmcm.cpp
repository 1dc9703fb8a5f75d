/// Patients who give up: M/M/c+M, known as Erlang A, and how many of them leave unserved.
///
/// Each patient who waits loses patience after an exponential time. With k patients present, the
/// next one leaves at the rate min(k, c)/s + max(k - c, 0)/p (s: mean service, p: mean patience),
/// so the probabilities of k are those of a birth and death process, and
///
///   share who give up = gap * E[number waiting] / p
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <pdes/resource.hpp>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/stream.hpp>
#include <variant>

#include "against_theory.hpp"

using pdes::Time;

constexpr double mean_gap = 5;        // between two arrivals, minutes
constexpr double mean_service = 15;   // length of a consultation, minutes
constexpr double mean_patience = 30;  // in the waiting room, minutes
constexpr int doctors = 3;
constexpr std::uint32_t replications = 100;
const Time warm_up{minutes(24 * 60).ticks};
const Time horizon{minutes(360 * 24 * 60).ticks};

enum class Decision : std::uint32_t { gap, service, patience };

// What can happen to the practice.
struct Arrival {};
struct Departure {};
struct PatienceEnds {
  pdes::Ticket ticket;  ///< of the patient; nothing happens if they have been called before
};

class Practice {
 public:
  using Payload = std::variant<Arrival, Departure, PatienceEnds>;
  using Context = pdes::Context<Payload>;
  using Pool = pdes::ServerPool<std::uint32_t>;  // a patient is a number

  explicit Practice(std::uint32_t replication) : replication_(replication) {}

  void start(Context& context) { await_arrival(context); }

  void handle(const Payload& happening, Context& context) {
    std::visit([&](const auto& what) { happen(what, context); }, happening);
  }

  const Pool& pool() const { return pool_; }

 private:
  void happen(Arrival, Context& context) {
    const std::uint32_t patient = arrived_++;
    const Pool::Answer answer = pool_.request(patient, context.now());
    if (answer.admission == pdes::Admission::started) {
      serve(patient, context);
    } else {
      const double patience = mean_patience * unit_exponential(Decision::patience, patient);
      context.schedule(minutes(patience), PatienceEnds{answer.ticket});
    }
    await_arrival(context);
  }

  void happen(Departure, Context& context) {
    if (const auto next = pool_.release(context.now())) serve(next->customer, context);
  }

  void happen(PatienceEnds event, Context& context) { pool_.abandon(event.ticket, context.now()); }

  void await_arrival(Context& context) {
    const double gap = mean_gap * unit_exponential(Decision::gap, arrived_);
    context.schedule(minutes(gap), Arrival{});
  }

  void serve(std::uint32_t patient, Context& context) {
    const double length = mean_service * unit_exponential(Decision::service, patient);
    context.schedule(minutes(length), Departure{});
  }

  double unit_exponential(Decision decision, std::uint32_t patient) const {
    pdes::Stream stream({.seed = 5,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient});
    return pdes::unit_exponential(stream);
  }

  std::uint32_t replication_;
  Pool pool_{doctors};
  std::uint32_t arrived_ = 0;
};

/// Mean number of patients waiting: the sum over states, until nothing is left to add.
double mean_waiting() {
  double weight = 1, total = 1, waiting = 0;
  for (int k = 1; weight > 1e-18 * total; ++k) {
    const int served = std::min(k, doctors), waits = k - served;
    weight /= mean_gap * (served / mean_service + waits / mean_patience);
    total += weight;
    waiting += waits * weight;
  }
  return waiting / total;
}

int main() {
  pdes::Tally gave_up, waiting;  // of each replication: share of patients, time average
  bool little = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    pdes::SequentialEngine<Practice> engine({Practice(replication)});
    engine.run(warm_up);
    const Practice::Pool warm = engine.processes().front().pool();
    engine.run(horizon);
    const Practice::Pool& pool = engine.processes().front().pool();
    gave_up.add(static_cast<double>(pool.abandoned() - warm.abandoned()) /
                static_cast<double>(pool.requested() - warm.requested()));
    const pdes::TimeIntegral length = pool.queue_length().integral(horizon);
    waiting.add((length - warm.queue_length().integral(warm_up)).average());
    little = little && pool.total_wait(horizon).ticks == length.sum;
  }
  std::printf("M/M/%d+M, %.2f patients offered to %d doctors, %u replications of 360 days\n",
              doctors, mean_service / mean_gap, doctors, replications);
  print_against("share who give up", "", mean_gap * mean_waiting() / mean_patience, gave_up);
  print_against("patients waiting", "", mean_waiting(), waiting);
  print_little(little);
}
