#include "record/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "world/units.hpp"

namespace record {
namespace {

/// In the order of `world::Profession`.
constexpr std::array<Indicator, world::profession_count> by_profession{
    Indicator::gps,
    Indicator::nurses,
    Indicator::physiotherapists,
    Indicator::dentists,
    Indicator::specialists,
    Indicator::midwives,
    Indicator::pharmacists,
    Indicator::advanced_nurses,
    Indicator::speech_therapists,
    Indicator::occupational_therapists,
    Indicator::psychomotor_therapists,
    Indicator::orthoptists,
    Indicator::dietitians,
    Indicator::podiatrists};

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double days(double ticks) { return ticks / static_cast<double>(world::day.ticks); }

/// The smallest observation that at least a share `p` of them do not exceed. Reorders `waits`.
double quantile(std::vector<std::int64_t>& waits, double p) {
  if (waits.empty()) return missing;
  const auto n = static_cast<double>(waits.size());
  const auto rank = static_cast<std::ptrdiff_t>(std::ceil(p * n)) - 1;
  std::nth_element(waits.begin(), waits.begin() + rank, waits.end());
  return days(static_cast<double>(waits[static_cast<std::size_t>(rank)]));
}

double ratio(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : missing;
}

double mean(const std::vector<std::int64_t>& waits) {
  if (waits.empty()) return missing;
  const std::int64_t sum = std::accumulate(waits.begin(), waits.end(), std::int64_t{0});
  return days(static_cast<double>(sum) / static_cast<double>(waits.size()));
}

}  // namespace

Recorder::Recorder(int months, std::size_t communes) : communes_(communes, months / 12) {
  for (auto& series : series_) series.assign(static_cast<std::size_t>(months), missing);
}

std::int64_t Recorder::Tally::all_ended() const {
  return std::accumulate(ended.begin(), ended.end(), std::int64_t{0});
}

double Recorder::mean_wait_days() const { return mean(waits_); }

double Recorder::continuity() const {
  const Tally& gp = month_of(world::Profession::gp);
  const std::int64_t own = gp.of(NeedOutcome::seen_by_registered_gp);
  return ratio(own + seen_in_team_,
               own + gp.of(NeedOutcome::seen_by_another_gp) + gp.of(NeedOutcome::seen_at_walk_in) +
                   gp.of(NeedOutcome::seen_at_mobile_unit) + gp.of(NeedOutcome::seen_at_booth));
}

void Recorder::start() {
  start_month();
  communes_.start();
}

void Recorder::start_month() {
  births_ = deaths_ = settled_ = moved_away_ = seen_in_team_ = sessions_ = matched_ = 0;
  gp_arrivals_ = gp_departures_ = 0;
  month_ = {};
  renounced_.fill(0);
  happened_ = {};
  waits_.clear();
}

/// A week without a booking or a need shows what the one before did.
void Recorder::close_week(std::int64_t registered, std::int64_t residents) {
  WarmUpWeek week = weeks_.empty() ? WarmUpWeek{} : weeks_.back();
  const Tally& gp = whole_[world::index(world::Profession::gp)];
  const std::int64_t needs = gp.needs - needs_before_week_;
  const std::int64_t all_unmet =
      gp.of(NeedOutcome::renounced) + gp.of(NeedOutcome::emergency_visit);
  if (week_waits_ > 0)
    week.wait_mean = days(static_cast<double>(week_wait_ticks_) / static_cast<double>(week_waits_));
  if (needs > 0) week.unmet_share = ratio(all_unmet - unmet_before_week_, needs);
  if (residents > 0) week.registered_share = ratio(registered, residents);
  weeks_.push_back(week);
  week_waits_ = week_wait_ticks_ = 0;
  needs_before_week_ = gp.needs;
  unmet_before_week_ = all_unmet;
}

void Recorder::close_month(int month, const Levels& levels) {
  const auto set = [&](Indicator indicator, double value) {
    series_[static_cast<std::size_t>(indicator)][static_cast<std::size_t>(month)] = value;
  };
  const auto count = [&](Indicator indicator, std::int64_t value) {
    set(indicator, static_cast<double>(value));
  };
  const Tally& gp = month_of(world::Profession::gp);
  const auto ended = [&](NeedOutcome how) { return gp.of(how); };

  count(Indicator::residents, levels.residents);
  count(Indicator::births, births_);
  count(Indicator::deaths, deaths_);
  count(Indicator::professionals,
        std::accumulate(levels.professionals.begin(), levels.professionals.end(), std::int64_t{0}));
  for (std::size_t p = 0; p < world::profession_count; ++p) {
    count(by_profession[p], levels.professionals[p]);
  }
  count(Indicator::professionals_in_focus, levels.professionals_in_focus);
  count(Indicator::adults_without_gp, levels.adults_without_gp);
  set(Indicator::adults_without_gp_share, ratio(levels.adults_without_gp, levels.adults));
  count(Indicator::needs, gp.needs);
  count(Indicator::seen_by_registered_gp, ended(NeedOutcome::seen_by_registered_gp));
  count(Indicator::seen_by_another_gp, ended(NeedOutcome::seen_by_another_gp));
  count(Indicator::seen_at_walk_in,
        ended(NeedOutcome::seen_at_walk_in) + happened_.diverted_to_walk_in);
  count(Indicator::emergency_visits, ended(NeedOutcome::emergency_visit));
  count(Indicator::renunciations, ended(NeedOutcome::renounced));
  const std::int64_t treatable =
      ended(NeedOutcome::emergency_visit) + happened_.treatable_emergencies;
  count(Indicator::emergency_visits_treatable, treatable);
  count(Indicator::emergency_visits_all, treatable + happened_.other_emergencies);
  count(Indicator::avoidable_admissions, happened_.avoidable_admissions);
  count(Indicator::follow_up_unmet, levels.follow_up_unmet);
  set(Indicator::requests_failed_share, ratio(gp.failed, gp.requests));
  set(Indicator::renounced_share, ratio(ended(NeedOutcome::renounced), gp.needs));
  set(Indicator::continuity_of_care, continuity());
  set(Indicator::local_accessibility, levels.local_accessibility);
  set(Indicator::underserved_share, levels.underserved_share);
  count(Indicator::renunciations_quintile_1, renounced_[0]);
  count(Indicator::renunciations_quintile_2, renounced_[1]);
  count(Indicator::renunciations_quintile_3, renounced_[2]);
  count(Indicator::renunciations_quintile_4, renounced_[3]);
  count(Indicator::renunciations_quintile_5, renounced_[4]);
  set(Indicator::renunciation_concentration_index,
      concentration_index(renounced_, levels.residents_by_quintile));
  set(Indicator::renunciation_slope_index,
      slope_index(renounced_, levels.residents_by_quintile) * world::months_per_year);
  set(Indicator::wait_mean, mean_wait_days());
  set(Indicator::wait_median, quantile(waits_, 0.5));
  set(Indicator::wait_p90, quantile(waits_, 0.9));
  set(Indicator::team_stage, levels.team_stage);
  set(Indicator::team_cohesion, levels.team_cohesion);
  count(Indicator::rooms, levels.rooms);
  count(Indicator::rooms_occupied, levels.rooms_occupied);
  set(Indicator::net_cost, static_cast<double>(levels.net_cost_cents) / 100);
  set(Indicator::debt, static_cast<double>(levels.debt_cents) / 100);

  std::int64_t needs = 0, served = 0, not_served = 0;
  for (std::size_t p = 0; p < month_.size(); ++p) {
    const Tally& of = month_[p];
    if (&of == &gp) continue;
    needs += of.needs;
    served += of.of(NeedOutcome::seen_by_profession) + of.of(NeedOutcome::seen_by_substitute);
    not_served += of.of(NeedOutcome::renounced) + of.of(NeedOutcome::emergency_visit);
  }
  count(Indicator::other_needs, needs);
  count(Indicator::other_needs_served, served);
  count(Indicator::other_needs_not_served, not_served);
  count(Indicator::other_sessions, sessions_);
  count(Indicator::seen_by_substitute, ended(NeedOutcome::seen_by_substitute));
  const auto access_to = [&](world::Profession profession, Indicator wait, Indicator failed) {
    const Tally& of = month_of(profession);
    set(wait, of.waits > 0
                  ? days(static_cast<double>(of.waited_ticks) / static_cast<double>(of.waits))
                  : missing);
    set(failed, ratio(of.failed, of.requests));
  };
  access_to(world::Profession::nurse, Indicator::nurse_wait_mean, Indicator::nurse_failed_share);
  access_to(world::Profession::physiotherapist, Indicator::physiotherapist_wait_mean,
            Indicator::physiotherapist_failed_share);
  access_to(world::Profession::dentist, Indicator::dentist_wait_mean,
            Indicator::dentist_failed_share);
  access_to(world::Profession::midwife, Indicator::midwife_wait_mean,
            Indicator::midwife_failed_share);
  access_to(world::Profession::specialist, Indicator::specialist_wait_mean,
            Indicator::specialist_failed_share);
  set(Indicator::prevention_up_to_date_share, levels.prevention_up_to_date);
  set(Indicator::near_gp_share, levels.near_gp);
  set(Indicator::satisfaction, levels.satisfaction);
  count(Indicator::actions_refused, levels.actions_refused);
  set(Indicator::partnership, levels.partnership);
  set(Indicator::rooms_vacant_share, ratio(levels.rooms - levels.rooms_occupied, levels.rooms));
  count(Indicator::seen_at_mobile_unit, ended(NeedOutcome::seen_at_mobile_unit));
  count(Indicator::seen_at_booth, ended(NeedOutcome::seen_at_booth));
  count(Indicator::matched_by_network, matched_);
  count(Indicator::residents_settled, settled_);
  count(Indicator::residents_moved_away, moved_away_);
  constexpr int first_with_all_weeks = 11;  // counted from 0: its end is after week 48
  if (month >= first_with_all_weeks)
    set(Indicator::warm_up_detected, warm_up_detected(weeks_).value_or(missing));
  set(Indicator::gp_fte, levels.gp_fte);
  count(Indicator::gps_in_focus, levels.gps_in_focus);
  count(Indicator::gp_arrivals, gp_arrivals_);
  count(Indicator::gp_departures, gp_departures_);
  count(Indicator::team_members, levels.team_members);
  count(Indicator::team_sites, levels.team_sites);
  start_month();
}

}  // namespace record
