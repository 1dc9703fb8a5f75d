/// The parameter table: every number of the world, with its unit, its range and its source.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scenario {

class CsvTable;

/// One row of the table.
struct Parameter {
  std::string id;
  std::string group;
  std::string name;     ///< what it is, in words
  std::string stratum;  ///< profession, age band or "all"
  double value = 0;
  double low = 0;   ///< plausible range: what the analysis samples ...
  double high = 0;  ///< ... and what a scenario may set
  std::string unit;
  int year = 0;
  std::string source;
  char confidence = 'C';  ///< A read in the source, B from memory of a named source, C assumption
  std::string note;
  std::string set_by;  ///< the file, or the option, that gave the value
  bool operator==(const Parameter&) const = default;
};

class ParameterTable {
 public:
  /// Reads a table with the columns id, group, name, profession_or_stratum, value, low, high, unit,
  /// year, source, confidence, note; other columns are skipped. Throws `Invalid` with every problem
  /// (a column that is missing, an id twice, a value that is no number or lies outside [low, high],
  /// no unit, no source), or `InputMissing`.
  static ParameterTable read(const std::filesystem::path& file);

  /// Reads what `to_csv` wrote, back to the same table, whatever the values. `file` is what
  /// messages call it. Throws `Invalid` if it is no such text.
  static ParameterTable from_csv(std::string text, std::string file);

  /// The row of an id; null if there is none.
  const Parameter* find(std::string_view id) const;

  /// The value of an id. Throws `Invalid` that names the id: a law asks for a parameter that a
  /// scenario's own table does not have.
  double value(std::string_view id) const;

  /// What is wrong with a value for a parameter, in the words of a message ("must be from ..."),
  /// with the range and its source; nothing if it is in the range.
  static std::optional<std::string> objection(const Parameter& parameter, double value);

  /// Replaces a value. Requires an id that is there; the caller has checked the range.
  void set(std::string_view id, double value, std::string set_by);

  std::span<const Parameter> rows() const { return rows_; }  ///< in the order of the file

  /// The ids nearest to a misspelt one, best first, three at most.
  std::vector<std::string> suggestions(std::string_view id) const;

  /// The table as RFC 4180 text, `set_by` included: what provenance keeps.
  std::string to_csv() const;

  bool operator==(const ParameterTable&) const = default;

 private:
  /// Reads the rows of a table. Without a column for `set_by` it is given, and values outside their
  /// ranges are problems.
  static ParameterTable from(const CsvTable& csv, const std::optional<std::string>& set_by);

  std::vector<Parameter> rows_;
  std::vector<std::size_t> by_id_;  ///< positions in `rows_`, in the order of the ids
};

}  // namespace scenario
