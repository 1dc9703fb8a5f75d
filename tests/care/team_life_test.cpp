#include "care/team_life.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using scenario::TeamStage;
using world::Years;

const TeamParameters& table() {
  static const TeamParameters p = read_parameters(support::parameters()).team;
  return p;
}

constexpr world::Luck luck{.seed = 9, .replication = 0};
constexpr TeamMembers enough{4, 3};

TeamSupport full_support() { return {0.5, 1, 1, true}; }

TEST(FormationRate, IsZeroWithoutACore) {
  EXPECT_EQ(formation_rate({0, 0}, full_support(), table()).per_year, 0);
  EXPECT_EQ(formation_rate({0, 5}, full_support(), table()).per_year, 0) << "no GP";
  EXPECT_EQ(formation_rate({1, 0}, full_support(), table()).per_year, 0) << "one GP, alone";
  EXPECT_GT(formation_rate({1, 1}, {}, table()).per_year, 0);
}

TEST(FormationRate, MultipliesItsRatiosAtHandComputedPoints) {
  TeamParameters p;
  p.formation = 0.05;
  p.formation_ratio_coordinator = 4;
  p.formation_ratio_federation = 2;
  p.formation_ratio_partnership = 3;
  p.usual_coordinator_fte = 0.5;
  EXPECT_DOUBLE_EQ(formation_rate(enough, {}, p).per_year, 0.05);
  EXPECT_NEAR(formation_rate(enough, {0.5, 0, 0, false}, p).per_year, 0.2, 1e-15);
  EXPECT_NEAR(formation_rate(enough, {0.25, 0, 0, false}, p).per_year, 0.1, 1e-15) << "half";
  EXPECT_NEAR(formation_rate(enough, {3, 0, 0, false}, p).per_year, 0.2, 1e-15) << "no more";
  EXPECT_NEAR(formation_rate(enough, {0, 1, 0, false}, p).per_year, 0.1, 1e-15);
  EXPECT_NEAR(formation_rate(enough, {0, 0, 1, false}, p).per_year, 0.15, 1e-15);
  EXPECT_NEAR(formation_rate(enough, {0.5, 1, 1, false}, p).per_year, 0.05 * 24, 1e-14);
}

TeamParameters simple_cohesion() {
  TeamParameters p;
  p.cohesion_build_base = 0.25;
  p.cohesion_build_coordinator = 0.5;
  p.cohesion_build_meeting_room = 0.125;
  p.cohesion_build_partnership = 0.125;
  p.cohesion_decay = 1;
  p.usual_coordinator_fte = 0.5;
  p.cohesion_shock_departure = 0.5;
  p.cohesion_shock_arrival = 0.2;
  p.partnership_build = 1.5;
  p.partnership_decay = 0.5;
  return p;
}

/// C(t) = C* + (C0 - C*) exp(-(b + d) t), C* = b / (b + d).
TEST(Cohesion, FollowsItsClosedForm) {
  const TeamParameters p = simple_cohesion();
  const double unsupported = 0.25 / 1.25;
  EXPECT_NEAR(cohesion_after(0.6, {2}, {}, p),
              unsupported + (0.6 - unsupported) * std::exp(-1.25 * 2), 1e-14);
  // Full support: b = 0.25 + 0.5 + 0.125 + 0.125 = 1, C* = 1/2.
  EXPECT_NEAR(cohesion_after(0.1, {1.5}, full_support(), p), 0.5 - 0.4 * std::exp(-3.0), 1e-14);
  // Half of everything but the room: b = 0.25 + 0.25 + 0.0625.
  EXPECT_NEAR(cohesion_after(0, {1}, {0.25, 0, 0.5, false}, p),
              0.5625 / 1.5625 * (1 - std::exp(-1.5625)), 1e-14);
}

TEST(Cohesion, IsTheSameInOneSpanAsInTwo) {
  const double whole = cohesion_after(0.3, {1}, full_support(), table());
  const double half = cohesion_after(0.3, {0.4}, full_support(), table());
  EXPECT_NEAR(cohesion_after(half, {0.6}, full_support(), table()), whole, 1e-14);
  EXPECT_EQ(cohesion_after(0.3, {0}, full_support(), table()), 0.3);
}

