/// What a resident-year costs from a village to a city, and how far the model is from PHOLD, the
/// cost of the kernel alone with as many events waiting. Both come from the same run of this
/// program, on one thread. Bytes are what the largest territory so far adds to the peak of the
/// process: residents, events that wait and all else together.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "pdes/sequential_engine.hpp"
#include "phold.hpp"

namespace {

struct Options {
  int years = 1;
  int repeat = 3;
  std::vector<int> residents{5'000, 55'000, 500'000};
};

/// A territory of towns of 5,000, each with professionals at the densities of towns of that size,
/// so that a larger territory is more of the same.
world::CatchmentMap territory(int residents, const scenario::ParameterTable& table) {
  constexpr int town = 5'000;
  std::vector<world::CatchmentCommune> communes;
  for (int left = residents; left > 0; left -= town) {
    world::CatchmentCommune commune;
    commune.code = fmt::format("{:05}", communes.size());
    commune.name = "Town " + commune.code;
    commune.residents = std::min(town, left);
    commune.population = world::read_population(table, 2024);
    for (std::size_t p = 0; p < world::profession_count; ++p) {
      const std::string profession(world::profession_stems[p]);
      const double places = table.value("supply_size_5000_9999_" + profession) / 1e5;
      commune.supply[p] = {
          places * table.value("places_to_persons_" + profession) * commune.residents, false, {}};
    }
    communes.push_back(commune);
  }
  // On a line, ten minutes from one to the next.
  std::vector<double> minutes;
  for (std::size_t i = 0; i < communes.size(); ++i) {
    for (std::size_t j = 0; j < communes.size(); ++j) {
      minutes.push_back(5 + 10 * std::abs(static_cast<double>(i) - static_cast<double>(j)));
    }
  }
  return {std::move(communes), std::move(minutes), world::CommuneId{0}, "made up for a bench\n"};
}

struct Cost {
  std::uint64_t events = 0;
  double seconds = 0;
};

/// A whole replication: the world built, warmed up and run.
Cost replication(const experiment::Experiment& experiment) {
  static const std::atomic<bool> never_stop = false;
  const auto begin = std::chrono::steady_clock::now();
  const auto runs = experiment.simulate(0, never_stop);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return {runs->front().events, took.count()};
}

double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// PHOLD with as many events waiting as there are residents: each has a next need.
bench::Measure phold(int waiting) {
  bench::Options options;
  options.load.lps = static_cast<std::uint32_t>(waiting);
  options.end = std::max(3.0, 2e6 / waiting);
  return measure(
      options,
      bench::Kernel<pdes::SequentialEngine<bench::Process>>{pdes::SequentialEngine<bench::Process>(
          {options.load.lps, bench::Process(options.load)}, options.promised())});
}

void measure_all(const Options& options) {
  scenario::Scenario scenario;
  scenario.name = scenario.title = "scale";
  scenario.start = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};
  scenario.years = options.years;
  scenario.warm_up_months = 12;
  scenario.strategies.resize(1);
  scenario.strategies[0].name = "nothing";
  const std::string library = MAILLAGE_SOURCE_SCENARIOS;
  scenario.parameters = scenario::ParameterTable::read(library + "/parameters.csv");
  scenario.needs = scenario::NeedTable::read(library + "/needs.csv", scenario.parameters);

  std::cout << fmt::format(
      "{} years and 12 months of warm-up, fastest of {}\n\n{:>9} {:>9} {:>10} "
      "{:>10} {:>14} {:>9} {:>10} {:>7} {:>11}\n",
      options.years, options.repeat, "residents", "seconds", "events", "events/s", "ns/person-year",
      "relative", "phold/s", "ratio", "bytes/person");
  double first = 0;
  for (const int residents : options.residents) {
    const experiment::Experiment experiment(scenario, territory(residents, scenario.parameters));
    const double before = peak_bytes();
    Cost best = replication(experiment);
    const double bytes = (peak_bytes() - before) / residents;
    bench::Measure kernel;
    for (int i = 0; i < options.repeat; ++i) {  // in turn, under the same load of the machine
      const Cost cost = replication(experiment);
      if (cost.seconds < best.seconds) best = cost;
      bench::keep_fastest(kernel, [&] { return phold(residents); });
    }
    const double person_year = 1e9 * best.seconds / residents / (options.years + 1);
    if (first == 0) first = person_year;
    const double rate = static_cast<double>(best.events) / best.seconds;
    std::cout << fmt::format(
                     "{:>9} {:>9.3f} {:>10} {:>10.0f} {:>14.0f} {:>9.2f} {:>10.0f} {:>7.2f} "
                     "{:>11.0f}\n",
                     residents, best.seconds, best.events, rate, person_year, person_year / first,
                     bench::events_per_s(kernel), rate / bench::events_per_s(kernel), bytes)
              << std::flush;
  }
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  po::options_description options("care_scale");
  options.add_options()("help", "show this help")(
      "years", po::value(&o.years)->default_value(o.years), "after the warm-up")(
      "repeat", po::value(&o.repeat)->default_value(o.repeat), "the fastest counts")(
      "residents", po::value(&o.residents)->multitoken(), "sizes, instead of 5000 55000 500000");
  po::variables_map given;
  po::store(po::parse_command_line(argc, argv, options), given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  if (o.years < 1 || o.repeat < 1) throw po::error("--years and --repeat are at least 1");
  measure_all(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "care_scale: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "care_scale: " << error.what() << '\n';
  return 70;
}
