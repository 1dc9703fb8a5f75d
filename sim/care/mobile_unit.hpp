/// A mobile unit: a consulting room on wheels that stops in the communes in turn.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "world/calendar.hpp"
#include "world/ids.hpp"

namespace care {

/// Whether a resident gets to an offer without an appointment book.
///
///   in the commune where they live, or within `offer_reach_minutes` if they travel alone
///
/// Assumption A40: who can hardly travel alone goes nowhere but in their own commune.
bool within_reach(double minutes, bool same_commune, bool limited_mobility,
                  const OfferParameters& p);

/// A unit on the road so many days a week, with a number of consultations at each stop. Residents
/// whom the practice asked first cannot take, whether their need is urgent or not, book the first
/// stop within reach and within their patience. Assumption A41: its staff come from outside the
/// catchment and take no time from the practices there; every commune has the same turn.
class MobileUnit {
 public:
  explicit MobileUnit(std::size_t communes) : communes_(communes) {}

  /// What is booked stays booked.
  void run(double days_per_week) { days_per_week_ = days_per_week; }

  /// The commune of its stop on a day, if it is on the road then.
  ///
  ///   on the road   floor((k + 1) w / 5) > floor(k w / 5),  w: days a week
  ///   commune       floor(k w / 5) modulo the number of communes
  ///
  /// k: working days before that day. Any number of days a week, 5 at most, is kept exactly.
  std::optional<world::CommuneId> stop_on(std::int32_t day, const world::Calendar& calendar) const;

  /// Books a consultation at the first stop from `today` to `last_day` that `reached` accepts and
  /// that has one left: its day. Stops are open for booking `appointment_book_horizon` days ahead.
  std::optional<std::int32_t> book(std::int32_t today, std::int32_t last_day,
                                   const std::function<bool(world::CommuneId)>& reached,
                                   const OfferParameters& p, const world::Calendar& calendar);

 private:
  std::size_t communes_;
  double days_per_week_ = 0;
  std::map<std::int32_t, int> taken_;  ///< by day of the stop, from today on
};

/// A month of it, entered in the ledger: days a week times `mobile_unit_day_cost`.
void pay_mobile_unit(double days_per_week, std::int32_t day, const OfferParameters& p,
                     Ledger& ledger);

}  // namespace care
