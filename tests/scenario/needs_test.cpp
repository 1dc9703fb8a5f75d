#include "scenario/needs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenario/folders.hpp"

namespace scenario {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view header =
    "id,title,profession,access,rate,share,share_ill,sex,illness_ratio,sessions,interval,urgent,"
    "patience,patience_urgent,substitutes,unmet\n";
constexpr std::string_view a_gp_need =
    "any,Any,gp,direct,gp_needs,rest,rest,all,,,,never,rent_m2,,,\n";

NeedTable read(const std::string& rows) {
  const TemporaryFolder folder;
  const auto parameters = ParameterTable::read(tests_folder / "library/parameters.csv");
  return NeedTable::read(folder.write("needs.csv", std::string(header) + rows), parameters);
}

std::string complaint(const std::string& rows) {
  return complaint_of([&] { read(rows); });
}

TEST(NeedTable, ReadsARowWithEverything) {
  const NeedTable table =
      read(std::string(a_gp_need) +
           "foot_care,Foot care,podiatrist,referral,0: none; 15: rent_m2; 65: room_m2,,,women,"
           "team_effect,rent_m2,room_m2,team_effect,rent_m2,room_m2,midwife; nurse@team,"
           "emergency; prevention\n");
  ASSERT_EQ(table.rows.size(), 2U);
  const NeedRow& row = table.rows[1];
  EXPECT_EQ(need_professions[row.profession], "podiatrist");
  EXPECT_TRUE(row.by_referral);
  EXPECT_TRUE(row.women_only);
  EXPECT_THAT(row.rate, ElementsAre(NeedRow::Stratum{0, ""}, NeedRow::Stratum{15, "rent_m2"},
                                    NeedRow::Stratum{65, "room_m2"}));
  EXPECT_THAT(row.substitutes,
              ElementsAre(NeedRow::Substitute{5, false}, NeedRow::Substitute{1, true}));
  EXPECT_EQ(row.urgent_share, "team_effect");
  EXPECT_TRUE(row.emergency);
  EXPECT_FALSE(row.follow_up);
  EXPECT_TRUE(row.prevention);
}

TEST(NeedTable, NamesFileLineValueAndRemedy) {
  EXPECT_THAT(complaint("any,Any,gp,direct,gp_needs,rest,rest,all,,,,never,rent_m22,,,\n"),
              AllOf(HasSubstr("needs.csv:2: patience = \"rent_m22\" (must be the id of a "
                              "parameter); did you mean \"rent_m2\"?")));
  EXPECT_THAT(complaint(std::string(a_gp_need) +
                        "x,X,dentits,direct,0: rent_m2,,,all,,,,never,rent_m2,,,\n"),
              AllOf(HasSubstr("needs.csv:3: profession = \"dentits\" (must be one of gp, nurse"),
                    HasSubstr("did you mean \"dentist\"?")));
  EXPECT_THAT(complaint(std::string(a_gp_need) +
                        "x,X,dentist,direct,0: rent_m2,,,all,,,,often,rent_m2,rent_m2,,\n"),
              HasSubstr("urgent = \"often\" (must be always, never or the id of a parameter"));
}

TEST(NeedTable, ReportsEveryProblemAtOnce) {
  const std::string said =
      complaint("x,,gp,somehow,0: rent_m2,,,both,,rent_m2,,always,,,gp,nothing\n");
  for (const char* part :
       {"title = \"\"", "access = \"somehow\" (must be direct or referral)",
        "rate = \"0: rent_m2\" (must be gp_needs", "sex = \"both\" (must be all or women)",
        "interval = \"\" (must be there with sessions", "patience_urgent = \"\"",
        "substitutes = \"gp\" (must not be the profession first contacted)",
        "unmet = \"nothing\""}) {
    EXPECT_THAT(said, HasSubstr(part));
  }
}

TEST(NeedTable, WantsRisingAgesOneRestAndIdsThatDiffer) {
  EXPECT_THAT(complaint(std::string(a_gp_need) +
                        "x,X,nurse,direct,65: rent_m2; 0: rent_m2,,,all,,,,never,rent_m2,,,\n"),
              HasSubstr("rising ages"));
  EXPECT_THAT(complaint(std::string(a_gp_need) + std::string(a_gp_need)),
              AllOf(HasSubstr("needs.csv:3: id = \"any\" (is there already, on line 2)"),
                    HasSubstr("has 2 needs for a gp with the share rest (must be one")));
  EXPECT_THAT(complaint(""), HasSubstr("has 0 needs for a gp with the share rest"));
}

TEST(NeedTable, RefusesForANeedForAGpWhatNoLawReads) {
  const std::string said = complaint(
      "any,Any,gp,direct,gp_needs,rest,rest,women,rent_m2,room_m2,rent_m2,never,"
      "rent_m2,,,\n");
  for (const char* part :
       {"sex = \"women\" (must be all", "illness_ratio = \"rent_m2\" (must be empty",
        "sessions = \"room_m2\" (must be empty"}) {
    EXPECT_THAT(said, HasSubstr(part));
  }
}

TEST(Scenario, TakesItsOwnTableOfNeeds) {
  const Scenario scenario = read_scenario(tests_folder / "valid/own_table.toml", small_library());
  ASSERT_EQ(scenario.needs.rows.size(), 2U);
  EXPECT_EQ(scenario.needs.rows[1].id, "foot_care");
}

}  // namespace
}  // namespace scenario
