/// The appointment book of a professional: the wait is what it gives, never what it is told.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "care/parameters.hpp"
#include "pdes/time.hpp"
#include "world/calendar.hpp"

namespace care {

/// Monday to Friday, public holidays included.
inline constexpr double working_days_per_year = world::days_per_year * 5 / 7;

/// Consultation slots, day by day, taken in order. A part of each day's slots is kept for the day
/// before and the day itself, so that urgent needs find room. A slot whose hour has passed is lost.
/// Assumption A2: leave and days off are spread evenly over the working days of the year.
class AppointmentBook {
 public:
  AppointmentBook() = default;
  AppointmentBook(const BookParameters& p, double activity);

  /// Changes the output relative to a settled colleague of mean activity; bookings made stay.
  void set_activity(const BookParameters& p, double activity);

  /// Changes the share of each day's slots that is kept; bookings made stay.
  void keep(double share) {
    kept_share_ = share;
    full_until_ = 0;
  }

  /// Takes the first free slot that starts after `now` and before the end of day `last_day`, or
  /// returns nothing. Requires times that never go back.
  std::optional<pdes::Time> book(pdes::Time now, std::int32_t last_day,
                                 const world::Calendar& calendar);

  /// The slot that `book` would take, which stays free.
  std::optional<pdes::Time> first_free(pdes::Time now, std::int32_t last_day,
                                       const world::Calendar& calendar);

  /// Takes the further sessions of a series whose first is on `first_day`: each on the first day
  /// with a slot from `interval_days` after the one before, at most six days late. Returns how many
  /// found a slot; the others are not held. Requires a first day that `book` has just given.
  int book_series(std::int32_t first_day, int sessions, int interval_days,
                  const world::Calendar& calendar);

  /// Slots on offer on a working day, on average.
  double slots_per_day() const { return slots_per_day_; }

 private:
  struct Slot {
    std::int32_t day = 0;
    int number = 0;  ///< of the day, from 0
    int of = 0;      ///< slots of that day
  };
  std::optional<Slot> find(pdes::Time now, std::int32_t last_day, const world::Calendar& calendar);
  pdes::Time start_of(const Slot& slot) const;
  int slots_on(std::int32_t day) const;
  void forget_days_before(std::int32_t today);
  std::uint8_t& taken(std::int32_t day) {
    return taken_[static_cast<std::size_t>(day) % taken_.size()];
  }

  double slots_per_day_ = 0;
  double kept_share_ = 0;
  std::int64_t opening_ = 0;         ///< minutes after midnight
  std::int64_t open_for_ = 0;        ///< minutes
  std::vector<std::uint8_t> taken_;  ///< slots taken, by day, a ring over the horizon
  std::int32_t first_day_ = 0;       ///< of the ring
  std::int32_t full_until_ = 0;      ///< before this day, nothing is left but what is kept
};

}  // namespace care
