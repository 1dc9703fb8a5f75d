/// PHOLD as a model for the engines, and how they are measured.
#pragma once

#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iomanip>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "bare_phold.hpp"
#include "pdes/process.hpp"
#include "pdes/time.hpp"

namespace bench {

struct Nothing {};

/// A process of PHOLD.
class Process {
 public:
  using Payload = Nothing;

  explicit Process(const Phold& load)
      : load_(&load), state_{.memory = std::vector<std::uint64_t>(load.memory)} {}

  void start(pdes::Context<Nothing>& context) {
    for (std::uint32_t i = 0; i < load_->population; ++i) pass_on(context);
  }
  void handle(Nothing, pdes::Context<Nothing>& context) {
    state_.handle(context.now().ticks);
    pass_on(context);
  }
  std::uint64_t sum_of_times() const { return state_.sum_of_times; }

 private:
  void pass_on(pdes::Context<Nothing>& context) {
    const Hop hop = next_hop(*load_, static_cast<std::uint32_t>(context.self()), state_.sent++);
    context.send(pdes::LpId(hop.target), pdes::Duration{hop.delay}, {});
  }

  const Phold* load_;
  LpState state_;
};

/// What is measured, and how.
struct Options {
  Phold load;
  double lookahead = 0.1;  ///< in means
  double end = 30;         ///< in means
  double promise = 1;      ///< the lookahead that the engine is told of, as a share of the real one
  unsigned threads = 2;
  std::size_t groups = 0;
  int repeat = 3;
  std::string only;
  bool json = false;

  pdes::Duration promised() const {
    return {static_cast<std::int64_t>(promise * static_cast<double>(load.lookahead))};
  }
};

/// What a loop did once it was warm, and how long it took.
struct Measure {
  Outcome outcome;
  std::uint64_t events = 0;  ///< while the clock ran
  double seconds = 0;
};

/// Runs a loop past its start, when memory is taken and the first events are sent, then to the end
/// with the clock on. `loop` has the functions `run(ticks)` and `outcome()`.
template <class Loop>
Measure measure(const Options& options, Loop&& loop) {
  const auto windows = [&](double means) {
    return options.load.lookahead * std::llround(means / options.lookahead);
  };
  constexpr double warm_up = 3;  // means
  loop.run(windows(warm_up));
  const std::uint64_t before = loop.outcome().events;
  const auto begin = std::chrono::steady_clock::now();
  loop.run(windows(warm_up + options.end));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const Outcome outcome = loop.outcome();
  return {outcome, outcome.events - before, took.count()};
}

/// An engine as a loop.
template <class Engine>
struct Kernel {
  Engine engine;

  void run(std::int64_t until) { engine.run(pdes::Time{until}); }
  Outcome outcome() const {
    Outcome outcome{engine.events_executed(), 0};
    for (const Process& process : engine.processes()) {
      outcome.sum_of_times += process.sum_of_times();
    }
    return outcome;
  }
};

/// The fastest of some runs: what the machine can do when nothing else disturbs it.
template <class Run>
void keep_fastest(Measure& best, const Run& run) {
  const Measure measure = run();
  if (best.seconds == 0 || measure.seconds < best.seconds) best = measure;
}

inline double events_per_s(const Measure& measure) {
  return static_cast<double>(measure.events) / measure.seconds;
}

/// One line: who, how fast, and compared to what. `ratio` may be NaN.
inline void print_row(const std::string& who, const Measure& measure, double ratio, bool same) {
  std::cout << std::left << std::setw(38) << who << std::right << std::setw(11)
            << std::llround(events_per_s(measure)) << " events_per_s " << std::fixed
            << std::setprecision(1) << std::setw(7) << 1e9 / events_per_s(measure) << " ns   x "
            << std::setprecision(2) << ratio << (same ? "" : " (not the same events)") << '\n';
}

/// Reads the options. Returns false if only help was asked for. Throws
/// `boost::program_options::error`.
inline bool read_options(int argc, char** argv, Options& o) {
  namespace po = boost::program_options;
  Phold& load = o.load;
  po::options_description options("phold");
  auto add = options.add_options();
  add("help", "show this help");
  add("lps", po::value(&load.lps)->default_value(load.lps), "logical processes");
  add("population", po::value(&load.population)->default_value(load.population),
      "start events per process");
  add("remote", po::value(&load.remote)->default_value(load.remote),
      "share sent to a random process");
  add("lookahead", po::value(&o.lookahead)->default_value(o.lookahead),
      "added to an exponential delay with mean 1");
  add("promise", po::value(&o.promise)->default_value(o.promise),
      "lookahead that the engine is told of, as a share of the real one");
  add("end", po::value(&o.end)->default_value(o.end),
      "length of the run after a warm-up, in means");
  add("memory", po::value(&load.memory)->default_value(load.memory),
      "words of a process, of which each event changes one");
  add("seed", po::value(&load.seed)->default_value(load.seed), "root of the random streams");
  add("threads", po::value(&o.threads)->default_value(o.threads), "of the parallel engine");
  add("groups", po::value(&o.groups)->default_value(o.groups),
      "of the parallel engine; 0: its own choice");
  add("repeat", po::value(&o.repeat)->default_value(o.repeat), "the fastest run counts");
  add("only", po::value(&o.only)->default_value(o.only),
      "loops whose name matches this regular expression");
  add("json", po::bool_switch(&o.json), "print JSON");
  po::variables_map given;
  po::store(po::parse_command_line(argc, argv, options), given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return false;
  }
  load.lookahead = ticks_per_step * std::llround(o.lookahead * ticks_per_mean / ticks_per_step);
  if (load.lps == 0 || load.population == 0 || o.threads == 0 || o.repeat < 1 || load.remote < 0 ||
      load.remote > 1 || load.lookahead < 1 || o.promised().ticks < 1 || o.promise > 1 ||
      o.lookahead > 10 || o.end < 0) {
    throw po::error(
        "--lps, --population, --threads and --repeat are at least 1, --remote in [0, 1], "
        "--lookahead in [0.001, 10], --promise above 0 and at most 1, --end at least 0");
  }
  return true;
}

}  // namespace bench
