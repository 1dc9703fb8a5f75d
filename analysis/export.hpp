/// The numbers of a run as plain tables, for whoever wants them in a tool of their own: what the
/// tables are, and how they are written as CSV, as a workbook, and as draws for BCEA.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/language.hpp"
#include "analysis/tables.hpp"
#include "record/results.hpp"

namespace analysis {

/// Where the cells of a table go, row by row.
class Cells {
 public:
  virtual ~Cells() = default;
  virtual void text(std::string_view cell) = 0;
  virtual void integer(std::int64_t cell) = 0;
  virtual void number(double cell) = 0;       ///< not a number: the cell stays empty
  virtual void cents(std::int64_t cell) = 0;  ///< shown in euros
  virtual void date(std::chrono::sys_days cell) = 0;
  virtual void end_row() = 0;
};

/// What a column is called and holds.
struct Column {
  std::string name;      ///< its heading
  std::string variable;  ///< the variable of the results file that it comes from; may be empty
  std::string unit;      ///< empty where there is none, as for texts and dates
  std::string description;
};

/// A table that can be written any number of times. It looks at the results, which must outlive it.
struct Table {
  std::string key;    ///< names its file
  std::string title;  ///< names its sheet
  std::vector<Column> columns;
  std::uint64_t rows = 0;
  std::function<void(Cells&)> write_rows;  ///< without the heading
};

enum class Step : std::uint8_t { month, year };

/// Every table of a run, in the order in which they are shown: indicators by month or by year,
/// stays, ledger, communes, strategies, parameters, provenance. Codes are words: in English those
/// of the results file, in French those of the report. Headings in English are the names of the
/// variables.
std::vector<Table> tables_of(const record::Results& results, Step step, Language language);

/// What the columns of some tables mean: one row for each.
Table table_of_columns(const std::vector<Table>& tables, Language language);

/// Writes a table, with its heading.
void write_csv(const Table& table, std::ostream& out, CsvDialect dialect);

/// Rows that a sheet of a workbook holds below its heading.
inline constexpr std::uint64_t rows_of_a_sheet = 1'048'575;

/// What a workbook says of itself.
struct WorkbookProperties {
  std::string title;
  std::string comment;
};

/// Writes an XLSX workbook with one sheet for each table, in an order that does not depend on
/// anything else, so that equal tables give equal bytes. It is put in place as a whole. Memory does
/// not grow with the rows; the disk beside `path` is needed for a while. Numbers keep 16 digits.
/// Requires tables of at most `rows_of_a_sheet`. Throws `std::system_error` that names `path`.
void write_xlsx(const std::filesystem::path& path, const std::vector<Table>& tables,
                const WorkbookProperties& properties, Language language);

/// Draws of costs or effects of which some is missing.
class MissingDraws : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The draws of a run in the shape that R's BCEA takes, as files of one folder: name and content.
///   costs.csv            present value of the net cost, EUR: a row each replication, a column each
///                        strategy
///   effects_NAME.csv     the same for each of `outcomes`; more is better
///   strategies.csv       names, titles, and which is the reference
///   bcea.R               reads them and calls `bcea(eff, cost, ref, interventions)`
/// Throws `MissingDraws` if a draw is missing, which BCEA cannot take.
struct TextFile {
  std::string name;
  std::string text;
};
std::vector<TextFile> psa_draws(const record::Results& results, std::size_t baseline);

}  // namespace analysis
