#include "scenario/suggest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(EditDistance, CountsEachKindOfSlipOnce) {
  EXPECT_EQ(edit_distance("years", "years"), 0U);
  EXPECT_EQ(edit_distance("yers", "years"), 1U);    // a letter left out
  EXPECT_EQ(edit_distance("yeears", "years"), 1U);  // a letter too many
  EXPECT_EQ(edit_distance("yeers", "years"), 1U);   // another letter
  EXPECT_EQ(edit_distance("yaers", "years"), 1U);   // neighbours swapped
  EXPECT_EQ(edit_distance("YEARS", "years"), 0U);
  EXPECT_EQ(edit_distance("", "seed"), 4U);
}

TEST(EditDistance, IsADistanceOnASetOfWords) {
  const std::vector<std::string> words{"", "a", "ab", "ba", "years", "yaers", "seed", "extent"};
  for (const std::string& a : words)
    for (const std::string& b : words) {
      EXPECT_EQ(edit_distance(a, b), edit_distance(b, a)) << a << ' ' << b;
      EXPECT_EQ(edit_distance(a, b) == 0, a == b) << a << ' ' << b;
    }
}

TEST(DidYouMean, NamesTheNearestFirstAndThreeAtMost) {
  const std::vector<std::string> words{"nurses", "curse", "nurse", "purses", "dentists"};
  EXPECT_THAT(nearest("nurse", words), ElementsAre("nurse", "curse", "nurses"));
  EXPECT_EQ(did_you_mean("nurzes", words), "; did you mean \"nurses\", \"nurse\" or \"purses\"?");
}

TEST(DidYouMean, StaysQuietWhenNothingIsNear) {
  const std::vector<std::string> words{"years", "seed"};
  EXPECT_THAT(nearest("colour", words), IsEmpty());
  EXPECT_EQ(did_you_mean("colour", words), "");
  EXPECT_THAT(nearest(std::string(100'000, 'x'), words), IsEmpty());
}

TEST(DidYouMean, CompletesAWordThatIsTheBeginning) {
  const std::vector<std::string> words{"rooms_short_at_least", "professionals_at_least"};
  EXPECT_THAT(nearest("rooms_short", words), ElementsAre("rooms_short_at_least"));
}

TEST(Shown, TextsStayOnOneLineAndShortAndWhole) {
  EXPECT_EQ(in_quotes("two\nlines"), "\"two lines\"");
  EXPECT_EQ(shortened(std::string(61, 'x')), std::string(60, 'x') + "...");
  EXPECT_EQ(shortened(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(shortened(std::string(59, 'x') + "é" + "y"), std::string(59, 'x') + "é" + "...");
}

TEST(Shown, NumbersReadBackTheSameAndLookPlain) {
  EXPECT_EQ(number_text(1'000'000), "1000000");
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(-0.25), "-0.25");
  EXPECT_EQ(std::stod(number_text(0.1 + 0.2)), 0.1 + 0.2);
}

}  // namespace
}  // namespace scenario
