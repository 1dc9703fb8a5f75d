#include <fmt/format.h>

#include <array>
#include <iostream>

#include "analysis/language.hpp"
#include "cli/command.hpp"
#include "cli/reference_pages.hpp"
#include "record/commune_indicators.hpp"
#include "record/indicators.hpp"
#include "scenario/format.hpp"
#include "scenario/strategy.hpp"
#include "scenario/suggest.hpp"
#include "scenario/text_file.hpp"

namespace cli {
namespace {

using analysis::Language;
using analysis::Words;

/// A name with its facts below it, those that are empty left out.
void print(std::string_view name, const std::vector<std::pair<Words, std::string>>& facts,
           Language language) {
  std::cout << name << '\n';
  for (const auto& [fact, text] : facts)
    if (!text.empty()) std::cout << fmt::format("  {:<12} {}\n", say(fact, language), text);
}

void print(const scenario::Parameter& parameter, Language language) {
  const auto grade = [&]() -> Words {
    switch (parameter.confidence) {
      case 'A':
        return {"A, read in the source", "A, lu dans la source"};
      case 'B':
        return {"B, from memory of a named source", "B, de mémoire d'une source nommée"};
      default:
        return {"C, assumption", "C, hypothèse"};
    }
  };
  print(
      parameter.id,
      {{{"meaning", "sens"},
        parameter.stratum == "all" ? parameter.name
                                   : fmt::format("{} ({})", parameter.name, parameter.stratum)},
       {{"value", "valeur"}, fmt::format("{} {}", parameter.value, parameter.unit)},
       {{"range", "plage"}, tell(language, {"{} to {}", "{} à {}"}, parameter.low, parameter.high)},
       {{"source", "source"}, fmt::format("{} ({})", parameter.source, parameter.year)},
       {{"confidence", "confiance"}, say(grade(), language)},
       {{"note", "note"}, parameter.note},
       {{"set by", "fixé par"}, parameter.set_by}},
      language);
}

void print(const scenario::LeverDefinition& lever, Language language) {
  print(lever.name,
        {{{"lever", "levier"}, lever_meaning(lever, language)},
         {{"unit", "unité"}, std::string(lever.unit)},
         {{"range", "plage"}, tell(language, {"{} to {}", "{} à {}"}, lever.low, lever.high)}},
        language);
}

void print(const scenario::format::Key& condition, Language language) {
  print(condition.name,
        {{{"condition", "condition"}, condition_meaning(condition.name, language)},
         {{"value", "valeur"}, scenario::format::expectation(condition)}},
        language);
}

void print(const record::IndicatorDefinition& indicator, Language language) {
  const bool level = indicator.aggregation == record::Aggregation::level;
  print(indicator.name,
        {{{"indicator", "indicateur"}, say(analysis::label(indicator.indicator).name, language)},
         {{"unit", "unité"}, std::string(indicator.unit)},
         {{"kind", "genre"},
          say(level ? Words{"level: the state at the end of the month",
                            "niveau : l'état à la fin du mois"}
                    : Words{"flow: what happened during the month",
                            "flux : ce qui s'est passé pendant le mois"},
              language)},
         {{"definition", "définition"}, std::string(indicator.description)}},
        language);
}

void print(const record::CommuneIndicatorDefinition& indicator, Language language) {
  print(
      indicator.name,
      {{{"indicator", "indicateur"}, say(analysis::label(indicator.indicator).name, language)},
       {{"unit", "unité"}, std::string(indicator.unit)},
       {{"kind", "genre"},
        say(Words{"of each commune, once a year", "de chaque commune, une fois par an"}, language)},
       {{"definition", "définition"}, std::string(indicator.description)}},
      language);
}

/// A strategy is its file: comment, titles and actions.
void print(const NamedStrategy& strategy) {
  std::cout << scenario::read_text_file(library_folder() / "strategies" / (strategy.name + ".toml"),
                                        1'000'000);
}

void print_line(std::string_view name, std::string_view meaning) {
  std::cout << fmt::format("  {:<34} {}\n", name, meaning);
}

/// A list that can be asked for by its name.
struct Topic {
  std::string_view name;
  Words summary;
  void (*print)(Language language);
};
constexpr std::array<Topic, 5> topics{{
    {"levers",
     {"what a municipality can do", "ce qu'une commune peut faire"},
     [](Language language) {
       for (const scenario::LeverDefinition& lever : scenario::lever_definitions)
         print_line(lever.name, lever_meaning(lever, language));
     }},
    {"conditions",
     {"when an action may act", "quand une action peut agir"},
     [](Language language) {
       for (const scenario::format::Key& key : scenario::format::when_table)
         print_line(key.name, condition_meaning(key.name, language));
     }},
    {"indicators",
     {"what a run measures every month, and every year by commune",
      "ce qu'une simulation mesure chaque mois, et chaque année par commune"},
     [](Language language) {
       for (const record::IndicatorDefinition& indicator : record::indicator_definitions)
         print_line(indicator.name, say(analysis::label(indicator.indicator).name, language));
       for (const auto& indicator : record::commune_indicator_definitions)
         print_line(indicator.name,
                    tell(language, {"{}, by commune and year", "{}, par commune et par an"},
                         say(analysis::label(indicator.indicator).name, language)));
     }},
    {"strategies",
     {"the strategies of the library", "les stratégies de la bibliothèque"},
     [](Language language) {
       for (const NamedStrategy& strategy : library_strategies(language))
         print_line(strategy.name, strategy.title);
     }},
    {"parameters",
     {"the numbers of the world", "les nombres du monde"},
     [](Language) {
       const auto table = scenario::ParameterTable::read(library_folder() / "parameters.csv");
       for (const scenario::Parameter& parameter : table.rows())
         print_line(parameter.id, fmt::format("{} {}", parameter.value, parameter.unit));
     }},
}};

/// The pages of docs/ that `--markdown` writes.
bool print_page(std::string_view topic) {
  if (topic == "parameters")
    std::cout << parameters_page(
        scenario::ParameterTable::read(library_folder() / "parameters.csv"));
  else if (topic == "indicators")
    std::cout << indicators_page();
  else if (topic == "levers")
    std::cout << levers_page();
  else if (topic == "results-format")
    std::cout << results_format_page();
  else
    return false;
  return true;
}

/// Explains everything but a parameter that has this name. False if nothing has.
bool explain_name(std::string_view name, Language language) {
  bool found = false;
  for (const Topic& topic : topics)
    if (topic.name == name) found = true, topic.print(language);
  for (const scenario::LeverDefinition& lever : scenario::lever_definitions)
    if (lever.name == name) found = true, print(lever, language);
  for (const scenario::format::Key& key : scenario::format::when_table)
    if (key.name == name) found = true, print(key, language);
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions)
    if (indicator.name == name) found = true, print(indicator, language);
  for (const auto& indicator : record::commune_indicator_definitions)
    if (indicator.name == name) found = true, print(indicator, language);
  if (found) return true;
  for (const NamedStrategy& strategy : library_strategies(language))
    if (strategy.name == name) found = true, print(strategy);
  return found;
}

/// Everything that can be asked for.
std::vector<std::string> all_names(const scenario::ParameterTable& parameters) {
  std::vector<std::string> names;
  const auto add = [&](const auto& list) {
    for (const auto& one : list) names.emplace_back(one.name);
  };
  add(topics);
  add(scenario::lever_definitions);
  add(scenario::format::when_table);
  add(record::indicator_definitions);
  add(record::commune_indicator_definitions);
  add(library_strategies(Language::en));
  for (const scenario::Parameter& parameter : parameters.rows()) names.push_back(parameter.id);
  return names;
}

}  // namespace

