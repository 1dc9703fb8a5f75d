/// PHOLD (Fujimoto 1990): events that wander between processes, a load with nothing but the cost of
/// the kernel. Every engine runs it in turn beside a bare loop, and the ratio to the bare loop is
/// what a kernel costs: it comes from one run on one machine.

#include "phold.hpp"

#include <cmath>
#include <exception>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "pdes/parallel_engine.hpp"
#include "pdes/sequential_engine.hpp"

namespace {

using bench::Kernel;
using bench::Measure;
using bench::Options;
using bench::Process;

template <template <class> class Pending>
Measure measure_sequential(const Options& options) {
  const bench::Phold& load = options.load;
  return measure(options, Kernel<pdes::SequentialEngine<Process, Pending>>{
                              pdes::SequentialEngine<Process, Pending>({load.lps, Process(load)},
                                                                       options.promised())});
}

Measure measure_parallel(const Options& options, unsigned threads) {
  const bench::Phold& load = options.load;
  return measure(options, Kernel<pdes::ParallelEngine<Process>>{pdes::ParallelEngine<Process>(
                              {load.lps, Process(load)}, options.promised(),
                              {.threads = threads, .groups = options.groups})});
}

Measure measure_bare(const Options& options, unsigned threads) {
  return measure(options, bench::BarePhold(options.load, threads));
}

/// One way to run the load.
struct Row {
  std::string loop;
  unsigned threads;
  std::function<Measure()> run;
  Measure best = {};
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
  const std::regex wanted(options.only);
  std::erase_if(rows, [&](const Row& row) { return !std::regex_search(row.loop, wanted); });
  return rows;
}

void compare(const Options& options) {
  std::vector<Row> rows = rows_of(options);
  for (int i = 0; i < options.repeat; ++i) {
    for (Row& row : rows) bench::keep_fastest(row.best, row.run);
  }
  const auto share_of_ceiling = [&](const Row& row) {
    for (const Row& bare : rows) {
      if (bare.loop == "bare loop" && bare.threads == row.threads) {
        return bench::events_per_s(row.best) / bench::events_per_s(bare.best);
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
                      {"events_per_s", bench::events_per_s(row.best)},
                      {"to_bare_loop", share_of_ceiling(row)},
                      {"same_events", same}});
    if (!options.json) {
      const std::string threads = row.threads == 1 ? " thread" : " threads";
      bench::print_row(row.loop + ", " + std::to_string(row.threads) + threads, row.best,
                       share_of_ceiling(row), same);
    }
  }
  if (options.json) std::cout << report.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  if (bench::read_options(argc, argv, options)) compare(options);
} catch (const boost::program_options::error& error) {
  std::cerr << "phold: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "phold: " << error.what() << '\n';
  return 70;
}
