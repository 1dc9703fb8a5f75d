/// The hold model on the set of pending events: take the earliest, put one back a random time
/// later, at a constant number of events. One iteration is one hold; the argument is the number of
/// events.

#include "pdes/pending_event_set.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace {

constexpr double mean_delay = 1e6;  // ticks
constexpr std::size_t prepared_delays = 1
                                        << 16;  // drawn before the clock starts, then used in turn

/// A delay by the law's quantile, from one uniform.
using Law = double (*)(pdes::Stream&);

double exponential(pdes::Stream& stream) { return mean_delay * pdes::unit_exponential(stream); }
double uniform(pdes::Stream& stream) { return 2 * mean_delay * stream.uniform(); }
/// Nine delays out of ten are short, the tenth a hundred times longer.
double bimodal(pdes::Stream& stream) {
  const double u = stream.uniform();
  return mean_delay / 10.9 * (u < 0.9 ? u / 0.9 : 100 * (u - 0.9) / 0.1) * 2;
}

void hold(benchmark::State& state, Law law) {
  pdes::Stream stream({.seed = 1});
  std::vector<pdes::Duration> delays(prepared_delays);
  for (pdes::Duration& delay : delays) delay = {std::llround(law(stream))};

  const auto events = static_cast<std::size_t>(state.range(0));
  pdes::PendingEventSet<std::uint64_t> pending;
  pending.reserve(events + 1);
  std::uint64_t sequence = 0;
  const auto schedule = [&](pdes::Time now) {
    const pdes::Duration delay = delays[sequence % prepared_delays];
    pending.push({{now + delay, 0, pdes::LpId{0}, sequence}, pdes::LpId{0}, sequence});
    ++sequence;
  };
  for (std::size_t i = 0; i < events; ++i) schedule(pdes::Time{0});
  for (std::size_t i = 0; i < events; ++i)
    schedule(pending.pop().key.at);  // towards the steady state

  for (auto _ : state) schedule(pending.pop().key.at);
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(hold, exponential, exponential)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK_CAPTURE(hold, uniform, uniform)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);
BENCHMARK_CAPTURE(hold, bimodal, bimodal)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
