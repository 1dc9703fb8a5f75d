/// How the inputs of two runs differ, in words a user understands.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "analysis/language.hpp"
#include "experiment/experiment.hpp"

namespace experiment {

/// What differs between the parts `determines` of two texts of `inputs_json`, a line each:
/// `parameters.rent_m2: 6 -> 8`. Strategies, communes and needs are known by their names, codes and
/// ids. After so many lines it says how many more there are. Empty if nothing differs.
std::string difference(std::string_view before, std::string_view after,
                       analysis::Language language = analysis::Language::en);

/// What differs between the run that a results file or a shard holds and the one that is asked, or
/// that the file does not tell. Throws like `record::read_results`.
std::string explain_difference(const std::filesystem::path& results_or_shard,
                               const Experiment& asked,
                               analysis::Language language = analysis::Language::en);

}  // namespace experiment
