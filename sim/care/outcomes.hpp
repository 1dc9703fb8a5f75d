/// What happens to residents besides, and because of, the care that they had or lacked: emergency
/// visits and avoidable admissions. Neither is taken back to a resident, so that their number in a
/// month is a Poisson draw around the sum of the residents' rates, the law of independent events.
#pragma once

#include <cstdint>

#include "care/parameters.hpp"
#include "world/residents.hpp"

namespace care {

/// Emergency visits per year of one resident that do not follow from a failed request:
///
///   rate = visits(age band) (1 - s)
///
/// s: `ed_failed_request_share`, the share of visits that the model itself brings about when no
/// practice takes a need in time. Parameters: `ed_visits_*`.
Rate emergency_rate(double age, const OutcomeParameters& p);

/// The share of those that primary care could have treated:
///
///   (t - s) / (1 - s)
///
/// t: `ed_low_acuity_share`, of all visits; those that follow from a failed request are among them.
double treatable_share(const OutcomeParameters& p);

/// Whether the follow-up of a long-term condition is unmet: the resident has one, and has no
/// registered GP or has not seen a GP for `follow_up_months`. Assumption A8: whoever was there at
/// the start had been seen then.
bool follow_up_unmet(const world::Resident& resident, std::int32_t today,
                     const OutcomeParameters& p);

/// Potentially avoidable hospital stays (Ansari's definition) per year of one resident:
///
///   rate = level exp(slope (age - 75)) r^unmet     with a long-term condition, 0 without
///
/// r: `hpe_no_mt_rr`. It is weak on purpose: where practices closed, no rise was found (Bischof and
/// Kaiser 2021), and the associations with continuity (Sandvik et al. 2022) are its ceiling.
/// Parameters: `hpe_level_75`, set so that France has 9.0 per 1,000 (docs/calibration.md),
/// `hpe_age_slope`. Assumption A9: all of these stays are of residents with such a condition.
Rate avoidable_admission_rate(double age, bool ill, bool unmet, const OutcomeParameters& p);

}  // namespace care
