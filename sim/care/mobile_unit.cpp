#include "care/mobile_unit.hpp"

#include <algorithm>
#include <cmath>

namespace care {

bool within_reach(double minutes, bool same_commune, bool limited_mobility,
                  const OfferParameters& p) {
  return same_commune || (!limited_mobility && minutes <= p.reach_minutes);
}

std::optional<world::CommuneId> MobileUnit::stop_on(std::int32_t day,
                                                    const world::Calendar& calendar) const {
  if (!calendar.is_working_day(day)) return std::nullopt;
  const double per_working_day = days_per_week_ / 5;
  const double k = calendar.working_days_before(day);
  const auto stop = static_cast<std::size_t>(std::floor(k * per_working_day));
  if (static_cast<std::size_t>(std::floor((k + 1) * per_working_day)) == stop) return std::nullopt;
  return world::CommuneId(static_cast<std::uint16_t>(stop % communes_));
}

std::optional<std::int32_t> MobileUnit::book(std::int32_t today, std::int32_t last_day,
                                             const std::function<bool(world::CommuneId)>& reached,
                                             const OfferParameters& p,
                                             const world::Calendar& calendar) {
  if (days_per_week_ <= 0) return std::nullopt;
  taken_.erase(taken_.begin(), taken_.lower_bound(today));
  const std::int32_t end = std::min(last_day, today + p.horizon_days - 1);
  for (std::int32_t day = today; day <= end; ++day) {
    const std::optional<world::CommuneId> stop = stop_on(day, calendar);
    if (!stop || !reached(*stop)) continue;
    int& taken = taken_[day];
    if (taken >= p.mobile_slots) continue;
    ++taken;
    return day;
  }
  return std::nullopt;
}

void pay_mobile_unit(double days_per_week, std::int32_t day, const OfferParameters& p,
                     Ledger& ledger) {
  constexpr double weeks_per_month = world::days_per_year / 7 / world::months_per_year;
  ledger.pay(day, Account::municipality, Account::suppliers,
             world::cents(days_per_week * weeks_per_month * p.mobile_day_cost),
             Category::access_support);
}

}  // namespace care
