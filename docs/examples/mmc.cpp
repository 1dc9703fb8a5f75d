/// Several doctors, one queue: M/M/c against Erlang's formula, and what one doctor more changes.
///
/// Both practices see the same luck (common random numbers): the same patients arrive at the same
/// moments with the same consultations, because each draw is named by replication, decision and
/// patient. With one doctor more nobody waits longer, and the program checks it patient by patient.
#include <cmath>
#include <cstddef>
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
constexpr double mean_gap = 7.5;           // between two arrivals, minutes
constexpr double mean_service = 15;        // length of a consultation, minutes
constexpr std::uint32_t replications = 100;
constexpr std::uint32_t patients = 120'000;  // per replication ...
constexpr std::uint32_t warm_up =
    2'000;                              // ... of whom the first ones do not count: the queue fills
constexpr double student_999 = 3.3915;  // 99.9 %, two sides, 99 degrees of freedom

/// The questions that are left to chance.
enum class Decision : std::uint32_t { gap, service };

/// What can happen to the practice.
enum class Happening { arrival, departure };

/// The logical process: `doctors` who share one queue, first come, first served.
class Practice {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;

  Practice(std::uint32_t replication, int doctors) : replication_(replication), free_(doctors) {}

  void start(Context& context) { await_arrival(context); }

  void handle(Happening happening, Context& context) {
    integral += static_cast<std::int64_t>(waiting_.size()) * (context.now() - last_).ticks;
    last_ = context.now();
    if (happening == Happening::arrival) {
      waiting_.push_back(context.now());
      if (++arrived_ < patients) await_arrival(context);
    } else {
      ++free_;
    }
    if (free_ > 0 && !waiting_.empty()) serve_next(context);
  }

  std::vector<Duration> waits;  ///< before the consultation, by patient
  std::int64_t integral = 0;    ///< of the number of patients waiting, over time, in ticks

 private:
  void await_arrival(Context& context) {
    context.schedule(draw(Decision::gap, arrived_, mean_gap), Happening::arrival);
  }

  void serve_next(Context& context) {
    --free_;
    const Duration service = draw(Decision::service, waits.size(), mean_service);
    waits.push_back(context.now() - waiting_.front());
    waiting_.pop_front();
    context.schedule(service, Happening::departure);
  }

  /// An exponential time with the given mean in minutes, always the same for the same patient.
  Duration draw(Decision decision, std::uint64_t patient, double mean) const {
    pdes::Stream stream({.seed = 2,
                         .replication = replication_,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = patient});
    return {std::llround(mean * ticks_per_minute * pdes::unit_exponential(stream))};
  }

  std::uint32_t replication_;
  int free_;                  ///< doctors who wait for a patient
  std::deque<Time> waiting_;  ///< when each patient in the queue arrived
  std::uint32_t arrived_ = 0;
  Time last_;  ///< when the number waiting was last looked at
};

/// Mean wait by Erlang's formula C, from his formula B:
///
///   B_0 = 1, B_n = a B_(n-1) / (n + a B_(n-1)); C = B_c / (1 - (a/c) (1 - B_c)); W = C s / (c - a)
///
/// a: offered load, c: doctors, s: mean length of a consultation.
double erlang_wait(int doctors) {
  const double offered = mean_service / mean_gap;
  double b = 1;
  for (int n = 1; n <= doctors; ++n) b = offered * b / (n + offered * b);
  const double c = b / (1 - offered / doctors * (1 - b));
  return c * mean_service / (doctors - offered);
}

/// Prints the mean over replications and its 99.9 % interval, beside what theory says.
void print_against(const char* what, double theory, const std::vector<double>& values) {
  double mean = 0, variance = 0;
  for (const double value : values) mean += value / replications;
  for (const double value : values)
    variance += (value - mean) * (value - mean) / (replications - 1);
  const double half_width = student_999 * std::sqrt(variance / replications);
  std::printf("%s  %.4f min, 99.9 %% interval [%.4f, %.4f], half-width %.2f %%, theory %.4f: %s\n",
              what, mean, mean - half_width, mean + half_width, 100 * half_width / mean, theory,
              std::abs(mean - theory) <= half_width ? "inside" : "outside");
}

int main() {
  std::vector<double> three, four, saved;  // mean waits of each replication, minutes
  bool little = true, nobody_waits_longer = true;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    pdes::SequentialEngine<Practice> with_three({Practice(replication, 3)});
    pdes::SequentialEngine<Practice> with_four({Practice(replication, 4)});
    with_three.run(pdes::end_of_time);
    with_four.run(pdes::end_of_time);
    const Practice& before = with_three.processes().front();
    const Practice& after = with_four.processes().front();
    Duration all_before, all_after, counted_before, counted_after;
    for (std::size_t patient = 0; patient < patients; ++patient) {
      const Duration longer = before.waits[patient], shorter = after.waits[patient];
      nobody_waits_longer = nobody_waits_longer && shorter <= longer;
      all_before = all_before + longer;
      all_after = all_after + shorter;
      if (patient < warm_up) continue;
      counted_before = counted_before + longer;
      counted_after = counted_after + shorter;
    }
    little = little && before.integral == all_before.ticks && after.integral == all_after.ticks;
    const auto minutes_per_patient = [](Duration total) {
      return static_cast<double>(total.ticks) / (patients - warm_up) / ticks_per_minute;
    };
    three.push_back(minutes_per_patient(counted_before));
    four.push_back(minutes_per_patient(counted_after));
    saved.push_back(minutes_per_patient(counted_before - counted_after));
  }
  std::printf("M/M/c, %.2f consultations under way on average, %u replications of %u patients\n",
              mean_service / mean_gap, replications, patients);
  print_against("3 doctors", erlang_wait(3), three);
  print_against("4 doctors", erlang_wait(4), four);
  print_against("saved    ", erlang_wait(3) - erlang_wait(4), saved);
  std::printf("Little     sum of waits = integral of the queue, to the tick: %s\n",
              little ? "holds" : "broken");
  std::printf("same luck  with one doctor more, patients who wait longer: %s\n",
              nobody_waits_longer ? "none" : "some");
}
