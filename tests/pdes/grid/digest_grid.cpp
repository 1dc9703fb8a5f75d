/// One digest for every way to run a model: any set of pending events, any number of threads, of
/// groups and of ranks, in one go or taken up by another engine in the middle. The expected digests
/// are written down here, so that programs from several compilers must agree too.
///
/// Prints a line per way and ends with 1 if a digest is not the expected one. Built with
/// `PDES_GRID_RANKS` it is started by mpirun, and tries the ways to use as many ranks as there are.

#include <oneapi/tbb/global_control.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iomanip>
#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../phold.hpp"
#include "../station.hpp"
#include "pdes/engine_state.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/sequential_engine.hpp"
#ifdef PDES_GRID_RANKS
#include "pdes/mpi_link.hpp"
#include "pdes/snapshot.hpp"
#endif

namespace {

using namespace pdes;

std::uint64_t mix(std::uint64_t state, std::uint64_t value) {
  state = (state ^ value) * 0x9E37'79B9'7F4A'7C15u;
  return state ^ state >> 29;
}

std::uint64_t digest_of(const test::Phold& process) {
  return mix(process.hash(), process.handled());
}

std::uint64_t digest_of(const test::Station& station) {
  const auto departures = static_cast<std::uint64_t>(station.departures());
  return departures == 0 ? 0 : mix(departures, std::bit_cast<std::uint64_t>(station.mean_wait()));
}

/// A sum over processes and pending events, each with its name: those of the ranks add up.
template <class P>
std::uint64_t digest_of(const EngineState<P>& state, std::size_t first) {
  std::uint64_t sum = state.events_executed;
  for (std::size_t i = 0; i < state.processes.size(); ++i) {
    sum += mix(mix(first + i, state.sequences[i]), digest_of(state.processes[i]));
  }
  for (const auto& event : state.pending) {
    std::uint64_t digest = static_cast<std::uint64_t>(event.at.ticks);
    for (const std::uint64_t part :
         {static_cast<std::uint64_t>(event.priority), std::uint64_t{event.sequence},
          static_cast<std::uint64_t>(event.source), static_cast<std::uint64_t>(event.target),
          static_cast<std::uint64_t>(event.payload)}) {
      digest = mix(digest, part);
    }
    sum += digest;
  }
  return sum;
}

/// What is run, until when, and what must come out.
template <class P>
struct Model {
  std::string name;
  std::vector<P> processes;
  Duration lookahead;
  Time middle;  ///< where a run is interrupted
  Time end;
  std::uint64_t expected;
};

std::vector<Model<test::Phold>> phold_models() {
  return {{"PHOLD, 10 % remote", test::phold_processes(500, 4, Duration{3}, 1, 0.1), Duration{3},
           Time{131}, Time{400}, 0x3742'd0e1'42d8'3476u},
          {"PHOLD, 50 % remote", test::phold_processes(500, 4, Duration{3}, 2, 0.5), Duration{3},
           Time{57}, Time{400}, 0xef2c'08f3'ead2'9799u}};
}

Model<test::Station> network() {
  constexpr std::uint32_t stations = 70;
  Model<test::Station> model{
      "closed network of queues", {}, Duration{1'000}, Time{123'457}, Time{300'000},
      0x31f0'd00e'5744'9a57u};
  for (std::uint32_t i = 0; i < stations; ++i) {
    model.processes.push_back(test::Station({.servers = 1 + static_cast<int>(i % 3),
                                             .service = 500.0 * (1 + i % 5),
                                             .jobs_at_start = static_cast<int>(i % 9),
                                             .next = LpId{(i + 1) % stations},
                                             .travel = model.lookahead}));
  }
  return model;
}

bool all_as_expected = true;

template <class P>
void report(const Model<P>& model, const std::string& way, std::uint64_t digest) {
  const bool good = digest == model.expected;
  all_as_expected = all_as_expected && good;
  std::cout << std::hex << std::setw(16) << std::setfill('0') << digest << (good ? "  " : "! ")
            << model.name << ", " << way << '\n';
}

#ifndef PDES_GRID_RANKS

/// Runs to the end and returns the digest.
template <class Engine, class P>
std::uint64_t finish(Engine&& engine, const Model<P>& model) {
  engine.run(model.end);
  return digest_of(engine.state(), 0);
}

template <class Engine>
auto stop_at(Engine&& engine, Time middle) {
  engine.run(middle);
  return engine.state();
}

template <template <class> class Pending, class P>
void try_pending(const Model<P>& model, const std::string& name) {
  using Sequential = SequentialEngine<P, Pending>;
  using Parallel = ParallelEngine<P, Pending>;
  const Duration lookahead = model.lookahead;
  report(model, name + ", sequential", finish(Sequential(model.processes, lookahead), model));
  const auto half_way = stop_at(Sequential(model.processes, lookahead), model.middle);
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    const std::string way = name + ", threads " + std::to_string(threads);
    const ParallelOptions options{.threads = threads, .groups = 1 + 5 * threads};
    report(model, way, finish(Parallel(model.processes, lookahead, options), model));
    report(model, way + ", begun by the sequential engine",
           finish(Parallel(half_way, lookahead, options), model));
    report(model, way + ", ended by the sequential engine",
           finish(Sequential(stop_at(Parallel(model.processes, lookahead, options), model.middle),
                             lookahead),
                  model));
  }
}

template <class P>
void try_everything(const Model<P>& model) {
  try_pending<HeapEventSet>(model, "heap");
  try_pending<CalendarEventSet>(model, "calendar");
}

#else

template <class T>
std::vector<T> slice(const std::vector<T>& all, std::size_t begin, std::size_t end) {
  return {all.begin() + static_cast<std::ptrdiff_t>(begin),
          all.begin() + static_cast<std::ptrdiff_t>(end)};
}

/// The sum over all ranks.
std::uint64_t sum(MpiLink& link, std::uint64_t mine) {
  std::uint64_t all = 0;
  for (const auto& bytes : link.gather(std::as_bytes(std::span(&mine, 1)))) {
    all += values<std::uint64_t>(bytes).front();
  }
  return all;
}

/// The whole state, from the slices that the ranks have: they go round as snapshots.
template <class P>
EngineState<P> whole(MpiLink& link, const EngineState<P>& mine, const std::vector<P>& fresh,
                     const std::vector<std::size_t>& bounds) {
  std::vector<EngineState<P>> slices;
  for (const auto& bytes : link.gather(to_bytes(mine))) {
    const std::size_t r = slices.size();
    slices.push_back(from_bytes(bytes, slice(fresh, bounds[r], bounds[r + 1])));
  }
  return join(std::move(slices));
}

template <template <class> class Pending, class P>
void try_pending(const Model<P>& model, const std::string& name, MpiLink& link) {
  using Sequential = SequentialEngine<P, Pending>;
  using Parallel = ParallelEngine<P, Pending, NoObserver, MpiLink>;
  const Duration lookahead = model.lookahead;
  const std::vector<std::size_t> bounds = contiguous_slices(model.processes.size(), link.ranks());
  const std::size_t first = bounds[link.rank()], last = bounds[link.rank() + 1];
  const std::vector<P> mine = slice(model.processes, first, last);
  Sequential alone(model.processes, lookahead);
  alone.run(model.middle);
  for (const unsigned threads : {1U, 2U, 3U}) {
    const ParallelOptions options{.threads = threads, .groups = 3 * threads};
    const std::string way =
        name + ", ranks " + std::to_string(link.ranks()) + ", threads " + std::to_string(threads);
    const auto finish = [&](Parallel&& engine, const std::string& how) {
      engine.run(model.end);
      const std::uint64_t digest = sum(link, digest_of(engine.state(), first));
      if (link.rank() == 0) report(model, way + how, digest);
    };
    finish(Parallel(link, mine, lookahead, options), "");
    finish(Parallel(link, slice(alone.state(), first, last), lookahead, options),
           ", begun by the sequential engine");

    Parallel begun(link, mine, lookahead, {.threads = 4 - threads});
    begun.run(model.middle);
    const EngineState<P> half_way = begun.state();
    finish(Parallel(link, half_way, lookahead, options), ", begun on other threads");
    Sequential rest(whole(link, half_way, model.processes, bounds), lookahead);
    rest.run(model.end);
    if (link.rank() == 0) {
      report(model, way + ", ended by the sequential engine", digest_of(rest.state(), 0));
    }
  }
}

template <class P>
void try_everything(const Model<P>& model, MpiLink& link) {
  try_pending<HeapEventSet>(model, "heap", link);
  try_pending<CalendarEventSet>(model, "calendar", link);
}

#endif

template <class... Link>
int try_all_models(Link&... link) {
  for (const Model<test::Phold>& model : phold_models()) try_everything(model, link...);
  try_everything(network(), link...);
  return all_as_expected ? 0 : 1;
}

}  // namespace

int main([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 8);
#ifdef PDES_GRID_RANKS
  return run_on_ranks(argc, argv, [] {
    MpiLink link;
    return try_all_models(link);
  });
#else
  return try_all_models();
#endif
}
