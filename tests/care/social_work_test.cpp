#include "care/social_work.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;
using scenario::Lever;
using support::table;

TEST(SocialWorkShare, IsTheCaseloadOverThePoorestUpToAll) {
  SocialWorkParameters p;
  p.caseload = 250;
  EXPECT_EQ(social_work_share(2, 1000, p), 0.5);
  EXPECT_EQ(social_work_share(9, 1000, p), 1);
  EXPECT_EQ(social_work_share(0, 1000, p), 0);
  EXPECT_EQ(social_work_share(1, 0, p), 0);
}

TEST(WithSocialWork, OpensTheRightsThatAreMissingAndNoOthers) {
  SocialWorkParameters p;
  p.rights_missing = 0.44;
  p.rights_opened = 0.5;
  const AccessRelief before{0.1, 0.2, 0.3};
  EXPECT_EQ(with_social_work(before, 0, p), before);
  const AccessRelief after = with_social_work(before, 0.5, p);
  EXPECT_DOUBLE_EQ(after.no_advance_payment, 0.1 + 0.5 * 0.22);
  EXPECT_EQ(after.mediation, 0.2);
  EXPECT_EQ(after.transport, 0.3);
  EXPECT_EQ(after.social_work, 0.5);
  EXPECT_EQ(with_social_work({1, 0, 0}, 1, p).no_advance_payment, 1);
}

TEST(WithSocialWork, MakesThePoorestGiveUpLessAndNobodyElse) {
  const AccessParameters& p = table().access;
  const AccessRelief helped = with_social_work({}, 1, table().social_work);
  const double rights = 0.44 * 0.6;
  EXPECT_NEAR(
      renunciation_ratio({true, false}, helped, p) / renunciation_ratio({true, false}, {}, p),
      (1 - 0.15 * rights) * (1 - 0.1), 1e-12);
  EXPECT_EQ(renunciation_ratio({false, true}, helped, p), renunciation_ratio({false, true}, {}, p));
}

/// A centre that has all that the grant asks for.
Means whole_centre() {
  Means means;
  means.social_worker_fte = 1;
  means.mediator_fte = 2;
  means.third_party = 1;
  means.population_grant = 1;
  return means;
}

TEST(PopulationGrant, IsForSalariedGpsSocialWorkMediationAndNoPaymentInAdvanceAllTogether) {
  const SocialWorkParameters& p = table().social_work;
  const Means whole = whole_centre();
  EXPECT_DOUBLE_EQ(population_grant(whole, 1, 1e6, p), 160'000.0 / 12);
  EXPECT_EQ(population_grant(whole, 0, 1e6, p), 0);
  for (double Means::*part : {&Means::social_worker_fte, &Means::mediator_fte, &Means::third_party,
                              &Means::population_grant}) {
    Means means = whole;
    means.*part = 0;
    EXPECT_EQ(population_grant(means, 3, 1e6, p), 0);
  }
}

TEST(PopulationGrant, PaysForThatWorkAndForNothingElse) {
  const Means means = whole_centre();
  const double cost = population_work_cost(means, 10, table());
  EXPECT_DOUBLE_EQ(cost, (45'000 + 2 * 45'000 + 10 * 1500) / 12.0);
  EXPECT_EQ(population_grant(means, 3, cost, table().social_work), std::min(160'000.0 / 12, cost));
  EXPECT_EQ(population_grant(means, 3, 100, table().social_work), 100);
}

TEST(PaySocialWork, HasTwoSidesAndNoEntryWithoutMeans) {
  Ledger ledger, nothing;
  pay_social_work(whole_centre(), 3, 10, 0, table(), ledger);
  const double cost = population_work_cost(whole_centre(), 10, table());
  EXPECT_NEAR(static_cast<double>(ledger.balance(Account::municipality).value) / 100,
              cost - 45'000.0 / 12, 0.02)
      << "mediators and the help to GPs are paid with the other measures of access";
  EXPECT_EQ(ledger.sum_of_balances(), Cents{0});
  Means ask;
  ask.population_grant = 1;
  pay_social_work(ask, 3, 10, 0, table(), nothing);
  EXPECT_TRUE(nothing.entries().empty());
}

TEST(SocialWorkers, LeadThoseWhoNeverLookedToAGp) {
  EXPECT_EQ(outreach_probability(0, table().social_work), 0);
  const auto runs = support::play(support::experiment_of(
      support::short_of_gps(
          {support::strategy(), support::strategy({{Lever::social_worker, 4, {}}})}),
      {{4000, {6}}}));
  EXPECT_LT(support::at_the_end(runs[1], Indicator::adults_without_gp),
            support::at_the_end(runs[0], Indicator::adults_without_gp));
}

TEST(PopulationGrant, IsPaidOnceTheCentreHasGps) {
  std::vector<scenario::Action> centre{{Lever::salaried_posts, 3, {}},
                                       {Lever::social_worker, 1, {}},
                                       {Lever::health_mediators, 2, {}},
                                       {Lever::third_party_payment, 1, {}}};
  const scenario::Strategy without = support::strategy(centre);
  centre.push_back({Lever::population_grant, 1, {}});
  auto scenario = support::scenario_of({without, support::strategy(centre)}, 6);
  scenario.parameters = support::parameters_with(
      {support::no_demand(), {"time_cds_open", 6}, {"young_gp_accept_salaried_offer", 0.9}});
  const auto runs = support::play(support::experiment_of(scenario, {{20'000, {9}}}));
  double granted = 0;
  std::int32_t first = 1 << 20;
  for (const record::LedgerEntry& entry : runs[1].ledger) {
    if (entry.category != record::Category::population_grant) continue;
    EXPECT_EQ(entry.payer, Account::health_insurance);
    granted += static_cast<double>(entry.cents) / 100;
    first = std::min(first, entry.day);
  }
  EXPECT_GT(granted, 0);
  EXPECT_GT(first, 90) << "not before the premises are open";
  EXPECT_NEAR(
      support::total(runs[0], Indicator::net_cost) - support::total(runs[1], Indicator::net_cost),
      granted, 0.01);
}

}  // namespace
}  // namespace care
