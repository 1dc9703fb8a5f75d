/// The monthly indicators: one definition each, from which the results file, the comparison and the
/// report take names, units and meaning.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace record {

enum class Indicator : std::uint8_t {
  residents,
  births,
  deaths,
  professionals,
  gps,
  nurses,
  physiotherapists,
  dentists,
  professionals_in_focus,
  adults_without_gp,
  adults_without_gp_share,
  needs,
  seen_by_registered_gp,
  seen_by_another_gp,
  emergency_visits,
  renunciations,
  wait_mean,
  wait_median,
  wait_p90,
  team_stage,
  team_cohesion,
  rooms,
  rooms_occupied,
  net_cost,
  debt,
};
inline constexpr std::size_t indicator_count = 25;

/// How the months of an indicator add up to a year.
enum class Aggregation : std::uint8_t {
  level,  ///< the state at the end of the month; a year is the mean of its months
  flow,   ///< what happened during the month; a year is the sum of its months
};

struct IndicatorDefinition {
  Indicator indicator;
  std::string_view name;  ///< the variable's name in the results file
  Aggregation aggregation;
  std::string_view unit;
  std::string_view long_name;
  std::string_view description;  ///< exact definition
};

inline constexpr std::array<IndicatorDefinition, indicator_count> indicator_definitions{{
    {Indicator::residents, "residents", Aggregation::level, "persons", "Residents",
     "People who live in the catchment at the end of the month"},
    {Indicator::births, "births", Aggregation::flow, "persons", "Births",
     "Residents born during the month"},
    {Indicator::deaths, "deaths", Aggregation::flow, "persons", "Deaths",
     "Residents who died during the month"},
    {Indicator::professionals, "professionals", Aggregation::level, "persons",
     "Professionals at work",
     "General practitioners, nurses, physiotherapists and dentists at work in the catchment at the "
     "end of the month"},
    {Indicator::gps, "gps", Aggregation::level, "persons", "GPs at work",
     "General practitioners at work in the catchment at the end of the month"},
    {Indicator::nurses, "nurses", Aggregation::level, "persons", "Nurses at work",
     "Nurses at work in the catchment at the end of the month"},
    {Indicator::physiotherapists, "physiotherapists", Aggregation::level, "persons",
     "Physiotherapists at work",
     "Physiotherapists at work in the catchment at the end of the month"},
    {Indicator::dentists, "dentists", Aggregation::level, "persons", "Dentists at work",
     "Dentists at work in the catchment at the end of the month"},
    {Indicator::professionals_in_focus, "professionals_in_focus", Aggregation::level, "persons",
     "Professionals at work in the commune that acts",
     "Professionals of the four professions at work in the commune whose municipality acts, at the "
     "end of the month"},
    {Indicator::adults_without_gp, "adults_without_gp", Aggregation::level, "persons",
     "Residents 16+ without a registered GP",
     "Residents aged 16 or more who have no registered GP at the end of the month, those who never "
     "looked for one included"},
    {Indicator::adults_without_gp_share, "adults_without_gp_share", Aggregation::level, "1",
     "Share of residents 16+ without a registered GP",
     "adults_without_gp over the residents aged 16 or more"},
    {Indicator::needs, "needs", Aggregation::flow, "needs", "Needs for a GP",
     "Needs for a general practitioner that arose during the month"},
    {Indicator::seen_by_registered_gp, "seen_by_registered_gp", Aggregation::flow, "contacts",
     "Contacts with the registered GP",
     "Consultations held during the month with the patient's registered GP"},
    {Indicator::seen_by_another_gp, "seen_by_another_gp", Aggregation::flow, "contacts",
     "Contacts with another GP",
     "Consultations held during the month with a GP who is not the patient's registered GP"},
    {Indicator::emergency_visits, "emergency_visits", Aggregation::flow, "visits",
     "Emergency visits that primary care could have treated",
     "Needs that no practice took in time and that ended in an emergency department during the "
     "month"},
    {Indicator::renunciations, "renunciations", Aggregation::flow, "needs", "Renunciations",
     "Needs that no practice took in time and that the resident gave up during the month"},
    {Indicator::wait_mean, "wait_mean", Aggregation::level, "days", "Mean wait for a GP",
     "Mean time from request to consultation, over the consultations booked during the month; "
     "missing in a month without any"},
    {Indicator::wait_median, "wait_median", Aggregation::level, "days", "Median wait for a GP",
     "Median time from request to consultation, over the consultations booked during the month"},
    {Indicator::wait_p90, "wait_p90", Aggregation::level, "days", "Ninth decile of the wait",
     "90th percentile of the time from request to consultation, over the consultations booked "
     "during the month"},
    {Indicator::team_stage, "team_stage", Aggregation::level, "stage",
     "Stage of the team's project",
     "0 none, 1 nucleus, 2 diagnosis, 3 project drafted, 4 submitted, 5 recognised, 6 funded "
     "(ACI), "
     "at the end of the month"},
    {Indicator::team_cohesion, "team_cohesion", Aggregation::level, "1", "Cohesion of the team",
     "In [0, 1]; 0 without a team"},
    {Indicator::rooms, "rooms", Aggregation::level, "rooms", "Rooms of the municipality",
     "Consulting rooms that the municipality has opened, temporary premises included"},
    {Indicator::rooms_occupied, "rooms_occupied", Aggregation::level, "rooms", "Rooms occupied",
     "Those of `rooms` in which a professional practises"},
    {Indicator::net_cost, "net_cost", Aggregation::flow, "EUR", "Net cost to the municipality",
     "Money paid less money received by the municipality during the month; works paid from a loan "
     "count when the loan is repaid"},
    {Indicator::debt, "debt", Aggregation::level, "EUR", "Debt of the municipality",
     "Loan principal still to be repaid at the end of the month"},
}};

constexpr const IndicatorDefinition& definition(Indicator indicator) {
  return indicator_definitions[static_cast<std::size_t>(indicator)];
}

}  // namespace record
