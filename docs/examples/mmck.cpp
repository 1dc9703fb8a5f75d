/// A waiting room with a limited number of chairs: M/M/c/K, and how many patients find it full.
///
/// With a customers offered to c doctors on average, k patients are present with a probability
/// that is proportional to
///
///   w_k = a^k / k! up to k = c, then w_k = w_(k-1) a/c, up to K
///
/// and a patient is lost with the probability of K (arrivals see time averages).
#include <cstdint>
#include <cstdio>
#include <pdes/resource.hpp>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/stream.hpp>
#include <vector>

#include "against_theory.hpp"

using pdes::Time;

constexpr double mean_gap = 5;       // between two arrivals, minutes
constexpr double mean_service = 15;  // length of a consultation, minutes
constexpr int doctors = 3;
constexpr int chairs = 4;
constexpr std::uint32_t replications = 100;
const Time warm_up{minutes(24 * 60).ticks};
const Time horizon{minutes(450 * 24 * 60).ticks};

enum class Decision : std::uint32_t { gap, service };
enum class Happening { arrival, departure };

class Practice {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;
  using Pool = pdes::ServerPool<std::uint32_t>;  // a patient is a number

  explicit Practice(std::uint32_t replication) : replication_(replication) {}

  void start(Context& context) { await_arrival(context); }

  void handle(Happening happening, Context& context) {
    if (happening == Happening::arrival) {
      const std::uint32_t patient = arrived_++;
      if (pool_.request(patient, context.now()).admission == pdes::Admission::started)
        serve(patient, context);
      await_arrival(context);
    } else if (const auto next = pool_.release(context.now())) {
      serve(next->customer, context);
    }
  }

  const Pool& pool() const { return pool_; }

 private:
  void await_arrival(Context& context) {
    const double gap = mean_gap * unit_exponential(Decision::gap, arrived_);
    context.schedule(minutes(gap), Happening::arrival);
  }

  void serve(std::uint32_t patient, Context& context) {
    const double length = mean_service * unit_exponential(Decision::service, patient);
    context.schedule(minutes(length), Happening::departure);
  }

  double unit_exponential(Decision decision, std::uint32_t patient) const {
    pdes::Stream stream({.seed = 4,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient});
    return pdes::unit_exponential(stream);
  }

  std::uint32_t replication_;
  Pool pool_{doctors, chairs};
  std::uint32_t arrived_ = 0;
};

/// Probability of k patients present, for each k from 0 to K.
std::vector<double> states() {
  std::vector<double> weights{1};
  double total = 1;
  for (int k = 1; k <= doctors + chairs; ++k) {
    weights.push_back(weights.back() * mean_service / mean_gap / (k < doctors ? k : doctors));
    total += weights.back();
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

int main() {
  pdes::Tally lost, waiting;  // of each replication: share of patients, time average
  bool little = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    pdes::SequentialEngine<Practice> engine({Practice(replication)});
    engine.run(warm_up);
    const Practice::Pool warm = engine.processes().front().pool();
    engine.run(horizon);
    const Practice::Pool& pool = engine.processes().front().pool();
    lost.add(static_cast<double>(pool.refused() - warm.refused()) /
             static_cast<double>(pool.requested() - warm.requested()));
    const pdes::TimeIntegral length = pool.queue_length().integral(horizon);
    waiting.add((length - warm.queue_length().integral(warm_up)).average());
    little = little && pool.total_wait(horizon).ticks == length.sum;
  }
  const std::vector<double> probability = states();
  double mean_waiting = 0;
  for (int chair = 1; chair <= chairs; ++chair)
    mean_waiting += chair * probability[static_cast<std::size_t>(doctors + chair)];
  std::printf("M/M/%d/%d, %.2f patients offered to %d doctors, %u replications of 450 days\n",
              doctors, doctors + chairs, mean_service / mean_gap, doctors, replications);
  print_against("share that is lost", "", probability.back(), lost);
  print_against("patients waiting", "", mean_waiting, waiting);
  print_little(little);
}
