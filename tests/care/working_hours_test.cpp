#include "care/working_hours.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::Profession;
using world::Sex;

HoursParameters easy() {
  HoursParameters p;
  p.women = 40, p.men = 50;
  p.under_50 = 0.9, p.from_50 = 1.1;
  p.pensioner_age = 67, p.pensioner_ratio = 0.5;
  p.mean = 50;
  return p;
}

TEST(HoursRatio, IsThatOfSexAndAgeOverTheMean) {
  EXPECT_DOUBLE_EQ(hours_ratio(Sex::woman, 35, easy()), 0.72);
  EXPECT_DOUBLE_EQ(hours_ratio(Sex::man, 35, easy()), 0.9);
  EXPECT_DOUBLE_EQ(hours_ratio(Sex::man, 50, easy()), 1.1);
  EXPECT_DOUBLE_EQ(hours_ratio(Sex::man, 67, easy()), 0.55) << "works on with a pension";
}

/// The ages and the sexes of those at work, drawn as a world draws them.
TEST(HoursRatio, IsOneOnAverageOverTheGpsAtWork) {
  const auto population = world::read_professional_population(support::parameters());
  const HoursParameters p = read_parameters(support::parameters()).hours;
  constexpr int gps = 40'000;
  double sum = 0, women = 0;
  for (std::uint32_t n = 0; n < gps; ++n) {
    const auto gp = world::draw_professional(population, Profession::gp, false, std::nullopt, 0, n,
                                             world::Luck{3, 0});
    sum += hours_ratio(gp.sex, gp.age_at(pdes::Time{}), p);
    women += gp.sex == Sex::woman ? 1 : 0;
  }
  EXPECT_NEAR(sum / gps, 1, 5 * 0.1 / 200) << "a spread of 0.1, five standard errors";
  EXPECT_NEAR(women / gps, support::parameters().value("gp_female_share"), 5 * 0.5 / 200);
}

TEST(ShareAged, AddsUpToOneOverAllAges) {
  const auto population = world::read_professional_population(support::parameters());
  for (const Profession profession : {Profession::gp, Profession::nurse}) {
    EXPECT_NEAR(world::share_aged(population, profession, 0, 120), 1, 0.011);
    EXPECT_NEAR(world::share_aged(population, profession, 0, 45) +
                    world::share_aged(population, profession, 45, 120),
                world::share_aged(population, profession, 0, 120), 1e-12);
    EXPECT_EQ(world::share_aged(population, profession, 90, 120), 0);
  }
  EXPECT_NEAR(world::share_aged(population, Profession::gp, 27, 45), 0.39, 1e-12);
}

TEST(HoursCutRate, IsOfSelfEmployedGpsAndGrowsWithOverload) {
  const DepartureParameters p = read_parameters(support::parameters()).departure;
  Situation who;
  who.age = 45;
  EXPECT_DOUBLE_EQ(hours_cut_rate(who, p).per_year, 0.01);
  who.load = 2;
  EXPECT_DOUBLE_EQ(hours_cut_rate(who, p).per_year, 0.015);
  who.salaried = true;
  EXPECT_EQ(hours_cut_rate(who, p).per_year, 0);
  who.salaried = false;
  who.profession = Profession::nurse;
  EXPECT_EQ(hours_cut_rate(who, p).per_year, 0);
}

TEST(Retirement, ComesLaterWhereNobodyFollows) {
  const DepartureParameters p = read_parameters(support::parameters()).departure;
  Situation who;
  who.age = 66;
  const double among_others = retirement_rate(who, p).per_year;
  who.works_alone = true;
  EXPECT_DOUBLE_EQ(retirement_rate(who, p).per_year, 0.85 * among_others);
}

}  // namespace
}  // namespace care
