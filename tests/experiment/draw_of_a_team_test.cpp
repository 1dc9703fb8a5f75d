// What a team can draw to its town: what its rooms hold, and less where patients are few.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_world.hpp"

namespace {

using experiment::RunRecord;
using scenario::Lever;
using scenario::TeamStage;
using world::Profession;

/// A village of 1,500 beside a town of 12,000 that has its share of professionals.
const std::vector<support::Town> village_and_town{{1'500, {1, 2, 2, 1}},
                                                  {12'000, {9.2, 17.5, 13.3, 6.2}}};

/// Ten years of replications with a team at this stage in the village, and so many rooms.
std::vector<RunRecord> ten_years(TeamStage stage, double rooms, int replications,
                                 const std::vector<std::pair<std::string, double>>& values) {
  auto scenario =
      support::scenario_of({support::strategy({{Lever::lease_temporary_premises, rooms, {}}})}, 10);
  scenario.warm_up_months = 1;
  scenario.team_stage = stage;
  scenario.parameters = support::parameters_with(values);
  const auto experiment = support::experiment_of(scenario, village_and_town);
  std::vector<RunRecord> runs;
  for (int replication = 0; replication < replications; ++replication) {
    runs.push_back(support::play(experiment, static_cast<std::uint32_t>(replication)).front());
  }
  return runs;
}

/// Newcomers per run of whom something holds.
template <class Holds>
double newcomers(const std::vector<RunRecord>& runs, Holds holds) {
  std::ptrdiff_t sum = 0;
  for (const RunRecord& run : runs) {
    sum += std::count_if(run.stays.begin(), run.stays.end(), [&](const record::Stay& stay) {
      return !stay.here_at_start && holds(stay);
    });
  }
  return static_cast<double>(sum) / static_cast<double>(runs.size());
}

bool in_village(const record::Stay& stay) { return stay.in_focus; }
bool at_the_end(const record::Stay& stay) {
  return stay.in_focus && stay.cause == record::DepartureCause::still_here;
}
bool member_in_town(const record::Stay& stay) { return stay.in_team && !stay.in_focus; }

/// What settles in the village by itself grows by no more than the largest effect of a team on an
/// area; the town's candidates who join practise in the town, if members may practise so far.
TEST(ATeamWithoutRooms, DrawsNobodyFromTheTownToItsVillage) {
  for (const double reach : {10.0, 5.0}) {
    const std::vector<std::pair<std::string, double>> values{support::no_demand(),
                                                             {"team_reach_minutes", reach}};
    const auto without = ten_years(TeamStage::none, 0, 15, values);
    const auto with = ten_years(TeamStage::recognised, 0, 15, values);
    EXPECT_LT(newcomers(with, in_village), 1.5 * newcomers(without, in_village));
    if (reach < 10) {
      EXPECT_EQ(newcomers(with, member_in_town), 0) << "too far";
    } else {
      EXPECT_GT(newcomers(with, member_in_town), 5);
    }
  }
}

/// Whoever is there at the end sits in a room, or would have come without any.
TEST(ATeamWithRooms, DrawsToItsVillageAboutAsManyAsTheRoomsHold) {
  const std::vector<std::pair<std::string, double>> idle{support::no_demand(),
                                                         {"activity_elasticity", 0}};
  const auto none = ten_years(TeamStage::recognised, 0, 15, idle);
  double fewer = newcomers(none, at_the_end);
  for (const int rooms : {2, 5, 10}) {
    const auto runs = ten_years(TeamStage::recognised, rooms, 15, idle);
    const double found = newcomers(runs, at_the_end);
    EXPECT_GT(found, fewer) << rooms;
    EXPECT_LT(found, newcomers(none, at_the_end) + rooms) << rooms;
    fewer = found;
  }
}

/// A hundred rooms, so that patients are all that is short, and residents who do not go far. The
/// village's own patients occupy 1.7 physiotherapists at the national density, 111 per 100,000.
TEST(Demand, LimitsWhatATeamDrawsOfAProfession) {
  const double occupied = 1'500 * 111 / 1e5;
  std::vector<double> of_the_profession, of_all;
  for (const double elasticity : {0.0, 1.0, 3.0}) {
    const auto runs =
        ten_years(TeamStage::recognised, 100, 3,
                  {{"activity_elasticity", elasticity}, {"distance_decay_per_min", -0.2}});
    of_all.push_back(newcomers(runs, in_village));
    of_the_profession.push_back(newcomers(runs, [](const record::Stay& stay) {
      return in_village(stay) && stay.profession == Profession::physiotherapist;
    }));
  }
  const double most = 5 * occupied;
  EXPECT_GT(of_the_profession[0], most) << "where nobody minds, nothing limits them";
  EXPECT_LT(of_the_profession[1], most);
  EXPECT_TRUE(std::is_sorted(of_the_profession.rbegin(), of_the_profession.rend()));
  EXPECT_TRUE(std::is_sorted(of_all.rbegin(), of_all.rend()));
}

/// The place and the office of one's own are in the same commune.
TEST(Demand, WeighsAlikeForAllPlacesOfATownAlone) {
  const auto play = [](double elasticity) {
    auto scenario =
        support::scenario_of({support::strategy({{Lever::lease_temporary_premises, 20, {}}})}, 5);
    scenario.team_stage = TeamStage::recognised;
    scenario.parameters = support::parameters_with({{"activity_elasticity", elasticity}});
    return support::play(support::experiment_of(scenario, {{2'000, {3, 9, 9, 4}}})).front();
  };
  EXPECT_TRUE(support::same_numbers(play(0), play(3)));
}

}  // namespace
