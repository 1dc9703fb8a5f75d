#include "analysis/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>

#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

const Finding& finding_of(const Comparison& comparison, std::string_view measure) {
  const auto found =
      std::find_if(comparison.findings.begin(), comparison.findings.end(),
                   [measure](const Finding& finding) { return finding.measure->name == measure; });
  if (found == comparison.findings.end())
    throw std::out_of_range("no finding about " + std::string(measure));
  return *found;
}

/// Words that claim more than "not told apart".
void expect_no_claim(const std::string& text) {
  for (const char* word :
       {"higher", "lower", "better", "worse", "more", "less", "plus haut", "plus bas", "meilleur",
        "pire", "favour", "favorable", "eases", "allège"})
    EXPECT_THAT(text, Not(HasSubstr(word)));
}

/// Results in which one series is set by the test and everything else is the same everywhere.
record::Results flat_results(int replications, int months = 12) {
  return test::made_up_results({{"base", "Base"}, {"other", "Other"}}, replications, months);
}

void set_all(record::Results& results, record::Indicator indicator, std::size_t strategy,
             std::size_t replication, double value) {
  for (double& month : results.months_of(indicator, strategy, replication)) month = value;
}

TEST(Compare, FindsAKnownShift) {
  // One professional in three is a GP, so the truth is 0.3 * 9 at the horizon and, over the last
  // twelve months of 120, 0.3 * 9 * (1 - 5.5 / 120).
  const Comparison comparison = compare(test::made_up_results(
      {{"base", "Base"}, {.name = "team", .title = "Team", .professionals_gained = 9}}, 30, 120));
  const Finding& gps = finding_of(comparison, "gps");
  const PairedDifference& difference = gps.rows[1].difference.value();
  EXPECT_EQ(verdict(difference), Verdict::higher);
  EXPECT_TRUE(difference.estimate.interval.value().holds(0.3 * 9 * (1 - 5.5 / 120)));
  EXPECT_LT(difference.variance_ratio.value(), 0.2);  // the made-up runs share their noise
  EXPECT_EQ(difference.higher, 30u);
  const std::string text = sentence(comparison, gps, 1, Language::en);
  EXPECT_THAT(text, HasSubstr("‘Team’ gives a higher value than ‘Base’"));
  EXPECT_THAT(text, HasSubstr("in this model, under these parameters"));
  EXPECT_THAT(text, HasSubstr("30 replications"));
  EXPECT_THAT(text, HasSubstr("in the residents’ favour"));
}

TEST(Compare, StaysQuietWithoutAShift) {
  // Two strategies with the same truth, many times over: about one interval in twenty leaves zero
  // out by chance, and whenever one does not, no sentence claims anything.
  int experiments = 0, told_apart = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Comparison comparison =
        compare(test::made_up_results({{"base", "Base"}, {"same", "Same"}}, 12, 12, seed));
    const Finding& finding = finding_of(comparison, "professionals");
    ++experiments;
    if (verdict(*finding.rows[1].difference) != Verdict::not_told_apart) {
      ++told_apart;
      continue;
    }
    for (const Language language : {Language::en, Language::fr}) {
      expect_no_claim(sentence(comparison, finding, 1, language));
      expect_no_claim(short_sentence(finding, 1, language));
    }
  }
  const double standard_error = std::sqrt(0.05 * 0.95 * experiments);
  EXPECT_NEAR(told_apart, 0.05 * experiments, 5 * standard_error);
}

TEST(Compare, NeverClaimsAnythingWhenAnIntervalHoldsZero) {
  const Comparison comparison = compare(test::made_up_results(test::four_truths(), 5, 120));
  int quiet = 0;
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows) {
      if (!row.difference || verdict(*row.difference) != Verdict::not_told_apart) continue;
      ++quiet;
      EXPECT_FALSE(in_favour(*finding.measure, verdict(*row.difference)));
      for (const Language language : {Language::en, Language::fr})
        expect_no_claim(sentence(comparison, finding, row.strategy, language));
    }
  EXPECT_GT(quiet, 5);
}

