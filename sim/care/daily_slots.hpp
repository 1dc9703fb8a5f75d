/// Slots of each working day, taken as residents come.
#pragma once

#include <cmath>
#include <cstdint>

#include "world/calendar.hpp"

namespace care {

/// A count of slots that starts anew every working day: what nobody takes is lost. With more
/// whole slots a day, whoever found one still does.
struct DailySlots {
  double per_day = 0;     ///< on average; a fraction is a slot on some days
  std::int32_t day = -1;  ///< of the slots counted
  int taken = 0;          ///< on that day

  int on(std::int32_t d, const world::Calendar& calendar) const {
    if (!calendar.is_working_day(d)) return 0;
    return static_cast<int>(std::floor((d + 1) * per_day) - std::floor(d * per_day));
  }

  /// Takes a slot of today, if one is left. Requires days that never go back.
  bool take(std::int32_t today, const world::Calendar& calendar) {
    if (today != day) day = today, taken = 0;
    if (taken >= on(today, calendar)) return false;
    ++taken;
    return true;
  }
};

}  // namespace care
