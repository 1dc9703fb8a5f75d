#include "care/outcomes.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"

namespace care {

Rate emergency_rate(double age, const OutcomeParameters& p) {
  const auto band =
      std::upper_bound(emergency_band_from.begin(), emergency_band_from.end(), std::max(age, 0.0)) -
      emergency_band_from.begin() - 1;
  return {p.emergency_visits[static_cast<std::size_t>(band)] *
          (1 - p.emergency_failed_request_share)};
}

double treatable_share(const OutcomeParameters& p) {
  const double failed = p.emergency_failed_request_share;
  return std::max(0.0, p.emergency_treatable_share - failed) / (1 - failed);
}

bool follow_up_unmet(const world::Resident& resident, std::int32_t today,
                     const OutcomeParameters& p) {
  if (!resident.long_term_condition(today)) return false;
  const double days = p.follow_up_months * world::days_per_year / world::months_per_year;
  return resident.registered_gp == world::no_professional || today - resident.last_seen_day > days;
}

Rate avoidable_admission_rate(double age, bool ill, bool unmet, const OutcomeParameters& p) {
  if (!ill) return {0};
  constexpr double reference_age = 75;
  return {p.admission_level * pdes::portable::exp(p.admission_slope * (age - reference_age)) *
          (unmet ? p.admission_ratio_unmet : 1)};
}

}  // namespace care
