/// Text on a terminal and in tables: width, wrapping, separated values. For the files of this
/// folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace analysis {

/// Columns that a UTF-8 text takes on a terminal, one per code point; combining marks and wide
/// characters are not told apart.
std::size_t columns(std::string_view text);

/// The text cut to so many columns, with an ellipsis if something is missing. Requires `width > 0`.
std::string shorten(std::string_view text, std::size_t width);

std::string pad_right(std::string_view text, std::size_t width);  ///< text at the left
std::string pad_left(std::string_view text, std::size_t width);   ///< text at the right

/// Breaks a text at its spaces into lines of at most `width` columns (a longer word stands alone).
/// Lines after the first begin with `indent` spaces. No line break at the end.
std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

/// A text cell that no spreadsheet takes for a formula: an apostrophe goes before a first character
/// = + - @ (also those of full width), tab or end of line, as OWASP advises.
std::string harmless(std::string_view text);

/// A text cell of a table of separated values (RFC 4180), harmless, and between quotation marks
/// where it holds one, a line break, or what some spreadsheet may take for the separator.
std::string csv_text(std::string_view text);

/// Reads separated values (RFC 4180): rows of cells, quoted or not. A line break at the end adds no
/// row. A byte order mark is skipped.
std::vector<std::vector<std::string>> read_csv(std::string_view text, char separator = ',');

}  // namespace analysis
