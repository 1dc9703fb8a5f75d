#include <iostream>

#include "cli/command.hpp"
#include "cli/progress_meter.hpp"
#include "cli/refusals.hpp"
#include "cli/share_option.hpp"
#include "cli/stop_on_signal.hpp"
#include "experiment/runner.hpp"

namespace cli {
namespace {

using analysis::Language;

/// What `run` says at its end.
Exit close(experiment::Outcome outcome, const std::string& output, Language language) {
  const auto say = [&](std::ostream& out, const analysis::Words& words, Exit exit) {
    out << tell(language, words, output) << '\n';
    return exit;
  };
  switch (outcome) {
    case experiment::Outcome::done:
      return say(std::cout, {"wrote {}", "{} écrit"}, Exit::done);
    case experiment::Outcome::already_done:
      return say(std::cout, {"{} already holds this run", "{} contient déjà cette simulation"},
                 Exit::done);
    case experiment::Outcome::share_done:
      return say(std::cout,
                 {"this share is in {0}.parts; when all are there: maillage merge {0}",
                  "cette part est dans {0}.parts ; quand toutes y sont : maillage merge {0}"},
                 Exit::done);
    case experiment::Outcome::interrupted:
      return say(std::cerr,
                 {"interrupted; the same command does the rest",
                  "interrompu ; la même commande fera le reste"},
                 Exit::interrupted);
  }
  return Exit::defect;
}

}  // namespace

Exit run_command(const Arguments& words) {
  Options options(
      "run SCENARIO -o results.h5",
      {"Simulates what is missing of a scenario. After an interruption the same command goes on.",
       "Simule ce qui manque d'un scénario. Après une interruption, la même commande continue."},
      {"maillage run kervignac.toml -o cheap.h5 --years 3 -r 20 --set rent_m2=6 --strategy "
       "team_first",
       "maillage run --from results.h5 -o again.h5"});
  ScenarioOptions given;
  experiment::RunOptions run;
  std::string output = "results.h5";
  add_scenario_options(options, given, ScenarioFile::optional);
  add_repeat_options(options);
  options
      .add("output,o", po::value(&output)->value_name("FILE"),
           {"results file (default: results.h5)", "fichier de résultats (par défaut : results.h5)"})
      .add("threads,j", po::value(&run.threads)->default_value(0)->value_name("N"),
           {"0: all cores; never changes results",
            "0 : tous les cœurs ; ne change jamais les résultats"});
  add_share_option(options);
  add_no_lock_option(options);
  add_progress_options(options);
  if (!options.parse(words)) return Exit::done;
  require_threads(run.threads, options.language());

  run.output = output;
  run.share = share_asked_for(options);
  run.lock = !options.has("no-lock");
  ProgressMeter meter(options.language(), progress_style(options));
  run.on_progress = [&](const experiment::Progress& progress) { meter.show(progress); };
  run.on_damaged = tell_of_damage(options.language());

  Prepared prepared = prepare_or_repeat(options, given);
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  return unless_refused(options.language(), [&] {
    try {
      const StopOnSignal signals(options.language());
      return close(experiment::run(experiment, run, signals.stop()), output, options.language());
    } catch (const experiment::ForeignOutput& foreign) {
      std::cerr << "maillage: " << explain(foreign, experiment, output, options.language()) << '\n';
      return Exit::cannot_create;
    }
  });
}

}  // namespace cli
