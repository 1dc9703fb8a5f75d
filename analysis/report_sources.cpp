/// What was simulated, how sure it is, and where it comes from.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/figures.hpp"
#include "analysis/report_parts.hpp"
#include "analysis/svg_chart.hpp"
#include "analysis/text_cells.hpp"

namespace analysis {
namespace {

using record::Results;

constexpr std::size_t few_replications = 10;  // under which the report warns

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

}  // namespace

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
                 element("pre", escape(results.provenance.scenario_text)));
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

std::string provenance(const Page& page) {
  const record::Provenance& from = page.results.provenance;
  const auto name = [&page](const Words& words) { return say(words, page.language); };
  const auto rows = read_csv(from.parameters_csv);
  return facts({{name({"Scenario", "Scénario"}), from.scenario_name},
                {name({"Territory and data", "Territoire et données"}), from.territory},
                {name({"Seed", "Graine"}), fmt::format("{}", page.results.seed)},
                {name({"Replications", "Réplications"}),
                 fill(page.language, {"{} to {}", "{} à {}"},
                      page.results.replication_numbers.front(),
                      page.results.replication_numbers.back())},
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

}  // namespace analysis
