#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>

#include "analysis/compare.hpp"
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

std::string_view mark(Verdict verdict) {
  switch (verdict) {
    case Verdict::higher:
      return "▲";
    case Verdict::lower:
      return "▼";
    case Verdict::not_told_apart:
      return "≈";
    case Verdict::too_few_replications:
      break;
  }
  return "?";
}

/// The cells of a row after the strategy's name.
using Cells = std::array<std::string, 6>;

Cells heading(Language language) {
  const bool french = language == Language::fr;
  const std::string interval = (french ? "intervalle " : "") + percent(usual_level, 0, language) +
                               (french ? "" : " interval");
  return {french ? "moyenne" : "mean",     interval, french ? "écart" : "difference", interval,
          french ? "plus haut" : "higher", ""};
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
  cells[4] = fmt::format("{}/{}", difference.higher, difference.estimate.count);
  cells[5] = mark(verdict(difference));
  return cells;
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
  for (const Finding& finding : comparison.findings) {
    const Measure& measure = *finding.measure;
    const std::string unit = say(unit_words(measure.unit), language);
    out << '\n'
        << paint.bold(say(measure.label, language)) << (unit.empty() ? "" : " (" + unit + ")")
        << '\n';
    for (const Row& row : finding.rows)
      line(comparison.strategies[row.strategy].title, cells_of(measure, row, language),
           row.difference ? in_favour(measure, verdict(*row.difference)) : std::nullopt);
  }

  const auto paragraph = [&](const std::string& text) { out << '\n' << wrap(text, width) << '\n'; };
  paragraph(say({"▲ higher and ▼ lower than the baseline, the interval of the paired difference "
                 "leaves zero out; ≈ not told apart; ? fewer than two replications. \"higher\" "
                 "counts the replications in which the strategy is above the baseline.",
                 "▲ plus haut et ▼ plus bas que la référence, l'intervalle de l'écart apparié "
                 "exclut zéro ; ≈ non distingué ; ? moins de deux réplications. « plus haut » "
                 "compte les réplications où la stratégie dépasse la référence."},
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
    for (const Finding& finding : comparison.findings)
      out << wrap("- " + sentence(comparison, finding, s, language), width, 2) << '\n';
  }
}

void write_csv(const Comparison& comparison, std::ostream& out, CsvDialect dialect) {
  const bool french = dialect == CsvDialect::french_excel;
  const Language language = french ? Language::fr : Language::en;
  const char separator = french ? ';' : ',';
  std::string line;
  const auto put = [&](const std::string& cell) {
    if (!line.empty()) line += separator;
    line += csv_cell(cell, separator);
  };
  const auto put_text = [&](std::string_view text) { put(harmless(text)); };
  const auto put_number = [&](std::optional<double> value) {
    std::string text = value ? fmt::format("{}", *value) : "";
    if (french) std::replace(text.begin(), text.end(), '.', ',');
    put(text);
  };
  const auto put_count = [&](std::size_t count) { put(fmt::format("{}", count)); };
  const auto put_estimate = [&](const Estimate& estimate) {
    put_number(estimate.mean);
    put_number(estimate.interval ? std::optional(estimate.interval->low) : std::nullopt);
    put_number(estimate.interval ? std::optional(estimate.interval->high) : std::nullopt);
  };
  const auto end_line = [&] {
    out << line << "\r\n";
    line.clear();
  };

  static constexpr std::array<Words, 21> names{{{"measure", "mesure"},
                                                {"label", "libellé"},
                                                {"unit", "unité"},
                                                {"strategy", "stratégie"},
                                                {"title", "titre"},
                                                {"baseline", "référence"},
                                                {"replications", "réplications"},
                                                {"missing", "manquantes"},
                                                {"mean", "moyenne"},
                                                {"mean_low", "moyenne_basse"},
                                                {"mean_high", "moyenne_haute"},
                                                {"pairs", "paires"},
                                                {"pairs_missing", "paires_manquantes"},
                                                {"difference", "écart"},
                                                {"difference_low", "écart_bas"},
                                                {"difference_high", "écart_haut"},
                                                {"verdict", "constat"},
                                                {"pairs_higher", "paires_plus_haut"},
                                                {"pairs_equal", "paires_égales"},
                                                {"pairs_lower", "paires_plus_bas"},
                                                {"variance_ratio", "rapport_de_variances"}}};
  const auto verdict_words = [](Verdict said) -> Words {
    switch (said) {
      case Verdict::higher:
        return {"higher", "plus haut"};
      case Verdict::lower:
        return {"lower", "plus bas"};
      case Verdict::not_told_apart:
        return {"not told apart", "non distingué"};
      case Verdict::too_few_replications:
        break;
    }
    return {"too few replications", "trop peu de réplications"};
  };
  const auto unit_cell = [](Unit unit) -> Words {
    if (unit == Unit::share) return {"1", "1"};
    if (unit == Unit::euros) return {"EUR", "EUR"};
    return unit_words(unit);
  };

  if (french) out << "\uFEFF";
  for (const Words& name : names) put(std::string(french ? name.fr : name.en));
  end_line();
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows) {
      const record::StrategyLabel& strategy = comparison.strategies[row.strategy];
      put_text(finding.measure->name);
      put_text(say(finding.measure->label, language));
      put_text(say(unit_cell(finding.measure->unit), language));
      put_text(strategy.name);
      put_text(strategy.title);
      put_text(comparison.strategies[comparison.baseline].name);
      put_count(row.level.count);
      put_count(row.level.missing);
      put_estimate(row.level);
      if (row.difference) {
        const PairedDifference& difference = *row.difference;
        put_count(difference.estimate.count);
        put_count(difference.estimate.missing);
        put_estimate(difference.estimate);
        put_text(say(verdict_words(verdict(difference)), language));
        put_count(difference.higher);
        put_count(difference.equal);
        put_count(difference.lower);
        put_number(difference.variance_ratio);
      } else {
        for (int empty = 0; empty < 10; ++empty) put("");
      }
      end_line();
    }
}

}  // namespace analysis
