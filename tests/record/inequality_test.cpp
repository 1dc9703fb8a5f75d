#include "record/inequality.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace record {
namespace {

constexpr ByQuintile equal_groups{1000, 1000, 1000, 1000, 1000};

TEST(ConcentrationIndex, IsZeroWhereAllHaveTheSame) {
  EXPECT_NEAR(concentration_index({20, 20, 20, 20, 20}, equal_groups), 0, 1e-12);
  EXPECT_NEAR(concentration_index({10, 20, 30, 40, 50}, {100, 200, 300, 400, 500}), 0, 1e-12);
}

TEST(ConcentrationIndex, IsAtItsBoundWhereOneGroupHasAll) {
  EXPECT_NEAR(concentration_index({0, 0, 0, 0, 50}, equal_groups), -0.8, 1e-12)
      << "-1 + the width of a fifth";
  EXPECT_NEAR(concentration_index({50, 0, 0, 0, 0}, equal_groups), 0.8, 1e-12);
}

TEST(ConcentrationIndex, IsWhatIsComputedByHand) {
  // Most deprived first: 50, 40, 30, 20, 10; shares 1/3, 4/15, ...; ranks 0.1, 0.3, 0.5, 0.7, 0.9.
  // 2 (50 x 0.1 + 40 x 0.3 + 30 x 0.5 + 20 x 0.7 + 10 x 0.9) / 150 - 1 = 110 / 150 - 1
  EXPECT_NEAR(concentration_index({10, 20, 30, 40, 50}, equal_groups), 110.0 / 150 - 1, 1e-12);
}

TEST(SlopeIndex, OfAStraightLineIsItsSlope) {
  // Rates 0.05, 0.04, ..., 0.01 at ranks 0.1, 0.3, ..., 0.9.
  EXPECT_NEAR(slope_index({10, 20, 30, 40, 50}, equal_groups), -0.05, 1e-12);
  EXPECT_NEAR(slope_index({7, 7, 7, 7, 7}, equal_groups), 0, 1e-12);
}

TEST(Inequality, IsMissingWithoutEventsOrWithOneGroup) {
  EXPECT_TRUE(std::isnan(concentration_index({}, equal_groups)));
  EXPECT_TRUE(std::isnan(slope_index({5, 0, 0, 0, 0}, {100, 0, 0, 0, 0})));
  EXPECT_EQ(slope_index({}, equal_groups), 0);
}

}  // namespace
}  // namespace record
