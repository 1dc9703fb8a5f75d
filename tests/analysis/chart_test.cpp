#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>

#include "analysis/svg_chart.hpp"

namespace analysis {
namespace {

using testing::DoubleEq;
using testing::HasSubstr;
using testing::Not;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

LineChart two_lines() {
  LineChart chart;
  chart.title = "Wait";
  chart.y_title = "days";
  chart.x_high = 3;
  chart.x_ticks = {{0, "2014"}, {3, "2015"}};
  chart.y_ticks = {{0, "0"}, {10, "10"}};
  chart.curves = {{"first", 0, {1, 2, 3}, {1, 2, 3}, {}, {}},
                  {"second", 1, {1, 2, 3}, {3, 2, 2}, {2, 1, 1}, {4, 3, 3}}};
  chart.labels = true;
  return chart;
}

TEST(NiceTicks, AreRoundAndCoverTheData) {
  EXPECT_THAT(nice_ticks(0, 47, 5), testing::ElementsAre(0, 10, 20, 30, 40, 50));
  EXPECT_THAT(nice_ticks(-3, 12, 5), testing::ElementsAre(-5, 0, 5, 10, 15));
  EXPECT_THAT(nice_ticks(0, 0.9, 5), testing::ElementsAre(0, DoubleEq(0.2), DoubleEq(0.4),
                                                          DoubleEq(0.6), DoubleEq(0.8), 1));
  for (const double high : {1e-6, 0.03, 1.0, 7.3, 999.0, 1.2e6}) {
    const auto ticks = nice_ticks(0, high, 5);
    EXPECT_EQ(ticks.front(), 0);
    EXPECT_GE(ticks.back(), high * (1 - 1e-9));
    EXPECT_LE(ticks.size(), 7u) << high;
    EXPECT_GE(ticks.size(), 3u) << high;
  }
}

TEST(NiceTicks, AreWrittenWithTheDecimalsThatTheyNeed) {
  EXPECT_EQ(tick_decimals({0, 10, 20}), 0);
  EXPECT_EQ(tick_decimals({0, 0.5, 1}), 1);
  EXPECT_EQ(tick_decimals({0, 0.02, 0.04}), 2);
}

TEST(LineStyles, DifferInDashAsWellAsInColour) {
  std::set<std::string> dashes;
  for (std::size_t style = 0; style < line_style_count; ++style) dashes.insert(dash_pattern(style));
  EXPECT_EQ(dashes.size(), line_style_count);
  EXPECT_NE(dash_pattern(1), dash_pattern(line_style_count));  // same colour, other dash
}

TEST(LineChart, SaysToAScreenReaderWhatItShows) {
  const std::string svg = draw(two_lines());
  EXPECT_THAT(svg, HasSubstr("role=\"img\""));
  EXPECT_THAT(svg, HasSubstr("aria-label=\"Wait\""));
  EXPECT_THAT(svg, HasSubstr(">first</text>"));
  EXPECT_THAT(svg, HasSubstr(">second</text>"));
}

TEST(LineChart, InterruptsALineWhereANumberIsMissing) {
  LineChart chart = two_lines();
  chart.labels = false;
  chart.curves = {{"gap", 0, {1, 2, 3}, {1, missing, 3}, {}, {}}};
  const std::string svg = draw(chart);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_EQ(count_of(svg, "M"), 2u);
}

TEST(LineChart, DrawsStepsThatKeepTheirValueUntilTheNextPoint) {
  LineChart chart = two_lines();
  chart.labels = false;
  chart.width = 3 * 100 + 18.0 + 12 + 0.58 * 12 * 2;  // so that a unit is 100 pixels wide
  chart.curves = {{"steps", 0, {0, 1}, {10, 0}, {}, {}, true}};
  const std::string svg = draw(chart);
  // Along the top to x = 1, then down: three points, the second at the height of the first.
  const std::size_t at = svg.find(" d=\"M") + 5;
  const std::string path = svg.substr(at, svg.find('"', at) - at);
  EXPECT_EQ(path, "25.92 30.00L125.92 30.00L125.92 296.00");
}

TEST(LineChart, KeepsNamesApart) {
  LineChart chart = two_lines();
  chart.curves.clear();
  for (int i = 0; i < 8; ++i)
    chart.curves.push_back(
        {"name " + std::to_string(i), static_cast<std::size_t>(i), {1, 2, 3}, {5, 5, 5}, {}, {}});
  const std::string svg = draw(chart);
  std::set<double> heights;
  for (std::size_t at = svg.find("class=\"name\""); at != std::string::npos;
       at = svg.find("class=\"name\"", at + 1)) {
    const std::size_t y = svg.rfind("y=\"", at) + 3;
    heights.insert(std::stod(svg.substr(y)));
  }
  ASSERT_EQ(heights.size(), 8u);
  for (auto one = heights.begin(), next = std::next(one); next != heights.end(); ++one, ++next)
    EXPECT_GE(*next - *one, 14);
  EXPECT_LE(*heights.rbegin(), chart.height);
  EXPECT_GE(*heights.begin(), 0);
}

TEST(Charts, EscapeNames) {
  LineChart chart = two_lines();
  chart.title = "\"><script>";
  chart.curves.front().name = "<b>&";
  const std::string svg = draw(chart);
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
  EXPECT_THAT(svg, Not(HasSubstr("<b>")));
  EXPECT_THAT(svg, HasSubstr("&lt;b&gt;&amp;"));
}

TEST(BarChart, HasALengthInProportionToTheValue) {
  BarChart chart{"Flows", "", {{"a", 0, 2, {}, "2.0"}, {"b", 1, 4, Interval{3, 5}, "4.0"}}, 5, 400};
  const std::string svg = draw(chart);
  std::vector<double> widths;
  for (std::size_t at = svg.find("<rect"); at != std::string::npos; at = svg.find("<rect", at + 1))
    widths.push_back(std::stod(svg.substr(svg.find(" width=\"", at) + 8)));
  ASSERT_EQ(widths.size(), 2u);
  EXPECT_NEAR(widths[1], 2 * widths[0], 0.02);
  EXPECT_EQ(count_of(svg, "whisker"), 3u);
}

}  // namespace
}  // namespace analysis
