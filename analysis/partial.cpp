#include "analysis/partial.hpp"

namespace analysis {

std::string part_of_run(std::int64_t replications, std::int64_t planned, Language language) {
  const auto text = [&](std::int64_t count) {
    return number(static_cast<double>(count), 0, language);
  };
  return fill(language, {"{} of {} replications", "{} réplications sur {}"}, text(replications),
              text(planned));
}

std::string partial_note(const record::Results& results, Language language) {
  if (!results.is_partial()) return "";
  return fill(language,
              {"Partial results: {}. The file was joined before its run was finished, and its "
               "numbers may still change.",
               "Résultats partiels : {}. Le fichier a été réuni avant la fin de la simulation, et "
               "ses nombres peuvent encore changer."},
              part_of_run(results.replications(), results.planned, language));
}

}  // namespace analysis
