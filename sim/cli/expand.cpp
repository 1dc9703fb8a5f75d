/// `maillage expand`: more replications or more strategies for a finished run.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "cli/command.hpp"
#include "cli/progress_meter.hpp"
#include "cli/refusals.hpp"
#include "cli/stop_on_signal.hpp"
#include "experiment/expansion.hpp"
#include "experiment/inputs.hpp"
#include "record/results_reader.hpp"
#include "scenario/format.hpp"
#include "scenario/read_strategy.hpp"
#include "scenario/read_toml.hpp"
#include "scenario/suggest.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using analysis::Language;

/// The file of a strategy: a path that ends in .toml, or a name of the library.
fs::path strategy_file(const std::string& asked, Language language) {
  const bool is_path = fs::path(asked).extension() == ".toml";
  const fs::path file =
      is_path ? fs::path(asked) : library_folder() / "strategies" / (asked + ".toml");
  if (fs::exists(file)) return file;
  std::vector<std::string> names;
  for (const NamedStrategy& one : library_strategies(language)) names.push_back(one.name);
  throw scenario::InputMissing(tell(language,
                                    {"--strategy {}: there is no such strategy{}",
                                     "--strategy {} : il n'y a pas de telle stratégie{}"},
                                    asked, scenario::did_you_mean(asked, names)));
}

/// Adds the strategies that are asked for and not there yet. Throws `scenario::Invalid`,
/// `scenario::InputMissing` and, where another strategy has the name, `po::error`.
void add_strategies(scenario::Scenario& scenario, const std::vector<std::string>& asked,
                    Language language) {
  scenario::Problems problems;
  for (const std::string& name : asked) {
    const fs::path file = strategy_file(name, language);
    const scenario::TomlDocument document = scenario::read_toml(file);
    scenario::Strategy strategy = scenario::read_strategy(document, scenario.start, problems);
    strategy.name = file.stem().string();
    const auto there =
        std::find_if(scenario.strategies.begin(), scenario.strategies.end(),
                     [&](const scenario::Strategy& one) { return one.name == strategy.name; });
    if (there == scenario.strategies.end()) {
      scenario.text += "# " + name + "\n" + document.text;
      scenario.strategies.push_back(std::move(strategy));
    } else if (there->actions != strategy.actions || there->stops != strategy.stops) {
      throw po::error(tell(language,
                           {"--strategy {}: another strategy of that name is there already",
                            "--strategy {} : une autre stratégie de ce nom s'y trouve déjà"},
                           name));
    }
  }
  problems.throw_if_any();
  const auto& keys = scenario::format::scenario_section;
  const auto limit = std::find_if(keys.begin(), keys.end(), [](const scenario::format::Key& key) {
    return key.name == "strategies";
  });
  if (static_cast<double>(scenario.strategies.size()) > limit->high)
    throw po::error(tell(language,
                         {"--strategy: that would be {} strategies (must be {} at most)",
                          "--strategy : cela ferait {} stratégies (doit être {} au plus)"},
                         scenario.strategies.size(), limit->high));
}

/// What `expand` says at its end.
Exit close(experiment::Outcome outcome, const std::string& output, Language language) {
  if (outcome == experiment::Outcome::interrupted) {
    std::cerr << tell(language, {"interrupted; the same command does the rest",
                                 "interrompu ; la même commande fera le reste"})
              << '\n';
    return Exit::interrupted;
  }
  const record::Results frame = record::ResultsReader(output).frame();
  std::cout << tell(language,
                    {"{}: {} strategies, {} replications", "{} : {} stratégies, {} réplications"},
                    output, frame.strategies.size(), frame.replications())
            << '\n';
  return Exit::done;
}

}  // namespace

