#include "analysis/language.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace analysis {
namespace {

TEST(Language, IsReadFromItsCodeOrFromALocale) {
  EXPECT_EQ(parse_language("fr"), Language::fr);
  EXPECT_EQ(parse_language("fr_FR.UTF-8"), Language::fr);
  EXPECT_EQ(parse_language("en_GB"), Language::en);
  EXPECT_EQ(parse_language("C.UTF-8"), Language::en);
  EXPECT_EQ(parse_language("POSIX"), Language::en);
}

TEST(Language, RefusesWhatItDoesNotKnowAndSaysWhatItKnows) {
  for (const char* text : {"de", "", "french", "FR"}) {
    try {
      parse_language(text);
      ADD_FAILURE() << text;
    } catch (const std::invalid_argument& error) {
      EXPECT_NE(std::string(error.what()).find("must be fr or en"), std::string::npos);
    }
  }
}

TEST(Number, InFrenchHasNarrowNoBreakSpacesAndADecimalComma) {
  EXPECT_EQ(number(1234567.891, 2, Language::fr),
            "1\xE2\x80\xAF"
            "234\xE2\x80\xAF"
            "567,89");
  EXPECT_EQ(number(999, 0, Language::fr), "999");
  EXPECT_EQ(number(1000, 0, Language::fr),
            "1\xE2\x80\xAF"
            "000");
  EXPECT_EQ(percent(0.125, 1, Language::fr), "12,5\xE2\x80\xAF%");
  EXPECT_EQ(euros(-1234, 0, Language::fr),
            "\xE2\x88\x92"
            "1\xE2\x80\xAF"
            "234\xE2\x80\xAF\xE2\x82\xAC");
}

TEST(Number, InEnglishHasCommasAndADecimalPoint) {
  EXPECT_EQ(number(1234567.891, 2, Language::en), "1,234,567.89");
  EXPECT_EQ(percent(0.125, 1, Language::en), "12.5%");
  EXPECT_EQ(euros(1234, 0, Language::en), "€1,234");
  EXPECT_EQ(euros(-1234, 0, Language::en), "−€1,234");
  EXPECT_EQ(euros(1234, 0, Language::en, Sign::always), "+€1,234");
}

TEST(Number, ThatRoundsToZeroHasNoSign) {
  EXPECT_EQ(number(-0.04, 1, Language::en, Sign::always), "0.0");
  EXPECT_EQ(number(-0.0, 0, Language::fr), "0");
  EXPECT_EQ(number(0.06, 1, Language::en, Sign::always), "+0.1");
}

TEST(Number, ThatIsNoneIsADash) {
  EXPECT_EQ(number(std::nan(""), 1, Language::en), "–");
  EXPECT_EQ(percent(std::nan(""), 1, Language::fr), "–");
  EXPECT_EQ(euros(INFINITY, 1, Language::fr), "–");
}

TEST(Number, OfADifferenceOfSharesIsInPoints) {
  EXPECT_EQ(value_text(0.032, 1, Unit::share, Language::en), "3.2%");
  EXPECT_EQ(value_text(0.032, 1, Unit::share, Language::en, Sign::always), "+3.2");
}

TEST(Typography, InFrenchPutsNarrowSpacesBeforeHighPunctuationAndInsideGuillemets) {
  EXPECT_EQ(typeset("l'eau : « oui » ; non ? 5 %", Language::fr),
            "l’eau\u202F: «\u202Foui\u202F»\u202F; non\u202F? 5\u202F%");
  EXPECT_EQ(typeset("water: it's ; 5 %", Language::en), "water: it’s ; 5 %");
}

TEST(Typography, LeavesNamesAsTheyAreGiven) {
  EXPECT_EQ(fill(Language::fr, {"{}: x", "{} : x"}, "L'équipe d'abord : tout"),
            "L'équipe d'abord : tout\u202F: x");
  EXPECT_EQ(quote("L'équipe", Language::fr), "«\u202FL'équipe\u202F»");
  EXPECT_EQ(quote("L'équipe", Language::en), "‘L'équipe’");
}

template <class Definitions>
void expect_labels_in_both_languages(const Definitions& definitions) {
  for (const auto& definition : definitions) {
    const Label words = label(definition.indicator);
    for (const Words& text : {words.name, words.explanation}) {
      EXPECT_FALSE(text.en.empty()) << definition.name;
      EXPECT_FALSE(text.fr.empty()) << definition.name;
      EXPECT_NE(text.en, text.fr) << definition.name;
    }
  }
}

TEST(Labels, AreThereForEveryIndicatorInBothLanguages) {
  expect_labels_in_both_languages(record::indicator_definitions);
  expect_labels_in_both_languages(record::commune_indicator_definitions);
}

TEST(Labels, AreThereForEveryClosedSet) {
  for (std::size_t i = 0; i < world::profession_names.size(); ++i)
    EXPECT_FALSE(label(static_cast<world::Profession>(i)).fr.empty());
  for (std::size_t i = 0; i < record::departure_cause_names.size(); ++i)
    EXPECT_FALSE(label(static_cast<record::DepartureCause>(i)).fr.empty());
  for (std::size_t i = 0; i < record::category_names.size(); ++i)
    EXPECT_FALSE(label(static_cast<record::Category>(i)).fr.empty());
  for (std::size_t i = 0; i < record::account_names.size(); ++i)
    EXPECT_FALSE(label(static_cast<record::Account>(i)).fr.empty());
  for (int stage = 0; stage <= 6; ++stage) EXPECT_TRUE(team_stage_label(stage));
  EXPECT_FALSE(team_stage_label(7));
}

TEST(Labels, SayInFrenchWhatFrenchReadersSay) {
  EXPECT_NE(label(record::Indicator::adults_without_gp).name.fr.find("médecin traitant"),
            std::string_view::npos);
}

}  // namespace
}  // namespace analysis
