/// Rows of separated values, in the dialect that R or that French Excel reads. For the files of
/// this folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/language.hpp"
#include "analysis/tables.hpp"

namespace analysis {

/// Writes the rows of one table, cell by cell. Text cells are made harmless (see text_cells.hpp).
class CsvWriter {
 public:
  /// Begins a table; `names` go in the first line, in the language of the dialect.
  CsvWriter(std::ostream& out, CsvDialect dialect, std::initializer_list<Words> names);
  CsvWriter(std::ostream& out, CsvDialect dialect, const std::vector<std::string>& names);

  Language language() const { return french_ ? Language::fr : Language::en; }

  void text(std::string_view cell);
  void words(const Words& cell) { text(say(cell, language())); }
  void count(std::size_t cell);
  void integer(std::int64_t cell);
  /// As many digits as it takes to read the same number back; empty if there is none.
  void number(std::optional<double> cell);
  void cents(std::int64_t cell);          ///< as euros with two decimals
  void date(std::chrono::sys_days cell);  ///< ISO 8601, which every spreadsheet takes for a date
  void interval(const std::optional<Interval>& cell);
  void estimate(const Estimate& cell);
  void nothing(int cells = 1);
  void end_line();

 private:
  void put(std::string_view cell);
  void put_with_point(std::string cell);

  std::ostream& out_;
  bool french_;
  std::string line_;
  bool begun_ = false;
};

}  // namespace analysis
