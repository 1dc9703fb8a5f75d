#include "care/steering_committee.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "care/municipality.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Action;
using scenario::Condition;
using scenario::Lever;

std::vector<int> months_of_meetings(double meetings_per_year) {
  SteeringCommittee committee;
  std::vector<int> months;
  for (int month = 0; month < 24; ++month) {
    committee.work_a_month(meetings_per_year, Measured{0, static_cast<double>(month), 0});
    if (committee.known && committee.known->wait_days == month) months.push_back(month);
  }
  return months;
}

TEST(SteeringCommittee, MeetsAsOftenAsDecided) {
  EXPECT_EQ(months_of_meetings(0), (std::vector<int>{}));
  EXPECT_EQ(months_of_meetings(1), (std::vector<int>{11, 23}));
  EXPECT_EQ(months_of_meetings(4), (std::vector<int>{2, 5, 8, 11, 14, 17, 20, 23}));
  EXPECT_EQ(months_of_meetings(12).size(), 24U);
}

TEST(SteeringCommittee, KnowsNothingWhenItNoLongerWorks) {
  SteeringCommittee committee;
  committee.work_a_month(12, Measured{0.2, 5, 0.03});
  ASSERT_TRUE(committee.known);
  committee.work_a_month(0, Measured{0.2, 5, 0.03});
  EXPECT_FALSE(committee.known);
}

TEST(ConditionsOnMeasures, NeverHoldUnmeasured) {
  Condition shortage;
  shortage.without_gp_share_at_least = 0;
  Condition waits;
  waits.wait_days_at_least = 0;
  Condition given_up;
  given_up.renounced_share_at_least = 0;
  Observed seen;
  for (const Condition& condition : {shortage, waits, given_up}) {
    seen.measured.reset();
    EXPECT_FALSE(holds(condition, seen)) << "no committee";
    seen.measured = Measured{};
    EXPECT_TRUE(holds(condition, seen));
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    seen.measured = Measured{missing, missing, missing};
    EXPECT_FALSE(holds(condition, seen)) << "nothing was observed";
  }
}

TEST(ConditionsOnMeasures, HoldFromTheirThresholdOn) {
  Condition shortage;
  shortage.without_gp_share_at_least = 0.1;
  shortage.wait_days_at_least = 4;
  Observed seen;
  seen.measured = Measured{0.1, 4, 0};
  EXPECT_TRUE(holds(shortage, seen));
  seen.measured = Measured{0.09, 4, 0};
  EXPECT_FALSE(holds(shortage, seen));
  seen.measured = Measured{0.1, 3.9, 0};
  EXPECT_FALSE(holds(shortage, seen)) << "everything must hold";
}

experiment::RunRecord play(std::vector<Action> actions) {
  const auto scenario = support::scenario_of({support::strategy(std::move(actions))}, 2);
  return support::play(support::experiment_of(scenario, {{1500, {1, 2, 1, 0}}})).front();
}

double spent_on(const experiment::RunRecord& run, record::Category category) {
  std::int64_t cents = 0;
  for (const auto& entry : run.ledger) {
    if (entry.category == category) cents += entry.cents;
  }
  return static_cast<double>(cents) / 100;
}

TEST(ASteeringCommittee, LetsWhatItMeasuresBringAWalkInUnit) {
  Condition shortage;
  shortage.without_gp_share_at_least = 0.01;
  const Action walk_in{Lever::walk_in_unit, 5, shortage};
  const auto unseen = play({walk_in});
  EXPECT_TRUE(support::same_numbers(unseen, play({}))) << "nobody measures: it never acts";
  const auto seen = play({walk_in, {Lever::steering_committee, 12, {}}});
  EXPECT_GT(support::total(seen, Indicator::seen_at_walk_in), 0);
  for (std::size_t month = 0; month < 2; ++month) {
    EXPECT_EQ(seen.recorder.series(Indicator::seen_at_walk_in)[month], 0)
        << "the figures of the first month are seen in the second and acted upon in the third";
  }
}

TEST(ASteeringCommittee, ThatMeetsMoreOftenActsNoLaterAndCostsMore) {
  Condition shortage;
  shortage.without_gp_share_at_least = 0.01;
  double before = 0;
  double visits = 0;
  for (const double meetings : {0.0, 1.0, 4.0, 12.0}) {
    const auto run =
        play({{Lever::walk_in_unit, 5, shortage}, {Lever::steering_committee, meetings, {}}});
    EXPECT_NEAR(spent_on(run, record::Category::steering), 2 * meetings * 1500, 1);
    EXPECT_GE(support::total(run, Indicator::seen_at_walk_in), visits);
    EXPECT_GE(spent_on(run, record::Category::steering), before);
    before = spent_on(run, record::Category::steering);
    visits = support::total(run, Indicator::seen_at_walk_in);
  }
  EXPECT_GT(visits, 0);
}

TEST(ASteeringCommittee, ChangesNothingButItsCostWhereNothingAsksForMeasures) {
  const auto without = play({}), with = play({{Lever::steering_committee, 6, {}}});
  EXPECT_EQ(with.stays, without.stays);
  EXPECT_EQ(with.events, without.events);
  EXPECT_EQ(with.recorder.series(Indicator::renunciations),
            without.recorder.series(Indicator::renunciations));
}

}  // namespace
}  // namespace care
