/// Tables with named columns, as RFC 4180 text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/errors.hpp"

namespace scenario {

/// A table in memory: every cell is a text, every row knows its line in the file. Cells are views
/// into the table and live as long as it does.
class CsvTable {
 public:
  const std::string& file() const { return file_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t size() const { return lines_.size(); }  ///< rows, the header not counted

  /// The position of a column; nothing if the table does not have it.
  std::optional<std::size_t> column(std::string_view name) const;

  /// The positions of the named columns, in the order asked. Throws `Invalid` that names every
  /// column that is missing.
  std::vector<std::size_t> require_columns(std::span<const std::string_view> names) const;
  std::vector<std::size_t> require_columns(std::initializer_list<std::string_view> names) const;

  /// Requires row < size() and column < columns().size().
  std::string_view cell(std::size_t row, std::size_t column) const;

  /// The line of the file on which a row starts, from 1.
  int line(std::size_t row) const { return lines_[row]; }

  /// A problem in a row: `file:line: message`.
  Problem problem(std::size_t row, std::string message) const;

 private:
  friend CsvTable parse_csv(std::string text, std::string file);

  struct Cell {
    std::uint32_t begin;
    std::uint32_t size;
  };

  std::string file_;
  std::string text_;  ///< the file without its quotes; cells point into it
  std::vector<std::string> columns_;
  std::vector<Cell> cells_;  ///< row by row
  std::vector<int> lines_;
};

/// Reads a table: the first row names the columns, separated by commas; quoted cells may hold
/// commas, doubled quotes and line ends; lines end with LF or CRLF; a byte order mark and blank
/// lines are skipped. Throws `InputMissing`, or `Invalid` with every row whose number of cells is
/// not the header's, a column named twice, a quote out of place, text that is not UTF-8, or a file
/// over 64 MiB.
CsvTable read_csv(const std::filesystem::path& file);

/// The same for text at hand; `file` is what messages call it. Requires at most 64 MiB.
CsvTable parse_csv(std::string text, std::string file);

/// A cell of RFC 4180 text: in quotes where it needs them.
std::string csv_cell(std::string_view text);

/// The finite number that the whole text is, whatever the locale; nothing if it is none.
std::optional<double> to_number(std::string_view text);

/// The whole number that the whole text is; nothing if it is none.
std::optional<std::int64_t> to_whole_number(std::string_view text);

}  // namespace scenario
