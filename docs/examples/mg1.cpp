/// One doctor whose consultations are not exponential: the M/G/1 queue against the formula of
/// Pollaczek and Khinchine. Of the law of the service, the mean wait knows two moments only:
///
///   W = (E[S^2] / E[S]) / 2 * load / (1 - load)
///
/// Even consultations (Erlang of order 3) and uneven ones (lognormal), of the same mean.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <pdes/resource.hpp>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/stream.hpp>

#include "against_theory.hpp"

using pdes::Duration;
using pdes::Time;

constexpr double mean_gap = 25;      // between two arrivals, minutes
constexpr double mean_service = 15;  // length of a consultation, minutes
constexpr int order = 3;             // of Erlang's law
constexpr double sigma = 0.8;        // standard deviation of the logarithm of the lognormal law
constexpr std::uint32_t replications = 100;
constexpr std::uint32_t patients = 100'000;  // per replication ...
constexpr std::uint32_t warm_up = 2'000;     // ... of whom the first ones do not count

enum class Decision : std::uint32_t { gap, service };
enum class Happening { arrival, departure };
enum class Law { erlang, lognormal };

/// The logical process. It owns the pool, and schedules what follows from the pool's answers.
class Practice {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;

  Practice(std::uint32_t replication, Law law) : replication_(replication), law_(law) {}

  void start(Context& context) { await_arrival(context); }

  void handle(Happening happening, Context& context) {
    if (happening == Happening::arrival) {
      const std::uint32_t patient = arrived_++;
      if (pool_.request(patient, context.now()).admission == pdes::Admission::started)
        serve(patient, {}, context);
      if (arrived_ < patients) await_arrival(context);
    } else if (const auto next = pool_.release(context.now())) {
      serve(next->customer, next->waited, context);
    }
  }

  pdes::Tally waits;  ///< before the consultation, after the warm-up, in ticks

  bool little_holds(Time now) const {
    return pool_.total_wait(now).ticks == pool_.queue_length().integral(now).sum;
  }

 private:
  void await_arrival(Context& context) {
    pdes::Stream stream = luck(Decision::gap, arrived_);
    context.schedule(minutes(mean_gap * pdes::unit_exponential(stream)), Happening::arrival);
  }

  void serve(std::uint32_t patient, Duration waited, Context& context) {
    if (patient >= warm_up) waits.add(static_cast<double>(waited.ticks));
    pdes::Stream stream = luck(Decision::service, patient);
    const double median = mean_service * pdes::portable::exp(-sigma * sigma / 2);
    context.schedule(minutes(law_ == Law::erlang ? pdes::erlang(stream, order, mean_service)
                                                 : pdes::lognormal(stream, median, sigma)),
                     Happening::departure);
  }

  pdes::Stream luck(Decision decision, std::uint32_t patient) const {
    return pdes::Stream({.seed = 3,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient});
  }

  std::uint32_t replication_;
  Law law_;
  pdes::ServerPool<std::uint32_t> pool_{1};
  std::uint32_t arrived_ = 0;
};

/// Mean wait; `spread` is the variance of the service over the square of its mean.
double pollaczek_khinchine(double spread) {
  const double load = mean_service / mean_gap;
  return mean_service * (1 + spread) / 2 * load / (1 - load);
}

int main() {
  pdes::Tally even, uneven;  // mean waits of each replication, minutes
  bool little = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    pdes::SequentialEngine<Practice> engine(
        {Practice(replication, Law::erlang), Practice(replication, Law::lognormal)});
    engine.run(pdes::end_of_time);
    for (const Practice& practice : engine.processes())
      little = little && practice.little_holds(engine.now());
    even.add(in_minutes(engine.processes()[0].waits.mean()));
    uneven.add(in_minutes(engine.processes()[1].waits.mean()));
  }
  std::printf("M/G/1, load %.2f, %u replications of %u patients\n", mean_service / mean_gap,
              replications, patients);
  print_against("mean wait, Erlang-3", " min", pollaczek_khinchine(1.0 / order), even);
  print_against("mean wait, lognormal", " min", pollaczek_khinchine(std::expm1(sigma * sigma)),
                uneven);
  print_little(little);
}