TEST(Cohesion, TendsToALimitThatSupportRaisesAndThatIsLostWithIt) {
  const auto settled = [](const TeamSupport& support, double from) {
    return cohesion_after(from, {200}, support, table());
  };
  EXPECT_NEAR(settled({}, 0), settled({}, 1), 1e-12) << "nothing is acquired";
  EXPECT_LT(settled({}, 1), settled({0.5, 0, 0, false}, 1));
  EXPECT_LT(settled({}, 1), settled({0, 0, 1, false}, 1));
  EXPECT_LT(settled({}, 1), settled({0, 0, 0, true}, 1));
  EXPECT_LT(settled(full_support(), 1), 1);
  EXPECT_EQ(settled({0, 1, 0, false}, 1), settled({}, 1)) << "the federation helps the project";
  // A funded team with a usual coordinator settles near the cohesion at which effects were
  // measured.
  EXPECT_NEAR(settled({table().usual_coordinator_fte, 0, 0, false}, 0), table().cohesion_reference,
              0.05);
}

TEST(Cohesion, StaysWithinItsBounds) {
  for (double c = 0; c <= 1; c += 0.1) {
    for (const double span : {0.01, 1.0, 50.0}) {
      const double after = cohesion_after(c, {span}, full_support(), table());
      EXPECT_GE(after, 0);
      EXPECT_LE(after, 1);
    }
    EXPECT_LE(cohesion_after_departures(c, 3, 3, table()), c);
    EXPECT_GE(cohesion_after_departures(c, 30, 3, table()), 0);
    EXPECT_GE(cohesion_after_arrivals(c, 30, 3, table()), 0);
  }
}

TEST(Cohesion, IsShakenInProportionToWhoLeavesAndWhoJoins) {
  const TeamParameters p = simple_cohesion();
  EXPECT_DOUBLE_EQ(cohesion_after_departures(0.8, 1, 4, p), 0.8 * (1 - 0.5 / 4));
  EXPECT_DOUBLE_EQ(cohesion_after_departures(0.8, 4, 4, p), 0.8 * 0.5);
  EXPECT_DOUBLE_EQ(cohesion_after_arrivals(0.8, 2, 4, p), 0.8 * (1 - 0.2 / 2));
  EXPECT_DOUBLE_EQ(cohesion_after_arrivals(0.8, 9, 4, p), 0.8 * 0.8);
  EXPECT_EQ(cohesion_after_arrivals(0.8, 1, 0, p), 0.8) << "nobody to be shaken";
}

TEST(Partnership, FollowsItsClosedFormAndDecaysWithoutEffort) {
  const TeamParameters p = simple_cohesion();
  EXPECT_NEAR(partnership_after(0, {1}, 1, p), 0.75 * (1 - std::exp(-2.0)), 1e-14);
  EXPECT_NEAR(partnership_after(0, {1}, 0.5, p), 0.6 * (1 - std::exp(-1.25)), 1e-14);
  EXPECT_NEAR(partnership_after(0.75, {3}, 0, p), 0.75 * std::exp(-1.5), 1e-14);
  EXPECT_LT(partnership_after(0.5, {100}, 0, table()), 1e-12);
}

TEST(ProjectPace, IsOneUnsupportedAndAddsItsGains) {
  TeamParameters p;
  p.usual_coordinator_fte = 0.5;
  p.speed_coordinator = 0.1;
  p.speed_federation = 0.2;
  p.speed_partnership = 0.4;
  EXPECT_EQ(project_pace({}, p), 1);
  EXPECT_DOUBLE_EQ(project_pace({0.25, 0, 0, true}, p), 1.05);
  EXPECT_DOUBLE_EQ(project_pace({2, 1, 0.5, false}, p), 1 + 0.1 + 0.2 + 0.2);
}

/// A team with a nucleus that will not be abandoned.
world::Team nucleus(const world::Luck& of = luck) {
  TeamParameters p = table();
  p.abandoned_share = 0;
  world::Team team;
  form_nucleus(team, of, p);
  return team;
}

