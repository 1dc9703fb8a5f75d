#include "care/appointment_book.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace care {
namespace {

constexpr std::int32_t days_released = 2;  ///< today and tomorrow

}  // namespace

AppointmentBook::AppointmentBook(const BookParameters& p, double activity)
    : kept_share_(p.late_release_share),
      opening_(static_cast<std::int64_t>(p.opening_hour * 60)),
      open_for_(static_cast<std::int64_t>((p.closing_hour - p.opening_hour) * 60)),
      taken_(static_cast<std::size_t>(p.horizon_days), 0) {
  set_activity(p, activity);
}

void AppointmentBook::set_activity(const BookParameters& p, double activity) {
  constexpr double most = 200;  // fits the ring's bytes
  slots_per_day_ = std::min(p.acts_per_year * activity / working_days_per_year, most);
  full_until_ = 0;
}

/// The days share the year's slots evenly: day d has floor((d+1)s) - floor(ds) of them.
int AppointmentBook::slots_on(std::int32_t day) const {
  return static_cast<int>(std::floor((day + 1) * slots_per_day_) -
                          std::floor(day * slots_per_day_));
}

void AppointmentBook::forget_days_before(std::int32_t today) {
  const auto ring = static_cast<std::int32_t>(taken_.size());
  if (today - first_day_ >= ring) {
    std::fill(taken_.begin(), taken_.end(), std::uint8_t{0});
    first_day_ = today;
  }
  for (; first_day_ < today; ++first_day_) taken(first_day_) = 0;
}

pdes::Time AppointmentBook::start_of(const Slot& slot) const {
  return world::Calendar::start_of(slot.day) +
         pdes::Duration{opening_ + slot.number * open_for_ / std::max(slot.of, 1)};
}

std::optional<pdes::Time> AppointmentBook::book(pdes::Time now, std::int32_t last_day,
                                                const world::Calendar& calendar) {
  const std::optional<Slot> slot = find(now, last_day, calendar);
  if (!slot) return std::nullopt;
  taken(slot->day) = static_cast<std::uint8_t>(slot->number + 1);
  return start_of(*slot);
}

std::optional<pdes::Time> AppointmentBook::first_free(pdes::Time now, std::int32_t last_day,
                                                      const world::Calendar& calendar) {
  const std::optional<Slot> slot = find(now, last_day, calendar);
  return slot ? std::optional(start_of(*slot)) : std::nullopt;
}

int AppointmentBook::book_series(std::int32_t first_day, int sessions, int interval_days,
                                 const world::Calendar& calendar) {
  constexpr std::int32_t days_late = 7;  // over a weekend with a holiday, and some days more
  const std::int32_t end = first_day_ + static_cast<std::int32_t>(taken_.size());
  std::int32_t due = first_day;
  int booked = 0;
  for (int session = 1; session < sessions; ++session) {
    due += interval_days;
    for (std::int32_t day = due; day < std::min(due + days_late, end); ++day) {
      const int slots = calendar.is_working_day(day) ? slots_on(day) : 0;
      if (taken(day) >= static_cast<int>(std::lround(slots * (1 - kept_share_)))) continue;
      ++taken(day), ++booked;
      due = day;
      break;
    }
  }
  return booked;
}

std::optional<AppointmentBook::Slot> AppointmentBook::find(pdes::Time now, std::int32_t last_day,
                                                           const world::Calendar& calendar) {
  const std::int32_t today = world::Calendar::day_of(now);
  forget_days_before(today);
  const std::int32_t end = std::min(last_day + 1, today + static_cast<std::int32_t>(taken_.size()));
  full_until_ = std::max(full_until_, today + days_released);
  for (std::int32_t day = today; day < end; ++day) {
    const bool released = day < today + days_released;
    if (!released && day < full_until_) {
      day = full_until_;
      if (day >= end) break;
    }
    const int slots = calendar.is_working_day(day) ? slots_on(day) : 0;
    const int offered = released ? slots : static_cast<int>(std::lround(slots * (1 - kept_share_)));
    int slot = taken(day);
    if (day == today && slots > 0) {  // hours that have passed are lost
      const std::int64_t since_opening = now.ticks % world::day.ticks - opening_;
      if (since_opening >= 0) {
        slot = std::max(slot, static_cast<int>(((since_opening + 1) * slots - 1) / open_for_) + 1);
      }
    }
    if (slot >= offered) {
      if (day == full_until_) ++full_until_;
      continue;
    }
    return Slot{day, slot, slots};
  }
  return std::nullopt;
}

}  // namespace care
