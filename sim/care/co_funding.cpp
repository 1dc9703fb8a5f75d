#include "care/co_funding.hpp"

#include <algorithm>

namespace care {

using scenario::TeamStage;
using world::cents;

Grants grants_for(Cents cost, TeamStage project, const MunicipalParameters& p) {
  const double euros = static_cast<double>(cost.value) / 100;
  const Cents without = cents(euros * p.subsidy_without_project);
  const Cents with = std::max(without, cents(euros * p.subsidy_with_project));
  const bool recognised = project >= TeamStage::recognised;

  Grants grants;
  if (!recognised) grants.state = without;
  const auto grant = [&](TeamStage asked_for, Cents most) {
    return project >= asked_for ? std::min(most, with - grants.total()) : Cents{};
  };
  grants.region = grant(TeamStage::recognised, cents(p.subsidy_region));
  grants.department = grant(TeamStage::recognised, std::min(cents(euros * p.department_share),
                                                            cents(p.department_ceiling)));
  grants.health_agency = grant(TeamStage::drafted, std::min(cents(euros * p.health_agency_share),
                                                            cents(p.health_agency_ceiling)));
  if (recognised) grants.state = with - grants.total();
  return grants;
}

}  // namespace care
