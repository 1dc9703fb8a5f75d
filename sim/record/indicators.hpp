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
  specialists,
  midwives,
  pharmacists,
  advanced_nurses,
  speech_therapists,
  occupational_therapists,
  psychomotor_therapists,
  orthoptists,
  dietitians,
  podiatrists,
  professionals_in_focus,
  adults_without_gp,
  adults_without_gp_share,
  needs,
  seen_by_registered_gp,
  seen_by_another_gp,
  seen_at_walk_in,
  emergency_visits,
  renunciations,
  emergency_visits_treatable,
  emergency_visits_all,
  avoidable_admissions,
  follow_up_unmet,
  requests_failed_share,
  renounced_share,
  continuity_of_care,
  local_accessibility,
  underserved_share,
  renunciations_quintile_1,
  renunciations_quintile_2,
  renunciations_quintile_3,
  renunciations_quintile_4,
  renunciations_quintile_5,
  renunciation_concentration_index,
  renunciation_slope_index,
  wait_mean,
  wait_median,
  wait_p90,
  team_stage,
  team_cohesion,
  rooms,
  rooms_occupied,
  net_cost,
  debt,
  other_needs,
  other_needs_served,
  other_needs_not_served,
  other_sessions,
  seen_by_substitute,
  nurse_wait_mean,
  nurse_failed_share,
  physiotherapist_wait_mean,
  physiotherapist_failed_share,
  dentist_wait_mean,
  dentist_failed_share,
  midwife_wait_mean,
  midwife_failed_share,
  specialist_wait_mean,
  specialist_failed_share,
  prevention_up_to_date_share,
  near_gp_share,
  satisfaction,
  actions_refused,
  partnership,
  rooms_vacant_share,
  seen_at_mobile_unit,
  seen_at_booth,
  matched_by_network,
  residents_settled,
  residents_moved_away,
  warm_up_detected,
  gp_fte,
  gps_in_focus,
  gp_arrivals,
  gp_departures,
  team_members,
  team_sites,
};

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