Exit explain_command(const Arguments& words) {
  Options options(
      "explain NAME [SCENARIO]",
      {"Shows what a parameter, lever, condition, indicator or strategy is: for a parameter its "
       "value, range, unit, source and the file that set it. The words levers, conditions, "
       "indicators, strategies and parameters list them.",
       "Montre ce qu'est un paramètre, un levier, une condition, un indicateur ou une stratégie : "
       "pour un paramètre sa valeur, sa plage, son unité, sa source et le fichier qui l'a fixé. "
       "Les mots levers, conditions, indicators, strategies et parameters en donnent la liste."},
      {"maillage explain rent_m2", "maillage explain rent_m2 kervignac.toml",
       "maillage explain levers", "maillage explain team_first"});
  std::string name, file;
  options.positional("name", po::value(&name)->required());
  options.positional("scenario", po::value(&file));
  options.add("markdown",
              {"the page of docs/ on parameters, indicators, levers or results-format",
               "la page de docs/ sur parameters, indicators, levers ou results-format"});
  if (!options.parse(words)) return Exit::done;
  const Language language = options.language();

  if (options.has("markdown")) {
    if (print_page(name)) return Exit::done;
    throw po::error(
        tell(language,
             {"--markdown {} (must be parameters, indicators, levers or results-format)",
              "--markdown {} (doit être parameters, indicators, levers ou results-format)"},
             name));
  }
  scenario::ReadOptions read;
  read.library = library_folder();
  const scenario::ParameterTable table =
      file.empty() ? scenario::ParameterTable::read(library_folder() / "parameters.csv")
                   : scenario::read_scenario(file, read).parameters;
  if (const scenario::Parameter* parameter = table.find(name)) {
    print(*parameter, language);
    return Exit::done;
  }
  if (explain_name(name, language)) return Exit::done;
  std::string nearest;
  for (const std::string& suggestion : scenario::nearest(name, all_names(table)))
    nearest += (nearest.empty() ? "" : ", ") + suggestion;
  std::cerr << "maillage: "
            << tell(language, {"nothing is called {}", "rien ne s'appelle {}"}, name)
            << (nearest.empty()
                    ? ""
                    : tell(language, {"; did you mean {}?", " ; peut-être {} ?"}, nearest))
            << tell(language,
                    {" (maillage explain levers, conditions, indicators, strategies or parameters "
                     "lists what there is)",
                     " (maillage explain levers, conditions, indicators, strategies ou parameters "
                     "donne la liste de ce qui existe)"})
            << '\n';
  return Exit::usage;
}

}  // namespace cli
