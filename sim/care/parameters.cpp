#include "care/parameters.hpp"

#include <string>

#include "care/arrival.hpp"
#include "care/working_hours.hpp"
#include "pdes/portable_math.hpp"

namespace care {
namespace {

using pdes::portable::log;
using scenario::ParameterTable;

/// Twice the 95th percentile of the standard normal law: the width of a 90 % range.
constexpr double width_of_range = 2 * 1.6448536269514722;

double sigma_of_range(const scenario::Parameter& parameter) {
  return log(parameter.high / parameter.low) / width_of_range;
}

UncertainMonths months(const ParameterTable& table, std::string_view id) {
  const double median = table.value(id);
  return {median, sigma_of_range(*table.find(id))};
}

NeedParameters read_need(const ParameterTable& table) {
  NeedParameters p;
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    p.contacts_per_year[band] =
        table.value("gp_contacts_" + std::string(world::age_band_names[band]));
  }
  p.latent_ratio = table.value("gp_latent_demand_ratio");
  p.women_ratio_fertile = table.value("gp_sex_ratio_15_49");
  p.women_ratio_other = table.value("gp_sex_ratio_other");
  p.illness_ratio = table.value("gp_ald_uplift");
  return p;
}

AccessParameters read_access(const ParameterTable& table) {
  return {.patience_spread = table.value("patience_spread"),
          .distance_decay = table.value("distance_decay_per_min"),
          .practices_tried = static_cast<int>(table.value("practices_tried")),
          .after_failure_other = table.value("fail_contact_other"),
          .after_failure_renounce = table.value("fail_renounce"),
          .after_failure_emergency_planned = table.value("fail_go_ed"),
          .after_failure_emergency_urgent = table.value("fail_go_ed_acute"),
          .renounce_ratio_poor = table.value("renunciation_poor_rr"),
          .renounce_ratio_immobile = table.value("renunciation_immobile_rr"),
          .immobile_share = table.value("mobility_limited_all"),
          .no_advance_payment_effect = table.value("third_party_effect_poor"),
          .mediation_effect = table.value("mediation_effect_renunciation"),
          .transport_effect = table.value("transport_effect_immobile"),
          .acceptance = table.value("mt_search_success_per_try"),
          .mediation_search_gain = table.value("mediation_search_gain"),
          .walk_in_diversion = table.value("walk_in_diversion_share"),
          .social_work_effect = table.value("social_work_effect_renunciation")};
}

OutcomeParameters read_outcome(const ParameterTable& table) {
  return {.emergency_visits = {table.value("ed_visits_00_04"), table.value("ed_visits_05_14"),
                               table.value("ed_visits_15_29"), table.value("ed_visits_30_64"),
                               table.value("ed_visits_65_74"), table.value("ed_visits_75_84"),
                               table.value("ed_visits_85_plus")},
          .emergency_treatable_share = table.value("ed_low_acuity_share"),
          .emergency_failed_request_share = table.value("ed_failed_request_share"),
          .admission_level = table.value("hpe_level_75"),
          .admission_slope = table.value("hpe_age_slope"),
          .admission_ratio_unmet = table.value("hpe_no_mt_rr"),
          .follow_up_months = table.value("follow_up_months")};
}

AccessibilityParameters read_accessibility(const ParameterTable& table) {
  return {.weight_near = table.value("apl2016_weight_from_0min"),
          .weight_10_minutes = table.value("apl2016_weight_from_10min"),
          .weight_15_minutes = table.value("apl2016_weight_from_15min"),
          .mean_contacts = table.value("gp_contacts_realised_mean"),
          .underserved = table.value("apl_threshold_underdense")};
}

BookParameters read_book(const ParameterTable& table, std::size_t profession) {
  const bool gp = profession == world::index(world::Profession::gp);
  return {.acts_per_year =
              table.value(std::string(world::profession_stems[profession]) + "_acts_per_year"),
          .opening_hour = table.value("practice_opening_hour"),
          .closing_hour = table.value("practice_closing_hour"),
          .late_release_share =
              table.value(gp ? "slots_released_late_share" : "other_slots_released_late_share"),
          .horizon_days = static_cast<int>(
              table.value(gp ? "appointment_book_horizon" : "other_book_horizon"))};
}

PracticeParameters read_practice(const ParameterTable& table) {
  return {.entrant_ratio = table.value("gp_entrant_productivity"),
          .entrant_years = table.value("gp_entrant_years"),
          .panel_ceiling = table.value("gp_list_ceiling"),
          .team_panel_gain = table.value("msp_patients_effect_rel"),
          .assistant_panel_gain = table.value("assistant_list_gain"),
          .panel_gain_limit = table.value("patients_gain_limit"),
          .searching_at_start = table.value("no_mt_lost")};
}

/// One value for GPs, one for every other profession.
std::array<double, world::profession_count> gp_and_others(double gp, double others) {
  std::array<double, world::profession_count> values;
  values.fill(others);
  values[world::index(world::Profession::gp)] = gp;
  return values;
}

/// Professionals who settle in France, per resident and year.
std::array<double, world::profession_count> national_flows(const ParameterTable& table) {
  std::array<double, world::profession_count> flow{table.value("gp_install_2022") /
                                                   table.value("pop_total_2022")};
  for (std::size_t p = 1; p < flow.size(); ++p) {
    flow[p] = table.value(std::string(world::profession_stems[p]) + "_install_rate") / 1e5;
  }
  return flow;
}

ArrivalParameters read_arrival(const ParameterTable& table) {
  ArrivalParameters p{
      .flow = national_flows(table),
      .small_area_ratio = table.value("small_area_entry_ratio"),
      .neutral_share = table.value("candidate_neutral_share"),
      .area_attraction = table.value("area_attraction"),
      .per_gp_log_odds = log(1 + table.value("cumulative_attraction_per_gp")),
      .per_gp_limit = table.value("cumulative_attraction_limit"),
      .mean_team_gps = table.value("msp_gp_mean"),
      .team_taste_age_limit = table.value("team_taste_age_limit"),
      .unlabelled_share = table.value("unlabelled_team_effect_share"),
      .without_room_share = table.value("team_without_room_effect_share"),
      .room_log_odds = log(table.value("building_only_choice_or")),
      .site_log_odds = log(table.value("msp_site_choice_or")),
      .reach_minutes = table.value("attraction_reach_minutes"),
      .rent_log_odds = log(1 + table.value("rent_elasticity_install")) /
                       (0.1 * table.value("gp_gross_fees") * table.value("gp_charges_share")),
      .aid_unit = table.value("install_subsidy_caim"),
      .aid_effect = table.value("install_subsidy_effect"),
      .displacement = table.value("bidding_displacement"),
      .paperwork_log_odds = log(table.value("paperwork_choice_or")),
      .roots_share = table.value("roots_candidates_share"),
      .generation_log_odds = log(table.value("generation_peers_or")),
      .generation_years = table.value("generation_years"),
      .unmet_demand_log_odds = log(table.value("unmet_demand_or")),
      .activity_elasticity = table.value("activity_elasticity")};
  set_roots(table.value("roots_settlers_share"), p);
  p.team_log_odds = gp_and_others(log_odds_of_ratio(table.value("msp_area_install_rr"), p),
                                  log_odds_of_ratio(table.value("msp_area_install_rr_other"), p));
  return p;
}

DepartureParameters read_departure(const ParameterTable& table) {
  DepartureParameters p;
  for (std::size_t i = 0; i < p.gp_retirement.size(); ++i) {
    p.gp_retirement[i] = table.value("gp_retire_hazard_" + std::to_string(60 + i));
  }
  p.gp_retirement_last = table.value("gp_retire_hazard_71_plus");
  p.other_retirement_age = table.value("other_retirement_age");
  p.other_retirement = table.value("other_retirement_hazard");
  p.relocation =
      gp_and_others(table.value("relocation_base"), table.value("other_relocation_base"));
  p.gp_burnout = table.value("burnout_base");
  p.salaried_turnover = table.value("salaried_gp_turnover");
  p.isolation_ratio = table.value("isolation_ratio");
  p.overload_ratio = table.value("overload_ratio");
  p.team_ratio = table.value("team_retention_hr");
  p.early_ratio = table.value("early_departure_ratio");
  p.early_years = table.value("early_departure_years");
  p.paperwork_ratio = table.value("paperwork_retention_hr");
  p.hours_cut = table.value("hours_cut_base");
  p.hours_cut_share = table.value("hours_cut_share");
  p.retirement_alone_ratio = table.value("retirement_alone_ratio");
  return p;
}

HoursParameters read_hours(const ParameterTable& table) {
  HoursParameters p{.women = table.value("gp_patient_hours_women"),
                    .men = table.value("gp_patient_hours_men"),
                    .under_50 = table.value("gp_patient_hours_under50"),
                    .from_50 = table.value("gp_patient_hours_50_plus"),
                    .pensioner_age = table.value("working_pensioner_age"),
                    .pensioner_ratio = table.value("working_pensioner_hours")};
  centre_hours(world::read_professional_population(table), p);
  return p;
}

TeamParameters read_team(const ParameterTable& table) {
  return {.formation = table.value("team_formation_base"),
          .formation_ratio_coordinator = table.value("team_formation_ratio_coordinator"),
          .formation_ratio_federation = table.value("team_formation_ratio_federation"),
          .formation_ratio_partnership = table.value("team_formation_ratio_partnership"),
          .join_share_young = table.value("team_join_share_under50"),
          .join_share_older = table.value("team_join_share_50_plus"),
          .join_age_limit = table.value("team_join_age_limit"),
          .reach_minutes = table.value("team_reach_minutes"),
          .project = months(table, "time_team_to_project"),
          .review = months(table, "time_ars_review"),
          .funding = months(table, "time_recognition_to_aci"),
          .speed_coordinator = table.value("project_speed_coordinator"),
          .speed_federation = table.value("project_speed_federation"),
          .speed_partnership = table.value("project_speed_partnership"),
          .abandoned_share = table.value("share_project_abandoned"),
          .minimum_gps = static_cast<int>(table.value("msp_min_gps")),
          .minimum_others = static_cast<int>(table.value("msp_min_others")),
          .grace_months = table.value("label_grace_months"),
          .usual_coordinator_fte = table.value("coordinator_fte"),
          .cohesion_start = table.value("cohesion_start"),
          .cohesion_reference = table.value("cohesion_reference"),
          .cohesion_build_base = table.value("cohesion_build_base"),
          .cohesion_build_coordinator = table.value("cohesion_build_coordinator"),
          .cohesion_build_meeting_room = table.value("cohesion_build_meeting_room"),
          .cohesion_build_partnership = table.value("cohesion_build_partnership"),
          .cohesion_build_self_run = table.value("cohesion_build_self_run"),
          .cohesion_decay = table.value("cohesion_decay"),
          .cohesion_shock_departure = table.value("cohesion_shock_departure"),
          .cohesion_shock_arrival = table.value("cohesion_shock_arrival"),
          .move_in_share_team = table.value("move_in_share_team"),
          .move_in_share_alone = table.value("move_in_share_alone"),
          .partnership_build = table.value("partnership_build"),
          .partnership_decay = table.value("partnership_decay"),
          .conflicts = table.value("team_conflict_rate"),
          .conflict_ratio_coordinator = table.value("team_conflict_ratio_coordinator"),
          .conflict_shock = table.value("team_conflict_shock"),
          .stall_share = table.value("team_stall_share"),
          .stall_months = table.value("team_stall_months")};
}

MunicipalParameters read_municipal(const ParameterTable& table) {
  return {
      .building = months(table, "time_build"),
      .temporary_premises = months(table, "time_renovate"),
      .stage_shares = {table.value("building_share_study"), table.value("building_share_funding"),
                       table.value("building_share_design"), table.value("building_share_works")},
      .building_cost_m2 = table.value("msp_cost_m2"),
      .building_cost_sigma = sigma_of_range(*table.find("msp_cost_m2")),
      .renovation_cost_m2 = table.value("msp_renovation_cost_m2"),
      .renovation_cost_sigma = sigma_of_range(*table.find("msp_renovation_cost_m2")),
      .room_area = table.value("msp_area_per_room"),
      .subsidy_with_project = table.value("subsidy_total_share"),
      .subsidy_without_project = table.value("subsidy_penalty_no_project"),
      .subsidy_region = table.value("subsidy_region"),
      .loan_years = table.value("loan_years"),
      .loan_rate = table.value("loan_rate"),
      .rent_m2 = table.value("rent_m2"),
      .running_cost_m2 = table.value("building_running_cost_m2"),
      .temporary_room_cost = table.value("temp_premises_cost"),
      .coordinator_cost = table.value("coordinator_full_cost"),
      .federation_cost = table.value("federation_support_cost"),
      .partnership_cost = table.value("partnership_cost"),
      .third_party_cost = table.value("third_party_cost"),
      .session_contacts = table.value("dedicated_session_contacts"),
      .session_cost = table.value("dedicated_session_cost"),
      .mediator_caseload = table.value("mediator_caseload"),
      .mediator_cost = table.value("mediator_cost"),
      .trips = table.value("tad_takeup"),
      .trip_cost = table.value("tad_cost_trip"),
      .walk_in_slot_cost = table.value("walk_in_slot_cost"),
      .housing_aid_years = table.value("housing_aid_years"),
      .assistant_cost = table.value("assistant_full_cost"),
      .assistant_subsidy = table.value("assistant_subsidy_mean"),
      .secretary_cost = table.value("secretary_full_cost"),
      .full_time_hours = table.value("full_time_hours"),
      .gp_paperwork_hours = table.value("gp_admin_hours"),
      .department_share = table.value("subsidy_department_share"),
      .department_ceiling = table.value("subsidy_department_ceiling"),
      .health_agency_share = table.value("subsidy_ars_share"),
      .health_agency_ceiling = table.value("subsidy_ars_ceiling"),
      .steering_meeting_cost = table.value("steering_meeting_cost")};
}

/// The posts of GPs, and those of the others: their own numbers for nurses and dentists.
std::array<PostParameters, world::profession_count> read_posts(const ParameterTable& table) {
  using world::Profession;
  PostParameters other{.preferred_share = table.value("salaried_preferred_other"),
                       .months_to_recruit = table.value("salaried_recruit_months_other"),
                       .gross_salary = table.value("salaried_gross_other"),
                       .support_fte = table.value("salaried_support_other"),
                       .fees = table.value("salaried_fees_other")};
  std::array<PostParameters, world::profession_count> posts;
  posts.fill(other);
  posts[world::index(Profession::gp)] = {
      .preferred_share = table.value("young_gp_accept_salaried_offer"),
      .months_to_recruit = table.value("salaried_recruit_months"),
      .gross_salary = table.value("salaried_gp_gross_salary"),
      .support_fte = table.value("cds_support_fte_per_gp")};
  PostParameters& nurse = posts[world::index(Profession::nurse)];
  nurse.gross_salary = table.value("salaried_gross_nurse");
  nurse.fees = table.value("salaried_fees_nurse");
  PostParameters& dentist = posts[world::index(Profession::dentist)];
  dentist.gross_salary = table.value("salaried_gross_dentist");
  dentist.support_fte = table.value("salaried_support_dentist");
  dentist.fees = table.value("salaried_fees_dentist");
  return posts;
}

SalariedParameters read_salaried(const ParameterTable& table) {
  return {
      .posts = read_posts(table),
      .opening = months(table, "time_cds_open"),
      .output_ratio = table.value("salaried_productivity_ratio"),
      .employer_ratio = table.value("salaried_gp_employer_ratio"),
      .contribution_subsidy = table.value("teulade_rate"),
      .support_cost = table.value("secretary_full_cost"),
      .personnel_share = table.value("cds_personnel_cost_share"),
      .fee = table.value("tariff_consult_g"),
      .planned_deficit = table.value("cds_deficit_per_gp"),
      .rejected_share = table.value("cds_third_party_reject"),
      .lump_sum_ratio = table.value("cds_lump_sum_share") / table.value("cds_fee_revenue_share")};
}

PreventionParameters read_prevention(const ParameterTable& table) {
  return {.span_months = table.value("prevention_span_months"),
          .session_residents = table.value("prevention_session_residents"),
          .session_cost = table.value("prevention_session_cost")};
}

SatisfactionParameters read_satisfaction(const ParameterTable& table) {
  return {.wait_half_days = table.value("satisfaction_wait_half"),
          .weight_continuity = table.value("satisfaction_weight_continuity"),
          .weight_near = table.value("satisfaction_weight_near"),
          .near_minutes = table.value("near_gp_minutes")};
}

ElectionParameters read_election(const ParameterTable& table) {
  return {.year = static_cast<int>(table.value("election_year")),
          .month = static_cast<int>(table.value("election_month")),
          .period = static_cast<int>(table.value("election_period")),
          .majority_change = table.value("majority_change_share"),
          .kept = table.value("partnership_kept_share")};
}

OfferParameters read_offer(const ParameterTable& table) {
  return {.reach_minutes = table.value("offer_reach_minutes"),
          .horizon_days = static_cast<int>(table.value("appointment_book_horizon")),
          .mobile_slots = static_cast<int>(table.value("mobile_unit_slots")),
          .mobile_day_cost = table.value("mobile_unit_day_cost"),
          .booth_slots = table.value("booth_slots"),
          .booth_cost = table.value("booth_yearly_cost"),
          .booth_use_younger = table.value("booth_use_share_under_65"),
          .booth_use_older = table.value("booth_use_share_65_plus"),
          .booth_age_limit = table.value("booth_use_age_limit"),
          .booth_use_ratio_poor = table.value("booth_use_ratio_poor"),
          .booth_treatable_share = table.value("booth_treatable_share")};
}

NetworkParameters read_network(const ParameterTable& table) {
  return {.matching_rate = table.value("cpts_matching_rate"),
          .same_day_share = table.value("cpts_same_day_share"),
          .cost = table.value("cpts_support_cost")};
}

SocialWorkParameters read_social_work(const ParameterTable& table) {
  return {.caseload = table.value("social_worker_caseload"),
          .cost = table.value("social_worker_cost"),
          .rights_missing = table.value("c2s_non_takeup"),
          .rights_opened = table.value("social_work_rights_opened"),
          .outreach_rate = table.value("social_work_outreach_rate"),
          .annual_grant = table.value("secpa_annual_grant")};
}

MigrationParameters read_migration(const ParameterTable& table) {
  MigrationParameters p;
  p.moves_per_year = table.value("residential_moves");
  p.out_share = table.value("moves_out_of_area_share");
  p.level = table.value("migration_level");
  constexpr std::array groups{"00_14", "15_24", "25_39", "40_54", "55_64", "65_74", "75_plus"};
  for (std::size_t group = 0; group < groups.size(); ++group) {
    p.leaving_ratio[group] = table.value(std::string("move_ratio_") + groups[group]);
    p.newcomer_share[group] = table.value(std::string("newcomer_share_") + groups[group]);
  }
  p.net_per_1000 = table.value("migration_net");
  p.care_elasticity = table.value("migration_care_elasticity");
  p.care_limit = table.value("migration_care_limit");
  return p;
}

}  // namespace

Parameters read_parameters(const ParameterTable& table) {
  std::array<BookParameters, world::profession_count> books;
  for (std::size_t p = 0; p < books.size(); ++p) books[p] = read_book(table, p);
  return {
      .need = read_need(table),
      .access = read_access(table),
      .outcome = read_outcome(table),
      .accessibility = read_accessibility(table),
      .practice = read_practice(table),
      .books = books,
      .arrival = read_arrival(table),
      .departure = read_departure(table),
      .hours = read_hours(table),
      .team = read_team(table),
      .municipal = read_municipal(table),
      .salaried = read_salaried(table),
      .prevention = read_prevention(table),
      .satisfaction = read_satisfaction(table),
      .election = read_election(table),
      .offer = read_offer(table),
      .network = read_network(table),
      .social_work = read_social_work(table),
      .migration = read_migration(table),
  };
}

}  // namespace care
