// The inputs of a run as JSON: exact, complete, and what two runs differ in.
#include "experiment/inputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "experiment/input_difference.hpp"
#include "tests/support/small_world.hpp"
#include "world/territory.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using scenario::Scenario;
using testing::HasSubstr;

/// What a results file of this scenario keeps.
record::Provenance kept(const Scenario& scenario, const world::CatchmentMap& map) {
  return Experiment(scenario, map).block(0, {}).provenance;
}

/// Everything but the number of replications comes back as it was.
void expect_round_trip(const Scenario& scenario, const world::CatchmentMap& map) {
  const record::Provenance provenance = kept(scenario, map);
  Inputs again = read_inputs(provenance, "a.h5");
  again.scenario.replications = scenario.replications;
  EXPECT_EQ(again.scenario, scenario);
  EXPECT_EQ(again.map, map);
  EXPECT_EQ(kept(again.scenario, again.map), provenance);
}

std::vector<fs::path> scenarios() {
  std::vector<fs::path> files;
  for (const char* folder : {"cases", "teaching"}) {
    for (const auto& entry : fs::recursive_directory_iterator(support::library() / folder)) {
      const fs::path& file = entry.path();
      if (file.extension() == ".toml" && file.parent_path().filename() != "strategies" &&
          file.filename() != "facts.toml")
        files.push_back(file);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class InputsOf : public testing::TestWithParam<fs::path> {};

TEST_P(InputsOf, TheLibraryComeBackAsTheyWere) {
  static const world::Territory territory = world::Territory::read(MAILLAGE_TERRITORY_FILE);
  scenario::ReadOptions options;
  options.library = support::library();
  options.overrides.parameters = {{"rent_m2", "8.123456789"}};
  const Scenario scenario = scenario::read_scenario(GetParam(), options);
  const world::CatchmentMap map = world::describe_catchment(scenario, territory, std::nullopt);
  expect_round_trip(scenario, map);
  const ordered_json json = ordered_json::parse(inputs_json(scenario, map));
  EXPECT_FALSE(json.at("determines").contains("minutes")) << "they follow from the positions";
}

INSTANTIATE_TEST_SUITE_P(All, InputsOf, testing::ValuesIn(scenarios()),
                         [](const auto& test) { return test.param.stem().string(); });

/// A scenario in which no field is as by default. A field that is added does not compile here until
/// it has a value.
Scenario full_scenario() {
  scenario::Action action;
  {
    auto& [lever, amount, when, profession] = action;
    lever = scenario::Lever::salaried_posts;
    amount = 0.1 + 0.2;
    profession = 3;
    auto& [from_day, until_day, stage, stage_below, professionals_at_least, rooms_short_at_least,
           building_open, rooms_empty_at_least, self_employed_gps_below, without_gp_share_at_least,
           wait_days_at_least, renounced_share_at_least] = when;
    from_day = 31;
    until_day = 4000;
    stage = scenario::TeamStage::nucleus;
    stage_below = scenario::TeamStage::funded;
    professionals_at_least = 2;
    rooms_short_at_least = 3;
    building_open = true;
    rooms_empty_at_least = 4;
    self_employed_gps_below = 5;
    without_gp_share_at_least = 1.0 / 3;
    wait_days_at_least = DBL_MIN / 2;
    renounced_share_at_least = -0.0;
  }
  scenario::Stop stop;
  {
    auto& [lever, when] = stop;
    lever = scenario::Lever::partnership;
    when = action.when;
  }
  scenario::Strategy strategy;
  {
    auto& [name, title, title_fr, actions, stops] = strategy;
    name = "acts";
    title = "It \"acts\"";
    title_fr = "Elle agit ; l'été";
    actions = {action, {scenario::Lever::build, 12, {}}};
    stops = {stop};
  }
  Scenario scenario;
  auto& [name, title, start, years, warm_up_months, seed, replications, commune, epci, extent,
         populations, supplies, stage, yearly_budget, strategies, baseline, parameters, needs,
         text] = scenario;
  name = "full";
  title = "Full";
  start = std::chrono::sys_days{std::chrono::year{2019} / 2 / 28};
  years = 3;
  warm_up_months = 5;
  seed = 0xFFFF'FFFF'FFFF'FFFF;
  replications = 7;
  commune = "00000";
  epci = "200000000";
  extent = scenario::Extent::commune;
  populations = {{"00000", 1234, "a census", {0.1, 0.2, 0.3, 0.2, 0.2}}};
  supplies.resize(1);
  {
    auto& [where, complete, count, ages, source] = supplies.front();
    where = "00000";
    complete = true;
    count[1] = 2;
    ages[1] = {30.5, 61};
    source = "a count";
  }
  stage = scenario::TeamStage::drafted;
  yearly_budget = 123456.789;
  strategies = {support::strategy({}, "nothing"), strategy};
  baseline = 1;
  parameters = support::parameters_with({{"rent_m2", 1e300}});
  needs = support::needs();
  text = "# as read\n";
  return scenario;
}

/// Two communes of which no field is as by default, with travel times that no position gives.
world::CatchmentMap full_map(const Scenario& scenario) {
  std::vector<world::CatchmentCommune> communes(2);
  for (std::size_t c = 0; c < communes.size(); ++c) {
    auto& [code, name, residents, position, population, supply] = communes[c];
    code = "0000" + std::to_string(c);
    name = "L'Île " + std::to_string(c);
    residents = 1000;
    position = {-323913, 4776373};
    population =
        world::with_share_75_plus(world::read_population(scenario.parameters, 2019), 0.1 + 0.02);
    population.deprivation = {0.1, 0.2, 0.3, 0.1 + 0.2, 0.1};
    for (auto& [count, given, ages] : supply) {
      count = 1.0 / 3;
      given = c == 0;
      ages = {25, 1.0 / 7};
    }
  }
  return {communes, {5, 10.000000000000002, 11, 1e-9}, world::CommuneId{1}, "a note\n"};
}

TEST(Inputs, ComeBackToTheLastBitWhateverTheFields) {
  const Scenario scenario = full_scenario();
  expect_round_trip(scenario, full_map(scenario));
}

TEST(Inputs, OfATableWithValuesThatNoScenarioMaySetComeBack) {
  Scenario scenario = support::short_of_gps({support::strategy(support::every_lever())});
  expect_round_trip(scenario, support::map_of({{100}, {200, {1, 2, 1, 0}, false}}));
}

TEST(Inputs, HaveNoKeyThatTheManualDoesNotExplain) {
  std::ifstream page(support::library() / ".." / "docs" / "reproduce.md");
  const std::string manual{std::istreambuf_iterator<char>(page), {}};
  const Scenario scenario = full_scenario();
  const ordered_json determines =
      ordered_json::parse(inputs_json(scenario, full_map(scenario))).at("determines");
  const ordered_json& commune = determines.at("communes").at(0);
  for (const ordered_json& section : {determines, commune}) {
    for (const auto& [key, value] : section.items())
      EXPECT_THAT(manual, HasSubstr('`' + key + '`'));
  }
}

TEST(Inputs, KeepTheSignOfZero) {
  const Scenario scenario = full_scenario();
  const Inputs again = read_inputs(kept(scenario, full_map(scenario)), "a.h5");
  EXPECT_TRUE(std::signbit(*again.scenario.strategies[1].actions[0].when.renounced_share_at_least));
}

TEST(Inputs, RefuseResidentsThatTheParametersDoNotGive) {
  const Scenario scenario = support::scenario_of({support::strategy()});
  const Scenario other = [&] {
    Scenario changed = scenario;
    changed.parameters.set("births_rate", 20, "a test");
    return changed;
  }();
  EXPECT_THROW(inputs_json(scenario, support::map_of({{100}}, other.parameters)),
               std::invalid_argument);
}

// ---------------------------------------------------------------------------------------------
// What a file of another version may hold

/// A file whose inputs were changed by hand.
template <class Change>
record::Provenance changed(const Change& change) {
  const Scenario scenario = full_scenario();
  record::Provenance provenance = kept(scenario, full_map(scenario));
  ordered_json json = ordered_json::parse(provenance.inputs_json);
  change(json["determines"]);
  provenance.inputs_json = json.dump();
  return provenance;
}

void expect_refusal(const record::Provenance& provenance, const std::string& why) {
  try {
    read_inputs(provenance, "old.h5");
    ADD_FAILURE() << "not refused: " << why;
  } catch (const scenario::Invalid& refusal) {
    EXPECT_THAT(refusal.what(), testing::StartsWith("old.h5: "));
    EXPECT_THAT(refusal.what(), HasSubstr(why));
  }
}

TEST(Inputs, ThatAFileDoesNotTellAreMissed) {
  expect_refusal(record::Provenance{}, "does not tell its inputs");
}

TEST(Inputs, ThatThisVersionDoesNotKnowAreNamed) {
  expect_refusal(
      changed([](ordered_json& d) { d["strategies"][1]["actions"][0]["lever"] = "fly"; }),
      "no lever fly");
  expect_refusal(changed([](ordered_json& d) { d["team_stage"] = "dreamt"; }), "dreamt");
  expect_refusal(changed([](ordered_json& d) { d["weather"] = "fine"; }), "weather: fine -> none");
  expect_refusal(
      changed([](ordered_json& d) { d["strategies"][1]["actions"][1]["when"]["rain_days"] = 3; }),
      "strategies.acts.actions[1].when: {\"rain_days\":3} -> none");
  expect_refusal(changed([](ordered_json& d) { d["parameters"]["rent_m2"] = 3; }),
                 "parameters.rent_m2: 3 -> 1e+300");
  expect_refusal(changed([](ordered_json& d) { d.erase("seed"); }), "seed");
  expect_refusal(changed([](ordered_json& d) { d["minutes"].erase(0); }), "travel time");
  expect_refusal(changed([](ordered_json& d) { d["communes"] = ordered_json::array(); }),
                 "no commune acts");
  record::Provenance cut = changed([](ordered_json&) {});
  cut.inputs_json.resize(cut.inputs_json.size() / 2);
  expect_refusal(cut, "does not know");
  record::Provenance without_table = changed([](ordered_json&) {});
  without_table.parameters_csv.clear();
  EXPECT_THROW(read_inputs(without_table, "old.h5"), scenario::Invalid);
}

TEST(Inputs, OfAnotherVersionThatAreKnownAreRead) {
  const record::Provenance provenance = changed([](ordered_json& d) { d["version"] = "9.9.9"; });
  EXPECT_EQ(read_inputs(provenance, "new.h5").scenario.years, full_scenario().years);
}

// ---------------------------------------------------------------------------------------------
// The run key

/// The key of the full scenario after a change of the scenario or of the territory.
std::string key_after(const std::function<void(Scenario&)>& change_scenario,
                      const std::function<void(world::CatchmentCommune&)>& change_commune = {}) {
  Scenario scenario = full_scenario();
  const world::CatchmentMap map = full_map(scenario);
  std::vector<world::CatchmentCommune> communes = map.communes();
  if (change_commune) change_commune(communes[0]);
  if (change_scenario) change_scenario(scenario);
  return run_key(inputs_json(
      scenario, {communes, {5, 10.000000000000002, 11, 1e-9}, map.focus(), map.notes()}));
}

TEST(InputsKey, StaysWhatItIsWhenOnlyLabelsChange) {
  const std::string plain = key_after({});
  const auto expect_same = [&](const std::function<void(Scenario&)>& change) {
    EXPECT_EQ(key_after(change), plain);
  };
  expect_same([](Scenario& s) { s.name = "renamed"; });
  expect_same([](Scenario& s) { s.title = "Renamed"; });
  expect_same([](Scenario& s) { s.text += "# a remark\n"; });
  expect_same([](Scenario& s) { s.replications = 1000; });
  expect_same([](Scenario& s) { s.strategies[1].title = "Renamed"; });
  expect_same([](Scenario& s) { s.strategies[1].title_fr = "Rebaptisée"; });
  expect_same([](Scenario& s) { s.supplies[0].source = "another count"; });
  expect_same([](Scenario& s) { s.needs.rows[0].title = "Renamed"; });
  expect_same([](Scenario& s) { s.needs.text += "\n"; });
  expect_same([](Scenario& s) { s.parameters.set("rent_m2", 1e300, "somebody else"); });
  EXPECT_EQ(key_after({}, [](auto& commune) { commune.name = "Renamed"; }), plain);
}

TEST(InputsKey, ChangesWithWhateverDeterminesANumber) {
  std::set<std::string> keys{key_after({})};
  std::size_t changes = 1;
  const auto add = [&](const std::string& key) {
    EXPECT_TRUE(keys.insert(key).second) << "change " << changes;
    ++changes;
  };
  const auto change = [&](const std::function<void(Scenario&)>& edit) { add(key_after(edit)); };
  const auto change_commune = [&](const std::function<void(world::CatchmentCommune&)>& edit) {
    add(key_after({}, edit));
  };
  change([](Scenario& s) { s.years = 4; });
  change([](Scenario& s) { s.start += std::chrono::days{1}; });
  change([](Scenario& s) { s.warm_up_months = 6; });
  change([](Scenario& s) { s.seed -= 1; });
  change([](Scenario& s) { s.baseline = 0; });  // the digest has it
  change([](Scenario& s) { s.team_stage = scenario::TeamStage::none; });
  change([](Scenario& s) { s.yearly_budget.reset(); });
  change([](Scenario& s) { *s.yearly_budget += 0.001; });
  change([](Scenario& s) { std::swap(s.strategies[0], s.strategies[1]); });
  change([](Scenario& s) { s.strategies[1].name = "another"; });
  change([](Scenario& s) { s.strategies[1].actions[0].profession = 0; });
  change([](Scenario& s) { s.strategies[1].actions[0].amount = 0.3; });
  change([](Scenario& s) { s.strategies[1].actions[0].when.from_day = 0; });
  change([](Scenario& s) { s.strategies[1].stops.clear(); });
  change([](Scenario& s) { s.parameters.set("rent_m2", 9, "a test"); });
  change([](Scenario& s) { std::swap(s.needs.rows[0], s.needs.rows[1]); });
  change([](Scenario& s) { s.needs.rows[0].patience = "another"; });
  change_commune([](auto& c) { c.code = "99999"; });
  change_commune([](auto& c) { c.residents = 999; });
  change_commune([](auto& c) { c.position.reset(); });
  change_commune([](auto& c) { c.population.deprivation[4] = 0.2; });
  change_commune([](auto& c) { c.population.share[0] += 1e-12; });
  change_commune([](auto& c) { c.supply[2].count = 0.3; });
  change_commune([](auto& c) { c.supply[2].given = false; });
  change_commune([](auto& c) { c.supply[2].ages = {}; });
  EXPECT_EQ(keys.size(), 26U);
}

// ---------------------------------------------------------------------------------------------
// The difference

std::string difference_after(const std::function<void(Scenario&)>& change,
                             analysis::Language language = analysis::Language::en) {
  Scenario scenario = full_scenario();
  const world::CatchmentMap map = full_map(scenario);
  const std::string before = inputs_json(scenario, map);
  change(scenario);
  return difference(before, inputs_json(scenario, map), language);
}

TEST(InputDifference, IsNothingBetweenEqualInputs) {
  EXPECT_EQ(difference_after([](Scenario&) {}), "");
  EXPECT_EQ(difference_after([](Scenario& s) { s.strategies[0].title = "Renamed"; }), "");
}

TEST(InputDifference, NamesWhatChangedAsItIsWritten) {
  EXPECT_EQ(difference_after([](Scenario& s) {
              s.years = 10;
              s.start = std::chrono::sys_days{std::chrono::year{2019} / 3 / 1};
              s.parameters.set("rent_m2", 6.5, "a test");
            }),
            "  start: 2019-02-28 -> 2019-03-01\n"
            "  years: 3 -> 10\n"
            "  parameters.rent_m2: 1e+300 -> 6.5");
}

TEST(InputDifference, FollowsAStrategyByItsNameAndSaysWhereItStands) {
  EXPECT_EQ(difference_after([](Scenario& s) {
              s.strategies[1].actions[1].amount = 8;
              s.strategies[1].actions[1].when.building_open = false;
              s.strategies[1].stops[0].when.from_day = 365;
            }),
            "  strategies.acts.actions[1].amount: 12 -> 8\n"
            "  strategies.acts.actions[1].when: none -> {\"building_open\":false}\n"
            "  strategies.acts.stops[0].when.from_day: 31 -> 365");
  EXPECT_EQ(difference_after([](Scenario& s) { std::swap(s.strategies[0], s.strategies[1]); }),
            "  baseline: acts -> nothing\n"
            "  strategies: nothing, acts -> acts, nothing");
  EXPECT_EQ(difference_after([](Scenario& s) { s.strategies[1].actions.pop_back(); }),
            "  strategies.acts.actions[1]: {\"lever\":\"build\",\"amount\":12.0} -> none");
}

TEST(InputDifference, IsInTheLanguageOfTheUser) {
  EXPECT_EQ(difference_after([](Scenario& s) { s.yearly_budget.reset(); }, analysis::Language::fr),
            "  yearly_budget: 123456.789 -> rien");
}

TEST(InputDifference, StopsAfterTwelveLines) {
  const std::string all = difference_after([](Scenario& s) {
    for (int i = 0; i < 20; ++i)
      s.strategies[1].actions.push_back({scenario::Lever::build, 1.0 + i, {}});
  });
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 12);
  EXPECT_THAT(all, testing::EndsWith("\n  and 8 more"));
}

TEST(InputDifference, CutsALongValueBetweenTwoLetters) {
  const std::string text = difference_after([](Scenario& s) {
    s.strategies.push_back(support::strategy({}, std::string(50, 'n') + "ééééééééé"));
  });
  EXPECT_THAT(text, HasSubstr("none -> {\"name\":"));
  EXPECT_THAT(text, testing::EndsWith("..."));
  EXPECT_NO_THROW(ordered_json(text).dump()) << "it is UTF-8";
}

}  // namespace
}  // namespace experiment
