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

Recorder::Recorder(int months) {
  for (auto& series : series_) series.assign(static_cast<std::size_t>(months), missing);
}

void Recorder::start() {
  gp_arrivals_ = gp_departures_ = 0;
  births_ = deaths_ = needs_ = requests_ = failed_ = seen_in_team_ = 0;
  renounced_.fill(0);
  happened_ = {};
  outcomes_.fill(0);
  waits_.clear();
}

void Recorder::close_month(int month, const Levels& levels) {
  const auto set = [&](Indicator indicator, double value) {
    series_[static_cast<std::size_t>(indicator)][static_cast<std::size_t>(month)] = value;
  };
  const auto count = [&](Indicator indicator, std::int64_t value) {
    set(indicator, static_cast<double>(value));
  };
  const auto ended = [&](NeedOutcome how) { return outcomes_[static_cast<std::size_t>(how)]; };

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
  count(Indicator::needs, needs_);
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
  set(Indicator::requests_failed_share, ratio(failed_, requests_));
  set(Indicator::renounced_share, ratio(ended(NeedOutcome::renounced), needs_));
  const std::int64_t usual = ended(NeedOutcome::seen_by_registered_gp) + seen_in_team_;
  set(Indicator::continuity_of_care, ratio(usual, ended(NeedOutcome::seen_by_registered_gp) +
                                                      ended(NeedOutcome::seen_by_another_gp) +
                                                      ended(NeedOutcome::seen_at_walk_in)));
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
  set(Indicator::wait_mean, mean(waits_));
  set(Indicator::wait_median, quantile(waits_, 0.5));
  set(Indicator::wait_p90, quantile(waits_, 0.9));
  set(Indicator::team_stage, levels.team_stage);
  set(Indicator::team_cohesion, levels.team_cohesion);
  count(Indicator::rooms, levels.rooms);
  count(Indicator::rooms_occupied, levels.rooms_occupied);
  set(Indicator::net_cost, static_cast<double>(levels.net_cost_cents) / 100);
  set(Indicator::debt, static_cast<double>(levels.debt_cents) / 100);
  set(Indicator::gp_fte, levels.gp_fte);
  count(Indicator::gps_in_focus, levels.gps_in_focus);
  count(Indicator::gp_arrivals, gp_arrivals_);
  count(Indicator::gp_departures, gp_departures_);
  count(Indicator::team_members, levels.team_members);
  count(Indicator::team_sites, levels.team_sites);
  start();
}

}  // namespace record