TEST(Compare, SaysWhomALowerNumberServes) {
  record::Results results = flat_results(4);
  for (std::size_t r = 0; r < 4; ++r) {
    set_all(results, record::Indicator::wait_mean, 0, r, 10);
    set_all(results, record::Indicator::wait_mean, 1, r, 7 + 0.1 * static_cast<double>(r));
    set_all(results, record::Indicator::net_cost, 0, r, 1000);
    set_all(results, record::Indicator::net_cost, 1, r, 2000 + static_cast<double>(r));
  }
  const Comparison comparison = compare(results);
  EXPECT_THAT(sentence(comparison, finding_of(comparison, "wait_mean"), 1, Language::fr),
              HasSubstr("Cet écart est favorable aux habitants."));
  const Finding& cost = finding_of(comparison, "net_cost");
  EXPECT_THAT(sentence(comparison, cost, 1, Language::fr),
              HasSubstr("Cet écart pèse sur le budget de la commune."));
  EXPECT_THAT(sentence(comparison, cost, 1, Language::en), Not(HasSubstr("residents")));
}

TEST(Compare, GivesNoIntervalToOneReplicationAndSaysSo) {
  const Comparison comparison = compare(test::made_up_results(test::four_truths(), 1, 24));
  const Finding& finding = finding_of(comparison, "professionals");
  EXPECT_FALSE(finding.rows[2].difference->estimate.interval);
  EXPECT_EQ(verdict(*finding.rows[2].difference), Verdict::too_few_replications);
  for (const Language language : {Language::en, Language::fr})
    expect_no_claim(sentence(comparison, finding, 2, language));
  EXPECT_THAT(sentence(comparison, finding, 2, Language::en),
              HasSubstr("one replication only, so no interval"));
  EXPECT_THAT(sentence(comparison, finding, 2, Language::fr), HasSubstr("pas d’intervalle"));
}

TEST(Compare, LeavesMissingReplicationsOutAndCountsThem) {
  record::Results results = flat_results(4);
  set_all(results, record::Indicator::wait_mean, 1, 2, std::nan(""));
  const Comparison comparison = compare(results);
  const Finding& finding = finding_of(comparison, "wait_mean");
  EXPECT_EQ(finding.rows[1].level.missing, 1u);
  EXPECT_EQ(finding.rows[1].difference->estimate.count, 3u);
  EXPECT_EQ(finding.rows[1].difference->estimate.missing, 1u);
  EXPECT_THAT(sentence(comparison, finding, 1, Language::en),
              HasSubstr("left out because they lack this number: 1."));
}

TEST(Compare, SaysThatTwoStrategiesWithTheSameNumbersAreNotToldApart) {
  const Comparison comparison = compare(flat_results(3));
  const Finding& finding = finding_of(comparison, "debt");
  EXPECT_EQ(verdict(*finding.rows[1].difference), Verdict::not_told_apart);
  EXPECT_THAT(sentence(comparison, finding, 1, Language::en), HasSubstr("the same value"));
}

TEST(Compare, TakesTheBaselineThatIsNamed) {
  const record::Results results = test::made_up_results(test::four_truths(), 3, 24);
  EXPECT_EQ(compare(results).baseline, 0u);
  const Comparison comparison = compare(results, "team_first");
  EXPECT_EQ(comparison.baseline, 2u);
  EXPECT_FALSE(comparison.findings.front().rows[2].difference);
  EXPECT_TRUE(comparison.findings.front().rows[0].difference);
  try {
    compare(results, "nobody");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("do_nothing, building_first, team_first"));
  }
}

TEST(Compare, SwapsTheSignWithTheBaseline) {
  const record::Results results = test::made_up_results(test::four_truths(), 6, 24);
  const Comparison one = compare(results, "do_nothing"), other = compare(results, "team_first");
  const auto& ahead = finding_of(one, "professionals").rows[2].difference->estimate;
  const auto& behind = finding_of(other, "professionals").rows[0].difference->estimate;
  EXPECT_DOUBLE_EQ(*ahead.mean, -*behind.mean);
  EXPECT_DOUBLE_EQ(ahead.interval->low, -behind.interval->high);
}

