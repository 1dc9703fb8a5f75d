#include "world/calendar.hpp"

#include <fmt/format.h>

namespace world {
namespace {

using std::chrono::sys_days;

/// The same day of a later month; the last day of the month where there is no such day.
sys_days plus_months(sys_days date, int months) {
  const std::chrono::year_month_day from{date};
  const auto to = from + std::chrono::months{months};
  return to.ok() ? sys_days{to} : sys_days{to.year() / to.month() / std::chrono::last};
}

std::int32_t days_between(sys_days from, sys_days to) {
  return static_cast<std::int32_t>((to - from).count());
}

}  // namespace

Calendar::Calendar(sys_days start, int warm_up_months, int years) : start_(start) {
  const sys_days origin = plus_months(start, -warm_up_months);
  warm_up_days_ = days_between(origin, start);
  first_weekday_ = static_cast<std::int32_t>(std::chrono::weekday{origin}.iso_encoding()) - 1;
  for (int month = 0; month <= years * 12; ++month) {
    month_starts_.push_back(days_between(origin, plus_months(start, month)));
  }
}

std::chrono::year_month Calendar::month_of_year(int month) const {
  const std::chrono::year_month_day first{plus_months(start_, month)};
  return first.year() / first.month();
}

std::string iso_date(sys_days date) {
  const std::chrono::year_month_day ymd{date};
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

}  // namespace world
