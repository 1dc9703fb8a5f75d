#include "care/outcomes.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_world.hpp"

namespace care {
namespace {

using record::Indicator;

const OutcomeParameters& parameters() {
  static const OutcomeParameters p = read_parameters(support::parameters()).outcome;
  return p;
}

/// The mean of a rate over the residents of France in a year, by a large sample.
template <class RateOf>
double mean_over_france(int year, RateOf rate_of) {
  const world::Population france = world::read_population(support::parameters(), year);
  constexpr int residents = 200'000;
  double sum = 0;
  for (int r = 0; r < residents; ++r) {
    sum += rate_of(world::draw_resident(
        france,
        world::Luck{1, 0}.stream(world::Decision::resident, static_cast<std::uint64_t>(r))));
  }
  return sum / residents;
}

TEST(AvoidableAdmissions, AreNineAThousandInFranceWithMostFollowUpMet) {
  const auto rate = [](double unmet_share) {
    return 1000 * mean_over_france(2018, [&](const world::Resident& who) {
             const bool ill = who.long_term_condition(0);
             const double age = who.age_on(0);
             return (1 - unmet_share) *
                        avoidable_admission_rate(age, ill, false, parameters()).per_year +
                    unmet_share * avoidable_admission_rate(age, ill, true, parameters()).per_year;
           });
  };
  EXPECT_NEAR(rate(0.12), 9.0, 0.3) << "Mercier et al. 2015";
  EXPECT_NEAR(rate(1) / rate(0), support::parameters().value("hpe_no_mt_rr"), 1e-9);
}

TEST(AvoidableAdmissions, RiseWithAgeAndNeedAnIllness) {
  EXPECT_EQ(avoidable_admission_rate(80, false, false, parameters()), Rate{0});
  EXPECT_GT(avoidable_admission_rate(80, true, false, parameters()),
            avoidable_admission_rate(60, true, false, parameters()));
  EXPECT_EQ(avoidable_admission_rate(75, true, false, parameters()).per_year,
            parameters().admission_level);
}

TEST(EmergencyVisits, AreThePublishedNumberWithThoseThatFollowFromFailedRequests) {
  const double others = mean_over_france(2024, [](const world::Resident& who) {
    return emergency_rate(who.age_on(0), parameters()).per_year;
  });
  EXPECT_NEAR(others / (1 - parameters().emergency_failed_request_share), 0.306, 0.006);
}

TEST(EmergencyVisits, AreTreatableInTheirPublishedShareAllTogether) {
  OutcomeParameters p = parameters();
  for (const double failed : {0.0, 0.03, 0.1}) {
    p.emergency_failed_request_share = failed;
    EXPECT_NEAR(failed + (1 - failed) * treatable_share(p), p.emergency_treatable_share, 1e-12);
  }
  p.emergency_failed_request_share = 0.21;
  EXPECT_EQ(treatable_share(p), 0) << "all that is treatable follows from failed requests";
}

TEST(EmergencyVisits, HaveTheRateOfTheBandOfTheirAge) {
  const double others = 1 - parameters().emergency_failed_request_share;
  EXPECT_EQ(emergency_rate(0, parameters()).per_year, parameters().emergency_visits[0] * others);
  EXPECT_EQ(emergency_rate(4.99, parameters()).per_year, parameters().emergency_visits[0] * others);
  EXPECT_EQ(emergency_rate(5, parameters()).per_year, parameters().emergency_visits[1] * others);
  EXPECT_EQ(emergency_rate(104, parameters()).per_year, parameters().emergency_visits[6] * others);
}

TEST(FollowUp, IsUnmetWithoutAGpOrWithoutHavingSeenOneForMonths) {
  world::Resident who;
  who.illness_day = 0;
  who.registered_gp = world::ProfessionalId{0};
  who.last_seen_day = 1000;
  EXPECT_FALSE(follow_up_unmet(who, 1000, parameters()));
  EXPECT_FALSE(follow_up_unmet(who, 1000 + 182, parameters()));
  EXPECT_TRUE(follow_up_unmet(who, 1000 + 183, parameters())) << "six months";
  who.registered_gp = world::no_professional;
  EXPECT_TRUE(follow_up_unmet(who, 1000, parameters()));
  who.illness_day = 2000;
  EXPECT_FALSE(follow_up_unmet(who, 1000, parameters())) << "not ill yet";
}

/// One year of two towns with so many GPs.
experiment::RunRecord year_with(double gps,
                                std::vector<std::pair<std::string, double>> other = {}) {
  auto scenario = support::scenario_of({support::strategy()}, 2);
  for (auto values : {support::no_candidates(), support::no_departures(), other}) {
    for (const auto& [id, value] : values) scenario.parameters.set(id, value, "a test");
  }
  return support::play(support::experiment_of(scenario, {{4000, {gps, 3, 2, 1}}})).front();
}

TEST(Outcomes, AreNeverFewerWhereNobodyPractises) {
  const auto none = year_with(0), some = year_with(4);
  EXPECT_GT(support::at_the_end(none, Indicator::follow_up_unmet),
            support::at_the_end(some, Indicator::follow_up_unmet));
  const auto& more = none.recorder.series(Indicator::avoidable_admissions);
  const auto& fewer = some.recorder.series(Indicator::avoidable_admissions);
  for (std::size_t month = 0; month < more.size(); ++month) EXPECT_GE(more[month], fewer[month]);
  EXPECT_GT(support::total(none, Indicator::avoidable_admissions),
            support::total(some, Indicator::avoidable_admissions));
  EXPECT_EQ(support::at_the_end(none, Indicator::requests_failed_share), 1);
}

TEST(Outcomes, DoNotDependOnCareWhereTheRatioIsOne) {
  const auto none = year_with(0, {{"hpe_no_mt_rr", 1}}), some = year_with(4, {{"hpe_no_mt_rr", 1}});
  EXPECT_EQ(none.recorder.series(Indicator::avoidable_admissions),
            some.recorder.series(Indicator::avoidable_admissions));
}

TEST(Outcomes, OfEmergencyDepartmentsAddUp) {
  const auto run = year_with(2);
  for (std::size_t month = 0; month < 24; ++month) {
    const auto value = [&](Indicator i) { return run.recorder.series(i)[month]; };
    EXPECT_GE(value(Indicator::emergency_visits_treatable), value(Indicator::emergency_visits));
    EXPECT_GE(value(Indicator::emergency_visits_all), value(Indicator::emergency_visits_treatable));
    EXPECT_EQ(value(Indicator::renunciations), value(Indicator::renunciations_quintile_1) +
                                                   value(Indicator::renunciations_quintile_2) +
                                                   value(Indicator::renunciations_quintile_3) +
                                                   value(Indicator::renunciations_quintile_4) +
                                                   value(Indicator::renunciations_quintile_5));
  }
}

}  // namespace
}  // namespace care
