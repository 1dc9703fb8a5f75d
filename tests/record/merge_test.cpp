#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "record/results.hpp"
#include "record/results_support.hpp"
#include "support/sample_results.hpp"

namespace {

using record::merge;
using record::Results;
using support::block_of;
using support::same;

/// The reason why a merge is refused, or nothing if it is not.
std::string refusal(const std::vector<Results>& blocks) {
  try {
    merge(blocks);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

TEST(Results, ResizingGivesEverySeriesOneMissingValuePerRunAndMonth) {
  Results results = support::sample_results(4, 24);
  results.resize_series();
  for (const std::vector<double>& values : results.series) {
    ASSERT_EQ(values.size(), 3U * 4U * 24U);
    EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }));
  }
}

TEST(Merge, BlocksOfOneRunGiveTheWholeHoweverItWasCut) {
  const Results whole = support::sample_results(7, 5);
  for (std::int64_t first_cut = 1; first_cut < 6; ++first_cut)
    for (std::int64_t second_cut = first_cut + 1; second_cut < 7; ++second_cut)
      EXPECT_TRUE(same(merge(std::array{block_of(whole, 0, first_cut),
                                        block_of(whole, first_cut, second_cut - first_cut),
                                        block_of(whole, second_cut, 7 - second_cut)}),
                       whole))
          << "cut at " << first_cut << " and " << second_cut;
}

TEST(Merge, TheOrderOfTheBlocksIsOfNoConsequence) {
  const Results whole = support::sample_results(4, 5);
  EXPECT_TRUE(
      same(merge(std::array{block_of(whole, 3, 1), block_of(whole, 0, 2), block_of(whole, 2, 1)}),
           whole));
}

TEST(Merge, OneBlockStaysAsItIs) {
  const Results part = block_of(support::sample_results(4, 5), 2, 2);
  EXPECT_TRUE(same(merge(std::array{part}), part));
}

TEST(Merge, RefusesNothing) { EXPECT_THAT(refusal({}), testing::HasSubstr("no block")); }

TEST(Merge, KeepsTheNumbersOnBothSidesOfAGap) {
  const Results whole = support::sample_results(5, 2);
  const Results parted = merge(std::array{block_of(whole, 0, 1), block_of(whole, 3, 2)});
  EXPECT_THAT(parted.replication_numbers, testing::ElementsAre(0, 3, 4));
  EXPECT_TRUE(parted.is_partial());
  EXPECT_EQ(parted.position_of(3), 1U);
}

TEST(Merge, RefusesAReplicationThatAppearsTwice) {
  const Results whole = support::sample_results(5, 2);
  EXPECT_THAT(refusal({block_of(whole, 0, 3), block_of(whole, 2, 3)}),
              testing::HasSubstr("replication 2 appears twice"));
  EXPECT_THAT(refusal({whole, whole}), testing::HasSubstr("replication 0 appears twice"));
}

TEST(Merge, RefusesABlockOfAnotherRun) {
  const Results whole = support::sample_results(2, 2);
  struct Change {
    std::string reason;
    std::function<void(Results&)> apply;
  };
  const std::vector<Change> changes{
      {"run key", [](Results& block) { block.provenance.run_key = "another"; }},
      {"seed", [](Results& block) { ++block.seed; }},
      {"strategies", [](Results& block) { block.strategies[1].name = "renamed"; }},
      {"strategies", [](Results& block) { block.strategies.pop_back(); }},
      {"strategies", [](Results& block) { block.baseline = 1; }},
      {"months", [](Results& block) { block.months = 1; }},
      {"months", [](Results& block) { block.start_date = "2026-01-01"; }},
      {"values in place of", [](Results& block) { block.series[3].pop_back(); }}};
  for (const Change& change : changes) {
    Results foreign = block_of(whole, 1, 1);
    change.apply(foreign);
    EXPECT_THAT(refusal({block_of(whole, 0, 1), foreign}), testing::HasSubstr(change.reason));
  }
}

}  // namespace
