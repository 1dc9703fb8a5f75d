#include "care/appointment_book.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>

#include "pdes/stream.hpp"

namespace care {
namespace {

using pdes::Duration;
using pdes::Time;
using world::Calendar;
using world::day;
using world::hour;
using world::minute;

constexpr std::int32_t far = 100'000;  ///< a last day that never binds

/// Day 0 is Monday 1 January 2024.
const Calendar& calendar() {
  static const Calendar from_monday(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}, 0, 30);
  return from_monday;
}

/// So many slots a working day, from 9 to 17, a year's acts spread over 260.892... working days.
BookParameters practice(double slots, double kept = 0, int horizon = 30) {
  BookParameters p;
  p.acts_per_year = slots * world::days_per_year * 5 / 7;
  p.opening_hour = 9;
  p.closing_hour = 17;
  p.late_release_share = kept;
  p.horizon_days = horizon;
  return p;
}

Time at(std::int32_t on, int hours, int minutes = 0) {
  return Calendar::start_of(on) + hours * hour + minutes * minute;
}

TEST(AppointmentBook, SpreadsSlotsEvenlyFromOpeningToClosing) {
  AppointmentBook book(practice(4), 1);
  for (const int opening : {9, 11, 13, 15}) {
    EXPECT_EQ(book.book(at(0, 0), far, calendar()), at(0, opening));
  }
  EXPECT_EQ(book.book(at(0, 0), far, calendar()), at(1, 9)) << "the day is full";
}

TEST(AppointmentBook, NeverOpensAtWeekends) {
  AppointmentBook book(practice(4), 1);
  std::optional<Time> last;
  for (int booking = 0; booking < 60; ++booking) {
    const std::optional<Time> slot = book.book(at(0, 0), far, calendar());
    ASSERT_TRUE(slot);
    EXPECT_LT(Calendar::day_of(*slot) % 7, 5);
    if (last) {
      EXPECT_GT(*slot, *last) << "slots are taken in order";
    }
    last = slot;
  }
  EXPECT_EQ(Calendar::day_of(*last), 18) << "60 bookings of 4 a day fill three weeks";
}

TEST(AppointmentBook, LosesHoursThatHavePassed) {
  AppointmentBook book(practice(4), 1);
  EXPECT_EQ(book.book(at(0, 8, 59), far, calendar()), at(0, 9));
  EXPECT_EQ(book.book(at(0, 13), far, calendar()), at(0, 15)) << "13:00 has begun, 11:00 is lost";
  EXPECT_EQ(book.book(at(0, 13), far, calendar()), at(1, 9));
}

TEST(AppointmentBook, GivesNoSlotThatHasBegunWhateverTheNumberOfSlots) {
  for (int slots = 1; slots <= 40; ++slots) {
    for (int minutes = 0; minutes < 8 * 60; ++minutes) {
      AppointmentBook book(practice(slots), 1);
      const Time now = at(0, 9, minutes);
      ASSERT_GT(book.book(now, far, calendar())->ticks, now.ticks)
          << slots << " slots, minute " << minutes;
    }
  }
}

TEST(AppointmentBook, KeepsAShareForTheDayBeforeAndTheDayItself) {
  AppointmentBook book(practice(4, 0.5), 1);
  // Today and tomorrow in full, then two of four slots a day.
  for (const int on : {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 7}) {
    EXPECT_EQ(Calendar::day_of(*book.book(at(0, 0), far, calendar())), on);
  }
  // A day later the rest of Wednesday is released.
  EXPECT_EQ(book.book(at(1, 18), far, calendar()), at(2, 13));
  EXPECT_EQ(book.book(at(1, 18), far, calendar()), at(2, 15));
  EXPECT_EQ(Calendar::day_of(*book.book(at(1, 18), far, calendar())), 7);
}

TEST(AppointmentBook, GivesNothingBeyondTheLastDay) {
  AppointmentBook book(practice(2), 1);
  EXPECT_EQ(book.book(at(0, 0), 0, calendar()), at(0, 9));
  EXPECT_EQ(book.book(at(0, 0), 0, calendar()), at(0, 13));
  EXPECT_EQ(book.book(at(0, 0), 0, calendar()), std::nullopt);
  EXPECT_EQ(book.book(at(0, 0), 1, calendar()), at(1, 9)) << "a refusal takes nothing";
  EXPECT_EQ(book.book(at(5, 12), 6, calendar()), std::nullopt) << "a weekend";
}

TEST(AppointmentBook, GivesNothingBeyondItsHorizon) {
  AppointmentBook book(practice(1, 0, 10), 1);
  int bookings = 0;
  while (book.book(at(0, 0), far, calendar())) ++bookings;
  EXPECT_EQ(bookings, 8) << "ten days from a Monday hold eight working days";
  EXPECT_EQ(Calendar::day_of(*book.book(at(1, 0), far, calendar())), 10) << "one day further";
}

TEST(AppointmentBook, OfTwoThirdsOfASlotOpensOnTwoWorkingDaysOfThree) {
  AppointmentBook book(practice(2.0 / 3, 0, 60), 1);
  int bookings = 0;
  while (book.book(at(0, 0), far, calendar())) ++bookings;
  EXPECT_NEAR(bookings, 44 * 2.0 / 3, 1.5) << "60 days hold 44 working days";
}

TEST(AppointmentBook, TakesASeriesAtItsIntervalOverWeekendsAndFullDays) {
  AppointmentBook book(practice(1), 1);
  ASSERT_EQ(book.book(at(0, 0), far, calendar()), at(0, 9));  // Monday
  // Sessions every three days: Thursday; Sunday is closed, so Monday; Thursday.
  EXPECT_EQ(book.book_series(0, 4, 3, calendar()), 3);
  for (const std::int32_t free : {1, 2, 4, 8, 9, 11}) {
    EXPECT_EQ(book.book(at(0, 10), far, calendar()), at(free, 9));
  }
}

TEST(AppointmentBook, HoldsNoSessionThatFindsNoSlotInAWeekOrInItsHorizon) {
  AppointmentBook full(practice(1, 0, 60), 1);
  for (int booking = 0; booking < 20; ++booking) full.book(at(0, 0), far, calendar());
  EXPECT_EQ(full.book_series(0, 3, 1, calendar()), 0);
  AppointmentBook beyond(practice(4, 0, 10), 1);
  ASSERT_TRUE(beyond.book(at(0, 0), far, calendar()));
  EXPECT_EQ(beyond.book_series(0, 4, 7, calendar()), 1) << "a week later; then the book ends";
}

TEST(AppointmentBook, ShowsItsFirstFreeSlotWithoutTakingIt) {
  AppointmentBook book(practice(4), 1);
  EXPECT_EQ(book.first_free(at(0, 0), far, calendar()), at(0, 9));
  EXPECT_EQ(book.first_free(at(0, 0), far, calendar()), at(0, 9));
  EXPECT_EQ(book.book(at(0, 0), far, calendar()), at(0, 9));
  EXPECT_EQ(book.first_free(at(0, 0), far, calendar()), at(0, 11));
}

TEST(AppointmentBook, KeepsBookingsWhenItsActivityChanges) {
  AppointmentBook book(practice(4), 1);
  for (int booking = 0; booking < 8; ++booking) book.book(at(0, 0), far, calendar());
  book.set_activity(practice(4), 0.5);
  EXPECT_DOUBLE_EQ(book.slots_per_day(), 2);
  EXPECT_EQ(book.book(at(0, 0), far, calendar()), at(2, 9)) << "two full days stay full";
  book.set_activity(practice(4), 2);
  EXPECT_EQ(book.book(at(0, 0), far, calendar()), at(0, 13)) << "new slots after those taken";
}

/// The book as its docstring tells it, and nothing else: all days from today on, each slot in turn.
class PlainBook {
 public:
  PlainBook(const BookParameters& p, double slots_per_day) : p_(p), slots_(slots_per_day) {}

