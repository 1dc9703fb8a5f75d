#include "analysis/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace analysis {
namespace {

std::size_t find_baseline(const record::Results& results, const std::optional<std::string>& name) {
  if (!name) return static_cast<std::size_t>(results.baseline);
  for (std::size_t s = 0; s < results.strategies.size(); ++s)
    if (results.strategies[s].name == *name) return s;
  std::string known;
  for (const record::StrategyLabel& strategy : results.strategies)
    known += (known.empty() ? "" : ", ") + strategy.name;
  throw std::invalid_argument(
      fmt::format("no strategy '{}' in these results (there are: {})", *name, known));
}

std::optional<Estimate> favourable_pairs(const Measure& measure,
                                         const PairedDifference& difference) {
  const std::size_t pairs = difference.higher + difference.equal + difference.lower;
  if (measure.good == Benefit::neither || pairs < 2) return std::nullopt;
  const std::size_t good = measure.good == Benefit::up ? difference.higher : difference.lower;
  const double share = (static_cast<double>(good) + static_cast<double>(difference.equal) / 2) /
                       static_cast<double>(pairs);
  return Estimate{share, wilson_interval(share, pairs), pairs, difference.estimate.missing};
}

Finding find(const record::Results& results, const Measure& measure, std::size_t baseline) {
  const auto replications = static_cast<std::size_t>(results.replications());
  std::vector<std::vector<double>> numbers(results.strategies.size());
  for (std::size_t s = 0; s < numbers.size(); ++s)
    for (std::size_t r = 0; r < replications; ++r) numbers[s].push_back(measure.of(results, s, r));
  Finding finding{&measure, {}};
  for (std::size_t s = 0; s < numbers.size(); ++s) {
    Row row;
    row.strategy = s;
    row.level = measure.yes_or_no ? estimate_share(numbers[s]) : estimate_mean(numbers[s]);
    if (measure.unit == Unit::share && row.level.interval)  // no share lies outside
      row.level.interval =
          Interval{std::max(0.0, row.level.interval->low), std::min(1.0, row.level.interval->high)};
    if (s != baseline)
      row.difference = measure.yes_or_no
                           ? paired_difference_of_shares(numbers[s], numbers[baseline])
                           : paired_difference(numbers[s], numbers[baseline]);
    if (s != baseline) row.favourable = favourable_pairs(measure, *row.difference);
    finding.rows.push_back(row);
  }
  return finding;
}

}  // namespace

Comparison compare(const record::Results& results,
                   const std::optional<std::string>& baseline_name) {
  Comparison comparison;
  comparison.strategies = results.strategies;
  comparison.baseline = find_baseline(results, baseline_name);
  comparison.replications = static_cast<std::size_t>(results.replications());
  comparison.months = static_cast<std::size_t>(results.months);
  for (const Measure& measure : measures()) {
    Finding finding = find(results, measure, comparison.baseline);
    if (std::any_of(finding.rows.begin(), finding.rows.end(),
                    [](const Row& row) { return row.level.count > 0; }))
      comparison.findings.push_back(std::move(finding));
  }
  return comparison;
}

Comparison headlines(const Comparison& comparison) {
  Comparison shown = comparison;
  std::erase_if(shown.findings, [](const Finding& finding) { return !finding.measure->headline; });
  return shown;
}

Balance balance(const Comparison& comparison, std::size_t strategy) {
  Balance result;
  for (std::size_t f = 0; f < comparison.findings.size(); ++f) {
    const Finding& finding = comparison.findings[f];
    const std::optional<PairedDifference>& difference = finding.rows.at(strategy).difference;
    if (finding.measure->good == Benefit::neither || !difference) continue;
    const std::optional<bool> good = in_favour(*finding.measure, verdict(*difference));
    (!good ? result.not_told_apart : *good ? result.serves : result.fails).push_back(f);
  }
  return result;
}

Verdict verdict(const PairedDifference& difference) {
  const std::optional<Interval>& interval = difference.estimate.interval;
  if (!interval) return Verdict::too_few_replications;
  if (interval->holds(0)) return Verdict::not_told_apart;
  return interval->low > 0 ? Verdict::higher : Verdict::lower;
}

std::string_view mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::higher:
      return "▲";
    case Verdict::lower:
      return "▼";
    case Verdict::not_told_apart:
      return "≈";
    case Verdict::too_few_replications:
      break;
  }
  return "?";
}

std::optional<bool> in_favour(const Measure& measure, Verdict verdict) {
  if (measure.good == Benefit::neither) return std::nullopt;
  if (verdict == Verdict::higher) return measure.good == Benefit::up;
  if (verdict == Verdict::lower) return measure.good == Benefit::down;
  return std::nullopt;
}

Tally tally(const Comparison& comparison) {
  Tally result;
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows) {
      if (!row.difference || !row.difference->estimate.interval) continue;
      ++result.intervals;
      if (verdict(*row.difference) != Verdict::not_told_apart) ++result.told_apart;
    }
  return result;
}

}  // namespace analysis
