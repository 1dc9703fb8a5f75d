#include "care/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "care/need.hpp"
#include "tests/support/small_world.hpp"
#include "world/build_world.hpp"
#include "world/territory.hpp"

namespace care {
namespace {

namespace fs = std::filesystem;
using scenario::ParameterTable;

/// One commune of every size that the table tells apart, all in one EPCI.
world::Territory communes_of_each_size() {
  world::TerritoryData data;
  world::Epci epci{"200000001", "All Sizes", "CC", {}};
  const std::vector<std::uint32_t> sizes{300, 700, 1'500, 3'000, 7'000, 20'000, 60'000};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    world::Commune commune;
    commune.code = "0100" + std::to_string(i + 1);
    commune.name = "Commune of " + std::to_string(sizes[i]);
    commune.departement = "01";
    commune.region = "84";
    commune.epci = epci.siren;
    commune.population = sizes[i];
    commune.position = {500'000 + 10'000 * static_cast<std::int32_t>(i), 4'600'000};
    commune.location = world::Location::located;
    epci.members.push_back(commune.code);
    data.communes.push_back(commune);
  }
  data.vintage = "made up for a test";
  data.epci.push_back(epci);
  return world::Territory(data);
}

/// Reads everything that a run reads of the table.
void read_all(const ParameterTable& table) {
  static const world::Territory territory = communes_of_each_size();
  read_parameters(table);
  NeedCatalogue(support::needs(), table);
  world::read_population(table, 2024);
  world::read_professional_population(table);
  scenario::Scenario scenario = support::scenario_of({support::strategy()});
  scenario.commune = "01001";
  scenario.parameters = table;
  world::describe_catchment(scenario, territory, std::nullopt);
  table.value("discount_rate");  // by the analysis, from the table that the results carry
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// A folder of this test alone, gone with it.
class Scratch {
 public:
  Scratch() : folder_(fs::path(testing::TempDir()) / "maillage_parameters_test") {
    fs::create_directories(folder_);
  }
  ~Scratch() { fs::remove_all(folder_); }
  fs::path file(const std::string& name) const { return folder_ / name; }

 private:
  fs::path folder_;
};

TEST(ParameterTable, HasEveryRowThatTheModelReads) {
  EXPECT_NO_THROW(read_all(support::parameters()));
}

/// A row that nobody reads is a number that a user can change without any effect: a lie. Without
/// any one row the model must miss it, and name it.
TEST(ParameterTable, HasNoRowThatTheModelDoesNotRead) {
  const std::vector<std::string> lines = lines_of(support::library() / "parameters.csv");
  ASSERT_EQ(lines.size(), support::parameters().rows().size() + 1) << "one row a line";
  const Scratch scratch;
  std::set<std::string> unread;
  for (std::size_t row = 1; row < lines.size(); ++row) {
    const std::string& id = support::parameters().rows()[row - 1].id;
    {
      std::ofstream without(scratch.file("without.csv"));
      for (std::size_t line = 0; line < lines.size(); ++line) {
        if (line != row) without << lines[line] << '\n';
      }
    }
    try {
      read_all(ParameterTable::read(scratch.file("without.csv")));
      unread.insert(id);
    } catch (const scenario::Invalid& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr(id));
    }
  }
  EXPECT_THAT(unread, testing::IsEmpty());
}

TEST(UncertainMonths, ReadTheRangeAsThe5thTo95thPercentile) {
  const UncertainMonths building = read_parameters(support::parameters()).municipal.building;
  const scenario::Parameter& row = *support::parameters().find("time_build");
  EXPECT_EQ(building.median, row.value);
  EXPECT_NEAR(building.sigma, std::log(row.high / row.low) / 3.289707253902945, 1e-14);
}

TEST(Parameters, TakeTheValueThatAScenarioSets) {
  ParameterTable table = support::parameters();
  table.set("isolation_ratio", 2.25, "a test");
  table.set("loan_rate", 0.04, "a test");
  EXPECT_EQ(read_parameters(table).departure.isolation_ratio, 2.25);
  EXPECT_EQ(read_parameters(table).municipal.loan_rate, 0.04);
}

}  // namespace
}  // namespace care
