#include "care/mobile_unit.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;
using world::CommuneId;

const OfferParameters& offer() {
  static const OfferParameters p = read_parameters(support::parameters()).offer;
  return p;
}

/// Day 0 is a Wednesday.
const world::Calendar& calendar() {
  static const world::Calendar c(std::chrono::sys_days{std::chrono::year{2024} / 1 / 3}, 0, 10);
  return c;
}

const auto everywhere = [](CommuneId) { return true; };

TEST(WithinReach, IsTheOwnCommuneForThoseWhoCanHardlyTravelAndTheTravelTimeForOthers) {
  OfferParameters p;
  p.reach_minutes = 15;
  EXPECT_TRUE(within_reach(15, false, false, p));
  EXPECT_FALSE(within_reach(16, false, false, p));
  EXPECT_FALSE(within_reach(5, false, true, p));
  EXPECT_TRUE(within_reach(20, true, true, p)) << "at home, whatever the commune's size";
}

class DaysAWeek : public testing::TestWithParam<double> {};

TEST_P(DaysAWeek, AreKeptOnWorkingDaysOnlyAndCommunesHaveTheSameTurn) {
  constexpr int communes = 7, weeks = 350;  // seven and five have no common rhythm to hide behind
  MobileUnit unit(communes);
  unit.run(GetParam());
  std::map<CommuneId, int> stops;
  int all = 0;
  for (std::int32_t day = 0; day < 7 * weeks; ++day) {
    const auto stop = unit.stop_on(day, calendar());
    if (!stop) continue;
    EXPECT_TRUE(calendar().is_working_day(day)) << day;
    ++stops[*stop], ++all;
  }
  EXPECT_NEAR(all, weeks * GetParam(), 1);
  for (const auto& [commune, count] : stops) EXPECT_NEAR(count, weeks * GetParam() / communes, 1);
  EXPECT_EQ(stops.size(), GetParam() > 0 ? communes : 0);
}

INSTANTIATE_TEST_SUITE_P(Some, DaysAWeek, testing::Values(0, 0.25, 1, 1.5, 2, 3, 5));

TEST(MobileUnit, BooksTheFirstStopThatIsReachedWithinPatienceAndNoMoreThanItHolds) {
  OfferParameters p;
  p.horizon_days = 60;
  p.mobile_slots = 2;
  MobileUnit unit(2);
  unit.run(5);  // Thursday (day 1) in the other commune than Friday (day 2)
  const CommuneId friday = *unit.stop_on(2, calendar());
  const auto on_friday = [&](CommuneId stop) { return stop == friday; };
  ASSERT_NE(unit.stop_on(1, calendar()), friday);
  EXPECT_EQ(unit.book(1, 1, on_friday, p, calendar()), std::nullopt) << "out of patience";
  EXPECT_EQ(unit.book(1, 30, on_friday, p, calendar()), 2);
  EXPECT_EQ(unit.book(1, 30, on_friday, p, calendar()), 2);
  EXPECT_EQ(unit.book(1, 30, on_friday, p, calendar()), 6) << "Tuesday: Friday is full";
  EXPECT_EQ(unit.book(1, 30, everywhere, p, calendar()), 1);
  p.horizon_days = 1;
  EXPECT_EQ(unit.book(8, 30, on_friday, p, calendar()), 8);
  EXPECT_EQ(unit.book(9, 30, on_friday, p, calendar()), std::nullopt) << "not open for booking yet";
}

TEST(MobileUnit, BooksNothingWhenItIsNotOnTheRoad) {
  MobileUnit unit(1);
  EXPECT_EQ(unit.book(0, 50, everywhere, offer(), calendar()), std::nullopt);
}

TEST(MobileUnit, CostsItsDays) {
  Ledger ledger, nothing;
  for (int month = 0; month < 12; ++month) pay_mobile_unit(2, 0, offer(), ledger);
  EXPECT_NEAR(static_cast<double>(ledger.balance(Account::municipality).value) / 100,
              -2 * 365.25 / 7 * offer().mobile_day_cost, 0.1);
  EXPECT_EQ(ledger.sum_of_balances(), Cents{0});
  pay_mobile_unit(0, 0, offer(), nothing);
  EXPECT_TRUE(nothing.entries().empty());
}

/// Monotone over whole runs with the same luck, in a town short of GPs: more days on the road,
/// fewer needs that end in renunciation or in an emergency department.
TEST(MobileUnit, LeavesFewerNeedsUnmetTheMoreDaysItIsOnTheRoad) {
  std::vector<scenario::Strategy> strategies;
  const std::vector<double> days{0, 0.5, 1, 2, 5};
  for (const double d : days)
    strategies.push_back(support::strategy({{Lever::mobile_unit, d, {}}}));
  const auto runs = support::play(
      support::experiment_of(support::short_of_gps(strategies), {{4000, {2}}, {1000, {0}}}));
  double before = 1e9;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double unmet = support::total(runs[i], Indicator::renunciations) +
                         support::total(runs[i], Indicator::emergency_visits);
    EXPECT_LT(unmet, before) << days[i];
    before = unmet;
    const double seen = support::total(runs[i], Indicator::seen_at_mobile_unit);
    EXPECT_EQ(seen > 0, days[i] > 0);
    EXPECT_LE(seen, days[i] * 3 * 52.3 * offer().mobile_slots + offer().mobile_slots);
  }
}

}  // namespace
}  // namespace care
