// Every strategy and every case of the library is valid and runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "scenario/read_strategy.hpp"
#include "tests/support/small_world.hpp"

namespace {

namespace fs = std::filesystem;
using record::Indicator;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The scenario of each case has the name of its folder; what stands beside it is no scenario.
std::vector<fs::path> scenarios_in(const fs::path& folder) {
  std::vector<fs::path> files = files_in(folder);
  files.erase(
      std::remove_if(files.begin(), files.end(),
                     [](const fs::path& f) { return f.stem() != f.parent_path().filename(); }),
      files.end());
  return files;
}

std::string stem(const testing::TestParamInfo<fs::path>& test) { return test.param.stem(); }

scenario::Strategy library_strategy(const fs::path& file) {
  scenario::Problems problems;
  scenario::Strategy strategy =
      scenario::read_strategy(scenario::read_toml(file), std::nullopt, problems);
  problems.throw_if_any();
  strategy.name = file.stem();
  return strategy;
}

class LibraryStrategy : public testing::TestWithParam<fs::path> {};

TEST_P(LibraryStrategy, IsValidHasATitleInBothLanguagesAndRuns) {
  const scenario::Strategy strategy = library_strategy(GetParam());
  EXPECT_FALSE(strategy.title.empty());
  EXPECT_FALSE(strategy.title_fr.empty());
  auto scenario = support::scenario_of({support::strategy(), strategy}, 8);
  scenario.parameters =
      support::parameters_with({{"gp_install_2022", 20'000}, {"team_formation_base", 0.5}});
  const auto runs =
      support::play(support::experiment_of(scenario, {{1500, {3, 3, 2, 1}}, {700, {1, 1, 1, 0}}}));
  EXPECT_EQ(support::same_numbers(runs[0], runs[1]), strategy.actions.empty())
      << "a strategy that acts changes something";
  EXPECT_EQ(runs[1].ledger.empty(), strategy.actions.empty()) << "and costs something";
}

INSTANTIATE_TEST_SUITE_P(Files, LibraryStrategy,
                         testing::ValuesIn(files_in(support::library() / "strategies")), stem);

class LibraryCase : public testing::TestWithParam<fs::path> {};

TEST_P(LibraryCase, IsValidAndSaysWhereItsFiguresComeFrom) {
  scenario::ReadOptions options;
  options.library = support::library();
  const scenario::Scenario scenario = scenario::read_scenario(GetParam(), options);
  EXPECT_GE(scenario.strategies.size(), 2U);
  EXPECT_FALSE(scenario.supplies.empty()) << "who practised there";
  for (const auto& supply : scenario.supplies) EXPECT_FALSE(supply.source.empty());
  for (const auto& population : scenario.populations) EXPECT_FALSE(population.source.empty());
  EXPECT_TRUE(fs::exists(support::library().parent_path() / "docs" / "cases" /
                         (GetParam().stem().string() + ".md")))
      << "each case has its page";
}

INSTANTIATE_TEST_SUITE_P(Files, LibraryCase,
                         testing::ValuesIn(scenarios_in(support::library() / "cases")), stem);

}  // namespace