TEST(Measures, AreWhatTheirNamesSay) {
  record::Results results = flat_results(2, 24);
  for (std::size_t m = 0; m < 24; ++m) {
    results.months_of(record::Indicator::gps, 0, 0)[m] = m < 12 ? 100 : static_cast<double>(m);
    results.months_of(record::Indicator::residents, 0, 0)[m] = 1000;
    results.months_of(record::Indicator::renunciations, 0, 0)[m] = 5;
    results.months_of(record::Indicator::seen_by_registered_gp, 0, 0)[m] = 200;
    results.months_of(record::Indicator::seen_by_another_gp, 0, 0)[m] = 40;
    results.months_of(record::Indicator::seen_at_walk_in, 0, 0)[m] = 10;
    results.months_of(record::Indicator::net_cost, 0, 0)[m] = 100;
  }
  const auto of = [&](std::string_view name) {
    const auto all = measures();
    return std::find_if(all.begin(), all.end(),
                        [name](const Measure& measure) { return measure.name == name; })
        ->of(results, 0, 0);
  };
  EXPECT_DOUBLE_EQ(of("gps"), 17.5);          // mean of 12, 13, ..., 23
  EXPECT_DOUBLE_EQ(of("renunciations"), 60);  // 5 a month among 1,000
  EXPECT_DOUBLE_EQ(of("gp_contacts"), 3);     // 250 a month among 1,000
  EXPECT_DOUBLE_EQ(of("net_cost"), 2400);
}

TEST(Favourable, CountsThePairsThatServeAndHalfTheTies) {
  record::Results results = flat_results(4);
  for (std::size_t r = 0; r < 4; ++r) set_all(results, record::Indicator::wait_mean, 0, r, 10);
  set_all(results, record::Indicator::wait_mean, 1, 0, 7);
  set_all(results, record::Indicator::wait_mean, 1, 1, 8);
  set_all(results, record::Indicator::wait_mean, 1, 2, 10);
  set_all(results, record::Indicator::wait_mean, 1, 3, 12);
  const Comparison comparison = compare(results);
  const Finding& wait = finding_of(comparison, "wait_mean");
  const Estimate favourable = wait.rows[1].favourable.value();
  EXPECT_DOUBLE_EQ(favourable.mean.value(), 2.5 / 4);
  EXPECT_TRUE(favourable.interval.value().holds(2.5 / 4));
  EXPECT_FALSE(wait.rows[0].favourable);                                // the baseline
  EXPECT_FALSE(finding_of(comparison, "arrivals").rows[1].favourable);  // neither good nor bad
  const Comparison swapped = compare(results, "other");
  EXPECT_DOUBLE_EQ(finding_of(swapped, "wait_mean").rows[0].favourable->mean.value(), 1.5 / 4);
}

TEST(Balance, PutsEveryJudgedMeasureOnOneSide) {
  const Comparison comparison =
      headlines(compare(test::made_up_results(test::four_truths(), 10, 120)));
  std::size_t judged = 0;
  for (const Finding& finding : comparison.findings) {
    EXPECT_TRUE(finding.measure->headline);
    judged += finding.measure->good == Benefit::neither ? 0 : 1;
  }
  for (std::size_t s = 1; s < 4; ++s) {
    const Balance found = balance(comparison, s);
    EXPECT_EQ(found.serves.size() + found.fails.size() + found.not_told_apart.size(), judged);
    for (const std::size_t f : found.fails) {
      const Finding& finding = comparison.findings[f];
      EXPECT_EQ(in_favour(*finding.measure, verdict(*finding.rows[s].difference)), false);
    }
  }
  // The building costs money and changes little else; the sentence says so.
  EXPECT_THAT(balance_sentence(comparison, 1, Language::en), HasSubstr("Net cost"));
  EXPECT_THAT(balance_sentence(comparison, 2, Language::fr), HasSubstr("Elle sert sur"));
}