Exit expand_command(const Arguments& words) {
  Options options("expand RESULTS [--replications N] [--strategy NAME]...",
                  {"Adds replications or strategies to a finished run, from what its file tells. "
                   "Only what is new is simulated.",
                   "Ajoute des réplications ou des stratégies à une simulation finie, d'après ce "
                   "que dit son fichier. Seul ce qui est nouveau est simulé."},
                  {"maillage expand results.h5 --replications 40",
                   "maillage expand results.h5 --strategy municipal_health_centre"});
  std::string output;
  std::vector<std::string> strategies;
  experiment::RunOptions run;
  options.positional("results", po::value(&output)->required());
  options
      .add("replications,r", po::value<int>()->value_name("N"),
           {"so many in all", "autant en tout"})
      .add("strategy", po::value(&strategies)->composing()->value_name("NAME"),
           {"a strategy of the library, or its file (repeatable)",
            "une stratégie de la bibliothèque, ou son fichier (répétable)"})
      .add("threads,j", po::value(&run.threads)->default_value(0)->value_name("N"),
           {"0: all cores; never changes results",
            "0 : tous les cœurs ; ne change jamais les résultats"});
  add_no_lock_option(options);
  add_progress_options(options);
  if (!options.parse(words)) return Exit::done;
  const Language language = options.language();
  require_threads(run.threads, language);
  if (!options.has("replications") && strategies.empty())
    throw po::error(tell(language, {"--replications or --strategy is missing",
                                    "--replications ou --strategy manque"}));
  if (!fs::exists(output))
    throw scenario::InputMissing(
        tell(language,
             {"{} is not there; maillage run writes it", "{} n'existe pas ; maillage run l'écrit"},
             output));

  const record::Results frame = record::ResultsReader(output).frame();
  if (frame.is_partial())
    throw po::error(tell(language,
                         {"{} holds but {} of {} replications: finish it with maillage run first",
                          "{} ne contient que {} réplications sur {} : le finir d'abord avec "
                          "maillage run"},
                         output, frame.replications(), frame.planned));
  experiment::Inputs inputs = experiment::read_inputs(frame.provenance, output);
  const int there = static_cast<int>(frame.replications());
  const int replications =
      options.has("replications") ? options.values()["replications"].as<int>() : there;
  if (replications < there || replications > 1'000'000)
    throw po::error(tell(language,
                         {"--replications {} (must be from {}, which are there, to 1000000)",
                          "--replications {} (doit être entre {}, déjà là, et 1000000)"},
                         replications, there));
  inputs.scenario.replications = replications;
  scenario::Scenario expanded = inputs.scenario;
  add_strategies(expanded, strategies, language);

  run.output = output;
  run.lock = !options.has("no-lock");
  run.grow = true;
  run.on_damaged = tell_of_damage(language);
  const ProgressStyle style = progress_style(options);
  const experiment::Experiment before(std::move(inputs.scenario), inputs.map);
  const experiment::Experiment after(std::move(expanded), std::move(inputs.map));
  return unless_refused(language, [&] {
    try {
      const StopOnSignal signals(language);
      ProgressMeter longer(language, style);
      run.on_progress = [&](const experiment::Progress& progress) { longer.show(progress); };
      experiment::Outcome outcome = experiment::run(before, run, signals.stop());
      if (after.run_key() == before.run_key()) {
        // Unfinished new strategies are those of another command, unless they are asked for here.
        const bool asked = !strategies.empty() && outcome != experiment::Outcome::interrupted;
        if (run.lock && asked) experiment::sweep_added(output);
      } else if (outcome != experiment::Outcome::interrupted) {
        ProgressMeter wider(language, style);
        run.on_progress = [&](const experiment::Progress& progress) { wider.show(progress); };
        outcome = experiment::expand(before, after, run, signals.stop());
      }
      return close(outcome, output, language);
    } catch (const experiment::ForeignOutput& foreign) {
      const bool is_of_another = foreign.path().string().starts_with(output + ".added");
      std::cerr << "maillage: "
                << (is_of_another
                        ? tell(language,
                               {"another expansion of {0} is not finished: ask for its strategies "
                                "again, or remove {0}.added and {0}.added.parts",
                                "une autre extension de {0} n'est pas finie : redemander ses "
                                "stratégies, ou enlever {0}.added et {0}.added.parts"},
                               output)
                        : explain(foreign, before, output, language))
                << '\n';
      return Exit::cannot_create;
    }
  });
}

}  // namespace cli
