// Needs of all types in a small world, where theory says what must come of them.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/small_world.hpp"

namespace {

using record::Indicator;
using scenario::Lever;
using support::total;
using world::Profession;

using Values = std::vector<std::pair<std::string, double>>;

Values operator+(Values a, const Values& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Nobody comes or leaves: what is there is what is asked.
Values nobody_moves() { return support::no_candidates() + support::no_departures(); }

std::array<double, world::profession_count> so_many(double of_each) {
  std::array<double, world::profession_count> supply{};
  supply.fill(of_each);
  return supply;
}

std::array<double, world::profession_count> without(Profession profession, double of_the_others) {
  auto supply = so_many(of_the_others);
  supply[world::index(profession)] = 0;
  return supply;
}

experiment::Replication play(const support::Town& town, std::vector<scenario::Strategy> strategies,
                             const Values& values,
                             scenario::TeamStage stage = scenario::TeamStage::none) {
  auto scenario = support::scenario_of(std::move(strategies), 3);
  scenario.parameters = support::parameters_with(values);
  scenario.team_stage = stage;
  return support::play(support::experiment_of(scenario, {town}));
}

experiment::RunRecord play(const support::Town& town, const Values& values = nobody_moves()) {
  return play(town, {support::strategy()}, values).front();
}

TEST(NoNurse, LeavesAllNeedsForOneUnmet) {
  auto supply = without(Profession::nurse, 10);
  supply[world::index(Profession::advanced_nurse)] = 0;  // nobody to take the nurse's place
  const auto run = play({2000, supply});
  for (const double share : run.recorder.series(Indicator::nurse_failed_share)) {
    EXPECT_EQ(share, 1);
  }
  EXPECT_TRUE(std::isnan(run.recorder.series(Indicator::nurse_wait_mean).front()));
  EXPECT_GT(total(run, Indicator::other_needs_not_served), 0);
}

TEST(NoProfessionalButGps, MeansThatNoOtherNeedIsMetWhileReferralsGoOn) {
  std::array<double, world::profession_count> supply{};
  supply[0] = 5;
  const auto run = play({2000, supply});
  EXPECT_EQ(total(run, Indicator::other_needs_served), 0);
  EXPECT_EQ(total(run, Indicator::other_sessions), 0);
  EXPECT_EQ(total(run, Indicator::other_needs_not_served), total(run, Indicator::other_needs));
  EXPECT_GT(total(run, Indicator::other_needs), 0);
}

TEST(EndlessProfessionals, LeaveHardlyAnyNeedUnmet) {
  const auto run = play({1000, so_many(40)});
  EXPECT_GT(total(run, Indicator::other_needs_served), 3000);
  // Practices close at weekends, and advice on a minor ailment does not always wait for Monday.
  EXPECT_LT(total(run, Indicator::other_needs_not_served),
            0.01 * total(run, Indicator::other_needs));
  for (const double failed : run.recorder.series(Indicator::physiotherapist_failed_share)) {
    EXPECT_TRUE(!(failed > 0)) << "rehabilitation waits for Monday";
  }
}

TEST(NoGp, IsNoReferralEither) {
  const auto with_gps = play({2000, so_many(20)});
  const auto without_gps = play({2000, without(Profession::gp, 20)});
  EXPECT_GT(total(with_gps, Indicator::other_needs),
            1.2 * total(without_gps, Indicator::other_needs));
  for (const double wait : without_gps.recorder.series(Indicator::physiotherapist_wait_mean)) {
    EXPECT_TRUE(std::isnan(wait)) << "nobody was sent there";
  }
  EXPECT_FALSE(std::isnan(without_gps.recorder.series(Indicator::dentist_wait_mean).front()))
      << "a dentist needs no referral";
}

TEST(Series, TakeTheirSlots) {
  auto supply = so_many(0);
  supply[world::index(Profession::dentist)] = 20;
  const Values one = nobody_moves() + Values{{"dentist_series_sessions", 1}};
  const Values two = nobody_moves() + Values{{"dentist_series_sessions", 2}};
  const auto single = play({3000, supply}, one);
  const auto series = play({3000, supply}, two);
  // The same contacts a year, in fewer needs.
  const double contacts_single = total(single, Indicator::other_sessions);
  const double contacts_series = total(series, Indicator::other_sessions);
  EXPECT_NEAR(contacts_series / contacts_single, 1, 0.05);
  EXPECT_GT(contacts_series, 10'000);
  EXPECT_LT(total(series, Indicator::other_needs), 0.9 * total(single, Indicator::other_needs));
}

TEST(AColleagueOfTheTeam, IsAskedBeforeAStranger) {
  // Two GPs who are too few for the town, in one team or each alone.
  const Values busy =
      nobody_moves() + Values{{"team_join_share_under50", 1}, {"team_join_share_50_plus", 1}};
  std::array<double, world::profession_count> supply{2};
  supply[world::index(Profession::nurse)] = 3;
  const auto alone = play({3500, supply}, {support::strategy()}, busy).front();
  const auto team =
      play({3500, supply}, {support::strategy()}, busy, scenario::TeamStage::funded).front();
  double continuity_alone = 0, continuity_team = 0;
  for (std::size_t month = 0; month < 36; ++month) {
    continuity_alone += alone.recorder.series(Indicator::continuity_of_care)[month];
    continuity_team += team.recorder.series(Indicator::continuity_of_care)[month];
  }
  EXPECT_GT(continuity_team, continuity_alone);
}

TEST(Substitution, IsTheRecognisedTeamsAlone) {
  const Values joined =
      nobody_moves() + Values{{"team_join_share_under50", 1}, {"team_join_share_50_plus", 1}};
  const support::Town town{3000, so_many(4)};
  const auto at = [&](scenario::TeamStage stage) {
    const auto run = play(town, {support::strategy()}, joined, stage).front();
    return total(run, Indicator::seen_by_substitute) / total(run, Indicator::needs);
  };
  EXPECT_EQ(at(scenario::TeamStage::none), 0);
  const double share = at(scenario::TeamStage::funded);
  // At least what goes straight there for patients of the team; substitutes add to it.
  EXPECT_GT(share, 0.3 * support::parameters().value("direct_access_substitution"));
}

TEST(ThePreventionProgramme, ReachesMoreWithMoreSessionsAndIsPaidByTheMunicipality) {
  const support::Town town{2000, so_many(3)};
  const auto runs =
      play(town,
           {support::strategy(), support::strategy({{Lever::prevention_programme, 0, {}}}),
            support::strategy({{Lever::prevention_programme, 0.5, {}}}),
            support::strategy({{Lever::prevention_programme, 2, {}}})},
           nobody_moves());
  EXPECT_TRUE(support::same_numbers(runs[0], runs[1])) << "zero sessions change nothing";
  for (std::size_t month = 0; month < 36; ++month) {
    const auto share = [&](std::size_t strategy) {
      return runs[strategy].recorder.series(Indicator::prevention_up_to_date_share)[month];
    };
    EXPECT_LT(share(0), share(2)) << month;
    EXPECT_LT(share(2), share(3)) << month;
  }
  std::int64_t paid = 0;
  for (const record::LedgerEntry& entry : runs[2].ledger) {
    if (entry.category == record::Category::prevention) paid += entry.cents;
  }
  const double a_year = 0.5 * 365.25 / 7 * support::parameters().value("prevention_session_cost");
  EXPECT_NEAR(static_cast<double>(paid) / 100, 3 * a_year, 1);
}

/// Nobody is up to date because the run begins: the share stays where it is.
TEST(Prevention, IsStationaryFromTheStart) {
  const auto run = play({6000, so_many(12)});
  const auto& share = run.recorder.series(Indicator::prevention_up_to_date_share);
  EXPECT_NEAR(share.front(), share.back(), 0.04);
  EXPECT_GT(share.front(), 0.2);
  EXPECT_LT(share.front(), 0.8);
}

TEST(NearGp, IsNobodyWithoutOneAndEverybodyWhereOneHasRoom) {
  const auto none = play({1000, without(Profession::gp, 2)});
  const auto many = play({1000, so_many(5)});
  EXPECT_EQ(support::at_the_end(none, Indicator::near_gp_share), 0);
  EXPECT_EQ(support::at_the_end(many, Indicator::near_gp_share), 1);
  EXPECT_GT(support::at_the_end(many, Indicator::satisfaction), 0.8);
  EXPECT_TRUE(std::isnan(support::at_the_end(none, Indicator::satisfaction)));
}

}  // namespace
