#include "analysis/figure_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/calendar.hpp"
#include "analysis/figures.hpp"
#include "analysis/html.hpp"

namespace analysis {
namespace {

using record::Results;

constexpr double panel_width = 340, wide_panel_width = 440, panel_height = 210;

/// The ends of everything that curves show, zero included.
Interval extent(const std::vector<Curve>& curves) {
  Interval ends{0, 0};
  for (const Curve& curve : curves)
    for (const std::vector<double>* column : {&curve.y, &curve.low, &curve.high})
      for (const double value : *column)
        if (!std::isnan(value)) {
          ends.low = std::min(ends.low, value);
          ends.high = std::max(ends.high, value);
        }
  return ends;
}

Curve without_band(Curve curve) {
  curve.low.clear();
  curve.high.clear();
  return curve;
}

/// Whether so many panels stand in rows of two; otherwise in rows of three.
bool in_twos(std::size_t count) { return count == 2 || count == 4; }

std::string scrollable(const std::string& svg) { return element("div", svg, "class=\"chart\""); }

}  // namespace

std::vector<Tick> number_ticks(double low, double high, int about, Language language) {
  const std::vector<double> at = nice_ticks(low, high > low ? high : low + 1, about);
  std::vector<Tick> ticks;
  ticks.reserve(at.size());
  for (const double value : at)
    ticks.push_back({value, number(value, tick_decimals(at), language)});
  return ticks;
}

std::string panel_grid(const std::string& panels, bool two) {
  return element("div", panels, two ? "class=\"panels two\"" : "class=\"panels\"");
}

std::string charts(const Axes& axes, const std::vector<Curve>& curves, Language language) {
  const Interval ends = extent(curves);
  LineChart whole;
  whole.title = axes.title;
  whole.y_title = axes.y_title;
  whole.x_title = axes.x_title;
  whole.x_high = axes.x_high;
  whole.x_ticks = axes.wide_ticks;
  whole.y_ticks = number_ticks(ends.low, ends.high, 6, language);
  whole.labels = true;
  whole.height = std::max(320.0, 70 + 34 * static_cast<double>(curves.size()));
  const bool overlay = curves.size() <= most_overlaid_bands;
  for (const Curve& curve : curves) whole.curves.push_back(overlay ? curve : without_band(curve));
  std::string html = scrollable(draw(whole));
  if (overlay || curves.front().low.empty()) return html;

  std::string panels;
  const auto baseline = std::find_if(curves.begin(), curves.end(),
                                     [](const Curve& curve) { return curve.style == 0; });
  for (const Curve& curve : curves) {
    LineChart panel;
    panel.title = axes.title + " \u2013 " + curve.name;
    panel.x_title = axes.x_title;
    panel.x_high = axes.x_high;
    panel.x_ticks = axes.narrow_ticks;
    panel.y_ticks = whole.y_ticks;
    panel.width = in_twos(curves.size()) ? wide_panel_width : panel_width;
    panel.height = panel_height;
    if (curve.style != 0 && baseline != curves.end()) {
      panel.curves.push_back(without_band(*baseline));
      panel.curves.back().ghost = true;
    }
    panel.curves.push_back(curve);
    panels += element(
        "div",
        element("p", line_sample(curve.style) + escape(curve.name), "class=\"panel-title\"") +
            draw(panel),
        "class=\"panel\"");
  }
  return html + panel_grid(panels, in_twos(curves.size()));
}

std::string figure(std::string_view id, const std::string& title, const std::string& content,
                   const std::string& caption, const std::string& table, Language language) {
  const std::string numbers = element(
      "details",
      element("summary",
              escape(say({"Numbers of this figure", "Les nombres de cette figure"}, language))) +
          element("div", table, "class=\"scroll\""));
  return element("section",
                 element("h3", escape(title)) +
                     element("figure", content + element("figcaption", escape(caption))) + numbers,
                 fmt::format("class=\"figure\" id=\"figure-{}\"", id));
}

std::string header_row(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) row += element("th", escape(cell), "scope=\"col\"");
  return element("thead", element("tr", row));
}

std::string body_row(const std::string& name, const std::vector<std::string>& cells) {
  std::string row = element("th", escape(name), "scope=\"row\"");
  for (const std::string& cell : cells) row += element("td", escape(cell));
  return element("tr", row);
}

std::string table(const std::string& caption, const std::string& head, const std::string& body) {
  return element("table", element("caption", escape(caption)) + head + element("tbody", body));
}

std::string range_text(const Interval& interval, int decimals, Language language) {
  return fill(language, {"[{}, {}]", "[{} ; {}]"}, number(interval.low, decimals, language),
              number(interval.high, decimals, language));
}

/// The baseline first, then the others in their order: who reads a figure meets it first.
std::vector<std::size_t> in_order(const Results& results, std::size_t baseline) {
  std::vector<std::size_t> order{baseline};
  for (std::size_t s = 0; s < results.strategies.size(); ++s)
    if (s != baseline) order.push_back(s);
  return order;
}

std::vector<std::size_t> line_styles(const Results& results, std::size_t baseline) {
  std::vector<std::size_t> styles(results.strategies.size(), 0);
  std::size_t next = 1;
  for (std::size_t s = 0; s < styles.size(); ++s)
    if (s != baseline) styles[s] = next++;
  return styles;
}

std::string month_name(const Results& results, std::int64_t month, Language language) {
  static constexpr std::array<Words, 12> names{{{"January", "janvier"},
                                                {"February", "février"},
                                                {"March", "mars"},
                                                {"April", "avril"},
                                                {"May", "mai"},
                                                {"June", "juin"},
                                                {"July", "juillet"},
                                                {"August", "août"},
                                                {"September", "septembre"},
                                                {"October", "octobre"},
                                                {"November", "novembre"},
                                                {"December", "décembre"}}};
  const std::chrono::year_month_day date{month_start(parse_date(results.start_date), month)};
  return fmt::format("{} {}", say(names[static_cast<unsigned>(date.month()) - 1], language),
                     static_cast<int>(date.year()));
}

}  // namespace analysis
