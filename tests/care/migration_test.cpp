// Laws of settling and moving away, by theory.
#include "care/migration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "pdes/sample.hpp"
#include "tests/support/small_world.hpp"
#include "world/decisions.hpp"

namespace care {
namespace {

MigrationParameters of_the_library() { return read_parameters(support::parameters()).migration; }

TEST(LeavingRate, IsTheShareOfMovesThatEndBeyondTheAreaTimesTheRatioOfTheAge) {
  const MigrationParameters p = of_the_library();
  EXPECT_DOUBLE_EQ(leaving_rate(30, p).per_year, 0.088 * 0.45 * 1.75);
  EXPECT_GT(leaving_rate(20, p).per_year, leaving_rate(70, p).per_year);
  EXPECT_EQ(leaving_rate(24.999, p).per_year, leaving_rate(15, p).per_year);
  EXPECT_NE(leaving_rate(40, p).per_year, leaving_rate(39.999, p).per_year);
}

TEST(LeavingRate, HasTheMeanOfAllAgesThatIsPublished) {
  const MigrationParameters p = of_the_library();
  const world::Population france = world::read_population(support::parameters(), 2024);
  double mean = 0;
  for (std::size_t band = 0; band < world::age_bands; ++band) {
    mean += france.share[band] * leaving_rate(static_cast<double>(band) * 5, p).per_year;
  }
  EXPECT_NEAR(mean / (p.moves_per_year * p.out_share), 1, 0.05);
}

TEST(AgeAtLeaving, SpendsItsThresholdAtTheRatesOfTheAgesPassed) {
  const MigrationParameters p = of_the_library();
  for (const double threshold : {0.01, 0.5, 1.0, 2.0, 4.0}) {
    const double age = age_at_leaving(threshold, 3, p);
    double hazard = 0;
    constexpr double step = 0.001;
    for (double a = 3; a < age; a += step) hazard += step * leaving_rate(a, p).per_year;
    EXPECT_NEAR(hazard, threshold, 1e-3);
  }
}

TEST(AgeAtLeaving, ComesSoonerAtAHigherRateAndNeverWithoutAny) {
  MigrationParameters p = of_the_library(), more = p, none = p;
  more.level = 2;
  none.level = 0;
  EXPECT_LT(age_at_leaving(0.7, 20, more), age_at_leaving(0.7, 20, p));
  EXPECT_TRUE(std::isinf(age_at_leaving(0.7, 20, none)));
  EXPECT_FALSE(anybody_moves(none));
  EXPECT_TRUE(anybody_moves(p));
}

TEST(AgeAtLeaving, NeverComesToAnAgeThatStays) {
  MigrationParameters p = of_the_library();
  p.leaving_ratio.fill(0);
  p.leaving_ratio[2] = 1;  // from 25 to 39 only
  EXPECT_TRUE(std::isinf(age_at_leaving(0.1, 40, p)));
  const double age = age_at_leaving(0.1, 0, p);
  EXPECT_NEAR(age, 25 + 0.1 / (0.088 * 0.45), 1e-9);
}

TEST(SettlementRate, BalancesDeparturesAndAddsTheNetMigrationGiven) {
  MigrationParameters p = of_the_library();
  EXPECT_EQ(settlement_rate({40}, 1000, 1, p).per_year, 40);
  p.net_per_1000 = 5;
  EXPECT_EQ(settlement_rate({40}, 2000, 1, p).per_year, 50);
  EXPECT_EQ(settlement_rate({40}, 2000, 1.2, p).per_year, 60);
  p.net_per_1000 = -15;
  EXPECT_EQ(settlement_rate({4}, 1000, 1, p).per_year, 0);
}

TEST(SettlementFactor, IsOneWithoutElasticityWhateverTheCare) {
  const MigrationParameters p = of_the_library();
  EXPECT_EQ(settlement_factor(7, 2, p), 1);
  EXPECT_EQ(settlement_factor(0, 2, p), 1);
}

TEST(SettlementFactor, RisesWithAccessibilityUpToItsLimit) {
  MigrationParameters p = of_the_library();
  p.care_elasticity = 0.5;
  EXPECT_EQ(settlement_factor(3, 3, p), 1);
  EXPECT_NEAR(settlement_factor(4, 3, p), std::sqrt(4.0 / 3), 1e-15);
  double before = 0;
  for (double accessible = 0; accessible < 20; accessible += 0.25) {
    const double factor = settlement_factor(accessible, 3, p);
    EXPECT_GE(factor, before);
    EXPECT_GE(factor, 1 / p.care_limit);
    EXPECT_LE(factor, p.care_limit);
    before = factor;
  }
  EXPECT_EQ(settlement_factor(1, 0, p), p.care_limit) << "a first GP within reach";
  EXPECT_EQ(settlement_factor(0, 0, p), 1);
}

TEST(Newcomers, HaveTheAgesGivenAndTheirGroupsAreSpreadAsResidentsAre) {
  const MigrationParameters p = of_the_library();
  const world::Population here = world::read_population(support::parameters(), 2024);
  const world::Population newcomers = newcomers_of(here, p);
  const double given = std::accumulate(p.newcomer_share.begin(), p.newcomer_share.end(), 0.0);
  EXPECT_NEAR(given, 1, 1e-12);
  EXPECT_NEAR(newcomers.share[5] / newcomers.share[6], here.share[5] / here.share[6], 1e-12);

  constexpr int count = 40'000;
  constexpr std::int32_t today = 1000;
  std::array<double, move_group_from.size()> found{};
  const world::Luck luck{.seed = 5};
  for (int n = 0; n < count; ++n) {
    const world::Resident who = world::draw_resident(
        newcomers, luck.stream(world::Decision::newcomer, 0, static_cast<std::uint32_t>(n)), today);
    std::size_t group = 0;
    while (group + 1 < found.size() && who.age_on(today) >= move_group_from[group + 1]) ++group;
    found[group] += 1.0 / count;
    EXPECT_GE(who.last_day, today);
  }
  for (std::size_t group = 0; group < found.size(); ++group) {
    const double share = p.newcomer_share[group];
    EXPECT_NEAR(found[group], share, 4.5 * std::sqrt(share * (1 - share) / count) + 5e-4) << group;
  }
}

}  // namespace
}  // namespace care
