#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/retention.hpp"
#include "analysis/tables.hpp"
#include "analysis/text_cells.hpp"
#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string csv_of(const Comparison& comparison, CsvDialect dialect) {
  std::ostringstream out;
  write_csv(comparison, out, dialect);
  return out.str();
}

Comparison sample(const std::string& title = "Équipe; \"d'abord\",\nmurs ensuite") {
  auto truths = test::four_truths();
  truths[2].title = title;
  return compare(test::made_up_results(truths, 3, 24));
}

TEST(ReadCsv, ReadsQuotedCellsAndBothLineEnds) {
  EXPECT_THAT(read_csv("a,b\r\n\"x,\"\"y\"\"\nz\",\n"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("x,\"y\"\nz", "")));
  EXPECT_THAT(read_csv("\uFEFFa;b", ';'), ElementsAre(ElementsAre("a", "b")));
  EXPECT_TRUE(read_csv("").empty());
}

TEST(WriteCsv, ReadsBackTheSameInBothDialects) {
  const Comparison comparison = sample();
  const auto english = read_csv(csv_of(comparison, CsvDialect::rfc4180));
  const auto french = read_csv(csv_of(comparison, CsvDialect::french_excel), ';');
  ASSERT_GE(comparison.findings.size(), record::indicator_count / 2);
  ASSERT_EQ(english.size(), 1 + 4 * comparison.findings.size());
  ASSERT_EQ(french.size(), english.size());
  for (std::size_t r = 1; r < english.size(); ++r) {
    ASSERT_EQ(english[r].size(), english.front().size()) << r;
    ASSERT_EQ(french[r].size(), english[r].size()) << r;
    const Row& row = comparison.findings[(r - 1) / 4].rows[(r - 1) % 4];
    EXPECT_EQ(english[r][4], comparison.strategies[row.strategy].title);
    EXPECT_EQ(std::stod(english[r][8]), row.level.mean.value());  // to the last bit
    std::string point = french[r][8];
    std::replace(point.begin(), point.end(), ',', '.');
    EXPECT_EQ(point, english[r][8]);
    EXPECT_EQ(english[r][13].empty(), !row.difference);
  }
}

TEST(WriteCsv, FollowsTheCustomsOfItsReaders) {
  const Comparison comparison = sample();
  EXPECT_THAT(csv_of(comparison, CsvDialect::rfc4180), StartsWith("measure,label,unit,strategy,"));
  EXPECT_THAT(csv_of(comparison, CsvDialect::french_excel),
              StartsWith("\xEF\xBB\xBFmesure;libellé;unité;stratégie;"));
  EXPECT_THAT(csv_of(comparison, CsvDialect::french_excel), HasSubstr("médecin traitant"));
  EXPECT_THAT(csv_of(comparison, CsvDialect::rfc4180), HasSubstr("\r\n"));
}

TEST(WriteCsv, LetsNoTitleBecomeAFormula) {
  for (const char* title : {"=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
    for (const CsvDialect dialect : {CsvDialect::rfc4180, CsvDialect::french_excel}) {
      const char separator = dialect == CsvDialect::rfc4180 ? ',' : ';';
      const auto rows = read_csv(csv_of(sample(title), dialect), separator);
      for (std::size_t r = 1; r < rows.size(); ++r)
        for (std::size_t text = 0; text < 6; ++text)
          EXPECT_EQ(std::string_view("=+-@\t\r").find(rows[r][text].front()),
                    std::string_view::npos)
              << rows[r][text];
      EXPECT_EQ(rows[3][4], std::string("'").append(title));
    }
}

TEST(WriteCsv, LeavesNegativeNumbersNumbers) {
  const Comparison comparison = sample();
  const auto rows = read_csv(csv_of(comparison, CsvDialect::rfc4180));
  const bool some_negative = std::any_of(rows.begin() + 1, rows.end(), [](const auto& row) {
    return !row[13].empty() && row[13].front() == '-';
  });
  EXPECT_TRUE(some_negative);
}

/// A column by its name, in the order of the rows.
std::vector<std::string> column(const std::vector<std::vector<std::string>>& rows,
                                const std::string& name) {
  const auto& head = rows.front();
  const auto at =
      static_cast<std::size_t>(std::find(head.begin(), head.end(), name) - head.begin());
  std::vector<std::string> cells;
  for (std::size_t r = 1; r < rows.size(); ++r) cells.push_back(rows[r].at(at));
  return cells;
}

TEST(WriteCsv, HoldsEveryIndicatorThatHasANumber) {
  const record::Results results = test::made_up_results(test::four_truths(), 3, 24);
  const auto names = column(read_csv(csv_of(compare(results), CsvDialect::rfc4180)), "measure");
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions) {
    const auto months = results.months_of(indicator.indicator, 0, 0);
    if (std::isnan(months.front())) continue;
    EXPECT_THAT(names, testing::Contains(std::string(indicator.name)));
  }
}

TEST(WriteBudgetCsv, AddsUpToWhatTheMunicipalityReceivedAndPaid) {
  const record::Results results = test::made_up_results(test::four_truths(), 3, 30);
  std::ostringstream out;
  write_budget_csv(results, out);
  const auto rows = read_csv(out.str());
  double sum = 0, paid = 0;
  for (const std::string& cell : column(rows, "received_less_paid")) sum += std::stod(cell);
  for (const record::LedgerEntry& entry : results.ledger)
    paid += static_cast<double>(entry.cents) / 100 / 3;
  EXPECT_NEAR(sum, -paid, 1e-6 * paid);
  EXPECT_EQ(rows.size(), 1 + 4 * 3 * record::category_names.size());  // 30 months: three years
}

TEST(WriteRetentionCsv, GivesEveryProfessionOfBothCohorts) {
  std::ostringstream out;
  const record::Results results = test::made_up_results(test::four_truths(), 20, 120);
  write_retention_csv(results, out);
  const auto rows = read_csv(out.str());
  std::set<std::string_view> there{"all"};
  for (const record::Stay& stay : results.stays)
    there.insert(world::profession_names[static_cast<std::size_t>(stay.profession)]);
  const auto professions = column(rows, "profession");
  EXPECT_EQ(std::set<std::string_view>(professions.begin(), professions.end()), there);
  for (const std::string_view cohort : cohort_names)
    EXPECT_THAT(column(rows, "cohort"), testing::Contains(std::string(cohort)));
  // Nobody comes back: the share still at work never rises from one year to the next.
  const auto years = column(rows, "years"), shares = column(rows, "still_at_work");
  for (std::size_t r = 1; r < shares.size(); ++r) {
    if (years[r] == "1" || shares[r].empty()) continue;
    EXPECT_LE(std::stod(shares[r]), std::stod(shares[r - 1]));
  }
}

TEST(Text, IsMeasuredInCodePoints) {
  EXPECT_EQ(columns("équipe\u202F;"), 8u);
  EXPECT_EQ(pad_right("été", 5), "été  ");
  EXPECT_EQ(pad_left("été", 5), "  été");
  EXPECT_EQ(shorten("équipe d'abord", 8), "équipe…");
  EXPECT_EQ(shorten("été", 3), "été");
}

TEST(Text, IsWrappedAtSpaces) {
  EXPECT_EQ(wrap("un deux trois", 8), "un deux\ntrois");
  EXPECT_EQ(wrap("- un deux trois", 9, 2), "- un deux\n  trois");
  EXPECT_EQ(wrap("anticonstitutionnellement", 5), "anticonstitutionnellement");
}

}  // namespace
}  // namespace analysis
