#include "analysis/money.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"
#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

using testing::HasSubstr;

TEST(ParameterValue, IsReadFromTheTableThatTheResultsCarry) {
  const std::string table =
      "id,name,value,unit\nrent_m2,\"Rent, per month\",9.5,EUR\ndiscount_rate,x,0.032,per year\n";
  EXPECT_EQ(parameter_value(table, "rent_m2"), 9.5);
  EXPECT_EQ(parameter_value(table, "discount_rate"), 0.032);
  EXPECT_FALSE(parameter_value(table, "rent"));
  EXPECT_FALSE(parameter_value("", "rent_m2"));
  EXPECT_FALSE(parameter_value("id,value\nrent_m2,nine\n", "rent_m2"));
}

TEST(PresentValue, IsTheSumWithoutARateAndLessWithOne) {
  const std::vector<double> months(120, 100);
  EXPECT_DOUBLE_EQ(present_value(months, 0), 12000);
  EXPECT_LT(present_value(months, 0.03), 12000);
  EXPECT_LT(present_value(months, 0.05), present_value(months, 0.03));
}

TEST(PresentValue, OfAPerpetualRentIsItsClosedForm) {
  // sum over m < n of v^((m + 1/2) / 12) = v^(1/24) (1 - v^(n/12)) / (1 - v^(1/12)), v = 1 / (1 +
  // r)
  const double r = 0.032, v = 1 / (1 + r);
  const double expected =
      std::pow(v, 1.0 / 24) * (1 - std::pow(v, 10)) / (1 - std::pow(v, 1.0 / 12));
  EXPECT_NEAR(present_value(std::vector<double>(120, 1), r), expected, 1e-9);
}

TEST(YearlyBudget, PutsEachEntryIntoItsYear) {
  record::Results results = test::made_up_results({{"alone", "Alone"}}, 2, 24);  // from 2014-01-01
  const auto entry = [](int day, std::int64_t cents, bool paid) {
    const auto town = record::Account::municipality, other = record::Account::tenants;
    return record::LedgerEntry{
        0, 0, record::Category::rent, paid ? town : other, paid ? other : town, day, cents};
  };
  results.ledger = {entry(0, 1000, false), entry(364, 600, false), entry(365, 400, true)};
  const Budget budget = yearly_budget(results, 0);
  ASSERT_EQ(budget.size(), 2u);
  const auto rent = static_cast<std::size_t>(record::Category::rent);
  EXPECT_DOUBLE_EQ(budget[0][rent], 8);  // 16 euros over two replications
  EXPECT_DOUBLE_EQ(budget[1][rent], -2);
}

TEST(RatioOfMeans, OfProportionalNumbersIsExact) {
  const std::vector<double> gain{1, 2, 3, 4, 5};
  std::vector<double> cost;
  for (const double g : gain) cost.push_back(7 * g);
  const Estimate ratio = ratio_of_means(cost, gain);
  EXPECT_DOUBLE_EQ(ratio.mean.value(), 7);
  EXPECT_NEAR(ratio.interval->low, 7, 1e-9);
  EXPECT_NEAR(ratio.interval->high, 7, 1e-9);
}

TEST(RatioOfMeans, IsThereExactlyWhenTheIntervalOfTheGainLeavesZeroOut) {
  int there = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    pdes::Stream stream({.seed = seed});
    std::vector<double> cost, gain;
    for (int i = 0; i < 12; ++i) {
      gain.push_back(0.6 + pdes::normal_quantile(stream.uniform()));
      cost.push_back(5 + pdes::normal_quantile(stream.uniform()));
    }
    const bool told_apart = !estimate_mean(gain).interval->holds(0);
    EXPECT_EQ(ratio_of_means(cost, gain).interval.has_value(), told_apart);
    there += told_apart ? 1 : 0;
  }
  EXPECT_GT(there, 20);
  EXPECT_LT(there, 180);
}

TEST(RatioOfMeans, CoversTheTrueRatioAsOftenAsItSays) {
  // Costs and gains that go together; the true ratio is 10 / 2.
  constexpr int experiments = 2000;
  int held = 0;
  for (int seed = 1; seed <= experiments; ++seed) {
    pdes::Stream stream({.seed = static_cast<std::uint64_t>(seed)});
    std::vector<double> cost, gain;
    for (int i = 0; i < 15; ++i) {
      const double common = pdes::normal_quantile(stream.uniform());
      gain.push_back(2 + 0.5 * common + 0.3 * pdes::normal_quantile(stream.uniform()));
      cost.push_back(10 + 1.5 * common + pdes::normal_quantile(stream.uniform()));
    }
    const Estimate ratio = ratio_of_means(cost, gain);
    held += ratio.interval && ratio.interval->holds(5) ? 1 : 0;
  }
  EXPECT_NEAR(held, 0.95 * experiments, 5 * std::sqrt(0.95 * 0.05 * experiments));
}

TEST(CostPerOutcome, IsDefinedOnlyWhereTheOutcomeIsGained) {
  const record::Results results = test::made_up_results(test::four_truths(), 12, 120);
  const auto costs = costs_per_outcome(results, 0);
  ASSERT_EQ(costs.size(), 3 * outcomes.size());
  for (const CostPerOutcome& cost : costs) {
    const bool gained = cost.gain.estimate.interval->low > 0;
    EXPECT_EQ(cost.status == CostStatus::defined, gained);
    EXPECT_EQ(cost.ratio.mean.has_value(), gained);
    if (!gained) continue;
    EXPECT_NEAR(*cost.ratio.mean, *cost.cost.estimate.mean / *cost.gain.estimate.mean, 1e-6);
  }
  // The team gains nine professionals by the end, half that on average over ten years: 45
  // professional-years for 4,200 EUR a month.
  const CostPerOutcome& team = costs[outcomes.size()];
  EXPECT_EQ(team.strategy, 2u);
  EXPECT_EQ(team.status, CostStatus::defined);
  EXPECT_NEAR(*team.gain.estimate.mean, 45, 3);
  EXPECT_THAT(cost_sentence(team, Language::en), HasSubstr("professional-year gained"));
  const CostPerOutcome& building = costs[0];
  EXPECT_NE(building.status, CostStatus::defined);
  EXPECT_THAT(cost_sentence(building, Language::fr), HasSubstr("non défini"));
}

TEST(CostPerOutcome, OfOneReplicationIsNotDefined) {
  for (const CostPerOutcome& cost :
       costs_per_outcome(test::made_up_results(test::four_truths(), 1, 24), 0))
    EXPECT_EQ(cost.status, CostStatus::too_few_replications);
}

}  // namespace
}  // namespace analysis
