#include "care/elections.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_world.hpp"
#include "world/decisions.hpp"

namespace care {
namespace {

using namespace std::chrono;
using record::Indicator;
using scenario::Lever;
using Values = std::vector<std::pair<std::string, double>>;

const ElectionParameters& table() {
  static const ElectionParameters p = read_parameters(support::parameters()).election;
  return p;
}

TEST(Elections, AreHeldInMarchOfEverySixthYear) {
  std::vector<int> years;
  for (int y = 2010; y < 2040; ++y) {
    for (unsigned m = 1; m <= 12; ++m) {
      if (!election_held(year(y) / month(m), table())) continue;
      EXPECT_EQ(m, 3U);
      years.push_back(y);
    }
  }
  EXPECT_EQ(years, (std::vector<int>{2014, 2020, 2026, 2032, 2038}));
}

TEST(Elections, BreakThePartnershipAsOftenAsTheMajorityChanges) {
  int broken = 0;
  constexpr int n = 4000;
  for (std::uint32_t replication = 0; replication < n; ++replication) {
    const auto luck = world::Luck{1, replication}.stream(world::Decision::election, 2026);
    const double after = partnership_after_election(0.8, luck, table());
    EXPECT_TRUE(after == 0.8 || after == 0.8 * table().kept);
    if (after < 0.8) ++broken;
  }
  const double share = static_cast<double>(broken) / n;
  EXPECT_NEAR(share, table().majority_change, 4 * std::sqrt(0.25 / n));
}

experiment::RunRecord play(std::vector<scenario::Action> actions, const Values& values) {
  auto scenario = support::scenario_of({support::strategy(std::move(actions))}, 4);
  Values all = values;
  all.push_back(support::no_demand());
  scenario.parameters = support::parameters_with(all);
  return support::play(support::experiment_of(scenario, {{1000, {3, 3, 2, 1}}})).front();
}

/// The scenario starts in January 2024: March 2026 is its month 26.
TEST(AnElection, ChangesNothingBeforeItsDayAndBreaksThePartnershipInTheNextMonth) {
  const std::vector<scenario::Action> meetings{{Lever::partnership, 1, {}}};
  const auto kept = play(meetings, {{"majority_change_share", 0}});
  const auto broken = play(meetings, {{"majority_change_share", 1}, {"partnership_kept_share", 0}});
  EXPECT_EQ(support::months_in_common(kept, broken), 27U);
  const auto& partnership = broken.recorder.series(Indicator::partnership);
  EXPECT_LT(partnership[27], 0.3 * partnership[26]);
  EXPECT_GT(partnership[47], partnership[27]) << "it is built again";
}

TEST(AnElection, ThatKeepsAllOfThePartnershipChangesNothing) {
  const std::vector<scenario::Action> meetings{{Lever::partnership, 1, {}}};
  EXPECT_TRUE(support::same_numbers(
      play(meetings, {{"majority_change_share", 0}}),
      play(meetings, {{"majority_change_share", 1}, {"partnership_kept_share", 1}})));
}

TEST(AnElection, ChangesNothingWhereThereIsNoPartnership) {
  EXPECT_TRUE(support::same_numbers(play({{Lever::build, 4, {}}}, {{"majority_change_share", 0}}),
                                    play({{Lever::build, 4, {}}}, {{"majority_change_share", 1}})));
}

}  // namespace
}  // namespace care
