/// One doctor, first come, first served: the M/M/1 queue, and its mean wait against the formula.
///
/// Patients arrive as a Poisson process and consultations last an exponential time. Each
/// replication sees the same number of patients and ends when the last one has left.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <pdes/sample.hpp>
#include <pdes/sequential_engine.hpp>
#include <pdes/stream.hpp>
#include <vector>

using pdes::Duration;
using pdes::Time;

constexpr double ticks_per_minute = 60e6;  // a tick is a microsecond
constexpr double mean_gap = 25;            // between two arrivals, minutes
constexpr double mean_service = 15;        // length of a consultation, minutes
constexpr std::uint32_t replications = 100;
constexpr std::uint32_t patients = 270'000;  // per replication ...
constexpr std::uint32_t warm_up =
    2'000;                              // ... of whom the first ones do not count: the queue fills
constexpr double student_999 = 3.3915;  // 99.9 %, two sides, 99 degrees of freedom

/// The questions that are left to chance. Each patient has an answer of their own to each.
enum class Decision : std::uint32_t { gap, service };

/// What can happen to the queue.
enum class Happening { arrival, departure };

/// The logical process: state that changes only by handling its own events.
class Queue {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;

  explicit Queue(std::uint32_t replication) : replication_(replication) {}

  void start(Context& context) { await_arrival(context); }

  void handle(Happening happening, Context& context) {
    integral += static_cast<std::int64_t>(waiting_.size()) * (context.now() - last_).ticks;
    last_ = context.now();
    if (happening == Happening::arrival) {
      waiting_.push_back(context.now());
      if (++arrived_ < patients) await_arrival(context);
    } else {
      busy_ = false;
    }
    if (!busy_ && !waiting_.empty()) serve_next(context);
  }

  // What the queue tells about itself, in ticks.
  std::int64_t total_wait = 0;    ///< of all patients, before their consultation
  std::int64_t counted_wait = 0;  ///< of those after the warm-up
  std::int64_t integral = 0;      ///< of the number of patients waiting, over time

 private:
  void await_arrival(Context& context) {
    context.schedule(draw(Decision::gap, arrived_, mean_gap), Happening::arrival);
  }

  void serve_next(Context& context) {
    const std::int64_t wait = (context.now() - waiting_.front()).ticks;
    waiting_.pop_front();
    total_wait += wait;
    if (served_ >= warm_up) counted_wait += wait;
    context.schedule(draw(Decision::service, served_++, mean_service), Happening::departure);
    busy_ = true;
  }

  /// An exponential time with the given mean in minutes, always the same for the same patient.
  Duration draw(Decision decision, std::uint32_t patient, double mean) const {
    pdes::Stream stream({.seed = 1,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient});
    return {std::llround(mean * ticks_per_minute * pdes::unit_exponential(stream))};
  }

  std::uint32_t replication_;
  std::deque<Time> waiting_;  ///< when each patient in the queue arrived
  bool busy_ = false;
  std::uint32_t arrived_ = 0, served_ = 0;
  Time last_;  ///< when the number waiting was last looked at
};

int main() {
  std::vector<double> means;  // of each replication, minutes
  bool little = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    pdes::SequentialEngine<Queue> engine({Queue(replication)});
    engine.run(pdes::end_of_time);
    const Queue& queue = engine.processes().front();
    means.push_back(static_cast<double>(queue.counted_wait) / (patients - warm_up) /
                    ticks_per_minute);
    little = little && queue.integral == queue.total_wait;
  }
  double mean = 0, variance = 0;
  for (const double m : means) mean += m / replications;
  for (const double m : means) variance += (m - mean) * (m - mean) / (replications - 1);
  const double half_width = student_999 * std::sqrt(variance / replications);

  const double load = mean_service / mean_gap;
  const double theory = mean_service * load / (1 - load);
  const bool inside = std::abs(mean - theory) <= half_width;
  std::printf("M/M/1, load %.2f, %u replications of %u patients\n", load, replications, patients);
  std::printf("mean wait  %.4f min, 99.9 %% interval [%.4f, %.4f], half-width %.2f %%\n", mean,
              mean - half_width, mean + half_width, 100 * half_width / mean);
  std::printf("theory     %.4f min: %s\n", theory, inside ? "inside" : "outside");
  std::printf("Little     sum of waits = integral of the queue, to the tick: %s\n",
              little ? "holds" : "broken");
}
