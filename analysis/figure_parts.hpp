/// What the figures of the report share: axes, charts in rows, captions and tables of numbers. For
/// the files of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/language.hpp"
#include "analysis/svg_chart.hpp"
#include "record/results.hpp"

namespace analysis {

/// Ticks at round numbers, the first and the last around everything.
std::vector<Tick> number_ticks(double low, double high, int about, Language language);

/// What the charts of one figure share.
struct Axes {
  std::string title, y_title, x_title;
  double x_high = 1;
  std::vector<Tick> wide_ticks, narrow_ticks;
};

/// More curves than this have their bands in panels of their own: bands would hide each other.
inline constexpr std::size_t most_overlaid_bands = 2;

/// One chart with bands where few curves share it; otherwise all lines in one chart, then each with
/// its band in a panel of its own, beside the baseline's line.
std::string charts(const Axes& axes, const std::vector<Curve>& curves, Language language);

/// Panels in rows of two or of three.
std::string panel_grid(const std::string& panels, bool two);

/// A whole figure: heading, content, caption, and its numbers to unfold.
std::string figure(std::string_view id, const std::string& title, const std::string& content,
                   const std::string& caption, const std::string& table, Language language);

std::string header_row(const std::vector<std::string>& cells);
std::string body_row(const std::string& name, const std::vector<std::string>& cells);
std::string table(const std::string& caption, const std::string& head, const std::string& body);

/// "[2.1, 6.3]".
std::string range_text(const Interval& interval, int decimals, Language language);

/// The baseline first, then the others in their order: who reads a figure meets it first.
std::vector<std::size_t> in_order(const record::Results& results, std::size_t baseline);

}  // namespace analysis
