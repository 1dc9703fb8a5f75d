#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "analysis/calendar.hpp"
#include "analysis/measure.hpp"
#include "analysis/money.hpp"

namespace analysis {
namespace {

using record::Indicator;
using record::Results;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t months_per_year = 12;
constexpr double stage_recognised = 5;  // of the indicator `team_stage`

/// A number of one run.
using Number = std::function<double(const Results&, std::size_t strategy, std::size_t replication)>;

/// Mean of what is there.
double mean_of(std::span<const double> values) {
  double sum = 0, count = 0;
  for (const double value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : not_a_number;
}

/// Sum; not a number if a month is missing.
double sum_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

/// Mean of the last twelve months (of all, if fewer) that have a number.
Number last_year(Indicator indicator) {
  return [indicator](const Results& results, std::size_t strategy, std::size_t replication) {
    const auto months = results.months_of(indicator, strategy, replication);
    return mean_of(months.last(std::min(months.size(), months_per_year)));
  };
}

/// Mean of all months that have a number.
Number mean_month(Indicator indicator) {
  return [indicator](const Results& results, std::size_t strategy, std::size_t replication) {
    return mean_of(results.months_of(indicator, strategy, replication));
  };
}

/// Sum over the horizon.
Number total(Indicator indicator) {
  return [indicator](const Results& results, std::size_t strategy, std::size_t replication) {
    return sum_of(results.months_of(indicator, strategy, replication));
  };
}

Number at_the_end(Indicator indicator) {
  return [indicator](const Results& results, std::size_t strategy, std::size_t replication) {
    const auto months = results.months_of(indicator, strategy, replication);
    return months.empty() ? not_a_number : months.back();
  };
}

double person_years(const Results& results, std::size_t strategy, std::size_t replication) {
  return sum_of(results.months_of(Indicator::residents, strategy, replication)) / months_per_year;
}

Number per_thousand_a_year(Indicator indicator) {
  return [indicator](const Results& results, std::size_t strategy, std::size_t replication) {
    return 1000 * sum_of(results.months_of(indicator, strategy, replication)) /
           person_years(results, strategy, replication);
  };
}

double gp_contacts(const Results& results, std::size_t strategy, std::size_t replication) {
  double contacts = 0;
  for (const Indicator seen :
       {Indicator::seen_by_registered_gp, Indicator::seen_by_another_gp, Indicator::seen_at_walk_in,
        Indicator::seen_at_mobile_unit, Indicator::seen_at_booth})
    contacts += sum_of(results.months_of(seen, strategy, replication));
  return contacts / person_years(results, strategy, replication);
}

/// Share of the municipality's rooms in which nobody practises, over the last year; not a number
/// without rooms.
double rooms_vacant(const Results& results, std::size_t strategy, std::size_t replication) {
  const double rooms = last_year(Indicator::rooms)(results, strategy, replication);
  const double used = last_year(Indicator::rooms_occupied)(results, strategy, replication);
  return rooms > 0 ? 1 - used / rooms : not_a_number;
}

double team_recognised(const Results& results, std::size_t strategy, std::size_t replication) {
  const double stage = at_the_end(Indicator::team_stage)(results, strategy, replication);
  if (std::isnan(stage)) return not_a_number;
  return stage >= stage_recognised ? 1 : 0;
}

/// The stays of one run. They are sorted by replication, then strategy.
std::span<const record::Stay> stays_of(const Results& results, std::size_t strategy,
                                       std::size_t replication) {
  const auto run = std::pair{std::int64_t{results.replication_numbers[replication]}, strategy};
  const auto run_of = [](const record::Stay& stay) {
    return std::pair{static_cast<std::int64_t>(stay.replication),
                     static_cast<std::size_t>(stay.strategy)};
  };
  const auto first =
      std::partition_point(results.stays.begin(), results.stays.end(),
                           [&](const record::Stay& stay) { return run_of(stay) < run; });
  const auto last = std::partition_point(
      first, results.stays.end(), [&](const record::Stay& stay) { return run_of(stay) == run; });
  return {first, last};
}

using record::Stay;
bool arrived(const Stay& stay) { return !stay.here_at_start; }
bool left(const Stay& stay) { return stay.cause != record::DepartureCause::still_here; }
bool is_gp(const Stay& stay) { return stay.profession == world::Profession::gp; }
bool gp_arrived(const Stay& stay) { return arrived(stay) && is_gp(stay); }
bool gp_left(const Stay& stay) { return left(stay) && is_gp(stay); }

Number count(bool (*condition)(const Stay&)) {
  return [condition](const Results& results, std::size_t strategy, std::size_t replication) {
    const auto stays = stays_of(results, strategy, replication);
    return static_cast<double>(std::count_if(stays.begin(), stays.end(), condition));
  };
}

/// Among those who arrived at least five years before the horizon, the share who stayed five years.
Number stayed_five_years(bool gps_only) {
  return [gps_only](const Results& results, std::size_t strategy, std::size_t replication) {
    constexpr std::int32_t five_years = 1826;  // days
    const std::int32_t horizon = horizon_day(results);
    double watched = 0, stayed = 0;
    for (const Stay& stay : stays_of(results, strategy, replication)) {
      if (!arrived(stay) || stay.arrival_day + five_years > horizon) continue;
      if (gps_only && !is_gp(stay)) continue;
      watched += 1;
      stayed += stay.departure_day - stay.arrival_day >= five_years ? 1 : 0;
    }
    return watched > 0 ? stayed / watched : not_a_number;
  };
}

double net_cost_today(const Results& results, std::size_t strategy, std::size_t replication) {
  const auto rate = discount_rate(results);
  if (!rate) return not_a_number;
  return present_value(results.months_of(Indicator::net_cost, strategy, replication), *rate);
}

double net_cost_and_debt_today(const Results& results, std::size_t strategy,
                               std::size_t replication) {
  const auto rate = discount_rate(results);
  if (!rate) return not_a_number;
  return net_cost_today(results, strategy, replication) +
         at_the_end(Indicator::debt)(results, strategy, replication) *
             discount_factor(*rate, static_cast<double>(results.months) / months_per_year);
}

std::vector<Measure> chosen_measures() {
  constexpr Theme supply = Theme::supply, access = Theme::access, outcomes = Theme::outcomes,
                  equity = Theme::equity, money = Theme::money;
  constexpr Period year = Period::last_year, whole = Period::whole_period, end = Period::at_the_end;
  constexpr Benefit up = Benefit::up, down = Benefit::down, neither = Benefit::neither;
  constexpr bool shown = true, not_shown = false;
  const auto measure = [](std::string_view name, const Words& label, Theme theme, Period period,
                          Unit unit, int decimals, Benefit good, bool headline, Number of,
                          const Words& own_unit = {}) {
    return Measure{name, label,    theme, period,   unit, decimals,
                   good, headline, false, own_unit, {},   std::move(of)};
  };
  std::vector<Measure> table{
      measure("professionals", {"Professionals in the basin", "Professionnels dans le bassin"},
              supply, year, Unit::persons, 1, up, shown, last_year(Indicator::professionals)),
      measure("gps", {"GPs in the basin", "Médecins généralistes dans le bassin"}, supply, year,
              Unit::persons, 1, up, shown, last_year(Indicator::gps)),
      measure("professionals_in_focus",
              {"Professionals in the commune that acts", "Professionnels dans la commune qui agit"},
              supply, year, Unit::persons, 1, up, shown,
              last_year(Indicator::professionals_in_focus)),
      measure("nurses", {"Nurses in the basin", "Infirmiers dans le bassin"}, supply, year,
              Unit::persons, 1, up, not_shown, last_year(Indicator::nurses)),
      measure("physiotherapists",
              {"Physiotherapists in the basin", "Kinésithérapeutes dans le bassin"}, supply, year,
              Unit::persons, 1, up, not_shown, last_year(Indicator::physiotherapists)),
      measure("dentists", {"Dentists in the basin", "Chirurgiens-dentistes dans le bassin"}, supply,
              year, Unit::persons, 1, up, not_shown, last_year(Indicator::dentists)),
      measure("stayed_five_years",
              {"Share of new arrivals who stay five years",
               "Part des nouveaux installés qui restent cinq ans"},
              supply, whole, Unit::share, 0, up, shown, stayed_five_years(false)),
      measure("gps_stayed_five_years",
              {"Share of newly arrived GPs who stay five years",
               "Part des généralistes nouvellement installés qui restent cinq ans"},
              supply, whole, Unit::share, 0, up, not_shown, stayed_five_years(true)),
      measure("rooms_vacant",
              {"Share of the municipality's rooms that stand empty",
               "Part des cabinets de la commune qui restent vides"},
              supply, year, Unit::share, 0, down, shown, rooms_vacant),
      measure("arrivals", {"Arrivals of professionals", "Installations de professionnels"}, supply,
              whole, Unit::persons, 1, neither, not_shown, count(arrived)),
      measure("gp_arrivals", {"Arrivals of GPs", "Installations de médecins généralistes"}, supply,
              whole, Unit::persons, 1, neither, not_shown, count(gp_arrived)),
      measure("departures", {"Departures of professionals", "Départs de professionnels"}, supply,
              whole, Unit::persons, 1, neither, not_shown, count(left)),
      measure("gp_departures", {"Departures of GPs", "Départs de médecins généralistes"}, supply,
              whole, Unit::persons, 1, neither, not_shown, count(gp_left)),
      measure("team_recognised",
              {"Share of runs in which a team is recognised",
               "Part des simulations où une équipe est reconnue"},
              supply, end, Unit::share, 0, neither, not_shown, team_recognised),

      measure("adults_without_gp",
              {"Residents 16+ without a registered GP",
               "Habitants de 16 ans ou plus sans médecin traitant"},
              access, year, Unit::persons, 0, down, shown, last_year(Indicator::adults_without_gp)),
      measure("adults_without_gp_share",
              {"Share of residents 16+ without a registered GP",
               "Part des 16 ans ou plus sans médecin traitant"},
              access, year, Unit::share, 1, down, not_shown,
              last_year(Indicator::adults_without_gp_share)),
      measure("local_accessibility",
              {"Local accessibility of GPs (APL)",
               "Accessibilité potentielle localisée aux généralistes (APL)"},
              access, year, Unit::per_resident_a_year, 2, up, shown,
              last_year(Indicator::local_accessibility),
              {"consultations per resident and year", "consultations par habitant et par an"}),
      measure("underserved_share",
              {"Share of residents in an underserved commune",
               "Part des habitants en commune sous-dense"},
              access, year, Unit::share, 1, down, not_shown,
              last_year(Indicator::underserved_share)),
      measure("wait_mean", {"Mean wait for a GP", "Délai moyen pour voir un généraliste"}, access,
              year, Unit::days, 1, down, shown, last_year(Indicator::wait_mean)),
      measure("wait_median",
              {"Median wait for a GP (mean of months)",
               "Délai médian pour voir un généraliste (moyenne des mois)"},
              access, year, Unit::days, 1, down, shown, last_year(Indicator::wait_median)),
      measure("wait_p90",
              {"Wait that one booking in ten exceeds (mean of months)",
               "Délai dépassé par un rendez-vous sur dix (moyenne des mois)"},
              access, year, Unit::days, 1, down, shown, last_year(Indicator::wait_p90)),
      measure("requests_failed_share",
              {"Share of requests that fail", "Part des demandes sans rendez-vous"}, access, year,
              Unit::share, 1, down, shown, last_year(Indicator::requests_failed_share)),
      measure("renunciations", {"Renunciations", "Renoncements aux soins"}, access, whole,
              Unit::per_thousand_a_year, 1, down, shown,
              per_thousand_a_year(Indicator::renunciations)),
      measure("gp_contacts", {"Consultations with a GP", "Consultations de médecine générale"},
              access, whole, Unit::per_resident_a_year, 2, up, not_shown, gp_contacts),

      measure("emergency_visits_treatable",
              {"Emergency visits that primary care could have treated",
               "Passages aux urgences relevant des soins primaires"},
              outcomes, whole, Unit::per_thousand_a_year, 1, down, shown,
              per_thousand_a_year(Indicator::emergency_visits_treatable)),
      measure("emergency_visits",
              {"Emergency visits for want of an appointment",
               "Passages aux urgences faute de rendez-vous"},
              outcomes, whole, Unit::per_thousand_a_year, 1, down, not_shown,
              per_thousand_a_year(Indicator::emergency_visits)),
      measure("avoidable_admissions", {"Avoidable hospital stays", "Hospitalisations évitables"},
              outcomes, whole, Unit::per_thousand_a_year, 2, down, shown,
              per_thousand_a_year(Indicator::avoidable_admissions)),
      measure("follow_up_unmet",
              {"Residents with a long-term condition whose follow-up is unmet",
               "Habitants en affection de longue durée sans suivi"},
              outcomes, year, Unit::persons, 0, down, not_shown,
              last_year(Indicator::follow_up_unmet)),
      measure("continuity_of_care",
              {"Continuity: consultations with the usual GP or team",
               "Continuité : consultations avec le médecin habituel ou son équipe"},
              outcomes, year, Unit::share, 1, up, shown, last_year(Indicator::continuity_of_care)),

      measure("renunciation_concentration_index",
              {"Inequality of renunciations (concentration index)",
               "Inégalité des renoncements (indice de concentration)"},
              equity, whole, Unit::none, 3, up, shown,
              mean_month(Indicator::renunciation_concentration_index)),
      measure("renunciation_slope_index",
              {"Inequality of renunciations (slope index)",
               "Inégalité des renoncements (indice de pente)"},
              equity, whole, Unit::per_resident_a_year, 3, up, shown,
              mean_month(Indicator::renunciation_slope_index)),

      measure("net_cost", {"Net cost to the municipality", "Coût net pour la commune"}, money,
              whole, Unit::euros, 0, down, shown, total(Indicator::net_cost)),
      measure("net_cost_present_value",
              {"Present value of the net cost", "Valeur actuelle du coût net"}, money, whole,
              Unit::euros, 0, down, shown, net_cost_today),
      measure("net_cost_and_debt_present_value",
              {"Present value of the net cost and of the debt left",
               "Valeur actuelle du coût net et de la dette restante"},
              money, whole, Unit::euros, 0, down, not_shown, net_cost_and_debt_today),
      measure("debt", {"Debt of the municipality", "Dette de la commune"}, money, end, Unit::euros,
              0, down, shown, at_the_end(Indicator::debt)),
  };
  for (Measure& one : table) {
    one.yes_or_no = one.name == "team_recognised";
    if (one.theme == equity)
      one.note = {"below 0: against the deprived", "sous 0 : au détriment des plus modestes"};
  }
  return table;
}

Theme theme_of(const record::IndicatorDefinition& indicator) {
  if (indicator.unit == "EUR") return Theme::money;
  if (indicator.name.find("quintile") != std::string_view::npos) return Theme::equity;
  if (indicator.unit == "persons" || indicator.unit == "rooms" || indicator.unit == "stage")
    return Theme::supply;
  return Theme::access;
}

/// What the unit of an indicator is called, in both languages; itself if it is not known here.
Words words_of_unit(std::string_view unit) {
  if (unit == "persons") return {"persons", "personnes"};
  if (unit == "needs") return {"needs", "besoins"};
  if (unit == "contacts") return {"consultations", "consultations"};
  if (unit == "visits") return {"visits", "passages"};
  if (unit == "admissions") return {"stays", "séjours"};
  if (unit == "days") return {"days", "jours"};
  if (unit == "rooms") return {"rooms", "cabinets"};
  if (unit == "stage") return {"stage", "étape"};
  if (unit == "1") return {"from 0 to 1", "de 0 à 1"};
  return {unit, unit};
}

/// The measure of an indicator that nobody worded: its last year, or its sum.
Measure plain_measure(const record::IndicatorDefinition& indicator) {
  const bool level = indicator.aggregation == record::Aggregation::level;
  const Words worded = label(indicator.indicator).name;
  Measure measure;
  measure.name = indicator.name;
  measure.label = worded.en.empty() ? Words{indicator.long_name, indicator.long_name} : worded;
  measure.theme = theme_of(indicator);
  measure.period = level ? Period::last_year : Period::whole_period;
  measure.unit = indicator.unit == "EUR" ? Unit::euros : Unit::persons;
  measure.decimals = indicator.unit == "1" ? 3 : indicator.unit == "EUR" ? 0 : 1;
  if (measure.unit != Unit::euros) measure.own_unit = words_of_unit(indicator.unit);
  measure.of = level ? last_year(indicator.indicator) : total(indicator.indicator);
  return measure;
}

std::vector<Measure> all_measures() {
  std::vector<Measure> table = chosen_measures();
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions)
    if (std::none_of(table.begin(), table.end(),
                     [&](const Measure& measure) { return measure.name == indicator.name; }))
      table.push_back(plain_measure(indicator));
  std::stable_sort(table.begin(), table.end(),
                   [](const Measure& a, const Measure& b) { return a.theme < b.theme; });
  return table;
}

}  // namespace

std::span<const Measure> measures() {
  static const std::vector<Measure> table = all_measures();
  return table;
}

Words label(Theme theme) {
  switch (theme) {
    case Theme::supply:
      return {"Supply", "Offre"};
    case Theme::access:
      return {"Access", "Accès"};
    case Theme::outcomes:
      return {"Outcomes", "Effets sur les soins"};
    case Theme::equity:
      return {"Equity", "Équité"};
    case Theme::money:
      return {"Money", "Argent"};
  }
  return {};
}

Words label(Period period) {
  switch (period) {
    case Period::last_year:
      return {"last year", "dernière année"};
    case Period::whole_period:
      return {"whole period", "toute la période"};
    case Period::at_the_end:
      return {"at the end", "à la fin"};
  }
  return {};
}

std::string title(const Measure& measure, Language language) {
  return say(measure.label, language) + ", " + say(label(measure.period), language);
}

std::string unit_text(const Measure& measure, Language language) {
  return say(measure.own_unit.en.empty() ? unit_words(measure.unit) : measure.own_unit, language);
}

}  // namespace analysis
