/// What a municipality knows of access to care because it measures it.
#pragma once

#include <optional>

namespace care {

/// Indicators of the last month, as a committee sees them. Missing (NaN) where nothing was
/// observed: no condition holds on it.
struct Measured {
  double without_gp_share = 0;  ///< `adults_without_gp_share`
  double wait_days = 0;         ///< `wait_median`
  double renounced_share = 0;   ///< `renounced_share`
};

/// A committee of elected members, professionals and residents that meets so many times a year and
/// looks at measured indicators. Between meetings it knows what it saw last; when it no longer
/// works it knows nothing. Assumption A34: its figures are right, and a month old.
struct SteeringCommittee {
  double meetings_due = 0;
  std::optional<Measured> known;

  /// One month of its work. The figures of a meeting can be acted upon from the next month on.
  void work_a_month(double meetings_per_year, const std::optional<Measured>& last_month) {
    if (meetings_per_year <= 0) {
      *this = {};
      return;
    }
    meetings_due += meetings_per_year / 12;
    if (meetings_due < 1 - 1e-9) return;  // twelve twelfths make a meeting
    meetings_due -= 1;
    if (last_month) known = last_month;
  }
};

}  // namespace care
