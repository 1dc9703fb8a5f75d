#include "care/prevention.hpp"

#include <algorithm>

namespace care {
namespace {

constexpr double weeks_per_month = world::days_per_year / 7 / world::months_per_year;

}  // namespace

bool prevention_up_to_date(const world::Resident& who, std::int32_t today,
                           const PreventionParameters& p) {
  const double days = p.span_months * world::days_per_year / world::months_per_year;
  return today - who.last_prevention_day <= days;
}

double share_reached(double sessions_per_week, double not_up_to_date,
                     const PreventionParameters& p) {
  if (not_up_to_date <= 0) return 0;
  return std::min(1.0, sessions_per_week * weeks_per_month * p.session_residents / not_up_to_date);
}

double programme_cost(double sessions_per_week, const PreventionParameters& p) {
  return sessions_per_week * weeks_per_month * p.session_cost;
}

}  // namespace care
