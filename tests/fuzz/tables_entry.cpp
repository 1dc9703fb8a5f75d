#include <vector>

#include "entries.hpp"
#include "problems.hpp"
#include "scenario/csv.hpp"
#include "scenario/needs.hpp"
#include "scenario/parameters.hpp"
#include "several_files.hpp"
#include "world/territory_tables.hpp"

namespace fuzz {
namespace {

/// The table as text, every cell as `csv_cell` writes it.
std::string to_text(const scenario::CsvTable& table) {
  std::string text;
  const auto add_row = [&](const auto& cell) {
    for (std::size_t column = 0; column < table.columns().size(); ++column)
      text += (column == 0 ? "" : ",") + scenario::csv_cell(cell(column));
    text += '\n';
  };
  add_row([&](std::size_t column) { return table.columns()[column]; });
  for (std::size_t row = 0; row < table.size(); ++row)
    add_row([&](std::size_t column) { return table.cell(row, column); });
  return text;
}

/// A table that could be read is read again from what is written of it. One column is left aside:
/// an empty cell alone is a blank line.
void read_twice(std::string_view text) {
  const scenario::CsvTable table = scenario::parse_csv(std::string(text), "once.csv");
  if (table.columns().size() < 2) return;
  const scenario::CsvTable again = scenario::parse_csv(to_text(table), "twice.csv");
  require(again.columns() == table.columns() && again.size() == table.size(),
          "a table changes its shape when it is written and read again");
  for (std::size_t row = 0; row < table.size(); ++row)
    for (std::size_t column = 0; column < table.columns().size(); ++column)
      require(again.cell(row, column) == table.cell(row, column),
              "a cell changes when it is written and read again");
}

}  // namespace

void read_as_tables(std::string_view bytes) {
  static const Folder folder;
  static const scenario::ParameterTable library =
      scenario::ParameterTable::read(std::filesystem::path(FUZZ_LIBRARY) / "parameters.csv");
  const auto files = files_in(bytes, "parameters.csv");
  folder.put(files, {"parameters.csv", "needs.csv", "communes.csv", "communes_soins.csv"});
  for (const auto& [name, text] : files) may_complain([&text = text] { read_twice(text); });

  scenario::ParameterTable parameters = library;
  may_complain([&] {
    parameters = scenario::ParameterTable::read(folder / "parameters.csv");
    read_twice(parameters.to_csv());
  });
  may_complain([&] { scenario::NeedTable::read(folder / "needs.csv", parameters); });
  const std::vector<std::string> codes{"01001", "2A004", "56094"};
  may_complain([&] { world::read_commune_tables(folder.path(), codes); });
}

}  // namespace fuzz
