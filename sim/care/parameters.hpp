/// The numbers of the laws, read from the parameter table once, by law. `maillage explain ID`
/// prints unit, range and source of a row.
#pragma once

#include <array>

#include "scenario/parameters.hpp"
#include "scenario/scenario.hpp"
#include "world/population.hpp"
#include "world/units.hpp"

namespace care {

using world::Rate;

/// A positive duration whose range [low, high] is read as its 5th to 95th percentile: lognormal
/// with the value as median and sigma = ln(high/low) / (2 * 1.645).
struct UncertainMonths {
  double median = 0;
  double sigma = 0;
};

/// How often residents need a GP.
struct NeedParameters {
  std::array<double, world::age_bands> contacts_per_year{};  ///< `gp_contacts_*`
  double latent_ratio = 1;         ///< `gp_latent_demand_ratio`: wanted over realised
  double women_ratio_fertile = 1;  ///< `gp_sex_ratio_15_49`
  double women_ratio_other = 1;    ///< `gp_sex_ratio_other`
  double illness_ratio = 1;        ///< `gp_ald_uplift`
};

/// How residents look for an appointment and what they do without one.
struct AccessParameters {
  double patience_spread = 0;      ///< standard deviation of its logarithm
  double distance_decay = 0;       ///< log-odds per minute of travel
  int practices_tried = 0;         ///< besides the resident's own
  double after_failure_other = 0;  ///< share who turn to another practice
  double after_failure_renounce = 0;
  double after_failure_emergency_planned = 0;
  double after_failure_emergency_urgent = 0;
  double renounce_ratio_poor = 1;        ///< most deprived quintile over the others
  double renounce_ratio_immobile = 1;    ///< limited mobility over the others
  double immobile_share = 0;             ///< of all residents
  double no_advance_payment_effect = 0;  ///< relative change of giving up, of those served
  double mediation_effect = 0;
  double transport_effect = 0;
  double acceptance = 0;             ///< probability that a practice with room accepts, per request
  double mediation_search_gain = 0;  ///< relative, of those served
  double walk_in_diversion = 0;      ///< of the emergency visits that primary care could treat
  double social_work_effect = 0;     ///< relative change of giving up, of those served
};

/// The first age of each band of `ed_visits_*`.
inline constexpr std::array<double, 7> emergency_band_from{0, 5, 15, 30, 65, 75, 85};

/// What happens besides, and because of, the care had or lacked.
struct OutcomeParameters {
  std::array<double, emergency_band_from.size()> emergency_visits{};  ///< per resident and year
  double emergency_treatable_share = 0;                               ///< of all visits
  double emergency_failed_request_share = 0;                          ///< of all visits
  double admission_level = 0;        ///< per ill resident and year at age 75
  double admission_slope = 0;        ///< of its logarithm, per year of age
  double admission_ratio_unmet = 1;  ///< where follow-up is unmet
  double follow_up_months = 0;       ///< without a GP seen before follow-up is unmet
};

/// How the State measures the supply within reach.
struct AccessibilityParameters {
  double weight_near = 0;        ///< up to 10 minutes
  double weight_10_minutes = 0;  ///< up to 15
  double weight_15_minutes = 0;  ///< up to 20, none beyond
  double mean_contacts = 1;      ///< of a resident of France, per year
  double underserved = 0;        ///< contacts per resident and year
};

/// What professionals of one profession offer.
struct BookParameters {
  double acts_per_year = 0;  ///< contacts of a settled professional of mean activity
  double opening_hour = 0;   ///< of the day
  double closing_hour = 0;
  double late_release_share = 0;  ///< slots kept for the day before and the day itself
  int horizon_days = 0;           ///< how far ahead the book is open
};

/// The first age of each group of `move_ratio_*` and `newcomer_share_*`.
inline constexpr std::array<double, 7> move_group_from{0, 15, 25, 40, 55, 65, 75};

/// Residents who settle and move away.
struct MigrationParameters {
  double moves_per_year = 0;  ///< share of residents who change home
  double out_share = 0;       ///< of the moves, leave the area simulated
  double level = 1;           ///< multiplies all rates; 0: nobody moves
  std::array<double, move_group_from.size()> leaving_ratio{};   ///< over all ages
  std::array<double, move_group_from.size()> newcomer_share{};  ///< of those who settle
  double net_per_1000 = 0;     ///< who settle less who move away, per 1,000 residents and year
  double care_elasticity = 0;  ///< of settlement, to local accessibility over that of the start
  double care_limit = 1;       ///< of the factor that it gives, either way
};

/// What a GP offers.
struct PracticeParameters {
  double entrant_ratio = 1;  ///< output in the first years
  double entrant_years = 0;
  double panel_ceiling = 0;         ///< registered adults of a settled GP of mean activity
  double team_panel_gain = 0;       ///< relative, in a recognised team of reference cohesion
  double assistant_panel_gain = 0;  ///< relative, with an assistant of one's own
  double panel_gain_limit = 0;      ///< of all that lets a GP follow more patients
  double searching_at_start = 0;    ///< share of residents who have lost their GP at the start
};

/// Prevention: when a resident is up to date, and what a programme does for it.
struct PreventionParameters {
  double span_months = 0;        ///< from being seen for prevention
  double session_residents = 0;  ///< brought up to date by a session of a programme
  double session_cost = 0;       ///< EUR
};

/// What residents think of the care that they find.
struct SatisfactionParameters {
  double wait_half_days = 1;     ///< halves what is owed to the wait
  double weight_continuity = 0;  ///< the wait has what the two weights leave
  double weight_near = 0;
  double near_minutes = 0;  ///< travel time within which a GP is near
};

/// How candidates appear and compare.
struct ArrivalParameters {
  std::array<double, world::profession_count> flow{};  ///< settle per resident and year
  double small_area_ratio = 1;  ///< of the flow, away from the largest cities
  double neutral_share = 0;     ///< of the candidates, settle here when nothing sets it apart
  double area_attraction = 0;   ///< log-odds
  std::array<double, world::profession_count> team_log_odds{};
  double per_gp_log_odds = 0;        ///< cumulative attraction, per GP in the team
  double per_gp_limit = 0;           ///< GPs beyond which it does not grow
  double mean_team_gps = 0;          ///< team size at which `team_log_odds` was measured
  double team_taste_age_limit = 0;   ///< years; older candidates do not look for a team
  double unlabelled_share = 0;       ///< of the team's effect before recognition
  double without_room_share = 0;     ///< of the team's effect where it has no room to offer
  double room_log_odds = 0;          ///< a free room in a new building
  double site_log_odds = 0;          ///< a recognised team over an office of one's own
  double reach_minutes = 0;          ///< the area that a team attracts to
  double rent_log_odds = 0;          ///< per EUR of rent saved a year
  double aid_unit = 1;               ///< EUR, the aid whose effect is given
  double aid_effect = 0;             ///< relative, on installations
  double displacement = 0;           ///< share of that effect taken from the neighbours
  double paperwork_log_odds = 0;     ///< with all paperwork relieved
  double roots_share = 0;            ///< of the candidates, born or trained near
  double roots_log_odds = 0;         ///< of those
  double no_roots_log_odds = 0;      ///< of the others
  double generation_log_odds = 0;    ///< all peers of one's generation rather than none
  double generation_years = 0;       ///< largest difference of age within a generation
  double unmet_demand_log_odds = 0;  ///< per unit of load of the present GPs above 1
  double activity_elasticity = 0;    ///< of the odds of a place, by the activity expected there
};

/// Why and when professionals leave.
struct DepartureParameters {
  std::array<double, 11> gp_retirement{};  ///< per year at ages 60 ... 69, then 70
  double gp_retirement_last = 0;           ///< from 71 on
  double other_retirement_age = 0;
  double other_retirement = 0;                               ///< per year from that age on
  std::array<double, world::profession_count> relocation{};  ///< base, per year
  double gp_burnout = 0;                                     ///< base, per year
  double salaried_turnover = 0;                              ///< base, per year
  double isolation_ratio = 1;
  double overload_ratio = 1;  ///< per unit of load above 1
  double team_ratio = 1;      ///< in a recognised team of reference cohesion
  double early_ratio = 1;     ///< newcomers without a team
  double early_years = 0;
  double paperwork_ratio = 1;         ///< with all paperwork relieved
  double hours_cut = 0;               ///< base, per year
  double hours_cut_share = 0;         ///< of the hours, given up
  double retirement_alone_ratio = 1;  ///< GPs alone of their profession
};

/// How much of a mean GP's hours a self-employed GP works.
struct HoursParameters {
  double women = 1, men = 1;         ///< hours per week
  double under_50 = 1, from_50 = 1;  ///< hours per week
  double pensioner_age = 0;          ///< works on with a full pension
  double pensioner_ratio = 1;        ///< of the hours before
  double mean = 1;                   ///< of women or men times age, over all GPs at work
  double mean_newcomer = 1;          ///< the same under 40
};

/// How teams form, work and last.
struct TeamParameters {
  double formation = 0;  ///< nuclei per year where the core is there, unsupported
  double formation_ratio_coordinator = 1;
  double formation_ratio_federation = 1;
  double formation_ratio_partnership = 1;
  double join_share_young = 0;  ///< would join a team, under 50 ...
  double join_share_older = 0;  ///< ... and from 50 on
  double join_age_limit = 0;
  double reach_minutes = 0;      ///< members practise at most so far from the team's commune
  UncertainMonths project;       ///< first meeting to the project handed in and reviewed
  UncertainMonths review;        ///< by the health agency, part of the former
  UncertainMonths funding;       ///< recognition to the team contract (ACI)
  double speed_coordinator = 0;  ///< gain of pace per coordinator of usual hours
  double speed_federation = 0;
  double speed_partnership = 0;
  double abandoned_share = 0;
  int minimum_gps = 0;  ///< the law's minimum for recognition
  int minimum_others = 0;
  double grace_months = 0;  ///< below the minimum before the label is lost
  double usual_coordinator_fte = 0;
  double cohesion_start = 0;
  double cohesion_reference = 0;   ///< of the teams in which effects were measured
  double cohesion_build_base = 0;  ///< per year
  double cohesion_build_coordinator = 0;
  double cohesion_build_meeting_room = 0;
  double cohesion_build_partnership = 0;
  double cohesion_build_self_run = 0;
  double cohesion_decay = 0;            ///< per year
  double cohesion_shock_departure = 0;  ///< relative loss if all members left at once
  double cohesion_shock_arrival = 0;    ///< relative loss if the team doubled at once
  double move_in_share_team = 0;        ///< members who move into common rooms
  double move_in_share_alone = 0;       ///< professionals of the commune without a team who do
  double partnership_build = 0;         ///< per year at full partnership
  double partnership_decay = 0;         ///< per year
  double conflicts = 0;                 ///< per year, without a coordinator
  double conflict_ratio_coordinator = 1;
  double conflict_shock = 0;  ///< relative loss of cohesion
  double stall_share = 0;     ///< of the stages up to the project handed in
  double stall_months = 0;    ///< of work, mean, exponential
};

/// What things cost and how long building takes.
struct MunicipalParameters {
  UncertainMonths building;              ///< decision to opening
  UncertainMonths temporary_premises;    ///< decision to opening, also of a renovation
  std::array<double, 4> stage_shares{};  ///< of the building's time: study, funding, design, works
  double building_cost_m2 = 0;           ///< EUR
  double building_cost_sigma = 0;        ///< of the logarithm, from the parameter's range
  double renovation_cost_m2 = 0;         ///< EUR
  double renovation_cost_sigma = 0;      ///< of the logarithm, from the parameter's range
  double room_area = 0;                  ///< m2
  double subsidy_with_project = 0;       ///< share of the cost
  double subsidy_without_project = 0;
  double subsidy_region = 0;  ///< EUR, at most, part of the former
  double loan_years = 0;
  double loan_rate = 0;            ///< per year
  double rent_m2 = 0;              ///< EUR per month
  double running_cost_m2 = 0;      ///< EUR per year
  double temporary_room_cost = 0;  ///< EUR per year
  double coordinator_cost = 0;     ///< EUR per full-time equivalent and year
  double federation_cost = 0;      ///< EUR per year of full accompaniment
  double partnership_cost = 0;     ///< EUR per year of full partnership
  double third_party_cost = 0;     ///< EUR per GP and year
  double session_contacts = 0;     ///< of a dedicated session
  double session_cost = 0;         ///< EUR per dedicated session
  double mediator_caseload = 0;    ///< residents served by a full-time mediator
  double mediator_cost = 0;        ///< EUR per full-time equivalent and year
  double trips = 0;                ///< per resident served by transport and year
  double trip_cost = 0;            ///< EUR
  double walk_in_slot_cost = 0;    ///< EUR, net of the fee
  double housing_aid_years = 0;    ///< from a GP's arrival
  double assistant_cost = 0;       ///< EUR per full-time equivalent and year
  double assistant_subsidy = 0;    ///< the same, paid by the health insurance
  double secretary_cost = 0;       ///< EUR per full-time equivalent and year
  double full_time_hours = 0;      ///< per week
  double gp_paperwork_hours = 0;   ///< per week and GP

