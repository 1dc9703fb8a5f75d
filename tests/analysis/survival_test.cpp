#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/retention.hpp"
#include "pdes/sample.hpp"
#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

/// Weeks in remission of 21 patients under 6-mercaptopurine (Freireich and others, Blood 21, 1963).
std::vector<Duration> remissions() {
  std::vector<Duration> durations;
  for (const int week : {6, 6, 6, 7, 10, 13, 16, 22, 23})
    durations.push_back({static_cast<double>(week), true});
  for (const int week : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
    durations.push_back({static_cast<double>(week), false});
  return durations;
}

TEST(KaplanMeier, GivesTheTextbookCurveOfTheRemissionData) {
  const std::vector<SurvivalPoint> curve = kaplan_meier(remissions());
  const std::vector<double> times{6, 7, 10, 13, 16, 22, 23};
  const std::vector<double> survival{0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  const std::vector<std::size_t> at_risk{21, 17, 15, 12, 11, 7, 6};
  ASSERT_EQ(curve.size(), times.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    EXPECT_EQ(curve[i].time, times[i]);
    EXPECT_EQ(curve[i].at_risk, at_risk[i]);
    EXPECT_NEAR(curve[i].survival, survival[i], 5e-4);
  }
  EXPECT_EQ(curve.front().ended, 3u);
}

TEST(KaplanMeier, HasGreenwoodsIntervalOnTheLogLogScale) {
  // At 6 weeks S = 6/7 and Greenwood's sum is 3 / (21 * 18):
  // S^exp(± 1.959964 * sqrt(3 / 378) / -log(6/7)).
  const Interval interval = kaplan_meier(remissions()).front().interval.value();
  const double spread = std::exp(1.959964 * std::sqrt(3.0 / 378) / -std::log(6.0 / 7));
  EXPECT_NEAR(interval.low, std::pow(6.0 / 7, spread), 1e-6);
  EXPECT_NEAR(interval.high, std::pow(6.0 / 7, 1 / spread), 1e-6);
  EXPECT_NEAR(interval.low, 0.620, 5e-4);  // as published tables of these data have it
  EXPECT_NEAR(interval.high, 0.952, 5e-4);
}

TEST(KaplanMeier, DoesNotDependOnTheOrderOfTheData) {
  std::vector<Duration> backwards = remissions();
  std::reverse(backwards.begin(), backwards.end());
  const auto one = kaplan_meier(remissions()), other = kaplan_meier(backwards);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_EQ(one[i].survival, other[i].survival);
}

TEST(KaplanMeier, EndsAtZeroWithoutAnIntervalWhenTheLastOnesLeave) {
  const auto curve = kaplan_meier(std::vector<Duration>{{1, true}, {2, true}});
  EXPECT_DOUBLE_EQ(curve.front().survival, 0.5);
  EXPECT_EQ(curve.back().survival, 0);
  EXPECT_FALSE(curve.back().interval);
  EXPECT_TRUE(kaplan_meier(std::vector<Duration>{{3, false}}).empty());
}

TEST(KaplanMeier, IsReadAsAStepFunction) {
  const auto curve = kaplan_meier(remissions());
  EXPECT_EQ(survival_at(curve, 5.9).survival, 1);
  EXPECT_NEAR(survival_at(curve, 6).survival, 0.857, 5e-4);
  EXPECT_NEAR(survival_at(curve, 9.5).survival, 0.807, 5e-4);
  EXPECT_NEAR(survival_at(curve, 100).survival, 0.448, 5e-4);
}

TEST(KaplanMeier, FindsTheSurvivalOfAnExponentialLawUnderCensoring) {
  // Ends at rate 0.2, censored at a uniform time in (0, 10): S(3) = exp(-0.6). Without censoring
  // the standard error would be sqrt(S (1 - S) / n); censoring at 3 years at most doubles it.
  constexpr int people = 20'000;
  std::vector<Duration> durations;
  for (std::uint64_t i = 0; i < people; ++i) {
    pdes::Stream stream({.seed = 11, .entity = i});
    const double end = pdes::unit_exponential(stream) / 0.2, censored = 10 * stream.uniform();
    durations.push_back({std::min(end, censored), end <= censored});
  }
  const double truth = std::exp(-0.6);
  const SurvivalPoint point = survival_at(kaplan_meier(durations), 3);
  EXPECT_NEAR(point.survival, truth, 5 * 2 * std::sqrt(truth * (1 - truth) / people));
  EXPECT_LT(point.interval.value().high - point.interval.value().low, 0.03);
}

TEST(Retention, CountsArrivalsFromTheirArrivalAndTheOthersFromTheStart) {
  record::Results results = test::made_up_results({{"one", "One"}}, 1, 24);
  results.stays.clear();
  record::Stay there;
  there.here_at_start = true;
  there.departure_day = 365;
  there.cause = record::DepartureCause::retirement;
  record::Stay came;
  came.arrival_day = 100;
  came.departure_day = 730;
  record::Stay last_day = came;
  last_day.arrival_day = 730;
  results.stays = {there, came, last_day};
  const auto start = stays(results, 0, Cohort::at_start),
             arrivals = stays(results, 0, Cohort::arrivals);
  ASSERT_EQ(start.size(), 1u);
  EXPECT_DOUBLE_EQ(start.front().time, 365 / 365.25);
  EXPECT_TRUE(start.front().ended);
  ASSERT_EQ(arrivals.size(), 1u);  // nothing was seen of who came on the last day
  EXPECT_DOUBLE_EQ(arrivals.front().time, 630 / 365.25);
  EXPECT_FALSE(arrivals.front().ended);
}

}  // namespace
}  // namespace analysis
