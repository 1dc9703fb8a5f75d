#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "analysis/compare.hpp"
#include "analysis/text_cells.hpp"
#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string printed(const Comparison& comparison, Language language,
                    const PrintOptions& options = {}) {
  std::ostringstream out;
  print(comparison, language, out, options);
  return out.str();
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Comparison sample() {
  return headlines(compare(test::made_up_results(test::four_truths(), 6, 72)));
}

/// To refresh: run with MAILLAGE_REFRESH_GOLDEN=1 and read the difference like code.
void expect_golden(const std::string& text, const std::string& name) {
  const std::string path = std::string(MAILLAGE_GOLDEN_DIR) + "/golden/" + name;
  if (std::getenv("MAILLAGE_REFRESH_GOLDEN") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(text, file_text(path));
}

TEST(Print, GivesTheGoldenTextInEnglish) {
  expect_golden(printed(sample(), Language::en), "compare_en.txt");
}

TEST(Print, GivesTheGoldenTextInFrench) {
  expect_golden(printed(sample(), Language::fr), "compare_fr.txt");
}

TEST(Print, StaysWithinAHundredColumns) {
  for (const Language language : {Language::en, Language::fr}) {
    std::istringstream lines(printed(sample(), language));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 100u) << line;
  }
}

TEST(Print, AlignsTheLinesOfTheTable) {
  std::istringstream lines(printed(sample(), Language::fr));
  std::size_t rows = 0, width = 0;
  for (std::string line; std::getline(lines, line);) {
    const bool row = line.rfind("  ", 0) == 0 && line.find('[') != std::string::npos &&
                     line.find("référence") == std::string::npos;
    if (!row) continue;
    if (rows++ == 0) width = columns(line);
    EXPECT_EQ(columns(line), width) << line;
  }
  EXPECT_GE(rows, 45u);
}

TEST(Print, UsesColourOnlyWhenAsked) {
  EXPECT_THAT(printed(sample(), Language::en), Not(HasSubstr("\033")));
  PrintOptions options;
  options.colour = true;
  EXPECT_THAT(printed(sample(), Language::en, options), HasSubstr("\033[1m"));
}

TEST(Print, SaysWhatTheIntervalsDoNotCover) {
  std::string text = printed(sample(), Language::en);
  std::replace(text.begin(), text.end(), '\n', ' ');
  EXPECT_THAT(text, HasSubstr("cover neither the uncertainty of the parameters nor that of the"));
}

}  // namespace
}  // namespace analysis
