#include "care/arrival.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::Profession;

ArrivalParameters easy() {
  ArrivalParameters p;
  p.flow = {4e-5, 1e-4, 1e-4, 3e-5};
  p.small_area_ratio = 0.5;
  p.neutral_share = 0.1;
  p.area_attraction = 0.2;
  p.team_log_odds = {0.4, 0.3, 0.3, 0.3};
  p.per_gp_log_odds = 0.1;
  p.per_gp_limit = 6;
  p.mean_team_gps = 4;
  p.team_taste_age_limit = 45;
  p.unlabelled_share = 0.5;
  p.without_room_share = 0.25;
  p.room_log_odds = 0.05;
  p.site_log_odds = 0.8;
  return p;
}

Offer team_of(int gps) {
  Offer offer;
  offer.team = offer.recognised = offer.free_room = true;
  offer.relative_cohesion = 1;
  offer.team_gps = gps;
  return offer;
}

double odds(double probability) { return probability / (1 - probability); }

TEST(Attraction, IsThatOfTheAreaWhereNothingIsOffered) {
  EXPECT_DOUBLE_EQ(attraction({}, {Profession::gp, 35}, easy()), 0.2);
}

TEST(Attraction, AddsANewRoomWithoutATeam) {
  Offer offer;
  offer.free_room = offer.free_room_in_building = true;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::gp, 35}, easy()), 0.2 + 0.05);
  offer.free_room_in_building = false;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::gp, 35}, easy()), 0.2)
      << "temporary rooms alone attract nobody";
}

TEST(Attraction, AddsATeamAtHandComputedPoints) {
  const auto log_odds = [](const Offer& offer, Profession profession = Profession::gp) {
    return attraction(offer, {profession, 35}, easy());
  };
  EXPECT_DOUBLE_EQ(log_odds(team_of(4)), 0.2 + 0.4) << "mean size";
  EXPECT_DOUBLE_EQ(log_odds(team_of(5)), 0.2 + 0.5) << "one GP more";
  EXPECT_DOUBLE_EQ(log_odds(team_of(6)), 0.2 + 0.6);
  EXPECT_DOUBLE_EQ(log_odds(team_of(60)), 0.2 + 0.6) << "the limit";
  EXPECT_DOUBLE_EQ(log_odds(team_of(4), Profession::dentist), 0.2 + 0.3);

  Offer offer = team_of(4);
  offer.relative_cohesion = 0.5;
  EXPECT_DOUBLE_EQ(log_odds(offer), 0.2 + 0.2) << "half the cohesion";
  offer.relative_cohesion = 1.4;
  EXPECT_DOUBLE_EQ(log_odds(offer), 0.2 + 0.4) << "no more than the reference";
  offer = team_of(4);
  offer.recognised = false;
  EXPECT_DOUBLE_EQ(log_odds(offer), 0.2 + 0.2) << "no label yet";
  offer.free_room = false;
  EXPECT_DOUBLE_EQ(log_odds(offer), 0.2 + 0.05) << "... and no room";
  offer = team_of(4);
  offer.free_room_in_building = true;
  EXPECT_DOUBLE_EQ(log_odds(offer), 0.2 + 0.4 + 0.05);
}

TEST(Attraction, OfATeamIsForCandidatesUpToTheAgeLimit) {
  EXPECT_GT(attraction(team_of(4), {Profession::gp, 45}, easy()), 0.2);
  EXPECT_DOUBLE_EQ(attraction(team_of(4), {Profession::gp, 45.01}, easy()), 0.2);
}

TEST(Attraction, NeverLosesByAColleagueMoreOrMoreCohesionOrTheLabelOrARoomInATeam) {
  pdes::Stream stream({.seed = 5});
  const ArrivalParameters p = read_parameters(support::parameters()).arrival;
  const auto log_odds = [&](const Offer& offer) {
    return attraction(offer, {Profession::gp, 35}, p);
  };
  for (int trial = 0; trial < 2000; ++trial) {
    Offer offer = team_of(static_cast<int>(9 * stream.uniform()));
    offer.recognised = stream.uniform() < 0.5;
    offer.free_room = stream.uniform() < 0.5;
    offer.relative_cohesion = 1.5 * stream.uniform();
    Offer better = offer;
    better.team_gps += 1;
    EXPECT_GE(log_odds(better), log_odds(offer));
    better = offer;
    better.relative_cohesion += 0.1;
    EXPECT_GE(log_odds(better), log_odds(offer));
    better = offer;
    better.recognised = true;
    EXPECT_GE(log_odds(better), log_odds(offer));
    better = offer;
    better.free_room = true;
    EXPECT_GE(log_odds(better), log_odds(offer));
    Offer alone;
    alone.free_room = offer.free_room;
    EXPECT_GE(log_odds(offer), log_odds(alone)) << "a team never repels";
  }
}

