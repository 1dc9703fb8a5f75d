#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "analysis/calendar.hpp"
#include "analysis/compare.hpp"

namespace analysis {
namespace {

using record::Indicator;
using record::Results;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t months_per_year = 12;
constexpr double stage_recognised = 5;  // of the indicator `team_stage`

/// Mean of the last twelve months (of all, if fewer) that have a number.
template <Indicator indicator>
double last_year(const Results& results, std::size_t strategy, std::size_t replication) {
  const auto months = results.months_of(indicator, strategy, replication);
  const std::size_t first = months.size() > months_per_year ? months.size() - months_per_year : 0;
  double sum = 0, count = 0;
  for (std::size_t m = first; m < months.size(); ++m) {
    if (std::isnan(months[m])) continue;
    sum += months[m];
    count += 1;
  }
  return count > 0 ? sum / count : not_a_number;
}

/// Sum over the horizon; not a number if a month is missing.
template <Indicator indicator>
double total(const Results& results, std::size_t strategy, std::size_t replication) {
  double sum = 0;
  for (const double month : results.months_of(indicator, strategy, replication)) sum += month;
  return sum;
}

double person_years(const Results& results, std::size_t strategy, std::size_t replication) {
  return total<Indicator::residents>(results, strategy, replication) / months_per_year;
}

template <Indicator indicator>
double per_thousand_a_year(const Results& results, std::size_t strategy, std::size_t replication) {
  return 1000 * total<indicator>(results, strategy, replication) /
         person_years(results, strategy, replication);
}

double gp_contacts(const Results& results, std::size_t strategy, std::size_t replication) {
  return (total<Indicator::seen_by_registered_gp>(results, strategy, replication) +
          total<Indicator::seen_by_another_gp>(results, strategy, replication) +
          total<Indicator::seen_at_walk_in>(results, strategy, replication) +
          total<Indicator::seen_at_mobile_unit>(results, strategy, replication) +
          total<Indicator::seen_at_booth>(results, strategy, replication)) /
         person_years(results, strategy, replication);
}

/// The stays of one run. They are sorted by replication, then strategy.
std::span<const record::Stay> stays_of(const Results& results, std::size_t strategy,
                                       std::size_t replication) {
  const auto run =
      std::pair{results.first_replication + static_cast<std::int64_t>(replication), strategy};
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

template <bool (*condition)(const Stay&)>
double count(const Results& results, std::size_t strategy, std::size_t replication) {
  const auto stays = stays_of(results, strategy, replication);
  return static_cast<double>(std::count_if(stays.begin(), stays.end(), condition));
}

/// Among those who arrived at least five years before the horizon, the share who stayed five years.
double stayed_five_years(const Results& results, std::size_t strategy, std::size_t replication) {
  constexpr std::int32_t five_years = 1826;  // days
  const std::int32_t horizon = horizon_day(results);
  double watched = 0, stayed = 0;
  for (const Stay& stay : stays_of(results, strategy, replication)) {
    if (!arrived(stay) || stay.arrival_day + five_years > horizon) continue;
    watched += 1;
    stayed += stay.departure_day - stay.arrival_day >= five_years ? 1 : 0;
  }
  return watched > 0 ? stayed / watched : not_a_number;
}

template <Indicator indicator>
double at_the_end(const Results& results, std::size_t strategy, std::size_t replication) {
  const auto months = results.months_of(indicator, strategy, replication);
  return months.empty() ? not_a_number : months.back();
}

double team_recognised(const Results& results, std::size_t strategy, std::size_t replication) {
  const double stage = at_the_end<Indicator::team_stage>(results, strategy, replication);
  if (std::isnan(stage)) return not_a_number;
  return stage >= stage_recognised ? 1 : 0;
}

constexpr auto residents = Concerned::residents;
constexpr auto budget = Concerned::budget;

constexpr std::array table{
    Measure{"adults_without_gp",
            {"Residents 16+ without a registered GP, last year",
             "Habitants de 16 ans ou plus sans médecin traitant, dernière année"},
            Unit::persons,
            0,
            Benefit::down,
            residents,
            true,
            false,
            last_year<Indicator::adults_without_gp>},
    Measure{"adults_without_gp_share",
            {"Share of residents 16+ without a registered GP, last year",
             "Part des 16 ans ou plus sans médecin traitant, dernière année"},
            Unit::share,
            1,
            Benefit::down,
            residents,
            false,
            false,
            last_year<Indicator::adults_without_gp_share>},
    Measure{"professionals",
            {"Professionals at work, last year", "Professionnels en exercice, dernière année"},
            Unit::persons,
            1,
            Benefit::up,
            residents,
            true,
            false,
            last_year<Indicator::professionals>},
    Measure{"gps",
            {"GPs at work, last year", "Médecins généralistes en exercice, dernière année"},
            Unit::persons,
            1,
            Benefit::up,
            residents,
            true,
            false,
            last_year<Indicator::gps>},
    Measure{"nurses",
            {"Nurses at work, last year", "Infirmiers en exercice, dernière année"},
            Unit::persons,
            1,
            Benefit::up,
            residents,
            false,
            false,
            last_year<Indicator::nurses>},
    Measure{
        "physiotherapists",
        {"Physiotherapists at work, last year", "Kinésithérapeutes en exercice, dernière année"},
        Unit::persons,
        1,
        Benefit::up,
        residents,
        false,
        false,
        last_year<Indicator::physiotherapists>},
    Measure{"dentists",
            {"Dentists at work, last year", "Chirurgiens-dentistes en exercice, dernière année"},
            Unit::persons,
            1,
            Benefit::up,
            residents,
            false,
            false,
            last_year<Indicator::dentists>},
    Measure{"professionals_in_focus",
            {"Professionals at work in the commune that acts, last year",
             "Professionnels en exercice dans la commune qui agit, dernière année"},
            Unit::persons,
            1,
            Benefit::up,
            residents,
            false,
            false,
            last_year<Indicator::professionals_in_focus>},
    Measure{
        "wait_mean",
        {"Mean wait for a GP, last year", "Délai moyen pour voir un généraliste, dernière année"},
        Unit::days,
        1,
        Benefit::down,
        residents,
        true,
        false,
        last_year<Indicator::wait_mean>},
    Measure{"wait_median",
            {"Median wait for a GP, last year (mean of monthly medians)",
             "Délai médian pour voir un généraliste, dernière année (moyenne des médianes "
             "mensuelles)"},
            Unit::days,
            1,
            Benefit::down,
            residents,
            false,
            false,
            last_year<Indicator::wait_median>},
    Measure{"wait_p90",
            {"Wait that one booking in ten exceeds, last year (mean of months)",
             "Délai dépassé par une réservation sur dix, dernière année (moyenne des mois)"},
            Unit::days,
            1,
            Benefit::down,
            residents,
            false,
            false,
            last_year<Indicator::wait_p90>},
    Measure{"renunciations",
            {"Renunciations, whole period", "Renoncements aux soins, toute la période"},
            Unit::per_thousand_a_year,
            1,
            Benefit::down,
            residents,
            true,
            false,
            per_thousand_a_year<Indicator::renunciations>},
    Measure{"emergency_visits",
            {"Emergency visits for want of an appointment, whole period",
             "Passages aux urgences faute de rendez-vous, toute la période"},
            Unit::per_thousand_a_year,
            1,
            Benefit::down,
            residents,
            true,
            false,
            per_thousand_a_year<Indicator::emergency_visits>},
    Measure{"gp_contacts",
            {"Consultations with a GP, whole period",
             "Consultations de médecine générale, toute la période"},
            Unit::per_resident_a_year,
            2,
            Benefit::up,
            residents,
            false,
            false,
            gp_contacts},
    Measure{"arrivals",
            {"Arrivals of professionals, whole period",
             "Installations de professionnels, toute la période"},
            Unit::persons,
            1,
            Benefit::neither,
            residents,
            false,
            false,
            count<arrived>},
    Measure{"gp_arrivals",
            {"Arrivals of GPs, whole period",
             "Installations de médecins généralistes, toute la période"},
            Unit::persons,
            1,
            Benefit::neither,
            residents,
            false,
            false,
            count<gp_arrived>},
    Measure{"departures",
            {"Departures of professionals, whole period",
             "Départs de professionnels, toute la période"},
            Unit::persons,
            1,
            Benefit::neither,
            residents,
            false,
            false,
            count<left>},
    Measure{
        "gp_departures",
        {"Departures of GPs, whole period", "Départs de médecins généralistes, toute la période"},
        Unit::persons,
        1,
        Benefit::neither,
        residents,
        false,
        false,
        count<gp_left>},
    Measure{"stayed_five_years",
            {"Share of new arrivals who stay five years",
             "Part des nouveaux installés qui restent cinq ans"},
            Unit::share,
            0,
            Benefit::up,
            residents,
            false,
            false,
            stayed_five_years},
    Measure{"net_cost",
            {"Net cost to the municipality, whole period",
             "Coût net pour la commune, toute la période"},
            Unit::euros,
            0,
            Benefit::down,
            budget,
            true,
            false,
            total<Indicator::net_cost>},
    Measure{"debt",
            {"Debt of the municipality at the end", "Dette de la commune à la fin"},
            Unit::euros,
            0,
            Benefit::down,
            budget,
            false,
            false,
            at_the_end<Indicator::debt>},
    Measure{"team_recognised",
            {"Share of runs in which a team is recognised at the end",
             "Part des simulations où une équipe est reconnue à la fin"},
            Unit::share,
            0,
            Benefit::neither,
            residents,
            false,
            true,
            team_recognised},
};

}  // namespace

std::span<const Measure> measures() { return table; }

}  // namespace analysis
