// The levels that the parameters are set by, beside their targets: docs/calibration.md says which
// parameters were moved, and within which range. The campaigns measure the same with many more
// replications.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>

#include "tests/support/basin_levels.hpp"

namespace {

using record::Indicator;
using support::basin::Interval;
using support::basin::Levels;
using support::basin::residents;
using support::basin::years;

constexpr std::uint32_t replications = 16;
constexpr double student_15 = 2.131;  // 97.5 %, 15 degrees of freedom

/// Asks that each target lies in the 95 % interval of the level reached.
TEST(Calibration, ReachesItsTargets) {
  const std::map<std::string, double> targets{{"contacts", 3.4},
                                              {"wait median", 2.5},
                                              {"requests failed", 0.05},
                                              {"needs given up", 0.016},
                                              {"emergency, treatable", 0.061},
                                              {"emergency, all", 0.306}};
  std::cout << "level                        target   reached   95 % interval\n";
  for (const auto& [what, values] : support::basin::levels(replications)) {
    const Interval found = support::basin::interval(values, student_15);
    const auto target = targets.find(what);
    std::cout << fmt::format("{:27} {:>7} {:9.4f}   [{:.4f}, {:.4f}]\n", what,
                             target == targets.end() ? "" : fmt::format("{}", target->second),
                             found.mean, found.low, found.high);
    if (target == targets.end()) continue;
    EXPECT_LE(found.low, target->second) << what;
    EXPECT_GE(found.high, target->second) << what;
  }
}

/// Adults on the list of a GP: 960 in the mean of France, and half of the GPs between 600 and 1,300
/// (Cnam, Charges et produits pour 2023). The mean is reached; the lists of the model are more
/// alike than those of France (docs/calibration.md says why that was left so): the last three
/// bounds hold what is, and fail if it gets worse or if the miss is mended.
TEST(Lists, HaveTheMeanOfFranceAndLieMoreCloselyTogether) {
  constexpr double student = 2.365;  // 97.5 %, 7 degrees of freedom
  const Levels found = support::basin::lists(8, 4);
  const Interval mean = support::basin::interval(found.at("list, mean"), student);
  EXPECT_NEAR(mean.mean, 960, 50);
  const Interval first = support::basin::interval(found.at("list, first quartile"), student);
  const Interval third = support::basin::interval(found.at("list, third quartile"), student);
  EXPECT_GT(first.mean, 600);
  EXPECT_LT(third.mean, 1300);
  EXPECT_GT(third.mean - first.mean, 0.5 * (1300 - 600)) << "half of the published spread";
}

/// What residents have of the other professions, at national densities of each. Prints what
/// docs/calibration.md says, and asks that hardly any contact is lost for want of professionals
/// where their number is that of France.
TEST(OtherProfessions, AreHadAboutAsOftenAsPublished) {
  auto scenario = support::scenario_of({support::strategy()}, years);
  scenario.warm_up_months = 12;
  const auto experiment = support::experiment_of(
      scenario, {{residents,
                  {9.2, 17.5, 13.3, 6.2, 10.2, 1.6, 4.9, 0.1, 3.6, 0.5, 1.4, 0.5, 1.0, 2.8},
                  false}});
  Levels found;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const auto run = support::play(experiment, replication).front();
    const auto total = [&](Indicator indicator) { return support::total(run, indicator); };
    const auto mean = [&](Indicator indicator) { return total(indicator) / (12 * years); };
    const double person_years = total(Indicator::residents) / 12;
    found["sessions a year"].push_back(total(Indicator::other_sessions) / person_years);
    found["needs a year"].push_back(total(Indicator::other_needs) / person_years);
    found["needs not met"].push_back(total(Indicator::other_needs_not_served) /
                                     total(Indicator::other_needs));
    found["nurse: wait"].push_back(mean(Indicator::nurse_wait_mean));
    found["nurse: requests failed"].push_back(mean(Indicator::nurse_failed_share));
    found["physiotherapist: wait"].push_back(mean(Indicator::physiotherapist_wait_mean));
    found["physiotherapist: failed"].push_back(mean(Indicator::physiotherapist_failed_share));
    found["dentist: wait"].push_back(mean(Indicator::dentist_wait_mean));
    found["dentist: requests failed"].push_back(mean(Indicator::dentist_failed_share));
    found["specialist: failed"].push_back(mean(Indicator::specialist_failed_share));
    found["midwife: failed"].push_back(mean(Indicator::midwife_failed_share));
    found["prevention up to date"].push_back(mean(Indicator::prevention_up_to_date_share));
    found["near a GP with room"].push_back(mean(Indicator::near_gp_share));
    found["satisfaction"].push_back(mean(Indicator::satisfaction));
  }
  for (const auto& [what, values] : found) {
    const pdes::test::Estimate level = pdes::test::estimate(values);
    std::cout << fmt::format("{:27} {:9.4f}   standard error {:.4f}\n", what, level.mean,
                             level.standard_error);
  }
  // Nurses 7, physiotherapists 3, dentists 1.6, midwives 0.3, speech 0.75, the others 2.3.
  constexpr double published = 15;
  EXPECT_NEAR(pdes::test::estimate(found["sessions a year"]).mean, published, 0.2 * published);
  EXPECT_LT(pdes::test::estimate(found["needs not met"]).mean, 0.15);
}

}  // namespace
