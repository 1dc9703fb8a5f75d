#include "analysis/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/calendar.hpp"
#include "analysis/html.hpp"
#include "analysis/svg_chart.hpp"

namespace analysis {
namespace {

using record::Indicator;
using record::Results;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double days_per_year = 365.25;
constexpr double stage_recognised = 5;  // of the indicator `team_stage`
constexpr double panel_width = 340, wide_panel_width = 440, panel_height = 210;
constexpr std::size_t fewest_watched = 10;      // a retention curve ends with fewer
constexpr std::size_t most_overlaid_bands = 2;  // more would hide each other

std::size_t replications_of(const Results& results) {
  return static_cast<std::size_t>(results.replications);
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

const std::array<CurveFigure, 6>& curve_table() {
  static const std::array<CurveFigure, 6> table{{
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

std::vector<Tick> number_ticks(double low, double high, int about, Language language) {
  const std::vector<double> at = nice_ticks(low, high > low ? high : low + 1, about);
  std::vector<Tick> ticks;
  ticks.reserve(at.size());
  for (const double value : at)
    ticks.push_back({value, number(value, tick_decimals(at), language)});
  return ticks;
}

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

std::string panel_grid(const std::string& panels, bool two) {
  return element("div", panels, two ? "class=\"panels two\"" : "class=\"panels\"");
}

std::string scrollable(const std::string& svg) { return element("div", svg, "class=\"chart\""); }

/// What the charts of one figure share.
struct Axes {
  std::string title, y_title, x_title;
  double x_high = 1;
  std::vector<Tick> wide_ticks, narrow_ticks;
};

/// One chart with bands where few curves share it; otherwise all lines in one chart, then each with
/// its band in a panel of its own, beside the baseline's line.
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
                 results.replications)
          : fill(language, {"Replications: {}.", "Réplications : {}."}, results.replications);
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

/// The last time at which enough were still watched to draw a curve; the longest time of a group
/// that never had so many. Requires a group.
double last_time_with_enough(std::vector<Duration> group) {
  std::sort(group.begin(), group.end(),
            [](const Duration& a, const Duration& b) { return a.time > b.time; });
  return group[group.size() < fewest_watched ? 0 : fewest_watched - 1].time;
}

std::string retention_figure(const Results& results, std::size_t baseline, Language language,
                             std::string_view id, const Words& title, const Words& meaning,
                             const Words& x_title,
                             std::vector<Duration> (*durations_of)(const Results&, std::size_t)) {
  const std::vector<std::size_t> styles = line_styles(results, baseline);
  const double years = static_cast<double>(results.months) / 12;
  std::vector<Curve> curves;
  std::vector<std::string> head{say({"Years", "Années"}, language)};
  std::vector<std::string> body_rows;
  std::vector<std::vector<SurvivalPoint>> all;
  std::vector<std::vector<Duration>> durations;
  for (const std::size_t s : in_order(results, baseline)) {
    std::vector<Duration> group = durations_of(results, s);
    if (group.empty()) continue;
    const std::vector<SurvivalPoint> points = kaplan_meier(group);
    const double last = std::min(years, last_time_with_enough(group));
    Curve curve;
    curve.name = results.strategies[s].title;
    curve.style = styles[s];
    curve.steps = true;
    const auto put = [&curve](double time, const SurvivalPoint& point) {
      curve.x.push_back(time);
      curve.y.push_back(100 * point.survival);
      const bool start = point.at_risk == 0;  // before the first departure S is 1, surely
      curve.low.push_back(point.interval ? 100 * point.interval->low : start ? 100 : not_a_number);
      curve.high.push_back(point.interval ? 100 * point.interval->high
                           : start        ? 100
                                          : not_a_number);
    };
    put(0, SurvivalPoint{});
    for (const SurvivalPoint& point : points)
      if (point.time <= last) put(point.time, point);
    put(last, survival_at(points, last));
    curves.push_back(curve);
    head.push_back(curve.name);
    all.push_back(points);
    durations.push_back(std::move(group));
  }
  if (curves.empty()) return "";

  std::string body;
  for (int year = 1; year <= static_cast<int>(years); ++year) {
    std::vector<std::string> cells;
    for (std::size_t c = 0; c < curves.size(); ++c) {
      const auto watched =
          std::count_if(durations[c].begin(), durations[c].end(),
                        [year](const Duration& duration) { return duration.time >= year; });
      const SurvivalPoint point = survival_at(all[c], year);
      if (watched == 0) {
        cells.emplace_back(missing_mark);
        continue;
      }
      std::string cell = percent(point.survival, 1, language);
      if (point.interval)
        (cell += ' ') +=
            range_text({100 * point.interval->low, 100 * point.interval->high}, 1, language);
      cells.push_back(cell + fill(language, {" ({} watched)", " ({} suivis)"}, watched));
    }
    body += body_row(fmt::format("{}", year), cells);
  }

  Axes axes;
  axes.title = say(title, language);
  axes.y_title = say({"% still at work", "% encore en exercice"}, language);
  axes.x_title = say(x_title, language);
  axes.x_high = years;
  axes.wide_ticks = number_ticks(0, years, 10, language);
  axes.narrow_ticks = number_ticks(0, years, 5, language);
  const auto beyond = [years](const Tick& tick) { return tick.at > years; };
  for (std::vector<Tick>* ticks : {&axes.wide_ticks, &axes.narrow_ticks})
    ticks->erase(std::remove_if(ticks->begin(), ticks->end(), beyond), ticks->end());

  const std::string caption =
      say(meaning, language) +
      fill(
          language,
          {" Estimate of Kaplan and Meier over all replications and professions, with Greenwood's "
           "95% intervals (log-log). They take stays as independent; as colleagues of one run "
           "share "
           "a team and a town, the true uncertainty is wider. A curve ends where fewer than {} are "
           "still watched.",
           " Estimation de Kaplan-Meier, toutes réplications et professions réunies, avec les "
           "intervalles à 95 % de Greenwood (log-log). Ils supposent les séjours indépendants ; or "
           "les collègues d'une même simulation partagent une équipe et une commune, et "
           "l'incertitude vraie est plus large. Une courbe s'arrête là où moins de {} "
           "professionnels sont encore suivis."},
          fewest_watched);
  const std::string table_caption =
      fill(language,
           {"{}: share still at work [95% interval] after so many years, and professionals "
            "watched so long",
            "{} : part encore en exercice [intervalle à 95 %] après tant d'années, et nombre de "
            "professionnels suivis jusque-là"},
           axes.title);
  return figure(id, axes.title, charts(axes, curves, language), caption,
                table(table_caption, header_row(head), body), language);
}

std::vector<Duration> stays_where(const Results& results, std::size_t strategy,
                                  bool here_at_start) {
  std::vector<Duration> durations;
  for (const record::Stay& stay : results.stays) {
    if (stay.strategy != strategy || stay.here_at_start != here_at_start) continue;
    const bool ended = stay.cause != record::DepartureCause::still_here;
    const std::int32_t days = stay.departure_day - stay.arrival_day;
    if (days <= 0 && !ended) continue;  // came on the last day: nothing was watched
    durations.push_back({std::max(0.5, static_cast<double>(days)) / days_per_year, ended});
  }
  return durations;
}

}  // namespace

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

std::vector<Duration> stays_of_arrivals(const Results& results, std::size_t strategy) {
  return stays_where(results, strategy, false);
}

std::vector<Duration> stays_of_those_at_start(const Results& results, std::size_t strategy) {
  return stays_where(results, strategy, true);
}

std::string curve_figures(const Results& results, std::size_t baseline, Language language) {
  std::string html;
  for (const CurveFigure& what : curve_table())
    html += curve_figure(results, what, baseline, language);
  return html;
}

std::string flow_figure(const Results& results, std::size_t baseline, Language language) {
  using record::DepartureCause;
  struct Flow {
    Words name;
    std::size_t style;
    bool (*holds)(const record::Stay&);
  };
  static constexpr std::array<Flow, 5> flows{
      {{{"arrivals", "installations"},
        0,
        [](const record::Stay& stay) { return !stay.here_at_start; }},
       {{"left: retirement", "départs : retraite"},
        1,
        [](const record::Stay& stay) { return stay.cause == DepartureCause::retirement; }},
       {{"left: relocation", "départs : ailleurs"},
        2,
        [](const record::Stay& stay) { return stay.cause == DepartureCause::relocation; }},
       {{"left: burnout", "départs : épuisement"},
        3,
        [](const record::Stay& stay) { return stay.cause == DepartureCause::burnout; }},
       {{"left: end of contract", "départs : fin de contrat"}, 4, [](const record::Stay& stay) {
          return stay.cause == DepartureCause::contract_end;
        }}}};
  if (results.stays.empty()) return "";

  // Counts by strategy, flow and replication, in one pass.
  std::vector<std::array<std::vector<double>, flows.size()>> counts(results.strategies.size());
  for (auto& strategy : counts)
    for (std::vector<double>& runs : strategy) runs.assign(replications_of(results), 0);
  for (const record::Stay& stay : results.stays)
    for (std::size_t f = 0; f < flows.size(); ++f)
      if (flows[f].holds(stay))
        ++counts[stay.strategy][f]
                [static_cast<std::size_t>(stay.replication - results.first_replication)];

  const std::string title =
      say({"Arrivals, and departures by cause", "Installations, et départs par cause"}, language);
  std::vector<std::string> head{say({"Strategy", "Stratégie"}, language)};
  for (const Flow& flow : flows) head.push_back(say(flow.name, language));
  std::vector<BarChart> panels;
  std::string body;
  double highest = 1;
  const std::vector<std::size_t> order = in_order(results, baseline);
  for (const std::size_t s : order) {
    BarChart chart;
    chart.title = title + " \u2013 " + results.strategies[s].title;
    std::vector<std::string> cells;
    for (std::size_t f = 0; f < flows.size(); ++f) {
      const Estimate estimate = estimate_mean(counts[s][f]);
      const std::string text = number(*estimate.mean, 1, language);
      chart.bars.push_back(
          {say(flows[f].name, language), flows[f].style, *estimate.mean, estimate.interval, text});
      cells.push_back(text);
      if (estimate.interval) (cells.back() += ' ') += range_text(*estimate.interval, 1, language);
      highest = std::max(highest, estimate.interval ? estimate.interval->high : *estimate.mean);
    }
    body += body_row(results.strategies[s].title, cells);
    panels.push_back(chart);
  }
  const std::vector<std::size_t> styles = line_styles(results, baseline);
  std::string content;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    panels[i].high = highest;
    const std::size_t s = order[i];
    content += element("div",
                       element("p", line_sample(styles[s]) + escape(results.strategies[s].title),
                               "class=\"panel-title\"") +
                           draw(panels[i]),
                       "class=\"panel\"");
  }
  const std::string caption = say(
      {"Persons over the whole period and all professions: mean of the replications, with its 95% "
       "interval as a thin line where there are two replications or more.",
       "Personnes, sur toute la période et toutes professions réunies : moyenne des réplications, "
       "avec son intervalle à 95 % en trait fin dès deux réplications."},
      language);
  const std::string table_caption =
      say({"Persons over the whole period: mean [95% interval]",
           "Personnes sur toute la période : moyenne [intervalle à 95 %]"},
          language);
  return figure("flows", title, panel_grid(content, true), caption,
                table(table_caption, header_row(head), body), language);
}

std::string retention_figures(const Results& results, std::size_t baseline, Language language) {
  return retention_figure(
             results, baseline, language, "retention-arrivals",
             {"Do those who arrive stay?", "Ceux qui s'installent restent-ils ?"},
             {"Professionals who arrived during the run, by time since their arrival.",
              "Professionnels installés pendant la simulation, selon le temps depuis leur "
              "installation."},
             {"years since arrival", "années depuis l'installation"}, stays_of_arrivals) +
         retention_figure(
             results, baseline, language, "retention-start",
             {"Do those who were there stay?", "Ceux qui étaient là restent-ils ?"},
             {"Professionals at work on the first day, by time since that day: how long they had "
              "been there before is not known.",
              "Professionnels en exercice le premier jour, selon le temps depuis ce jour : leur "
              "ancienneté d'alors n'est pas connue."},
             {"years since the start", "années depuis le début"}, stays_of_those_at_start);
}

}  // namespace analysis
