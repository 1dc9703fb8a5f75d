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
#include "record/results.hpp"

namespace analysis {

/// The direction of a change that serves those it concerns. `neither` where a higher or a lower
/// number is no good in itself: arrivals may only replace departures, a label is a means.
enum class Benefit : std::uint8_t { up, down, neither };

/// Whose benefit that is.
enum class Concerned : std::uint8_t { residents, budget };

/// One number per replication and strategy.
struct Measure {
  std::string_view name;  ///< its key in tables
  Words label;
  Unit unit = Unit::persons;
  int decimals = 1;
  Benefit good = Benefit::neither;
  Concerned concerned = Concerned::residents;
  bool headline = false;   ///< among the main findings of a report
  bool yes_or_no = false;  ///< each run gives 0 or 1; the intervals are those of a share
  /// The number of one run; not a number where it cannot be had. Runs are named by position.
  double (*of)(const record::Results&, std::size_t strategy, std::size_t replication) = nullptr;
};

/// Every summary measure, in the order of the report.
std::span<const Measure> measures();

/// One strategy under one measure.
struct Row {
  std::size_t strategy = 0;  ///< position in the results
  Estimate level;
  std::optional<PairedDifference> difference;  ///< to the baseline; none for the baseline itself
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

/// What a difference says. `higher` and `lower` only if its interval leaves zero out.
enum class Verdict : std::uint8_t { higher, lower, not_told_apart, too_few_replications };
Verdict verdict(const PairedDifference& difference);

/// True if the verdict is a change that serves those concerned; none if it is neither good nor bad.
std::optional<bool> in_favour(const Measure& measure, Verdict verdict);

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

/// A table of levels and differences, then the sentences.
void print(const Comparison& comparison, Language language, std::ostream& out,
           const PrintOptions& options = {});

enum class CsvDialect : std::uint8_t {
  rfc4180,       ///< comma, decimal point, English
  french_excel,  ///< semicolon, decimal comma, byte order mark, French
};

/// One line per measure and strategy, all digits. Text cells that a spreadsheet would take for a
/// formula (first character = + - @, tab or carriage return) get an apostrophe in front.
void write_csv(const Comparison& comparison, std::ostream& out,
               CsvDialect dialect = CsvDialect::rfc4180);

}  // namespace analysis
