// Files that are made to hurt the reader: each must be answered, in time, without a crash.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folders.hpp"
#include "scenario/read_toml.hpp"

namespace scenario {
namespace {

using testing::HasSubstr;

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

/// A beginning and as many copies of a piece as fit in a scenario file.
std::string filled_with(std::string_view piece, std::string text = "") {
  while (text.size() + piece.size() < mebibyte) text += piece;
  return text;
}

/// What parsing complains about, in a time that even a build with every check on keeps to. (An
/// optimised one needs a tenth of it; the square of the file's size would need a hundred times.)
std::string complaint_in_time(std::string text) {
  std::string complaint;
  EXPECT_LT(processor_seconds(
                [&] { complaint = complaint_of([&] { parse_toml(std::move(text), "s.toml"); }); }),
            5);
  return complaint;
}

TEST(Toml, BracketsByTheMillionAreRefused) {
  EXPECT_THAT(complaint_in_time(filled_with("[", "a = ")), HasSubstr("nest too deep"));
  EXPECT_THAT(complaint_in_time("a = [\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n[\n"),
              HasSubstr("nest too deep"));
  EXPECT_THAT(complaint_in_time(filled_with("{a=", "a = ")), HasSubstr("nest too deep"));
}

TEST(Toml, KeysThatNestWithEachDotAreRefused) {
  const std::string too_many = "has too many dots";
  EXPECT_THAT(complaint_in_time(filled_with("a.")), HasSubstr(too_many));
  EXPECT_THAT(complaint_in_time(filled_with("a . ", "[")), HasSubstr(too_many));
  EXPECT_THAT(complaint_in_time(filled_with("b.", "a = {c = \"\"\"x\"\"\"\"\", ")),
              HasSubstr(too_many));
  EXPECT_THAT(complaint_in_time(filled_with("\"#\".'='.")), HasSubstr(too_many));
  EXPECT_THAT(complaint_in_time(filled_with("{a.b=1,", "a = ")), HasSubstr("too many dots"));
}

TEST(Toml, DotsInTextsNumbersAndCommentsAreNoNesting) {
  EXPECT_EQ(complaint_in_time("# ................\na = \"..............\"\n"
                              "b = '.............'\nc = \"\"\"\n.............\n\"\"\"\n"
                              "d = \"\\\"...........\"\ne = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, "
                              "8.5, 9.5, 10.5, 11.5]\n"),
            "");
}

TEST(Toml, AnyLetterMayFollowAQuoteInTheMiddleOfAWord) {
  for (const std::string word : {"1_booth\"", "0.'", "inf.\"", "2020-01-\""})
    EXPECT_THAT(complaint_in_time("start = " + word + "\uFDFF\u2000é= 1\n"),
                HasSubstr("Invalid\ns.toml:1:"))
        << word;
}

TEST(Toml, LettersThatAreNotAsciiBelongInQuotes) {
  EXPECT_EQ(complaint_in_time("# été\na = \"été\"\n\"été\" = 'été'\n"), "");
  EXPECT_EQ(
      complaint_in_time("a = \"é\"\n\"é\" = é\n"),
      "Invalid\ns.toml:2:7: a letter that is not ASCII stands outside quotes (text must be in "
      "quotes)");
}

TEST(Toml, AVeryLongLineIsRead) {
  EXPECT_EQ(complaint_in_time(fmt::format("a = \"{}\"", std::string(mebibyte - 100, 'x'))), "");
  EXPECT_EQ(complaint_in_time(filled_with("1,", "a = [") + "]"), "");
  EXPECT_EQ(complaint_in_time(std::string(mebibyte - 100, 'k') + " = 1"), "");
}

TEST(Toml, FilesOfVeryManyLinesAreRefused) {
  EXPECT_THAT(complaint_in_time(filled_with("\n")), HasSubstr("more than 20000 lines"));
  EXPECT_THAT(complaint_in_time(filled_with("[[a]]\n")), HasSubstr("more than 20000 lines"));
  EXPECT_THAT(complaint_in_time(filled_with("\n", "a = \"\"\"")),
              HasSubstr("more than 20000 lines"));
}

TEST(Toml, TheMostTablesThatAFileMayHaveAreReadInTime) {
  std::string tables;
  std::string dotted;
  for (int i = 0; i < 9'999; ++i) {
    tables += fmt::format("[a{0}.b]\n[a{0}]\n", i);
    dotted += fmt::format("a{0}.b=1\na{0}.c=1\n", i);
  }
  EXPECT_EQ(complaint_in_time(tables), "");
  EXPECT_EQ(complaint_in_time(dotted), "");
}

TEST(Toml, QuotesThatAreNeverClosedAreAnswered) {
  for (const char* text :
       {"a = \"", "a = '", "a = \"\"\"", "a = '''", "a = \"\\", "\"", "a = \"\\u", "a = \"\"\"\\"})
    EXPECT_THAT(complaint_in_time(text), testing::StartsWith("Invalid\ns.toml:1:")) << text;
}

TEST(Toml, ValuesKnowWhereTheyStandAndComeInTheOrderOfTheFile) {
  const TomlDocument document = parse_toml("z = 1\n\n[table]\n  key = [2,\n 3]\n", "s.toml");
  ASSERT_EQ(document.root.entries.size(), 2U);
  EXPECT_EQ(document.root.entries[0].key, "z");
  const TomlEntry& table = document.root.entries[1];
  EXPECT_EQ(table.value.position.line, 3);
  const TomlEntry& entry = std::get<TomlTable>(table.value.content).entries.at(0);
  EXPECT_EQ(entry.position.line, 4);
  EXPECT_EQ(entry.position.column, 3);
  EXPECT_EQ(entry.value.position.column, 9);
  const TomlList& list = std::get<TomlList>(entry.value.content);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[1].position.line, 5);
  EXPECT_EQ(std::get<std::int64_t>(list[1].content), 3);
}

}  // namespace
}  // namespace scenario
