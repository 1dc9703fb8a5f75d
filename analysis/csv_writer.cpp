#include "analysis/csv_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ostream>

#include "analysis/calendar.hpp"
#include "analysis/text_cells.hpp"

namespace analysis {

CsvWriter::CsvWriter(std::ostream& out, CsvDialect dialect, std::initializer_list<Words> names)
    : CsvWriter(out, dialect, std::vector<std::string>()) {
  for (const Words& name : names) text(french_ ? name.fr : name.en);
  end_line();
}

CsvWriter::CsvWriter(std::ostream& out, CsvDialect dialect, const std::vector<std::string>& names)
    : out_(out), french_(dialect == CsvDialect::french_excel) {
  if (french_) out_ << "\uFEFF";
  for (const std::string& name : names) text(name);
  if (!names.empty()) end_line();
}

void CsvWriter::text(std::string_view cell) { put(csv_text(cell)); }

void CsvWriter::count(std::size_t cell) { put(fmt::format("{}", cell)); }

void CsvWriter::integer(std::int64_t cell) { put(fmt::format("{}", cell)); }

void CsvWriter::number(std::optional<double> cell) {
  if (!cell || std::isnan(*cell))
    nothing();
  else
    put_with_point(fmt::format("{}", *cell));
}

void CsvWriter::cents(std::int64_t cell) {
  put_with_point(
      fmt::format("{}{}.{:02}", cell < 0 ? "-" : "", std::abs(cell / 100), std::abs(cell % 100)));
}

void CsvWriter::date(std::chrono::sys_days cell) { put(date_text(cell)); }

void CsvWriter::interval(const std::optional<Interval>& cell) {
  number(cell ? std::optional(cell->low) : std::nullopt);
  number(cell ? std::optional(cell->high) : std::nullopt);
}

void CsvWriter::estimate(const Estimate& cell) {
  number(cell.mean);
  interval(cell.interval);
}

void CsvWriter::nothing(int cells) {
  for (int cell = 0; cell < cells; ++cell) put("");
}

void CsvWriter::end_line() {
  out_ << line_ << "\r\n";
  line_.clear();
  begun_ = false;
}

void CsvWriter::put(std::string_view cell) {
  if (begun_) line_ += french_ ? ';' : ',';
  line_ += cell;
  begun_ = true;
}

void CsvWriter::put_with_point(std::string cell) {
  if (french_) std::replace(cell.begin(), cell.end(), '.', ',');
  put(cell);
}

}  // namespace analysis
