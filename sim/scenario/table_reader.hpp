/// Reading one section of a TOML file against the table of its keys.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/errors.hpp"
#include "scenario/format.hpp"
#include "scenario/read_toml.hpp"

namespace scenario {

/// The number that a whole number or a number with decimals is; nothing for other values.
std::optional<double> as_number(const TomlValue& value);

/// Where problems of a file go.
struct Desk {
  const std::string& file;
  Problems& problems;

  void add(Position position, std::string message) const {
    problems.add({file, position.line, position.column, std::move(message)});
  }
};

/// Checks a section once, when it is made: keys that are not known, required keys that are missing,
/// values of another kind or out of range. After that a key that was wrong reads like one that was
/// left out, so that reading goes on and finds the next problem.
class TableReader {
 public:
  /// `heading` is what messages call the section: "[scenario]". Requires that the arguments outlive
  /// the reader.
  TableReader(const TomlTable& table, std::string_view heading, std::span<const format::Key> keys,
              Desk desk);

  /// What a key says; nothing if it is left out or was wrong. Requires a key of that kind.
  std::optional<std::string> text(std::string_view key) const;
  std::optional<std::int64_t> whole_number(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::chrono::sys_days> date(std::string_view key) const;
  const TomlTable* table(std::string_view key) const;

  /// The position of a text in the key's choices.
  std::optional<std::size_t> choice(std::string_view key) const;

  /// The items of a list; empty if it is left out or was wrong.
  std::span<const TomlValue> list(std::string_view key) const;

  /// The text of every item. Requires a list of texts.
  std::vector<std::string> texts(std::string_view key) const;

  /// The number in every item. Requires a list of numbers.
  std::vector<double> numbers(std::string_view key) const;

  /// The tables under a [[header]]; none if there is none.
  std::vector<const TomlTable*> tables(std::string_view key) const;

  /// Whether the file has the key, right or wrong.
  bool has(std::string_view key) const { return table_.find(key) != nullptr; }

  /// Whether the file has the key and its value is of the right kind and in its range.
  bool is_right(std::string_view key) const { return find(key) != nullptr; }

  /// `key = value (why)`, then a suggestion if there is one, at the value. Requires a key that the
  /// file has.
  Problem complaint(std::string_view key, std::string_view why,
                    std::string_view suggestion = "") const;

  /// Notes a complaint.
  void reject(std::string_view key, std::string_view why, std::string_view suggestion = "") const;

  /// Notes `[section] why` at the header.
  void reject_section(std::string_view why) const;

 private:
  void check_known() const;
  void check_present() const;
  void check_values();

  /// The value of a key that is there and right.
  const TomlValue* find(std::string_view key) const;

  const TomlTable& table_;
  std::string_view heading_;
  std::span<const format::Key> keys_;
  Desk desk_;
  std::vector<std::string_view> wrong_;  ///< keys that are there and not right
};

}  // namespace scenario
