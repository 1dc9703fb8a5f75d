#include "record/commune_panel.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "record/recorder.hpp"
#include "world/units.hpp"

namespace {

using record::CommuneIndicator;
using record::NeedOutcome;
using world::CommuneId;
using world::Profession;

constexpr CommuneId here{0}, there{1};
constexpr std::array<record::CommuneLevels, 2> nobody{};

float value(const record::CommunePanel& panel, CommuneIndicator indicator, std::size_t year,
            CommuneId commune) {
  return panel.series(indicator)[year * 2 + world::index(commune)];
}

TEST(CommunePanel, KeepsYearsOneAfterTheOtherAndCommunesInTheOrderOfTheMap) {
  record::CommunePanel panel(2, 2);
  panel.close_year(0, std::array<record::CommuneLevels, 2>{{{.residents = 10}, {.residents = 20}}});
  panel.close_year(1, std::array<record::CommuneLevels, 2>{{{.residents = 11}, {.residents = 22}}});
  EXPECT_EQ(panel.series(CommuneIndicator::residents), (std::vector<float>{10, 20, 11, 22}));
}

TEST(CommunePanel, CountsEachYearFromZeroAndLeavesTheWarmUpOut) {
  record::CommunePanel panel(2, 2);
  panel.need(here);
  panel.start();
  panel.need(here);
  panel.need(there);
  panel.need(there);
  panel.close_year(0, nobody);
  panel.need(there);
  panel.close_year(1, nobody);
  EXPECT_EQ(panel.series(CommuneIndicator::needs), (std::vector<float>{1, 2, 0, 1}));
}

TEST(CommunePanel, TellsTheMeanWaitAndThatThereWasNone) {
  record::CommunePanel panel(2, 1);
  panel.wait(here, 2 * world::day);
  panel.wait(here, 12 * world::hour);
  panel.close_year(0, nobody);
  EXPECT_EQ(value(panel, CommuneIndicator::wait_mean, 0, here), 1.25F);
  EXPECT_TRUE(std::isnan(value(panel, CommuneIndicator::wait_mean, 0, there)));
}

TEST(CommunePanel, TellsWhatWasGainedSinceTheBeginningOfTheWarmUp) {
  record::CommunePanel panel(2, 2);
  panel.natural_change(here, 1);
  panel.start();
  panel.net_migration(here, 1);
  panel.close_year(0, nobody);
  panel.natural_change(here, -1);
  panel.net_migration(here, 1);
  EXPECT_EQ(panel.gained(here), 2);
  EXPECT_EQ(panel.gained(there), 0);
}

TEST(Recorder, TellsOfCommunesOnlyWhatConcernsGps) {
  record::Recorder recorder(12, 2);
  recorder.need(here, Profession::gp);
  recorder.need(here, Profession::nurse);
  recorder.outcome(NeedOutcome::renounced, 1, here, Profession::gp);
  recorder.outcome(NeedOutcome::renounced, 1, here, Profession::nurse);
  recorder.outcome(NeedOutcome::emergency_visit, 1, there, Profession::gp);
  recorder.outcome(NeedOutcome::seen_by_registered_gp, 1, there, Profession::gp);
  recorder.wait(world::day, there, Profession::nurse);
  recorder.close_year(0, nobody);
  const record::CommunePanel& panel = recorder.communes();
  EXPECT_EQ(panel.series(CommuneIndicator::needs), (std::vector<float>{1, 0}));
  EXPECT_EQ(panel.series(CommuneIndicator::renunciations), (std::vector<float>{1, 0}));
  EXPECT_EQ(panel.series(CommuneIndicator::emergency_visits), (std::vector<float>{0, 1}));
  EXPECT_TRUE(std::isnan(value(panel, CommuneIndicator::wait_mean, 0, there)));
}

TEST(Recorder, CountsAYearOfCommunesThroughTheEndsOfItsMonths) {
  record::Recorder recorder(12, 2);
  recorder.start();
  for (int month = 0; month < 12; ++month) {
    recorder.birth(there);
    recorder.settled(there);
    recorder.close_month(month, {});
  }
  recorder.death(here);
  recorder.moved_away(there);
  recorder.close_year(0, nobody);
  const record::CommunePanel& panel = recorder.communes();
  EXPECT_EQ(panel.series(CommuneIndicator::natural_change), (std::vector<float>{-1, 12}));
  EXPECT_EQ(panel.series(CommuneIndicator::net_migration), (std::vector<float>{0, 11}));
}

}  // namespace
