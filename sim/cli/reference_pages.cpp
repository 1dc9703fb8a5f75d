#include "cli/reference_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <vector>

#include "analysis/measure.hpp"
#include "cli/markdown.hpp"
#include "record/commune_indicators.hpp"
#include "record/indicators.hpp"
#include "scenario/format.hpp"
#include "scenario/strategy.hpp"

namespace cli {
namespace {

using analysis::Language;
using analysis::Words;

std::string written_by_the_program(std::string_view table) {
  return fmt::format("This page is written by the program from `{}` (`ninja refresh_docs`).\n",
                     table);
}

std::string group_title(std::string_view group) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> titles{
      {{"demand", "Residents and their needs"},
       {"behaviour", "How residents look for care"},
       {"supply", "Professionals: numbers, arrivals, departures, work"},
       {"msp_evidence", "Teams and maisons de santé"},
       {"finance", "Money"}}};
  for (const auto& [name, title] : titles)
    if (name == group) return std::string(title);
  return std::string(group);
}

std::string range(const scenario::Parameter& parameter) {
  return parameter.low == parameter.high ? std::string("none")
                                         : fmt::format("{} to {}", parameter.low, parameter.high);
}

std::string parameter_row(const scenario::Parameter& parameter) {
  const std::string meaning = parameter.stratum == "all"
                                  ? parameter.name
                                  : fmt::format("{} ({})", parameter.name, parameter.stratum);
  return row({code(parameter.id), cell(meaning), fmt::format("{}", parameter.value),
              range(parameter), cell(parameter.unit), fmt::format("{}", parameter.year),
              cell(parameter.source), std::string(1, parameter.confidence), cell(parameter.note)});
}

std::string kind(record::Aggregation aggregation) {
  return aggregation == record::Aggregation::level ? "level" : "flow";
}

std::string good_direction(analysis::Benefit good) {
  switch (good) {
    case analysis::Benefit::up:
      return "up";
    case analysis::Benefit::down:
      return "down";
    case analysis::Benefit::neither:
      break;
  }
  return "";
}

std::string unit_of(const analysis::Measure& measure) {
  if (measure.unit == analysis::Unit::share) return "share";
  if (measure.unit == analysis::Unit::euros) return "EUR";
  return analysis::unit_text(measure, Language::en);
}

std::string communes_section() {
  std::string page =
      "\n## Of each commune, once a year\n\n"
      "The panel of communes holds one value of each for every commune of the territory, year, "
      "replication and strategy,\nwritten from `sim/record/commune_indicators.hpp`. Needs, waits "
      "and what comes of them are counted where people live,\nprofessionals where they "
      "practise. Counts add up over the communes to the monthly indicator of the same name: to "
      "its\nlast month of the year (who is there) or to the sum of its months (what "
      "happened).\n\n";
  page += head({"name", "title", "unit", "definition"});
  for (const auto& indicator : record::commune_indicator_definitions)
    page += row({code(indicator.name), cell(indicator.long_name), cell(indicator.unit),
                 cell(indicator.description)});
  return page;
}

std::string measures_section() {
  std::string page =
      "\n## Measures of a comparison\n\n"
      "`maillage compare` and `maillage report` make one number of each run: the mean of the last "
      "twelve months, the\nsum or the rate over the whole period, or the state at the end. An "
      "indicator without wording of its own is\ncompared too, with its last year (a level) or its "
      "sum (a flow). *Good* says which direction serves the\nresidents (for money: the "
      "municipality's budget); nothing is said of the others. *Shown*: in the table shown by\n"
      "default; all are in the CSV.\n";
  std::optional<analysis::Theme> theme;
  for (const analysis::Measure& measure : analysis::measures()) {
    if (measure.theme != theme) {
      theme = measure.theme;
      page += fmt::format("\n### {}\n\n", analysis::label(*theme).en);
      page += head({"name", "title", "period", "unit", "good", "shown"});
    }
    page += row({code(measure.name), cell(measure.label.en),
                 std::string(analysis::label(measure.period).en), cell(unit_of(measure)),
                 good_direction(measure.good), measure.headline ? "yes" : ""});
  }
  return page;
}

/// What the levers are, in French: `scenario::lever_definitions` says it in English.
struct FrenchMeaning {
  std::string_view lever;
  const char* meaning;
};
constexpr auto french_meanings = std::to_array<FrenchMeaning>({
    {"build", "un nouveau bâtiment de tant de cabinets, de l'étude à la livraison"},
    {"lease_temporary_premises",
     "des cabinets modulaires ou loués et une salle de réunion, tant que dure le bail"},
    {"fund_coordinator", "un coordinateur de l'équipe, payé par la commune"},
    {"federation_support", "l'accompagnement par la fédération régionale ; 1 : complet"},
    {"partnership",
     "des réunions régulières avec les professionnels et une reconnaissance politique ; 1 : chaque "
     "mois"},
    {"third_party_payment",
     "des généralistes aidés à ne pas faire avancer les frais aux plus défavorisés ; 1 : tous"},
    {"dedicated_sessions", "des demi-journées de consultation sans avance de frais"},
    {"health_mediators",
     "des médiateurs qui vont vers les plus défavorisés et leur trouvent un médecin traitant"},
    {"transport_on_demand",
     "des habitants qui se déplacent difficilement seuls, conduits à la demande ; 1 : tous"},
    {"walk_in_unit", "des consultations sans rendez-vous, le jour même, pour les besoins urgents"},
    {"installation_subsidy",
     "une aide à chaque généraliste qui s'installe en libéral dans la commune, versée à l'arrivée"},
    {"housing_aid",
     "le logement de chaque généraliste qui s'installe en libéral dans la commune, les premières "
     "années"},
    {"moderate_rent", "autant de moins sur le loyer des cabinets de la commune"},
    {"medical_assistants",
     "des assistants des généralistes libéraux de la commune, un chacun au plus"},
    {"relieve_paperwork",
     "un secrétariat qui décharge de papiers les généralistes libéraux de la commune"},
    {"salaried_posts",
     "des professionnels, généralistes sauf si `profession` en nomme d'autres, employés par la "
     "commune dans ses locaux : salaires payés, honoraires perçus"},
    {"hand_building_to_team",
     "la part du fonctionnement du bâtiment qu'une équipe reconnue reprend et paie"},
    {"renovate",
     "un bâtiment existant transformé en tant de cabinets, plus tôt et pour moins cher qu'un neuf"},
    {"prevention_programme",
     "des demi-journées de prévention pour les adultes qui n'en sont pas à jour"},
    {"steering_committee",
     "un comité qui regarde l'accès aux soins mesuré : sans lui, aucune condition sur une telle "
     "mesure n'est remplie"},
    {"mobile_unit",
     "un cabinet sur roues qui s'arrête tour à tour dans les communes, tant de jours par semaine"},
    {"telemedicine_booth",
     "des consultations à distance le jour même, pour qui se sert d'une cabine"},
    {"cpts_support",
     "le soutien à la communauté professionnelle territoriale de santé (CPTS) ; 1 : complet"},
    {"social_worker",
     "des travailleurs sociaux qui ouvrent des droits à la complémentaire santé solidaire et "
     "mènent les plus défavorisés aux soins"},
    {"population_grant",
     "la dotation de l'assurance maladie que demande un centre avec généralistes salariés, travail "
     "social, médiation et tiers payant chez tous les généralistes ; 1 : entière"},
});

struct ConditionMeaning {
  std::string_view name;
  Words meaning;
};
constexpr auto condition_meanings = std::to_array<ConditionMeaning>({
    {"team_stage",
     {"the team's project has come at least so far",
      "le projet de l'équipe en est au moins à cette étape"}},
    {"team_stage_below",
     {"the team's project has not come so far as this",
      "le projet de l'équipe n'en est pas encore à cette étape"}},
    {"professionals_at_least",
     {"so many professionals work in the commune that acts",
      "au moins tant de professionnels exercent dans la commune qui agit"}},
    {"rooms_short_at_least",
     {"so many team members have no room in common premises",
      "au moins tant de membres de l'équipe sont sans cabinet dans des locaux communs"}},
    {"building_open",
     {"the municipality's building has been delivered (true) or has not (false)",
      "le bâtiment de la commune est livré (true) ou ne l'est pas (false)"}},
    {"rooms_empty_at_least",
     {"so many rooms are empty in the building and in temporary premises",
      "au moins tant de cabinets sont vides dans le bâtiment et les locaux provisoires"}},
    {"self_employed_gps_below",
     {"fewer self-employed GPs than this work in the commune that acts",
      "moins de médecins généralistes libéraux que cela exercent dans la commune qui agit"}},
    {"without_gp_share_at_least",
     {"such a share of the residents aged 16 or more has no registered GP, as last measured",
      "au moins telle part des habitants de 16 ans ou plus est sans médecin traitant, à la "
      "dernière mesure"}},
    {"wait_days_at_least",
     {"the median wait for a GP is so many days, as last measured",
      "le délai médian pour voir un généraliste est d'au moins tant de jours, à la dernière "
      "mesure"}},
    {"renounced_share_at_least",
     {"such a share of the needs is given up, as last measured",
      "au moins telle part des besoins est abandonnée, à la dernière mesure"}},
});

}  // namespace