inline constexpr auto indicator_definitions = std::to_array<IndicatorDefinition>({
    {Indicator::residents, "residents", Aggregation::level, "persons", "Residents",
     "People who live in the catchment at the end of the month"},
    {Indicator::births, "births", Aggregation::flow, "persons", "Births",
     "Residents born during the month"},
    {Indicator::deaths, "deaths", Aggregation::flow, "persons", "Deaths",
     "Residents who died during the month"},
    {Indicator::professionals, "professionals", Aggregation::level, "persons",
     "Professionals at work",
     "Health professionals of all professions at work in the catchment at the end of the month"},
    {Indicator::gps, "gps", Aggregation::level, "persons", "GPs at work",
     "General practitioners at work in the catchment at the end of the month"},
    {Indicator::nurses, "nurses", Aggregation::level, "persons", "Nurses at work",
     "Nurses at work in the catchment at the end of the month"},
    {Indicator::physiotherapists, "physiotherapists", Aggregation::level, "persons",
     "Physiotherapists at work",
     "Physiotherapists at work in the catchment at the end of the month"},
    {Indicator::dentists, "dentists", Aggregation::level, "persons", "Dentists at work",
     "Dentists at work in the catchment at the end of the month"},
    {Indicator::specialists, "specialists", Aggregation::level, "persons", "Specialists at work",
     "Other medical specialists at work in the catchment at the end of the month"},
    {Indicator::midwives, "midwives", Aggregation::level, "persons", "Midwives at work",
     "Midwives at work in the catchment at the end of the month"},
    {Indicator::pharmacists, "pharmacists", Aggregation::level, "persons", "Pharmacists at work",
     "Pharmacists with a pharmacy at work in the catchment at the end of the month"},
    {Indicator::advanced_nurses, "advanced_nurses", Aggregation::level, "persons",
     "Advanced-practice nurses at work",
     "Advanced-practice nurses at work in the catchment at the end of the month"},
    {Indicator::speech_therapists, "speech_therapists", Aggregation::level, "persons",
     "Speech therapists at work",
     "Speech therapists at work in the catchment at the end of the month"},
    {Indicator::occupational_therapists, "occupational_therapists", Aggregation::level, "persons",
     "Occupational therapists at work",
     "Occupational therapists at work in the catchment at the end of the month"},
    {Indicator::psychomotor_therapists, "psychomotor_therapists", Aggregation::level, "persons",
     "Psychomotor therapists at work",
     "Psychomotor therapists at work in the catchment at the end of the month"},
    {Indicator::orthoptists, "orthoptists", Aggregation::level, "persons", "Orthoptists at work",
     "Orthoptists at work in the catchment at the end of the month"},
    {Indicator::dietitians, "dietitians", Aggregation::level, "persons", "Dietitians at work",
     "Dietitians at work in the catchment at the end of the month"},
    {Indicator::podiatrists, "podiatrists", Aggregation::level, "persons", "Podiatrists at work",
     "Podiatrists at work in the catchment at the end of the month"},
    {Indicator::professionals_in_focus, "professionals_in_focus", Aggregation::level, "persons",
     "Professionals at work in the commune that acts",
     "Health professionals of all professions at work in the commune whose municipality acts, at "
     "the "
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
    {Indicator::seen_at_walk_in, "seen_at_walk_in", Aggregation::flow, "contacts",
     "Contacts at the walk-in unit",
     "Consultations held during the month without appointment: urgent needs that the practice "
     "asked first could not take in time, and residents who would have gone to an emergency "
     "department"},
    {Indicator::emergency_visits, "emergency_visits", Aggregation::flow, "visits",
     "Emergency visits for want of an appointment",
     "Needs that no practice took in time and that ended in an emergency department during the "
     "month"},
    {Indicator::renunciations, "renunciations", Aggregation::flow, "needs", "Renunciations",
     "Needs that no practice took in time and that the resident gave up during the month"},
    {Indicator::emergency_visits_treatable, "emergency_visits_treatable", Aggregation::flow,
     "visits", "Emergency visits that primary care could have treated",
     "emergency_visits, and of the visits that do not follow from a failed request those that "
     "primary care could have treated: a Poisson draw around sum over residents of visits by age "
     "(ed_visits_*) times (t - s), t: ed_low_acuity_share (Cour des comptes 2014, 2019), s: "
     "ed_failed_request_share"},
    {Indicator::emergency_visits_all, "emergency_visits_all", Aggregation::flow, "visits",
     "Emergency visits",
     "All visits to an emergency department during the month: emergency_visits_treatable and the "
     "others, a Poisson draw around visits by age times (1 - t). France: 0.306 per resident and "
     "year (Drees 2024)"},
    {Indicator::avoidable_admissions, "avoidable_admissions", Aggregation::flow, "admissions",
     "Avoidable hospital stays",
     "Potentially avoidable hospital stays during the month (Ansari's definition): a Poisson draw "
     "around the sum over residents with a long-term condition of level exp(slope (age - 75)), "
     "times hpe_no_mt_rr where follow-up is unmet. France: 9.0 per 1,000 residents and year "
     "(Mercier et al. 2015)"},
    {Indicator::follow_up_unmet, "follow_up_unmet", Aggregation::level, "persons",
     "Residents with a long-term condition whose follow-up is unmet",
     "Residents with a long-term condition (ALD) who at the end of the month have no registered "
     "GP, or have not seen a GP for follow_up_months"},
    {Indicator::requests_failed_share, "requests_failed_share", Aggregation::level, "1",
     "Share of requests that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, over all requests of the month. France: 0.05 (Drees 2018)"},
    {Indicator::renounced_share, "renounced_share", Aggregation::level, "1",
     "Share of needs given up",
     "renunciations over the needs that arose during the month. France: 0.016, 5 % of requests "
     "that fail times 32 % that give up (Drees 2018)"},
    {Indicator::continuity_of_care, "continuity_of_care", Aggregation::level, "1",
     "Continuity of care",
     "Consultations with the registered GP, or with a GP of the same team, over the consultations "
     "held during the month: the usual provider of care index (Breslau and Reeb 1975), with the "
     "team as the provider"},
    {Indicator::local_accessibility, "local_accessibility", Aggregation::level,
     "contacts/person/year", "Local accessibility of GPs (APL)",
     "Consultations that the GPs at work offer within reach, per year and resident weighted by "
     "what their age consumes: two-step floating catchment, R_j = m_j / sum_i w_ij p_i, A_i = "
     "sum_j w_ij R_j (Drees, Études et résultats 795, 2012; weights of Dossiers 17, 2017), mean "
     "over the communes of the catchment weighted by p, at the end of the month"},
    {Indicator::underserved_share, "underserved_share", Aggregation::level, "1",
     "Share of residents underserved",
     "Residents of communes whose local accessibility is below apl_threshold_underdense (2.5 "
     "consultations a year; Drees, Dossiers 17, 2017), weighted by what their age consumes"},
    {Indicator::renunciations_quintile_1, "renunciations_quintile_1", Aggregation::flow, "needs",
     "Renunciations, least deprived fifth",
     "Those of `renunciations` of the least deprived fifth of the residents"},
    {Indicator::renunciations_quintile_2, "renunciations_quintile_2", Aggregation::flow, "needs",
     "Renunciations, second fifth of deprivation",
     "Those of `renunciations` of the second fifth of deprivation"},
    {Indicator::renunciations_quintile_3, "renunciations_quintile_3", Aggregation::flow, "needs",
     "Renunciations, third fifth of deprivation",
     "Those of `renunciations` of the third fifth of deprivation"},
    {Indicator::renunciations_quintile_4, "renunciations_quintile_4", Aggregation::flow, "needs",
     "Renunciations, fourth fifth of deprivation",
     "Those of `renunciations` of the fourth fifth of deprivation"},
    {Indicator::renunciations_quintile_5, "renunciations_quintile_5", Aggregation::flow, "needs",
     "Renunciations, most deprived fifth",
     "Those of `renunciations` of the most deprived fifth of the residents"},
    {Indicator::renunciation_concentration_index, "renunciation_concentration_index",
     Aggregation::level, "1", "Concentration index of renunciations",
     "2 / h sum_q f_q h_q R_q - 1 over the fifths of deprivation, the most deprived first; f: "
     "share of the residents, h: renunciations of the month per resident, R: middle rank; below 0 "
     "where the deprived give up more (Kakwani, Wagstaff, van Doorslaer 1997); missing in a month "
     "without any"},
    {Indicator::renunciation_slope_index, "renunciation_slope_index", Aggregation::level,
     "needs/person/year", "Slope index of inequality of renunciations",
     "Slope of the renunciations per resident and year over the rank from the most deprived (0) "
     "to the least (1), by least squares weighted by residents; below 0 where the deprived give "
     "up more (Kakwani, Wagstaff, van Doorslaer 1997)"},
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
    {Indicator::other_needs, "other_needs", Aggregation::flow, "needs",
     "Needs for other professions",
     "Needs that arose during the month and for which another profession than the GP is contacted "
     "first, by direct access or by a GP's referral; a series of sessions is one need"},
    {Indicator::other_needs_served, "other_needs_served", Aggregation::flow, "needs",
     "Needs for other professions that were met",
     "Needs of other_needs whose first session was held during the month"},
    {Indicator::other_needs_not_served, "other_needs_not_served", Aggregation::flow, "needs",
     "Needs for other professions that were not met",
     "Needs of other_needs that found no appointment in time and were given up during the month"},
    {Indicator::other_sessions, "other_sessions", Aggregation::flow, "contacts",
     "Sessions of other professions",
     "Sessions booked during the month with other professions than the GP, those of a series "
     "included"},
    {Indicator::seen_by_substitute, "seen_by_substitute", Aggregation::flow, "contacts",
     "Needs for a GP met by another profession",
     "Needs for a general practitioner that a colleague of another profession met during the "
     "month, "
     "in a recognised team"},
    {Indicator::nurse_wait_mean, "nurse_wait_mean", Aggregation::level, "days",
     "Mean wait for a nurse",
     "Mean time from request to the first session, over those booked during the month with a "
     "nurse; "
     "missing in a month without any"},
    {Indicator::nurse_failed_share, "nurse_failed_share", Aggregation::level, "1",
     "Share of requests to a nurse that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, or for which there is no practice, over all requests of the month"},
    {Indicator::physiotherapist_wait_mean, "physiotherapist_wait_mean", Aggregation::level, "days",
     "Mean wait for a physiotherapist",
     "Mean time from request to the first session, over those booked during the month with a "
     "physiotherapist; "
     "missing in a month without any"},
    {Indicator::physiotherapist_failed_share, "physiotherapist_failed_share", Aggregation::level,
     "1", "Share of requests to a physiotherapist that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, or for which there is no practice, over all requests of the month"},
    {Indicator::dentist_wait_mean, "dentist_wait_mean", Aggregation::level, "days",
     "Mean wait for a dentist",
     "Mean time from request to the first session, over those booked during the month with a "
     "dentist; "
     "missing in a month without any"},
    {Indicator::dentist_failed_share, "dentist_failed_share", Aggregation::level, "1",
     "Share of requests to a dentist that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, or for which there is no practice, over all requests of the month"},
    {Indicator::midwife_wait_mean, "midwife_wait_mean", Aggregation::level, "days",
     "Mean wait for a midwife",
     "Mean time from request to the first session, over those booked during the month with a "
     "midwife; "
     "missing in a month without any"},
    {Indicator::midwife_failed_share, "midwife_failed_share", Aggregation::level, "1",
     "Share of requests to a midwife that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, or for which there is no practice, over all requests of the month"},
    {Indicator::specialist_wait_mean, "specialist_wait_mean", Aggregation::level, "days",
     "Mean wait for a specialist",
     "Mean time from request to the first session, over those booked during the month with a "
     "specialist; "
     "missing in a month without any"},
    {Indicator::specialist_failed_share, "specialist_failed_share", Aggregation::level, "1",
     "Share of requests to a specialist that fail",
     "Requests for which the practice asked first has no appointment within the resident's "
     "patience, or for which there is no practice, over all requests of the month"},
    {Indicator::prevention_up_to_date_share, "prevention_up_to_date_share", Aggregation::level, "1",
     "Share of adults whose prevention is up to date",
     "Residents aged 16 or more who were seen for prevention, or reached by a programme, within "
     "prevention_span_months before the end of the month, over all of them"},
    {Indicator::near_gp_share, "near_gp_share", Aggregation::level, "1",
     "Share of residents near a GP who takes patients",
     "Residents with a GP at work below the panel ceiling within near_gp_minutes of travel, at the "
     "end of the month"},
    {Indicator::satisfaction, "satisfaction", Aggregation::level, "1", "Satisfaction with care",
     "An index in [0, 1], not a measured share: (1 - c - d) 2^(-wait_mean / h) + c "
     "continuity_of_care + d near_gp_share; c: satisfaction_weight_continuity, d: "
     "satisfaction_weight_near, h: satisfaction_wait_half (assumptions); missing in a month "
     "without "
     "consultations"},
    {Indicator::actions_refused, "actions_refused", Aggregation::flow, "actions",
     "Actions refused for lack of money",
     "Levers whose actions in force did not act this month because the rest of the year's budget "
     "could not pay them; 0 where no budget is given"},
    {Indicator::partnership, "partnership", Aggregation::level, "1",
     "Partnership of the municipality with the professionals",
     "In [0, 1], at the end of the month: dP/dt = b e (1 - P) - d P, e: effort, b: "
     "partnership_build, d: partnership_decay; multiplied by partnership_kept_share where an "
     "election changes the majority"},
    {Indicator::rooms_vacant_share, "rooms_vacant_share", Aggregation::level, "1",
     "Share of rooms vacant",
     "1 - rooms_occupied / rooms, at the end of the month; missing where the municipality has no "
     "rooms"},
    {Indicator::seen_at_mobile_unit, "seen_at_mobile_unit", Aggregation::flow, "contacts",
     "Contacts at the mobile unit",
     "Consultations held during the month at a stop of the mobile unit: needs that the practice "
     "asked first could not take in time"},
    {Indicator::seen_at_booth, "seen_at_booth", Aggregation::flow, "contacts",
     "Contacts at a telemedicine booth",
     "Consultations held during the month in a telemedicine booth: urgent needs that the practice "
     "asked first could not take in time; no follow-up of a long-term condition"},
    {Indicator::matched_by_network, "matched_by_network", Aggregation::flow, "persons",
     "Residents for whom the network found a GP",
     "Residents with a long-term condition and without a GP whom the territorial network brought "
     "to a practice with room during the month"},
    {Indicator::residents_settled, "residents_settled", Aggregation::flow, "persons",
     "Residents who settled", "People who came to live in the catchment during the month"},
    {Indicator::residents_moved_away, "residents_moved_away", Aggregation::flow, "persons",
     "Residents who moved away", "Residents who left the catchment during the month"},
    {Indicator::warm_up_detected, "warm_up_detected", Aggregation::level, "months",
     "Warm-up detected",
     "Months from the beginning of the run, warm-up included, after which mean wait, share of "
     "residents registered and share of needs unmet no longer depend on it: MSER-5 (White 1997) "
     "on the weeks of the warm-up and of the first 48 weeks of the scenario, the latest of the "
     "three. The same in all months from the twelfth on; missing before, and where none is found"},
    {Indicator::gp_fte, "gp_fte", Aggregation::level, "FTE", "Full-time equivalents of GPs",
     "Output of the GPs at work in the catchment at the end of the month, that of a mean "
     "self-employed GP being 1"},
    {Indicator::gps_in_focus, "gps_in_focus", Aggregation::level, "persons",
     "GPs at work in the commune that acts",
     "Those of `gps` who practise in the commune whose municipality acts; what it gains beyond "
     "`gps` its neighbours lose"},
    {Indicator::gp_arrivals, "gp_arrivals", Aggregation::flow, "persons", "GPs who arrived",
     "GPs who started work in the catchment during the month, salaried ones included"},
    {Indicator::gp_departures, "gp_departures", Aggregation::flow, "persons", "GPs who left",
     "GPs who stopped work in the catchment during the month, for whatever cause"},
    {Indicator::team_members, "team_members", Aggregation::level, "persons", "Members of the team",
     "Professionals of the team at the end of the month; 0 without one"},
    {Indicator::team_sites, "team_sites", Aggregation::level, "sites", "Sites of the team",
     "Municipal premises in which members of the team practise, and communes in which members "
     "have offices of their own, at the end of the month"},
});
inline constexpr std::size_t indicator_count = indicator_definitions.size();

constexpr const IndicatorDefinition& definition(Indicator indicator) {
  return indicator_definitions[static_cast<std::size_t>(indicator)];
}

}  // namespace record
