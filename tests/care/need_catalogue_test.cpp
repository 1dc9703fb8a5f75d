#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "care/need.hpp"
#include "care/prevention.hpp"
#include "care/satisfaction.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::Profession;
using world::Sex;

const NeedCatalogue& catalogue() {
  static const NeedCatalogue needs(support::needs(), support::parameters());
  return needs;
}

NeedType type_of(const std::string& id) {
  const auto& rows = support::needs().rows;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    if (rows[k].id == id) return static_cast<NeedType>(k);
  }
  throw std::out_of_range(id);
}

/// One of each kind of resident.
std::vector<Needy> everyone() {
  std::vector<Needy> all;
  for (const double age : {0.5, 7.0, 22.0, 49.9, 68.0, 91.0, 104.0}) {
    for (const Sex sex : {Sex::woman, Sex::man}) {
      for (const bool ill : {false, true}) all.push_back({age, sex, ill});
    }
  }
  return all;
}

TEST(NeedsForAGp, AreSharesOfOneTotalInSicknessAndInHealth) {
  for (const bool ill : {false, true}) {
    double sum = 0;
    for (std::size_t k = 0; k < catalogue().size(); ++k) {
      const double share = catalogue().share_of_gp_needs(static_cast<NeedType>(k), ill);
      EXPECT_EQ(share > 0, catalogue()[static_cast<NeedType>(k)].first == Profession::gp);
      sum += share;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
  EXPECT_GT(catalogue().share_of_gp_needs(type_of("chronic_follow_up"), true),
            catalogue().share_of_gp_needs(type_of("chronic_follow_up"), false));
}

TEST(NeedsForAGp, AreSharesOfOneTotalAtBothEndsOfEveryRange) {
  for (const bool high : {false, true}) {
    scenario::ParameterTable table = support::parameters();
    for (const char* id : {"gp_share_acute", "gp_share_follow_up", "gp_share_follow_up_ill",
                           "gp_share_prevention"}) {
      table.set(id, high ? table.find(id)->high : table.find(id)->low, "a test");
    }
    const NeedCatalogue needs(support::needs(), table);
    for (const bool ill : {false, true}) {
      double sum = 0;
      for (std::size_t k = 0; k < needs.size(); ++k) {
        const double share = needs.share_of_gp_needs(static_cast<NeedType>(k), ill);
        EXPECT_GE(share, 0);
        sum += share;
      }
      EXPECT_NEAR(sum, 1, 1e-12);
    }
  }
}

/// Superposition: an event of the sum of Poisson processes is of type k in the share rate_k / sum.
TEST(ADirectNeed, IsOfEachTypeInTheShareOfItsRate) {
  constexpr int steps = 200'000;
  for (const Needy& who : everyone()) {
    std::vector<int> count(catalogue().size(), 0);
    for (int step = 0; step < steps; ++step) {
      const double u = (step + 0.5) / steps;
      ++count[static_cast<std::size_t>(catalogue().draw_direct(u, who))];
    }
    const double all = catalogue().direct_rate(who);
    for (std::size_t k = 0; k < count.size(); ++k) {
      const auto type = static_cast<NeedType>(k);
      const double rate =
          support::needs().rows[k].by_referral ? 0
          : catalogue()[type].first == Profession::gp
              ? catalogue().gp_rate(who) * catalogue().share_of_gp_needs(type, who.ill)
              : catalogue().rate(type, who);
      EXPECT_NEAR(static_cast<double>(count[k]) / steps, rate / all, 2.0 / steps)
          << support::needs().rows[k].id << " at " << who.age;
    }
  }
}

TEST(AReferral, KeepsTheRateOfItsTypeWhereResidentsSeeAGpAsOftenAsPublished) {
  constexpr int steps = 200'000;
  const double latent = support::parameters().value("gp_latent_demand_ratio");
  for (const Needy& who : everyone()) {
    const double consultations = catalogue().gp_rate(who) / latent;  // had a year
    std::vector<int> count(catalogue().size(), 0);
    double all = 0;
    for (int step = 0; step < steps; ++step) {
      const auto type = catalogue().draw_referral((step + 0.5) / steps, who);
      if (type) ++count[static_cast<std::size_t>(*type)];
    }
    for (std::size_t k = 0; k < count.size(); ++k) {
      if (support::needs().rows[k].by_referral) {
        all += catalogue().rate(static_cast<NeedType>(k), who);
      }
    }
    for (std::size_t k = 0; k < count.size(); ++k) {
      if (!support::needs().rows[k].by_referral) {
        EXPECT_EQ(count[k], 0);
        continue;
      }
      const double expected =
          catalogue().rate(static_cast<NeedType>(k), who) / std::max(consultations, all);
      EXPECT_NEAR(static_cast<double>(count[k]) / steps, expected, 2.0 / steps)
          << support::needs().rows[k].id << " at " << who.age;
    }
  }
}

TEST(NeedsForAGp, HaveTheRateOfTheirLawAtTheMiddleOfEachYearOfAge) {
  const world::Population france = world::read_population(support::parameters(), 2026);
  const NeedParameters p = read_parameters(support::parameters()).need;
  for (const Needy& who : everyone()) {
    const double middle = std::min(std::floor(who.age), 100.0) + 0.5;
    EXPECT_DOUBLE_EQ(catalogue().gp_rate(who),
                     need_rate(middle, who.sex, who.ill, france.illness, p).per_year);
  }
}

/// The means over France that the rows on shapes by age say they are scaled to.
TEST(NeedsOfOtherProfessions, HaveTheirPublishedMeansOverFrance) {
  const world::Population france = world::read_population(support::parameters(), 2026);
  const double latent = support::parameters().value("gp_latent_demand_ratio");
  const auto contacts = [&](const std::string& id) {
    const NeedType type = type_of(id);
    double sum = 0;
    for (std::size_t band = 0; band < world::age_bands; ++band) {
      for (int year = 0; year < 5; ++year) {
        const double age = static_cast<double>(band) * world::years_per_band + year + 0.5;
        const double ill = france.illness.prevalence_at(age);
        for (const Sex sex : {Sex::woman, Sex::man}) {
          const double women = france.women_share[band];
          const double share = france.share[band] * (sex == Sex::woman ? women : 1 - women) / 5;
          sum += share * (ill * catalogue().rate(type, {age, sex, true}) +
                          (1 - ill) * catalogue().rate(type, {age, sex, false}));
        }
      }
    }
    return sum * catalogue()[type].sessions / latent;
  };
  EXPECT_NEAR(contacts("nursing"), 7, 0.7);
  EXPECT_NEAR(contacts("rehabilitation"), 3, 0.3);
  EXPECT_NEAR(contacts("dental"), 1.6, 1e-9);
  EXPECT_NEAR(contacts("speech"), 0.75, 0.1);
  EXPECT_NEAR(contacts("foot_care"), 0.35, 0.04);
  EXPECT_NEAR(contacts("psychomotor"), 0.1, 0.02);
}

TEST(NeedsOfOtherProfessions, AreOfThoseWhomTheyConcern) {
  const NeedType pregnancy = type_of("pregnancy_and_womens_health");
  EXPECT_GT(catalogue().rate(pregnancy, {30, Sex::woman, false}), 0);
  EXPECT_EQ(catalogue().rate(pregnancy, {30, Sex::man, false}), 0);
  EXPECT_EQ(catalogue().rate(pregnancy, {60, Sex::woman, false}), 0);
  EXPECT_EQ(catalogue().rate(type_of("psychomotor"), {30, Sex::man, false}), 0);
  const NeedType nursing = type_of("nursing");
  EXPECT_NEAR(catalogue().rate(nursing, {70, Sex::man, true}) /
                  catalogue().rate(nursing, {70, Sex::man, false}),
              support::parameters().value("nurse_ald_uplift"), 1e-12);
}

TEST(NoDemand, IsNoNeedOfAnyType) {
  const NeedCatalogue none(support::needs(), support::parameters_with({support::no_demand()}));
  for (const Needy& who : everyone()) EXPECT_EQ(none.direct_rate(who), 0);
}

TEST(Prevention, IsUpToDateForItsSpanAndNotADayLonger) {
  PreventionParameters p;
  p.span_months = 12;
  world::Resident who;
  who.prevention_on(100);
  EXPECT_TRUE(prevention_up_to_date(who, 465, p));
  EXPECT_FALSE(prevention_up_to_date(who, 466, p));
}

TEST(APreventionProgramme, ReachesItsSessionsWorthAndNobodyTwice) {
  PreventionParameters p;
  p.session_residents = 10;
  p.session_cost = 300;
  EXPECT_NEAR(share_reached(1, 1000, p), 10 * 365.25 / 7 / 12 / 1000, 1e-12);
  EXPECT_EQ(share_reached(50, 10, p), 1);
  EXPECT_EQ(share_reached(0, 1000, p), 0);
  EXPECT_EQ(share_reached(1, 0, p), 0);
  EXPECT_NEAR(programme_cost(2, p), 2 * 300 * 365.25 / 7 / 12, 1e-9);
}

TEST(Satisfaction, IsOneAtBestAndFallsWithTheWait) {
  const SatisfactionParameters p = read_parameters(support::parameters()).satisfaction;
  EXPECT_NEAR(satisfaction(0, 1, 1, p), 1, 1e-12);
  EXPECT_NEAR(satisfaction(1e9, 0, 0, p), 0, 1e-12);
  const double wait_weight = 1 - p.weight_continuity - p.weight_near;
  EXPECT_NEAR(satisfaction(p.wait_half_days, 0, 0, p), wait_weight / 2, 1e-12);
  EXPECT_TRUE(std::isnan(satisfaction(NAN, 1, 1, p)));
}

}  // namespace
}  // namespace care
