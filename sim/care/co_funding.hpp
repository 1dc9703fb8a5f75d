/// Who pays for a building besides the municipality.
#pragma once

#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "scenario/strategy.hpp"

namespace care {

/// What each source grants.
struct Grants {
  Cents region;
  Cents department;
  Cents health_agency;
  Cents state;
  Cents total() const { return region + department + health_agency + state; }
};

/// What a building of a cost is granted at the end of its funding round, for a team's project that
/// has come so far (no team: none):
///
///   source                 asks for a project     grants
///   Région                 recognised             min(R, rest)
///   département            recognised             min(d cost, D, rest)
///   health agency (ARS)    drafted                min(a cost, A, rest)
///   State (DETR, DSIL)     nothing                p cost without a recognised project,
///                                                 all of the rest with one
///
/// where the rest is what the sources above leave of t cost, t: `subsidy_total_share`. All together
/// grant t with a recognised project and p (`subsidy_penalty_no_project`) without any: a source
/// that asks for a project refuses. R: `subsidy_region`; d, D: `subsidy_department_*`; a, A:
/// `subsidy_ars_*`. Assumption A33: the State completes up to the published total.
Grants grants_for(Cents cost, scenario::TeamStage project, const MunicipalParameters& p);

}  // namespace care
