/// Everything that a comparison finds, as tables for other programs.
#pragma once

#include <array>
#include <functional>
#include <iosfwd>
#include <string_view>

#include "analysis/compare.hpp"
#include "record/results.hpp"

namespace analysis {

enum class CsvDialect : std::uint8_t {
  rfc4180,       ///< comma, decimal point, English
  french_excel,  ///< semicolon, decimal comma, byte order mark, French
};

/// One line per measure and strategy, all digits. Text cells that a spreadsheet would take for a
/// formula (first character = + - @, tab or carriage return) get an apostrophe in front, here and
/// in the tables below.
void write_csv(const Comparison& comparison, std::ostream& out,
               CsvDialect dialect = CsvDialect::rfc4180);

/// One line per strategy, year and category of the ledger: mean of the replications, in euros.
void write_budget_csv(const record::Results& results, std::ostream& out,
                      CsvDialect dialect = CsvDialect::rfc4180);

/// One line per strategy and outcome: costs, gains, and their ratio where it is defined.
void write_cost_csv(const record::Results& results, std::size_t baseline, std::ostream& out,
                    CsvDialect dialect = CsvDialect::rfc4180);

/// One line per strategy, cohort, profession (or all) and whole year: the share still at work.
void write_retention_csv(const record::Results& results, std::ostream& out,
                         CsvDialect dialect = CsvDialect::rfc4180);

}  // namespace analysis
