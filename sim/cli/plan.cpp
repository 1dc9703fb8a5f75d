#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <utility>

#include "analysis/text_cells.hpp"
#include "cli/pilot_options.hpp"
#include "experiment/allocation.hpp"

namespace cli {

using analysis::Language;
using experiment::Expected;

void add_pilot_options(Options& options, PilotOptions& into) {
  options.add("pilot", po::value(&into.seconds)->default_value(10)->value_name("SECONDS"),
              {"how long to measure; longer narrows the bounds",
               "durée de la mesure ; plus longue, elle resserre les bornes"});
}

void require_sense(const Options& options, const PilotOptions& given, int threads, int least) {
  if (threads < least) {
    throw po::error(
        tell(options.language(),
             {"--threads {} (must be {} or more)", "--threads {} (doit être {} ou plus)"}, threads,
             least));
  }
  if (!(given.seconds >= 0)) {
    throw po::error(tell(options.language(),
                         {"--pilot {} (must be 0 or more)", "--pilot {} (doit être 0 ou plus)"},
                         given.seconds));
  }
}

experiment::Pilot play_pilot(const experiment::Experiment& experiment, const PilotOptions& given,
                             int threads) {
  const int here = experiment::allocated_threads(0).threads;
  return experiment::play_pilot(experiment, std::min(threads, here), given.seconds);
}

std::string duration_text(double seconds, Language language) {
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 60 * 60) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  const long minutes = std::lround(seconds / 60);
  if (minutes < 48 * 60) return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
  const long hours = std::lround(seconds / 3600);
  return tell(language, {"{} d {:02} h", "{} j {:02} h"}, hours / 24, hours % 24);
}

std::string bytes_text(double bytes, Language language) {
  if (bytes < 1e6) return tell(language, {"{} kB", "{} ko"}, std::lround(bytes / 1e3));
  const bool mega = bytes < 1e9;
  const double value = bytes / (mega ? 1e6 : 1e9);
  const std::string text = analysis::number(value, value < 100 ? 1 : 0, language);
  return mega ? tell(language, {"{} MB", "{} Mo"}, text) : tell(language, {"{} GB", "{} Go"}, text);
}

