/// TOML files as plain values that know where they stand. The only file that includes toml++ is
/// `read_toml.cpp`.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenario/errors.hpp"

namespace scenario {

/// A place in a file, from 1; 0 means the whole file.
struct Position {
  int line = 0;
  int column = 0;
};

struct TomlValue;
struct TomlEntry;
using TomlList = std::vector<TomlValue>;

/// A table: its entries in the order of the file, and where its header (or its brace) is.
struct TomlTable {
  Position position;
  std::vector<TomlEntry> entries;

  /// The value of a key; null if the table does not have it.
  const TomlValue* find(std::string_view key) const;
};

/// A time of day, alone or with a date: TOML has them, scenarios do not.
struct TomlClockTime {};

struct TomlValue {
  Position position;
  std::variant<std::string, std::int64_t, double, bool, std::chrono::sys_days, TomlClockTime,
               TomlList, TomlTable>
      content;
};

struct TomlEntry {
  std::string key;
  Position position;  ///< of the key
  TomlValue value;
};

struct TomlDocument {
  std::string file;  ///< as the user named it
  std::string text;
  TomlTable root;
};

/// Reads a TOML file. Throws `InputMissing`, or `Invalid` at the first place where the file is not
/// TOML, is not UTF-8, is over 1 MiB or 20,000 lines, or nests deeper than a scenario could.
TomlDocument read_toml(const std::filesystem::path& file);

/// The same for text at hand; `file` is what messages call it.
TomlDocument parse_toml(std::string text, std::string file);

/// What kind of value it is, in words: "text", "a whole number", ...
std::string_view kind_of(const TomlValue& value);

/// The value as a message shows it: as it stands in the file, shortened.
std::string shown(const TomlValue& value);

}  // namespace scenario
