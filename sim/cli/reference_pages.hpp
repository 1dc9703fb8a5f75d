/// The pages of `docs/` that are written from the tables which the program itself reads, so that
/// they cannot say anything else. `ninja refresh_docs` writes them anew.
#pragma once

#include <string>
#include <string_view>

#include "analysis/language.hpp"
#include "scenario/parameters.hpp"
#include "scenario/strategy.hpp"

namespace cli {

/// Every row of the parameter table, by group, with the count of grades on top.
std::string parameters_page(const scenario::ParameterTable& table);

/// The monthly indicators of the results file, and the measures that a comparison makes of them.
std::string indicators_page();

/// The levers, and the conditions under which they may act.
std::string levers_page();

/// What a results file holds, how it is read, and what its hashes cover.
std::string results_format_page();

/// What a lever is: in French where that is known.
std::string lever_meaning(const scenario::LeverDefinition& lever, analysis::Language language);

/// What holds when a condition of `when` does; what its value must be, if nothing more is known.
std::string condition_meaning(std::string_view name, analysis::Language language);

}  // namespace cli
