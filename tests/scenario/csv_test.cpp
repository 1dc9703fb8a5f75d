#include "scenario/csv.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folders.hpp"

namespace scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string complaint_about(std::string text) {
  return complaint_of([&] { parse_csv(std::move(text), "table.csv"); });
}

TEST(Csv, ReadsCellsByTheNameOfTheirColumn) {
  const CsvTable table =
      parse_csv("code,name,residents\n56094,Kervignac,6596\n2A004,Ajaccio,\n", "");
  EXPECT_THAT(table.columns(), ElementsAre("code", "name", "residents"));
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table.cell(0, *table.column("name")), "Kervignac");
  EXPECT_EQ(table.cell(1, *table.column("code")), "2A004");
  EXPECT_EQ(table.cell(1, *table.column("residents")), "");
  EXPECT_EQ(table.column("surface"), std::nullopt);
}

TEST(Csv, QuotedCellsHoldCommasQuotesAndLineEnds) {
  const CsvTable table =
      parse_csv("a,b\n\"1,5\",\"say \"\"no\"\"\"\n\"two\nlines\",\"\"\n,last", "");
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table.cell(0, 0), "1,5");
  EXPECT_EQ(table.cell(0, 1), "say \"no\"");
  EXPECT_EQ(table.cell(1, 0), "two\nlines");
  EXPECT_EQ(table.cell(1, 1), "");
  EXPECT_EQ(table.cell(2, 1), "last");
}

TEST(Csv, RowsKnowTheirLineInTheFile) {
  const CsvTable table = parse_csv("\na\n\n1\n\"2\n2\"\n3\n", "table.csv");
  ASSERT_EQ(table.size(), 3U);
  EXPECT_EQ(table.line(0), 4);
  EXPECT_EQ(table.line(1), 5);
  EXPECT_EQ(table.line(2), 7);
  EXPECT_EQ(to_string(table.problem(2, "is odd")), "table.csv:7: is odd");
}

TEST(Csv, WindowsLineEndsAndAByteOrderMarkChangeNothing) {
  const TemporaryFolder folder;
  const CsvTable plain = read_csv(folder.write("plain.csv", "a,b\n1,\"2\"\n3,4\n"));
  const CsvTable windows = read_csv(folder.write("windows.csv",
                                                 "\xEF\xBB\xBF"
                                                 "a,b\r\n1,\"2\"\r\n3,4"));
  EXPECT_EQ(plain.columns(), windows.columns());
  ASSERT_EQ(plain.size(), windows.size());
  for (std::size_t row = 0; row < plain.size(); ++row) {
    EXPECT_EQ(plain.line(row), windows.line(row));
    for (std::size_t column = 0; column < 2; ++column)
      EXPECT_EQ(plain.cell(row, column), windows.cell(row, column));
  }
}

TEST(Csv, CellsStayRightWhenTheTableMoves) {
  CsvTable table = parse_csv("a\nx\n", "");
  const CsvTable moved = std::move(table);
  EXPECT_EQ(moved.cell(0, 0), "x");
}

TEST(Csv, EveryRaggedRowIsNamed) {
  EXPECT_EQ(complaint_about("a,b\n1\n1,2\n1,2,3\n"),
            "Invalid\ntable.csv:2: the row has 1 cell (must be 2, as the header has)\n"
            "table.csv:4: the row has 3 cells (must be 2, as the header has)");
}

TEST(Csv, QuotesOutOfPlaceAreNamedWithTheirLine) {
  EXPECT_THAT(complaint_about("a\n\n\"never closed\n\n"),
              HasSubstr("table.csv:3: a quote is opened and never closed"));
  EXPECT_THAT(complaint_about("a\nx\"y\n"), HasSubstr("table.csv:2: a quote inside a cell"));
  EXPECT_THAT(complaint_about("a\n\"x\"y\n"), HasSubstr("table.csv:2: text after a closing quote"));
}

TEST(Csv, ColumnsMustBeThereOnceAndNotByTheThousand) {
  EXPECT_THAT(complaint_about("a,b,a\n"),
              HasSubstr("table.csv:1: the column \"a\" is there twice"));
  EXPECT_THAT(complaint_about(""), HasSubstr("table.csv: is empty"));
  EXPECT_THAT(complaint_about("\n\r\n"), HasSubstr("table.csv: is empty"));
  std::string header = "c0";
  for (int i = 1; i < 2000; ++i) header += fmt::format(",c{}", i);
  EXPECT_THAT(complaint_about(header), HasSubstr("more than 1000 columns"));
}

TEST(Csv, EveryMissingColumnIsNamed) {
  const CsvTable table = parse_csv("code,nmae\n", "table.csv");
  EXPECT_EQ(complaint_of([&] {
              table.require_columns({"code", "name", "residents"});
            }),
            "Invalid\ntable.csv:1: the column name is missing; did you mean \"nmae\"?\n"
            "table.csv:1: the column residents is missing");
  EXPECT_THAT(table.require_columns({"nmae", "code"}), ElementsAre(1U, 0U));
}

TEST(Csv, AFileThatIsWrongEverywhereIsGivenUpAfterAThousandProblems) {
  std::string text = "a,b\n";
  for (int i = 0; i < 5000; ++i) text += "1\n";
  try {
    parse_csv(text, "table.csv");
    FAIL() << "read a ragged table";
  } catch (const Invalid& invalid) {
    EXPECT_EQ(invalid.problems().size(), Problems::limit + 1);
  }
}

TEST(Csv, ACellThatIsWrittenReadsBackAsItWas) {
  for (const std::string cell :
       {"plain", "with, comma", "with \"quotes\"", "two\nlines", "", " "}) {
    const CsvTable table = parse_csv(fmt::format("a,b\n{},x\n", csv_cell(cell)), "");
    EXPECT_EQ(table.cell(0, 0), cell);
  }
}

TEST(Numbers, AreReadWholeAndInNoLocale) {
  EXPECT_EQ(to_number("9.5"), 9.5);
  EXPECT_EQ(to_number("-1e-3"), -0.001);
  for (const char* text : {"", "9,5", " 9", "9 ", "nine", "1e999", "inf", "nan", "0x10", "9.5m"})
    EXPECT_EQ(to_number(text), std::nullopt) << text;
  EXPECT_EQ(to_whole_number("-12"), -12);
  for (const char* text : {"", "1.0", "1e3", "9223372036854775808"})
    EXPECT_EQ(to_whole_number(text), std::nullopt) << text;
}

}  // namespace
}  // namespace scenario
