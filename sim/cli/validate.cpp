#include <iostream>

#include "cli/command.hpp"

namespace cli {

Exit validate_command(const Arguments& words) {
  Options options(
      "validate SCENARIO",
      {"Checks a scenario, its strategies and its parameters, and lists every problem.",
       "Vérifie un scénario, ses stratégies et ses paramètres, et liste tous les "
       "problèmes."},
      {"maillage validate kervignac.toml", "maillage validate kervignac.toml --set rent_m2=12"});
  ScenarioOptions given;
  add_scenario_options(options, given);
  if (!options.parse(words)) return Exit::done;
  const Prepared prepared = prepare(options, given);
  std::cout
      << tell(
             options.language(),
             {"{} is valid: {} strategies, {} replications, {} years, {} communes, {} residents.",
              "{} est valide : {} stratégies, {} réplications, {} ans, {} communes, {} habitants."},
             given.file, prepared.scenario.strategies.size(), prepared.scenario.replications,
             prepared.scenario.years, prepared.map.communes().size(),
             analysis::number(prepared.map.residents(), 0, options.language()))
      << '\n';
  return Exit::done;
}

}  // namespace cli
