#include "analysis/export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/text_cells.hpp"
#include "record/results_file.hpp"
#include "tests/support/sample_results.hpp"

namespace analysis {
namespace {

using record::Indicator;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<std::vector<std::string>> rows_of(const Table& table) {
  std::ostringstream out;
  write_csv(table, out, CsvDialect::rfc4180);
  return read_csv(out.str());
}

const Table& named(const std::vector<Table>& tables, const std::string& key) {
  return *std::find_if(tables.begin(), tables.end(),
                       [&](const Table& table) { return table.key == key; });
}

/// The cells of a column, below its heading.
std::vector<std::string> column(const std::vector<std::vector<std::string>>& rows,
                                const std::string& name) {
  const auto at =
      static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
  std::vector<std::string> cells;
  for (std::size_t r = 1; r < rows.size(); ++r) cells.push_back(rows[r].at(at));
  return cells;
}

TEST(ExportYearly, ALastYearThatIsCutSaysHowManyMonthsItSumsUp) {
  const record::Results results = support::sample_results(2, 30);
  const auto tables = tables_of(results, Step::year, Language::en);
  const auto rows = rows_of(named(tables, "yearly"));
  ASSERT_EQ(rows.size(), 1U + 3 * 2 * 3);
  EXPECT_THAT(column(rows, "year"), testing::Contains("3").Times(6));
  EXPECT_EQ(column(rows, "months")[2], "6");
  EXPECT_EQ(column(rows, "start")[2], "2027-01-01");
  double births = 0;
  for (const double month : results.months_of(Indicator::births, 0, 0).last(6)) births += month;
  EXPECT_EQ(std::stod(column(rows, "births")[2]), births);
}

TEST(ExportYearly, AMissingMonthIsLeftOutOfALevelAndTakesAFlowAway) {
  record::Results results = support::sample_results(1, 24);
  auto waits = results.months_of(Indicator::wait_mean, 1, 0).first(12);
  std::fill(waits.begin(), waits.end(), missing);
  waits[3] = 2;
  waits[5] = 4;
  results.months_of(Indicator::births, 1, 0)[2] = missing;
  const auto rows = rows_of(named(tables_of(results, Step::year, Language::en), "yearly"));
  EXPECT_EQ(column(rows, "wait_mean")[2], "3");  // the first year of the second strategy
  EXPECT_EQ(column(rows, "births")[2], "");
  EXPECT_NE(column(rows, "births")[3], "");
}

TEST(ExportMonthly, AnEmptyCellIsAMissingNumber) {
  const record::Results results = support::sample_results(1, 12);
  const auto rows = rows_of(named(tables_of(results, Step::month, Language::en), "monthly"));
  EXPECT_EQ(column(rows, "wait_mean")[7], "");  // everybody is away in the eighth month
  EXPECT_EQ(column(rows, "gps")[7],
            std::to_string(static_cast<int>(results.months_of(Indicator::gps, 0, 0)[7])));
}

TEST(ExportCommunes, GivesEveryCommuneInEveryYearOfEveryRun) {
  record::Results results = support::sample_results(2, 24);
  for (const Table& table : tables_of(results, Step::month, Language::en))
    EXPECT_NE(table.key, "communes");  // nobody filled the panel
  results.communes = {{"01004", "Ambérieu-en-Bugey"}, {"2A004", "Ajaccio"}};
  for (std::size_t i = 0; i < record::commune_indicator_count; ++i)
    results.panel[i].assign(std::size_t{3} * 2 * 2 * 2, 0.1F * static_cast<float>(i + 1));
  const auto gps = results.communes_of(record::CommuneIndicator::gps, 2, 1);
  gps[2 * 1 + 0] = 7;  // Ambérieu in the second year
  gps[2 * 1 + 1] = static_cast<float>(missing);
  const auto rows = rows_of(named(tables_of(results, Step::month, Language::en), "communes"));
  ASSERT_EQ(rows.size(), 1U + 24);
  EXPECT_EQ(rows[0][5], "residents");
  EXPECT_THAT(rows[23], testing::ElementsAre("team_first", "1", "2", "01004", "Ambérieu-en-Bugey",
                                             "0.1", "0.2", "7"));
  EXPECT_THAT(rows[24],
              testing::ElementsAre("team_first", "1", "2", "2A004", "Ajaccio", "0.1", "0.2", ""));
}

TEST(ExportTables, ReplicationsHaveTheirOwnNumbers) {
  record::Results results = support::sample_results(2, 12);
  results.replication_numbers = {3, 8};  // of a run of which some are missing
  results.planned = 10;
  results.provenance.parameters_csv = "id,value\ndiscount_rate,0.03\n";
  const auto tables = tables_of(results, Step::year, Language::en);
  EXPECT_THAT(column(rows_of(named(tables, "yearly")), "replication"),
              testing::ElementsAre("3", "8", "3", "8", "3", "8"));
  const auto costs = read_csv(psa_draws(results, 0).front().text);
  EXPECT_EQ(costs[1][0], "3");
  EXPECT_EQ(costs[2][0], "8");
}

TEST(ExportTables, MoneyIsWrittenToTheCent) {
  record::Results results = support::sample_results(1, 12);
  results.ledger.resize(3);
  results.ledger[0].cents = 5;
  results.ledger[1].cents = 123'456'789'012'345;
  results.ledger[2].cents = 0;
  const auto rows = rows_of(named(tables_of(results, Step::month, Language::en), "ledger"));
  EXPECT_THAT(column(rows, "amount"), testing::ElementsAre("0.05", "1234567890123.45", "0.00"));
}

TEST(ExportTables, ALongTextIsCutBetweenItsLettersAndLosesNone) {
  record::Results results = support::sample_results(1, 12);
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "é";
  results.provenance.notes = text + "\nlast";
  const auto rows = rows_of(named(tables_of(results, Step::month, Language::en), "provenance"));
  std::string found;
  int pieces = 0;
  for (const auto& row : rows)
    if (row[0] == "notes" && row[2] != "last") {
      EXPECT_EQ(columns(row[2]) * 2, row[2].size());  // whole letters of two bytes
      found += row[2];
      ++pieces;
    }
  EXPECT_EQ(found, text);
  EXPECT_GT(pieces, 2);
}

TEST(ExportTables, TablesWithoutRowsHaveTheirHeading) {
  record::Results results = support::sample_results(1, 12);
  results.stays.clear();
  results.ledger.clear();
  const auto tables = tables_of(results, Step::month, Language::en);
  for (const char* key : {"stays", "ledger"}) {
    const auto rows = rows_of(named(tables, key));
    ASSERT_EQ(rows.size(), 1U) << key;
    EXPECT_EQ(rows[0][0], "strategy");
  }
}

TEST(CsvText, IsHarmlessAndWholeForEverySeparator) {
  EXPECT_EQ(csv_text("plain"), "plain");
  EXPECT_EQ(csv_text("a;b"), "\"a;b\"");
  EXPECT_EQ(csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_text("say \"so\""), "\"say \"\"so\"\"\"");
  for (const char* formula : {"=1", "+1", "-1", "@x", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF20x"})
    EXPECT_EQ(csv_text(formula), std::string("'").append(formula));
  EXPECT_EQ(csv_text("\n=1"), "\"'\n=1\"");
  EXPECT_EQ(csv_text("1=1"), "1=1");
}

TEST(PsaDraws, NeedADiscountRateAndEveryMonth) {
  record::Results results = support::sample_results(2, 12);
  EXPECT_THROW(psa_draws(results, 0), MissingDraws);
  results.provenance.parameters_csv = "id,value\ndiscount_rate,0.03\n";
  EXPECT_EQ(psa_draws(results, 0).size(), 6U);
  results.months_of(Indicator::professionals, 2, 1)[4] = missing;
  try {
    psa_draws(results, 0);
    FAIL();
  } catch (const MissingDraws& told) {
    EXPECT_THAT(told.what(), testing::HasSubstr("team_first"));
    EXPECT_THAT(told.what(), testing::HasSubstr("replication 1"));
  }
}

}  // namespace
}  // namespace analysis
