#include "pdes/placement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

namespace pdes {
namespace {

using ::testing::ElementsAre;

TEST(ContiguousSlices, OfEqualProcessesDifferByOneAtMost) {
  EXPECT_THAT(contiguous_slices(6, 3), ElementsAre(0, 2, 4, 6));
  for (const std::size_t processes : {1U, 10U, 97U, 1'000U}) {
    for (const std::size_t slices : {1U, 2U, 7U, 64U}) {
      const auto bounds = contiguous_slices(processes, slices);
      for (std::size_t s = 0; s < slices; ++s) {
        const std::size_t size = bounds[s + 1] - bounds[s];
        EXPECT_GE(size, processes / slices) << processes << " in " << slices;
        EXPECT_LE(size, (processes + slices - 1) / slices) << processes << " in " << slices;
      }
    }
  }
}

TEST(ContiguousSlices, GiveEachProcessToExactlyOneSliceInOrder) {
  std::mt19937_64 bits(5);
  for (int round = 0; round < 200; ++round) {
    const std::size_t processes = bits() % 50;
    const std::size_t slices = 1 + bits() % 20;
    std::vector<double> weights;
    for (std::size_t i = 0; i < processes; ++i)
      weights.push_back(1 + static_cast<double>(bits() % 9));
    const auto bounds = contiguous_slices(processes, slices, weights);
    ASSERT_EQ(bounds.size(), slices + 1);
    EXPECT_EQ(bounds.front(), 0u);
    EXPECT_EQ(bounds.back(), processes);
    EXPECT_TRUE(std::is_sorted(bounds.begin(), bounds.end()));
    for (std::size_t i = 0; i < processes; ++i) {
      const std::size_t slice = slice_of(i, bounds);
      EXPECT_LE(bounds[slice], i);
      EXPECT_LT(i, bounds[slice + 1]);
    }
  }
}

TEST(ContiguousSlices, WeighNoMoreThanTheirShareAndTheHeaviestProcess) {
  std::mt19937_64 bits(6);
  for (int round = 0; round < 200; ++round) {
    const std::size_t slices = 1 + bits() % 12;
    std::vector<double> weights;  // a few towns among many villages
    for (int i = 0; i < 300; ++i) {
      weights.push_back(static_cast<double>(bits() % 20 == 0 ? bits() % 1'000 : bits() % 10));
    }
    weights.push_back(1);
    const auto bounds = contiguous_slices(weights.size(), slices, weights);
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double heaviest = *std::max_element(weights.begin(), weights.end());
    for (std::size_t s = 0; s < slices; ++s) {
      double weight = 0;
      for (std::size_t i = bounds[s]; i < bounds[s + 1]; ++i) weight += weights[i];
      EXPECT_LE(weight, (total / static_cast<double>(slices) + heaviest) * (1 + 1e-12));
    }
  }
}

TEST(ContiguousSlices, LeaveAHeavyProcessAloneAndOthersEmptyIfTheyMust) {
  EXPECT_THAT(contiguous_slices(4, 2, std::vector<double>{9, 1, 1, 1}), ElementsAre(0, 1, 4));
  EXPECT_THAT(contiguous_slices(4, 2, std::vector<double>{1, 1, 1, 9}), ElementsAre(0, 3, 4));
  EXPECT_THAT(contiguous_slices(2, 4), ElementsAre(0, 0, 1, 1, 2));
  EXPECT_THAT(contiguous_slices(0, 3), ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(contiguous_slices(3, 2, std::vector<double>{1, 1, 0}), ElementsAre(0, 1, 3));
}

TEST(ContiguousSlices, DoNotDependOnTheUnitOfTheWeights) {
  std::mt19937_64 bits(7);
  std::vector<double> weights, thousandfold;
  for (int i = 0; i < 100; ++i) {
    weights.push_back(static_cast<double>(bits() % 100));
    thousandfold.push_back(1024 * weights.back());
  }
  EXPECT_EQ(contiguous_slices(100, 7, weights), contiguous_slices(100, 7, thousandfold));
}

TEST(ContiguousSlices, RefuseWeightsThatMeanNothing) {
  const auto cut = [](std::size_t slices, const std::vector<double>& weights) {
    return contiguous_slices(2, slices, weights);
  };
  EXPECT_NO_THROW(cut(2, {0, 1}));
  EXPECT_THROW(cut(0, {}), std::invalid_argument);
  EXPECT_THROW(cut(2, {1}), std::invalid_argument);
  EXPECT_THROW(cut(2, {0, 0}), std::invalid_argument);
  EXPECT_THROW(cut(2, {2, -1}), std::invalid_argument);
  EXPECT_THROW(cut(2, {1, std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
  EXPECT_THROW(cut(2, {1, std::numeric_limits<double>::infinity()}), std::invalid_argument);
}

}  // namespace
}  // namespace pdes
