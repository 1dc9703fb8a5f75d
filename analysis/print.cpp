#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>

#include "analysis/compare.hpp"
#include "analysis/money.hpp"
#include "analysis/text_cells.hpp"

namespace analysis {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_width = 80;
constexpr std::size_t least_name_width = 16;

/// ANSI colours, or nothing. Blue and orange are told apart by those who do not see red and green.
struct Paint {
  bool on = false;
  std::string bold(const std::string& text) const {
    return on ? "\033[1m" + text + "\033[0m" : text;
  }
  std::string favour(const std::string& text, std::optional<bool> good) const {
    if (!on || !good) return text;
    return (*good ? "\033[34m" : "\033[33m") + text + "\033[0m";
  }
};

/// The cells of a row after the strategy's name.
using Cells = std::array<std::string, 6>;

Cells heading(Language language) {
  const bool french = language == Language::fr;
  const std::string interval = (french ? "intervalle " : "") + percent(usual_level, 0, language) +
                               (french ? "" : " interval");
  return {french ? "moyenne" : "mean",         interval, french ? "écart" : "difference", interval,
          french ? "favorable" : "favourable", ""};
}

Cells cells_of(const Measure& measure, const Row& row, Language language) {
  Cells cells{mean_text(measure, row.level, language),
              interval_text(measure, row.level, language),
              "",
              "",
              "",
              ""};
  if (!row.difference) {
    cells[2] = language == Language::fr ? "référence" : "baseline";
    return cells;
  }
  const PairedDifference& difference = *row.difference;
  cells[2] = difference_text(measure, difference.estimate, language);
  cells[3] = difference_interval_text(measure, difference.estimate, language);
  if (row.favourable) cells[4] = percent(*row.favourable->mean, 0, language);
  cells[5] = mark(verdict(difference));
  return cells;
}

/// A line under a heading.
std::string rule(std::size_t width) {
  std::string text;
  for (std::size_t column = 0; column < width; ++column) text += "─";
  return text;
}

std::string shorten_to_fit(const std::string& text, std::size_t width) {
  return pad_right(shorten(text, width), width);
}

}  // namespace

void print(const Comparison& comparison, Language language, std::ostream& out,
           const PrintOptions& options) {
  const bool french = language == Language::fr;
  const Paint paint{options.colour};
  const std::size_t width = std::max(options.width, least_width);

  const Cells head = heading(language);
  std::array<std::size_t, head.size()> widths{};
  const auto widen = [&widths](const Cells& cells) {
    for (std::size_t c = 0; c < cells.size(); ++c)
      widths[c] = std::max(widths[c], columns(cells[c]));
  };
  widen(head);
  std::size_t longest_name = 0;
  for (const record::StrategyLabel& strategy : comparison.strategies)
    longest_name = std::max(longest_name, columns(strategy.title));
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows) widen(cells_of(*finding.measure, row, language));
  std::size_t taken = gap;  // the indent of a row
  for (const std::size_t cell : widths) taken += gap + cell;
  const std::size_t room = width > taken ? width - taken : 0;
  const std::size_t name_width = std::min(longest_name, std::max(least_name_width, room));

  const auto line = [&](const std::string& name, const Cells& cells, std::optional<bool> good) {
    std::string text = std::string(gap, ' ') + shorten_to_fit(name, name_width);
    for (std::size_t c = 0; c + 1 < cells.size(); ++c)
      text += std::string(gap, ' ') + pad_left(cells[c], widths[c]);
    if (!cells.back().empty())
      text += std::string(gap, ' ') + paint.favour(cells.back(), good);
    else
      text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  };

  line(french ? "Stratégie" : "Strategy", head, std::nullopt);
  std::optional<Theme> theme;
  for (const Finding& finding : comparison.findings) {
    const Measure& measure = *finding.measure;
    if (measure.theme != theme) {
      theme = measure.theme;
      const std::string name = say(label(*theme), language);
      out << '\n' << paint.bold(name) << '\n' << rule(columns(name)) << '\n';
    }
    const std::string unit = unit_text(measure, language);
    const std::string heading = title(measure, language) + (unit.empty() ? "" : " (" + unit + ")");
    out << '\n' << paint.bold(wrap(heading, width)) << '\n';
    for (const Row& row : finding.rows)
      line(comparison.strategies[row.strategy].title, cells_of(measure, row, language),
           row.difference ? in_favour(measure, verdict(*row.difference)) : std::nullopt);
  }

  const auto paragraph = [&](const std::string& text) { out << '\n' << wrap(text, width) << '\n'; };
  paragraph(say({"▲ higher and ▼ lower than the baseline, the interval of the paired difference "
                 "leaves zero out; ≈ not told apart; ? fewer than two replications. \"favourable\" "
                 "is the share of the replications in which the strategy serves the residents, or "
                 "the budget, rather than the baseline does; ties count half.",
                 "▲ plus haut et ▼ plus bas que la référence, l'intervalle de l'écart apparié "
                 "exclut zéro ; ≈ non distingué ; ? moins de deux réplications. « favorable » est "
                 "la part des réplications où la stratégie sert mieux les habitants, ou le budget, "
                 "que la référence ; les égalités comptent pour moitié."},
                language));
  paragraph(say({"Intervals cover chance from one run to the next. They cover neither the "
                 "uncertainty of the parameters nor that of the model.",
                 "Les intervalles couvrent le hasard d'une simulation à l'autre. Ils ne couvrent "
                 "ni l'incertitude des paramètres ni celle du modèle."},
                language));
  const Tally counted = tally(comparison);
  if (counted.intervals > 0)
    paragraph(
        fill(language,
             {"{} of {} intervals leave zero out; without any true difference, chance alone "
              "would make about {} of them do so.",
              "{} intervalles sur {} excluent zéro ; sans aucun écart réel, le hasard seul en "
              "ferait exclure zéro à {} environ."},
             counted.told_apart, counted.intervals,
             number((1 - usual_level) * static_cast<double>(counted.intervals), 0, language)));

  for (std::size_t s = 0; s < comparison.strategies.size(); ++s) {
    if (s == comparison.baseline) continue;
    out << '\n' << paint.bold(comparison.strategies[s].title) << '\n';
    out << wrap(balance_sentence(comparison, s, language), width) << '\n';
  }
}

void print_costs(const record::Results& results, std::size_t baseline, Language language,
                 std::ostream& out, const PrintOptions& options) {
  const std::vector<CostPerOutcome> costs = costs_per_outcome(results, baseline);
  if (costs.empty()) return;
  const Paint paint{options.colour};
  const std::size_t width = std::max(options.width, least_width);
  const auto heading = fill(language,
                            {"What it costs, discounted at {} a year, against {}",
                             "Ce que cela coûte, actualisé à {} par an, face à {}"},
                            percent(*discount_rate(results), 1, language),
                            quote(results.strategies[baseline].title, language));
  out << '\n' << paint.bold(wrap(heading, width)) << '\n';
  std::optional<std::size_t> strategy;
  for (const CostPerOutcome& cost : costs) {
    if (cost.strategy != strategy) out << results.strategies[cost.strategy].title << '\n';
    strategy = cost.strategy;
    out << wrap("- " + cost_sentence(cost, language), width, 2) << '\n';
  }
}

}  // namespace analysis
