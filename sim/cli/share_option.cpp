#include "cli/share_option.hpp"

#include <cstdlib>

namespace cli {

void add_share_option(Options& options) {
  options.add("shard", po::value<std::string>()->value_name("I/N"),
              {"simulate part I of N only; `maillage merge` joins them",
               "simuler seulement la part I sur N ; `maillage merge` les réunit"});
}

experiment::Share share_asked_for(const Options& options) {
  if (options.has("shard")) {
    const std::string text = options.values()["shard"].as<std::string>();
    const std::optional<experiment::Share> share = experiment::parse_share(text);
    if (share) return *share;
    throw po::error(tell(options.language(),
                         {"--shard {} (must be I/N with I from 1 to N, such as --shard 3/40)",
                          "--shard {} (doit être I/N avec I de 1 à N, par exemple --shard 3/40)"},
                         text));
  }
  try {
    const auto variable = [](const char* name) -> const char* { return std::getenv(name); };
    return experiment::share_of_array(variable).value_or(experiment::Share{});
  } catch (const experiment::UnclearArray& array) {
    throw po::error(tell(
        options.language(),
        {"this Slurm array ({}) has holes, so its elements cannot tell their shares: say "
         "--shard \"$SLURM_ARRAY_TASK_ID/N\", with N the number of elements of the whole array",
         "ce tableau de tâches Slurm ({}) a des trous, ses éléments ne peuvent donc pas "
         "connaître leur part : donner --shard \"$SLURM_ARRAY_TASK_ID/N\", où N est le "
         "nombre d'éléments du tableau entier"},
        array.elements()));
  }
}

}  // namespace cli
