#include "care/need.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::Illness;
using world::Sex;

/// Numbers that are easy to multiply by hand; each band has its own.
NeedParameters easy() {
  NeedParameters p;
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    p.contacts_per_year[band] = 10 + static_cast<double>(band);
  }
  p.latent_ratio = 2;
  p.women_ratio_fertile = 3;  // women 1.5, men 0.5
  p.women_ratio_other = 1.5;  // women 1.2, men 0.8
  p.illness_ratio = 5;
  return p;
}

/// A quarter is ill at any age: the ill have 5 / (1 + 0.25 * 4) = 2.5, the others 0.5.
Illness quarter() { return Illness({0, 100}, {0.25, 0.25}); }

double rate(double age, Sex sex, bool ill) {
  return need_rate(age, sex, ill, quarter(), easy()).per_year;
}

TEST(NeedRate, IsTheProductOfContactsLatentDemandSexAndIllness) {
  EXPECT_DOUBLE_EQ(rate(2, Sex::woman, true), 10 * 2 * 1.2 * 2.5);
  EXPECT_DOUBLE_EQ(rate(2, Sex::man, false), 10 * 2 * 0.8 * 0.5);
  EXPECT_DOUBLE_EQ(rate(32, Sex::woman, false), 16 * 2 * 1.5 * 0.5);
  EXPECT_DOUBLE_EQ(rate(32, Sex::man, true), 16 * 2 * 0.5 * 2.5);
  EXPECT_DOUBLE_EQ(rate(101, Sex::man, true), 27 * 2 * 0.8 * 2.5);
}

TEST(NeedRate, ChangesAtTheBoundsOfItsBandsAndOfTheFertileYears) {
  EXPECT_DOUBLE_EQ(rate(14.99, Sex::woman, false), 12 * 2 * 1.2 * 0.5);
  EXPECT_DOUBLE_EQ(rate(15, Sex::woman, false), 13 * 2 * 1.5 * 0.5);
  EXPECT_DOUBLE_EQ(rate(49.99, Sex::woman, false), 19 * 2 * 1.5 * 0.5);
  EXPECT_DOUBLE_EQ(rate(50, Sex::woman, false), 20 * 2 * 1.2 * 0.5);
}

TEST(NeedRate, TakesPrevalenceAtTheAgeOfTheResident) {
  const Illness rising({20, 60}, {0, 0.5});
  // At 40 a quarter is ill; at 60 a half: the mean of the uplift is 3.
  EXPECT_DOUBLE_EQ(need_rate(40, Sex::man, true, rising, easy()).per_year, 18 * 2 * 0.5 * 2.5);
  EXPECT_DOUBLE_EQ(need_rate(60, Sex::man, true, rising, easy()).per_year, 22 * 2 * 0.8 * 5 / 3);
}

TEST(NeedRate, KeepsTheMeanOfTheBandWhereWomenAreHalf) {
  for (double age = 0.5; age < 100; age += 7) {
    const double women = 0.25 * rate(age, Sex::woman, true) + 0.75 * rate(age, Sex::woman, false);
    const double men = 0.25 * rate(age, Sex::man, true) + 0.75 * rate(age, Sex::man, false);
    EXPECT_NEAR((women + men) / 2, easy().contacts_per_year[world::age_band_of(age)] * 2, 1e-12);
  }
}

/// The factors of the table, averaged over the residents that the table gives. Women are not half
/// of every band (two thirds from 85 on): the published contacts are kept within 1.5 %, not
/// exactly.
TEST(NeedRate, KeepsThePublishedContactsInEveryBandOfTheTable) {
  const NeedParameters p = read_parameters(support::parameters()).need;
  const world::Population france = world::read_population(support::parameters(), 2024);
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    double sum = 0;
    int points = 0;
    for (double within = 0.05; within < 5; within += 0.1, ++points) {
      const double age = static_cast<double>(band) * world::years_per_band + within;
      const double ill = france.illness.prevalence_at(age);
      for (const Sex sex : {Sex::woman, Sex::man}) {
        const double women = france.women_share[band];
        const double of_sex = sex == Sex::woman ? women : 1 - women;
        sum += of_sex * (ill * need_rate(age, sex, true, france.illness, p).per_year +
                         (1 - ill) * need_rate(age, sex, false, france.illness, p).per_year);
      }
    }
    const double mean = sum / points;
    EXPECT_NEAR(mean / (p.contacts_per_year[band] * p.latent_ratio), 1, 0.015)
        << world::age_band_names[band];
  }
}

TEST(NeedRate, RatioOfSexesAndOfIllnessIsThePublishedOne) {
  const NeedParameters p = read_parameters(support::parameters()).need;
  const Illness illness = world::read_population(support::parameters(), 2024).illness;
  const auto of = [&](double age, Sex sex, bool ill) {
    return need_rate(age, sex, ill, illness, p).per_year;
  };
  EXPECT_NEAR(of(30, Sex::woman, false) / of(30, Sex::man, false),
              support::parameters().value("gp_sex_ratio_15_49"), 1e-12);
  EXPECT_NEAR(of(70, Sex::woman, false) / of(70, Sex::man, false),
              support::parameters().value("gp_sex_ratio_other"), 1e-12);
  EXPECT_NEAR(of(70, Sex::man, true) / of(70, Sex::man, false),
              support::parameters().value("gp_ald_uplift"), 1e-12);
}

}  // namespace
}  // namespace care