/// Shares of the settings over a fine grid of uniforms.
std::array<double, 3> shares(const Offer& offer, double age = 35) {
  constexpr int points = 100'000;
  std::array<double, 3> share{};
  for (int i = 0; i < points; ++i) {
    const Setting setting = choose_setting((i + 0.5) / points, offer, age, easy());
    share[static_cast<std::size_t>(setting)] += 1.0 / points;
  }
  return share;
}

TEST(ChooseSetting, IsAnOfficeOfOnesOwnWhereNothingIsOffered) {
  EXPECT_NEAR(shares({})[0], 1, 1e-9);
}

TEST(ChooseSetting, KeepsThePublishedOddsOfARecognisedTeamOverAnOffice) {
  const auto share = shares(team_of(4));
  EXPECT_NEAR(share[2] / share[0], std::exp(0.8), 1e-3);
  EXPECT_EQ(share[1], 0) << "the rooms are the team's";
  Offer offer = team_of(4);
  offer.recognised = false;
  EXPECT_NEAR(shares(offer)[2] / shares(offer)[0], std::exp(0.4), 1e-3) << "no label yet";
}

TEST(ChooseSetting, TakesAMunicipalRoomAboutHalfTheTimeWithoutATeam) {
  Offer offer;
  offer.free_room = true;
  EXPECT_NEAR(shares(offer)[1], 0.5, 1e-4);
  offer.free_room_in_building = true;
  EXPECT_NEAR(shares(offer)[1] / shares(offer)[0], std::exp(0.05), 1e-3);
}

TEST(ChooseSetting, LeavesTheTeamToCandidatesUpToTheAgeLimit) {
  EXPECT_GT(shares(team_of(4), 45)[2], 0.5);
  EXPECT_EQ(shares(team_of(4), 46)[2], 0);
  EXPECT_NEAR(shares(team_of(4), 46)[1], 0.5, 1e-4) << "a free room is for everyone";
}

TEST(SettlingProbability, IsTheNeutralShareWhereNothingSetsThePlaceApart) {
  EXPECT_NEAR(settling_probability(0, easy()), 0.1, 1e-15);
}

TEST(SettlingProbability, MultipliesTheOddsAndStaysBetweenZeroAndOne) {
  EXPECT_NEAR(odds(settling_probability(std::log(3.0), easy())), 3.0 / 9, 1e-14);
  EXPECT_LT(settling_probability(-50, easy()), 1e-20);
  EXPECT_GT(settling_probability(50, easy()), 1 - 1e-15);
  for (double u = -3; u < 3; u += 0.25) {
    EXPECT_LT(settling_probability(u, easy()), settling_probability(u + 0.25, easy()));
  }
}

/// Candidates with and without roots, of every taste, all of 35 years.
double mean_settling(const Offer& offer, const ArrivalParameters& p) {
  constexpr int tastes = 200;
  double sum = 0;
  for (int i = 0; i < tastes; ++i) {
    const double taste = (i + 0.5) / tastes;
    for (const bool roots : {false, true}) {
      const double share = roots ? p.roots_share : 1 - p.roots_share;
      sum += share / tastes *
             settling_probability(attraction(offer, {Profession::gp, 35, taste, roots}, p), p);
    }
  }
  return sum;
}

TEST(Candidates, OfAllKindsSettleAsOftenAsTheMeanWhereNothingIsOffered) {
  for (const double share : {0.01, 0.05, 0.2}) {
    auto table = support::parameters_with({{"candidate_neutral_share", share}});
    EXPECT_NEAR(mean_settling({}, read_parameters(table).arrival), share, 1e-12);
  }
}

TEST(Candidates, WithRootsAreHalfOfThoseWhoSettle) {
  const ArrivalParameters p = read_parameters(support::parameters()).arrival;
  const double with =
      p.roots_share * settling_probability(attraction({}, {Profession::gp, 35, 0.5, true}, p), p);
  EXPECT_NEAR(with / p.neutral_share, 0.5, 1e-12);
  ArrivalParameters q = p;
  q.roots_share = 0.5;
  set_roots(0.5, q);
  EXPECT_NEAR(q.roots_log_odds, 0, 1e-12) << "as many among the candidates: roots do not matter";
  EXPECT_NEAR(q.no_roots_log_odds, 0, 1e-12);
}

