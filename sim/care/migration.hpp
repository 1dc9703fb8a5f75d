/// Residents who come to live in the area simulated and who leave it.
///
/// Assumption A60: people move one by one, each by their age; households are not simulated, so that
/// a child may move without its parents. Assumption A61: the commune's own balance holds unless the
/// scenario says otherwise: as many settle as may be expected to move away, and `migration_net`
/// besides. Assumption A62: newcomers have no GP here, had seen one when they come, and are drawn
/// like the residents of the start but for their age.
#pragma once

#include <cstdint>

#include "care/parameters.hpp"
#include "world/population.hpp"
#include "world/residents.hpp"

namespace care {

/// Whether anybody settles or moves away at all.
bool anybody_moves(const MigrationParameters& p);

/// Departures from the area per year of one resident of an age:
///
///   rate = level moves out ratio(age group)
///
/// moves: `residential_moves`, the share of residents who change home in a year; out:
/// `moves_out_of_area_share`, of those moves that end beyond the EPCI; ratio: `move_ratio_*`, over
/// all ages; level: `migration_level`.
Rate leaving_rate(double age, const MigrationParameters& p);

/// The age at which a resident who is here at `age` moves away; infinite if never. By inversion of
/// the hazard that `leaving_rate` adds up to, for a unit-exponential `threshold`: a higher rate
/// always means an earlier age. Independent of care and of length of life.
double age_at_leaving(double threshold, double age, const MigrationParameters& p);

/// People who settle in a commune per year, expected:
///
///   s = max(0, l + net n / 1000) f
///
/// l: the sum of `leaving_rate` over those who live there, n: their number, net: `migration_net`,
/// f: `settlement_factor`. With net 0 and f 1 the number of residents is kept but for births and
/// deaths, whatever their ages.
Rate settlement_rate(Rate leaving, std::int64_t residents, double factor,
                     const MigrationParameters& p);

/// What care does to settlement in a commune:
///
///   f = (A / A0)^e, at most `limit` and at least 1 / `limit`
///
/// A: local accessibility of GPs (APL) now, A0: at the start of the run, e:
/// `migration_care_elasticity`, limit: `migration_care_limit`. Nothing is known of e but that
/// services are among the reasons people give: it is 0 by default, so that no strategy gains
/// residents by assumption. A0 is the commune's own: what keeps people away already is in its
/// balance. Where there was no GP within reach at the start, f is the limit as soon as there is.
double settlement_factor(double accessible, double at_start, const MigrationParameters& p);

/// A population to draw those who settle from: with the age groups of `newcomer_share_*`, each
/// spread within as among the residents of the commune.
world::Population newcomers_of(world::Population residents, const MigrationParameters& p);

}  // namespace care
