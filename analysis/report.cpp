#include "analysis/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <system_error>
#include <vector>

#include "analysis/figures.hpp"
#include "analysis/partial.hpp"
#include "analysis/report_parts.hpp"
#include "analysis/report_style.hpp"

namespace analysis {
namespace {

using record::Results;

std::string section(const Page& page, std::string_view id, const Words& title,
                    const std::string& content) {
  return fmt::format("<section id=\"{}\">{}{}</section>\n", id, element("h2", page.words(title)),
                     content);
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
                       number(static_cast<double>(results.replications()), 0, language))}}));
}

std::string contents(const Page& page) {
  static constexpr std::array<std::pair<std::string_view, Words>, 8> links{
      {{"findings", {"Main findings", "Constats principaux"}},
       {"strategies", {"What was simulated", "Ce qui a été simulé"}},
       {"comparison", {"Full comparison", "Comparaison complète"}},
       {"money", {"Money", "L'argent"}},
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

}  // namespace

std::string paragraph(const std::string& escaped, std::string_view attributes) {
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

std::vector<std::vector<std::size_t>> table_groups(const Page& page, std::size_t most) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t s = 0; s < page.results.strategies.size(); ++s) {
    if (s == page.comparison.baseline) continue;
    if (groups.empty() || groups.back().size() == most) groups.emplace_back();
    groups.back().push_back(s);
  }
  return groups;
}

std::string report_html(const Results& results, Language language,
                        const std::optional<std::string>& baseline_name) {
  const Comparison comparison = compare(results, baseline_name);
  const Page page{results, comparison, language};
  const std::size_t baseline = comparison.baseline;
  const std::string curves = curve_figures(results, baseline, language);
  const std::string people = flow_figure(results, baseline, language) +
                             retention_figures(results, baseline, language) +
                             retention_table(results, baseline, language);
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
  if (results.is_partial())
    html += paragraph(escape(partial_note(results, language)), "class=\"note\" role=\"note\"");
  html += section(page, "findings", {"Main findings", "Constats principaux"}, main_findings(page));
  html +=
      section(page, "strategies", {"What was simulated", "Ce qui a été simulé"}, strategies(page));
  html += section(page, "comparison", {"Full comparison", "Comparaison complète"},
                  comparison_table(page));
  html += section(page, "money", {"Money", "L'argent"}, money(page));
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