  double department_share = 0;       ///< of a building's cost, granted by the département
  double department_ceiling = 0;     ///< EUR
  double health_agency_share = 0;    ///< of a building's cost, granted by the health agency
  double health_agency_ceiling = 0;  ///< EUR
  double steering_meeting_cost = 0;  ///< EUR
};

/// Municipal elections.
struct ElectionParameters {
  int year = 2026;             ///< a year with an election
  int month = 3;               ///< from 1 to 12
  int period = 6;              ///< years
  double majority_change = 0;  ///< probability
  double kept = 1;             ///< of the partnership, where the majority changes
};

/// A post of one profession, employed by the municipality.
struct PostParameters {
  double preferred_share = 0;    ///< of the young of the profession, would rather be salaried
  double months_to_recruit = 1;  ///< mean, for a vacant post
  double gross_salary = 0;       ///< EUR per year
  double support_fte = 0;        ///< staff beside each post
  double fees = 0;               ///< EUR per filled post and year; of GPs, by consultation instead
};

/// Professionals employed by the municipality.
struct SalariedParameters {
  std::array<PostParameters, world::profession_count> posts{};
  UncertainMonths opening;          ///< decision to opening
  double output_ratio = 1;          ///< GPs, over a self-employed one of the same ability
  double employer_ratio = 1;        ///< employer's cost over the gross salary
  double contribution_subsidy = 0;  ///< of the gross salary
  double support_cost = 0;          ///< EUR per full-time equivalent and year
  double personnel_share = 1;       ///< of all costs
  double fee = 0;                   ///< EUR per consultation of a GP
  double planned_deficit = 0;       ///< EUR a year and GP, as budgets expect it
  double rejected_share = 0;        ///< of the fees
  double lump_sum_ratio = 0;        ///< over the fees of GPs
};

/// Offers without an appointment book: a mobile unit, telemedicine booths.
struct OfferParameters {
  double reach_minutes = 0;      ///< residents who travel alone come from so far
  int horizon_days = 0;          ///< how far ahead a stop is open for booking
  int mobile_slots = 0;          ///< consultations at a stop
  double mobile_day_cost = 0;    ///< EUR, net of the fees
  double booth_slots = 0;        ///< per booth and working day
  double booth_cost = 0;         ///< EUR per booth and year
  double booth_use_younger = 0;  ///< share of residents who would use a booth ...
  double booth_use_older = 0;    ///< ... and from the age limit on
  double booth_age_limit = 0;
  double booth_use_ratio_poor = 1;   ///< most deprived quintile over the others
  double booth_treatable_share = 0;  ///< of urgent needs
};

/// The territorial network of professionals.
struct NetworkParameters {
  double matching_rate = 0;   ///< per month, with full support
  double same_day_share = 0;  ///< of the slots, kept besides the usual, with full support
  double cost = 0;            ///< EUR per year of full support
};

/// Social workers, and the grant of a centre that has them.
struct SocialWorkParameters {
  double caseload = 0;        ///< residents served by a full-time social worker
  double cost = 0;            ///< EUR per full-time equivalent and year
  double rights_missing = 0;  ///< of those entitled to full third-party cover, do not have it
  double rights_opened = 0;   ///< of them, when served
  double outreach_rate = 0;   ///< per month, of those served who never look for a GP
  double annual_grant = 0;    ///< EUR
};

struct Parameters {
  NeedParameters need;
  AccessParameters access;
  OutcomeParameters outcome;
  AccessibilityParameters accessibility;
  PracticeParameters practice;
  std::array<BookParameters, world::profession_count> books;  ///< by `world::Profession`
  ArrivalParameters arrival;
  DepartureParameters departure;
  HoursParameters hours;
  TeamParameters team;
  MunicipalParameters municipal;
  SalariedParameters salaried;
  PreventionParameters prevention;
  SatisfactionParameters satisfaction;
  ElectionParameters election;
  OfferParameters offer;
  NetworkParameters network;
  SocialWorkParameters social_work;
  MigrationParameters migration;
};

/// Reads every law's numbers. Throws `scenario::Invalid` naming an id that the table lacks.
Parameters read_parameters(const scenario::ParameterTable& table);

}  // namespace care
