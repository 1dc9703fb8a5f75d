#include "analysis/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <system_error>
#include <vector>

#include "analysis/calendar.hpp"
#include "analysis/compare.hpp"
#include "analysis/figures.hpp"
#include "analysis/html.hpp"
#include "analysis/report_style.hpp"
#include "analysis/svg_chart.hpp"
#include "analysis/text_cells.hpp"

namespace analysis {
namespace {

using record::Results;

constexpr std::size_t few_replications = 10;  // under which the report warns

/// What every section needs.
struct Page {
  const Results& results;
  const Comparison& comparison;
  Language language;

  std::string words(const Words& text) const { return escape(say(text, language)); }
  const std::string& title_of(std::size_t strategy) const {
    return results.strategies[strategy].title;
  }
  std::string quoted(std::size_t strategy) const {
    return escape(quote(title_of(strategy), language));
  }
};

std::string section(const Page& page, std::string_view id, const Words& title,
                    const std::string& content) {
  return fmt::format("<section id=\"{}\">{}{}</section>\n", id, element("h2", page.words(title)),
                     content);
}

std::string paragraph(const std::string& escaped, std::string_view attributes = "") {
  return element("p", escaped, attributes);
}

std::string details(const std::string& summary, const std::string& content) {
  return element("details", element("summary", summary) + content);
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::string list;
  for (const auto& [name, value] : rows)
    if (!value.empty()) list += element("dt", escape(name)) + element("dd", escape(value));
  return element("dl", list, "class=\"facts\"");
}

/// "10 years", or months where they make no whole years.
std::string period_length(const Results& results, Language language) {
  if (results.months % 12 != 0) return fill(language, {"{} months", "{} mois"}, results.months);
  const std::int64_t years = results.months / 12;
  return years == 1 ? say({"one year", "un an"}, language)
                    : fill(language, {"{} years", "{} ans"}, years);
}

/// "5 communes, 17,948 residents: Kervignac, ...", from lines "56094 Kervignac: 6596". The text as
/// it is if it has other lines.
std::string territory_summary(const std::string& territory, Language language) {
  constexpr std::size_t most_names = 8;
  std::size_t communes = 0;
  double residents = 0;
  std::string names;
  std::istringstream lines(territory);
  for (std::string line; std::getline(lines, line); ++communes) {
    const std::size_t space = line.find(' ');
    const std::size_t colon = line.rfind(": ");
    if (space == std::string::npos || colon == std::string::npos || colon < space) return territory;
    int count = 0;
    const char* end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + colon + 2, end, count);
    if (error != std::errc() || stop != end) return territory;
    residents += count;
    if (communes < most_names) {
      names += (communes == 0 ? "" : ", ") + line.substr(space + 1, colon - space - 1);
    }
  }
  const std::string all = number(residents, 0, language);
  if (communes <= 1) return fill(language, {"{}, {} residents", "{}, {} habitants"}, names, all);
  if (communes <= most_names) {
    return fill(language, {"{} communes, {} residents: {}", "{} communes, {} habitants : {}"},
                communes, all, names);
  }
  return fill(
      language,
      {"{} communes, {} residents: {} and {} more", "{} communes, {} habitants : {} et {} autres"},
      communes, all, names, communes - most_names);
}

std::string heading(const Page& page) {
  const Results& results = page.results;
  const Language language = page.language;
  const auto say_name = [&](const Words& name) { return say(name, language); };
  return element(
      "header",
      paragraph(page.words({"Maillage · simulated comparison of municipal health strategies",
                            "Maillage · comparaison simulée de stratégies communales de santé"}),
                "class=\"kicker\"") +
          element("h1", escape(results.provenance.scenario_title)) +
          facts({{say_name({"Territory", "Territoire"}),
                  territory_summary(results.provenance.territory, language)},
                 {say_name({"Period", "Période"}),
                  fill(language, {"{}, from {} to {}", "{}, de {} à {}"},
                       period_length(results, language), month_name(results, 0, language),
                       month_name(results, results.months - 1, language))},
                 {say_name({"Strategies", "Stratégies"}),
                  fill(language, {"{}, compared with {}", "{}, comparées à {}"},
                       results.strategies.size(),
                       quote(page.title_of(page.comparison.baseline), language))},
                 {say_name({"Replications", "Réplications"}),
                  fill(language,
                       {"{} for each strategy, independent of each other",
                        "{} par stratégie, indépendantes les unes des autres"},
                       number(static_cast<double>(results.replications), 0, language))}}));
}

std::string contents(const Page& page) {
  static constexpr std::array<std::pair<std::string_view, Words>, 7> links{
      {{"findings", {"Main findings", "Constats principaux"}},
       {"strategies", {"What was simulated", "Ce qui a été simulé"}},
       {"comparison", {"Full comparison", "Comparaison complète"}},
       {"curves", {"Over the years", "Au fil des années"}},
       {"people", {"Arrivals and departures", "Installations et départs"}},
       {"sure", {"How sure are we?", "Que vaut ce résultat ?"}},
       {"provenance", {"Where this comes from", "D'où viennent ces nombres"}}}};
  std::string items;
  for (const auto& [id, title] : links)
    items += element("li", element("a", page.words(title), fmt::format("href=\"#{}\"", id)));
  return element(
      "nav", element("ul", items),
      fmt::format("class=\"toc\" aria-label=\"{}\"", page.words({"Contents", "Sommaire"})));
}

/// In a word, and not by colour alone, what a verdict means to those concerned.
std::string pill(const Page& page, const Measure& measure, Verdict said) {
  const std::optional<bool> good = in_favour(measure, said);
  if (good) {
    const bool budget = measure.concerned == Concerned::budget;
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

std::string main_findings(const Page& page) {
  const Comparison& comparison = page.comparison;
  const Language language = page.language;
  std::string html;
  if (comparison.strategies.size() < 2)
    return paragraph(page.words(
        {"Only one strategy was simulated: there is nothing to compare it with. The figures below "
         "show what it gives.",
         "Une seule stratégie a été simulée : il n'y a rien à quoi la comparer. Les figures "
         "ci-dessous montrent ce qu'elle donne."}));
  html += paragraph(
      escape(fill(language,
                  {"Each strategy is compared with {}, run by run, over {} of simulated life. What "
                   "follows holds in this model and under these parameters; it is no forecast.",
                   "Chaque stratégie est comparée à {}, simulation par simulation, sur {} de vie "
                   "simulée. Ce qui suit vaut dans ce modèle et avec ces paramètres ; ce n'est pas "
                   "une prévision."},
                  quote(page.title_of(comparison.baseline), language),
                  period_length(page.results, language))),
      "class=\"lead\"");
  const std::vector<std::size_t> styles = line_styles(page.results, comparison.baseline);
  for (std::size_t s = 0; s < comparison.strategies.size(); ++s) {
    if (s == comparison.baseline) continue;
    std::string items;
    for (const Finding& finding : comparison.findings) {
      if (!finding.measure->headline) continue;
      const Row& row = finding.rows[s];
      items += element(
          "li", pill(page, *finding.measure, verdict(*row.difference)) +
                    element("div", element("strong", page.words(finding.measure->label)) + "<br>" +
                                       escape(short_sentence(finding, s, language))));
    }
    html += element(
        "div",
        element("h3", line_sample(styles[s]) +
                          escape(fill(language, {"{}, compared with {}", "{}, comparé à {}"},
                                      quote(page.title_of(s), language),
                                      quote(page.title_of(comparison.baseline), language)))) +
            element("ul", items),
        "class=\"card\"");
  }
  html += paragraph(
      page.words({"\"Not told apart\" means that chance alone can explain the difference seen. It "
                  "does not mean that the strategies are equal.",
                  "« Non distingué » veut dire que le hasard seul peut expliquer l'écart observé. "
                  "Cela ne veut pas dire que les stratégies se valent."}),
      "class=\"note\"");
  return html;
}

/// Money that the municipality received less money it paid, by category: mean of replications.
std::string accounts_table(const Page& page) {
  using record::Account;
  const Results& results = page.results;
  if (results.ledger.empty()) return "";
  std::vector<std::array<std::int64_t, record::category_names.size()>> cents(
      results.strategies.size());
  for (auto& strategy : cents) strategy.fill(0);
  for (const record::LedgerEntry& entry : results.ledger) {
    std::int64_t& balance = cents[entry.strategy][static_cast<std::size_t>(entry.category)];
    if (entry.payee == Account::municipality) balance += entry.cents;
    if (entry.payer == Account::municipality) balance -= entry.cents;
  }
  const auto mean = [&](std::int64_t sum) {
    const std::string text =
        euros(static_cast<double>(sum) / 100 / static_cast<double>(results.replications), 0,
              page.language, Sign::always);
    return element("td", escape(text));
  };
  std::string head = element("th", page.words({"Category", "Poste"}), "scope=\"col\"");
  for (const record::StrategyLabel& strategy : results.strategies)
    head += element("th", escape(strategy.title), "scope=\"col\"");
  std::string body;
  std::vector<std::int64_t> totals(results.strategies.size(), 0);
  for (std::size_t c = 0; c < record::category_names.size(); ++c) {
    std::string row =
        element("th", page.words(label(static_cast<record::Category>(c))), "scope=\"row\"");
    bool used = false;
    for (std::size_t s = 0; s < cents.size(); ++s) {
      used = used || cents[s][c] != 0;
      totals[s] += cents[s][c];
      row += mean(cents[s][c]);
    }
    if (used) body += element("tr", row);
  }
  std::string row = element("th", page.words({"balance", "solde"}), "scope=\"row\"");
  for (const std::int64_t total : totals) row += mean(total);
  body += element("tr", row, "class=\"total\"");
  return element("h3", page.words({"The municipality's accounts", "Les comptes de la commune"})) +
         element(
             "div",
             element("table",
                     element("caption",
                             page.words({"Received less paid over the whole period, mean of the "
                                         "replications. A loan counts as received when drawn "
                                         "and as paid when repaid.",
                                         "Recettes moins dépenses sur toute la période, moyenne "
                                         "des réplications. Un emprunt est une recette quand "
                                         "il est souscrit, une dépense quand il est "
                                         "remboursé."})) +
                         element("thead", element("tr", head)) + element("tbody", body)),
             "class=\"scroll\"");
}

std::string strategies(const Page& page) {
  const Results& results = page.results;
  const std::vector<std::size_t> styles = line_styles(results, page.comparison.baseline);
  std::string items;
  for (std::size_t s = 0; s < results.strategies.size(); ++s)
    items += element("li", line_sample(styles[s]) + escape(results.strategies[s].title) + " (" +
                               element("code", escape(results.strategies[s].name)) + ")" +
                               (s == page.comparison.baseline
                                    ? " \u2013 " + page.words({"baseline", "référence"})
                                    : ""));
  return paragraph(page.words(
             {"The strategies below act on the same town with the same residents, the same "
              "professionals and the same luck. No law of the model knows them by name: each is a "
              "list of dated or conditional actions, given here as it was read.",
              "Les stratégies ci-dessous agissent sur la même commune, avec les mêmes habitants, "
              "les "
              "mêmes professionnels et le même hasard. Aucune loi du modèle ne les connaît par "
              "leur "
              "nom : chacune est une liste d'actions datées ou conditionnelles, donnée ici telle "
              "qu'elle a été lue."})) +
         element("ul", items, "class=\"strategies\"") +
         details(page.words({"The scenario and what each strategy does, as read",
                             "Le scénario et ce que fait chaque stratégie, tels que lus"}),
                 element("pre", escape(results.provenance.scenario_text))) +
         accounts_table(page);
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
    const std::string unit = say(unit_words(measure.unit), language);
    std::string rows = element(
        "tr",
        element("th", page.words(measure.label) + (unit.empty() ? "" : " (" + escape(unit) + ")"),
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
  std::string html = element("div",
                             element("table", element("caption", caption) +
                                                  element("thead", element("tr", head)) + bodies),
                             "class=\"scroll\"");
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

std::string how_sure(const Page& page) {
  const Language language = page.language;
  const Comparison& comparison = page.comparison;
  const Tally counted = tally(comparison);
  std::vector<double> ratios;
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows)
      if (row.difference && row.difference->variance_ratio)
        ratios.push_back(*row.difference->variance_ratio);
  std::sort(ratios.begin(), ratios.end());

  std::string items;
  const auto item = [&items](const std::string& text) { items += element("li", escape(text)); };
  item(
      fill(language,
           {"Replications of each strategy: {}. Two runs of the same strategy differ by chance "
            "alone. Run k of one strategy and run k of another share their luck as far as they "
            "can, so that less of their difference is due to chance.",
            "Réplications de chaque stratégie : {}. Deux simulations d'une même stratégie ne "
            "diffèrent que par le hasard. La simulation k d'une stratégie et la simulation k d'une "
            "autre partagent le même hasard autant que possible, si bien que le hasard pèse moins "
            "dans leur écart."},
           comparison.replications));
  if (comparison.replications == 1)
    item(
        say({"One replication shows what can happen, not what usually happens: chance and strategy "
             "cannot be told apart. Run more before you compare.",
             "Une seule réplication montre ce qui peut arriver, non ce qui arrive d'ordinaire : le "
             "hasard et la stratégie ne s'y distinguent pas. Il en faut davantage pour comparer."},
            language));
  else if (comparison.replications < few_replications)
    item(fill(language,
              {"{} replications are few: intervals are wide, and they lean on the assumption that "
               "the mean of the runs follows a normal law. Run more before you rely on them.",
               "{} réplications, c'est peu : les intervalles sont larges et supposent que la "
               "moyenne des simulations suit une loi normale. Il en faut davantage pour s'y fier."},
              comparison.replications));
  item(
      say({"A 95% interval covers chance between runs: were the whole experiment redone with other "
           "seeds, about 95 such intervals in 100 would hold the value that endless replications "
           "would give. Means use Student's law, shares of runs Wilson's interval and, in pairs, "
           "that of Bonett and Price.",
           "Un intervalle à 95 % couvre le hasard entre simulations : si l'on refaisait toute "
           "l'expérience avec d'autres graines, environ 95 intervalles sur 100 contiendraient la "
           "valeur que donneraient des réplications sans fin. Les moyennes utilisent la loi de "
           "Student, les parts de simulations l'intervalle de Wilson et, par paires, celui de "
           "Bonett et Price."},
          language));
  item(
      say({"These intervals do not cover the uncertainty of the parameters, nor that of the model "
           "itself. A narrow interval means many replications, not a true model.",
           "Ces intervalles ne couvrent ni l'incertitude des paramètres, ni celle du modèle. Un "
           "intervalle étroit dit qu'il y a beaucoup de réplications, non que le modèle est vrai."},
          language));
  if (counted.intervals > 0)
    item(
        fill(language,
             {"This page holds {} intervals of differences, and {} of them leave zero out. Without "
              "any true difference, chance alone would make about {} of them do so: a single "
              "finding among many deserves caution.",
              "Cette page contient {} intervalles d'écarts, et {} d'entre eux excluent zéro. Sans "
              "aucun écart réel, le hasard seul en ferait exclure zéro à {} environ : un constat "
              "isolé parmi d'autres appelle la prudence."},
             counted.intervals, counted.told_apart,
             number((1 - usual_level) * static_cast<double>(counted.intervals), 0, language)));
  if (!ratios.empty())
    item(
        fill(language,
             {"Sharing luck pays where the variance of the differences falls below that of "
              "independent runs. Here the ratio of the two has median {} (from {} to {}).",
              "Partager le hasard est utile si la variance des écarts tombe sous celle de "
              "simulations indépendantes. Ici le rapport des deux a pour médiane {} (de {} à {})."},
             number(quantile(ratios, 0.5), 2, language), number(ratios.front(), 2, language),
             number(ratios.back(), 2, language)));
  item(say({"A month without a single booking has no wait; it is left out, and so is a replication "
            "without the number asked for. The sentences say how many.",
            "Un mois sans aucune réservation n'a pas de délai ; il est laissé de côté, comme une "
            "réplication sans le nombre demandé. Les phrases disent combien."},
           language));
  std::string html = element("ul", items);
  if (!page.results.provenance.notes.empty())
    html += element("h3", page.words({"Checks and notes of the run",
                                      "Contrôles et remarques de la simulation"})) +
            element("pre", escape(page.results.provenance.notes));
  return html;
}

/// The parameter table as it was used; as plain text if it is no table.
std::string parameter_table(const Page& page) {
  const std::string& text = page.results.provenance.parameters_csv;
  const auto rows = read_csv(text);
  if (rows.size() < 2) return element("pre", escape(text));
  std::string head, body;
  for (const std::string& name : rows.front()) head += element("th", escape(name), "scope=\"col\"");
  for (std::size_t r = 1; r < rows.size(); ++r) {
    std::string cells;
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      cells += c == 0 ? element("th", escape(rows[r][c]), "scope=\"row\"")
                      : element("td", escape(rows[r][c]), "class=\"text\"");
    body += element("tr", cells);
  }
  return element(
      "div",
      element(
          "table",
          element("caption", page.words({"Every number of the world that the model used, with its "
                                         "unit and source",
                                         "Chaque nombre du monde utilisé par le modèle, avec son "
                                         "unité et sa source"})) +
              element("thead", element("tr", head)) + element("tbody", body)),
      "class=\"scroll\"");
}

std::string provenance(const Page& page) {
  const record::Provenance& from = page.results.provenance;
  const auto name = [&page](const Words& words) { return say(words, page.language); };
  const auto rows = read_csv(from.parameters_csv);
  return facts({{name({"Scenario", "Scénario"}), from.scenario_name},
                {name({"Territory and data", "Territoire et données"}), from.territory},
                {name({"Seed", "Graine"}), fmt::format("{}", page.results.seed)},
                {name({"Replications", "Réplications"}),
                 fill(page.language, {"{} to {}", "{} à {}"}, page.results.first_replication,
                      page.results.first_replication + page.results.replications - 1)},
                {name({"Version of Maillage", "Version de Maillage"}), from.version},
                {"Commit", from.commit},
                {name({"Compiler", "Compilateur"}), from.compiler},
                {name({"Run key", "Clé de simulation"}), from.run_key}}) +
         details(escape(fill(page.language,
                             {"The parameters and their sources ({} rows)",
                              "Les paramètres et leurs sources ({} lignes)"},
                             rows.empty() ? 0 : rows.size() - 1)),
                 parameter_table(page));
}

}  // namespace

std::string report_html(const Results& results, Language language,
                        const std::optional<std::string>& baseline_name) {
  const Comparison comparison = compare(results, baseline_name);
  const Page page{results, comparison, language};
  const std::size_t baseline = comparison.baseline;
  const std::string curves = curve_figures(results, baseline, language);
  const std::string people =
      flow_figure(results, baseline, language) + retention_figures(results, baseline, language);
  const std::string none = paragraph(page.words(
      {"The results hold no such numbers.", "Les résultats ne contiennent pas de tels nombres."}));

  std::string html = "<!DOCTYPE html>\n";
  html += fmt::format("<html lang=\"{}\">\n<head>\n", language == Language::fr ? "fr" : "en");
  html +=
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
  html += element("title", escape(results.provenance.scenario_title)) + "\n";
  html += element("style", report_style) + "\n</head>\n<body>\n";
  html += heading(page) + "\n" + contents(page) + "\n<main>\n";
  html += section(page, "findings", {"Main findings", "Constats principaux"}, main_findings(page));
  html +=
      section(page, "strategies", {"What was simulated", "Ce qui a été simulé"}, strategies(page));
  html += section(page, "comparison", {"Full comparison", "Comparaison complète"},
                  comparison_table(page));
  html += section(page, "curves", {"Over the years", "Au fil des années"},
                  curves.empty() ? none : curves);
  html += section(page, "people", {"Arrivals and departures", "Installations et départs"},
                  people.empty() ? none : people);
  html += section(page, "sure", {"How sure are we?", "Que vaut ce résultat ?"}, how_sure(page));
  html += section(page, "provenance", {"Where this comes from", "D'où viennent ces nombres"},
                  provenance(page));
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace analysis
