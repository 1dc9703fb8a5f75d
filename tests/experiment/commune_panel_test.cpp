// What the panel says of the communes is what the monthly indicators say of the whole territory.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/support/small_world.hpp"

namespace {

using record::CommuneIndicator;
using record::Indicator;

constexpr std::size_t years = 4;
const std::vector<support::Town> towns{
    {1500, {3, 4, 2, 1}}, {700, {1, 1}}, {300, {0}}};  // the last one far away, without a GP

experiment::Experiment basin(const scenario::Scenario& scenario) {
  const world::CatchmentMap near = support::map_of(towns, scenario.parameters);
  return {scenario,
          {near.communes(), {5, 10, 18, 10, 5, 25, 18, 25, 5}, near.focus(), near.notes()}};
}

/// A basin short of GPs in which people are born, die, settle, move away and renounce.
const experiment::Replication& runs() {
  static const experiment::Replication runs = support::play(
      basin(support::scenario_of({support::strategy({}, "do_nothing"),
                                  support::strategy(support::every_lever(), "every_lever")},
                                 years)));
  return runs;
}

/// One indicator of the communes at the end of a year, counted from 0.
std::vector<float> communes(const experiment::RunRecord& run, CommuneIndicator indicator,
                            std::size_t year) {
  const auto begin = run.recorder.communes().series(indicator).begin() +
                     static_cast<std::ptrdiff_t>(year * towns.size());
  return {begin, begin + static_cast<std::ptrdiff_t>(towns.size())};
}

double sum(const experiment::RunRecord& run, CommuneIndicator indicator, std::size_t year) {
  const std::vector<float> all = communes(run, indicator, year);
  return std::accumulate(all.begin(), all.end(), 0.0);
}

double december(const experiment::RunRecord& run, Indicator indicator, std::size_t year) {
  return run.recorder.series(indicator)[12 * year + 11];
}

double in_the_year(const experiment::RunRecord& run, Indicator indicator, std::size_t year) {
  const auto january =
      run.recorder.series(indicator).begin() + static_cast<std::ptrdiff_t>(12 * year);
  return std::accumulate(january, january + 12, 0.0);
}

TEST(CommunePanel, AddsUpToWhatTheTerritoryIsAtTheEndOfEachYear) {
  for (const experiment::RunRecord& run : runs()) {
    for (std::size_t year = 0; year < years; ++year) {
      for (const auto& [commune, territory] : {
               std::pair{CommuneIndicator::residents, Indicator::residents},
               {CommuneIndicator::adults_without_gp, Indicator::adults_without_gp},
               {CommuneIndicator::gps, Indicator::gps},
               {CommuneIndicator::professionals, Indicator::professionals},
           }) {
        EXPECT_EQ(sum(run, commune, year), december(run, territory, year))
            << record::definition(territory).name << " of year " << year;
      }
      EXPECT_EQ(sum(run, CommuneIndicator::adults_without_gp, year) /
                    sum(run, CommuneIndicator::adults, year),
                december(run, Indicator::adults_without_gp_share, year));
    }
  }
}

TEST(CommunePanel, AddsUpToWhatHappenedInTheTerritoryDuringEachYear) {
  for (const experiment::RunRecord& run : runs()) {
    for (std::size_t year = 0; year < years; ++year) {
      for (const auto& [commune, territory] : {
               std::pair{CommuneIndicator::needs, Indicator::needs},
               {CommuneIndicator::emergency_visits, Indicator::emergency_visits},
               {CommuneIndicator::renunciations, Indicator::renunciations},
           }) {
        EXPECT_GT(sum(run, commune, year), 0);
        EXPECT_EQ(sum(run, commune, year), in_the_year(run, territory, year))
            << record::definition(territory).name << " of year " << year;
      }
      EXPECT_EQ(
          sum(run, CommuneIndicator::natural_change, year),
          in_the_year(run, Indicator::births, year) - in_the_year(run, Indicator::deaths, year));
      EXPECT_EQ(sum(run, CommuneIndicator::net_migration, year),
                in_the_year(run, Indicator::residents_settled, year) -
                    in_the_year(run, Indicator::residents_moved_away, year));
    }
  }
}

TEST(CommunePanel, LosesNoResidentOfACommuneFromOneYearToTheNext) {
  for (const experiment::RunRecord& run : runs()) {
    for (std::size_t year = 1; year < years; ++year) {
      const auto before = communes(run, CommuneIndicator::residents, year - 1);
      const auto after = communes(run, CommuneIndicator::residents, year);
      const auto natural = communes(run, CommuneIndicator::natural_change, year);
      const auto moves = communes(run, CommuneIndicator::net_migration, year);
      for (std::size_t c = 0; c < towns.size(); ++c) {
        EXPECT_EQ(after[c], before[c] + natural[c] + moves[c]) << "year " << year;
      }
    }
  }
}

TEST(CommunePanel, CountsWhoIsNearAGpWithRoomAsTheTerritoryDoes) {
  for (const experiment::RunRecord& run : runs()) {
    for (std::size_t year = 0; year < years; ++year) {
      const auto residents = communes(run, CommuneIndicator::residents, year);
      const auto near = communes(run, CommuneIndicator::near_gp, year);
      const double there =
          std::inner_product(residents.begin(), residents.end(), near.begin(), 0.0);
      EXPECT_EQ(there / december(run, Indicator::residents, year),
                december(run, Indicator::near_gp_share, year));
    }
  }
}

TEST(CommunePanel, HasTheAccessibilityOfTheTerritoryBetweenTheWorstAndTheBestOfItsCommunes) {
  for (const experiment::RunRecord& run : runs()) {
    for (std::size_t year = 0; year < years; ++year) {
      const auto local = communes(run, CommuneIndicator::local_accessibility, year);
      const auto [worst, best] = std::minmax_element(local.begin(), local.end());
      EXPECT_LT(*worst, *best);
      EXPECT_LT(*worst, december(run, Indicator::local_accessibility, year));
      EXPECT_GT(*best, december(run, Indicator::local_accessibility, year));
    }
  }
}

TEST(CommunePanel, OfATerritoryOfOneCommuneSaysWhatTheTerritorySays) {
  const experiment::RunRecord run =
      support::play(support::experiment_of(support::scenario_of({support::strategy()}, 2),
                                           {{1200, {1, 2, 1, 1}}}))
          .front();
  const record::CommunePanel& panel = run.recorder.communes();
  for (std::size_t year = 0; year < 2; ++year) {
    EXPECT_EQ(panel.series(CommuneIndicator::local_accessibility)[year],
              static_cast<float>(december(run, Indicator::local_accessibility, year)));
    const auto january =
        run.recorder.series(Indicator::wait_mean).begin() + static_cast<std::ptrdiff_t>(12 * year);
    const auto [shortest, longest] = std::minmax_element(january, january + 12);
    const float wait = panel.series(CommuneIndicator::wait_mean)[year];
    EXPECT_GT(wait, *shortest);
    EXPECT_LT(wait, *longest);
  }
}

TEST(CommunePanel, KeepsTheOrderOfTheMap) {
  const auto scenario = support::short_of_gps({support::strategy()}, 1);
  const experiment::RunRecord run = support::play(basin(scenario)).front();
  EXPECT_EQ(communes(run, CommuneIndicator::gps, 0), (std::vector<float>{3, 1, 0}));
  EXPECT_EQ(communes(run, CommuneIndicator::professionals, 0), (std::vector<float>{10, 2, 0}));
  const auto residents = communes(run, CommuneIndicator::residents, 0);
  for (std::size_t c = 0; c < towns.size(); ++c) {
    EXPECT_NEAR(residents[c], towns[c].residents, 0.1 * towns[c].residents);
  }
}

TEST(CommunePanel, CountsInACommuneOnlyItsOwnResidentsWhereverTheyGo) {
  const auto scenario = support::short_of_gps({support::strategy()}, 1);
  const experiment::RunRecord run = support::play(basin(scenario)).front();
  const auto needs = communes(run, CommuneIndicator::needs, 0);
  const auto residents = communes(run, CommuneIndicator::residents, 0);
  // Needs per resident differ little between communes of one population: the one without a GP has
  // its own needs, and waits, all the same.
  for (std::size_t c = 0; c < towns.size(); ++c) {
    EXPECT_NEAR(needs[c] / residents[c], needs[0] / residents[0], 0.15 * needs[0] / residents[0]);
  }
  EXPECT_GT(communes(run, CommuneIndicator::wait_mean, 0)[2], 0);
}

TEST(CommunePanel, StandsInTheResultsByStrategyReplicationYearAndCommune) {
  const auto scenario =
      support::scenario_of({support::strategy(), support::strategy({}, "two")}, 2);
  const experiment::Experiment experiment = basin(scenario);
  const std::vector<experiment::Replication> played{support::play(experiment, 4),
                                                    support::play(experiment, 5)};
  const record::Results results = experiment.block(4, played);
  ASSERT_EQ(results.communes.size(), towns.size());
  for (std::size_t c = 0; c < towns.size(); ++c) {
    EXPECT_EQ(results.communes[c].code, experiment.map().communes()[c].code);
    EXPECT_EQ(results.communes[c].name, experiment.map().communes()[c].name);
  }
  for (const auto& definition : record::commune_indicator_definitions) {
    const auto& values = results.panel[static_cast<std::size_t>(definition.indicator)];
    auto value = values.begin();
    for (std::size_t s = 0; s < 2; ++s) {
      for (std::size_t r = 0; r < 2; ++r) {
        for (const float expected : played[r][s].recorder.communes().series(definition.indicator)) {
          ASSERT_NE(value, values.end());
          EXPECT_EQ(*value++, expected) << definition.name;
        }
      }
    }
    EXPECT_EQ(value, values.end());
  }
}

}  // namespace
