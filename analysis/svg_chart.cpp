#include "analysis/svg_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "analysis/html.hpp"
#include "analysis/text_cells.hpp"

namespace analysis {
namespace {

constexpr double font_size = 12;
constexpr double line_height = 14;
constexpr double label_width = 200;        // room for the names at the ends of the lines
constexpr std::size_t label_columns = 27;  // what fits there

/// About how wide a text is, in CSS pixels: digits and letters of a sans-serif face.
double text_width(std::string_view text) {
  return 0.58 * font_size * static_cast<double>(columns(text));
}

std::string coordinate(double value) { return fmt::format("{:.2f}", value + 0.0); }

std::string text_at(double x, double y, std::string_view text, std::string_view attributes) {
  return fmt::format("<text x=\"{}\" y=\"{}\" {}>{}</text>", coordinate(x), coordinate(y),
                     attributes, escape(text));
}

std::string line_between(double x1, double y1, double x2, double y2, std::string_view attributes) {
  return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {}/>", coordinate(x1),
                     coordinate(y1), coordinate(x2), coordinate(y2), attributes);
}

std::string open_svg(double width, double height, std::string_view title,
                     std::string_view description) {
  const std::string label = escape(title) + (description.empty() ? "" : ". " + escape(description));
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\">",
      coordinate(width), coordinate(height), coordinate(width), coordinate(height), label);
}

std::string dash_attribute(std::size_t style) {
  const std::string dash = dash_pattern(style);
  return dash.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dash);
}

std::string style_class(std::size_t style) {
  if (style == 0) return "s0";
  return fmt::format("s{}", 1 + (style - 1) % (line_style_count - 1));
}

/// Where things stand: data to pixels.
struct Frame {
  double left = 0, right = 0, top = 0, bottom = 0;
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
  double x(double value) const {
    return left + (value - x_low) / (x_high - x_low) * (right - left);
  }
  double y(double value) const {
    return bottom - (value - y_low) / (y_high - y_low) * (bottom - top);
  }
};

/// Ends of the stretches of points for which every given column has a number.
std::vector<std::pair<std::size_t, std::size_t>> stretches(
    const std::vector<const std::vector<double>*>& data) {
  std::vector<std::pair<std::size_t, std::size_t>> result;
  const std::size_t size = data.front()->size();
  std::size_t first = 0;
  for (std::size_t i = 0; i <= size; ++i) {
    const bool whole =
        i < size && std::all_of(data.begin(), data.end(), [i](const std::vector<double>* column) {
          return !std::isnan((*column)[i]);
        });
    if (whole) continue;
    if (i > first) result.emplace_back(first, i);
    first = i + 1;
  }
  return result;
}

/// The points from `first` to `last` as path commands, there or back.
std::string path_of(const Frame& frame, const std::vector<double>& x, const std::vector<double>& y,
                    std::size_t first, std::size_t last, bool steps, bool back) {
  std::string path;
  for (std::size_t i = 0; i < last - first; ++i) {
    const std::size_t at = back ? last - 1 - i : first + i;
    if (steps && i > 0) {
      const std::size_t before = back ? at + 1 : at - 1;
      path +=
          back ? fmt::format("L{} {}", coordinate(frame.x(x[before])), coordinate(frame.y(y[at])))
               : fmt::format("L{} {}", coordinate(frame.x(x[at])), coordinate(frame.y(y[before])));
    }
    path += fmt::format("{}{} {}", path.empty() ? "" : "L", coordinate(frame.x(x[at])),
                        coordinate(frame.y(y[at])));
  }
  return path;
}

std::string draw_band(const Frame& frame, const Curve& curve) {
  std::string path;
  for (const auto& [first, last] : stretches({&curve.low, &curve.high}))
    path +=
        fmt::format("M{}L{}Z", path_of(frame, curve.x, curve.high, first, last, curve.steps, false),
                    path_of(frame, curve.x, curve.low, first, last, curve.steps, true));
  return path.empty()
             ? ""
             : fmt::format("<path class=\"band {}\" d=\"{}\"/>", style_class(curve.style), path);
}

