#include "analysis/text_cells.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace analysis {
namespace {

bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string shorten(std::string_view text, std::size_t width) {
  assert(width > 0);
  if (columns(text) <= width) return std::string(text);
  std::size_t end = 0;
  for (std::size_t kept = 0; end < text.size(); ++end)
    if (starts_code_point(text[end]) && kept++ == width - 1) break;
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string pad_right(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, columns(text)), ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  return std::string(width - std::min(width, columns(text)), ' ') + std::string(text);
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::string result;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (used > 0 && used + 1 + columns(word) > width) {
      result += '\n' + std::string(indent, ' ');
      used = indent;
    } else if (used > 0) {
      result += ' ';
      ++used;
    }
    result += word;
    used += columns(word);
  }
  return result;
}

std::string harmless(std::string_view text) {
  constexpr auto formula_starts = std::to_array<std::string_view>(
      {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"});
  const bool formula =
      std::any_of(formula_starts.begin(), formula_starts.end(),
                  [text](std::string_view start) { return text.starts_with(start); });
  return std::string(formula ? "'" : "").append(text);
}

std::string csv_text(std::string_view text) {
  const std::string cell = harmless(text);
  if (cell.find_first_of("\"\r\n,;\t") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char byte : cell) {
    if (byte == '"') quoted += '"';
    quoted += byte;
  }
  return quoted + '"';
}

std::vector<std::vector<std::string>> read_csv(std::string_view text, char separator) {
  constexpr std::string_view byte_order_mark = "\uFEFF";
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark)
    text.remove_prefix(byte_order_mark.size());
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false, begun = false;  // begun: the row has something, if only an empty cell
  const auto end_row = [&] {
    row.push_back(cell);
    rows.push_back(row);
    row.clear();
    cell.clear();
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (quoted) {
      if (byte != '"') {
        cell += byte;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (byte == '"') {
      quoted = begun = true;
    } else if (byte == separator) {
      row.push_back(cell);
      cell.clear();
      begun = true;
    } else if (byte == '\n') {
      end_row();
    } else if (byte != '\r') {
      cell += byte;
      begun = true;
    }
  }
  if (begun) end_row();
  return rows;
}

}  // namespace analysis
