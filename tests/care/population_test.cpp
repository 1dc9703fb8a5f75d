#include "world/population.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "tests/pdes/statistics.hpp"
#include "tests/support/small_world.hpp"
#include "world/build_world.hpp"
#include "world/decisions.hpp"

namespace world {
namespace {

const Population& france() {
  static const Population population = read_population(support::parameters(), 2024);
  return population;
}

Luck luck() { return {.seed = 21, .replication = 0}; }

const std::vector<Resident>& many_residents() {
  static const std::vector<Resident> residents = [] {
    std::vector<Resident> drawn;
    for (std::uint64_t r = 0; r < 100'000; ++r) {
      drawn.push_back(draw_resident(france(), luck().stream(Decision::resident, r)));
    }
    return drawn;
  }();
  return residents;
}

TEST(AgeBands, AreFiveYearsWideAndTheLastIsOpen) {
  EXPECT_EQ(age_band_of(0), 0U);
  EXPECT_EQ(age_band_of(4.999), 0U);
  EXPECT_EQ(age_band_of(5), 1U);
  EXPECT_EQ(age_band_of(84.999), 16U);
  EXPECT_EQ(age_band_of(85), 17U);
  EXPECT_EQ(age_band_of(112), 17U);
}

/// P(T > t | T > a) = exp(-(level/slope) (e^(slope t) - e^(slope a))).
TEST(Mortality, InvertsTheSurvivalFunctionOfGompertz) {
  const Mortality law{0, 1e-5, 0.1};
  for (const double age : {1.0, 30.0, 80.0, 100.0}) {
    for (const double u : {0.001, 0.3, 0.5, 0.9, 0.999}) {
      const double t = law.age_at_death(u, age);
      EXPECT_GT(t, age);
      EXPECT_NEAR(std::exp(-1e-5 / 0.1 * (std::exp(0.1 * t) - std::exp(0.1 * age))), u, 1e-9);
    }
  }
}

TEST(Mortality, TakesAShareInTheFirstYear) {
  const Mortality law{0.25, 1e-5, 0.1};
  EXPECT_DOUBLE_EQ(law.age_at_death(0.2, 0), 0.8);
  EXPECT_GT(law.age_at_death(0.2501, 0), 100) << "the longest life follows the shortest";
  EXPECT_GT(law.age_at_death(0.2, 1), 80) << "who is past the first year is past its risk";
}

/// Life expectancy at birth, from a fine walk through the uniform; the table's notes say 86.1 and
/// 80.4 for the fit.
TEST(Mortality, OfTheTableGivesTheLifeExpectancyOfItsNotes) {
  const auto expectancy = [](Sex sex) {
    double sum = 0;
    constexpr int steps = 100'000;
    for (int step = 0; step < steps; ++step) {
      sum +=
          france().mortality[static_cast<std::size_t>(sex)].age_at_death((step + 0.5) / steps, 0);
    }
    return sum / steps;
  };
  EXPECT_NEAR(expectancy(Sex::woman), 86.1, 0.2);
  EXPECT_NEAR(expectancy(Sex::man), 80.4, 0.2);
}

TEST(Illness, HasThePrevalenceOfItsPointsAndStraightLinesBetween) {
  const Illness illness({10, 50, 90}, {0.1, 0.3, 0.9});
  EXPECT_DOUBLE_EQ(illness.prevalence_at(0), 0.1);
  EXPECT_DOUBLE_EQ(illness.prevalence_at(50), 0.3);
  EXPECT_DOUBLE_EQ(illness.prevalence_at(30), 0.2);
  EXPECT_DOUBLE_EQ(illness.prevalence_at(70), 0.6);
  EXPECT_DOUBLE_EQ(illness.prevalence_at(110), 0.9);
}

TEST(Illness, BeginsAtTheAgeAtWhichPrevalencePassesTheUniform) {
  const Illness illness({10, 50, 90}, {0.1, 0.3, 0.9});
  EXPECT_EQ(illness.onset_age(0.05), 0) << "ill from birth";
  EXPECT_DOUBLE_EQ(illness.onset_age(0.2), 30);
  EXPECT_DOUBLE_EQ(illness.onset_age(0.6), 70);
  EXPECT_EQ(illness.onset_age(0.95), std::numeric_limits<double>::infinity());
  for (double u = 0.12; u < 0.9; u += 0.03) {
    EXPECT_NEAR(illness.prevalence_at(illness.onset_age(u)), u, 1e-12);
  }
}

TEST(Residents, AreIllAsOftenAsPublishedAtTheirAgeOnAnyDate) {
  for (const std::int32_t on : {0, 3650}) {
    double expected = 0, variance = 0, ill = 0;
    for (const Resident& resident : many_residents()) {
      const double p = france().illness.prevalence_at(resident.age_on(on));
      expected += p;
      variance += p * (1 - p);
      ill += resident.long_term_condition(on) ? 1 : 0;
    }
    EXPECT_LT(std::abs(ill - expected) / std::sqrt(variance), 5) << "day " << on;
  }
}

TEST(Residents, HaveTheAgesAndSexesOfTheirPopulation) {
  std::array<double, age_bands> count{}, women{};
  for (const Resident& resident : many_residents()) {
    const std::size_t band =
        age_band_of(resident.age_on(0) - 2 / days_per_year);  // age is rounded up
    count[band] += 1;
    if (resident.sex == Sex::woman) women[band] += 1;
  }
  const auto n = static_cast<double>(many_residents().size());
  double total = 0;
  for (std::size_t band = 0; band < age_bands; ++band) {
    const double share = france().share[band];
    total += share;
    // Two days in 1,826 may fall into the band before.
    EXPECT_NEAR(count[band], n * share, 5 * std::sqrt(n * share * (1 - share)) + 0.002 * n * share)
        << age_band_names[band];
    const double of_women = france().women_share[band];
    EXPECT_NEAR(women[band], count[band] * of_women,
                5 * std::sqrt(count[band] * of_women * (1 - of_women)))
        << age_band_names[band];
  }
  EXPECT_NEAR(total, 1, 1e-12);
}

TEST(Residents, AreAliveOnTheFirstDayAndDieWhenTheirLawSays) {
  double deaths = 0, expected = 0;
  for (const Resident& resident : many_residents()) {
    EXPECT_GE(resident.last_day, 0);
    const Mortality& law = france().mortality[static_cast<std::size_t>(resident.sex)];
    const double a = resident.age_on(0), t = resident.age_on(365);
    expected +=
        1 - std::exp(-law.level / law.slope * (std::exp(law.slope * t) - std::exp(law.slope * a)));
    if (resident.last_day < 365) deaths += 1;
  }
  EXPECT_LT(std::abs(deaths - expected) / std::sqrt(expected), 5);
  EXPECT_NEAR(deaths / 1e5, 0.0095, 0.0015) << "650,000 deaths a year in 68 million";
}

TEST(Residents, AreSpreadEvenlyOverQuintilesAndSomeNeverLookForAGp) {
  std::array<double, 6> quintiles{};
  double never_look = 0;
  for (const Resident& resident : many_residents()) {
    ASSERT_GE(resident.deprivation, 1);
    ASSERT_LE(resident.deprivation, 5);
    quintiles[resident.deprivation] += 1;
    if (!resident.looks_for_gp) never_look += 1;
  }
  const auto n = static_cast<double>(many_residents().size());
  for (int q = 1; q <= 5; ++q) {
    EXPECT_NEAR(quintiles[static_cast<std::size_t>(q)], n / 5, 5 * std::sqrt(n * 0.16));
  }
  const double p = france().never_looks_for_gp;
  EXPECT_NEAR(never_look, n * p, 5 * std::sqrt(n * p * (1 - p)));
}

TEST(Newborns, AreBornOnTheirDayWithTheShareOfGirlsAndTheInfantDeathsOfTheTable) {
  double girls = 0, infants = 0;
  constexpr int n = 100'000;
  for (std::uint64_t r = 0; r < n; ++r) {
    const Resident child = draw_newborn(france(), 1000, luck().stream(Decision::resident, r));
    EXPECT_EQ(child.birth_day, 1000);
    if (child.sex == Sex::woman) girls += 1;
    if (child.age_on(child.last_day) <= 1.003) infants += 1;
  }
  const double share = france().girls_share;
  const double infant = support::parameters().value("mortality_infant");
  EXPECT_NEAR(girls, n * share, 5 * std::sqrt(n * share * (1 - share)));
  EXPECT_NEAR(infants, n * infant, 5 * std::sqrt(n * infant));
}

TEST(WithShare75Plus, SetsTheShareAndKeepsTheProportionsOnBothSides) {
  const Population old = with_share_75_plus(france(), 0.2);
  double above = 0, all = 0;
  for (std::size_t band = 0; band < age_bands; ++band) {
    all += old.share[band];
    if (band >= 15) above += old.share[band];
  }
  EXPECT_NEAR(above, 0.2, 1e-12);
  EXPECT_NEAR(all, 1, 1e-12);
  EXPECT_NEAR(old.share[3] / old.share[7], france().share[3] / france().share[7], 1e-12);
  EXPECT_NEAR(old.share[15] / old.share[17], france().share[15] / france().share[17], 1e-12);
}

TEST(ReadPopulation, GoesFromTheCensusToTheEstimateByStraightLine) {
  const Population census = read_population(support::parameters(), 2018);
  const Population middle = read_population(support::parameters(), 2022);
  const Population estimate = read_population(support::parameters(), 2026);
  for (std::size_t band = 0; band < age_bands; ++band) {
    EXPECT_NEAR(middle.share[band], (census.share[band] + estimate.share[band]) / 2, 1e-4);
  }
  EXPECT_EQ(read_population(support::parameters(), 2010).share, census.share);
  EXPECT_EQ(read_population(support::parameters(), 2040).share, estimate.share);
  // Men of 85 and over were 685,419 of 2,173,053 in 2018.
  EXPECT_NEAR(census.women_share[17], 1 - 685'419.0 / 2'173'053, 1e-12);
}

TEST(World, RefusesMoreProfessionalsThanIdsCanTell) {
  const auto people = [](double nurses) {
    const auto map = support::map_of({{100, {0, nurses, 0, 0}}});
    const ProfessionalPopulation population = read_professional_population(support::parameters());
    return build_world(map, population, 0, luck()).professionals.size();
  };
  EXPECT_EQ(people(most_professionals), most_professionals);
  EXPECT_THROW(people(most_professionals + 1), std::length_error);
}

}  // namespace
}  // namespace world
