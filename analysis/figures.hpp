/// The figures of the report: each one a `<figure>` with its title, charts, caption and numbers.
#pragma once

#include <string>
#include <vector>

#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// How the report shows strategies: the baseline has style 0, the others 1, 2, ... in their order.
std::vector<std::size_t> line_styles(const record::Results& results, std::size_t baseline);

/// "January 2014", "janvier 2014".
std::string month_name(const record::Results& results, std::int64_t month, Language language);

/// Curves by month with 90 % bands: professionals, residents without a GP, accessibility, wait,
/// emergency visits, net cost, teams recognised. A curve without a number is left out.
std::string curve_figures(const record::Results& results, std::size_t baseline, Language language);

/// Arrivals, and departures by cause, per strategy.
std::string flow_figure(const record::Results& results, std::size_t baseline, Language language);

/// Retention curves of those who arrived and of those who were there.
std::string retention_figures(const record::Results& results, std::size_t baseline,
                              Language language);

/// The share of each profession still at work after five years (or the whole run, if shorter).
std::string retention_table(const record::Results& results, std::size_t baseline,
                            Language language);

}  // namespace analysis
