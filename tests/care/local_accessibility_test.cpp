#include "care/local_accessibility.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "pdes/stream.hpp"
#include "scenario/csv.hpp"
#include "tests/support/small_world.hpp"
#include "world/territory_tables.hpp"

namespace care {
namespace {

using Reaches = std::vector<std::vector<Reach>>;

TEST(LocalAccessibility, OfThreeVillagesIsWhatIsComputedByHand) {
  // A and B are 12 minutes apart, B and C 18, A and C out of reach. GPs practise in A and C.
  //   R_A = 3000 / (1000 + 0.67 x 500) = 3000 / 1335,   R_C = 1650 / (500 + 0.33 x 500) = 1650 /
  //   665
  const Reaches reach{{{0, 1}, {1, 0.67}}, {{0, 0.67}, {1, 1}, {2, 0.33}}, {{1, 0.33}, {2, 1}}};
  const std::vector<double> offered{3000, 0, 1650}, residents{1000, 500, 500};
  const std::vector<double> found = local_accessibility(offered, residents, reach);
  EXPECT_NEAR(found[0], 2.247191, 1e-6);
  EXPECT_NEAR(found[1], 0.67 * 2.247191 + 0.33 * 2.481203, 1e-6);
  EXPECT_NEAR(found[2], 2.481203, 1e-6);
}

TEST(LocalAccessibility, SharesOutAllThatIsOnOfferAndNoMore) {
  pdes::Stream stream({.seed = 11});
  constexpr std::size_t places = 30;
  const AccessibilityParameters p = read_parameters(support::parameters()).accessibility;
  Reaches reach(places);
  std::vector<double> offered, residents, at;
  for (std::size_t i = 0; i < places; ++i) {
    at.push_back(60 * stream.uniform());
    offered.push_back(i % 3 == 0 ? 5000 * stream.uniform() : 0);
    residents.push_back(1 + 2000 * stream.uniform());
  }
  for (std::uint32_t i = 0; i < places; ++i) {
    for (std::uint32_t j = 0; j < places; ++j) {
      const double weight = accessibility_weight(std::abs(at[i] - at[j]), p);
      if (weight > 0) reach[i].push_back({j, weight});
    }
  }
  const std::vector<double> found = local_accessibility(offered, residents, reach);
  const double shared = std::inner_product(found.begin(), found.end(), residents.begin(), 0.0);
  EXPECT_NEAR(shared, std::accumulate(offered.begin(), offered.end(), 0.0), 1e-6);
}

TEST(LocalAccessibility, FallsByStepsWithTravelTime) {
  const AccessibilityParameters p = read_parameters(support::parameters()).accessibility;
  EXPECT_EQ(accessibility_weight(0, p), 1);
  EXPECT_EQ(accessibility_weight(10, p), 1);
  EXPECT_EQ(accessibility_weight(15, p), 0.67);
  EXPECT_EQ(accessibility_weight(20, p), 0.33);
  EXPECT_EQ(accessibility_weight(20.01, p), 0);
}

TEST(LocalAccessibility, OfACatchmentIsItsOfferPerStandardisedResident) {
  auto scenario = support::scenario_of({support::strategy()}, 1);
  const auto run =
      support::play(support::experiment_of(scenario, {{3000, {3, 1, 1, 1}}, {1000, {0, 0, 0, 0}}}))
          .front();
  const auto& found = run.recorder.series(record::Indicator::local_accessibility);
  const auto& gps = run.recorder.series(record::Indicator::gps);
  const auto& residents = run.recorder.series(record::Indicator::residents);
  const double acts = support::parameters().value("gp_acts_per_year");
  for (std::size_t month = 0; month < found.size(); ++month) {
    if (gps[month] == 0) {
      EXPECT_EQ(found[month], 0);
      continue;
    }
    const double per_gp = found[month] * residents[month] / gps[month];
    EXPECT_GT(per_gp, acts / 3);
    EXPECT_LT(per_gp, acts * 3) << "activity varies about a mean of 1";
  }
}

/// Pearson's correlation of two columns, weighted.
double correlation(const std::vector<double>& a, const std::vector<double>& b,
                   const std::vector<double>& weight) {
  double all = 0, mean_a = 0, mean_b = 0, aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    all += weight[i], mean_a += weight[i] * a[i], mean_b += weight[i] * b[i];
  }
  mean_a /= all, mean_b /= all;
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += weight[i] * (a[i] - mean_a) * (a[i] - mean_a);
    bb += weight[i] * (b[i] - mean_b) * (b[i] - mean_b);
    ab += weight[i] * (a[i] - mean_a) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

/// The nine values below which a tenth, two tenths, ... of all people live.
std::vector<double> deciles_of(const std::vector<double>& values,
                               const std::vector<double>& people) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const double all = std::accumulate(people.begin(), people.end(), 0.0);
  std::vector<double> deciles;
  double below = 0;
  for (const std::size_t i : order) {
    below += people[i];
    while (deciles.size() < 9 && below >= static_cast<double>(deciles.size() + 1) / 10 * all) {
      deciles.push_back(values[i]);
    }
  }
  return deciles;
}

/// Every commune of France with places of practice and centres from the tables, by our travel
/// times, against the published APL of 2023. One commune is one point: in large cities, of which
/// the tables know one centre, the method cannot see districts.
TEST(LocalAccessibility, OfTheCommunesOfFranceFollowsThePublishedOne) {
  const char* folder = std::getenv("MAILLAGE_DATA");
  if (folder == nullptr || !std::filesystem::exists(std::filesystem::path(folder) / "communes.csv"))
    GTEST_SKIP() << "set MAILLAGE_DATA to the folder of communes.csv and communes_soins.csv";
  const auto csv = scenario::read_csv(std::filesystem::path(folder) / "communes.csv");
  std::vector<std::string> codes;
  for (std::size_t row = 0; row < csv.size(); ++row)
    codes.emplace_back(csv.cell(row, *csv.column("code")));
  const auto tables = world::read_commune_tables(folder, codes);

  const scenario::ParameterTable& table = support::parameters();
  const Parameters p = read_parameters(table);
  const world::TravelParameters travel{
      table.value("travel_detour_factor"), table.value("travel_speed"),
      table.value("travel_access_minutes"), table.value("travel_within_commune_minutes")};
  const world::Population france = world::read_population(table, 2023);

  std::vector<world::Commune> communes;
  std::vector<double> offered, residents, published, people;
  for (const auto& [code, rich] : tables) {
    if (!rich.centre || !rich.apl_gp_2023 || !rich.population_2022) continue;
    const bool mainland = code < "97" && code.substr(0, 2) != "2A" && code.substr(0, 2) != "2B";
    if (!mainland) continue;
    world::Commune commune;
    commune.code = code;
    commune.location = world::Location::located;
    commune.position = *rich.centre;
    communes.push_back(commune);
    const auto places = rich.places[world::index(world::Profession::gp)].value_or(0);
    offered.push_back(static_cast<double>(places) * table.value("places_to_persons_gp") *
                      p.books[0].acts_per_year);
    const world::Population here =
        rich.share_75_plus ? world::with_share_75_plus(france, *rich.share_75_plus) : france;
    double contacts = 0;
    for (std::size_t band = 0; band < world::age_bands; ++band)
      contacts += here.share[band] * p.need.contacts_per_year[band];
    people.push_back(static_cast<double>(*rich.population_2022));
    residents.push_back(people.back() * contacts / p.accessibility.mean_contacts);
    published.push_back(*rich.apl_gp_2023);
  }

  // Communes within 20 minutes lie in the same cell of a quarter of a degree or in one beside it.
  const auto cell = [](const world::Commune& commune) {
    constexpr double quarter = 25'000;  // positions count steps of 1e-5 degree
    return std::pair{static_cast<int>(std::floor(commune.position.lon / quarter)),
                     static_cast<int>(std::floor(commune.position.lat / quarter))};
  };
  std::map<std::pair<int, int>, std::vector<std::uint32_t>> cells;
  for (std::uint32_t i = 0; i < communes.size(); ++i) cells[cell(communes[i])].push_back(i);
  Reaches reach(communes.size());
  for (std::uint32_t i = 0; i < communes.size(); ++i) {
    const auto [x, y] = cell(communes[i]);
    for (int dx = -1; dx <= 1; ++dx) {
      for (int dy = -1; dy <= 1; ++dy) {
        const auto near = cells.find({x + dx, y + dy});
        if (near == cells.end()) continue;
        for (const std::uint32_t j : near->second) {
          const double minutes = i == j ? travel.within_commune_minutes
                                        : world::travel_minutes(communes[i], communes[j], travel);
          const double weight = accessibility_weight(minutes, p.accessibility);
          if (weight > 0) reach[i].push_back({j, weight});
        }
      }
    }
  }

  const std::vector<double> found = local_accessibility(offered, residents, reach);
  double all = 0, mean_found = 0, mean_published = 0, error = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    all += people[i];
    mean_found += people[i] * found[i];
    mean_published += people[i] * published[i];
    error += people[i] * std::abs(found[i] - published[i]);
  }
  const double r = correlation(found, published, people);
  std::cout << found.size() << " communes, weighted by residents: correlation " << r << ", mean "
            << mean_found / all << " against " << mean_published / all
            << " published, mean absolute error " << error / all << ", correlation by commune "
            << correlation(found, published, std::vector<double>(found.size(), 1)) << "\n";
  const std::vector<double> deciles = deciles_of(found, people);
  const std::vector<double> deciles_published = deciles_of(published, people);
  for (std::size_t k = 0; k < deciles.size(); ++k) {
    std::cout << "decile " << k + 1 << ": " << deciles[k] << " against " << deciles_published[k]
              << " published\n";
    EXPECT_NEAR(deciles[k], deciles_published[k], 1.5) << "decile " << k + 1;
  }
  EXPECT_GT(found.size(), 30'000U);
  EXPECT_GT(r, 0.6);
  EXPECT_NEAR(mean_found / all, mean_published / all, 1.0);
}

}  // namespace
}  // namespace care
