/// The figures of the report: each one a `<figure>` with its title, charts, caption and numbers.
#pragma once

#include <string>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// How the report shows strategies: the baseline has style 0, the others 1, 2, ... in their order.
std::vector<std::size_t> line_styles(const record::Results& results, std::size_t baseline);

/// "January 2014", "janvier 2014".
std::string month_name(const record::Results& results, std::int64_t month, Language language);

/// How long professionals stayed, in years, over all replications of a strategy. Those who arrived
/// during the run count from their arrival. How long those of the start had been there is not known
/// (left truncation): they are a group of their own and count from the start.
std::vector<Duration> stays_of_arrivals(const record::Results& results, std::size_t strategy);
std::vector<Duration> stays_of_those_at_start(const record::Results& results, std::size_t strategy);

/// Curves by month with 90 % bands: professionals, residents without a GP, wait, emergency visits,
/// net cost, teams recognised. A curve without a number is left out.
std::string curve_figures(const record::Results& results, std::size_t baseline, Language language);

/// Arrivals, and departures by cause, per strategy.
std::string flow_figure(const record::Results& results, std::size_t baseline, Language language);

/// Retention curves of both groups.
std::string retention_figures(const record::Results& results, std::size_t baseline,
                              Language language);

}  // namespace analysis
