/// The figures over the months of the run.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "analysis/calendar.hpp"
#include "analysis/figure_parts.hpp"
#include "analysis/figures.hpp"

namespace analysis {
namespace {

using record::Indicator;
using record::Results;

constexpr double stage_recognised = 5;  // of the indicator `team_stage`

std::size_t replications_of(const Results& results) {
  return static_cast<std::size_t>(results.replications());
}

/// One number per month of one run: what a figure shows.
using Series = std::vector<double> (*)(const Results&, std::size_t strategy,
                                       std::size_t replication);

template <Indicator indicator>
std::vector<double> monthly(const Results& results, std::size_t strategy, std::size_t replication) {
  const auto months = results.months_of(indicator, strategy, replication);
  return {months.begin(), months.end()};
}

/// Thousands of euros spent since the start.
std::vector<double> cumulated_cost(const Results& results, std::size_t strategy,
                                   std::size_t replication) {
  std::vector<double> months = monthly<Indicator::net_cost>(results, strategy, replication);
  double sum = 0;
  for (double& month : months) {
    sum += month;
    month = sum / 1000;
  }
  return months;
}

/// 100 if a team is recognised, 0 if not: the mean of runs is a percentage.
std::vector<double> recognised(const Results& results, std::size_t strategy,
                               std::size_t replication) {
  std::vector<double> months = monthly<Indicator::team_stage>(results, strategy, replication);
  for (double& month : months)
    if (!std::isnan(month)) month = month >= stage_recognised ? 100 : 0;
  return months;
}

struct CurveFigure {
  std::string_view id;
  Words title;
  Words unit;
  Words meaning;  ///< a sentence for the caption
  Series series;
  bool bands = true;
  int decimals = 0;  ///< in the table
};

const std::array<CurveFigure, 7>& curve_table() {
  static const std::array<CurveFigure, 7> table{{
      {"professionals",
       label(Indicator::professionals).name,
       {"persons", "personnes"},
       label(Indicator::professionals).explanation,
       monthly<Indicator::professionals>,
       true,
       1},
      {"adults-without-gp",
       label(Indicator::adults_without_gp).name,
       {"persons", "personnes"},
       label(Indicator::adults_without_gp).explanation,
       monthly<Indicator::adults_without_gp>,
       true,
       0},
      {"accessibility",
       label(Indicator::local_accessibility).name,
       {"consultations per resident and year", "consultations par habitant et par an"},
       label(Indicator::local_accessibility).explanation,
       monthly<Indicator::local_accessibility>,
       true,
       2},
      {"wait",
       label(Indicator::wait_mean).name,
       {"days", "jours"},
       label(Indicator::wait_mean).explanation,
       monthly<Indicator::wait_mean>,
       true,
       1},
      {"emergency",
       label(Indicator::emergency_visits).name,
       {"visits a month", "passages par mois"},
       label(Indicator::emergency_visits).explanation,
       monthly<Indicator::emergency_visits>,
       true,
       1},
      {"net-cost",
       {"Net cost to the municipality since the start", "Coût net cumulé pour la commune"},
       {"thousand euros", "milliers d'euros"},
       label(Indicator::net_cost).explanation,
       cumulated_cost,
       true,
       0},
      {"recognised",
       {"Runs in which a team is recognised", "Simulations où une équipe est reconnue"},
       {"% of runs", "% des simulations"},
       {"Share of the replications in which the team's project is at the stage \"recognised\" or "
        "beyond",
        "Part des réplications où le projet de l'équipe est à l'étape « reconnu » ou au-delà"},
       recognised,
       false,
       0},
  }};
  return table;
}

/// Ticks at the first of January, or at every second, fifth ... one so that `most` is not exceeded.
std::vector<Tick> year_ticks(const Results& results, std::size_t most) {
  const std::chrono::year_month_day start{parse_date(results.start_date)};
  const int offset = static_cast<int>(static_cast<unsigned>(start.month())) - 1;
  std::vector<Tick> ticks;
  for (const int every : {1, 2, 5, 10, 20, 50, 100}) {
    ticks.clear();
    for (int year = static_cast<int>(start.year()) + (offset > 0 ? 1 : 0), first = year;
         (year - static_cast<int>(start.year())) * 12 - offset <= results.months; ++year)
      if ((year - first) % every == 0)
        ticks.push_back({static_cast<double>((year - static_cast<int>(start.year())) * 12 - offset),
                         fmt::format("{}", year)});
    if (ticks.size() <= most) break;
  }
  return ticks;
}

std::string curve_figure(const Results& results, const CurveFigure& what, std::size_t baseline,
                         Language language) {
  const auto months = static_cast<std::size_t>(results.months);
  const std::vector<std::size_t> styles = line_styles(results, baseline);
  std::vector<Curve> curves;
  std::vector<std::vector<BandPoint>> bands;
  bool anything = false;
  for (const std::size_t s : in_order(results, baseline)) {
    std::vector<std::vector<double>> runs;
    for (std::size_t r = 0; r < replications_of(results); ++r)
      runs.push_back(what.series(results, s, r));
    bands.push_back(quantile_bands(runs));
    Curve curve;
    curve.name = results.strategies[s].title;
    curve.style = styles[s];
    for (std::size_t m = 0; m < months; ++m) {
      const BandPoint& point = bands.back()[m];
      curve.x.push_back(static_cast<double>(m + 1));
      curve.y.push_back(point.mean);
      anything = anything || (what.bands ? point.count > 0 : point.mean > 0);
      if (!what.bands) continue;
      curve.low.push_back(point.low);
      curve.high.push_back(point.high);
    }
    curves.push_back(curve);
  }
  if (!anything) return "";

  Axes axes;
  axes.title = say(what.title, language);
  axes.y_title = say(what.unit, language);
  axes.x_high = static_cast<double>(results.months);
  axes.wide_ticks = year_ticks(results, 11);
  axes.narrow_ticks = year_ticks(results, 6);

  std::vector<std::string> head{say({"Month", "Mois"}, language)};
  for (const Curve& curve : curves) head.push_back(curve.name);
  std::string body;
  for (std::size_t m = 0; m < months; ++m) {
    if ((m + 1) % 12 != 0 && m + 1 != months) continue;
    std::vector<std::string> cells;
    for (const std::vector<BandPoint>& points : bands) {
      const BandPoint& point = points[m];
      cells.push_back(number(point.mean, what.decimals, language));
      if (what.bands && point.count > 0)
        (cells.back() += ' ') += range_text({point.low, point.high}, what.decimals, language);
    }
    body += body_row(month_name(results, static_cast<std::int64_t>(m), language), cells);
  }

  std::string caption = say(what.meaning, language) + ". ";
  caption +=
      what.bands
          ? fill(language,
                 {"Line: mean of the replications ({}). Band: 5th to 95th percentile of the "
                  "replications (type 7), that is how far chance alone moves one run.",
                  "Trait : moyenne des réplications ({}). Bande : du 5e au 95e centile des "
                  "réplications (type 7), c'est-à-dire ce que le hasard seul déplace d'une "
                  "simulation à l'autre."},
                 results.replications())
          : fill(language, {"Replications: {}.", "Réplications : {}."}, results.replications());
  if (what.bands && curves.size() > most_overlaid_bands)
    caption += say({" In the panels, the thin grey line is the baseline.",
                    " Dans les vignettes, le trait gris fin est la référence."},
                   language);
  const std::string table_caption = fill(
      language,
      what.bands ? Words{"{}, {}: mean [5th percentile, 95th percentile] at the end of each year",
                         "{}, {} : moyenne [5e centile ; 95e centile] à la fin de chaque année"}
                 : Words{"{}, {}, at the end of each year", "{}, {}, à la fin de chaque année"},
      axes.title, axes.y_title);
  return figure(what.id, axes.title, charts(axes, curves, language), caption,
                table(table_caption, header_row(head), body), language);
}

}  // namespace

std::string curve_figures(const Results& results, std::size_t baseline, Language language) {
  std::string html;
  for (const CurveFigure& what : curve_table())
    html += curve_figure(results, what, baseline, language);
  return html;
}

}  // namespace analysis
