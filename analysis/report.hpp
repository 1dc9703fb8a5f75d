/// The report: one page that stands alone.
#pragma once

#include <optional>
#include <string>

#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// A self-contained HTML page in UTF-8: main findings in plain words, comparison, figures with
/// their numbers, how sure they are, and where they come from. It has no script and asks for
/// nothing from any network. Equal results give equal bytes. Throws `std::invalid_argument` for an
/// unknown baseline or a start date that is none.
std::string report_html(const record::Results& results, Language language,
                        const std::optional<std::string>& baseline_name = {});

}  // namespace analysis
