#include "care/territorial_network.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "care/appointment_book.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;
using support::table;

TEST(Matching, GivesTheFallOfTwoYearsThatItsRateComesFrom) {
  const double in_a_month = matching_probability(1, table().network);
  EXPECT_NEAR(0.054 * std::pow(1 - in_a_month, 24), 0.038, 0.0005);
  EXPECT_EQ(matching_probability(0, table().network), 0);
  EXPECT_LT(matching_probability(0.5, table().network), in_a_month);
}

TEST(Matching, IsForTheLivingWithALongTermConditionWhoLookForAGpAndHaveNone) {
  world::Resident who;
  who.illness_day = 100;
  EXPECT_FALSE(is_to_be_matched(who, 99)) << "no long-term condition yet";
  EXPECT_TRUE(is_to_be_matched(who, 100));
  world::Resident has_one = who, does_not_look = who, dead = who;
  has_one.registered_gp = world::ProfessionalId{3};
  does_not_look.looks_for_gp = false;
  dead.alive = false;
  for (const world::Resident& other : {has_one, does_not_look, dead})
    EXPECT_FALSE(is_to_be_matched(other, 100));
}

TEST(KeptShare, GrowsWithSupportUpToAllAndIsTheUsualWithoutAny) {
  NetworkParameters p;
  p.same_day_share = 0.6;
  EXPECT_EQ(kept_share(0, 0.3, p), 0.3);
  EXPECT_DOUBLE_EQ(kept_share(0.5, 0.3, p), 0.6);
  EXPECT_EQ(kept_share(1, 0.5, p), 1);
}

/// What is kept is taken from those who plan ahead, and given to those who ask on the day.
TEST(AppointmentBook, KeepsMoreForTheDayWithoutASlotMore) {
  const world::Calendar calendar(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}, 0, 1);
  const auto count = [&](double kept, std::int32_t today) {
    BookParameters p = table().books[world::index(world::Profession::gp)];
    p.late_release_share = 0;
    AppointmentBook book(p, 1);
    book.keep(kept);
    int slots = 0;
    const std::int32_t day = 10;  // a Thursday
    while (true) {
      const auto slot = book.book(world::Calendar::start_of(today), day, calendar);
      if (!slot) return slots;
      if (world::Calendar::day_of(*slot) == day) ++slots;
    }
  };
  EXPECT_EQ(count(0.5, 10), count(0, 10));
  EXPECT_LT(count(0.5, 1), count(0, 1));
  EXPECT_GT(count(0.5, 1), 0);
}

TEST(Network, CostsItsSupport) {
  Ledger ledger, nothing;
  pay_network(0.5, 0, table().network, ledger);
  EXPECT_NEAR(static_cast<double>(ledger.balance(Account::municipality).value),
              -0.5 * 20'000 / 12 * 100, 1);
  EXPECT_EQ(ledger.sum_of_balances(), Cents{0});
  pay_network(0, 0, table().network, nothing);
  EXPECT_TRUE(nothing.entries().empty());
}

/// Practices take nobody on by themselves: whoever finds a GP does so through the network, or is
/// born to a household that has one.
experiment::Replication with_support(const std::vector<double>& support,
                                     std::vector<std::pair<std::string, double>> values = {}) {
  std::vector<scenario::Strategy> strategies;
  for (const double s : support)
    strategies.push_back(support::strategy({{Lever::cpts_support, s, {}}}));
  auto scenario = support::short_of_gps(strategies);
  values.insert(values.end(), {{"mt_search_success_per_try", 0}, {"no_mt_lost", 0.5}});
  for (const auto& [id, value] : values) scenario.parameters.set(id, value, "a test");
  return support::play(support::experiment_of(scenario, {{3000, {3}}, {1000, {0}}}));
}

TEST(Network, FindsAGpForMoreTheMoreItIsSupported) {
  const auto runs = with_support({0, 0.3, 1});
  const auto matched = [&](std::size_t run) {
    return support::total(runs[run], Indicator::matched_by_network);
  };
  EXPECT_EQ(matched(0), 0);
  EXPECT_GT(matched(1), 0);
  EXPECT_GT(matched(2), matched(1));
  for (std::size_t run : {1U, 2U}) {
    const double fewer = support::at_the_end(runs[0], Indicator::adults_without_gp) -
                         support::at_the_end(runs[run], Indicator::adults_without_gp);
    EXPECT_GT(fewer, 0);
    EXPECT_LE(fewer, matched(run));
  }
}

TEST(Network, FindsNoGpWhereNoPracticeHasRoomAndForNobodyWhereNobodyIsIll) {
  EXPECT_EQ(
      support::total(with_support({1}, {{"gp_list_ceiling", 0}})[0], Indicator::matched_by_network),
      0);
  std::vector<std::pair<std::string, double>> nobody_ill;
  for (const char* band : {"00_14", "15_29", "30_44", "45_59", "60_74", "75_84", "85_plus"})
    nobody_ill.emplace_back(std::string("ald_share_") + band, 0);
  EXPECT_EQ(support::total(with_support({1}, nobody_ill)[0], Indicator::matched_by_network), 0);
}

TEST(Network, KeepsSlotsOfPracticesThatOpenWithinAMonthTooA44) {
  auto scenario = support::scenario_of({support::strategy({{Lever::cpts_support, 1, {}}})}, 2);
  scenario.parameters = support::parameters_with(
      {{"cpts_same_day_share", 1}, {"gp_install_2022", 400'000}, {"appointment_book_horizon", 60}});
  const auto run = support::play(support::experiment_of(scenario, {{2000, {0, 0, 0, 0}}})).front();
  ASSERT_GT(support::total(run, Indicator::gp_arrivals), 0);
  for (const double days : run.recorder.series(Indicator::wait_p90)) {
    if (std::isnan(days)) continue;
    EXPECT_LT(days, 2) << "all slots are kept for today and tomorrow";
  }
}

}  // namespace
}  // namespace care