TEST(Measures, CoverEveryIndicatorOnceAndHaveWordsInBothLanguages) {
  std::set<std::string_view> names;
  for (const Measure& measure : measures()) {
    EXPECT_TRUE(names.insert(measure.name).second) << measure.name;
    EXPECT_FALSE(measure.label.en.empty()) << measure.name;
    EXPECT_FALSE(measure.label.fr.empty()) << measure.name;
  }
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions)
    EXPECT_TRUE(names.count(indicator.name)) << indicator.name;
}

TEST(Measures, CountTheStaysOfTheirOwnRun) {
  record::Results results = flat_results(2, 120);
  results.replication_numbers = {40, 41};  // a block that does not begin at zero
  results.stays.clear();
  const auto add = [&](int replication, std::uint8_t strategy, bool at_start, int arrival, int left,
                       record::DepartureCause cause, world::Profession profession) {
    record::Stay stay;
    stay.replication = replication;
    stay.strategy = strategy;
    stay.here_at_start = at_start;
    stay.arrival_day = arrival;
    stay.departure_day = left;
    stay.cause = cause;
    stay.profession = profession;
    results.stays.push_back(stay);
  };
  using record::DepartureCause;
  using world::Profession;
  add(40, 0, true, 0, 3652, DepartureCause::still_here, Profession::gp);
  add(40, 0, false, 10, 2000, DepartureCause::relocation, Profession::gp);
  add(40, 0, false, 20, 400, DepartureCause::burnout, Profession::nurse);
  add(40, 0, false, 3000, 3652, DepartureCause::still_here, Profession::nurse);
  add(40, 1, true, 0, 100, DepartureCause::retirement, Profession::gp);
  add(41, 0, false, 5, 3652, DepartureCause::still_here, Profession::gp);
  const Comparison comparison = compare(results);
  const auto of = [&](std::string_view name, std::size_t strategy, std::size_t replication) {
    return finding_of(comparison, name).measure->of(results, strategy, replication);
  };
  EXPECT_EQ(of("arrivals", 0, 0), 3);
  EXPECT_EQ(of("gp_arrivals", 0, 0), 1);
  EXPECT_EQ(of("departures", 0, 0), 2);
  EXPECT_EQ(of("gp_departures", 0, 0), 1);
  EXPECT_EQ(of("gp_departures", 1, 0), 1);
  EXPECT_EQ(of("arrivals", 0, 1), 1);
  EXPECT_EQ(of("arrivals", 1, 1), 0);
  EXPECT_DOUBLE_EQ(of("stayed_five_years", 0, 0), 0.5);  // who came on day 3000 cannot be judged
  EXPECT_DOUBLE_EQ(of("stayed_five_years", 0, 1), 1);
  EXPECT_TRUE(std::isnan(of("stayed_five_years", 1, 0)));
}

TEST(Measures, OfFiveYearsAreLeftOutOfARunOfTwo) {
  const Comparison comparison = compare(test::made_up_results(test::four_truths(), 3, 24));
  EXPECT_THROW(finding_of(comparison, "stayed_five_years"), std::out_of_range);
}

TEST(Tally, CountsTheIntervalsThatLeaveZeroOut) {
  const Comparison comparison = compare(test::made_up_results(test::four_truths(), 10, 120));
  const Tally counted = tally(comparison);
  EXPECT_LE(counted.intervals, 3 * comparison.findings.size());
  EXPECT_GT(counted.intervals, 100u);
  EXPECT_GT(counted.told_apart, 20u);
  EXPECT_LT(counted.told_apart, counted.intervals);
}

TEST(DifferenceText, DoesNotRoundAFindingToZero) {
  Measure measure;
  measure.decimals = 1;
  Estimate estimate;
  estimate.mean = 0.03;
  estimate.interval = Interval{0.02, 0.04};
  EXPECT_EQ(difference_text(measure, estimate, Language::en), "+0.03");
  EXPECT_EQ(difference_interval_text(measure, estimate, Language::fr), "[+0,02\u202F; +0,04]");
}

}  // namespace
}  // namespace analysis
