// No law knows a strategy or an organisation: their names stand in data, and where data are read.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/strategy.hpp"

namespace {

namespace fs = std::filesystem;

/// Organisations of primary care, as words of an identifier. What a lever brings (a walk-in unit, a
/// coordinator) is a resource, not an organisation.
constexpr std::array<std::string_view, 15> organisations{
    "asalee", "cds",  "cms",           "cpts",           "esp",
    "ess",    "msp",  "maison",        "secpa",          "sisa",
    "aci",    "chsp", "health_centre", "medical_centre", "community_centre"};

std::vector<std::string> forbidden_names() {
  std::vector<std::string> names(organisations.begin(), organisations.end());
  const fs::path strategies = fs::path(MAILLAGE_SOURCE_SCENARIOS) / "strategies";
  for (const auto& file : fs::directory_iterator(strategies)) {
    if (file.path().extension() == ".toml") names.push_back(file.path().stem());
  }
  return names;
}

/// The names that a source file speaks of, in comments apart: `TeamFirst` is `team_first`, and a
/// lever's own name is nobody's.
std::vector<std::string> names_found_in(const std::string& source) {
  std::string code = std::regex_replace(source, std::regex("//[^\n]*"), "");
  code = std::regex_replace(code, std::regex("([a-z0-9])([A-Z])"), "$1_$2");
  std::transform(code.begin(), code.end(), code.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const scenario::LeverDefinition& lever : scenario::lever_definitions) {
    code = std::regex_replace(code, std::regex("\\b" + std::string(lever.name) + "\\b"), "");
  }
  std::vector<std::string> found;
  for (const std::string& name : forbidden_names()) {
    if (std::regex_search(code, std::regex("(^|[^a-z0-9])" + name + "([^a-z0-9]|$)"))) {
      found.push_back(name);
    }
  }
  return found;
}

TEST(NamesFound, AreThoseInCodeAndInTextButNotThoseInComments) {
  EXPECT_EQ(names_found_in("if (strategy.name == \"team_first\") ++luck;"),
            std::vector<std::string>{"team_first"});
  EXPECT_EQ(names_found_in("bool isTeamFirst();"), std::vector<std::string>{"team_first"});
  EXPECT_EQ(names_found_in("double msp_bonus = 2;"), std::vector<std::string>{"msp"});
  EXPECT_TRUE(names_found_in("/// Parameter `msp_gp_mean`, of team_first and others.\n").empty());
  EXPECT_TRUE(names_found_in("double espresso, decision_message, mspace;").empty());
}

/// Every source of sim/care but parameters.cpp, where the ids of parameters are read.
TEST(Laws, KnowNoStrategyAndNoOrganisationByName) {
  int sources = 0;
  const fs::path care = fs::path(MAILLAGE_SOURCE_SCENARIOS).parent_path() / "sim" / "care";
  for (const auto& file : fs::directory_iterator(care)) {
    const std::string extension = file.path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    if (file.path().filename() == "parameters.cpp") continue;
    ++sources;
    std::ostringstream text;
    text << std::ifstream(file.path(), std::ios::binary).rdbuf();
    const std::vector<std::string> found = names_found_in(text.str());
    EXPECT_TRUE(found.empty()) << file.path() << " knows " << (found.empty() ? "" : found.front());
    EXPECT_FALSE(std::regex_search(text.str(), std::regex("strategy(_->|\\.)(name|title)")))
        << file.path() << " reads what is there for the reader of results only";
  }
  EXPECT_GT(sources, 20);
}

}  // namespace
