/// The summary measures: one number for each run, and what it means to whom.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// What a measure speaks of: the parts of the table that a mayor reads.
enum class Theme : std::uint8_t { supply, access, outcomes, equity, money };
inline constexpr std::size_t theme_count = 5;
Words label(Theme theme);

/// Which months a measure sums up.
enum class Period : std::uint8_t { last_year, whole_period, at_the_end };
Words label(Period period);

/// The direction of a change that serves those it concerns: the residents, or the municipality's
/// budget for `Theme::money`. `neither` where a higher or a lower number is no good in itself:
/// arrivals may only replace departures, a label is a means.
enum class Benefit : std::uint8_t { up, down, neither };

/// One number per replication and strategy.
struct Measure {
  std::string_view name;  ///< its key in tables
  Words label;            ///< without the period
  Theme theme = Theme::supply;
  Period period = Period::last_year;
  Unit unit = Unit::persons;
  int decimals = 1;
  Benefit good = Benefit::neither;
  bool headline = false;   ///< in the table that is shown by default
  bool yes_or_no = false;  ///< each run gives 0 or 1; the intervals are those of a share
  Words own_unit{};        ///< instead of the words of `unit`, if there are any
  Words note{};            ///< how to read it, if the label does not say
  /// The number of one run; not a number where it cannot be had. Runs are named by position.
  std::function<double(const record::Results&, std::size_t strategy, std::size_t replication)> of;
};

/// Every measure: those that are chosen and worded here, by theme, then one for every other
/// indicator of the results file, so that a new indicator is compared without a line of code.
std::span<const Measure> measures();

/// "GPs at work, last year".
std::string title(const Measure& measure, Language language);

/// The unit in words, typeset; empty where the value shows it as a sign.
std::string unit_text(const Measure& measure, Language language);

}  // namespace analysis
