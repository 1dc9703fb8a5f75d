#include "care/expected_activity.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "care/arrival.hpp"

namespace care {
namespace {

using world::Profession;

TEST(ExpectedActivity, IsTheMeanLoadWithOnePeerMoreWhoseBookIsFull) {
  EXPECT_DOUBLE_EQ(expected_activity(0, 0), 1) << "nobody there says nothing";
  EXPECT_DOUBLE_EQ(expected_activity(0.5, 1), 0.75);
  EXPECT_DOUBLE_EQ(expected_activity(2, 4), 0.6);
  EXPECT_NEAR(expected_activity(60, 100), 0.6, 0.005) << "many speak for themselves";
}

TEST(ExpectedActivity, IsNoMoreThanAFullBook) {
  EXPECT_DOUBLE_EQ(expected_activity(4, 4), 1);
  EXPECT_DOUBLE_EQ(expected_activity(9, 4), 1);
}

TEST(ExpectedActivity, FallsWithEachColleagueWhoSharesTheSamePatients) {
  const double patients = 3;  // full books
  double fewer_colleagues = expected_activity(patients, 3);
  EXPECT_DOUBLE_EQ(fewer_colleagues, 1);
  for (int peers = 4; peers < 40; ++peers) {
    const double found = expected_activity(patients, peers);
    EXPECT_LT(found, fewer_colleagues) << peers;
    fewer_colleagues = found;
  }
}

TEST(RelativeActivity, CountsForThePlaceOnlyWhereItsBooksAreTheEmptier) {
  EXPECT_DOUBLE_EQ(relative_activity(0.6, 0.8), 0.75);
  EXPECT_DOUBLE_EQ(relative_activity(0.8, 0.6), 1);
  EXPECT_DOUBLE_EQ(relative_activity(1, 1), 1) << "all books are full";
  EXPECT_DOUBLE_EQ(relative_activity(0.3, 0.3), 1) << "nowhere to be had";
}

TEST(LoadOfTheYear, IsThatOfTheFirstMonthAtFirst) {
  EXPECT_DOUBLE_EQ(load_of_the_year(1, 0.4, 0.5), 0.4);
  EXPECT_DOUBLE_EQ(load_of_the_year(1, 0.4, 1), 0.4);
}

TEST(LoadOfTheYear, IsTheMeanOfTheMonthsUpToTwelveAndFollowsSlowlyAfterThem) {
  double load = 1;
  for (int month = 1; month <= 6; ++month) load = load_of_the_year(load, month, month);
  EXPECT_NEAR(load, 3.5, 1e-14);
  EXPECT_DOUBLE_EQ(load_of_the_year(0.5, 1.1, 30), 0.55);
}

ArrivalParameters easy(double elasticity) {
  ArrivalParameters p;
  p.team_log_odds.fill(0.4);
  p.site_log_odds = 0.8;
  p.room_log_odds = 0.05;
  p.without_room_share = 0.5;
  p.team_taste_age_limit = 45;
  p.activity_elasticity = elasticity;
  return p;
}

Offer team(double activity) {
  Offer offer;
  offer.team = offer.recognised = offer.free_room = true;
  offer.relative_cohesion = 1;
  offer.activity = activity;
  return offer;
}

double team_over_office(const Offer& offer, const ArrivalParameters& p) {
  constexpr int points = 100'000;
  double with_team = 0, own = 0;
  for (int i = 0; i < points; ++i) {
    const Setting setting = choose_setting((i + 0.5) / points, offer, 35, p);
    ++(setting == Setting::own_office ? own : with_team);
  }
  return with_team / own;
}

TEST(ActivityElasticity, MultipliesTheOddsOfAPlaceByAPowerOfTheActivityExpectedThere) {
  for (const double e : {0.5, 1.0, 3.0}) {
    const ArrivalParameters p = easy(e);
    EXPECT_NEAR(team_over_office(team(0.5), p), std::exp(0.8) * std::pow(0.5, e), 1e-3) << e;
    Offer room;
    room.free_room = true;
    room.activity = 0.5;
    EXPECT_NEAR(team_over_office(room, p), std::pow(0.5, e), 1e-3) << e;
  }
  const Candidate nurse{Profession::nurse, 35};
  EXPECT_NEAR(attraction(team(0.8), nurse, easy(1)), 0.4 + std::log(0.8), 1e-14);
}

TEST(ActivityElasticity, OfZeroAndBooksThatAreFullChangeNothingToTheBit) {
  const Candidate physiotherapist{Profession::physiotherapist, 35};
  EXPECT_EQ(attraction(team(0.1), physiotherapist, easy(0)),
            attraction(team(1), physiotherapist, easy(0)));
  EXPECT_EQ(attraction(team(1), physiotherapist, easy(3)),
            attraction(team(1), physiotherapist, easy(0)));
  EXPECT_EQ(team_over_office(team(0.1), easy(0)), team_over_office(team(1), easy(3)));
}

TEST(ActivityElasticity, MakesEmptierBooksAttractLessAndNeverLessThanNoTeam) {
  const ArrivalParameters p = easy(1);
  const Candidate dentist{Profession::dentist, 35};
  double fuller = attraction(team(1), dentist, p);
  double odds = team_over_office(team(1), p);
  for (double activity = 0.95; activity > 0.05; activity -= 0.05) {
    const double found = attraction(team(activity), dentist, p);
    EXPECT_LE(found, fuller);
    EXPECT_GE(found, attraction({}, dentist, p)) << "an office of one's own is always there";
    EXPECT_LT(team_over_office(team(activity), p), odds);
    fuller = found;
    odds = team_over_office(team(activity), p);
  }
}

}  // namespace
}  // namespace care
