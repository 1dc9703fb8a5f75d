/// Prevention: who is up to date, and whom a municipal programme reaches.
#pragma once

#include <cstdint>

#include "care/parameters.hpp"
#include "world/residents.hpp"

namespace care {

/// How far back care is remembered: days of care fit 16 bits.
inline constexpr double long_ago_days = 30'000;

/// Whether a resident was seen for prevention, or reached by a programme, within
/// `prevention_span_months`.
bool prevention_up_to_date(const world::Resident& who, std::int32_t today,
                           const PreventionParameters& p);

/// Share of the adults who are not up to date whom a programme reaches in a month:
///
///   min(1, s w n / N)
///
/// s: sessions a week; w: weeks in a month; n: `prevention_session_residents`; N: adults who are
/// not up to date. Assumption A23: whoever is not up to date comes as likely as any other.
double share_reached(double sessions_per_week, double not_up_to_date,
                     const PreventionParameters& p);

/// EUR that a programme costs in a month: s w c, c: `prevention_session_cost`.
double programme_cost(double sessions_per_week, const PreventionParameters& p);

}  // namespace care
