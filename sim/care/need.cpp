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

/// One of each kind of resident that rates tell apart, in the middle of each year of age.
std::vector<Needy> everyone() {
  std::vector<Needy> all;
  for (int year = 0; year <= 100; ++year) {
    for (const Sex sex : {Sex::woman, Sex::man}) {
      for (const bool ill : {false, true}) all.push_back({year + 0.5, sex, ill});
    }
  }
  return all;
}

}  // namespace

Rate need_rate(double age, Sex sex, bool ill, const world::Illness& illness,
               const NeedParameters& p) {
  return {p.contacts_per_year[world::age_band_of(age)] * p.latent_ratio * sex_factor(age, sex, p) *
          illness_factor(age, ill, illness, p.illness_ratio)};
}

NeedCatalogue::NeedCatalogue(const scenario::NeedTable& table, const ParameterTable& parameters)
    : latent_ratio_(parameters.value("gp_latent_demand_ratio")), gp_rate_(cells, 0) {
  constexpr int any_year = 2024;  // illness by age is the same in all
  const world::Illness illness = world::read_population(parameters, any_year).illness;
  const NeedParameters gp = read_parameters(parameters).need;
  for (const Needy& who : everyone()) {
    gp_rate_[cell(who)] = need_rate(who.age, who.sex, who.ill, illness, gp).per_year;
  }
  for (const NeedRow& row : table.rows) definitions_.push_back(definition_of(row, parameters));
  share_gp_needs(table, parameters);
  std::vector<NeedType> direct, referred;
  for (const NeedRow& row : table.rows) {
    (row.by_referral ? referred : direct).push_back(static_cast<NeedType>(rates_.size()));
    read_rates(row, parameters, illness);
  }
  direct_ = sums_of(direct);
  referred_ = sums_of(referred);
}

NeedCatalogue::Sums NeedCatalogue::sums_of(const std::vector<NeedType>& types) const {
  Sums sums{types, {}};
  for (std::size_t at = 0; at < cells; ++at) {
    double sum = 0;
    for (const NeedType type : types) {
      sum += rates_[static_cast<std::size_t>(type)][at];
      sums.up_to.push_back(sum);
    }
  }
  return sums;
}

/// The first type whose sum exceeds the target.
std::optional<NeedType> NeedCatalogue::Sums::type_at(double target, std::size_t cell) const {
  const auto first = up_to.begin() + static_cast<std::ptrdiff_t>(cell * types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (first[static_cast<std::ptrdiff_t>(i)] > target) return types[i];
  }
  return std::nullopt;
}

/// The rates of one type: those of its own, or a share of the needs for a GP.
void NeedCatalogue::read_rates(const NeedRow& row, const ParameterTable& parameters,
                               const world::Illness& illness) {
  const auto type = static_cast<NeedType>(rates_.size());
  std::vector<double>& rates = rates_.emplace_back(cells, 0);
  const double ratio = value_or(parameters, row.illness_ratio, 1);
  for (const Needy& who : everyone()) {
    if (row.women_only && who.sex != Sex::woman) continue;
    if (row.rate.empty()) {
      rates[cell(who)] = share_of_gp_needs(type, who.ill) * gp_rate(who);
      continue;
    }
    double contacts = 0;
    for (const NeedRow::Stratum& stratum : row.rate) {
      if (who.age >= stratum.from_age) contacts = value_or(parameters, stratum.parameter, 0);
    }
    rates[cell(who)] = contacts * latent_ratio_ * illness_factor(who.age, who.ill, illness, ratio) /
                       (*this)[type].sessions;
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

std::optional<NeedType> NeedCatalogue::draw_referral(double u, const Needy& who) const {
  const std::size_t at = cell(who);
  if (gp_rate_[at] <= 0) return std::nullopt;
  // u falls on type k with probability p_k; all is measured in needs per year.
  return referred_.type_at(u * std::max(gp_rate_[at] / latent_ratio_, referred_.sum(at)), at);
}

}  // namespace care
