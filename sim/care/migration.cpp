#include "care/migration.hpp"

#include <algorithm>
#include <limits>

#include "pdes/portable_math.hpp"

namespace care {
namespace {

std::size_t group_of(double age) {
  const auto above =
      std::upper_bound(move_group_from.begin(), move_group_from.end(), std::max(age, 0.0));
  return static_cast<std::size_t>(above - move_group_from.begin()) - 1;
}

double rate_of_group(std::size_t group, const MigrationParameters& p) {
  return p.level * p.moves_per_year * p.out_share * p.leaving_ratio[group];
}

}  // namespace

bool anybody_moves(const MigrationParameters& p) {
  if (p.net_per_1000 != 0) return true;
  for (std::size_t group = 0; group < move_group_from.size(); ++group) {
    if (rate_of_group(group, p) > 0) return true;
  }
  return false;
}

Rate leaving_rate(double age, const MigrationParameters& p) {
  return {rate_of_group(group_of(age), p)};
}

double age_at_leaving(double threshold, double age, const MigrationParameters& p) {
  double left = threshold;
  double from = std::max(age, 0.0);
  for (std::size_t group = group_of(from); group < move_group_from.size(); ++group) {
    const bool last = group + 1 == move_group_from.size();
    const double until =
        last ? std::numeric_limits<double>::infinity() : move_group_from[group + 1];
    const double rate = rate_of_group(group, p);
    if (rate > 0) {
      if (from + left / rate < until) return from + left / rate;
      left -= rate * (until - from);
    }
    from = until;
  }
  return std::numeric_limits<double>::infinity();
}

Rate settlement_rate(Rate leaving, std::int64_t residents, double factor,
                     const MigrationParameters& p) {
  const double net = p.net_per_1000 * static_cast<double>(residents) / 1000;
  return {std::max(0.0, leaving.per_year + net) * factor};
}

double settlement_factor(double accessible, double at_start, const MigrationParameters& p) {
  if (p.care_elasticity == 0 || accessible == at_start) return 1;
  if (at_start <= 0) return p.care_limit;
  if (accessible <= 0) return 1 / p.care_limit;
  using pdes::portable::exp;
  using pdes::portable::log;
  return std::clamp(exp(p.care_elasticity * log(accessible / at_start)), 1 / p.care_limit,
                    p.care_limit);
}

world::Population newcomers_of(world::Population residents, const MigrationParameters& p) {
  std::array<double, move_group_from.size()> before{};
  const auto group_of_band = [](std::size_t band) {
    return group_of(static_cast<double>(band) * world::years_per_band);
  };
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    before[group_of_band(band)] += residents.share[band];
  }
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    const std::size_t group = group_of_band(band);
    if (before[group] > 0) residents.share[band] *= p.newcomer_share[group] / before[group];
  }
  return residents;
}

}  // namespace care
