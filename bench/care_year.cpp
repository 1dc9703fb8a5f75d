/// Whole replications of a scenario: what an event costs under each strategy, and what a second
/// thread brings. Both halves of a ratio come from the same run of this program.

#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <boost/program_options.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "experiment/experiment.hpp"

namespace {

struct Options {
  std::string scenario = MAILLAGE_CASES "/kervignac/kervignac.toml";
  std::uint32_t replications = 6;
  unsigned threads = 2;
  int years = 0;  ///< 0: the scenario's
};

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

const std::atomic<bool> never_stop = false;

/// The scenario with the strategies named, or all of its own if none is.
cli::Prepared prepare(const Options& options, const std::vector<std::string>& strategies) {
  cli::ScenarioOptions given;
  given.file = options.scenario;
  given.overrides.strategies = strategies;
  if (options.years > 0) given.overrides.years = options.years;
  return cli::prepare(given);
}

struct Cost {
  std::uint64_t events = 0;
  double seconds = 0;
};

void print(const std::string& name, const Cost& cost, double replications) {
  const double events = static_cast<double>(cost.events);
  std::cout << fmt::format("{:<20} {:>12.0f} {:>9.3f} {:>12.0f} {:>9.0f}\n", name,
                           events / replications, cost.seconds / replications,
                           events / cost.seconds, 1e9 * cost.seconds / events);
}

/// One strategy alone, replication after replication on this thread.
Cost measure_strategy(const Options& options, const std::string& name) {
  cli::Prepared prepared = prepare(options, {name});
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  Cost cost;
  const Stopwatch watch;
  for (std::uint32_t r = 0; r < options.replications; ++r) {
    cost.events += experiment.simulate(r, never_stop)->front().events;
  }
  cost.seconds = watch.seconds();
  return cost;
}

/// Replications of all strategies per second, on so many threads.
double replications_per_second(const experiment::Experiment& experiment, const Options& options,
                               unsigned threads) {
  std::atomic<std::uint32_t> next = 0;
  const Stopwatch watch;
  {
    std::vector<std::jthread> team;
    for (unsigned i = 0; i < threads; ++i) {
      team.emplace_back([&] {
        for (std::uint32_t r = next++; r < options.replications; r = next++) {
          experiment.simulate(r, never_stop);
        }
      });
    }
  }  // joined
  return options.replications / watch.seconds();
}

void measure(const Options& options) {
  cli::Prepared prepared = prepare(options, {});
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  const scenario::Scenario& scenario = experiment.scenario();
  std::cout << fmt::format("{}: {} residents, {} years and {} months of warm-up\n\n",
                           scenario.title, experiment.map().residents(), scenario.years,
                           scenario.warm_up_months)
            << fmt::format("{:<20} {:>12} {:>9} {:>12} {:>9}\n", "one replication", "events",
                           "seconds", "events/s", "ns/event");
  Cost all;
  for (const scenario::Strategy& strategy : scenario.strategies) {
    const Cost cost = measure_strategy(options, strategy.name);
    print(strategy.name, cost, options.replications);
    all.events += cost.events;
    all.seconds += cost.seconds;
  }
  print("all strategies", all, options.replications);

  const double alone = replications_per_second(experiment, options, 1);
  const double together = replications_per_second(experiment, options, options.threads);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << fmt::format(
      "\nreplications/s, 1 thread   {:.3f}\nreplications/s, {} threads  {:.3f}\nratio              "
      "   "
      "     {:.2f}\npeak memory                {:.0f} MB\n",
      alone, options.threads, together, together / alone,
      static_cast<double>(usage.ru_maxrss) / 1024);
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  po::options_description options("care_year [SCENARIO]");
  options.add_options()("help", "show this help")(
      "scenario", po::value(&o.scenario)->default_value(o.scenario), "scenario file")(
      "replications", po::value(&o.replications)->default_value(o.replications),
      "replications to measure, the first of the scenario")(
      "threads", po::value(&o.threads)->default_value(o.threads), "to compare with one")(
      "years", po::value(&o.years), "instead of the scenario's");
  po::positional_options_description positions;
  positions.add("scenario", 1);
  po::variables_map given;
  po::store(po::command_line_parser(argc, argv).options(options).positional(positions).run(),
            given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  if (o.replications == 0 || o.threads == 0) {
    throw po::error("--replications and --threads are at least 1");
  }
  setenv("MAILLAGE_TERRITORY", MAILLAGE_BUILT_TERRITORY, 0);  // unless the user names another
  measure(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "care_year: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "care_year: " << error.what() << '\n';
  return 70;
}
