// Every file of broken/ is a scenario that is wrong, with the message it must lead to beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "folders.hpp"

namespace scenario {
namespace {

std::vector<std::string> broken_scenarios() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(tests_folder / "broken"))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// The text without every mention of the folder of the broken scenarios.
std::string without_folder(std::string text) {
  const std::string folder = (tests_folder / "broken").string() + "/";
  for (std::size_t at; (at = text.find(folder)) != std::string::npos;)
    text.erase(at, folder.size());
  return text;
}

class BrokenScenario : public testing::TestWithParam<std::string> {};

TEST_P(BrokenScenario, SaysWhatIsWrongAndWhereInLessThanASecond) {
  const auto file = tests_folder / "broken" / (GetParam() + ".toml");
  const auto golden = tests_folder / "broken" / (GetParam() + ".txt");
  std::string complaint;
  EXPECT_LT(processor_seconds(
                [&] { complaint = complaint_of([&] { read_scenario(file, small_library()); }); }),
            1);
  complaint = without_folder(complaint) + "\n";
  if (std::getenv("MAILLAGE_REFRESH") != nullptr) std::ofstream(golden) << complaint;
  EXPECT_EQ(complaint, contents(golden));
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenScenario, testing::ValuesIn(broken_scenarios()),
                         [](const auto& test) { return test.param; });

TEST(BrokenScenarios, AreManyAndEachHasItsMessage) {
  const std::vector<std::string> names = broken_scenarios();
  EXPECT_GE(names.size(), 30U);
  for (const std::string& name : names)
    EXPECT_THAT(contents(tests_folder / "broken" / (name + ".txt")),
                testing::MatchesRegex("(Invalid|InputMissing)\n(.|\n)+"))
        << name;
}

}  // namespace
}  // namespace scenario
