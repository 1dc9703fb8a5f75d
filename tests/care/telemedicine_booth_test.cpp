#include "care/telemedicine_booth.hpp"

#include <gtest/gtest.h>

#include "care/daily_slots.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;

OfferParameters offer() { return read_parameters(support::parameters()).offer; }

TEST(BoothUseShare, FallsWithAgeAndDeprivationAndEndsAtOne) {
  OfferParameters p = offer();
  EXPECT_EQ(booth_use_share(64.9, false, p), 0.5);
  EXPECT_EQ(booth_use_share(65, false, p), 0.2);
  EXPECT_DOUBLE_EQ(booth_use_share(30, true, p), 0.5 * 0.8);
  p.booth_use_ratio_poor = 3;
  EXPECT_EQ(booth_use_share(30, true, p), 1);
}

/// Whoever finds a slot with fewer whole slots a day also does with more, request by request.
TEST(DailySlots, GiveWithMoreSlotsToAllWhoHadOneWithFewer) {
  const world::Calendar calendar(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}, 0, 1);
  DailySlots few{.per_day = 2}, more{.per_day = 5};
  int with_few = 0, with_more = 0;
  for (int request = 0; request < 300; ++request) {
    const std::int32_t day = request / 10;
    const bool found = few.take(day, calendar), would = more.take(day, calendar);
    EXPECT_TRUE(!found || would) << request;
    with_few += found, with_more += would;
  }
  EXPECT_EQ(with_few, 2 * 22) << "working days among the first 30 of 2024";
  EXPECT_EQ(with_more, 5 * 22);
}

TEST(Booths, CostWhatTheParametersSay) {
  Ledger ledger, nothing;
  pay_booths(3, 0, offer(), ledger);
  EXPECT_NEAR(static_cast<double>(ledger.balance(Account::municipality).value),
              -3 * 15'000.0 / 12 * 100, 1);
  EXPECT_EQ(ledger.sum_of_balances(), Cents{0});
  pay_booths(0, 0, offer(), nothing);
  EXPECT_TRUE(nothing.entries().empty());
}

experiment::Replication with_booths(const std::vector<double>& booths,
                                    std::vector<std::pair<std::string, double>> values = {}) {
  std::vector<scenario::Strategy> strategies;
  for (const double b : booths)
    strategies.push_back(support::strategy({{Lever::telemedicine_booth, b, {}}}));
  auto scenario = support::short_of_gps(strategies);
  for (const auto& [id, value] : values) scenario.parameters.set(id, value, "a test");
  return support::play(support::experiment_of(scenario, {{5000, {2}}, {1000, {0}}}));
}

TEST(Booths, RegisterNobody) {
  const auto runs = with_booths({0, 20});
  EXPECT_GT(support::total(runs[1], Indicator::seen_at_booth), 0);
  EXPECT_EQ(runs[0].recorder.series(Indicator::adults_without_gp),
            runs[1].recorder.series(Indicator::adults_without_gp));
  EXPECT_EQ(support::total(runs[0], Indicator::seen_at_booth), 0);
}

/// Monotone over whole runs with the same luck, in a town short of GPs.
TEST(Booths, LeaveFewerNeedsUnmetTheMoreThereAre) {
  double before = 1e9;
  const auto runs = with_booths({0, 1, 2, 4}, {{"booth_slots", 2}});
  for (const auto& run : runs) {
    const double unmet = support::total(run, Indicator::renunciations) +
                         support::total(run, Indicator::emergency_visits);
    EXPECT_LT(unmet, before);
    before = unmet;
  }
}

TEST(Booths, SeeNobodyWhereNobodyUsesThemOrNothingCanBeTreated) {
  const std::pair<std::string, double> nobody_young{"booth_use_share_under_65", 0},
      nobody_old{"booth_use_share_65_plus", 0}, nothing{"booth_treatable_share", 0};
  EXPECT_EQ(
      support::total(with_booths({9}, {nobody_young, nobody_old})[0], Indicator::seen_at_booth), 0);
  EXPECT_EQ(support::total(with_booths({9}, {nothing})[0], Indicator::seen_at_booth), 0);
}

}  // namespace
}  // namespace care
