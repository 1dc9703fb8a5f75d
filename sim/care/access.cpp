#include "care/access.hpp"

#include <algorithm>

namespace care {

double renunciation_ratio(const Circumstances& who, const AccessRelief& relief,
                          const AccessParameters& p) {
  constexpr double poorest_share = 0.2;  // a quintile
  const auto term = [](bool holds, double ratio, double share) {
    return (holds ? ratio : 1) / (1 + share * (ratio - 1));
  };
  double ratio = term(who.poorest_quintile, p.renounce_ratio_poor, poorest_share) *
                 term(who.limited_mobility, p.renounce_ratio_immobile, p.immobile_share);
  if (who.poorest_quintile) {
    ratio *= (1 + p.no_advance_payment_effect * relief.no_advance_payment) *
             (1 + p.mediation_effect * relief.mediation) *
             (1 + p.social_work_effect * relief.social_work);
  }
  if (who.limited_mobility) ratio *= 1 + p.transport_effect * relief.transport;
  return ratio;
}

double acceptance_probability(const Circumstances& who, const AccessRelief& relief,
                              const AccessParameters& p) {
  if (!who.poorest_quintile) return p.acceptance;
  return std::min(1.0, p.acceptance * (1 + p.mediation_search_gain * relief.mediation));
}

AfterFailure after_failure(double u, bool urgent, double renunciation_ratio, bool practices_left,
                           const AccessParameters& p) {
  const double renounce = p.after_failure_renounce * renunciation_ratio;
  const double emergency =
      urgent ? p.after_failure_emergency_urgent : p.after_failure_emergency_planned;
  // Who gives up or goes to an emergency department more often asks elsewhere, or waits, less.
  const double scale = std::max(1.0, renounce + emergency);
  const double other = std::min(p.after_failure_other, 1 - (renounce + emergency) / scale);
  double left = practices_left ? u : other + u * (1 - other);
  if (left < other) return AfterFailure::another_practice;
  left -= other;
  if (left < renounce / scale) return AfterFailure::renounce;
  left -= renounce / scale;
  return left < emergency / scale ? AfterFailure::emergency : AfterFailure::wait_longer;
}

}  // namespace care
