#include "care/access.hpp"

#include <algorithm>

namespace care {

AfterFailure after_failure(double u, bool urgent, bool poorest_quintile, bool practices_left,
                           const AccessParameters& p) {
  constexpr double poorest_share = 0.2;  // a quintile
  const double mean_ratio = 1 + poorest_share * (p.renounce_ratio_poor - 1);
  const double renounce =
      p.after_failure_renounce * (poorest_quintile ? p.renounce_ratio_poor : 1) / mean_ratio;
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

void leave_out(world::ProfessionalId gp, Neighbourhood& neighbourhood) {
  auto& practices = neighbourhood.practices;
  practices.erase(std::remove_if(practices.begin(), practices.end(),
                                 [&](const PracticeChoice& choice) { return choice.gp == gp; }),
                  practices.end());
  neighbourhood.total = 0;
  for (const PracticeChoice& choice : practices) neighbourhood.total += choice.weight;
}

world::ProfessionalId choose_practice(double u, const Neighbourhood& neighbourhood,
                                      const std::vector<world::ProfessionalId>& asked) {
  const auto was_asked = [&](world::ProfessionalId gp) {
    return std::find(asked.begin(), asked.end(), gp) != asked.end();
  };
  double total = neighbourhood.total;
  if (!asked.empty()) {
    total = 0;
    for (const PracticeChoice& choice : neighbourhood.practices) {
      if (!was_asked(choice.gp)) total += choice.weight;
    }
  }
  double left = u * total;
  world::ProfessionalId last = world::no_professional;
  for (const PracticeChoice& choice : neighbourhood.practices) {
    if (was_asked(choice.gp)) continue;
    last = choice.gp;
    left -= choice.weight;
    if (left < 0) return choice.gp;
  }
  return last;
}

}  // namespace care
