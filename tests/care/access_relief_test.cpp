// What helps residents not to give up, to find a GP, and to be seen the same day.
#include <gtest/gtest.h>

#include "care/access.hpp"
#include "care/municipality.hpp"
#include "care/walk_in_unit.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;

const Parameters& parameters() {
  static const Parameters p = read_parameters(support::parameters());
  return p;
}

TEST(RenunciationRatio, HasTheMeanOneOverAllResidentsWithoutRelief) {
  const AccessParameters& p = parameters().access;
  double mean = 0;
  for (const bool poorest : {false, true}) {
    for (const bool immobile : {false, true}) {
      mean += (poorest ? 0.2 : 0.8) * (immobile ? p.immobile_share : 1 - p.immobile_share) *
              renunciation_ratio({poorest, immobile}, {}, p);
    }
  }
  EXPECT_NEAR(mean, 1, 1e-12);
}

TEST(RenunciationRatio, FallsForThoseServedAndForNobodyElse) {
  const AccessParameters& p = parameters().access;
  const AccessRelief poor{1, 1, 0}, driven{0, 0, 1};
  const Circumstances nothing{}, poorest{true, false}, immobile{false, true};
  EXPECT_EQ(renunciation_ratio(nothing, {1, 1, 1}, p), renunciation_ratio(nothing, {}, p));
  EXPECT_EQ(renunciation_ratio(immobile, poor, p), renunciation_ratio(immobile, {}, p));
  EXPECT_EQ(renunciation_ratio(poorest, driven, p), renunciation_ratio(poorest, {}, p));
  EXPECT_NEAR(renunciation_ratio(poorest, poor, p) / renunciation_ratio(poorest, {}, p),
              (1 - 0.15) * (1 - 0.2), 1e-12)
      << "third_party_effect_poor, mediation_effect_renunciation";
  EXPECT_NEAR(renunciation_ratio(immobile, driven, p) / renunciation_ratio(immobile, {}, p),
              1 - 0.3, 1e-12)
      << "transport_effect_immobile";
}

TEST(RenunciationRatio, OfHalfTheReliefIsHalfTheEffect) {
  const AccessParameters& p = parameters().access;
  const auto of = [&](double served) {
    return renunciation_ratio({false, true}, {0, 0, served}, p);
  };
  EXPECT_NEAR(of(0.5), (of(0) + of(1)) / 2, 1e-12);
}

/// Who gives up with a relief also gives up without it, uniform by uniform.
TEST(AfterFailure, GivesUpOnlyWhereItWouldWithoutRelief) {
  const AccessParameters& p = parameters().access;
  for (const bool urgent : {false, true}) {
    for (const bool left : {false, true}) {
      const double with = renunciation_ratio({true, true}, {0.7, 0.5, 1}, p);
      const double without = renunciation_ratio({true, true}, {}, p);
      int fewer = 0;
      for (int step = 0; step < 20'000; ++step) {
        const double u = (step + 0.5) / 20'000;
        const bool gives_up = after_failure(u, urgent, with, left, p) == AfterFailure::renounce;
        const bool would = after_failure(u, urgent, without, left, p) == AfterFailure::renounce;
        EXPECT_TRUE(!gives_up || would) << u;
        if (would && !gives_up) ++fewer;
      }
      EXPECT_GT(fewer, 0);
    }
  }
}

TEST(Acceptance, RisesWithMediationForThePoorestAndEndsAtOne) {
  AccessParameters p = parameters().access;
  EXPECT_EQ(acceptance_probability({}, {0, 1, 0}, p), p.acceptance);
  EXPECT_EQ(acceptance_probability({true, false}, {}, p), p.acceptance);
  EXPECT_NEAR(acceptance_probability({true, false}, {0, 0.5, 0}, p),
              p.acceptance * (1 + 0.5 * p.mediation_search_gain), 1e-12);
  p.mediation_search_gain = 100;
  EXPECT_EQ(acceptance_probability({true, false}, {0, 1, 0}, p), 1);
}

TEST(ReliefOf, MeansIsTheShareOfThoseConcerned) {
  Means means;
  means.mediator_fte = 2;
  means.transport = 0.25;
  means.third_party = 0.5;
  means.dedicated_sessions = 1;
  const double contacts = 3.4;
  const AccessRelief relief = relief_of(means, {2000, 600, 9}, contacts, parameters().municipal);
  EXPECT_NEAR(relief.mediation, 2 * 300.0 / 2000, 1e-12);
  EXPECT_EQ(relief.transport, 0.25);
  EXPECT_NEAR(relief.no_advance_payment, 0.5 + 365.25 / 7 * 10 / (2000 * contacts), 1e-12);
}

TEST(ReliefOf, NoMeansIsNoneAndOfEndlessMeansIsAll) {
  EXPECT_EQ(relief_of({}, {2000, 600, 9}, 3.4, parameters().municipal), AccessRelief{});
  Means means;
  means.mediator_fte = means.dedicated_sessions = 1e6;
  means.third_party = means.transport = 1;
  EXPECT_EQ(relief_of(means, {2000, 600, 9}, 3.4, parameters().municipal), (AccessRelief{1, 1, 1}));
  EXPECT_EQ(relief_of({}, {0, 0, 0}, 3.4, parameters().municipal), AccessRelief{});
}

