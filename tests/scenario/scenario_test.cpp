#include "scenario/scenario.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "folders.hpp"

namespace scenario {
namespace {

using std::chrono::year;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

Scenario read_valid(const std::string& name, const Overrides& overrides = {}) {
  ReadOptions options = small_library();
  options.overrides = overrides;
  return read_scenario(tests_folder / "valid" / name, options);
}

std::string complaint_with(const Overrides& overrides) {
  return complaint_of([&] { read_valid("full.toml", overrides); });
}

std::vector<std::string> names_of(const std::vector<Strategy>& strategies) {
  std::vector<std::string> names;
  for (const Strategy& strategy : strategies) names.push_back(strategy.name);
  return names;
}

TEST(Scenario, EveryFieldOfTheFileArrives) {
  const Scenario scenario = read_valid("full.toml");
  EXPECT_EQ(scenario.name, "full");
  EXPECT_EQ(scenario.title, "Kervignac, 2016-2025");
  EXPECT_EQ(scenario.start, std::chrono::sys_days(year(2016) / 1 / 1));
  EXPECT_EQ(scenario.years, 12);
  EXPECT_EQ(scenario.warm_up_months, 6);
  EXPECT_EQ(scenario.seed, 42U);
  EXPECT_EQ(scenario.replications, 100);
  EXPECT_THAT(names_of(scenario.strategies), ElementsAre("do_nothing", "patient", "team_first"));
  EXPECT_EQ(scenario.baseline, 2U);
  EXPECT_EQ(scenario.commune, "56094");
  EXPECT_EQ(scenario.epci, "");
  EXPECT_EQ(scenario.extent, Extent::commune);
  EXPECT_THAT(scenario.populations,
              ElementsAre(Population{"56094", 6596, "Insee, population municipale 2017"},
                          Population{"2A004", 69'075, "Insee"}));
  ASSERT_EQ(scenario.supplies.size(), 1U);
  const Supply& supply = scenario.supplies[0];
  EXPECT_EQ(supply.commune, "56094");
  EXPECT_TRUE(supply.complete);
  EXPECT_EQ(supply.count[0], 5);
  EXPECT_EQ(supply.count[1], 5);
  EXPECT_EQ(supply.count[2], std::nullopt);
  EXPECT_EQ(supply.count[3], 0);
  EXPECT_EQ(supply.count[13], 2);
  EXPECT_THAT(supply.ages[0], ElementsAre(64, 62.5, 60, 52, 41));
  EXPECT_THAT(supply.ages[1], IsEmpty());
  EXPECT_EQ(supply.source, "Town hall");
  EXPECT_EQ(scenario.team_stage, TeamStage::recognised);
  EXPECT_EQ(scenario.yearly_budget, 150'000);
}

TEST(Scenario, WhatIsLeftOutHasTheDefaultsOfTheType) {
  const Scenario scenario = read_valid("least.toml");
  const Scenario defaults;
  EXPECT_EQ(scenario.years, defaults.years);
  EXPECT_EQ(scenario.warm_up_months, defaults.warm_up_months);
  EXPECT_EQ(scenario.seed, defaults.seed);
  EXPECT_EQ(scenario.replications, defaults.replications);
  EXPECT_EQ(scenario.extent, Extent::epci);
  EXPECT_EQ(scenario.team_stage, TeamStage::none);
  EXPECT_EQ(scenario.yearly_budget, std::nullopt);
  EXPECT_EQ(scenario.baseline, 0U);
  EXPECT_EQ(scenario.epci, "245600440");
  EXPECT_EQ(scenario.commune, "");
  EXPECT_EQ(scenario.parameters, ParameterTable::read(tests_folder / "library/parameters.csv"));
}

TEST(Scenario, ReadTwiceIsTheSameValue) {
  EXPECT_EQ(read_valid("full.toml"), read_valid("full.toml"));
  EXPECT_NE(read_valid("full.toml"), read_valid("least.toml"));
}

TEST(Scenario, ActionsArriveWithTheirConditions) {
  const Scenario scenario = read_valid("full.toml");
  EXPECT_THAT(scenario.strategies[0].actions, IsEmpty());
  const Strategy& patient = scenario.strategies[1];
  EXPECT_EQ(patient.title, "Patience");
  ASSERT_EQ(patient.actions.size(), 2U);
  Condition dated;
  dated.from_day = 11 * 365 + 3;  // to 2027-01-01: 2016, 2020 and 2024 are leap years
  dated.until_day = 12 * 365 + 3;
  EXPECT_EQ(patient.actions[0], (Action{Lever::partnership, 1, dated}));
  Condition observed;
  observed.from_day = 548;  // 1.5 x 365.25 = 547.875
  observed.team_stage = TeamStage::nucleus;
  observed.team_stage_below = TeamStage::funded;
  observed.professionals_at_least = 8;
  observed.rooms_short_at_least = 2;
  observed.building_open = false;
  EXPECT_EQ(patient.actions[1], (Action{Lever::federation_support, 0.25, observed}));
  Stop stop{Lever::federation_support, {}};
  stop.when.from_day = 2192;  // 6 x 365.25 = 2191.5
  stop.when.rooms_empty_at_least = 3;
  stop.when.self_employed_gps_below = 5;
  stop.when.without_gp_share_at_least = 0.1;
  stop.when.wait_days_at_least = 4.5;
  stop.when.renounced_share_at_least = 0.02;
  EXPECT_THAT(patient.stops, ElementsAre(stop));
  EXPECT_EQ(scenario.strategies[2].actions[0].when.until_day, 1096);  // 3 x 365.25 = 1095.75
}

TEST(Scenario, ParametersOfTheFileReplaceTheTablesAndSaySo) {
  const Scenario scenario = read_valid("full.toml");
  EXPECT_EQ(scenario.parameters.value("rent_m2"), 9);
  EXPECT_EQ(scenario.parameters.value("room_m2"), 24.5);
  EXPECT_EQ(scenario.parameters.find("room_m2")->set_by, "full.toml");
  EXPECT_EQ(scenario.parameters.find("team_effect")->set_by, "parameters.csv");
}

TEST(Scenario, ItsOwnTableAndItsOwnStrategiesAreFoundFromItsFolder) {
  const Scenario scenario = read_valid("own_table.toml");
  ASSERT_EQ(scenario.parameters.rows().size(), 1U);
  EXPECT_EQ(scenario.parameters.value("only_one"), 1);
  EXPECT_THAT(names_of(scenario.strategies), ElementsAre("patient", "do_nothing"));
}

TEST(Scenario, AStrategyBesideItWinsOverTheLibrarys) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "strategies");
  folder.write("strategies/do_nothing.toml", "title = \"Another nothing\"\n");
  const auto file = folder.write("s.toml", contents(tests_folder / "valid/least.toml"));
  EXPECT_EQ(read_scenario(file, small_library()).strategies[0].title, "Another nothing");
}

TEST(Scenario, TheTextIsEverythingThatWasRead) {
  Overrides overrides;
  overrides.years = 5;
  overrides.parameters = {{"rent_m2", "8"}};
  const std::string text = read_valid("full.toml", overrides).text;
  const auto section = [](const std::string& name, const std::string& path) {
    return "# --- " + name + " ---\n" + contents(tests_folder / path);
  };
  EXPECT_EQ(text, section("full.toml", "valid/full.toml") +
                      section("needs.csv", "library/needs.csv") +
                      section("strategies/do_nothing.toml", "library/strategies/do_nothing.toml") +
                      section("strategies/patient.toml", "valid/strategies/patient.toml") +
                      section("strategies/team_first.toml", "library/strategies/team_first.toml") +
                      "# --- command line ---\n# --years 5\n# --set rent_m2=8\n");
}

TEST(Overrides, WinOverTheFile) {
  Overrides overrides;
  overrides.years = 3;
  overrides.replications = 7;
  overrides.seed = 18'446'744'073'709'551'615U;
  overrides.parameters = {{"rent_m2", "8.5"}};
  const Scenario scenario = read_valid("full.toml", overrides);
  EXPECT_EQ(scenario.years, 3);
  EXPECT_EQ(scenario.replications, 7);
  EXPECT_EQ(scenario.seed, 18'446'744'073'709'551'615U);
  EXPECT_EQ(scenario.parameters.value("rent_m2"), 8.5);
  EXPECT_EQ(scenario.parameters.find("rent_m2")->set_by, "--set rent_m2=8.5");
  EXPECT_EQ(scenario.parameters.value("room_m2"), 24.5);
}

TEST(Overrides, StrategiesTakeThePlaceOfTheFilesAndTheBaselineFollows) {
  Overrides overrides;
  overrides.strategies = {"building_first", "team_first"};
  const Scenario kept = read_valid("full.toml", overrides);
  EXPECT_THAT(names_of(kept.strategies), ElementsAre("building_first", "team_first"));
  EXPECT_EQ(kept.baseline, 1U);  // the file's baseline is among them
  overrides.strategies = {"building_first", "do_nothing"};
  EXPECT_EQ(read_valid("full.toml", overrides).baseline, 0U);  // it is not
  overrides.strategies = {(tests_folder / "valid/strategies/patient.toml").string()};
  EXPECT_THAT(names_of(read_valid("full.toml", overrides).strategies), ElementsAre("patient"));
}

TEST(Overrides, AreHeldToTheSameRulesAndNamedAsTheOption) {
  Overrides overrides;
  overrides.years = 60;
  overrides.replications = 0;
  overrides.strategies = {"team_first", "team_frist", "team_first"};
  overrides.parameters = {{"rent_m2", "abc"},
                          {"rent_m3", "9"},
                          {"room_m2", "24,5"},
                          {"room_m2", "24"},
                          {"team_effect", "2"}};
  EXPECT_EQ(
      complaint_with(overrides),
      "Invalid\n"
      "--years 60: years = 60 (must be a whole number from 1 to 50)\n"
      "--replications 0: replications = 0 (must be a whole number from 1 to 1000000)\n"
      "--strategy team_first: strategy = \"team_first\" (must not be there twice)\n"
      "--set rent_m2=abc: rent_m2 = \"abc\" (must be a number in EUR/m2/month, with a point "
      "before the decimals)\n"
      "--set rent_m3=9: rent_m3 = 9 (there is no such parameter); did you mean \"rent_m2\"?\n"
      "--set room_m2=24,5: room_m2 = \"24,5\" (must be a number in m2, with a point before "
      "the decimals)\n"
      "--set room_m2=24: room_m2 is set twice\n"
      "--set team_effect=2: team_effect = 2 (must be from -0.2 to 1 utility, the range in "
      "the parameter table; source: assumption)\n"
      "--strategy team_frist: strategy = \"team_frist\" (there is no such strategy; there are "
      "building_first, do_nothing, patient, team_first); did you mean \"team_first\"?");
}

TEST(Overrides, NoMoreStrategiesThanAFileMayHave) {
  Overrides overrides;
  for (int i = 0; i < 65; ++i) overrides.strategies.push_back(fmt::format("s{}", i));
  EXPECT_THAT(complaint_with(overrides),
              HasSubstr("--strategy: is there 65 times (must be at most 64)"));
}

TEST(Codes, AreCheckedAgainstTheReferenceDataOnceTheirFormIsRight) {
  ReadOptions options = small_library();
  std::vector<std::string> asked;
  options.check_commune = [&asked](std::string_view code) -> std::optional<std::string> {
    asked.emplace_back(code);
    if (code == "2A004") return "is no commune of 2025; did you mean \"2A005\"?";
    return std::nullopt;
  };
  EXPECT_THAT(
      complaint_of([&] { read_scenario(tests_folder / "valid/full.toml", options); }),
      HasSubstr("full.toml:22:11: commune = \"2A004\" (is no commune of 2025; did you mean"));
  EXPECT_THAT(asked, ElementsAre("56094", "56094", "2A004", "56094"));
  asked.clear();
  complaint_of([&] { read_scenario(tests_folder / "broken/commune_of_wrong_form.toml", options); });
  EXPECT_THAT(asked, IsEmpty());
}

TEST(Codes, AreNotLookedUpAnyMoreWhenTwentyThingsAreWrong) {
  const TemporaryFolder folder;
  std::string text = contents(tests_folder / "valid/least.toml");
  for (int code = 1000; code < 1100; ++code)
    text += fmt::format("[[population]]\ncommune = \"9{}\"\nresidents = 1\nsource = \"x\"\n", code);
  ReadOptions options = small_library();
  int asked = 0;
  options.check_commune = [&asked](std::string_view) {
    ++asked;
    return std::optional<std::string>("is no commune");
  };
  const std::string complaint =
      complaint_of([&] { read_scenario(folder.write("many.toml", text), options); });
  EXPECT_EQ(asked, 20);
  EXPECT_THAT(complaint, HasSubstr("commune = \"91019\" (is no commune)"));
}

TEST(Codes, AnEpciIsCheckedToo) {
  ReadOptions options = small_library();
  options.check_epci = [](std::string_view) { return std::optional<std::string>("is no EPCI"); };
  EXPECT_THAT(complaint_of([&] { read_scenario(tests_folder / "valid/least.toml", options); }),
              HasSubstr("least.toml:6:8: epci = \"245600440\" (is no EPCI)"));
}

TEST(Complaints, HoldNoControlCharacterOfTheFile) {
  const TemporaryFolder folder;
  const std::string text =
      "\"\\u001b[2Jseed\" = 1\n[scenario]\ntitle = \"\\u0007\"\nyears = \"\\u001b[31m\"\n";
  const std::string complaint =
      complaint_of([&] { read_scenario(folder.write("colours.toml", text), small_library()); });
  EXPECT_THAT(complaint, HasSubstr("years = \" [31m\" (must be a whole number"));
  EXPECT_THAT(complaint, Not(HasSubstr("\x1b")));
}

TEST(ScenarioFile, ThatIsNotThereIsNamedWithItsNeighbours) {
  EXPECT_THAT(
      complaint_of([] { read_valid("ful.toml"); }),
      AllOf(StartsWith("InputMissing\n"),
            HasSubstr("valid/ful.toml: there is no such file; did you mean \"full.toml\"?")));
}

TEST(ScenarioFile, WithoutAParameterTableInTheLibraryNamesIt) {
  const TemporaryFolder folder;
  ReadOptions options;
  options.library = folder.path();
  EXPECT_THAT(
      complaint_of([&] { read_scenario(tests_folder / "valid/least.toml", options); }),
      AllOf(StartsWith("InputMissing\n"), HasSubstr("parameters.csv: there is no such file")));
}

TEST(ScenarioFile, WithThousandsOfMistakesIsAnsweredInTime) {
  const TemporaryFolder folder;
  std::string text = contents(tests_folder / "valid/least.toml") + "[parameters]\n";
  for (int i = 0; i < 15'000; ++i) text += fmt::format("rent_{} = 1\n", i);
  const auto file = folder.write("wrong.toml", text);
  std::string complaint;
  EXPECT_LT(processor_seconds(
                [&] { complaint = complaint_of([&] { read_scenario(file, small_library()); }); }),
            5);
  EXPECT_THAT(complaint, AllOf(StartsWith("Invalid\n"), HasSubstr("more than 1000 problems")));
}

TEST(Library, EveryScenarioAndStrategyOfTheProjectIsValid) {
  ReadOptions options;
  options.library = project_folder / "scenarios";
  std::size_t scenarios = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.library)) {
    const std::filesystem::path& file = entry.path();
    if (file.extension() != ".toml" || file.stem() == "facts") continue;
    const bool is_strategy = file.parent_path().filename() == "strategies";
    options.overrides.strategies.clear();
    if (is_strategy) options.overrides.strategies = {file.string()};
    const auto scenario = is_strategy ? tests_folder / "valid/least.toml" : file;
    EXPECT_EQ(complaint_of([&] { read_scenario(scenario, options); }), "") << file;
    ++scenarios;
  }
  EXPECT_GE(scenarios, 3U);
}

TEST(Problems, AreSortedByLineWithinTheFilesInTheirOrder) {
  Problems problems;
  problems.add({"b.toml", 9, 1, "third"});
  problems.add({"a.toml", 1, 1, "fourth"});
  problems.add({"b.toml", 2, 7, "second"});
  problems.add({"b.toml", 2, 5, "first"});
  EXPECT_EQ(
      complaint_of([&] { problems.throw_if_any(); }),
      "Invalid\nb.toml:2:5: first\nb.toml:2:7: second\nb.toml:9:1: third\na.toml:1:1: fourth");
  EXPECT_EQ(complaint_of([] { Problems().throw_if_any(); }), "");
}

}  // namespace
}  // namespace scenario
