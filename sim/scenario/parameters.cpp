#include "scenario/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "scenario/csv.hpp"
#include "scenario/suggest.hpp"

namespace scenario {
namespace {

bool is_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
  });
}

/// Reads the cells of one row and notes what is wrong with them.
class RowReader {
 public:
  RowReader(const CsvTable& table, std::size_t row, Problems& problems)
      : table_(table), row_(row), problems_(problems) {}

  std::string text(std::size_t column) const { return std::string(table_.cell(row_, column)); }

  std::string required_text(std::size_t column, std::string_view why) const {
    if (table_.cell(row_, column).empty()) reject(column, why);
    return text(column);
  }

  std::optional<double> number(std::size_t column) const {
    const std::optional<double> number = to_number(table_.cell(row_, column));
    if (!number) reject(column, "must be a number with a decimal point");
    return number;
  }

  int year(std::size_t column) const {
    const std::int64_t year = to_whole_number(table_.cell(row_, column)).value_or(0);
    if (year < 1800 || year > 2200) reject(column, "must be the year of the source");
    return static_cast<int>(year);
  }

  void reject(std::size_t column, std::string_view why) const {
    problems_.add(table_.problem(row_, fmt::format("{} = {} ({})", table_.columns()[column],
                                                   in_quotes(table_.cell(row_, column)), why)));
  }

 private:
  const CsvTable& table_;
  std::size_t row_;
  Problems& problems_;
};

}  // namespace

ParameterTable ParameterTable::read(const std::filesystem::path& file) {
  return from(read_csv(file), file.filename().string());
}

ParameterTable ParameterTable::from_csv(std::string text, std::string file) {
  return from(parse_csv(std::move(text), std::move(file)), std::nullopt);
}

ParameterTable ParameterTable::from(const CsvTable& csv, const std::optional<std::string>& set_by) {
  const std::vector<std::size_t> columns =
      csv.require_columns({"id", "group", "name", "profession_or_stratum", "value", "low", "high",
                           "unit", "year", "source", "confidence", "note"});
  const auto [id, group, name, stratum] =
      std::tuple(columns[0], columns[1], columns[2], columns[3]);
  const auto [value, low, high, unit] = std::tuple(columns[4], columns[5], columns[6], columns[7]);
  const auto [year, source, confidence, note] =
      std::tuple(columns[8], columns[9], columns[10], columns[11]);
  const std::size_t set_by_column = set_by ? 0 : csv.require_columns({"set_by"}).front();

  ParameterTable table;
  Problems problems;
  for (std::size_t row = 0; row < csv.size(); ++row) {
    const RowReader cells(csv, row, problems);
    Parameter parameter;
    parameter.id = cells.text(id);
    if (!is_id(parameter.id)) cells.reject(id, "must be small letters, digits and _");
    parameter.group = cells.text(group);
    parameter.name = cells.text(name);
    parameter.stratum = cells.text(stratum);
    parameter.unit =
        cells.required_text(unit, "must be there: a number without a unit says nothing");
    parameter.year = cells.year(year);
    parameter.source = cells.required_text(source, "must be there: every number has a source");
    const std::string grade = cells.text(confidence);
    if (grade != "A" && grade != "B" && grade != "C") cells.reject(confidence, "must be A, B or C");
    parameter.confidence = grade.empty() ? 'C' : grade.front();
    parameter.note = cells.text(note);
    parameter.set_by = set_by ? *set_by : cells.text(set_by_column);

    const std::optional<double> number = cells.number(value);
    const std::optional<double> least = cells.number(low);
    const std::optional<double> most = cells.number(high);
    parameter.value = number.value_or(0);
    parameter.low = least.value_or(0);
    parameter.high = most.value_or(0);
    if (!set_by)
      ;  // the values as they were used
    else if (least && most && *least > *most)
      cells.reject(low, fmt::format("must be at most high = {}", number_text(*most)));
    else if (number && least && most && (*number < *least || *number > *most))
      cells.reject(value, fmt::format("must be from low = {} to high = {}", number_text(*least),
                                      number_text(*most)));
    table.rows_.push_back(std::move(parameter));
  }

  for (std::size_t row = 0; row < csv.size(); ++row) table.by_id_.push_back(row);
  const auto& rows = table.rows_;
  std::stable_sort(table.by_id_.begin(), table.by_id_.end(),
                   [&rows](std::size_t a, std::size_t b) { return rows[a].id < rows[b].id; });
  for (std::size_t i = 1; i < table.by_id_.size(); ++i) {
    const std::size_t first = table.by_id_[i - 1];
    const std::size_t again = table.by_id_[i];
    if (!rows[again].id.empty() && rows[first].id == rows[again].id)
      RowReader(csv, again, problems)
          .reject(id, fmt::format("is there already, on line {}", csv.line(first)));
  }
  problems.throw_if_any();
  return table;
}

const Parameter* ParameterTable::find(std::string_view id) const {
  const auto found = std::lower_bound(
      by_id_.begin(), by_id_.end(), id,
      [this](std::size_t row, std::string_view wanted) { return rows_[row].id < wanted; });
  if (found == by_id_.end() || rows_[*found].id != id) return nullptr;
  return &rows_[*found];
}

double ParameterTable::value(std::string_view id) const {
  const Parameter* const parameter = find(id);
  if (parameter == nullptr)
    throw Invalid({{"parameter table", 0, 0,
                    fmt::format("has no {}, which a law reads (must have every row of "
                                "parameters.csv in the library)",
                                in_quotes(id))}});
  return parameter->value;
}

std::optional<std::string> ParameterTable::objection(const Parameter& parameter, double value) {
  if (value >= parameter.low && value <= parameter.high) return std::nullopt;
  if (parameter.low == parameter.high)
    return fmt::format("must be {} {}, which the parameter table fixes; source: {}",
                       number_text(parameter.value), parameter.unit, parameter.source);
  return fmt::format("must be from {} to {} {}, the range in the parameter table; source: {}",
                     number_text(parameter.low), number_text(parameter.high), parameter.unit,
                     parameter.source);
}

void ParameterTable::set(std::string_view id, double value, std::string set_by) {
  const Parameter* const parameter = find(id);
  assert(parameter != nullptr);
  Parameter& row = rows_[static_cast<std::size_t>(parameter - rows_.data())];
  row.value = value;
  row.set_by = std::move(set_by);
}

std::vector<std::string> ParameterTable::suggestions(std::string_view id) const {
  std::vector<std::string_view> ids;
  for (const Parameter& parameter : rows_) ids.push_back(parameter.id);
  return nearest(id, ids);
}

std::string ParameterTable::to_csv() const {
  std::string text =
      "id,group,name,profession_or_stratum,value,low,high,unit,year,source,confidence,note,"
      "set_by\n";
  for (const Parameter& row : rows_)
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(row.id),
                        csv_cell(row.group), csv_cell(row.name), csv_cell(row.stratum),
                        number_text(row.value), number_text(row.low), number_text(row.high),
                        csv_cell(row.unit), row.year, csv_cell(row.source), row.confidence,
                        csv_cell(row.note), csv_cell(row.set_by));
  return text;
}

}  // namespace scenario
