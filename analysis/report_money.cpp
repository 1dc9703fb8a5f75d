/// The money of the municipality: what it buys, where it goes, and when.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "analysis/figure_parts.hpp"
#include "analysis/money.hpp"
#include "analysis/report_parts.hpp"

namespace analysis {
namespace {

using record::Category;

constexpr std::size_t strategies_a_table = 4;

/// What one outcome costs under one strategy, or why that is not defined.
std::string cost_cell(const Page& page, const CostPerOutcome& cost) {
  const Language language = page.language;
  switch (cost.status) {
    case CostStatus::defined: {
      const std::string interval =
          fill(language, {"[{}, {}]", "[{} ; {}]"}, number(cost.ratio.interval->low, 0, language),
               number(cost.ratio.interval->high, 0, language));
      return element("td", element("strong", escape(euros(*cost.ratio.mean, 0, language))) +
                               element("small", escape(interval)));
    }
    case CostStatus::not_told_apart:
      return element("td", page.words({"not defined", "non défini"}) +
                               element("small", page.words({"gain not told apart from none",
                                                            "gain non distingué de zéro"})));
    case CostStatus::lost:
      return element("td", page.words({"not defined", "non défini"}) +
                               element("small", page.words({"a loss", "une perte"})));
    case CostStatus::too_few_replications:
      break;
  }
  return element("td", std::string(missing_mark));
}

std::string cost_table(const Page& page) {
  const std::size_t baseline = page.comparison.baseline;
  const std::vector<CostPerOutcome> costs = costs_per_outcome(page.results, baseline);
  if (costs.empty()) return "";
  const std::string caption = fill(
      page.language,
      {"Present value of the net cost to the municipality (discounted at {} a year) over what is "
       "gained, both as differences to {}, with Fieller's 95% interval. Not defined where the "
       "interval of the gain holds zero: any ratio would then be possible. Below zero, the "
       "strategy costs less than the baseline.",
       "Valeur actuelle du coût net pour la commune (actualisé à {} par an) rapportée à ce qui est "
       "gagné, l'un et l'autre en écart à {}, avec l'intervalle à 95 % de Fieller. Non défini là "
       "où l'intervalle du gain contient zéro : tout rapport serait alors possible. Sous zéro, la "
       "stratégie coûte moins que la référence."},
      percent(*discount_rate(page.results), 1, page.language),
      quote(page.title_of(baseline), page.language));
  std::string html;
  for (const std::vector<std::size_t>& group : table_groups(page, strategies_a_table)) {
    std::string head =
        element("th", page.words({"Cost of one", "Coût d'un ou d'une"}), "scope=\"col\"");
    for (const std::size_t s : group)
      head += element("th", escape(page.title_of(s)), "scope=\"col\"");
    std::string body;
    for (const Outcome& outcome : outcomes) {
      std::string row = element("th", page.words(outcome.label), "scope=\"row\"");
      for (const CostPerOutcome& cost : costs)
        if (cost.outcome == &outcome &&
            std::find(group.begin(), group.end(), cost.strategy) != group.end())
          row += cost_cell(page, cost);
      body += element("tr", row);
    }
    html += element("div",
                    element("table",
                            (html.empty() ? element("caption", escape(caption)) : "") +
                                element("thead", element("tr", head)) + element("tbody", body),
                            "class=\"glance\""),
                    "class=\"scroll\"");
  }
  return element("h3", page.words({"What the money buys", "Ce que l'argent achète"})) + html;
}

/// The categories in which anything moves, and the balance.
std::string budget_rows(const Page& page, const std::vector<std::vector<double>>& columns,
                        const std::function<std::string(double)>& cell) {
  std::string body;
  std::vector<double> balance(columns.size(), 0);
  for (std::size_t c = 0; c < record::category_names.size(); ++c) {
    std::string row = element("th", page.words(label(static_cast<Category>(c))), "scope=\"row\"");
    bool used = false;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      used = used || columns[k][c] != 0;
      balance[k] += columns[k][c];
      row += element("td", escape(cell(columns[k][c])));
    }
    if (used) body += element("tr", row);
  }
  std::string row = element("th", page.words({"balance", "solde"}), "scope=\"row\"");
  for (const double sum : balance) row += element("td", escape(cell(sum)));
  return body + element("tr", row, "class=\"total\"");
}

/// Money that the municipality received less money it paid, by category: mean of replications.
std::string accounts_table(const Page& page, const std::vector<Budget>& budgets) {
  std::vector<std::vector<double>> totals;
  for (const Budget& budget : budgets) {
    totals.emplace_back(record::category_names.size(), 0.0);
    for (const auto& year : budget)
      for (std::size_t c = 0; c < year.size(); ++c) totals.back()[c] += year[c];
  }
  std::string html;
  for (std::vector<std::size_t> group : table_groups(page, strategies_a_table)) {
    group.insert(group.begin(), page.comparison.baseline);
    std::string head = element("th", page.words({"Category", "Poste"}), "scope=\"col\"");
    std::vector<std::vector<double>> columns;
    for (const std::size_t s : group) {
      head += element("th", escape(page.title_of(s)), "scope=\"col\"");
      columns.push_back(totals[s]);
    }
    const std::string caption = page.words(
        {"Received less paid over the whole period, mean of the replications. A loan counts as "
         "received when drawn and as paid when repaid.",
         "Recettes moins dépenses sur toute la période, moyenne des réplications. Un emprunt est "
         "une recette quand il est souscrit, une dépense quand il est remboursé."});
    html += element("div",
                    element("table", (html.empty() ? element("caption", caption) : "") +
                                         element("thead", element("tr", head)) +
                                         element("tbody", budget_rows(page, columns,
                                                                      [&](double amount) {
                                                                        return euros(amount, 0,
                                                                                     page.language,
                                                                                     Sign::always);
                                                                      }))),
                    "class=\"scroll\"");
  }
  return element("h3", page.words({"The municipality's accounts", "Les comptes de la commune"})) +
         html;
}

/// The accounts of one strategy, year by year, in thousands of euros.
std::string yearly_table(const Page& page, const Budget& budget) {
  std::string head = element("th", page.words({"Category", "Poste"}), "scope=\"col\"");
  std::vector<std::vector<double>> columns;
  for (std::size_t year = 0; year < budget.size(); ++year) {
    head += element("th", fmt::format("{}", year + 1), "scope=\"col\"");
    columns.emplace_back(budget[year].begin(), budget[year].end());
  }
  return element(
      "div",
      element("table",
              element("caption",
                      page.words({"Thousands of euros by year since the start: received less paid, "
                                  "mean of the replications",
                                  "Milliers d'euros par année depuis le début : recettes moins "
                                  "dépenses, moyenne des réplications"})) +
                  element("thead", element("tr", head)) +
                  element("tbody", budget_rows(page, columns,
                                               [&](double amount) {
                                                 return amount == 0
                                                            ? std::string("·")
                                                            : number(amount / 1000, 1,
                                                                     page.language, Sign::always);
                                               }))),
      "class=\"scroll\"");
}

}  // namespace

std::string money(const Page& page) {
  const record::Results& results = page.results;
  std::string html = cost_table(page);
  if (!results.ledger.empty()) {
    std::vector<Budget> budgets;
    for (std::size_t s = 0; s < results.strategies.size(); ++s)
      budgets.push_back(yearly_budget(results, s));
    html += accounts_table(page, budgets);
    std::string years;
    for (std::size_t s = 0; s < budgets.size(); ++s) {
      const bool moved = std::any_of(budgets[s].begin(), budgets[s].end(), [](const auto& year) {
        return std::any_of(year.begin(), year.end(), [](double amount) { return amount != 0; });
      });
      if (!moved) continue;
      years += element("h4", escape(page.title_of(s))) + yearly_table(page, budgets[s]);
    }
    html += details(page.words({"The same, year by year", "Les mêmes, année par année"}), years);
  }
  return html.empty() ? paragraph(page.words({"No money moved in this run.",
                                              "Aucun mouvement d'argent dans cette simulation."}))
                      : html;
}

}  // namespace analysis
