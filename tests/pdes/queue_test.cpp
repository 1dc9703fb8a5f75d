/// The kernel against queueing theory. Each estimate comes from independent replications; theory
/// must lie within five standard errors, and the standard error must be small enough to say
/// something.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "pdes/sequential_engine.hpp"
#include "station.hpp"
#include "statistics.hpp"

namespace pdes {
namespace {

using test::Estimate;
using test::estimate;
using test::Station;
using test::StationPlan;

constexpr std::uint32_t replications = 40;
constexpr double minute = 1e6;  ///< in ticks
constexpr Time warm_up{5'000'000'000};
constexpr Time horizon{500'000'000'000};

/// Runs a network of stations in independent replications; `measure` says what is estimated.
template <class Measure>
Estimate simulate(const std::vector<StationPlan>& plans, Duration lookahead, Measure measure) {
  std::vector<double> values;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    std::vector<Station> stations;
    for (StationPlan plan : plans) {
      plan.replication = replication;
      plan.warm_up = warm_up;
      stations.emplace_back(plan);
    }
    SequentialEngine<Station> engine(std::move(stations), lookahead);
    engine.run(warm_up);
    const std::vector<Station> warm = engine.processes();
    engine.run(horizon);
    for (const Station& station : engine.processes()) EXPECT_TRUE(station.little_holds(horizon));
    values.push_back(measure(warm, engine.processes()));
  }
  return estimate(values);
}

double wait_of_last(const std::vector<Station>&, const std::vector<Station>& stations) {
  return stations.back().mean_wait() / minute;
}

void expect_agrees(const Estimate& simulated, double theory) {
  EXPECT_LT(simulated.standard_error, 0.01 * theory);
  EXPECT_LT(std::abs(simulated.mean - theory), 5 * simulated.standard_error)
      << simulated.mean << " +- " << simulated.standard_error << " against " << theory;
}

/// Mean wait in M/M/1: s rho / (1 - rho).
double mm1_wait(double gap, double service) {
  const double load = service / gap;
  return service * load / (1 - load);
}

/// Mean wait in M/M/c, by the sum over states of Erlang's formula:
///
///   C = (a^c/c!) c/(c-a) / (sum_{k<c} a^k/k! + (a^c/c!) c/(c-a)); W = C s / (c - a)
double mmc_wait(int servers, double gap, double service) {
  const double offered = service / gap;
  double term = 1, below = 0;
  for (int k = 0; k < servers; ++k) {
    below += term;
    term *= offered / (k + 1);
  }
  const double all_busy = term * servers / (servers - offered);
  return all_busy / (below + all_busy) * service / (servers - offered);
}

TEST(Queue, TheWaitOfASingleServerIsThatOfTheory) {
  const Estimate wait = simulate({{.service = 10 * minute, .gap = 20 * minute}}, {}, wait_of_last);
  expect_agrees(wait, mm1_wait(20, 10));
}

TEST(Queue, AServiceThatIsTwoPercentLongerIsNoticed) {
  const Estimate wait =
      simulate({{.service = 10.2 * minute, .gap = 20 * minute}}, {}, wait_of_last);
  EXPECT_GT(std::abs(wait.mean - mm1_wait(20, 10)), 5 * wait.standard_error);
  expect_agrees(wait, mm1_wait(20, 10.2));
}

TEST(Queue, TheWaitOfSeveralServersIsErlangsC) {
  const Estimate two =
      simulate({{.servers = 2, .service = 10 * minute, .gap = 8 * minute}}, {}, wait_of_last);
  expect_agrees(two, mmc_wait(2, 8, 10));
  const Estimate five =
      simulate({{.servers = 5, .service = 10 * minute, .gap = 2.8 * minute}}, {}, wait_of_last);
  expect_agrees(five, mmc_wait(5, 2.8, 10));
}

// Burke: what leaves M/M/1 is a Poisson process again, so the second of two stations in a row waits
// as if it stood alone. Jobs travel between them, which changes nothing in the long run.
TEST(Queue, TheSecondOfTwoStationsWaitsAsIfItStoodAlone) {
  const Duration travel{7'000'000};
  const Estimate wait =
      simulate({{.service = 12 * minute, .gap = 20 * minute, .next = LpId{1}, .travel = travel},
                {.service = 10 * minute}},
               travel, wait_of_last);
  expect_agrees(wait, mm1_wait(20, 10));
}

// Gordon and Newell: N jobs go round two stations; the first has k of them with probability
// proportional to r^k, r = s1 / s2, and is idle at k = 0. Throughput: (1 - 1/sum r^k) / s1.
TEST(Queue, TheThroughputOfAClosedNetworkIsThatOfTheory) {
  const double service_1 = 10, service_2 = 8;
  const int jobs = 5;
  const Estimate per_minute =
      simulate({{.service = service_1 * minute, .jobs_at_start = jobs, .next = LpId{1}},
                {.service = service_2 * minute, .next = LpId{0}}},
               {}, [](const std::vector<Station>& warm, const std::vector<Station>& stations) {
                 const auto done = stations.front().departures() - warm.front().departures();
                 return static_cast<double>(done) /
                        (static_cast<double>((horizon - warm_up).ticks) / minute);
               });
  double sum = 0, term = 1;
  for (int k = 0; k <= jobs; ++k, term *= service_1 / service_2) sum += term;
  expect_agrees(per_minute, (1 - 1 / sum) / service_1);
}

TEST(Queue, LittlesLawHoldsToTheTickAtEveryMoment) {
  for (const double gap : {20.0, 10.0, 5.0}) {  // light, critical, hopeless
    SequentialEngine<Station> engine({Station({.service = 10 * minute, .gap = gap * minute})});
    for (std::int64_t now = 0; now < 1'000'000'000; now += 7'777'777) {
      engine.run(Time{now});
      ASSERT_TRUE(engine.processes().front().little_holds(Time{now})) << gap << ' ' << now;
    }
  }
}

}  // namespace
}  // namespace pdes