TEST(TeamProject, PassesEveryStageInOrder) {
  world::Team team = nucleus();
  std::vector<TeamStage> seen{team.stage};
  for (int month = 0; month < 400; ++month) {
    advance_project(team, enough, {}, luck, table());
    if (team.stage != seen.back()) seen.push_back(team.stage);
  }
  EXPECT_EQ(seen, (std::vector<TeamStage>{TeamStage::nucleus, TeamStage::diagnosis,
                                          TeamStage::drafted, TeamStage::submitted,
                                          TeamStage::recognised, TeamStage::funded}));
}

int months_to_recognition(const world::Luck& of, const TeamSupport& support) {
  world::Team team = nucleus(of);
  for (int month = 1; month < 1000; ++month) {
    advance_project(team, enough, support, of, table());
    if (team.recognised()) return month;
  }
  return 1000;
}

TEST(TeamProject, TakesAboutThePublishedTimeAndNeverLongerWithSupport) {
  std::vector<int> months;
  for (std::uint32_t r = 0; r < 2001; ++r) {
    months.push_back(months_to_recognition({9, r}, {}));
    EXPECT_LE(months_to_recognition({9, r}, full_support()), months.back());
  }
  std::nth_element(months.begin(), months.begin() + 1000, months.end());
  const double published = support::parameters().value("time_team_to_project");
  EXPECT_NEAR(months[1000], published, 0.25 * published);
}

TEST(TeamProject, WaitsForTheLegalMinimumBeforeRecognition) {
  for (const TeamMembers few : {TeamMembers{1, 5}, TeamMembers{5, 0}}) {
    world::Team team = nucleus();
    for (int month = 0; month < 400; ++month) advance_project(team, few, {}, luck, table());
    EXPECT_EQ(team.stage, TeamStage::submitted);
    advance_project(team, {table().minimum_gps, table().minimum_others}, {}, luck, table());
    EXPECT_EQ(team.stage, TeamStage::recognised) << "the month in which the core is there";
    EXPECT_GT(team.months_to_next_stage, 0) << "what it waited is no work on the contract";
  }
}

TEST(TeamProject, LosesItsLabelAfterTheGraceAndNotBefore) {
  world::Team team;
  start_team(team, TeamStage::funded, luck, table());
  const int grace = static_cast<int>(table().grace_months);
  for (int month = 0; month < grace; ++month) {
    advance_project(team, {1, 3}, {}, luck, table());
    EXPECT_TRUE(team.recognised());
  }
  advance_project(team, enough, {}, luck, table());
  EXPECT_EQ(team.months_below_minimum, 0) << "one good month starts the grace again";
  for (int month = 0; month <= grace; ++month) advance_project(team, {1, 3}, {}, luck, table());
  EXPECT_EQ(team.stage, TeamStage::nucleus);
}

TEST(TeamProject, EndsWhenNobodyIsLeftAndCanBeginAgainWithOtherLuck) {
  world::Team team = nucleus();
  const double first_length = team.months_to_next_stage;
  advance_project(team, {0, 0}, {}, luck, table());
  EXPECT_FALSE(team.exists());
  EXPECT_EQ(team.cohesion, 0);
  EXPECT_FALSE(team.formation.rings());
  form_nucleus(team, luck, table());
  EXPECT_EQ(team.stage, TeamStage::nucleus);
  EXPECT_EQ(team.attempt, 2U);
  EXPECT_EQ(team.cohesion, table().cohesion_start);
  EXPECT_NE(team.months_to_next_stage, first_length);
}

TEST(TeamProject, IsAbandonedAsOftenAsPublishedAndAlwaysBeforeItIsHandedIn) {
  int abandoned = 0;
  constexpr int teams = 4000;
  for (std::uint32_t r = 0; r < teams; ++r) {
    world::Team team;
    form_nucleus(team, {9, r}, table());
    TeamStage furthest = team.stage;
    for (int month = 0; month < 400 && team.exists(); ++month) {
      furthest = team.stage;
      advance_project(team, enough, {}, {9, r}, table());
    }
    if (team.exists()) continue;
    ++abandoned;
    EXPECT_EQ(furthest, TeamStage::drafted);
  }
  const double share = table().abandoned_share;
  EXPECT_NEAR(abandoned, share * teams, 5 * std::sqrt(teams * share * (1 - share)));
}

