/// The hold model on both sets of pending events: take the earliest, put one back a random time
/// later, at a constant number of events. One iteration is one hold; the argument is the number of
/// events.

#include "pdes/pending_event_set.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
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

template <class Pending>
void hold(benchmark::State& state, Law law) {
  pdes::Stream stream({.seed = 1});
  std::vector<pdes::Duration> delays(prepared_delays);
  for (pdes::Duration& delay : delays) delay = {std::llround(law(stream))};

  const auto events = static_cast<std::size_t>(state.range(0));
  Pending pending;
  std::uint64_t sequence = 0;
  const auto schedule = [&](pdes::Time now) {
    const pdes::Duration delay = delays[sequence % prepared_delays];
    pending.push(
        pdes::make_event({now + delay, 0, pdes::LpId{0}, sequence}, pdes::LpId{0}, sequence));
    ++sequence;
  };
  for (std::size_t i = 0; i < events; ++i) schedule(pdes::Time{0});
  for (std::size_t i = 0; i < events; ++i) schedule(pending.pop().at);  // towards the steady state

  for (auto _ : state) schedule(pending.pop().at);
  state.SetItemsProcessed(state.iterations());
}

using Heap = pdes::HeapEventSet<std::uint64_t>;
using Calendar = pdes::CalendarEventSet<std::uint64_t>;

/// Both sets under one law, next to each other at each number of events.
void compare(const std::string& name, Law law) {
  for (const std::int64_t events : {1'000, 100'000, 1'000'000, 10'000'000}) {
    benchmark::RegisterBenchmark(("heap/" + name).c_str(), hold<Heap>, law)->Arg(events);
    benchmark::RegisterBenchmark(("calendar/" + name).c_str(), hold<Calendar>, law)->Arg(events);
  }
}

}  // namespace

int main(int argc, char** argv) {
  compare("exponential", exponential);
  compare("uniform", uniform);
  compare("bimodal", bimodal);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  benchmark::RunSpecifiedBenchmarks();
}
