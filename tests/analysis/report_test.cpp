#include "analysis/report.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>
#include <string>

#include "tests/analysis/made_up_results.hpp"

namespace analysis {
namespace {

/// Kept apart from matchers, which would print the whole page.
bool holds(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

record::Results sample(int replications = 4, int months = 72) {
  return test::made_up_results(test::four_truths(), replications, months);
}

TEST(Report, AsksForNothingFromAnyNetworkAndRunsNoScript) {
  for (const Language language : {Language::en, Language::fr}) {
    const std::string page = report_html(sample(), language);
    EXPECT_FALSE(holds(page, "<script"));
    EXPECT_FALSE(holds(page, " src="));
    EXPECT_FALSE(holds(page, "<link"));
    EXPECT_FALSE(holds(page, "url("));
    EXPECT_FALSE(holds(page, "@import"));
    EXPECT_FALSE(std::regex_search(page, std::regex("href=\"[^#]")));
    EXPECT_TRUE(holds(page, "default-src 'none'"));
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
  EXPECT_FALSE(holds(page, "<script"));
  EXPECT_TRUE(holds(page, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
  EXPECT_FALSE(holds(page, "<img"));
  EXPECT_FALSE(holds(page, "<b>"));
  EXPECT_FALSE(holds(page, "\" onload=\""));
}

TEST(Report, CountsTheCommunesAndNamesTheFirstEight) {
  record::Results results = sample();
  results.provenance.territory = "56094 Kervignac: 6596\n56220 Sainte-Hélène: 1247\n";
  EXPECT_TRUE(holds(report_html(results, Language::en),
                    "2 communes, 7,843 residents: Kervignac, Sainte-Hélène"));
  results.provenance.territory.clear();
  for (int i = 1; i <= 10; ++i) {
    results.provenance.territory +=
        "0000" + std::to_string(i % 10) + " Place " + std::to_string(i) + ": 100\n";
  }
  const std::string page = report_html(results, Language::fr);
  EXPECT_TRUE(holds(page, "Place 8 et 2 autres"));
  EXPECT_FALSE(holds(page, "Place 8, Place 9"));
}

TEST(Report, SaysHowSureItIsAndWhereItComesFrom) {
  const std::string page = report_html(sample(), Language::en);
  EXPECT_TRUE(holds(page, "do not cover the uncertainty of the parameters"));
  EXPECT_TRUE(holds(page, "4 replications are few"));
  EXPECT_TRUE(holds(page, "5f3c0a9b71d2e4488c6617f0b2a9d3e1"));
  EXPECT_TRUE(holds(page, "Sum of all accounts: 0.00 EUR"));
  EXPECT_TRUE(holds(page, "relocation_base"));
  EXPECT_FALSE(holds(report_html(sample(10), Language::en), "replications are few"));
}

TEST(Report, SpeaksTheLanguageOfItsReader) {
  const std::string french = report_html(sample(), Language::fr);
  EXPECT_TRUE(holds(french, "<html lang=\"fr\">"));
  EXPECT_TRUE(holds(french, "médecin traitant"));
  EXPECT_TRUE(holds(french, "95\u202F%"));
  EXPECT_TRUE(holds(report_html(sample(), Language::en), "<html lang=\"en\">"));
}

TEST(Report, NeverCallsAStrategyTheBest) {
  for (const Language language : {Language::en, Language::fr}) {
    const std::string page = report_html(sample(), language);
    for (const char* word : {"better", "best ", "meilleur", "optimal"})
      EXPECT_FALSE(holds(page, word));
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
  EXPECT_EQ(count("<figure>"), 10u);  // seven curves, flows, two of retention
  EXPECT_EQ(count("<figcaption>"), 10u);
  EXPECT_EQ(count("Numbers of this figure"), 10u);
}

TEST(Report, ShowsTheHeadlinesByThemeAndSaysWhereAStrategyFails) {
  const std::string page = report_html(sample(10), Language::fr);
  for (const char* theme : {"Offre", "Accès", "Effets sur les soins", "Équité", "Argent"})
    EXPECT_TRUE(holds(page, std::string(">") + theme + "</th>")) << theme;
  EXPECT_TRUE(holds(page, "Où chaque stratégie échoue"));
  EXPECT_TRUE(holds(page, "pèse sur le budget"));
  EXPECT_TRUE(holds(page, "actualisé à 3,2\u202F%"));
  EXPECT_TRUE(holds(page, "gain non distingué de zéro"));  // the building gains nothing here
}

TEST(Report, ShowsTheLevelOfAStrategyWhereTheBaselineHasNone) {
  record::Results results = sample();
  for (std::size_t r = 0; r < 4; ++r)
    for (double& rooms : results.months_of(record::Indicator::rooms, 0, r)) rooms = 0;
  EXPECT_TRUE(holds(report_html(results, Language::en), "<strong>50%</strong><small>level"));
}

TEST(Report, WithoutADiscountRateLeavesOutWhatNeedsIt) {
  record::Results results = sample();
  results.provenance.parameters_csv = "id,value\n";
  const std::string page = report_html(results, Language::en);
  EXPECT_FALSE(holds(page, "Present value"));
  EXPECT_TRUE(holds(page, "The municipality’s accounts"));
}

TEST(Report, OfOneStrategyAndOneReplicationComparesNothing) {
  const std::string page =
      report_html(test::made_up_results({{"alone", "Alone"}}, 1, 12), Language::en);
  EXPECT_TRUE(holds(page, "nothing to compare it with"));
  EXPECT_FALSE(std::regex_search(page, std::regex("[\" L-](nan|inf)")));
}

TEST(Report, RefusesAStartDateThatIsNone) {
  record::Results results = sample();
  results.start_date = "soon";
  EXPECT_THROW(report_html(results, Language::en), std::invalid_argument);
}

}  // namespace
}  // namespace analysis
