/// Dates of a run: what day of the week, which month, how far from the start of the scenario.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "pdes/time.hpp"
#include "world/units.hpp"

namespace world {

/// Days are counted from the first day of the run, the warm-up included: day 0 starts at time 0.
class Calendar {
 public:
  /// A run that warms up for whole months, then lasts `years` from `start`.
  Calendar(std::chrono::sys_days start, int warm_up_months, int years);

  static std::int32_t day_of(pdes::Time t) {
    return static_cast<std::int32_t>(t.ticks / day.ticks);
  }
  static pdes::Time start_of(std::int32_t d) { return pdes::Time{} + d * day; }

  /// Monday to Friday. Public holidays are working days here: leave is spread over the year.
  bool is_working_day(std::int32_t d) const { return (first_weekday_ + d) % 7 < 5; }

  /// Working days from the Monday of the first week to day `d`, itself not counted.
  std::int32_t working_days_before(std::int32_t d) const {
    const std::int32_t since_monday = first_weekday_ + d;
    return since_monday / 7 * 5 + (since_monday % 7 < 5 ? since_monday % 7 : 5);
  }

  std::int32_t warm_up_days() const { return warm_up_days_; }
  /// Day since the start of the scenario; negative during the warm-up.
  std::int32_t scenario_day(std::int32_t d) const { return d - warm_up_days_; }

  /// Months of the scenario; month m goes from `month_start(m)` to `month_start(m + 1)`.
  int months() const { return static_cast<int>(month_starts_.size()) - 1; }
  std::int32_t month_start(int month) const {
    return month_starts_[static_cast<std::size_t>(month)];
  }
  /// The month of the calendar in which month m begins.
  std::chrono::year_month month_of_year(int month) const;
  pdes::Time horizon() const { return start_of(month_starts_.back()); }

 private:
  std::chrono::sys_days start_;
  std::int32_t warm_up_days_;
  std::int32_t first_weekday_;  ///< of day 0, from Monday = 0
  std::vector<std::int32_t> month_starts_;
};

std::string iso_date(std::chrono::sys_days date);

}  // namespace world
