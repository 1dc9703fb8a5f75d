/// A walk-in unit: consultations without appointment, the same day.
#pragma once

#include <algorithm>
#include <cstdint>

#include "care/daily_slots.hpp"
#include "care/parameters.hpp"
#include "world/calendar.hpp"

namespace care {

/// Slots of each working day, taken as residents come; those left over at the end of a month are
/// offered to residents who would have gone to an emergency department. Assumption A11: its doctors
/// come from outside the catchment, and take no time from the practices there.
struct WalkInUnit {
  DailySlots slots;
  std::int64_t taken_in_month = 0;

  bool take(std::int32_t today, const world::Calendar& calendar) {
    if (!slots.take(today, calendar)) return false;
    ++taken_in_month;
    return true;
  }

  /// Ends a month: how many of the visits to an emergency department that primary care could have
  /// treated come here instead,
  ///
  ///   min(slots left over, floor(d visits)),  d: `walk_in_diversion_share`
  std::int64_t divert(std::int64_t visits, const AccessParameters& p,
                      const world::Calendar& calendar, std::int32_t month) {
    std::int64_t offered = 0;
    for (std::int32_t d = calendar.month_start(month); d < calendar.month_start(month + 1); ++d) {
      offered += slots.on(d, calendar);
    }
    const std::int64_t left = std::max<std::int64_t>(0, offered - taken_in_month);
    taken_in_month = 0;
    return std::min(left,
                    static_cast<std::int64_t>(p.walk_in_diversion * static_cast<double>(visits)));
  }
};

}  // namespace care
