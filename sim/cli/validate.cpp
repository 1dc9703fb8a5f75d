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
  const auto counted = [&](std::size_t count, const analysis::Words& one,
                           const analysis::Words& many) {
    return tell(options.language(), count == 1 ? one : many, count);
  };
  std::cout << tell(options.language(),
                    {"{} is valid: {}, {}, {}, {}, {} residents.",
                     "{} est valide : {}, {}, {}, {}, {} habitants."},
                    given.file,
                    counted(prepared.scenario.strategies.size(), {"{} strategy", "{} stratégie"},
                            {"{} strategies", "{} stratégies"}),
                    counted(static_cast<std::size_t>(prepared.scenario.replications),
                            {"{} replication", "{} réplication"},
                            {"{} replications", "{} réplications"}),
                    counted(static_cast<std::size_t>(prepared.scenario.years), {"{} year", "{} an"},
                            {"{} years", "{} ans"}),
                    counted(prepared.map.communes().size(), {"{} commune", "{} commune"},
                            {"{} communes", "{} communes"}),
                    analysis::number(prepared.map.residents(), 0, options.language()))
            << '\n';
  return Exit::done;
}

}  // namespace cli
