/// Why a professional leaves, by competing hazards, or cuts down hours.
#pragma once

#include "care/parameters.hpp"
#include "world/ids.hpp"

namespace care {

/// What weighs on a professional's decision.
struct Situation {
  world::Profession profession{};
  double age = 0;  ///< years
  double years_here = 0;
  bool works_alone = false;  ///< no team, and no peer of the profession in the commune
  bool salaried = false;     ///< employed by the municipality
  bool in_team = false;
  bool in_recognised_team = false;
  double relative_cohesion = 0;   ///< of the team over the reference
  double paperwork_relieved = 0;  ///< share, of a GP's
  double load = 1;                ///< requests over slots; 1 where patient flow is not simulated
};

/// Hazard of retirement, per person-year: by year of age for GPs (`gp_retire_hazard_*`), constant
/// from an age on for the others (`other_retirement_*`). A GP whose patients would find no other in
/// the commune stays on for longer (`retirement_alone_ratio`).
Rate retirement_rate(const Situation& who, const DepartureParameters& p);

/// Hazard of leaving for another place.
///
///   h = base * isolation^[alone] * overload^max(0, load - 1) * team^min(1, C) * early^[new, no
///   team] * paperwork^r
///
/// C: cohesion of a recognised team over the reference, 0 otherwise; r: share of a GP's paperwork
/// that others take on. Parameters: `relocation_base`, `paperwork_retention_hr`,
/// `other_relocation_base`, `isolation_ratio`, `overload_ratio`, `team_retention_hr`,
/// `early_departure_*`. Assumption A5: the ratios multiply, and none depends on the others.
Rate relocation_rate(const Situation& who, const DepartureParameters& p);

/// Hazard of the end of a salaried contract by one's own choice, of all professions, per
/// person-year; it takes the place of relocation and burnout, with the same ratios of working
/// conditions.
///
///   h = turnover * overload^max(0, load - 1),  turnover: `salaried_gp_turnover`
Rate contract_end_rate(const Situation& who, const DepartureParameters& p);

/// Hazard of stopping before the age of retirement, GPs only; same ratios without the early one.
Rate burnout_rate(const Situation& who, const DepartureParameters& p);

/// Hazard of cutting down one's hours for good, self-employed GPs only; the GP stays.
///
///   h = `hours_cut_base` * the same ratios as burnout
///
/// Each time a share `hours_cut_share` of the hours is given up. Assumption A52: who cuts down does
/// so for the reasons for which others stop.
Rate hours_cut_rate(const Situation& who, const DepartureParameters& p);

}  // namespace care
