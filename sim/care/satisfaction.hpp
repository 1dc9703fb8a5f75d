/// What residents think of the care that they find.
#pragma once

#include "care/parameters.hpp"

namespace care {

/// An index of satisfaction in [0, 1]:
///
///   S = (1 - c - d) 2^(-wait / h) + c continuity + d near
///
/// wait: mean wait for a GP, days; continuity: share of consultations with one's own GP or team;
/// near: share of residents near a GP who takes patients; h: `satisfaction_wait_half`, c:
/// `satisfaction_weight_continuity`, d: `satisfaction_weight_near`. NaN where the wait or the
/// continuity is. Assumption A24: the three add up, with weights that nobody has measured.
double satisfaction(double wait_days, double continuity, double near,
                    const SatisfactionParameters& p);

}  // namespace care
