// Fifths of deprivation by commune.
#include "world/deprivation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "pdes/sample.hpp"
#include "tests/support/small_world.hpp"
#include "world/decisions.hpp"
#include "world/territory.hpp"

namespace world {
namespace {

namespace fs = std::filesystem;

DeprivationParameters of_the_library() { return read_deprivation(support::parameters()); }

double mean_fifth(const QuintileShares& shares) {
  double mean = 0, all = 0;
  for (std::size_t q = 0; q < quintile_count; ++q) {
    mean += shares[q] * static_cast<double>(q + 1);
    all += shares[q];
  }
  return mean / all;
}

TEST(QuintileShares, AreEvenEverywhereWhereCommunesDoNotDiffer) {
  DeprivationParameters p = of_the_library();
  p.between_share = 0;
  for (const double index : {-20.0, 0.0, 30.0}) {
    for (const double share : quintile_shares(index, p)) EXPECT_NEAR(share, 0.2, 1e-12);
  }
}

TEST(QuintileShares, AddUpToOneAndRiseWithTheIndex) {
  const DeprivationParameters p = of_the_library();
  double before = 0;
  for (double index = -25; index <= 30; index += 5) {
    const QuintileShares shares = quintile_shares(index, p);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12);
    for (const double share : shares) EXPECT_GT(share, 0);
    EXPECT_GT(mean_fifth(shares), before);
    before = mean_fifth(shares);
  }
}

TEST(QuintileShares, AreFifthsOverAllOfFrance) {
  const DeprivationParameters p = of_the_library();
  QuintileShares france{};
  constexpr int communes = 2000;
  for (int c = 0; c < communes; ++c) {
    const double index =
        p.index_mean + p.index_spread * pdes::normal_quantile((c + 0.5) / communes);
    const QuintileShares shares = quintile_shares(index, p);
    for (std::size_t q = 0; q < quintile_count; ++q) france[q] += shares[q] / communes;
  }
  for (const double share : france) EXPECT_NEAR(share, 0.2, 1e-4);
}

TEST(QuintileShares, AreWhatTheNormalLawSaysAtOneSpreadAboveTheMean) {
  const QuintileShares shares = quintile_shares(2, {0, 2, 0.36});
  const double cut = 0.8416212335729143;  // 80 %
  EXPECT_NEAR(shares[4], 0.5 * std::erfc((cut - 0.6) / 0.8 / std::sqrt(2.0)), 1e-12);
}

TEST(Residents, AreSpreadEvenlyWithoutSharesAndByTheSharesGiven) {
  Population population = read_population(support::parameters(), 2024);
  const Luck luck{.seed = 3};
  constexpr std::uint32_t count = 20'000;
  const auto found = [&] {
    QuintileShares shares{};
    for (std::uint32_t n = 0; n < count; ++n) {
      const Resident who = draw_resident(population, luck.stream(Decision::resident, n));
      shares[who.deprivation - 1U] += 1.0 / count;
    }
    return shares;
  };
  for (const double share : found()) EXPECT_NEAR(share, 0.2, 0.0127);  // 4.5 standard errors
  population.deprivation = {0, 0.1, 0.2, 0.3, 0.4};
  const QuintileShares shares = found();
  EXPECT_EQ(shares[0], 0);
  for (std::size_t q = 1; q < quintile_count; ++q) {
    EXPECT_NEAR(shares[q], 0.1 * static_cast<double>(q), 0.0156);
  }
}

/// Two communes of an EPCI, one of them known to the richer tables.
TEST(Deprivation, ComesFromTheScenarioElseFromTheTablesElseIsEven) {
  TerritoryData data;
  Epci epci{"200000001", "Three", "CC", {}};
  for (const char* code : {"01001", "01002", "01003"}) {
    Commune commune;
    commune.code = commune.name = code;
    commune.departement = "01";
    commune.region = "84";
    commune.epci = epci.siren;
    commune.population = 1000;
    epci.members.push_back(commune.code);
    data.communes.push_back(commune);
  }
  data.epci.push_back(epci);
  const Territory territory(data);
  const fs::path folder = fs::path(testing::TempDir()) / "maillage_deprivation_test";
  fs::create_directories(folder);
  std::ofstream(folder / "communes.csv")
      << "code,lon,lat,part_75plus,fedi,pmun2012,pmun2017,pmun2022\n"
         "01001,,,,9,,,\n01002,,,,-9,,,\n";
  std::ofstream(folder / "communes_soins.csv")
      << "code,apl_mg_2023,medecin_generaliste,infirmier,masseur_kinesitherapeute,"
         "chirurgien_dentiste,sage_femme,pedicure_podologue,pharmacie\n";

  scenario::Scenario scenario = support::scenario_of({support::strategy()});
  scenario.commune = "01001";
  scenario.populations = {{"01002", 500, "a test", {0.5, 0.2, 0.1, 0.1, 0.1}}};
  const CatchmentMap with = describe_catchment(scenario, territory, folder);
  const CatchmentMap without = describe_catchment(scenario, territory, std::nullopt);
  fs::remove_all(folder);

  EXPECT_EQ(with.communes()[0].population.deprivation, quintile_shares(9, of_the_library()));
  EXPECT_EQ(without.communes()[0].population.deprivation, even_quintiles);
  const QuintileShares given{0.5, 0.2, 0.1, 0.1, 0.1};
  EXPECT_EQ(with.communes()[1].population.deprivation, given);
  EXPECT_EQ(without.communes()[1].population.deprivation, given);
  EXPECT_EQ(with.communes()[2].population.deprivation, even_quintiles) << "not in the tables";
}

}  // namespace
}  // namespace world
