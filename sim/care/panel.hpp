/// How many patients a GP can follow.
#pragma once

#include "care/parameters.hpp"

namespace care {

/// Relative gain of the panel ceiling by all that shares the work of following patients.
///
///   g = min(limit, gt min(1, C) + ga min(1, a))
///
/// C: cohesion of a recognised team over the reference, 0 without one; a: medical assistants per
/// GP. gt: `msp_patients_effect_rel`, ga: `assistant_list_gain`, limit: `patients_gain_limit`.
/// Both are gains in patients, not in consultations. Assumption A13: they go through one channel,
/// the patients that a GP follows with the same hours, so that they add up to the limit only.
double panel_gain(double relative_cohesion, double assistants_per_gp, const PracticeParameters& p);

}  // namespace care