TEST(TeamProject, OfATeamThatIsThereAtTheStartIsNotAbandoned) {
  for (std::uint32_t r = 0; r < 200; ++r) {
    world::Team team;
    start_team(team, TeamStage::drafted, {9, r}, table());
    EXPECT_EQ(team.cohesion, table().cohesion_reference);
    for (int month = 0; month < 400; ++month) {
      advance_project(team, enough, {}, {9, r}, table());
    }
    EXPECT_EQ(team.stage, TeamStage::funded);
  }
}

TEST(ConflictRate, FallsWithACoordinator) {
  TeamParameters p;
  p.conflicts = 0.2;
  p.conflict_ratio_coordinator = 0.25;
  p.usual_coordinator_fte = 0.5;
  EXPECT_DOUBLE_EQ(conflict_rate({}, p).per_year, 0.2);
  EXPECT_DOUBLE_EQ(conflict_rate({0.5, 0, 0, false}, p).per_year, 0.05);
  EXPECT_DOUBLE_EQ(conflict_rate({0.25, 0, 0, false}, p).per_year, 0.1);
  EXPECT_DOUBLE_EQ(conflict_rate({2, 0, 0, false}, p).per_year, 0.05) << "no less";
}

TEST(Conflict, BreaksOutAtItsRateAndCostsItsShareOfTheCohesion) {
  TeamParameters p = table();
  p.conflicts = 0.6;
  p.conflict_shock = 0.5;
  int conflicts = 0;
  constexpr int teams = 400, years = 5;
  for (std::uint32_t n = 0; n < teams; ++n) {
    world::Team team;
    team.attempt = n;
    team.cohesion = 1;
    double before = 1;
    for (int month = 0; month < 12 * years; ++month) {
      live_through(team, Years{1 / 12.0}, {}, luck, p);
      if (team.cohesion == before) continue;
      EXPECT_DOUBLE_EQ(team.cohesion, before / 2);
      before = team.cohesion;
      ++conflicts;
    }
  }
  const double expected = 0.6 * teams * years;
  EXPECT_NEAR(conflicts, expected, 5 * std::sqrt(expected) + 0.05 * expected)
      << "one a month at most";
  p.conflicts = 0;
  world::Team team;
  team.cohesion = 1;
  live_through(team, Years{100}, {}, luck, p);
  EXPECT_EQ(team.cohesion, 1);
}

TEST(Stalls, SpreadTheTimeOfAProjectAroundTheSameMean) {
  const auto months_to_submission = [](const TeamParameters& p, const TeamSupport& support) {
    double sum = 0;
    constexpr int teams = 600;
    for (std::uint32_t n = 0; n < teams; ++n) {
      world::Team team;
      form_nucleus(team, world::Luck{.seed = 11, .replication = n}, p);
      team.will_be_abandoned = false;
      int months = 0;
      while (team.stage < TeamStage::submitted) {
        advance_project(team, enough, support, world::Luck{.seed = 11, .replication = n}, p);
        ++months;
      }
      sum += months;
    }
    return sum / teams;
  };
  TeamParameters without = table();
  without.stall_share = 0;
  EXPECT_NEAR(months_to_submission(table(), {}), months_to_submission(without, {}), 1.5);
  EXPECT_LT(months_to_submission(table(), full_support()), months_to_submission(table(), {}) - 3)
      << "support shortens work and stalls";
}

TEST(Stalls, LongerThanTheProjectLeaveNoWorkBesidesAndNeverLess) {
  TeamParameters p = table();
  p.project.median = 9;  // the shortest project with the longest review and the longest stalls
  p.review.median = 6;
  p.stall_share = 0.4;
  p.stall_months = 12;
  for (std::uint32_t n = 0; n < 50; ++n) {
    world::Team team;
    form_nucleus(team, world::Luck{.seed = 12, .replication = n}, p);
    EXPECT_GE(team.months_to_next_stage, 0);
  }
}

}  // namespace
}  // namespace care
