/// Repeating the run that a results file holds.
#include <stdexcept>

#include "cli/command.hpp"
#include "experiment/build_info.hpp"
#include "experiment/experiment.hpp"
#include "experiment/inputs.hpp"
#include "record/results_reader.hpp"

namespace cli {
namespace {

using analysis::Language;

[[noreturn]] void refuse(const std::string& file, std::string why) {
  throw scenario::Invalid({{file, 0, 0, std::move(why)}});
}

/// `--from` takes the whole scenario from a file, so that nothing else may change it.
void refuse_what_changes_the_scenario(const Options& options) {
  for (const char* name : {"scenario", "strategy", "set", "years", "seed", "data"}) {
    if (!options.has(name)) continue;
    const std::string word =
        std::string(name) == "scenario" ? "SCENARIO" : "--" + std::string(name);
    throw po::error(tell(options.language(),
                         {"--from repeats a run as it was, so {} cannot stand beside it",
                          "--from refait une simulation telle quelle : {} n'y a pas sa place"},
                         word));
  }
}

/// Refuses a run of another version, unless the user has asked for it.
bool is_of_this_version(const record::Provenance& there, const std::string& file,
                        const Options& options) {
  if (there.version == experiment::version && there.commit == experiment::commit) return true;
  if (options.has("other-version")) return false;
  refuse(file,
         tell(options.language(),
              {"was written by Maillage {} ({}), and this is {} ({}): the numbers may differ. Use "
               "that version, or add --other-version to repeat the run with this one all the same",
               "a été écrit par Maillage {} ({}), et voici {} ({}) : les nombres peuvent différer. "
               "Utiliser cette version-là, ou ajouter --other-version pour refaire quand même la "
               "simulation avec celle-ci"},
              there.version, there.commit, experiment::version, experiment::commit));
}

/// The inputs of the run in a results file, checked to be those that its run key stands for.
Prepared repeat(const std::string& file, const Options& options) {
  if (!std::filesystem::exists(file))
    throw scenario::InputMissing(
        tell(options.language(),
             {"{} is not there; maillage run writes it", "{} n'existe pas ; maillage run l'écrit"},
             file));
  const record::ResultsReader results(file);
  const record::Provenance& there = results.frame().provenance;
  const bool this_version = is_of_this_version(there, file, options);
  experiment::Inputs inputs = experiment::read_inputs(there, file);
  inputs.scenario.replications = static_cast<int>(results.frame().planned);
  std::string key;
  try {
    key = experiment::Experiment(inputs.scenario, inputs.map).run_key();
  } catch (const scenario::Invalid& missing) {  // a law asks for a parameter
    refuse(file, tell(options.language(),
                      {"has not all that this version of Maillage needs: {}",
                       "n'a pas tout ce que demande cette version de Maillage : {}"},
                      missing.what()));
  }
  if (this_version && key != there.run_key)
    refuse(file, tell(options.language(),
                      {"has other inputs than its run key stands for",
                       "a d'autres données que celles que désigne sa clé de simulation"}));
  return {std::move(inputs.scenario), std::move(inputs.map)};
}

}  // namespace

void add_repeat_options(Options& options) {
  options
      .add("from", po::value<std::string>()->value_name("FILE"),
           {"repeat the run in FILE (of another version: --other-version)",
            "refaire le calcul de FILE (autre version : --other-version)"})
      .add_aside("other-version");
}

Prepared prepare_or_repeat(const Options& options, ScenarioOptions& given) {
  if (!options.has("from")) {
    if (options.has("other-version"))
      throw po::error(tell(options.language(),
                           {"--other-version goes with --from", "--other-version va avec --from"}));
    if (given.file.empty())
      throw po::error(tell(options.language(), {"{} is missing", "{} manque"}, "SCENARIO"));
    return prepare(options, given);
  }
  refuse_what_changes_the_scenario(options);
  Prepared prepared = repeat(options.values()["from"].as<std::string>(), options);
  if (!options.has("replications")) return prepared;
  prepared.scenario.replications = options.values()["replications"].as<int>();
  if (prepared.scenario.replications < 1)
    throw po::error(
        tell(options.language(),
             {"--replications {} (must be 1 or more)", "--replications {} (doit être au moins 1)"},
             prepared.scenario.replications));
  return prepared;
}

}  // namespace cli