TEST(PayForAccess, IsWhatTheParametersSay) {
  Means means;
  means.third_party = 0.5;
  means.mediator_fte = 2;
  means.transport = 0.25;
  Ledger ledger;
  pay_for_access(means, {2000, 600, 9}, 0, parameters().municipal, ledger);
  const double a_year = 0.5 * 9 * 1500 + 2 * 45'000 + 0.25 * 600 * 4 * 22;
  EXPECT_NEAR(static_cast<double>(ledger.balance(Account::municipality).value), -a_year / 12 * 100,
              2);
  EXPECT_EQ(ledger.sum_of_balances(), Cents{0});
  Ledger nothing;
  pay_for_access({}, {2000, 600, 9}, 0, parameters().municipal, nothing);
  EXPECT_TRUE(nothing.entries().empty());
}

const world::Calendar& calendar() {  // 1 January 2024 is a Monday
  static const world::Calendar c(std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}, 0, 1);
  return c;
}

TEST(WalkInUnit, GivesItsSlotsOfEachWorkingDayAndNoMore) {
  WalkInUnit unit{.slots = {.per_day = 2}};
  EXPECT_TRUE(unit.take(0, calendar()));
  EXPECT_TRUE(unit.take(0, calendar()));
  EXPECT_FALSE(unit.take(0, calendar()));
  EXPECT_TRUE(unit.take(1, calendar()));
  EXPECT_FALSE(unit.take(5, calendar())) << "a Saturday";
  EXPECT_FALSE(WalkInUnit{}.take(0, calendar()));
}

TEST(WalkInUnit, TakesFromTheEmergencyDepartmentWhatItHasLeftOver) {
  AccessParameters p = parameters().access;
  p.walk_in_diversion = 0.5;
  WalkInUnit unit{.slots = {.per_day = 1}};  // January 2024 has 23 working days
  EXPECT_EQ(unit.divert(20, p, calendar(), 0), 10);
  EXPECT_EQ(unit.divert(1000, p, calendar(), 0), 23);
  ASSERT_TRUE(unit.take(0, calendar()));
  EXPECT_EQ(unit.divert(1000, p, calendar(), 0), 22);
  EXPECT_EQ(unit.divert(1000, p, calendar(), 0), 23) << "the month was counted anew";
  EXPECT_EQ(WalkInUnit{}.divert(1000, p, calendar(), 0), 0);
}

/// A town short of GPs, with these actions from the first day.
experiment::RunRecord short_of_gps(std::vector<scenario::Action> actions) {
  const auto scenario = support::short_of_gps({support::strategy(std::move(actions))});
  return support::play(support::experiment_of(scenario, {{5000, {2, 3, 2, 1}}})).front();
}

class AccessLever : public testing::TestWithParam<scenario::Action> {};

TEST_P(AccessLever, LetsFewerGiveUpAndCostsMoney) {
  const auto without = short_of_gps({}), with = short_of_gps({GetParam()});
  EXPECT_LT(support::total(with, Indicator::renunciations),
            support::total(without, Indicator::renunciations));
  EXPECT_GT(support::total(with, Indicator::net_cost),
            support::total(without, Indicator::net_cost));
  EXPECT_EQ(support::total(with, Indicator::needs), support::total(without, Indicator::needs));
}

INSTANTIATE_TEST_SUITE_P(
    All, AccessLever,
    testing::Values(scenario::Action{Lever::third_party_payment, 1, {}},
                    scenario::Action{Lever::dedicated_sessions, 5, {}},
                    scenario::Action{Lever::health_mediators, 3, {}},
                    scenario::Action{Lever::transport_on_demand, 1, {}},
                    scenario::Action{Lever::walk_in_unit, 5, {}},
                    scenario::Action{Lever::mobile_unit, 3, {}},
                    scenario::Action{Lever::telemedicine_booth, 1, {}},
                    scenario::Action{Lever::social_worker, 3, {}}),
    [](const auto& test) {
      return std::string(
          scenario::lever_definitions[static_cast<std::size_t>(test.param.lever)].name);
    });

TEST(AccessLevers, NarrowTheGapBetweenPoorAndRich) {
  const auto without = short_of_gps({});
  const auto with =
      short_of_gps({{Lever::third_party_payment, 1, {}}, {Lever::health_mediators, 4, {}}});
  const auto slope = [](const experiment::RunRecord& run) {
    return support::total(run, Indicator::renunciation_slope_index);
  };
  EXPECT_LT(slope(without), 0) << "the deprived give up more";
  EXPECT_GT(slope(with), slope(without));
}

TEST(WalkInUnit, SparesEmergencyVisitsTheMoreTheLargerItIs) {
  double before = support::total(short_of_gps({}), Indicator::emergency_visits_treatable);
  EXPECT_EQ(support::total(short_of_gps({}), Indicator::seen_at_walk_in), 0);
  for (const double slots : {1.0, 3.0, 9.0}) {
    const auto run = short_of_gps({{Lever::walk_in_unit, slots, {}}});
    const double now = support::total(run, Indicator::emergency_visits_treatable);
    EXPECT_LT(now, before) << slots;
    EXPECT_LE(support::total(run, Indicator::seen_at_walk_in), slots * 3 * 262);
    before = now;
  }
}

}  // namespace
}  // namespace care