std::string draw_line(const Frame& frame, const Curve& curve) {
  std::string path;
  for (const auto& [first, last] : stretches({&curve.y}))
    (path += 'M') += path_of(frame, curve.x, curve.y, first, last, curve.steps, false);
  return fmt::format("<path class=\"line {}{}\"{} d=\"{}\"/>", style_class(curve.style),
                     curve.ghost ? " ghost" : "", dash_attribute(curve.style), path);
}

/// Names to the right of the lines, pushed apart so that none covers another.
std::string draw_labels(const Frame& frame, const std::vector<Curve>& curves) {
  struct Label {
    const Curve* curve;
    std::vector<std::string> lines;
    double from = 0;  // height of the end of the line
    double y = 0;     // middle of the text
    double x = 0;     // end of the line
    double height() const { return line_height * static_cast<double>(lines.size()) + 4; }
  };
  std::vector<Label> labels;
  for (const Curve& curve : curves) {
    std::size_t end = curve.y.size();
    while (end > 0 && std::isnan(curve.y[end - 1])) --end;
    if (end == 0) continue;
    Label label{&curve, {}, frame.y(curve.y[end - 1]), 0, frame.x(curve.x[end - 1])};
    std::string text = wrap(curve.name, label_columns);
    for (std::size_t at = text.find('\n'); at != std::string::npos && label.lines.empty();
         at = text.find('\n')) {
      label.lines.push_back(text.substr(0, at));
      text.erase(0, at + 1);
    }
    std::replace(text.begin(), text.end(), '\n', ' ');
    label.lines.push_back(shorten(text, label_columns));
    label.lines.front() = shorten(label.lines.front(), label_columns);
    label.y = label.from;
    labels.push_back(label);
  }
  std::stable_sort(labels.begin(), labels.end(),
                   [](const Label& a, const Label& b) { return a.from < b.from; });
  double free = frame.top - line_height / 2;
  for (Label& label : labels) {
    label.y = std::max(label.y, free + label.height() / 2);
    free = label.y + label.height() / 2;
  }
  double limit = frame.bottom + line_height / 2;
  for (std::size_t i = labels.size(); i-- > 0;) {
    labels[i].y = std::min(labels[i].y, limit - labels[i].height() / 2);
    limit = labels[i].y - labels[i].height() / 2;
  }
  std::string svg;
  for (const Label& label : labels) {
    const double x = frame.right + 8;
    svg += line_between(label.x + 2, label.from, x + 2, label.y, "class=\"leader\"");
    svg += line_between(x + 4, label.y, x + 26, label.y,
                        fmt::format("class=\"line {}\"{}", style_class(label.curve->style),
                                    dash_attribute(label.curve->style)));
    double y = label.y - line_height * (static_cast<double>(label.lines.size()) - 1) / 2 + 4;
    for (const std::string& line : label.lines) {
      svg += text_at(x + 30, y, line, "class=\"name\"");
      y += line_height;
    }
  }
  return svg;
}

}  // namespace

std::vector<double> nice_ticks(double low, double high, int about) {
  assert(low < high && about > 0);
  const double raw = (high - low) / about;
  double power = 1;
  while (power > raw) power /= 10;
  while (power * 10 <= raw) power *= 10;
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw) {
      step = factor * power;
      break;
    }
  const auto first = static_cast<long>(std::floor(low / step + 1e-9));
  const auto last = static_cast<long>(std::ceil(high / step - 1e-9));
  std::vector<double> ticks;
  for (long i = first; i <= last; ++i) ticks.push_back(static_cast<double>(i) * step);
  return ticks;
}

int tick_decimals(const std::vector<double>& ticks) {
  const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
  int decimals = 0;
  for (double unit = 1; decimals < 6 && step < unit * 0.999; unit /= 10) ++decimals;
  return decimals;
}

