#include "analysis/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>
#include <string>

#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

record::Results sample(int replications = 4, int months = 72) {
  return test::made_up_results(test::four_truths(), replications, months);
}

TEST(Report, AsksForNothingFromAnyNetworkAndRunsNoScript) {
  for (const Language language : {Language::en, Language::fr}) {
    const std::string page = report_html(sample(), language);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr(" src=")));
    EXPECT_THAT(page, Not(HasSubstr("<link")));
    EXPECT_THAT(page, Not(HasSubstr("url(")));
    EXPECT_THAT(page, Not(HasSubstr("@import")));
    EXPECT_FALSE(std::regex_search(page, std::regex("href=\"[^#]")));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  }
}

TEST(Report, IsTheSameBytesForTheSameResults) {
  EXPECT_EQ(report_html(sample(), Language::fr), report_html(sample(), Language::fr));
}

TEST(Report, ShowsHostileTextAsText) {
  record::Results results = sample();
  results.provenance.scenario_title = "<script>alert('x')</script>";
  results.provenance.notes = "</pre><img onerror=x>";
  results.provenance.parameters_csv = "id,value\n<b>,\"</table>\"\n";
  results.strategies[1].title = "</svg>\" onload=\"x";
  const std::string page = report_html(results, Language::en);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(page, Not(HasSubstr("\" onload=\"")));
}

TEST(Report, SaysHowSureItIsAndWhereItComesFrom) {
  const std::string page = report_html(sample(), Language::en);
  EXPECT_THAT(page, HasSubstr("do not cover the uncertainty of the parameters"));
  EXPECT_THAT(page, HasSubstr("4 replications are few"));
  EXPECT_THAT(page, HasSubstr("5f3c0a9b71d2e4488c6617f0b2a9d3e1"));
  EXPECT_THAT(page, HasSubstr("Sum of all accounts: 0.00 EUR"));
  EXPECT_THAT(page, HasSubstr("relocation_base"));
  EXPECT_THAT(report_html(sample(10), Language::en), Not(HasSubstr("replications are few")));
}

TEST(Report, SpeaksTheLanguageOfItsReader) {
  const std::string french = report_html(sample(), Language::fr);
  EXPECT_THAT(french, HasSubstr("<html lang=\"fr\">"));
  EXPECT_THAT(french, HasSubstr("médecin traitant"));
  EXPECT_THAT(french, HasSubstr("95\u202F%"));
  EXPECT_THAT(report_html(sample(), Language::en), HasSubstr("<html lang=\"en\">"));
}

TEST(Report, NeverCallsAStrategyTheBest) {
  for (const Language language : {Language::en, Language::fr}) {
    const std::string page = report_html(sample(), language);
    for (const char* word : {"better", "best ", "meilleur", "optimal"})
      EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

TEST(Report, GivesEveryFigureItsNumbers) {
  const std::string page = report_html(sample(), Language::en);
  const auto count = [&page](const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = page.find(part); at != std::string::npos; at = page.find(part, at + 1))
      ++found;
    return found;
  };
  EXPECT_EQ(count("<figure>"), 9u);  // six curves, flows, two of retention
  EXPECT_EQ(count("<figcaption>"), 9u);
  EXPECT_EQ(count("Numbers of this figure"), 9u);
}

TEST(Report, OfOneStrategyAndOneReplicationComparesNothing) {
  const std::string page =
      report_html(test::made_up_results({{"alone", "Alone"}}, 1, 12), Language::en);
  EXPECT_THAT(page, HasSubstr("nothing to compare it with"));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
}

TEST(Report, RefusesAStartDateThatIsNone) {
  record::Results results = sample();
  results.start_date = "soon";
  EXPECT_THROW(report_html(results, Language::en), std::invalid_argument);
}

}  // namespace
}  // namespace analysis
