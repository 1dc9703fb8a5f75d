/// Tables in Markdown, for the pages that the program writes.
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace cli {

/// A cell of a Markdown table.
inline std::string cell(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '|' || byte == '<' || byte == '*') result += '\\';
    result += byte == '\n' ? ' ' : byte;
  }
  return result;
}

inline std::string code(std::string_view text) { return fmt::format("`{}`", text); }

inline std::string row(std::initializer_list<std::string> cells) {
  std::string line = "|";
  for (const std::string& text : cells) line += ' ' + text + " |";
  return line + '\n';
}

inline std::string head(std::initializer_list<std::string> names) {
  std::string line = row(names) + "|";
  for (std::size_t i = 0; i < names.size(); ++i) line += "---|";
  return line + '\n';
}

}  // namespace cli
