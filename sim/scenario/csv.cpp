#include "scenario/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <utility>

#include "scenario/suggest.hpp"
#include "scenario/text_file.hpp"

namespace scenario {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;
constexpr std::size_t most_columns = 1000;

template <class Number>
std::optional<Number> parse_whole_text(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// Walks over the text cell by cell. A quoted cell is freed of its quotes in place, which only ever
/// shortens it.
class CellReader {
 public:
  CellReader(std::string& text, const std::string& file) : text_(text), file_(file) {}

  bool at_end() const { return at_ == text_.size(); }
  int line() const { return line_; }

  /// Steps over an empty line. Requires the start of a row.
  bool skip_blank_line() { return !at_end() && at_line_end() && (end_row(), true); }

  /// The next cell of the row as begin and size.
  std::pair<std::size_t, std::size_t> cell() { return peek('"') ? quoted_cell() : plain_cell(); }

  /// Steps over the separator after a cell; false at the end of the row.
  bool another_cell_follows() {
    if (peek(',')) return ++at_, true;
    if (!at_end()) end_row();
    return false;
  }

 private:
  bool peek(char letter) const { return at_ < text_.size() && text_[at_] == letter; }
  bool at_line_end() const { return peek('\n') || peek('\r'); }
  bool at_cell_end() const { return at_end() || peek(',') || at_line_end(); }

  void end_row() {
    if (peek('\r')) ++at_;
    if (peek('\n')) ++at_;
    ++line_;
  }

  std::pair<std::size_t, std::size_t> plain_cell() {
    const std::size_t begin = at_;
    for (; !at_cell_end(); ++at_)
      if (text_[at_] == '"')
        fail(line_, "a quote inside a cell without quotes (must be doubled, in a quoted cell)");
    return {begin, at_ - begin};
  }

  std::pair<std::size_t, std::size_t> quoted_cell() {
    const int first_line = line_;
    const std::size_t begin = at_++;
    std::size_t written = begin;
    for (;; ++at_) {
      if (at_end()) fail(first_line, "a quote is opened and never closed");
      if (peek('"')) {
        ++at_;
        if (!peek('"')) break;
      }
      if (peek('\n')) ++line_;
      text_[written++] = text_[at_];
    }
    if (!at_cell_end()) fail(line_, "text after a closing quote (must be a comma or a line end)");
    return {begin, written - begin};
  }

  [[noreturn]] void fail(int line, std::string message) const {
    throw Invalid({{file_, line, 0, std::move(message)}});
  }

  std::string& text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::vector<std::size_t> CsvTable::require_columns(
    std::initializer_list<std::string_view> names) const {
  return require_columns(std::span(names.begin(), names.size()));
}

std::vector<std::size_t> CsvTable::require_columns(std::span<const std::string_view> names) const {
  if (columns_.size() == 1 && columns_[0].find(';') != std::string::npos)
    throw Invalid({{file_, 1, 0, "the columns are separated by semicolons (must be commas)"}});
  std::vector<std::size_t> positions;
  Problems problems;
  for (const std::string_view name : names) {
    const std::optional<std::size_t> position = column(name);
    if (position) {
      positions.push_back(*position);
      continue;
    }
    problems.add({file_, 1, 0,
                  fmt::format("the column {} is missing{}", name, did_you_mean(name, columns_))});
  }
  problems.throw_if_any();
  return positions;
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const {
  assert(row < size() && column < columns_.size());
  const Cell& cell = cells_[row * columns_.size() + column];
  return std::string_view(text_).substr(cell.begin, cell.size);
}

Problem CsvTable::problem(std::size_t row, std::string message) const {
  return {file_, line(row), 0, std::move(message)};
}

CsvTable read_csv(const std::filesystem::path& file) {
  return parse_csv(read_text_file(file, most_bytes), file.string());
}

CsvTable parse_csv(std::string text, std::string file) {
  assert(text.size() <= most_bytes);
  CsvTable table;
  table.file_ = std::move(file);
  table.text_ = std::move(text);
  Problems problems;
  CellReader reader(table.text_, table.file_);

  while (reader.skip_blank_line()) {
  }
  if (reader.at_end())
    throw Invalid({{table.file_, 0, 0, "is empty (must start with the names of the columns)"}});
  const int header_line = reader.line();
  do {
    const auto [begin, size] = reader.cell();
    std::string name = table.text_.substr(begin, size);
    if (table.column(name))
      problems.add({table.file_, header_line, 0,
                    fmt::format("the column {} is there twice", in_quotes(name))});
    table.columns_.push_back(std::move(name));
    if (table.columns_.size() > most_columns)
      throw Invalid({{table.file_, header_line, 0,
                      fmt::format("the header has more than {} columns", most_columns)}});
  } while (reader.another_cell_follows());

  const std::size_t width = table.columns_.size();
  while (!reader.at_end()) {
    if (reader.skip_blank_line()) continue;
    const int line = reader.line();
    std::size_t cells = 0;
    do {
      const auto [begin, size] = reader.cell();
      if (++cells <= width)
        table.cells_.push_back(
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size)});
    } while (reader.another_cell_follows());
    if (cells != width)
      problems.add({table.file_, line, 0,
                    fmt::format("the row has {} cell{} (must be {}, as the header has)", cells,
                                cells == 1 ? "" : "s", width)});
    table.cells_.resize((table.lines_.size() + 1) * width);
    table.lines_.push_back(line);
  }
  problems.throw_if_any();
  return table;
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char letter : text) {
    if (letter == '"') cell += '"';
    cell += letter;
  }
  return cell + '"';
}

std::optional<double> to_number(std::string_view text) {
  const std::optional<double> number = parse_whole_text<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> to_whole_number(std::string_view text) {
  return parse_whole_text<std::int64_t>(text);
}

}  // namespace scenario