std::string lever_meaning(const scenario::LeverDefinition& lever, Language language) {
  std::string meaning(lever.meaning);
  for (const FrenchMeaning& known : french_meanings)
    if (known.lever == lever.name)
      meaning = analysis::say({meaning.c_str(), known.meaning}, language);
  return meaning;
}

std::string condition_meaning(std::string_view name, Language language) {
  for (const ConditionMeaning& known : condition_meanings)
    if (known.name == name) return analysis::say(known.meaning, language);
  for (const scenario::format::Key& key : scenario::format::when_table)
    if (key.name == name) return scenario::format::expectation(key);
  return "";
}

std::string parameters_page(const scenario::ParameterTable& table) {
  std::vector<std::string> groups;
  std::map<std::pair<std::string, char>, int> counts;
  for (const scenario::Parameter& parameter : table.rows()) {
    if (std::find(groups.begin(), groups.end(), parameter.group) == groups.end())
      groups.push_back(parameter.group);
    ++counts[{parameter.group, parameter.confidence}];
  }
  std::string page = "# Parameters\n\n" + written_by_the_program("scenarios/parameters.csv");
  page +=
      "It holds every number of the world that the model uses. Scenarios may set another value "
      "within the range;\n`maillage explain ID` shows one row, `--set ID=VALUE` changes it for a "
      "run.\n\n"
      "Grades: **A** read in the source, **B** from memory of a named source, **C** assumption. A "
      "range is what a careful\nreader would still find plausible; *none* where the number is a "
      "count or a rule.\n\n";
  page += head({"group", "A", "B", "C", "all"});
  std::array<int, 3> total{};
  for (const std::string& group : groups) {
    std::array<int, 3> here{};
    for (std::size_t grade = 0; grade < here.size(); ++grade) {
      here[grade] = counts[{group, static_cast<char>('A' + static_cast<int>(grade))}];
      total[grade] += here[grade];
    }
    page += row({fmt::format("{} (`{}`)", group_title(group), group), fmt::format("{}", here[0]),
                 fmt::format("{}", here[1]), fmt::format("{}", here[2]),
                 fmt::format("{}", here[0] + here[1] + here[2])});
  }
  page +=
      row({"**all**", fmt::format("**{}**", total[0]), fmt::format("**{}**", total[1]),
           fmt::format("**{}**", total[2]), fmt::format("**{}**", total[0] + total[1] + total[2])});
  for (const std::string& group : groups) {
    page += fmt::format("\n## {}\n\n", group_title(group));
    page += head({"id", "meaning", "value", "range", "unit", "year", "source", "grade", "note"});
    for (const scenario::Parameter& parameter : table.rows())
      if (parameter.group == group) page += parameter_row(parameter);
  }
  return page;
}

