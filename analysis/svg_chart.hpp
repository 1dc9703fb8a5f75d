/// Charts as static SVG text, to stand inside an HTML page whose style sheet gives the colours.
/// Equal data give equal bytes: coordinates have two decimals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/estimate.hpp"

namespace analysis {

/// Round numbers that cover [low, high]: multiples of 1, 2 or 5 times a power of ten, `about` steps
/// or so. The first is at most `low`, the last at least `high`. Requires low < high.
std::vector<double> nice_ticks(double low, double high, int about);

/// The decimals that write every one of these ticks.
int tick_decimals(const std::vector<double>& ticks);

inline constexpr std::size_t line_style_count = 8;

/// The dash pattern of a style; empty for a full line. Colours repeat after `line_style_count`
/// styles, dashes do not before twice as many.
std::string dash_pattern(std::size_t style);

/// A line over time, with a band if it has one. Points that are not numbers interrupt it.
struct Curve {
  std::string name;
  std::size_t style = 0;          ///< 0 is the baseline's
  std::vector<double> x, y;       ///< as many of each
  std::vector<double> low, high;  ///< of the band; empty or as many
  bool steps = false;             ///< keeps its value until the next point
  bool ghost = false;             ///< drawn faintly, as a reference
};

struct Tick {
  double at = 0;
  std::string text;
};

struct LineChart {
  std::string title;        ///< what a screen reader says
  std::string description;  ///< more of it
  std::string y_title;      ///< the unit, above the axis
  std::string x_title;      ///< below the axis; none if empty
  std::vector<Curve> curves;
  std::vector<Tick> x_ticks;
  std::vector<Tick> y_ticks;  ///< the first and the last are the ends of the axis
  double x_low = 0, x_high = 1;
  double width = 760, height = 320;  ///< in CSS pixels at full size
  bool labels = false;               ///< names at the ends of the lines
};

/// One `<svg>`. Requires curves, and at least two `y_ticks`.
std::string draw(const LineChart& chart);

/// A horizontal bar with its name, its value in words and its interval.
struct Bar {
  std::string name;
  std::size_t style = 0;  ///< fill: 0 full, 1 to 3 with different hatchings
  double value = 0;
  std::optional<Interval> interval;
  std::string text;
};

struct BarChart {
  std::string title;
  std::string description;
  std::vector<Bar> bars;
  double high = 1;  ///< the end of the axis; bars begin at 0
  double width = 400;
};

std::string draw(const BarChart& chart);

/// A short sample of a line, for a heading or a legend.
std::string line_sample(std::size_t style);

}  // namespace analysis
