/// The subcommands that read a results file and nothing else: verify, compare, report.
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "analysis/compare.hpp"
#include "analysis/money.hpp"
#include "analysis/partial.hpp"
#include "analysis/report.hpp"
#include "analysis/tables.hpp"
#include "analysis/text_cells.hpp"
#include "cli/command.hpp"
#include "cli/read_results.hpp"
#include "cli/verify_apart.hpp"
#include "cli/write_file.hpp"
#include "record/results_file.hpp"

namespace cli {
namespace {

/// Writes all that is found as CSV files of a folder, which is made if it is not there: for French
/// Excel in French.
void write_tables(const std::filesystem::path& folder, const record::Results& results,
                  const analysis::Comparison& comparison, analysis::Language language) {
  std::filesystem::create_directories(folder);
  const analysis::CsvDialect dialect = language == analysis::Language::fr
                                           ? analysis::CsvDialect::french_excel
                                           : analysis::CsvDialect::rfc4180;
  const auto write = [&](const char* name, const auto& table) { write_file(folder / name, table); };
  write("measures.csv", [&](std::ostream& out) { analysis::write_csv(comparison, out, dialect); });
  write("costs.csv", [&](std::ostream& out) {
    analysis::write_cost_csv(results, comparison.baseline, out, dialect);
  });
  write("budgets.csv",
        [&](std::ostream& out) { analysis::write_budget_csv(results, out, dialect); });
  write("retention.csv",
        [&](std::ostream& out) { analysis::write_retention_csv(results, out, dialect); });
}

using analysis::Language;

std::string missing(const std::string& path, Language language) {
  return tell(language,
              {"{} is not there; maillage run writes it", "{} n'existe pas ; maillage run l'écrit"},
              path);
}

}  // namespace

void require_results(const std::string& path, Language language) {
  if (!std::filesystem::exists(path)) throw scenario::InputMissing(missing(path, language));
}

record::Results read_results(const std::string& path, Language language) {
  require_results(path, language);
  record::Results results = record::read_results(path);
  for (record::StrategyLabel& strategy : results.strategies) {
    const bool french = language == analysis::Language::fr && !strategy.title_fr.empty();
    if (french) strategy.title = strategy.title_fr;
  }
  return results;
}

Exit verify_command(const Arguments& words) {
  Options options(
      "verify RESULTS...",
      {"Checks that results files are whole, and prints the digest of their content: equal digests "
       "mean equal numbers.",
       "Vérifie que des fichiers de résultats sont entiers, et donne l'empreinte de leur contenu : "
       "à empreintes égales, nombres égaux."},
      {"maillage verify results.h5"});
  std::vector<std::string> paths;
  options.positional("results", po::value(&paths)->required()->multitoken());
  if (!options.parse(words)) return Exit::done;
  const Language language = options.language();
  bool one_is_damaged = false;
  bool one_is_missing = false;
  for (const std::string& path : paths) {
    if (!std::filesystem::exists(path)) {
      one_is_missing = true;
      std::cerr << "maillage: " << missing(path, language) << '\n';
      continue;
    }
    const record::Verification found = verify_apart(path);
    if (!found.whole) {
      one_is_damaged = true;
      std::cerr << "maillage: "
                << tell(language, {"{} is damaged: {}", "{} est endommagé : {}"}, path,
                        found.problem)
                << '\n';
      continue;
    }
    const std::string replications =
        found.replications < found.planned
            ? analysis::part_of_run(found.replications, found.planned, language)
            : tell(language, {"{} replications", "{} réplications"}, found.replications);
    std::cout << tell(language, {"{} is whole: {}, digest {}", "{} est entier : {}, empreinte {}"},
                      path, replications, found.digest)
              << '\n';
  }
  if (one_is_damaged) return Exit::invalid;
  return one_is_missing ? Exit::input_missing : Exit::done;
}

Exit compare_command(const Arguments& words) {
  Options options(
      "compare RESULTS",
      {"Compares the strategies of a run: levels, paired differences to a baseline with "
       "95% intervals, where each strategy fails and serves, and what it costs.",
       "Compare les stratégies d'une simulation : niveaux, différences appariées à une "
       "référence avec intervalles à 95 %, où chaque stratégie échoue ou sert, et ce qu'elle "
       "coûte."},
      {"maillage compare results.h5", "maillage compare results.h5 --lang fr",
       "maillage compare results.h5 --tables found"});
  std::string path, baseline, csv, excel, tables;
  options.positional("results", po::value(&path)->required());
  options
      .add("baseline", po::value(&baseline)->value_name("NAME"),
           {"strategy to compare with (default: the scenario's)",
            "stratégie de référence (par défaut : celle du scénario)"})
      .add("all", {"print every measure, not the main ones only",
                   "imprimer toutes les mesures, non les seules principales"})
      .add("csv", po::value(&csv)->value_name("FILE"),
           {"write every measure as CSV (RFC 4180)",
            "écrire toutes les mesures en CSV (RFC 4180, en anglais)"})
      .add("csv-excel", po::value(&excel)->value_name("FILE"),
           {"write every measure as CSV for French Excel",
            "écrire toutes les mesures en CSV pour Excel en français"})
      .add("tables", po::value(&tables)->value_name("DIR"),
           {"write measures, costs, budgets and retention as CSV files there, in the language",
            "y écrire mesures, coûts, budgets et maintien en CSV, dans la langue"});
  if (!options.parse(words)) return Exit::done;
  const record::Results results = read_results(path, options.language());
  analysis::Comparison comparison;
  try {
    comparison = analysis::compare(
        results, baseline.empty() ? std::nullopt : std::optional<std::string>(baseline));
  } catch (const std::invalid_argument& error) {
    throw po::error(error.what());
  }
  const analysis::PrintOptions how{.width = 100, .colour = isatty(STDOUT_FILENO) == 1};
  if (results.is_partial())
    std::cout << analysis::wrap(analysis::partial_note(results, options.language()), how.width)
              << "\n\n";
  analysis::print(options.has("all") ? comparison : analysis::headlines(comparison),
                  options.language(), std::cout, how);
  analysis::print_costs(results, comparison.baseline, options.language(), std::cout, how);
  const auto write = [&](const std::string& file, analysis::CsvDialect dialect) {
    if (file.empty()) return;
    write_file(file, [&](std::ostream& out) { analysis::write_csv(comparison, out, dialect); });
  };
  write(csv, analysis::CsvDialect::rfc4180);
  write(excel, analysis::CsvDialect::french_excel);
  if (!tables.empty()) write_tables(tables, results, comparison, options.language());
  return Exit::done;
}

Exit report_command(const Arguments& words) {
  Options options(
      "report RESULTS -o PAGE.html",
      {"Writes one page with the comparison in words, tables and charts. It needs no network.",
       "Écrit une page avec la comparaison en phrases, tableaux et graphiques. Elle n'a "
       "besoin d'aucun réseau."},
      {"maillage report results.h5 -o report.html",
       "maillage report results.h5 -o rapport.html --lang fr"});
  std::string path, output;
  options.positional("results", po::value(&path)->required());
  options.add("output,o", po::value(&output)->default_value("report.html")->value_name("FILE"),
              {"page to write", "page à écrire"});
  if (!options.parse(words)) return Exit::done;
  write_file(output,
             analysis::report_html(read_results(path, options.language()), options.language()));
  std::cout << tell(options.language(), {"wrote {}", "{} écrit"}, output) << '\n';
  return Exit::done;
}

}  // namespace cli
