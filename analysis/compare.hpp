/// What the strategies of a run do, side by side: levels, paired differences to a baseline, and one
/// plain sentence for each. A difference whose interval holds zero is never called anything but
/// "not told apart".
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/language.hpp"
#include "analysis/measure.hpp"
#include "record/results.hpp"

namespace analysis {

/// One strategy under one measure.
struct Row {
  std::size_t strategy = 0;  ///< position in the results
  Estimate level;
  std::optional<PairedDifference> difference;  ///< to the baseline; none for the baseline itself
  /// The probability that a run serves those concerned rather than the baseline's run with the same
  /// luck does: the share of such pairs, ties counted half. None for the baseline, for a measure
  /// without a good direction, and for fewer than two pairs.
  std::optional<Estimate> favourable;
};

struct Finding {
  const Measure* measure = nullptr;
  std::vector<Row> rows;  ///< one per strategy, in their order
};

struct Comparison {
  std::vector<record::StrategyLabel> strategies;
  std::size_t baseline = 0;
  std::size_t replications = 0;
  std::size_t months = 0;
  std::vector<Finding> findings;  ///< measures without a single number are left out
};

/// Compares every strategy with the baseline (the one named, or that of the results), replication
/// by replication. Throws `std::invalid_argument` that lists the strategies if none has that name.
Comparison compare(const record::Results& results,
                   const std::optional<std::string>& baseline_name = {});

/// The same comparison with the headline measures only: the table that is shown by default.
Comparison headlines(const Comparison& comparison);

/// What a difference says. `higher` and `lower` only if its interval leaves zero out.
enum class Verdict : std::uint8_t { higher, lower, not_told_apart, too_few_replications };
Verdict verdict(const PairedDifference& difference);
/// Its mark in tables: a triangle up or down, "≈", or "?" where nothing can be said.
std::string_view mark(Verdict verdict);

/// True if the verdict is a change that serves those concerned; none if it is neither good nor bad.
std::optional<bool> in_favour(const Measure& measure, Verdict verdict);

/// What a strategy does against the baseline, measure by measure: positions of findings.
struct Balance {
  std::vector<std::size_t> serves;          ///< the interval leaves zero out, on the good side
  std::vector<std::size_t> fails;           ///< ... on the bad side
  std::vector<std::size_t> not_told_apart;  ///< the interval holds zero, or there is none
};
/// Measures that are neither good nor bad are left out.
Balance balance(const Comparison& comparison, std::size_t strategy);

/// How many differences have an interval, and how many of these intervals leave zero out. With no
/// true difference at all, about one in twenty would.
struct Tally {
  std::size_t intervals = 0;
  std::size_t told_apart = 0;
};
Tally tally(const Comparison& comparison);

/// One plain sentence: direction, size, interval and number of replications. Requires a strategy
/// other than the baseline.
std::string sentence(const Comparison& comparison, const Finding& finding, std::size_t strategy,
                     Language language);

/// The end of that sentence, for a list whose heading names both strategies and the number of
/// replications.
std::string short_sentence(const Finding& finding, std::size_t strategy, Language language);

/// "on 3 measures of 12 it does worse than the baseline: ...", and where it serves: two or three
/// plain sentences about the measures that the comparison holds.
std::string balance_sentence(const Comparison& comparison, std::size_t strategy, Language language);

/// What the tables show: the mean with its unit, the signed difference, and their intervals between
/// brackets without a unit (in percent or points for shares); a dash if missing.
std::string mean_text(const Measure& measure, const Estimate& estimate, Language language);
std::string interval_text(const Measure& measure, const Estimate& estimate, Language language);
std::string difference_text(const Measure& measure, const Estimate& estimate, Language language);
std::string difference_interval_text(const Measure& measure, const Estimate& estimate,
                                     Language language);

struct PrintOptions {
  std::size_t width = 100;  ///< columns; at least 80 are used
  bool colour = false;      ///< ANSI escapes; marks and words say the same without them
};

/// A table of levels and differences by theme, then for each strategy where it fails and serves.
void print(const Comparison& comparison, Language language, std::ostream& out,
           const PrintOptions& options = {});

}  // namespace analysis
