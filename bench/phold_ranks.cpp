/// PHOLD on several ranks, next to one thread of the first of them in the same run:
///
///     mpirun -n 2 build/release/bench/phold_ranks --lps 100000
///
/// `--threads` are those of each rank.

#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "pdes/mpi_link.hpp"
#include "pdes/parallel_engine.hpp"
#include "phold.hpp"

namespace {

using bench::Measure;
using bench::Options;
using bench::Process;

Measure measure_alone(const Options& options) {
  return bench::measure(options,
                        bench::Kernel<pdes::ParallelEngine<Process>>{pdes::ParallelEngine<Process>(
                            {options.load.lps, Process(options.load)}, options.promised(),
                            {.threads = 1, .groups = options.groups})});
}

/// This rank's part.
Measure measure_mine(const Options& options, pdes::MpiLink& link) {
  using Engine =
      pdes::ParallelEngine<Process, pdes::CalendarEventSet, pdes::NoObserver, pdes::MpiLink>;
  const auto bounds = pdes::contiguous_slices(options.load.lps, link.ranks());
  const std::size_t mine = bounds[link.rank() + 1] - bounds[link.rank()];
  return bench::measure(options, bench::Kernel<Engine>{Engine(
                                     link, {mine, Process(options.load)}, options.promised(),
                                     {.threads = options.threads, .groups = options.groups})});
}

/// What all did: the events of all ranks in the time of the slowest.
Measure measure_ranks(const Options& options, pdes::MpiLink& link) {
  const Measure mine = measure_mine(options, link);
  Measure all;
  for (const auto& bytes : link.gather(std::as_bytes(std::span(&mine, 1)))) {
    const Measure& part = pdes::values<Measure>(bytes).front();
    all.events += part.events;
    all.outcome.events += part.outcome.events;
    all.outcome.sum_of_times += part.outcome.sum_of_times;
    all.seconds = std::max(all.seconds, part.seconds);
  }
  return all;
}

int compare(const Options& options) {
  pdes::MpiLink link;
  Measure alone, ranks;
  for (int i = 0; i < options.repeat; ++i) {
    if (link.rank() == 0) bench::keep_fastest(alone, [&] { return measure_alone(options); });
    link.gather({});  // the others wait
    bench::keep_fastest(ranks, [&] { return measure_ranks(options, link); });
  }
  if (link.rank() > 0) return 0;
  const bool same = alone.outcome == ranks.outcome;
  bench::print_row("parallel engine, 1 thread", alone, 1, true);
  bench::print_row("parallel engine, " + std::to_string(link.ranks()) + " ranks", ranks,
                   bench::events_per_s(ranks) / bench::events_per_s(alone), same);
  return same ? 0 : 70;
}

}  // namespace

int main(int argc, char** argv) {
  return pdes::run_on_ranks(argc, argv, [&] {
    Options options;
    options.threads = 1;
    return bench::read_options(argc, argv, options) ? compare(options) : 0;
  });
}
