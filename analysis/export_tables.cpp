/// What the tables of a run are: their columns, and the row that stands for each of their records.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "analysis/calendar.hpp"
#include "analysis/export.hpp"
#include "analysis/measure.hpp"
#include "analysis/text_cells.hpp"
#include "record/results_file.hpp"

namespace analysis {
namespace {

using record::Results;

constexpr std::size_t months_per_year = 12;

/// A column, and the cell that it takes from a record.
template <class Record>
struct Field {
  Column column;
  std::function<void(Cells&, const Record&)> put;
};

/// A table with a row for each of so many records.
template <class Record, class RecordAt>
Table table_from(std::string key, std::string title, std::vector<Field<Record>> fields,
                 std::uint64_t rows, RecordAt record_at) {
  Table table{std::move(key), std::move(title), {}, rows, {}};
  for (const Field<Record>& field : fields) table.columns.push_back(field.column);
  table.write_rows = [fields = std::move(fields), rows, record_at](Cells& cells) {
    for (std::uint64_t row = 0; row < rows; ++row) {
      const Record& record = record_at(row);
      for (const Field<Record>& field : fields) field.put(cells, record);
      cells.end_row();
    }
  };
  return table;
}

/// Words and dates of one run in one language.
struct Wording {
  const Results& results;
  Language language;
  std::chrono::sys_days start = parse_date(results.start_date);

