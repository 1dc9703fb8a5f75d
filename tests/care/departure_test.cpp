#include "care/departure.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::Profession;

DepartureParameters easy() {
  DepartureParameters p;
  for (std::size_t i = 0; i < p.gp_retirement.size(); ++i) {
    p.gp_retirement[i] = 0.1 + 0.01 * static_cast<double>(i);
  }
  p.gp_retirement_last = 0.5;
  p.other_retirement_age = 60;
  p.other_retirement = 0.2;
  p.relocation = {0.01, 0.04, 0.05, 0.06};
  p.gp_burnout = 0.005;
  p.isolation_ratio = 1.5;
  p.overload_ratio = 4;
  p.team_ratio = 0.25;
  p.early_ratio = 2;
  p.early_years = 3;
  return p;
}

Situation settled(Profession profession = Profession::gp) {
  Situation who;
  who.profession = profession;
  who.age = 50;
  who.years_here = 10;
  return who;
}

double relocation(const Situation& who) { return relocation_rate(who, easy()).per_year; }

TEST(RetirementRate, OfGpsGoesByYearOfAge) {
  Situation who = settled();
  const auto at = [&](double age) {
    who.age = age;
    return retirement_rate(who, easy()).per_year;
  };
  EXPECT_EQ(at(27), 0);
  EXPECT_EQ(at(59.99), 0);
  EXPECT_DOUBLE_EQ(at(60), 0.1);
  EXPECT_DOUBLE_EQ(at(60.99), 0.1);
  EXPECT_DOUBLE_EQ(at(65.5), 0.15);
  EXPECT_DOUBLE_EQ(at(70.99), 0.2);
  EXPECT_DOUBLE_EQ(at(71), 0.5);
  EXPECT_DOUBLE_EQ(at(99), 0.5);
}

TEST(RetirementRate, OfOthersIsConstantFromAnAgeOn) {
  for (const Profession other :
       {Profession::nurse, Profession::physiotherapist, Profession::dentist}) {
    Situation who = settled(other);
    who.age = 59.99;
    EXPECT_EQ(retirement_rate(who, easy()).per_year, 0);
    who.age = 60;
    EXPECT_DOUBLE_EQ(retirement_rate(who, easy()).per_year, 0.2);
    who.age = 80;
    EXPECT_DOUBLE_EQ(retirement_rate(who, easy()).per_year, 0.2);
  }
}

TEST(RelocationRate, IsItsBaseWhereNothingWeighs) {
  EXPECT_DOUBLE_EQ(relocation(settled(Profession::gp)), 0.01);
  EXPECT_DOUBLE_EQ(relocation(settled(Profession::nurse)), 0.04);
  EXPECT_DOUBLE_EQ(relocation(settled(Profession::physiotherapist)), 0.05);
  EXPECT_DOUBLE_EQ(relocation(settled(Profession::dentist)), 0.06);
}

TEST(RelocationRate, MultipliesItsRatiosAtHandComputedPoints) {
  Situation who = settled();
  who.works_alone = true;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01 * 1.5);
  who = settled();
  who.load = 1.5;
  EXPECT_NEAR(relocation(who), 0.01 * 2, 1e-15) << "half a unit of overload: sqrt(4)";
  who.load = 0.2;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01) << "free slots keep nobody";
  who = settled();
  who.years_here = 2.9;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01 * 2);
  who.years_here = 3;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01);

  who = settled();
  who.in_team = who.in_recognised_team = true;
  who.relative_cohesion = 1;
  EXPECT_NEAR(relocation(who), 0.01 * 0.25, 1e-15);
  who.relative_cohesion = 0.5;
  EXPECT_NEAR(relocation(who), 0.01 * 0.5, 1e-15);
  who.relative_cohesion = 1.3;
  EXPECT_NEAR(relocation(who), 0.01 * 0.25, 1e-15) << "no more than the reference";
  who.in_recognised_team = false;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01) << "no label, no effect";
  who.years_here = 1;
  EXPECT_DOUBLE_EQ(relocation(who), 0.01) << "a team carries its newcomers";

  who = settled();
  who.works_alone = true;
  who.load = 2;
  who.years_here = 1;
  EXPECT_NEAR(relocation(who), 0.01 * 1.5 * 4 * 2, 1e-15) << "all at once";
}

TEST(BurnoutRate, KnowsTheSameConditionsButNotTheEarlyYearsAndGpsOnly) {
  Situation who = settled();
  EXPECT_DOUBLE_EQ(burnout_rate(who, easy()).per_year, 0.005);
  who.years_here = 1;
  EXPECT_DOUBLE_EQ(burnout_rate(who, easy()).per_year, 0.005);
  who.works_alone = true;
  who.load = 2;
  EXPECT_NEAR(burnout_rate(who, easy()).per_year, 0.005 * 1.5 * 4, 1e-15);
  who.profession = Profession::nurse;
  EXPECT_EQ(burnout_rate(who, easy()).per_year, 0);
}

TEST(DepartureRates, NeverFallWithIsolationOrLoadAndNeverRiseWithCohesion) {
  const DepartureParameters p = read_parameters(support::parameters()).departure;
  pdes::Stream stream({.seed = 11});
  const auto rate = [&](const Situation& who) {
    return relocation_rate(who, p).per_year + burnout_rate(who, p).per_year;
  };
  for (int trial = 0; trial < 2000; ++trial) {
    Situation who = settled(static_cast<Profession>(4 * stream.uniform()));
    who.years_here = 6 * stream.uniform();
    who.load = 3 * stream.uniform();
    who.in_team = stream.uniform() < 0.5;
    who.in_recognised_team = who.in_team && stream.uniform() < 0.5;
    who.relative_cohesion = who.in_team ? 1.5 * stream.uniform() : 0;
    Situation worse = who;
    worse.works_alone = true;
    EXPECT_GE(rate(worse), rate(who));
    worse = who;
    worse.load += 0.3;
    EXPECT_GE(rate(worse), rate(who));
    Situation better = who;
    better.relative_cohesion += 0.2;
    EXPECT_LE(rate(better), rate(who));
    EXPECT_GT(rate(who), 0);
  }
}

}  // namespace
}  // namespace care
