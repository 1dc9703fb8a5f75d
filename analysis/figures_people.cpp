/// The figures about those who come, stay and leave.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "analysis/figure_parts.hpp"
#include "analysis/figures.hpp"
#include "analysis/html.hpp"
#include "analysis/retention.hpp"

namespace analysis {
namespace {

using record::Results;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t fewest_watched = 10;  // a retention curve ends with fewer

/// The last time at which enough were still watched to draw a curve; the longest time of a group
/// that never had so many. Requires a group.
double last_time_with_enough(std::vector<Duration> group) {
  std::sort(group.begin(), group.end(),
            [](const Duration& a, const Duration& b) { return a.time > b.time; });
  return group[group.size() < fewest_watched ? 0 : fewest_watched - 1].time;
}

std::string retention_figure(const Results& results, std::size_t baseline, Language language,
                             std::string_view id, const Words& title, const Words& meaning,
                             const Words& x_title, Cohort cohort) {
  const std::vector<std::size_t> styles = line_styles(results, baseline);
  const double years = static_cast<double>(results.months) / 12;
  std::vector<Curve> curves;
  std::vector<std::string> head{say({"Years", "Années"}, language)};
  std::vector<std::string> body_rows;
  std::vector<std::vector<SurvivalPoint>> all;
  std::vector<std::vector<Duration>> durations;
  for (const std::size_t s : in_order(results, baseline)) {
    std::vector<Duration> group = stays(results, s, cohort);
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

}  // namespace

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
    for (std::vector<double>& runs : strategy)
      runs.assign(static_cast<std::size_t>(results.replications()), 0);
  for (const record::Stay& stay : results.stays)
    for (std::size_t f = 0; f < flows.size(); ++f)
      if (flows[f].holds(stay)) ++counts[stay.strategy][f][results.position_of(stay.replication)];

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
             {"years since arrival", "années depuis l'installation"}, Cohort::arrivals) +
         retention_figure(
             results, baseline, language, "retention-start",
             {"Do those who were there stay?", "Ceux qui étaient là restent-ils ?"},
             {"Professionals at work on the first day, by time since that day: how long they had "
              "been there before is not known.",
              "Professionnels en exercice le premier jour, selon le temps depuis ce jour : leur "
              "ancienneté d'alors n'est pas connue."},
             {"years since the start", "années depuis le début"}, Cohort::at_start);
}

std::string retention_table(const Results& results, std::size_t baseline, Language language) {
  const double years = std::min(5.0, static_cast<double>(results.months) / 12);
  const std::string after = years < 5 ? number(years, 1, language) : number(years, 0, language);
  const std::vector<std::size_t> order = in_order(results, baseline);
  std::vector<std::string> head{say({"Profession", "Profession"}, language)};
  for (const std::size_t s : order) head.push_back(results.strategies[s].title);
  std::string bodies;
  for (const Cohort cohort : {Cohort::arrivals, Cohort::at_start}) {
    std::string rows =
        element("tr", element("th", escape(say(label(cohort), language)),
                              fmt::format("scope=\"rowgroup\" colspan=\"{}\"", order.size() + 1)));
    bool anyone = false;
    const auto add = [&](const Words& name, std::optional<world::Profession> profession) {
      std::vector<std::string> cells;
      bool some = false;
      for (const std::size_t s : order) {
        const Retained found = retained(stays(results, s, cohort, profession), years);
        some = some || found.count > 0;
        std::string cell(missing_mark);
        if (found.watched > 0) {
          cell = percent(found.at.survival, 0, language);
          if (found.at.interval)
            (cell += ' ') += range_text(
                {100 * found.at.interval->low, 100 * found.at.interval->high}, 0, language);
        }
        cells.push_back(cell);
      }
      if (some) rows += body_row(say(name, language), cells);
      anyone = anyone || some;
    };
    add({"all professions", "toutes professions"}, std::nullopt);
    for (std::size_t p = 0; p < world::profession_names.size(); ++p)
      add(label(static_cast<world::Profession>(p)), static_cast<world::Profession>(p));
    if (anyone) bodies += element("tbody", rows);
  }
  if (bodies.empty()) return "";
  const std::string caption =
      fill(language,
           {"Share still at work after {} years [95% interval], by profession: estimate of Kaplan "
            "and Meier over all replications; a dash where nobody was watched so long",
            "Part encore en exercice après {} ans [intervalle à 95 %], par profession : estimation "
            "de Kaplan-Meier sur toutes les réplications ; un tiret là où personne n'a été suivi "
            "si longtemps"},
           after);
  return element("h3",
                 escape(say({"Who stays, by profession", "Qui reste, par profession"}, language))) +
         element("div",
                 element("table", element("caption", escape(caption)) + header_row(head) + bodies),
                 "class=\"scroll\"");
}

}  // namespace analysis
