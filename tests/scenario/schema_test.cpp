// The JSON Schemas that editors use say the same as the tables that the reader uses.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "folders.hpp"
#include "scenario/format.hpp"

namespace scenario {
namespace {

using format::Key;
using format::Kind;
using nlohmann::json;

json schema(const std::string& name) {
  return json::parse(contents(project_folder / "scenarios" / (name + ".schema.json")));
}

void expect_bound(const json& property, const char* bound, double limit) {
  if (std::isinf(limit))
    EXPECT_FALSE(property.contains(bound)) << property;
  else
    EXPECT_EQ(property.at(bound), limit) << property;
}

void expect_property_says(const json& property, const Key& key) {
  SCOPED_TRACE(std::string(key.name));
  EXPECT_FALSE(property.at("description").get<std::string>().empty());
  switch (key.kind) {
    case Kind::text:
      EXPECT_EQ(property.at("type"), "string");
      EXPECT_EQ(property.at("minLength"), 1);
      EXPECT_EQ(property.contains("enum"), !key.choices.empty());
      if (!key.choices.empty()) {
        EXPECT_EQ(property.at("enum"),
                  json(std::vector<std::string>(key.choices.begin(), key.choices.end())));
      }
      break;
    case Kind::whole_number:
    case Kind::number:
      EXPECT_EQ(property.at("type"), key.kind == Kind::number ? "number" : "integer");
      expect_bound(property, "minimum", key.low);
      expect_bound(property, "maximum", key.high);
      break;
    case Kind::boolean:
      EXPECT_EQ(property.at("type"), "boolean");
      break;
    case Kind::date:
      EXPECT_EQ(property.at("type"), "string");
      EXPECT_EQ(property.at("format"), "date");
      break;
    case Kind::texts:
      EXPECT_EQ(property.at("items").at("type"), "string");
      EXPECT_EQ(property.at("minItems"), key.low);
      EXPECT_EQ(property.at("maxItems"), key.high);
      break;
    case Kind::numbers:
      EXPECT_EQ(property.at("items").at("type"), "number");
      expect_bound(property.at("items"), "minimum", key.low);
      expect_bound(property.at("items"), "maximum", key.high);
      break;
    case Kind::table:
      EXPECT_EQ(property.at("type"), "object");
      break;
    case Kind::tables:
      EXPECT_EQ(property.at("items").at("type"), "object");
      break;
  }
}

void expect_section_says(const json& section, std::span<const Key> keys) {
  std::set<std::string> names;
  std::set<std::string> required;
  for (const Key& key : keys) {
    names.emplace(key.name);
    if (key.required) required.emplace(key.name);
    ASSERT_TRUE(section.at("properties").contains(key.name)) << key.name;
    expect_property_says(section.at("properties").at(key.name), key);
  }
  std::set<std::string> described;
  for (const auto& property : section.at("properties").items()) described.insert(property.key());
  EXPECT_EQ(described, names);
  EXPECT_EQ(section.value("required", std::set<std::string>()), required);
}

TEST(ScenarioSchema, HasTheKeysKindsAndRangesOfTheReader) {
  const json file = schema("scenario");
  const json& sections = file.at("properties");
  expect_section_says(file, format::scenario_file);
  expect_section_says(sections.at("scenario"), format::scenario_section);
  expect_section_says(sections.at("territory"), format::territory_section);
  expect_section_says(sections.at("population").at("items"), format::population_section);
  expect_section_says(sections.at("supply").at("items"), format::supply_section);
  expect_section_says(sections.at("team"), format::team_section);
  expect_section_says(sections.at("municipality"), format::municipality_section);
  expect_section_says(sections.at("parameters").at("additionalProperties").at("oneOf").at(1),
                      format::parameter_table);
}

TEST(ScenarioSchema, RefusesOtherKeysEverywhereButAmongTheParameters) {
  for (const json& file : {schema("scenario"), schema("strategy")}) {
    EXPECT_EQ(file.at("additionalProperties"), false);
    for (const auto& property : file.at("properties").items()) {
      if (property.key() == "parameters" || property.value().at("type") == "string") continue;
      const json& section =
          property.value().contains("items") ? property.value().at("items") : property.value();
      EXPECT_EQ(section.at("additionalProperties"), false) << property.key();
    }
  }
}

TEST(ScenarioSchema, HasTheDefaultsOfTheType) {
  const json sections = schema("scenario").at("properties");
  const json& section = sections.at("scenario").at("properties");
  const Scenario defaults;
  EXPECT_EQ(section.at("years").at("default"), defaults.years);
  EXPECT_EQ(section.at("warm_up_months").at("default"), defaults.warm_up_months);
  EXPECT_EQ(section.at("seed").at("default"), defaults.seed);
  EXPECT_EQ(section.at("replications").at("default"), defaults.replications);
  EXPECT_EQ(sections.at("territory").at("properties").at("extent").at("default"),
            extent_names[static_cast<std::size_t>(defaults.extent)]);
}

TEST(StrategySchema, HasTheKeysKindsAndRangesOfTheReader) {
  const json file = schema("strategy");
  const json& action = file.at("properties").at("action").at("items");
  expect_section_says(file, format::strategy_file);
  expect_section_says(action, format::action_section);
  expect_section_says(action.at("properties").at("when"), format::when_table);
  const json& stop = file.at("properties").at("stop").at("items");
  expect_section_says(stop, format::stop_section);
  expect_section_says(stop.at("properties").at("when"), format::when_table);
}

TEST(StrategySchema, HasEveryLeverWithItsUnitRangeAndMeaning) {
  const json rules = schema("strategy").at("properties").at("action").at("items").at("allOf");
  std::size_t position = 0;
  for (const LeverDefinition& lever : lever_definitions) {
    const json& rule = rules.at(position++);
    EXPECT_EQ(rule.at("if").at("properties").at("lever").at("const"), lever.name);
    const json& then = rule.at("then").at("properties");
    EXPECT_EQ(then.at("unit").at("const"), lever.unit);
    EXPECT_EQ(then.at("amount").at("minimum"), lever.low);
    EXPECT_EQ(then.at("amount").at("maximum"), lever.high);
    EXPECT_EQ(then.at("amount").at("type"), comes_whole(lever) ? "integer" : "number");
    EXPECT_THAT(then.at("amount").at("description").get<std::string>(),
                testing::HasSubstr(std::string(lever.meaning)));
  }
}

TEST(Manual, NamesEveryKeyAndEveryLeverWithItsUnit) {
  const std::string manual = contents(project_folder / "docs/scenario-format.md");
  const auto expect_named = [&manual](std::span<const Key> keys) {
    for (const Key& key : keys)
      EXPECT_THAT(manual, testing::HasSubstr(fmt::format("`{}`", key.name)));
  };
  expect_named(format::scenario_section);
  expect_named(format::territory_section);
  expect_named(format::population_section);
  expect_named(format::supply_section);
  expect_named(format::team_section);
  expect_named(format::municipality_section);
  expect_named(format::action_section);
  expect_named(format::stop_section);
  expect_named(format::when_table);
  for (const LeverDefinition& lever : lever_definitions)
    EXPECT_THAT(manual,
                testing::ContainsRegex(fmt::format("`{}`[^\n]*{}", lever.name, lever.unit)));
  for (const std::string_view stage : team_stage_names)
    EXPECT_THAT(manual, testing::HasSubstr(fmt::format("`{}`", stage)));
}

}  // namespace
}  // namespace scenario
