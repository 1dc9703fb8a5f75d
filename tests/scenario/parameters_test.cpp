#include "scenario/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "folders.hpp"
#include "scenario/csv.hpp"

namespace scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ParameterTable example() { return ParameterTable::read(tests_folder / "library/parameters.csv"); }

TEST(ParameterTable, KeepsEveryColumnAndTheOrderOfTheFile) {
  const ParameterTable table = example();
  std::vector<std::string> ids;
  for (const Parameter& row : table.rows()) ids.push_back(row.id);
  EXPECT_THAT(ids, ElementsAre("rent_m2", "room_m2", "gp_retirement_mean_age", "team_effect",
                               "contacts_18_39"));
  const Parameter expected{.id = "rent_m2",
                           .group = "finance",
                           .name = "Monthly rent of a room, per square metre",
                           .stratum = "building",
                           .value = 10,
                           .low = 4,
                           .high = 20,
                           .unit = "EUR/m2/month",
                           .year = 2022,
                           .source = "Example rents, table 2",
                           .confidence = 'B',
                           .note = "a number of the tests",
                           .set_by = "parameters.csv"};
  EXPECT_EQ(table.rows()[0], expected);
  EXPECT_EQ(table.rows()[3].note, "not measured;\ncalibrated");
}

TEST(ParameterTable, FindsByIdAndOnlyByTheWholeId) {
  const ParameterTable table = example();
  for (const Parameter& row : table.rows()) EXPECT_EQ(table.find(row.id), &row);
  EXPECT_EQ(table.find("rent"), nullptr);
  EXPECT_EQ(table.find("rent_m2_"), nullptr);
  EXPECT_EQ(table.find(""), nullptr);
  EXPECT_EQ(table.value("team_effect"), 0.4);
}

TEST(ParameterTable, ALawThatAsksForAParameterThatIsNotThereHearsItsName) {
  try {
    example().value("weather");
    FAIL() << "found the weather";
  } catch (const Invalid& error) {
    EXPECT_THAT(error.what(), HasSubstr("weather"));
  }
}

TEST(ParameterTable, AValueThatIsSetSaysWhoSetIt) {
  ParameterTable table = example();
  const ParameterTable before = table;
  table.set("rent_m2", 9.25, "--set rent_m2=9.25");
  EXPECT_EQ(table.value("rent_m2"), 9.25);
  EXPECT_EQ(table.find("rent_m2")->set_by, "--set rent_m2=9.25");
  EXPECT_EQ(table.value("room_m2"), before.value("room_m2"));
  EXPECT_NE(table, before);
}

TEST(ParameterTable, ObjectsToValuesOutsideTheRangeOnly) {
  const ParameterTable table = example();
  const Parameter& rent = *table.find("rent_m2");
  EXPECT_EQ(ParameterTable::objection(rent, 4), std::nullopt);
  EXPECT_EQ(ParameterTable::objection(rent, 20), std::nullopt);
  EXPECT_THAT(*ParameterTable::objection(rent, 3.999), HasSubstr("from 4 to 20 EUR/m2/month"));
  EXPECT_THAT(*ParameterTable::objection(rent, 20.001), HasSubstr("Example rents, table 2"));
  EXPECT_NE(ParameterTable::objection(rent, std::numeric_limits<double>::quiet_NaN()),
            std::nullopt);
}

TEST(ParameterTable, WrittenOutItReadsBackWithEveryValue) {
  ParameterTable table = example();
  table.set("team_effect", 0.1 + 0.2, "a, \"quoted\" option");
  const std::string text = table.to_csv();
  const CsvTable csv = parse_csv(text, "");
  EXPECT_EQ(csv.cell(3, *csv.column("set_by")), "a, \"quoted\" option");
  const TemporaryFolder folder;
  const ParameterTable again = ParameterTable::read(folder.write("again.csv", text));
  ASSERT_EQ(again.rows().size(), table.rows().size());
  for (std::size_t i = 0; i < again.rows().size(); ++i) {
    Parameter expected = table.rows()[i];
    expected.set_by = "again.csv";
    EXPECT_EQ(again.rows()[i], expected);
  }
}

TEST(ParameterTable, SuggestsTheNearestIds) {
  EXPECT_THAT(example().suggestions("rent_m3"), ElementsAre("rent_m2"));
  EXPECT_THAT(example().suggestions("team_efect"), ElementsAre("team_effect"));
  EXPECT_THAT(example().suggestions("weather"), ElementsAre());
}

TEST(ParameterTable, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(
      complaint_of([] { ParameterTable::read(tests_folder / "library/parameter.csv"); }),
      testing::AllOf(testing::StartsWith("InputMissing\n"), HasSubstr("library/parameter.csv"),
                     HasSubstr("did you mean \"parameters.csv\"?")));
}

}  // namespace
}  // namespace scenario