TEST(Candidates, KeepThePublishedRatioForATeamOfMeanSizeAndReferenceCohesion) {
  for (const double share : {0.01, 0.05, 0.2}) {
    auto table = support::parameters_with({{"candidate_neutral_share", share}});
    ArrivalParameters p = read_parameters(table).arrival;
    p.mean_team_gps = 5;  // a whole number of GPs, under the limit
    const double published = support::parameters().value("msp_area_install_rr");
    EXPECT_NEAR(mean_settling(team_of(5), p) / mean_settling({}, p), published, 0.03) << share;
  }
}

TEST(LogOddsOfRatio, MultiplyTheMeanProbabilityExactly) {
  const ArrivalParameters p = read_parameters(support::parameters()).arrival;
  for (const double ratio : {0.5, 1.0, 1.35, 2.0}) {
    const double u = log_odds_of_ratio(ratio, p);
    const double found = p.roots_share * settling_probability(u + p.roots_log_odds, p) +
                         (1 - p.roots_share) * settling_probability(u + p.no_roots_log_odds, p);
    EXPECT_NEAR(found / p.neutral_share, ratio, 1e-9);
  }
}

TEST(TasteForTeams, MakesATeamWeighFromNothingToTwiceAsMuch) {
  const auto at = [](double taste) {
    return attraction(team_of(4), {Profession::gp, 35, taste}, easy()) - 0.2;
  };
  EXPECT_NEAR(at(1), 0, 1e-15);
  EXPECT_NEAR(at(0.5), 0.4, 1e-15);
  EXPECT_NEAR(std::exp(at(0)) - 1, 2 * (std::exp(0.4) - 1), 1e-14);
  EXPECT_GT(at(0.2), at(0.3));
}

TEST(GenerationExcess, IsTheShareOfPeersOfOnesAgeOverTheNationalOne) {
  EXPECT_DOUBLE_EQ(generation_excess(0, 0, 0.4), 0) << "nobody there says nothing";
  EXPECT_DOUBLE_EQ(generation_excess(4, 4, 0.4), 4.4 / 5 - 0.4);
  EXPECT_DOUBLE_EQ(generation_excess(0, 4, 0.4), 0.4 / 5 - 0.4);
  EXPECT_NEAR(generation_excess(40, 100, 0.4), 0, 1e-15) << "as everywhere";
  for (int young = 0; young < 9; ++young) {
    EXPECT_LT(generation_excess(young, 9, 0.4), generation_excess(young + 1, 9, 0.4));
  }
}

TEST(Attraction, GrowsWithPeersOfOnesGenerationAndForGpsWithUnmetDemand) {
  ArrivalParameters p = easy();
  p.generation_log_odds = 0.4;
  p.unmet_demand_log_odds = 0.1;
  Offer offer;
  offer.generation_excess = 0.25;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::dentist, 35}, p), 0.2 + 0.1);
  offer = {};
  offer.excess_load = 0.5;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::gp, 35}, p), 0.2 + 0.05);
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::nurse, 35}, p), 0.2);
  offer.excess_load = 7;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::gp, 35}, p), 0.2 + 0.1) << "up to one";
  offer.excess_load = -0.5;
  EXPECT_DOUBLE_EQ(attraction(offer, {Profession::gp, 35}, p), 0.2) << "patients are enough";
}

TEST(Attraction, NeverGrowsWithTheRent) {
  const ArrivalParameters p = read_parameters(support::parameters()).arrival;
  for (Offer offer : {Offer{}, team_of(3)}) {
    offer.free_room = true;
    double before = 1e9;
    for (double saved = 6000; saved >= -6000; saved -= 500) {
      offer.rent_saved = saved;
      const double now = attraction(offer, {Profession::gp, 35}, p);
      EXPECT_LE(now, before);
      before = now;
    }
  }
}

TEST(CandidateRate, GivesTheFlowOfInstallationsOnceTheNeutralShareHasSettled) {
  const Rate gps = candidate_rate(Profession::gp, 50'000, easy());
  EXPECT_DOUBLE_EQ(gps.per_year, 4e-5 * 50'000 * 0.5 / 0.1);
  EXPECT_NEAR(gps.per_year * settling_probability(0, easy()), 1, 1e-12);
  EXPECT_EQ(candidate_rate(Profession::nurse, 0, easy()).per_year, 0);
}

TEST(CandidateRate, OfTheTableIsTheNationalFlowForAnyNeutralShare) {
  for (const double share : {0.01, 0.05, 0.2}) {
    ArrivalParameters p = read_parameters(support::parameters()).arrival;
    p.neutral_share = share;
    // 2,357 first installations in 67.8 million residents, 0.83 of them away from large cities.
    EXPECT_NEAR(candidate_rate(Profession::gp, 12'000, p).per_year * settling_probability(0, p),
                0.346, 0.001);
  }
}

}  // namespace
}  // namespace care
