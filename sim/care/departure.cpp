#include "care/departure.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"

namespace care {
namespace {

using pdes::portable::pow;

/// What isolation, overload and the team do to any hazard of leaving.
double working_conditions(const Situation& who, const DepartureParameters& p) {
  double ratio = 1;
  if (who.works_alone) ratio *= p.isolation_ratio;
  ratio *= pow(p.overload_ratio, std::max(0.0, who.load - 1));
  if (who.in_recognised_team) ratio *= pow(p.team_ratio, std::min(1.0, who.relative_cohesion));
  ratio *= pow(p.paperwork_ratio, who.paperwork_relieved);
  return ratio;
}

}  // namespace

Rate retirement_rate(const Situation& who, const DepartureParameters& p) {
  if (who.profession != world::Profession::gp) {
    return {who.age < p.other_retirement_age ? 0 : p.other_retirement};
  }
  constexpr int first_age = 60;  // of the table
  const int row = static_cast<int>(who.age) - first_age;
  if (row < 0) return {0};
  const auto i = static_cast<std::size_t>(row);
  return {(i < p.gp_retirement.size() ? p.gp_retirement[i] : p.gp_retirement_last) *
          (who.works_alone ? p.retirement_alone_ratio : 1)};
}

Rate contract_end_rate(const Situation& who, const DepartureParameters& p) {
  if (!who.salaried) return {0};
  return {p.salaried_turnover * working_conditions(who, p)};
}

Rate relocation_rate(const Situation& who, const DepartureParameters& p) {
  if (who.salaried) return {0};
  double rate = p.relocation[world::index(who.profession)] * working_conditions(who, p);
  if (!who.in_team && who.years_here < p.early_years) rate *= p.early_ratio;
  return {rate};
}

Rate burnout_rate(const Situation& who, const DepartureParameters& p) {
  if (who.profession != world::Profession::gp || who.salaried) return {0};
  return {p.gp_burnout * working_conditions(who, p)};
}

Rate hours_cut_rate(const Situation& who, const DepartureParameters& p) {
  if (who.profession != world::Profession::gp || who.salaried) return {0};
  return {p.hours_cut * working_conditions(who, p)};
}

}  // namespace care