std::string indicators_page() {
  std::string page = "# Indicators\n\n" + written_by_the_program("sim/record/indicators.hpp");
  page +=
      "The results file holds one value of each for every month, replication and strategy, with "
      "these definitions as\nattributes. A *level* is the state at the end of the month (a year is "
      "the mean of its months), a *flow* is what\nhappened during it (a year is the sum). Unit 1 "
      "is a number without a unit.\n\n";
  page += head({"name", "title", "unit", "kind", "definition, formula and source"});
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions)
    page += row({code(indicator.name), cell(indicator.long_name), cell(indicator.unit),
                 kind(indicator.aggregation), cell(indicator.description)});
  return page + communes_section() + measures_section();
}

std::string levers_page() {
  std::string page =
      "# Levers and conditions\n\n" + written_by_the_program("sim/scenario/strategy.hpp");
  page +=
      "A strategy is a list of actions on these levers, each with an amount in the lever's unit "
      "and range; how a strategy\nfile is written is in [the scenario format](scenario-format.md). "
      "An amount of zero changes nothing at all.\n\n";
  page += head({"lever", "unit", "range", "what it is"});
  for (const scenario::LeverDefinition& lever : scenario::lever_definitions)
    page += row({code(lever.name), cell(lever.unit),
                 fmt::format("{} to {}{}", lever.low, lever.high,
                             scenario::comes_whole(lever) ? ", whole" : ""),
                 cell(lever.meaning)});
  page +=
      "\nAn action may wait for conditions in `when`; all of them must hold. They see what a "
      "municipality can see, never\nthe hidden state of the model. What is measured is known only "
      "while a `steering_committee` works.\n\n";
  page += head({"condition", "value", "holds when"});
  for (const scenario::format::Key& key : scenario::format::when_table)
    page += row({code(key.name), cell(scenario::format::expectation(key)),
                 cell(condition_meaning(key.name, Language::en))});
  return page;
}

}  // namespace cli
