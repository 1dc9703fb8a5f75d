/// PHOLD (Fujimoto 1990): events that wander between processes, a load with nothing but the cost of
/// the kernel. Every engine runs it in turn beside a bare loop, and the ratio to the bare loop is
/// what a kernel costs: it comes from one run on one machine.

#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "bare_phold.hpp"
#include "pdes/parallel_engine.hpp"
#include "pdes/sequential_engine.hpp"

namespace {

using bench::Outcome;

struct Nothing {};

/// A process of PHOLD.
class Process {
 public:
  using Payload = Nothing;

  explicit Process(const bench::Phold& load) : load_(&load) {}

  void start(pdes::Context<Nothing>& context) {
    for (std::uint32_t i = 0; i < load_->population; ++i) pass_on(context);
  }
  void handle(Nothing, pdes::Context<Nothing>& context) {
    state_.sum_of_times += static_cast<std::uint64_t>(context.now().ticks);
    pass_on(context);
  }
  std::uint64_t sum_of_times() const { return state_.sum_of_times; }

 private:
  void pass_on(pdes::Context<Nothing>& context) {
    const bench::Hop hop =
        bench::next_hop(*load_, static_cast<std::uint32_t>(context.self()), state_.sent++);
    context.send(pdes::LpId(hop.target), pdes::Duration{hop.delay}, {});
  }

  const bench::Phold* load_;
  bench::LpState state_;
};

struct Options {
  bench::Phold load;
  double lookahead = 0.1;  ///< in means
  double end = 30;         ///< in means
  unsigned threads = 2;
  std::size_t groups = 0;
  int repeat = 3;
  std::string only;
  bool json = false;
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

template <template <class> class Pending>
Measure measure_sequential(const Options& options) {
  const bench::Phold& load = options.load;
  return measure(options, Kernel<pdes::SequentialEngine<Process, Pending>>{
                              pdes::SequentialEngine<Process, Pending>({load.lps, Process(load)},
                                                                       {load.lookahead})});
}

Measure measure_parallel(const Options& options, unsigned threads) {
  const bench::Phold& load = options.load;
  return measure(options, Kernel<pdes::ParallelEngine<Process>>{pdes::ParallelEngine<Process>(
                              {load.lps, Process(load)}, {load.lookahead},
                              {.threads = threads, .groups = options.groups})});
}

Measure measure_bare(const Options& options, unsigned threads) {
  return measure(options, bench::BarePhold(options.load, threads));
}

/// One way to run the load, and the fastest of its runs: what the machine can do when nothing else
/// disturbs it.
struct Row {
  std::string loop;
  unsigned threads;
  std::function<Measure()> run;
  Measure best = {};

  void repeat(bool first) {
    const Measure measure = run();
    if (first || measure.seconds < best.seconds) best = measure;
  }
  double events_per_s() const { return static_cast<double>(best.events) / best.seconds; }
};

std::vector<Row> rows_of(const Options& options) {
  std::vector<Row> rows{
      {"bare loop", 1, [&] { return measure_bare(options, 1); }},
      {"sequential engine, heap", 1,
       [&] { return measure_sequential<pdes::HeapEventSet>(options); }},
      {"sequential engine, calendar", 1,
       [&] { return measure_sequential<pdes::CalendarEventSet>(options); }},
      {"parallel engine", 1, [&] { return measure_parallel(options, 1); }},
  };
  if (options.threads > 1) {
    rows.push_back(
        {"bare loop", options.threads, [&] { return measure_bare(options, options.threads); }});
    rows.push_back({"parallel engine", options.threads,
                    [&] { return measure_parallel(options, options.threads); }});
  }
  std::erase_if(rows,
                [&](const Row& row) { return row.loop.find(options.only) == std::string::npos; });
  return rows;
}

void compare(const Options& options) {
  std::vector<Row> rows = rows_of(options);
  for (int i = 0; i < options.repeat; ++i) {
    for (Row& row : rows) row.repeat(i == 0);
  }
  const auto share_of_ceiling = [&](const Row& row) {
    for (const Row& bare : rows) {
      if (bare.loop == "bare loop" && bare.threads == row.threads) {
        return row.events_per_s() / bare.events_per_s();
      }
    }
    return std::nan("");
  };
  auto report = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    const bool same = row.best.outcome == rows.front().best.outcome;
    report.push_back({{"loop", row.loop},
                      {"threads", row.threads},
                      {"lps", options.load.lps},
                      {"population", options.load.population},
                      {"remote", options.load.remote},
                      {"lookahead", options.lookahead},
                      {"end", options.end},
                      {"events", row.best.events},
                      {"seconds", row.best.seconds},
                      {"events_per_s", row.events_per_s()},
                      {"to_bare_loop", share_of_ceiling(row)},
                      {"same_events", same}});
    if (!options.json) {
      std::cout << std::left << std::setw(28) << row.loop << std::right << row.threads
                << (row.threads == 1 ? " thread " : " threads") << std::setw(11)
                << std::llround(row.events_per_s()) << " events_per_s   " << std::fixed
                << std::setprecision(1) << 1e9 / row.events_per_s() << " ns   x "
                << std::setprecision(2) << share_of_ceiling(row)
                << (same ? "" : " (not the same events)") << '\n';
    }
  }
  if (options.json) std::cout << report.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  bench::Phold& load = o.load;
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
  add("end", po::value(&o.end)->default_value(o.end),
      "length of the run after a warm-up, in means");
  add("seed", po::value(&load.seed)->default_value(load.seed), "root of the random streams");
  add("threads", po::value(&o.threads)->default_value(o.threads), "of the parallel engine");
  add("groups", po::value(&o.groups)->default_value(o.groups),
      "of the parallel engine; 0: its own choice");
  add("repeat", po::value(&o.repeat)->default_value(o.repeat), "the fastest run counts");
  add("only", po::value(&o.only)->default_value(o.only), "loops with this in their name");
  add("json", po::bool_switch(&o.json), "print JSON");
  po::variables_map given;
  po::store(po::parse_command_line(argc, argv, options), given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  load.lookahead = bench::ticks_per_step *
                   std::llround(o.lookahead * bench::ticks_per_mean / bench::ticks_per_step);
  if (load.lps == 0 || load.population == 0 || o.threads == 0 || o.repeat < 1 || load.remote < 0 ||
      load.remote > 1 || load.lookahead < 1 || o.lookahead > 10 || o.end < 0) {
    throw po::error(
        "--lps, --population, --threads and --repeat are at least 1, --remote in [0, 1], "
        "--lookahead in [0.001, 10], --end at least 0");
  }
  compare(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "phold: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "phold: " << error.what() << '\n';
  return 70;
}