std::string dash_pattern(std::size_t style) {
  static constexpr std::array<std::string_view, line_style_count> patterns{
      "", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 1 2 1 2", "1 4", "14 3 4 3"};
  if (style == 0) return "";
  const std::size_t turn = (style - 1) / (line_style_count - 1);
  return std::string(patterns[1 + (style - 1 + 3 * turn) % (line_style_count - 1)]);
}

std::string draw(const LineChart& chart) {
  assert(!chart.curves.empty() && chart.y_ticks.size() >= 2);
  double widest = 0;
  for (const Tick& tick : chart.y_ticks) widest = std::max(widest, text_width(tick.text));
  Frame frame;
  frame.left = widest + 12;
  frame.right = chart.width - (chart.labels ? label_width : 18);
  frame.top = chart.y_title.empty() ? 12 : 30;
  frame.bottom = chart.height - (chart.x_title.empty() ? 24 : 40);
  frame.x_low = chart.x_low;
  frame.x_high = chart.x_high;
  frame.y_low = chart.y_ticks.front().at;
  frame.y_high = chart.y_ticks.back().at;

  std::string svg = open_svg(chart.width, chart.height, chart.title, chart.description);
  if (!chart.y_title.empty()) svg += text_at(2, 13, chart.y_title, "class=\"unit\"");
  for (const Tick& tick : chart.y_ticks) {
    const double y = frame.y(tick.at);
    svg += line_between(frame.left, y, frame.right, y,
                        tick.at == 0 ? "class=\"axis\"" : "class=\"grid\"");
    svg += text_at(frame.left - 6, y + 4, tick.text, "text-anchor=\"end\"");
  }
  for (const Tick& tick : chart.x_ticks) {
    const double x = frame.x(tick.at);
    svg += line_between(x, frame.bottom, x, frame.bottom + 4, "class=\"axis\"");
    svg += text_at(x, frame.bottom + 17, tick.text, "text-anchor=\"middle\"");
  }
  if (!chart.x_title.empty())
    svg += text_at((frame.left + frame.right) / 2, chart.height - 5, chart.x_title,
                   "text-anchor=\"middle\" class=\"unit\"");
  for (const Curve& curve : chart.curves)
    if (!curve.low.empty()) svg += draw_band(frame, curve);
  for (const Curve& curve : chart.curves) svg += draw_line(frame, curve);
  if (chart.labels) svg += draw_labels(frame, chart.curves);
  return svg + "</svg>";
}

std::string draw(const BarChart& chart) {
  constexpr double row = 26, thickness = 14;
  double names = 0, texts = 0;
  for (const Bar& bar : chart.bars) {
    names = std::max(names, text_width(bar.name));
    texts = std::max(texts, text_width(bar.text));
  }
  const double left = names + 10, right = chart.width - texts - 12;
  const auto x = [&](double value) { return left + value / chart.high * (right - left); };
  const double height = row * static_cast<double>(chart.bars.size()) + 4;
  std::string svg = open_svg(chart.width, height, chart.title, chart.description);
  double middle = row / 2 + 2;
  for (const Bar& bar : chart.bars) {
    svg += text_at(left - 6, middle + 4, bar.name, "text-anchor=\"end\"");
    svg += fmt::format("<rect class=\"bar b{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                       bar.style, coordinate(left), coordinate(middle - thickness / 2),
                       coordinate(x(bar.value) - left), coordinate(thickness));
    double end = x(bar.value);
    if (bar.interval) {
      const double low = x(std::max(0.0, bar.interval->low)), high = x(bar.interval->high);
      svg += line_between(low, middle, high, middle, "class=\"whisker\"");
      svg += line_between(low, middle - 4, low, middle + 4, "class=\"whisker\"");
      svg += line_between(high, middle - 4, high, middle + 4, "class=\"whisker\"");
      end = std::max(end, high);
    }
    svg += text_at(end + 6, middle + 4, bar.text, "class=\"name\"");
    middle += row;
  }
  svg += line_between(left, 0, left, height, "class=\"axis\"");
  return svg + "</svg>";
}

std::string line_sample(std::size_t style) {
  return fmt::format(
      "<svg class=\"sample\" viewBox=\"0 0 30 8\" width=\"30\" height=\"8\" aria-hidden=\"true\">"
      "<line class=\"line {}\"{} x1=\"1\" y1=\"4\" x2=\"29\" y2=\"4\"/></svg>",
      style_class(style), dash_attribute(style));
}

}  // namespace analysis