namespace {

nlohmann::ordered_json json_of(const Expected& expected) {
  return {{"value", expected.value}, {"low", expected.low}, {"high", expected.high}};
}

/// The same for what comes in whole numbers: bytes, rows.
nlohmann::ordered_json json_in_whole(const Expected& expected) {
  return {{"value", std::llround(expected.value)},
          {"low", std::llround(std::floor(expected.low))},
          {"high", std::llround(std::ceil(expected.high))}};
}

nlohmann::ordered_json json_of(const experiment::Experiment& experiment,
                               const experiment::Pilot& pilot, const experiment::Plan& plan) {
  nlohmann::ordered_json tables;
  for (const experiment::OutputTable& table : plan.tables)
    tables[table.name] = json_in_whole(table.rows);
  const std::int64_t elements = experiment::elements_of_array(experiment, pilot, plan.threads);
  return {{"scenario", experiment.scenario().name},
          {"run_key", experiment.run_key()},
          {"strategies", plan.strategies},
          {"replications", plan.replications},
          {"simulations", plan.simulations},
          {"threads", plan.threads},
          {"seconds", json_of(plan.seconds)},
          {"memory_bytes", json_in_whole(plan.memory)},
          {"results_bytes", json_in_whole(plan.results)},
          {"disk_bytes", json_in_whole(plan.disk)},
          {"shards", plan.shards},
          {"rows", tables},
          {"elements", elements},
          {"pilot",
           {{"replications", pilot.replication_seconds.size()},
            {"threads", pilot.threads},
            {"seconds", pilot.seconds}}}};
}

void print_line(Language language, const analysis::Words& name, const std::string& value,
                const std::string& bounds) {
  constexpr std::size_t name_width = 34;
  constexpr std::size_t value_width = 16;
  std::cout << "  " << analysis::pad_right(analysis::say(name, language), name_width)
            << analysis::pad_left(value, value_width) << (bounds.empty() ? "" : "   ") << bounds
            << '\n';
}

void print(Language language, const std::string& file, const experiment::Experiment& experiment,
           const experiment::Pilot& pilot, const experiment::Plan& plan) {
  const auto whole = [&](double number) { return analysis::number(number, 0, language); };
  const auto line = [&](const analysis::Words& name, const Expected& expected, const auto& write) {
    const bool exact = expected.low == expected.high;
    print_line(language, name, write(expected.value),
               exact ? "" : fmt::format("{} – {}", write(expected.low), write(expected.high)));
  };
  const auto time = [&](double seconds) { return duration_text(seconds, language); };
  const auto size = [&](double bytes) { return bytes_text(bytes, language); };
  const int years = experiment.scenario().years;
  const auto rows = [&](std::size_t i) { return plan.tables[i].rows; };

  std::cout << tell(language,
                    {"{}: {} strategies x {} replications = {} simulations of {}",
                     "{} : {} stratégies x {} réplications = {} simulations de {}"},
                    file, plan.strategies, whole(static_cast<double>(plan.replications)),
                    whole(static_cast<double>(plan.simulations)),
                    years == 1 ? tell(language, {"1 year", "1 an"})
                               : tell(language, {"{} years", "{} ans"}, years))
            << "\n\n";
  print_line(language, {"", ""}, tell(language, {"expected", "attendu"}),
             tell(language, {"between", "entre"}));
  const std::string of_time =
      tell(language, {"time on {} threads", "durée sur {} fils d'exécution"}, plan.threads);
  line({of_time, of_time}, plan.seconds, time);
  line({"memory at most", "mémoire au plus"}, plan.memory, size);
  line({"results file", "fichier de résultats"}, plan.results, size);
  line({"disk at most, while it runs", "disque au plus, pendant le calcul"}, plan.disk, size);
  line({"files while it runs", "fichiers pendant le calcul"},
       {static_cast<double>(plan.shards), 0, 0}, whole);
  line({"numbers: monthly indicators", "nombres : indicateurs mensuels"}, rows(0), whole);
  line({"numbers: communes by year", "nombres : communes par an"}, rows(1), whole);
  line({"rows: stays of professionals", "lignes : séjours des professionnels"}, rows(2), whole);
  line({"rows: movements of money", "lignes : mouvements d'argent"}, rows(3), whole);
  std::cout << '\n'
            << analysis::wrap(
                   tell(language,
                        {"From {} replications played here in {} on {} threads. Time and rows: 95% "
                         "prediction interval, for a machine such as this one under the same load; "
                         "memory within a third; files within a fifth of what grows, and more "
                         "where rows vary.",
                         "D'après {} réplications jouées ici en {} sur {} fils. Durée et lignes : "
                         "intervalle de prédiction à 95 %, pour une machine comme celle-ci sous la "
                         "même charge ; mémoire à un tiers près ; fichiers à un cinquième près de "
                         "ce qui croît, et plus si les lignes varient."},
                        pilot.replication_seconds.size(), time(pilot.seconds), pilot.threads),
                   100)
            << '\n';
}

}  // namespace

Exit plan_command(const Arguments& words) {
  Options options(
      "plan SCENARIO",
      {"Tells what a run will cost, from a short pilot: simulations, time, memory, files.",
       "Dit ce qu'une simulation va coûter, d'après un court essai : simulations, durée, "
       "mémoire, fichiers."},
      {"maillage plan kervignac.toml", "maillage plan kervignac.toml -r 1000 -j 16 --json"});
  ScenarioOptions given;
  PilotOptions pilot_options;
  int threads = 0;
  add_scenario_options(options, given);
  options.add("threads,j", po::value(&threads)->default_value(0)->value_name("N"),
              {"threads of the run (0: all that are allocated here)",
               "fils d'exécution prévus (0 : tous ceux alloués ici)"});
  add_pilot_options(options, pilot_options);
  options.add("json", {"as JSON", "en JSON"});
  if (!options.parse(words)) return Exit::done;
  require_sense(options, pilot_options, threads, 0);

  Prepared prepared = prepare(options, given);
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  const int used = experiment::allocated_threads(threads).threads;
  const experiment::Pilot pilot = play_pilot(experiment, pilot_options, used);
  const experiment::Plan plan =
      experiment::plan(experiment, pilot, experiment.scenario().replications, used);
  if (options.has("json")) {
    std::cout << json_of(experiment, pilot, plan).dump(2) << '\n';
  } else {
    print(options.language(), given.file, experiment, pilot, plan);
  }
  return Exit::done;
}

}  // namespace cli
