/// What the report finds: the table that a mayor reads, each strategy's balance, and all measures.
#include <fmt/format.h>

#include <array>

#include "analysis/figures.hpp"
#include "analysis/report_parts.hpp"
#include "analysis/svg_chart.hpp"

namespace analysis {
namespace {

constexpr std::size_t strategies_a_table = 3;  // besides the baseline

/// In a word, and not by colour alone, what a verdict means to those concerned.
std::string pill(const Page& page, const Measure& measure, Verdict said) {
  const std::optional<bool> good = in_favour(measure, said);
  if (good) {
    const bool budget = measure.theme == Theme::money;
    const Words words =
        *good ? (budget ? Words{"▼ eases the budget", "▼ allège le budget"}
                        : Words{"for the residents", "favorable aux habitants"})
              : (budget ? Words{"▲ weighs on the budget", "▲ pèse sur le budget"}
                        : Words{"against the residents", "défavorable aux habitants"});
    const std::string arrow = budget ? "" : said == Verdict::higher ? "▲ " : "▼ ";
    return element("span", arrow + page.words(words),
                   *good ? "class=\"pill good\"" : "class=\"pill bad\"");
  }
  const Words words =
      said == Verdict::too_few_replications ? Words{"? one replication", "? une réplication"}
      : said == Verdict::not_told_apart     ? Words{"≈ not told apart", "≈ non distingué"}
      : said == Verdict::higher             ? Words{"▲ higher", "▲ plus haut"}
                                            : Words{"▼ lower", "▼ plus bas"};
  return element("span", page.words(words), "class=\"pill\"");
}

/// One strategy under one measure: the difference, its interval, and how often it is favourable.
std::string glance_cell(const Page& page, const Measure& measure, const Row& row) {
  const Estimate& estimate = row.difference->estimate;
  if (!estimate.mean && !row.level.mean) return element("td", std::string(missing_mark));
  if (!estimate.mean)  // the baseline lacks it: a share of rooms where there are none
    return element("td", element("strong", escape(mean_text(measure, row.level, page.language))) +
                             element("small", page.words({"level", "niveau"})));
  const Verdict said = verdict(*row.difference);
  const std::optional<bool> good = in_favour(measure, said);
  std::string cell =
      element("strong", std::string(mark(said)) + " " +
                            escape(difference_text(measure, estimate, page.language)));
  if (estimate.interval)
    cell += element("small", escape(difference_interval_text(measure, estimate, page.language)));
  if (row.favourable)
    cell += element("small", escape(fill(page.language, {"favourable {}", "favorable {}"},
                                         percent(*row.favourable->mean, 0, page.language))));
  return element("td", cell, good ? (*good ? "class=\"good\"" : "class=\"bad\"") : "");
}

/// The headline measures by theme: the baseline's level, and the differences of a few strategies.
std::string glance_table(const Page& page, const Comparison& shown,
                         const std::vector<std::size_t>& group, bool captioned) {
  const Language language = page.language;
  const std::vector<std::size_t> styles = line_styles(page.results, shown.baseline);
  std::string head = element("th", page.words({"Measure", "Mesure"}), "scope=\"col\"");
  const auto column = [&](std::size_t s, const std::string& more) {
    head +=
        element("th", line_sample(styles[s]) + escape(page.title_of(s)) + more, "scope=\"col\"");
  };
  column(shown.baseline, element("small", page.words({"baseline, level", "référence, niveau"})));
  for (const std::size_t s : group)
    column(s, element("small", page.words({"difference", "écart"})));
  std::string bodies, rows;
  std::optional<Theme> theme;
  const auto close = [&] {
    if (!rows.empty()) bodies += element("tbody", rows, "class=\"measure\"");
    rows.clear();
  };
  for (const Finding& finding : shown.findings) {
    const Measure& measure = *finding.measure;
    if (measure.theme != theme) {
      close();
      theme = measure.theme;
      rows = element("tr",
                     element("th", page.words(label(*theme)),
                             fmt::format("scope=\"rowgroup\" colspan=\"{}\"", group.size() + 2)));
    }
    std::string unit = unit_text(measure, language);
    unit = unit.empty() ? say(label(measure.period), language)
                        : say(label(measure.period), language) + " · " + unit;
    if (!measure.note.en.empty()) unit += " · " + say(measure.note, language);
    const Row& base = finding.rows[shown.baseline];
    std::string level = element("strong", escape(mean_text(measure, base.level, language)));
    if (base.level.interval)
      level += element("small", escape(interval_text(measure, base.level, language)));
    std::string cells =
        element("th", page.words(measure.label) + element("small", escape(unit)), "scope=\"row\"") +
        element("td", level);
    for (const std::size_t s : group) cells += glance_cell(page, measure, finding.rows[s]);
    rows += element("tr", cells);
  }
  close();
  const std::string caption =
      captioned
          ? element("caption",
                    page.words(
                        {"Mean and 95% interval of the baseline; then mean difference to it, with "
                         "the 95% interval of the paired difference. ▲ higher, ▼ lower, ≈ not told "
                         "apart, ? one replication. \"Favourable\": in how many runs of a hundred "
                         "the strategy serves the residents (for money: the budget) rather than "
                         "the baseline does, with the same luck; ties count half.",
                         "Moyenne et intervalle à 95 % de la référence ; puis écart moyen à "
                         "celle-ci, avec l'intervalle à 95 % de l'écart apparié. ▲ plus haut, ▼ "
                         "plus bas, ≈ non distingué, ? une seule réplication. « Favorable » : "
                         "dans combien de simulations sur cent la stratégie sert les habitants "
                         "(pour l'argent : le budget) plus que la référence, à chances égales ; "
                         "les égalités comptent pour moitié."}))
          : "";
  return element("div",
                 element("table", caption + element("thead", element("tr", head)) + bodies,
                         "class=\"glance\""),
                 "class=\"scroll\"");
}

/// Where a strategy fails and where it serves, each finding in words.
std::string balance_card(const Page& page, const Comparison& shown, std::size_t s) {
  const Language language = page.language;
  const Balance found = balance(shown, s);
  const auto names = [&](const std::vector<std::size_t>& findings) {
    std::string list;
    for (const std::size_t f : findings)
      list += (list.empty() ? "" : " · ") + say(shown.findings[f].measure->label, language);
    return escape(list);
  };
  std::string items;
  for (const std::size_t f : found.fails) {
    const Finding& finding = shown.findings[f];
    items += element(
        "li", pill(page, *finding.measure, verdict(*finding.rows[s].difference)) +
                  element("div", element("strong", escape(title(*finding.measure, language))) +
                                     "<br>" + escape(short_sentence(finding, s, language))));
  }
  const auto group = [&](const std::vector<std::size_t>& findings, const Words& name,
                         std::string_view attributes) {
    if (!findings.empty())
      items += element(
          "li", element("span", page.words(name), attributes) + element("div", names(findings)));
  };
  group(found.serves, {"favourable", "favorable"}, "class=\"pill good\"");
  group(found.not_told_apart, {"≈ not told apart", "≈ non distingué"}, "class=\"pill\"");
  const std::vector<std::size_t> styles = line_styles(page.results, shown.baseline);
  const std::string summary =
      fill(language,
           {"Fails on {}, serves on {}, not told apart on {}.",
            "En défaut sur {}, favorable sur {}, non distinguée sur {}."},
           found.fails.size(), found.serves.size(), found.not_told_apart.size());
  return element(
      "div",
      element("h3", line_sample(styles[s]) +
                        escape(fill(language, {"{}, compared with {}", "{}, comparé à {}"},
                                    quote(page.title_of(s), language),
                                    quote(page.title_of(shown.baseline), language)))) +
          paragraph(escape(summary)) + (items.empty() ? "" : element("ul", items)),
      "class=\"card\"");
}

}  // namespace

std::string main_findings(const Page& page) {
  const Comparison& comparison = page.comparison;
  const Language language = page.language;
  if (comparison.strategies.size() < 2)
    return paragraph(page.words(
        {"Only one strategy was simulated: there is nothing to compare it with. The figures below "
         "show what it gives.",
         "Une seule stratégie a été simulée : il n'y a rien à quoi la comparer. Les figures "
         "ci-dessous montrent ce qu'elle donne."}));
  std::string html = paragraph(
      escape(fill(language,
                  {"Each strategy is compared with {}, run by run, over {} of simulated life. What "
                   "follows holds in this model and under these parameters; it is no forecast.",
                   "Chaque stratégie est comparée à {}, simulation par simulation, sur {} de vie "
                   "simulée. Ce qui suit vaut dans ce modèle et avec ces paramètres ; ce n'est pas "
                   "une prévision."},
                  quote(page.title_of(comparison.baseline), language),
                  period_length(page.results, language))),
      "class=\"lead\"");
  const Comparison shown = headlines(comparison);
  bool first = true;
  for (const std::vector<std::size_t>& group : table_groups(page, strategies_a_table)) {
    html += glance_table(page, shown, group, first);
    first = false;
  }
  html += element("h3", page.words({"Where each strategy fails, and where it serves",
                                    "Où chaque stratégie échoue, et où elle sert"}));
  for (std::size_t s = 0; s < shown.strategies.size(); ++s)
    if (s != shown.baseline) html += balance_card(page, shown, s);
  html += paragraph(
      page.words({"\"Not told apart\" means that chance alone can explain the difference seen. It "
                  "does not mean that the strategies are equal.",
                  "« Non distingué » veut dire que le hasard seul peut expliquer l'écart observé. "
                  "Cela ne veut pas dire que les stratégies se valent."}),
      "class=\"note\"");
  return html;
}

std::string comparison_table(const Page& page) {
  const Language language = page.language;
  const Comparison& comparison = page.comparison;
  const std::string interval =
      escape(fill(language, {"{} interval", "intervalle à {}"}, percent(usual_level, 0, language)));
  std::string head;
  for (const std::string& cell :
       {page.words({"Strategy", "Stratégie"}), page.words({"mean", "moyenne"}), interval,
        page.words({"difference to baseline", "écart à la référence"}), interval,
        page.words({"runs higher / equal / lower", "simulations plus haut / égal / plus bas"}),
        page.words({"verdict", "constat"})})
    head += element("th", cell, "scope=\"col\"");
  std::string bodies;
  for (const Finding& finding : comparison.findings) {
    const Measure& measure = *finding.measure;
    const std::string unit = unit_text(measure, language);
    std::string rows = element("tr", element("th",
                                             escape(title(measure, language)) +
                                                 (unit.empty() ? "" : " (" + escape(unit) + ")"),
                                             "scope=\"rowgroup\" colspan=\"7\""));
    for (const Row& row : finding.rows) {
      std::string cells = element("th", escape(page.title_of(row.strategy)), "scope=\"row\"") +
                          element("td", escape(mean_text(measure, row.level, language))) +
                          element("td", escape(interval_text(measure, row.level, language)));
      if (row.difference) {
        const PairedDifference& difference = *row.difference;
        const Verdict said = verdict(difference);
        const std::optional<bool> good = in_favour(measure, said);
        std::string_view mark = "?";
        if (said == Verdict::higher) mark = "▲";
        if (said == Verdict::lower) mark = "▼";
        if (said == Verdict::not_told_apart) mark = "≈";
        std::string meaning(mark);
        if (good)
          (meaning += ' ') += page.words(*good ? Words{"favourable", "favorable"}
                                               : Words{"unfavourable", "défavorable"});
        cells += element("td", escape(difference_text(measure, difference.estimate, language))) +
                 element("td",
                         escape(difference_interval_text(measure, difference.estimate, language))) +
                 element("td", fmt::format("{} / {} / {}", difference.higher, difference.equal,
                                           difference.lower)) +
                 element("td", meaning, good ? (*good ? "class=\"good\"" : "class=\"bad\"") : "");
      } else {
        cells +=
            element("td", page.words({"baseline", "référence"})) + "<td></td><td></td><td></td>";
      }
      rows += element("tr", cells);
    }
    bodies += element("tbody", rows, "class=\"measure\"");
  }
  const std::string caption = page.words(
      {"▲ higher, ▼ lower: the interval of the paired difference leaves zero out. ≈ not "
       "told apart. ? fewer than two replications. Differences of shares are in "
       "percentage points. (Un)favourable is said from the residents' point of view, for "
       "money from that of the municipality's budget, and of measures that are neither, "
       "nothing is said.",
       "▲ plus haut, ▼ plus bas : l'intervalle de l'écart apparié exclut zéro. ≈ non "
       "distingué. ? moins de deux réplications. Les écarts de parts sont en points de "
       "pourcentage. (Dé)favorable s'entend du point de vue des habitants, pour l'argent "
       "de celui du budget communal ; des mesures qui ne sont ni l'un ni l'autre, rien "
       "n'est dit."});
  const std::string table =
      element("div",
              element("table",
                      element("caption", caption) + element("thead", element("tr", head)) + bodies),
              "class=\"scroll\"");
  std::string html =
      paragraph(escape(
          fill(language,
               {"Beside the main ones above, {} measures in all were compared. \"maillage compare "
                "--tables\" writes them for a spreadsheet.",
                "Outre les principales ci-dessus, {} mesures en tout ont été comparées. « maillage "
                "compare --tables » les écrit pour un tableur."},
               comparison.findings.size()))) +
      details(page.words({"Every measure, strategy by strategy",
                          "Toutes les mesures, stratégie par stratégie"}),
              table);
  std::string all;
  for (std::size_t s = 0; s < comparison.strategies.size(); ++s) {
    if (s == comparison.baseline) continue;
    std::string items;
    for (const Finding& finding : comparison.findings)
      items += element("li", escape(sentence(comparison, finding, s, language)));
    all += element("h3", escape(page.title_of(s))) + element("ul", items);
  }
  if (!all.empty())
    html +=
        details(page.words({"Every finding as a sentence", "Chaque constat en une phrase"}), all);
  return html;
}

}  // namespace analysis
