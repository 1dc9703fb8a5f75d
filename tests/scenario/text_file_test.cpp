#include "scenario/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "folders.hpp"
#include "scenario/csv.hpp"

namespace scenario {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string complaint_about(const std::filesystem::path& file) {
  return complaint_of([&] { read_scenario(file, small_library()); });
}

TEST(TextFile, AHundredMegabytesAreRefusedBeforeTheyAreRead) {
  const TemporaryFolder folder;
  const auto file = folder.write("huge.toml", "");
  std::filesystem::resize_file(file, 100U << 20U);
  EXPECT_THAT(complaint_about(file),
              AllOf(StartsWith("Invalid\n"), HasSubstr("holds 100 MiB (must be at most 1 MiB")));
  EXPECT_THAT(complaint_of([&] { read_csv(file); }),
              HasSubstr("holds 100 MiB (must be at most 64 MiB"));
}

TEST(TextFile, ADeviceWithoutEndIsRefusedAfterItsLimit) {
  EXPECT_THAT(complaint_of([] { read_text_file("/dev/zero", 1000); }),
              HasSubstr("must be at most"));
}

TEST(TextFile, AFolderIsNoFile) {
  const TemporaryFolder folder;
  EXPECT_THAT(complaint_about(folder.path()),
              AllOf(StartsWith("InputMissing\n"), HasSubstr("is a folder (must be a file")));
}

TEST(TextFile, BinaryFilesAreRefusedPlainly) {
  const TemporaryFolder folder;
  const std::string_view picture(
      "\x7F"
      "ELF\x02\x01\0\0\0\xFF",
      10);
  EXPECT_THAT(complaint_about(folder.write("binary.toml", picture)),
              AllOf(StartsWith("Invalid\n"), HasSubstr("binary.toml:1:7: holds a zero byte")));
}

TEST(TextFile, OtherEncodingsAreNamedWithTheirPlace) {
  const TemporaryFolder folder;
  EXPECT_THAT(complaint_about(folder.write("latin.toml", "# a\n# \xC3\xA9t\xE9\n")),
              HasSubstr("latin.toml:2:5: holds the byte 0xE9 (must be plain text in UTF-8"));
  EXPECT_THAT(complaint_about(folder.write("utf16.toml", std::string_view("\xFF\xFE[\0", 4))),
              HasSubstr("utf16.toml:1:1: holds the byte 0xFF"));
}

TEST(TextFile, OnlyWellFormedUtf8Passes) {
  const TemporaryFolder folder;
  const auto complaint = [&folder](std::string_view text) {
    return complaint_of([&] { read_text_file(folder.write("text", text), 100); });
  };
  for (const char* text : {"a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_EQ(complaint(text), "") << text;
  for (const char* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"})
    EXPECT_THAT(complaint(text), HasSubstr("must be plain text in UTF-8")) << text;
}

TEST(TextFile, TheByteOrderMarkIsDropped) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_text_file(folder.write("marked",
                                        "\xEF\xBB\xBF"
                                        "abc"),
                           100),
            "abc");
}

TEST(TextFile, AnEmptyScenarioSaysWhatAScenarioNeeds) {
  const TemporaryFolder folder;
  EXPECT_THAT(complaint_about(folder.write("empty.toml", "")),
              AllOf(HasSubstr("title, start and strategies"), HasSubstr("commune or epci"),
                    HasSubstr("maillage new --commune CODE")));
}

}  // namespace
}  // namespace scenario
