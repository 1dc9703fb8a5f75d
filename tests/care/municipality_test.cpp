#include "care/municipality.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using scenario::Action;
using scenario::Condition;
using scenario::Lever;
using scenario::Strategy;
using scenario::TeamStage;

Observed seen_on(std::int32_t day) {
  Observed seen;
  seen.day = day;
  return seen;
}

TEST(Condition, WithNothingSetAlwaysHolds) {
  EXPECT_TRUE(holds({}, seen_on(0)));
  EXPECT_TRUE(holds({}, seen_on(100'000)));
}

TEST(Condition, HoldsFromItsFirstDayUntilTheFirstDayWithoutIt) {
  Condition when;
  when.from_day = 10;
  when.until_day = 20;
  EXPECT_FALSE(holds(when, seen_on(9)));
  EXPECT_TRUE(holds(when, seen_on(10)));
  EXPECT_TRUE(holds(when, seen_on(19)));
  EXPECT_FALSE(holds(when, seen_on(20)));
}

TEST(Condition, ComparesEachThingItSees) {
  Observed seen = seen_on(0);
  seen.team_stage = TeamStage::drafted;
  seen.professionals = 8;
  seen.rooms_short = 3;
  seen.building_open = true;
  const auto with = [](auto set) {
    Condition when;
    set(when);
    return when;
  };
  EXPECT_TRUE(holds(with([](Condition& c) { c.team_stage = TeamStage::drafted; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) { c.team_stage = TeamStage::submitted; }), seen));
  EXPECT_TRUE(holds(with([](Condition& c) { c.team_stage_below = TeamStage::submitted; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) { c.team_stage_below = TeamStage::drafted; }), seen));
  EXPECT_TRUE(holds(with([](Condition& c) { c.professionals_at_least = 8; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) { c.professionals_at_least = 9; }), seen));
  EXPECT_TRUE(holds(with([](Condition& c) { c.rooms_short_at_least = 3; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) { c.rooms_short_at_least = 4; }), seen));
  EXPECT_TRUE(holds(with([](Condition& c) { c.building_open = true; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) { c.building_open = false; }), seen));
  EXPECT_FALSE(holds(with([](Condition& c) {
                       c.professionals_at_least = 8;
                       c.rooms_short_at_least = 4;
                     }),
                     seen))
      << "everything must hold";
}

TEST(MeansOf, TheEmptyStrategyAreNone) {
  EXPECT_EQ(means_of(support::strategy(), seen_on(0)), Means{});
}

TEST(MeansOf, EachLeverIsItsAmount) {
  const Means means = means_of(support::strategy(support::every_lever()), seen_on(0));
  Means expected{6, 3, 0.5, 1, 1, 0.5, 2, 1, 0.5, 4};
  expected.prevention_sessions = 1;
  EXPECT_EQ(means, expected);
}

TEST(MeansOf, AmountsOfOneLeverAddUpAndSharesEndAtOne) {
  const Means means = means_of(support::strategy({{Lever::fund_coordinator, 0.5, {}},
                                                  {Lever::fund_coordinator, 0.25, {}},
                                                  {Lever::partnership, 0.75, {}},
                                                  {Lever::partnership, 0.75, {}},
                                                  {Lever::federation_support, 0.25, {}},
                                                  {Lever::federation_support, 0.5, {}}}),
                               seen_on(0));
  EXPECT_EQ(means, (Means{0, 0, 0.75, 0.75, 1}));
}

/// Random actions with amounts in halves, so that sums are exact in any order.
std::vector<Action> some_actions(pdes::Stream& stream) {
  std::vector<Action> actions(1 + static_cast<std::size_t>(8 * stream.uniform()));
  for (Action& action : actions) {
    action.lever =
        static_cast<Lever>(static_cast<int>(scenario::lever_definitions.size() * stream.uniform()));
    action.amount = 0.5 * static_cast<int>(4 * stream.uniform());
    action.when.from_day = static_cast<std::int32_t>(100 * stream.uniform());
  }
  return actions;
}

TEST(MeansOf, AStrategyDoNotDependOnTheOrderOfItsActions) {
  pdes::Stream stream({.seed = 1});
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Action> actions = some_actions(stream);
    const Means forward = means_of(support::strategy(actions), seen_on(50));
    std::reverse(actions.begin(), actions.end());
    EXPECT_EQ(means_of(support::strategy(actions), seen_on(50)), forward);
    std::rotate(actions.begin(), actions.begin() + 1, actions.end());
    EXPECT_EQ(means_of(support::strategy(actions), seen_on(50)), forward);
  }
}

TEST(MeansOf, AnActionOfAmountZeroBringsNothing) {
  pdes::Stream stream({.seed = 2});
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Action> actions = some_actions(stream);
    const Means without = means_of(support::strategy(actions), seen_on(50));
    for (const scenario::LeverDefinition& definition : scenario::lever_definitions) {
      actions.push_back({definition.lever, 0, {}});
    }
    EXPECT_EQ(means_of(support::strategy(actions), seen_on(50)), without);
  }
}

TEST(MeansOf, AnActionWhoseConditionFailsBringsNothing) {
  Condition later;
  later.from_day = 51;
  EXPECT_EQ(means_of(support::strategy({{Lever::build, 9, later}}), seen_on(50)), Means{});
}

TEST(MeansOf, AStrategyDoNotDependOnItsName) {
  Strategy named = support::strategy(support::every_lever(), "team_first");
  const Means means = means_of(named, seen_on(0));
  named.name = named.title = "do_nothing";
  EXPECT_EQ(means_of(named, seen_on(0)), means);
}

TEST(PayFor, EntersATwelfthOfTheYearForEachMeansAndNothingForRooms) {
  MunicipalParameters p;
  p.coordinator_cost = 48'000;
  p.federation_cost = 6'000;
  p.partnership_cost = 1'200;
  Ledger ledger;
  pay_for({9, 9, 0.5, 0.25, 1}, 31, p, ledger);
  EXPECT_EQ(ledger.balance(Account::staff).value, 2'000'00);
  EXPECT_EQ(ledger.balance(Account::suppliers).value, 125'00 + 100'00);
  EXPECT_EQ(ledger.balance(Account::municipality).value, -2'225'00);
  pay_for({}, 62, p, ledger);
  EXPECT_EQ(ledger.entries().size(), 3U) << "nothing brought, nothing paid";
}

}  // namespace
}  // namespace care