  /// A heading: in English the variable's name, which programs look for.
  std::string heading(const Words& words) const {
    return language == Language::en ? std::string(words.en) : say(words, language);
  }
  Column column(const Words& name, std::string variable, const Words& unit,
                const Words& description) const {
    return {heading(name), std::move(variable), say(unit, language), say(description, language)};
  }
  std::string title(std::size_t strategy) const {
    const record::StrategyLabel& label = results.strategies[strategy];
    const bool french = language == Language::fr && !label.title_fr.empty();
    return french ? label.title_fr : label.title;
  }
  /// The words of a code: in English its name in the results file.
  std::vector<std::string> codes(std::span<const std::string_view> names, auto label_of) const {
    std::vector<std::string> words;
    for (std::size_t code = 0; code < names.size(); ++code)
      words.push_back(language == Language::en ? std::string(names[code])
                                               : say(label_of(code), language));
    return words;
  }
  std::string yes_or_no(bool yes) const {
    return say(yes ? Words{"yes", "oui"} : Words{"no", "non"}, language);
  }
};

constexpr Words no_unit{"", ""};
constexpr Words replication_name{"replication", "réplication"};
constexpr Words replication_meaning{
    "Number of the independent run; runs of one number share their luck across strategies",
    "Numéro de la simulation ; à numéro égal, les stratégies partagent le même hasard"};
constexpr Words year_name{"year", "année"};
constexpr Words year_meaning{"Year of the scenario, from 1", "Année du scénario, à partir de 1"};
constexpr Words strategy_name{"strategy", "stratégie"};
constexpr Words strategy_meaning{"Name of the strategy", "Nom de la stratégie"};

Words words_of_unit(std::string_view unit) {
  constexpr auto known =
      std::to_array<Words>({{"persons", "personnes"},
                            {"needs", "besoins"},
                            {"contacts", "consultations"},
                            {"contacts/person/year", "consultations/personne/an"},
                            {"needs/person/year", "besoins/personne/an"},
                            {"visits", "passages"},
                            {"admissions", "séjours"},
                            {"days", "jours"},
                            {"months", "mois"},
                            {"rooms", "cabinets"},
                            {"sites", "lieux"},
                            {"stage", "étape"},
                            {"actions", "actions"},
                            {"FTE", "ETP"}});
  for (const Words& words : known)
    if (words.en == unit) return words;
  return {unit, unit};
}

// ---------------------------------------------------------------------------------------------
// Indicators

/// A month or a year of one run.
struct Moment {
  std::size_t strategy = 0;
  std::size_t replication = 0;
  std::size_t number = 0;  ///< of the month or year, from 0
  std::size_t first_month = 0;
  std::size_t months = 1;
};

/// The number of fewest digits that single precision does not tell from this one: 62.3, and not
/// 62.29999923706055.
double written(float number) {
  const std::string digits = fmt::format("{}", number);
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// A level is the mean of its months that have a number; a flow is their sum, missing if one is.
double number_of(const Results& results, const record::IndicatorDefinition& indicator,
                 const Moment& moment) {
  const auto months = results.months_of(indicator.indicator, moment.strategy, moment.replication)
                          .subspan(moment.first_month, moment.months);
  const bool flow = indicator.aggregation == record::Aggregation::flow;
  double sum = 0, count = 0;
  for (const double month : months) {
    if (std::isnan(month) && !flow) continue;
    sum += month;
    count += 1;
  }
  if (flow) return sum;
  return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

/// How the months of a year add up, said at the end of a description.
Words yearly(record::Aggregation aggregation) {
  return aggregation == record::Aggregation::flow
             ? Words{" Sum of the months.", " Somme des mois."}
             : Words{" Mean of the months.", " Moyenne des mois."};
}

Table indicators(const Wording& wording, Step step) {
  const Results& results = wording.results;
  const bool by_year = step == Step::year;
  std::vector<Field<Moment>> fields{
      {wording.column(strategy_name, "strategy", no_unit, strategy_meaning),
       [&results](Cells& cells, const Moment& moment) {
         cells.text(results.strategies[moment.strategy].name);
       }},
      {wording.column(replication_name, "replication", no_unit, replication_meaning),
       [&results](Cells& cells, const Moment& moment) {
         cells.integer(results.replication_numbers[moment.replication]);
       }},
      {by_year
           ? wording.column({"year", "année"}, "", {"years", "années"},
                            {"Year of the scenario, from 1", "Année du scénario, à partir de 1"})
           : wording.column({"month", "mois"}, "month", {"months", "mois"},
                            {"Months since the start of the scenario, from 0",
                             "Mois depuis le début du scénario, à partir de 0"}),
       [by_year](Cells& cells, const Moment& moment) {
         cells.integer(static_cast<std::int64_t>(moment.number) + (by_year ? 1 : 0));
       }},
      {wording.column({"start", "début"}, "month_start", no_unit, {"First day", "Premier jour"}),
       [start = wording.start](Cells& cells, const Moment& moment) {
         cells.date(month_start(start, static_cast<std::int64_t>(moment.first_month)));
       }}};
  if (by_year)
    fields.push_back({wording.column({"months", "nombre_de_mois"}, "", {"months", "mois"},
                                     {"Months that the row sums up: 12, or fewer in the last year",
                                      "Mois que résume la ligne : 12, ou moins la dernière année"}),
                      [](Cells& cells, const Moment& moment) {
                        cells.integer(static_cast<std::int64_t>(moment.months));
                      }});
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions) {
    if (results.series[static_cast<std::size_t>(indicator.indicator)].empty()) continue;
    const Label words = label(indicator.indicator);
    Column column = wording.column({indicator.name, words.name.fr}, std::string(indicator.name),
                                   words_of_unit(indicator.unit),
                                   {indicator.description, words.explanation.fr});
    column.description += '.';
    if (by_year) column.description += say(yearly(indicator.aggregation), wording.language);
    fields.push_back(
        {std::move(column), [&results, &indicator](Cells& cells, const Moment& moment) {
           cells.number(number_of(results, indicator, moment));
         }});
  }
  const std::size_t replications = results.replication_numbers.size();
  const auto months = static_cast<std::size_t>(results.months);
  const std::size_t length = by_year ? months_per_year : 1;
  const std::size_t moments = (months + length - 1) / length;
  const auto moment_at = [=](std::uint64_t row) {
    const std::size_t number = row % moments, run = row / moments, first = number * length;
    return Moment{run / replications, run % replications, number, first,
                  std::min(length, months - first)};
  };
  return table_from<Moment>(
      by_year ? "yearly" : "monthly",
      say(by_year ? Words{"yearly", "par an"} : Words{"monthly", "par mois"}, wording.language),
      std::move(fields), results.strategies.size() * replications * moments, moment_at);
}

/// A commune in a year of one run.
struct Place {
  std::size_t strategy = 0;
  std::size_t replication = 0;
  std::size_t year = 0;  ///< from 0
  std::size_t commune = 0;
};

Label commune_label(record::CommuneIndicator indicator) {
  using record::CommuneIndicator;
  switch (indicator) {
    case CommuneIndicator::residents:
      return {{"", "habitants"}, {"", "Habitants de la commune à la fin de l'année"}};
    case CommuneIndicator::adults_without_gp:
      return {{"", "sans médecin traitant"},
              {"", "Habitants de 16 ans ou plus sans médecin traitant à la fin de l'année"}};
    case CommuneIndicator::gps:
      return {{"", "médecins généralistes"},
              {"", "Médecins généralistes qui exercent dans la commune à la fin de l'année"}};
  }
  return {};
}

Table communes(const Wording& wording) {
  const Results& results = wording.results;
  std::vector<Field<Place>> fields{
      {wording.column(strategy_name, "strategy", no_unit, strategy_meaning),
       [&results](Cells& cells, const Place& place) {
         cells.text(results.strategies[place.strategy].name);
       }},
      {wording.column(replication_name, "replication", no_unit, replication_meaning),
       [&results](Cells& cells, const Place& place) {
         cells.integer(results.replication_numbers[place.replication]);
       }},
      {wording.column(year_name, "year", {"years", "années"}, year_meaning),
       [](Cells& cells, const Place& place) {
         cells.integer(static_cast<std::int64_t>(place.year) + 1);
       }},
      {wording.column({"commune", "commune"}, "commune", no_unit,
                      {"INSEE code of the commune", "Code INSEE de la commune"}),
       [&results](Cells& cells, const Place& place) {
         cells.text(results.communes[place.commune].code);
       }},
      {wording.column({"commune_name", "nom"}, "commune_name", no_unit,
                      {"Name of the commune", "Nom de la commune"}),
       [&results](Cells& cells, const Place& place) {
         cells.text(results.communes[place.commune].name);
       }}};
  for (const record::CommuneIndicatorDefinition& indicator :
       record::commune_indicator_definitions) {
    if (results.panel[static_cast<std::size_t>(indicator.indicator)].empty()) continue;
    const Label words = commune_label(indicator.indicator);
    fields.push_back(
        {wording.column({indicator.name, words.name.fr}, "communes/" + std::string(indicator.name),
                        {"persons", "personnes"}, {indicator.description, words.explanation.fr}),
         [&results, &indicator](Cells& cells, const Place& place) {
           const auto panel =
               results.communes_of(indicator.indicator, place.strategy, place.replication);
           cells.number(written(panel[place.year * results.communes.size() + place.commune]));
         }});
  }
  const std::size_t replications = results.replication_numbers.size();
  const auto years = static_cast<std::size_t>(results.years());
  const std::size_t count = results.communes.size();
  const auto place_at = [=](std::uint64_t row) {
    const std::size_t year = row / count, run = year / years;
    return Place{run / replications, run % replications, year % years, row % count};
  };
  return table_from<Place>("communes", say({"communes", "communes"}, wording.language),
                           std::move(fields),
                           results.strategies.size() * replications * years * count, place_at);
}

// ---------------------------------------------------------------------------------------------
// Stays and movements of money

/// The columns that say in which run something happened.
template <class Record>
std::vector<Field<Record>> run_fields(const Wording& wording, const std::string& group) {
  return {{wording.column(strategy_name, group + "/strategy", no_unit, strategy_meaning),
           [&results = wording.results](Cells& cells, const Record& record) {
             cells.text(results.strategies.at(record.strategy).name);
           }},
          {wording.column(replication_name, group + "/replication", no_unit, replication_meaning),
           [](Cells& cells, const Record& record) { cells.integer(record.replication); }}};
}

Table stays(const Wording& wording) {
  using record::Stay;
  const auto professions = wording.codes(world::profession_names, [](std::size_t code) {
    return label(static_cast<world::Profession>(code));
  });
  const auto causes = wording.codes(record::departure_cause_names, [](std::size_t code) {
    return label(static_cast<record::DepartureCause>(code));
  });
  std::vector<Field<Stay>> fields = run_fields<Stay>(wording, "stays");
  const auto add = [&](const Words& name, const std::string& variable, const Words& unit,
                       const Words& description, std::function<void(Cells&, const Stay&)> put) {
    fields.push_back(
        {wording.column(name, "stays/" + variable, unit, description), std::move(put)});
  };
  const auto flag = [&](const Words& name, bool Stay::*member, const Words& description) {
    add(name, std::string(name.en), no_unit, description,
        [member, no = wording.yes_or_no(false), yes = wording.yes_or_no(true)](
            Cells& cells, const Stay& stay) { cells.text(stay.*member ? yes : no); });
  };
  const auto day = [&](const Words& name, const std::string& variable, std::int32_t Stay::*member,
                       const Words& description) {
    add(name, variable, no_unit, description,
        [member, start = wording.start](Cells& cells, const Stay& stay) {
          cells.date(start + std::chrono::days(stay.*member));
        });
  };
  add({"profession", "profession"}, "profession", no_unit, {"Profession", "Profession"},
      [professions](Cells& cells, const Stay& stay) {
        cells.text(professions.at(static_cast<std::size_t>(stay.profession)));
      });
  add({"cause", "motif_de_fin"}, "cause", no_unit,
      {"Why the stay ended; still_here: it is censored at the end of the run",
       "Pourquoi l'exercice a pris fin ; toujours en exercice : la fin n'est pas observée"},
      [causes](Cells& cells, const Stay& stay) {
        cells.text(causes.at(static_cast<std::size_t>(stay.cause)));
      });
  flag({"here_at_start", "présent_au_début"}, &Stay::here_at_start,
       {"Whether at work on the first day", "En exercice le premier jour"});
  flag({"in_team", "en_équipe"}, &Stay::in_team,
       {"Whether a member of a team on the last day", "Membre d'une équipe le dernier jour"});
  flag({"in_focus", "dans_la_commune"}, &Stay::in_focus,
       {"Whether the practice was in the commune whose municipality acts",
        "Exercice dans la commune dont la municipalité agit"});
  add({"age_at_arrival", "âge_à_l'arrivée"}, "age_at_arrival", {"years", "ans"},
      {"Age on the day of arrival", "Âge le jour de l'arrivée"},
      [](Cells& cells, const Stay& stay) { cells.number(written(stay.age_at_arrival)); });
  day({"arrival", "arrivée"}, "arrival_day", &Stay::arrival_day,
      {"Day of arrival; the first day for those who were here before",
       "Jour de l'arrivée ; le premier jour pour qui était déjà là"});
  day({"departure", "départ"}, "departure_day", &Stay::departure_day,
      {"Day of departure; the end of the run for those still here",
       "Jour du départ ; la fin de la simulation pour qui exerce encore"});
  add({"days", "jours"}, "", {"days", "jours"},
      {"Length of the stay, as far as it was observed", "Durée d'exercice observée"},
      [](Cells& cells, const Stay& stay) { cells.integer(stay.departure_day - stay.arrival_day); });
  return table_from<Stay>(
      "stays", say({"stays", "exercices"}, wording.language), std::move(fields),
      wording.results.stays.size(),
      [&rows = wording.results.stays](std::uint64_t row) -> const Stay& { return rows[row]; });
}

Table ledger(const Wording& wording) {
  using record::LedgerEntry;
  const auto categories = wording.codes(record::category_names, [](std::size_t code) {
    return label(static_cast<record::Category>(code));
  });
  const auto accounts = wording.codes(record::account_names, [](std::size_t code) {
    return label(static_cast<record::Account>(code));
  });
  std::vector<Field<LedgerEntry>> fields = run_fields<LedgerEntry>(wording, "ledger");
  const auto add = [&](const Words& name, const std::string& variable, const Words& unit,
                       const Words& description,
                       std::function<void(Cells&, const LedgerEntry&)> put) {
    fields.push_back(
        {wording.column(name, "ledger/" + variable, unit, description), std::move(put)});
  };
  const auto account = [&](const Words& name, record::Account LedgerEntry::*member,
                           const Words& description) {
    add(name, std::string(name.en), no_unit, description,
        [accounts, member](Cells& cells, const LedgerEntry& entry) {
          cells.text(accounts.at(static_cast<std::size_t>(entry.*member)));
        });
  };
  add({"date", "date"}, "day", no_unit, {"Day of the movement", "Jour du mouvement"},
      [start = wording.start](Cells& cells, const LedgerEntry& entry) {
        cells.date(start + std::chrono::days(entry.day));
      });
  add({"category", "poste"}, "category", no_unit, {"What the money is for", "Objet"},
      [categories](Cells& cells, const LedgerEntry& entry) {
        cells.text(categories.at(static_cast<std::size_t>(entry.category)));
      });
  account({"payer", "payeur"}, &LedgerEntry::payer,
          {"Account that the money leaves", "Compte que l'argent quitte"});
  account({"payee", "bénéficiaire"}, &LedgerEntry::payee,
          {"Account that the money reaches", "Compte que l'argent rejoint"});
  add({"amount", "montant"}, "cents", {"EUR", "EUR"},
      {"Amount moved; never negative", "Montant ; jamais négatif"},
      [](Cells& cells, const LedgerEntry& entry) { cells.cents(entry.cents); });
  return table_from<LedgerEntry>(
      "ledger", say({"ledger", "comptes"}, wording.language), std::move(fields),
      wording.results.ledger.size(),
      [&rows = wording.results.ledger](std::uint64_t row) -> const LedgerEntry& {
        return rows[row];
      });
}

// ---------------------------------------------------------------------------------------------
// What was run

Table strategies(const Wording& wording) {
  const Results& results = wording.results;
  std::vector<Field<std::size_t>> fields{
      {wording.column(strategy_name, "strategy", no_unit, strategy_meaning),
       [&results](Cells& cells, std::size_t s) { cells.text(results.strategies[s].name); }},
      {wording.column({"title", "titre"}, "strategy_title", no_unit,
                      {"Its title, for a reader", "Son titre, pour le lecteur"}),
       [wording](Cells& cells, std::size_t s) { cells.text(wording.title(s)); }},
      {wording.column({"baseline", "référence"}, "", no_unit,
                      {"Whether the others are compared with it", "Les autres lui sont comparées"}),
       [wording](Cells& cells, std::size_t s) {
         cells.text(wording.yes_or_no(static_cast<std::int64_t>(s) == wording.results.baseline));
       }}};
  return table_from<std::size_t>("strategies", say({"strategies", "stratégies"}, wording.language),
                                 std::move(fields), results.strategies.size(),
                                 [](std::uint64_t row) -> std::size_t { return row; });
}

/// The columns of the table of parameters: those that hold numbers, and what they are called.
struct ParameterColumn {
  Words name;
  Words description;
  bool number = false;
};
constexpr auto parameter_columns = std::to_array<ParameterColumn>({
    {{"id", "identifiant"}, {"Name of the parameter", "Nom du paramètre"}},
    {{"group", "groupe"}, {"Part of the model", "Partie du modèle"}},
    {{"name", "intitulé"}, {"What it is", "Ce que c'est"}},
    {{"profession_or_stratum", "profession_ou_strate"}, {"Whom it is about", "Qui il concerne"}},
    {{"value", "valeur"}, {"Value with which the run was made", "Valeur de la simulation"}, true},
    {{"low", "bas"}, {"Low end of its range", "Bas de sa plage"}, true},
    {{"high", "haut"}, {"High end of its range", "Haut de sa plage"}, true},
    {{"unit", "unité"}, {"Its unit", "Son unité"}},
    {{"year", "année"}, {"Year that the value is of", "Année de la valeur"}, true},
    {{"source", "source"}, {"Where it comes from", "D'où elle vient"}},
    {{"confidence", "confiance"},
     {"Grade of the source, A the best", "Qualité de la source, A la meilleure"}},
    {{"note", "note"}, {"Remark", "Remarque"}},
    {{"set_by", "fixé_par"}, {"File that set it", "Fichier qui l'a fixé"}},
});

void put_number_or_text(Cells& cells, const std::string& text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && stop == text.data() + text.size())
    cells.number(value);
  else
    cells.text(text);
}

Table parameters(const Wording& wording) {
  auto rows = read_csv(wording.results.provenance.parameters_csv);
  using Texts = std::vector<std::string>;
  const Texts heading = rows.empty() ? Texts() : std::move(rows.front());
  if (!rows.empty()) rows.erase(rows.begin());
  std::vector<Field<Texts>> fields;
  for (std::size_t c = 0; c < heading.size(); ++c) {
    ParameterColumn described{{heading[c], heading[c]}, {}, false};
    for (const ParameterColumn& known : parameter_columns)
      if (known.name.en == heading[c]) described = known;
    fields.push_back({wording.column(described.name, "provenance/parameters_csv", no_unit,
                                     described.description),
                      [c, number = described.number](Cells& cells, const Texts& row) {
                        const std::string cell = c < row.size() ? row[c] : "";
                        number ? put_number_or_text(cells, cell) : cells.text(cell);
                      }});
  }
  const std::uint64_t count = rows.size();
  return table_from<Texts>(
      "parameters", say({"parameters", "paramètres"}, wording.language), std::move(fields), count,
      [rows = std::move(rows)](std::uint64_t row) -> const Texts& { return rows[row]; });
}

/// A line of a text that tells where the numbers come from.
struct Line {
  std::string item;
  std::int64_t number = 0;
  std::string text;
};

/// Adds a text line by line; a cell of a spreadsheet holds no long one.
void add_lines(std::vector<Line>& lines, const std::string& item, std::string_view text) {
  constexpr std::size_t longest = 8000;  // bytes
  std::int64_t number = 0;
  do {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    do {
      std::size_t size = std::min(line.size(), longest);
      while (size < line.size() && (static_cast<unsigned char>(line[size]) & 0xC0U) == 0x80U)
        --size;
      lines.push_back({item, ++number, std::string(line.substr(0, size))});
      line.remove_prefix(size);
    } while (!line.empty());
  } while (!text.empty());
}

Table provenance(const Wording& wording) {
  const Results& results = wording.results;
  const record::Provenance& from = results.provenance;
  std::vector<Line> lines;
  const auto add = [&](const Words& item, const std::string& text) {
    add_lines(lines, wording.heading(item), text);
  };
  add({"scenario_title", "titre du scénario"}, from.scenario_title);
  add({"scenario_name", "nom du scénario"}, from.scenario_name);
  add({"start_date", "début"}, results.start_date);
  add({"months", "mois"}, std::to_string(results.months));
  add({"replications", "réplications"}, std::to_string(results.replications()));
  add({"replications_planned", "réplications prévues"}, std::to_string(results.planned));
  add({"seed", "graine"}, std::to_string(results.seed));
  add({"digest", "empreinte du contenu"}, record::content_digest(results));
  add({"run_key", "clé de la simulation"}, from.run_key);
  add({"version", "version"}, from.version);
  add({"commit", "révision"}, from.commit);
  add({"compiler", "compilateur"}, from.compiler);
  add({"notes", "notes"}, from.notes);
  add({"territory", "territoire"}, from.territory);
  add({"scenario_text", "scénario"}, from.scenario_text);
  std::vector<Field<Line>> fields{
      {wording.column({"item", "élément"}, "provenance", no_unit,
                      {"What is told", "Ce qui est dit"}),
       [](Cells& cells, const Line& line) { cells.text(line.item); }},
      {wording.column({"line", "ligne"}, "", no_unit,
                      {"Line of the text, from 1", "Ligne du texte, à partir de 1"}),
       [](Cells& cells, const Line& line) { cells.integer(line.number); }},
      {wording.column({"text", "texte"}, "", no_unit, {"The line", "La ligne"}),
       [](Cells& cells, const Line& line) { cells.text(line.text); }}};
  const std::uint64_t count = lines.size();
  return table_from<Line>(
      "provenance", say({"provenance", "provenance"}, wording.language), std::move(fields), count,
      [lines = std::move(lines)](std::uint64_t row) -> const Line& { return lines[row]; });
}

/// One column of one table.
struct Described {
  std::string table;
  Column column;
};

}  // namespace

std::vector<Table> tables_of(const Results& results, Step step, Language language) {
  const Wording wording{results, language};
  std::vector<Table> tables{indicators(wording, step), stays(wording), ledger(wording)};
  // Runs of less than a year have no number of a commune, nor have older files.
  if (!results.panel.front().empty()) tables.push_back(communes(wording));
  tables.insert(tables.end(), {strategies(wording), parameters(wording), provenance(wording)});
  return tables;
}

Table table_of_columns(const std::vector<Table>& tables, Language language) {
  std::vector<Described> columns;
  for (const Table& table : tables)
    for (const Column& column : table.columns) columns.push_back({table.title, column});
  const auto field = [&](const Words& name, const Words& description,
                         std::function<void(Cells&, const Described&)> put) {
    return Field<Described>{{std::string(language == Language::en ? name.en : name.fr), "", "",
                             say(description, language)},
                            std::move(put)};
  };
  std::vector<Field<Described>> fields{
      field({"table", "table"}, {"Table", "Table"},
            [](Cells& cells, const Described& one) { cells.text(one.table); }),
      field({"column", "colonne"}, {"Its column", "Sa colonne"},
            [](Cells& cells, const Described& one) { cells.text(one.column.name); }),
      field({"unit", "unité"}, {"Unit of the column", "Unité de la colonne"},
            [](Cells& cells, const Described& one) { cells.text(one.column.unit); }),
      field({"description", "description"}, {"What it holds", "Ce qu'elle contient"},
            [](Cells& cells, const Described& one) { cells.text(one.column.description); }),
      field({"variable", "variable"},
            {"Where the results file has it", "Où le fichier de résultats la garde"},
            [](Cells& cells, const Described& one) { cells.text(one.column.variable); })};
  const std::uint64_t count = columns.size();
  return table_from<Described>(
      "columns", say({"columns", "colonnes"}, language), std::move(fields), count,
      [columns = std::move(columns)](std::uint64_t row) -> const Described& {
        return columns[row];
      });
}

}  // namespace analysis