  std::optional<Time> book(Time now, std::int32_t last_day) {
    const std::int32_t today = Calendar::day_of(now);
    for (std::int32_t d = today; d <= last_day && d < today + p_.horizon_days; ++d) {
      if (!calendar().is_working_day(d)) continue;
      const auto slots = std::lround(std::floor((d + 1) * slots_) - std::floor(d * slots_));
      const bool released = d <= today + 1;
      const long offered =
          released ? slots : std::lround(static_cast<double>(slots) * (1 - p_.late_release_share));
      for (long slot = taken_[d]; slot < offered; ++slot) {
        const auto open_for = static_cast<std::int64_t>((p_.closing_hour - p_.opening_hour) * 60);
        const Time starts = Calendar::start_of(d) +
                            Duration{static_cast<std::int64_t>(p_.opening_hour * 60)} +
                            Duration{slot * open_for / slots};
        if (starts <= now) continue;
        taken_[d] = slot + 1;
        return starts;
      }
    }
    return std::nullopt;
  }
  void set_slots(double slots_per_day) { slots_ = slots_per_day; }

 private:
  BookParameters p_;
  double slots_;
  std::map<std::int32_t, long> taken_;
};

TEST(AppointmentBook, GivesWhatAPlainOneGivesForAnySequenceOfRequests) {
  for (std::uint32_t sequence = 0; sequence < 60; ++sequence) {
    pdes::Stream stream({.seed = 7, .replication = sequence});
    const double slots = 0.5 + 30 * stream.uniform();
    const BookParameters p =
        practice(slots, 0.6 * stream.uniform(), 3 + static_cast<int>(90 * stream.uniform()));
    AppointmentBook book(p, 1);
    PlainBook plain(p, book.slots_per_day());
    const double pressure = 2 * stream.uniform() * slots;  // requests a day
    Time now = at(static_cast<std::int32_t>(400 * stream.uniform()), 0);
    for (int request = 0; request < 1500; ++request) {
      const auto gap = static_cast<std::int64_t>(2 * stream.uniform() * 24 * 60 / pressure);
      now = now + (stream.uniform() < 0.002 ? 200 * day : Duration{gap});
      const auto last = Calendar::day_of(now) + static_cast<std::int32_t>(80 * stream.uniform());
      ASSERT_EQ(book.book(now, last, calendar()), plain.book(now, last))
          << "sequence " << sequence << ", request " << request;
      if (stream.uniform() < 0.005) {
        book.set_activity(p, 0.5 + stream.uniform());
        plain.set_slots(book.slots_per_day());
      }
    }
  }
}

}  // namespace
}  // namespace care
