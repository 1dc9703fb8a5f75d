/// maillage export: the tables of a results file for other programs, and what archives want to
/// know.
#include "analysis/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "analysis/ro_crate.hpp"
#include "analysis/tables.hpp"
#include "cli/command.hpp"
#include "cli/read_results.hpp"
#include "cli/write_file.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using analysis::Language;
using analysis::Table;

/// The tables of those names, or all if none is named.
std::vector<Table> chosen(std::vector<Table> tables, const std::vector<std::string>& names,
                          Language language) {
  if (names.empty()) return tables;
  std::string known;
  for (const Table& table : tables) known += (known.empty() ? "" : ", ") + table.key;
  std::vector<Table> kept;
  for (const std::string& name : names) {
    const auto table = std::find_if(tables.begin(), tables.end(),
                                    [&](const Table& one) { return one.key == name; });
    if (table == tables.end())
      throw po::error(tell(language,
                           {"--table {} (must be one of {})", "--table {} (doit être parmi : {})"},
                           name, known));
    kept.push_back(*table);
  }
  return kept;
}

void write_csv_files(const fs::path& folder, const std::vector<Table>& tables, Language language) {
  const analysis::CsvDialect dialect =
      language == Language::fr ? analysis::CsvDialect::french_excel : analysis::CsvDialect::rfc4180;
  fs::create_directories(folder);
  const auto write = [&](const Table& table) {
    write_file(folder / (table.key + ".csv"),
               [&](std::ostream& out) { analysis::write_csv(table, out, dialect); });
  };
  for (const Table& table : tables) write(table);
  write(analysis::table_of_columns(tables, language));
}

void write_workbook(const std::string& path, std::vector<Table> tables,
                    const record::Results& results, Language language) {
  if (is_device(path))
    throw po::error(
        tell(language,
             {"--xlsx {} (must be a file: a workbook is put in place as a whole)",
              "--xlsx {} (doit être un fichier : un classeur est mis en place d'un coup)"},
             path));
  for (const Table& table : tables)
    if (table.rows > analysis::rows_of_a_sheet)
      throw po::error(tell(
          language,
          {"the table {} has {} rows and a sheet of Excel holds {}: --yearly makes it smaller, "
           "--table leaves it out, and --csv has no limit",
           "la table {} a {} lignes et une feuille Excel en contient {} : --yearly la réduit, "
           "--table l'écarte, et --csv n'a pas de limite"},
          table.key, table.rows, analysis::rows_of_a_sheet));
  tables.insert(tables.begin(), analysis::table_of_columns(tables, language));
  const analysis::WorkbookProperties properties{
      results.provenance.scenario_title,
      fmt::format("Maillage {}, {}", results.provenance.version, results.provenance.run_key)};
  analysis::write_xlsx(path, tables, properties, language);
}

void write_psa(const fs::path& folder, const record::Results& results) {
  const auto files = analysis::psa_draws(results, static_cast<std::size_t>(results.baseline));
  fs::create_directories(folder);
  for (const analysis::TextFile& file : files) write_file(folder / file.name, file.text);
}

/// Describes the file for research archives; returns the name of the description beside it.
std::string write_crate(const fs::path& path, const record::Results& results,
                        const std::string& license) {
  fs::path crate = path;
  crate.replace_filename(analysis::crate_file_name);
  const analysis::CrateFile file = analysis::describe_file(path, results, license);
  try {
    write_file(crate, analysis::ro_crate(results, file));
  } catch (const std::invalid_argument& error) {
    throw po::error(error.what());
  }
  return crate.string();
}

}  // namespace

Exit export_command(const Arguments& words) {
  Options options(
      "export RESULTS --csv DIR | --xlsx FILE | --psa DIR | --crate",
      {"Writes the tables of a results file for R, Excel and other programs: indicators, stays, "
       "ledger, communes, strategies, parameters, provenance, and what each column means.",
       "Écrit les tables d'un fichier de résultats pour R, Excel et d'autres programmes : "
       "indicateurs, exercices, comptes, communes, stratégies, paramètres, provenance, et ce que "
       "veut dire chaque colonne."},
      {"maillage export results.h5 --csv tables",
       "maillage export results.h5 --csv tables --lang fr",
       "maillage export results.h5 --xlsx results.xlsx --yearly",
       "maillage export results.h5 --psa draws", "maillage export results.h5 --crate"});
  std::string path, csv, xlsx, psa, license;
  std::vector<std::string> names;
  options.positional("results", po::value(&path)->required());
  options
      .add("csv", po::value(&csv)->value_name("DIR"),
           {"one CSV file for each table (RFC 4180; in French, for French Excel)",
            "un fichier CSV par table (pour Excel en français ; en anglais, RFC 4180)"})
      .add("xlsx", po::value(&xlsx)->value_name("FILE"),
           {"a workbook with a sheet for each table", "un classeur avec une feuille par table"})
      .add("psa", po::value(&psa)->value_name("DIR"),
           {"draws of costs and effects as R's BCEA takes them, with a script",
            "tirages des coûts et des effets pour BCEA, sous R, avec un script"})
      .add("crate", {"ro-crate-metadata.json beside the file, for research archives",
                     "ro-crate-metadata.json à côté du fichier, pour les archives de recherche"})
      .add("license", po::value(&license)->value_name("URL"),
           {"of your results, told in the crate", "de vos résultats, dite dans ces métadonnées"})
      .add("yearly", {"indicators by year, not by month", "indicateurs par an, et non par mois"})
      .add("table", po::value(&names)->composing()->value_name("NAME"),
           {"this table only (repeatable)", "cette table seulement (répétable)"});
  if (!options.parse(words)) return Exit::done;
  const Language language = options.language();
  const bool crate = options.has("crate");
  if (csv.empty() && xlsx.empty() && psa.empty() && !crate)
    throw po::error(tell(language, {"one of --csv, --xlsx, --psa and --crate must be given",
                                    "il faut --csv, --xlsx, --psa ou --crate"}));
  if (!license.empty() && !crate)
    throw po::error(tell(language, {"--license needs --crate", "--license demande --crate"}));
  const record::Results results = read_results(path, language);
  const auto tables = chosen(
      analysis::tables_of(
          results, options.has("yearly") ? analysis::Step::year : analysis::Step::month, language),
      names, language);
  const auto say_written = [&](const std::string& what) {
    std::cout << tell(language, {"wrote {}", "{} écrit"}, what) << '\n';
  };
  if (!xlsx.empty()) {
    write_workbook(xlsx, tables, results, language);
    say_written(xlsx);
  }
  if (!csv.empty()) {
    write_csv_files(csv, tables, language);
    say_written(csv);
  }
  if (!psa.empty()) {
    try {
      write_psa(psa, results);
    } catch (const analysis::MissingDraws& missing) {
      throw scenario::Invalid({{path, 0, 0, missing.what()}});
    }
    say_written(psa);
  }
  if (crate) say_written(write_crate(path, results, license));
  return Exit::done;
}

}  // namespace cli
