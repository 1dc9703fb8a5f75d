#include "care/need.hpp"

#include <algorithm>
#include <cmath>

namespace care {
namespace {

using scenario::NeedRow;
using scenario::ParameterTable;
using world::Sex;

static_assert(std::equal(scenario::need_professions.begin(), scenario::need_professions.end(),
                         world::profession_names.begin(), world::profession_names.end()),
              "the table of needs names the professions of the world");

double sex_factor(double age, Sex sex, const NeedParameters& p) {
  const bool fertile = age >= 15 && age < 50;  // the stratum of the ratio
  const double ratio = fertile ? p.women_ratio_fertile : p.women_ratio_other;
  return (sex == Sex::woman ? 2 * ratio : 2) / (1 + ratio);
}

double illness_factor(double age, bool ill, const world::Illness& illness, double ratio) {
  const double mean = 1 + illness.prevalence_at(age) * (ratio - 1);
  return (ill ? ratio : 1) / mean;
}

/// The value of a parameter, or another value where none is named.
double value_or(const ParameterTable& parameters, const std::string& id, double otherwise) {
  return id.empty() ? otherwise : parameters.value(id);
}

NeedDefinition definition_of(const NeedRow& row, const ParameterTable& parameters) {
  NeedDefinition need;
  need.first = static_cast<world::Profession>(row.profession);
  need.sessions = std::max(1, static_cast<int>(std::lround(value_or(parameters, row.sessions, 1))));
  need.interval_days =
      std::max(1, static_cast<int>(std::lround(value_or(parameters, row.interval, 1))));
  need.urgent_share = row.always_urgent ? 1 : value_or(parameters, row.urgent_share, 0);
  need.patience_planned_days = value_or(parameters, row.patience, 0);
  need.patience_urgent_days = value_or(parameters, row.patience_urgent, 0);
  for (const NeedRow::Substitute& substitute : row.substitutes) {
    need.substitutes.push_back(
        {static_cast<world::Profession>(substitute.profession), substitute.in_team});
  }
  need.may_become_emergency = row.emergency;
  need.renews_follow_up = row.follow_up;
  need.renews_prevention = row.prevention;
  return need;
}

}  // namespace

Rate need_rate(double age, Sex sex, bool ill, const world::Illness& illness,
               const NeedParameters& p) {
  return {p.contacts_per_year[world::age_band_of(age)] * p.latent_ratio * sex_factor(age, sex, p) *
          illness_factor(age, ill, illness, p.illness_ratio)};
}

NeedCatalogue::NeedCatalogue(const scenario::NeedTable& table, const ParameterTable& parameters)
    : latent_ratio_(parameters.value("gp_latent_demand_ratio")),
      direct_(4 * years, 0),
      referred_(4 * years, 0) {
  constexpr int any_year = 2024;  // illness by age is the same in all
  const world::Illness illness = world::read_population(parameters, any_year).illness;
  for (const NeedRow& row : table.rows) {
    definitions_.push_back(definition_of(row, parameters));
    by_referral_.push_back(row.by_referral);
    read_rates(row, parameters, illness);
  }
  share_gp_needs(table, parameters);
}

/// The cells of one type: sex, illness, year of age; taken at the middle of the year.
void NeedCatalogue::read_rates(const NeedRow& row, const ParameterTable& parameters,
                               const world::Illness& illness) {
  rates_.emplace_back();
  if (row.rate.empty()) return;
  rates_.back().assign(4 * years, 0);
  std::vector<double>& sum = row.by_referral ? referred_ : direct_;
  const double ratio = value_or(parameters, row.illness_ratio, 1);
  for (std::size_t year = 0; year < years; ++year) {
    const double age = static_cast<double>(year) + 0.5;
    double contacts = 0;
    for (const NeedRow::Stratum& stratum : row.rate) {
      if (age >= stratum.from_age) contacts = value_or(parameters, stratum.parameter, 0);
    }
    for (const Sex sex : {Sex::woman, Sex::man}) {
      if (row.women_only && sex != Sex::woman) continue;
      for (const bool ill : {false, true}) {
        const std::size_t at = cell({age, sex, ill});
        rates_.back()[at] = contacts * latent_ratio_ * illness_factor(age, ill, illness, ratio) /
                            definitions_.back().sessions;
        sum[at] += rates_.back()[at];
      }
    }
  }
}

void NeedCatalogue::share_gp_needs(const scenario::NeedTable& table,
                                   const ParameterTable& parameters) {
  const double spared = parameters.value("direct_access_substitution");
  for (const bool ill : {false, true}) {
    std::vector<double>& shares = gp_shares_[ill ? 1 : 0];
    shares.assign(table.rows.size(), 0);
    std::size_t rest = 0;
    double taken = 0;
    for (std::size_t type = 0; type < shares.size(); ++type) {
      const NeedRow& row = table.rows[type];
      if (!row.rate.empty()) continue;
      if (row.share.empty()) {
        rest = type;
      } else {
        taken += shares[type] = parameters.value(ill ? row.share_ill : row.share);
      }
    }
    if (taken > 1) {
      for (double& share : shares) share /= taken;
    } else {
      shares[rest] = 1 - taken;
    }
    double substituted = 0;
    for (std::size_t type = 0; type < shares.size(); ++type) {
      if (definitions_[type].has_team_substitute()) substituted += shares[type];
    }
    direct_to_team_[ill ? 1 : 0] = substituted > 0 ? std::min(1.0, spared / substituted) : 0;
  }
}

std::size_t NeedCatalogue::cell(const Needy& who) {
  const auto year = static_cast<std::size_t>(std::clamp(who.age, 0.0, years - 1.0));
  const std::size_t row = (who.sex == Sex::woman ? 0U : 2U) + (who.ill ? 1U : 0U);
  return row * years + year;
}

double NeedCatalogue::rate(NeedType type, const Needy& who) const {
  const std::vector<double>& rates = rates_[static_cast<std::size_t>(type)];
  return rates.empty() ? 0 : rates[cell(who)];
}

NeedType NeedCatalogue::draw_direct(double u, double gp_rate, const Needy& who) const {
  const std::size_t at = cell(who);
  double left = u * (gp_rate + direct_[at]);
  const std::vector<double>& shares = gp_shares_[who.ill ? 1 : 0];
  std::size_t last = 0;
  for (std::size_t type = 0; type < definitions_.size(); ++type) {
    if (by_referral_[type]) continue;
    const double rate = rates_[type].empty() ? shares[type] * gp_rate : rates_[type][at];
    if (rate <= 0) continue;
    last = type;
    left -= rate;
    if (left < 0) break;
  }
  return static_cast<NeedType>(last);
}

std::optional<NeedType> NeedCatalogue::draw_referral(double u, double gp_rate,
                                                     const Needy& who) const {
  const std::size_t at = cell(who);
  if (gp_rate <= 0) return std::nullopt;
  // u falls on type k with probability p_k; all is measured in needs per year.
  double left = u * std::max(gp_rate / latent_ratio_, referred_[at]);
  for (std::size_t type = 0; type < definitions_.size(); ++type) {
    if (!by_referral_[type]) continue;
    left -= rates_[type][at];
    if (left < 0) return static_cast<NeedType>(type);
  }
  return std::nullopt;
}

}  // namespace care
