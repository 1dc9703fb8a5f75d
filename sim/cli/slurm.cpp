#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "cli/pilot_options.hpp"
#include "cli/slurm_script.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string absolute_path(const fs::path& path) {
  return fs::absolute(path).lexically_normal().string();
}

/// The words that ask for the same scenario again, from any folder.
std::vector<std::string> words_of(const Options& options, const ScenarioOptions& given) {
  std::vector<std::string> words;
  const auto add = [&](const char* option, std::string value) {
    words.emplace_back(option);
    words.push_back(std::move(value));
  };
  for (const std::string& name : given.overrides.strategies) add("--strategy", name);
  for (const std::string& assignment : given.assignments) add("--set", assignment);
  if (given.overrides.years) add("--years", std::to_string(*given.overrides.years));
  if (given.overrides.replications)
    add("--replications", std::to_string(*given.overrides.replications));
  if (given.overrides.seed) add("--seed", std::to_string(*given.overrides.seed));
  if (given.data) add("--data", absolute_path(*given.data));
  if (options.has("lang")) add("--lang", options.values()["lang"].as<std::string>());
  return words;
}

/// Where this program is, so that the job runs the same one.
std::string this_program() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? "maillage" : program.string();
}

/// What tells the program where its library and its territory are, if something does.
std::vector<std::string> variables() {
  std::vector<std::string> found;
  for (const char* name : {"MAILLAGE_SCENARIOS", "MAILLAGE_TERRITORY"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      found.push_back(std::string(name) + "=" + absolute_path(value));
  }
  return found;
}

}  // namespace

Exit slurm_command(const Arguments& words) {
  Options options(
      "slurm SCENARIO -o results.h5 > job.sbatch",
      {"Writes a job array for a Slurm cluster: elements of 10 to 20 minutes, from a short pilot, "
       "that can be stopped, requeued and submitted again.",
       "Écrit un tableau de tâches pour un cluster Slurm : des éléments de 10 à 20 minutes, "
       "d'après un court essai, qui peuvent être arrêtés, relancés et soumis de nouveau."},
      {"maillage slurm kervignac.toml -o results.h5",
       "maillage slurm kervignac.toml -r 1000 --elements 40 --threads 4"});
  ScenarioOptions given;
  PilotOptions pilot_options;
  std::string output;
  std::int64_t elements = 0;
  int threads = 1;
  add_scenario_options(options, given);
  options
      .add("output,o", po::value(&output)->default_value("results.h5")->value_name("FILE"),
           {"results file of the run", "fichier de résultats de la simulation"})
      .add("elements", po::value(&elements)->value_name("N"),
           {"elements of the array (default: from the pilot)",
            "éléments du tableau (par défaut : d'après l'essai)"})
      .add("threads,j", po::value(&threads)->default_value(1)->value_name("N"),
           {"cores of each element", "cœurs de chaque élément"});
  add_pilot_options(options, pilot_options);
  if (!options.parse(words)) return Exit::done;
  require_sense(options, pilot_options, threads, 1);

  Prepared prepared = prepare(options, given);
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  const std::int64_t replications = experiment.scenario().replications;
  if (options.has("elements") && (elements < 1 || elements > replications)) {
    throw po::error(tell(options.language(),
                         {"--elements {} (must be from 1 to {}, the number of replications)",
                          "--elements {} (doit être de 1 à {}, le nombre de réplications)"},
                         elements, replications));
  }
  const experiment::Pilot pilot = play_pilot(experiment, pilot_options, threads);
  if (elements == 0) elements = experiment::elements_of_array(experiment, pilot, threads);
  const std::int64_t largest = (replications + elements - 1) / elements;
  const experiment::Plan element = experiment::plan(experiment, pilot, largest, threads);

  JobArray job;
  const std::string program = this_program();
  job.name = experiment.scenario().name;
  job.run = {program, "run", absolute_path(given.file), "--output", absolute_path(output)};
  for (std::string& word : words_of(options, given)) job.run.push_back(std::move(word));
  job.merge = {program, "merge", absolute_path(output)};
  job.variables = variables();
  job.elements = elements;
  job.threads = threads;
  // Cores of a cluster are often slower than those where one prepares a run, and its files too.
  job.minutes = static_cast<std::int64_t>(std::ceil(2 * element.seconds.high / 60)) + 4;
  constexpr double rounding = 256;
  job.megabytes = static_cast<std::int64_t>(
      rounding * std::ceil(1.5 * element.memory.high / (1 << 20) / rounding));
  const Options& said = options;
  job.summary =
      tell(said.language(),
           {"{} replications of {} strategies; {} an element of {} where this was "
            "written; at most {} in the results file.",
            "{} réplications de {} stratégies ; {} par élément de {} là où ceci a été "
            "écrit ; au plus {} dans le fichier de résultats."},
           replications, element.strategies, duration_text(element.seconds.value, said.language()),
           largest,
           bytes_text(experiment::plan(experiment, pilot, replications, threads).results.high,
                      said.language()));
  std::cout << script_of(job);
  return Exit::done;
}

}  // namespace cli
