#include "analysis/tables.hpp"

#include <optional>
#include <string>

#include "analysis/csv_writer.hpp"
#include "analysis/money.hpp"
#include "analysis/retention.hpp"

namespace analysis {
namespace {

Words words_of(Verdict said) {
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
}

Words words_of(CostStatus status) {
  switch (status) {
    case CostStatus::defined:
      return {"defined", "défini"};
    case CostStatus::not_told_apart:
      return {"not defined: gain not told apart from none",
              "non défini : gain non distingué de zéro"};
    case CostStatus::lost:
      return {"not defined: the outcome is lost", "non défini : le résultat recule"};
    case CostStatus::too_few_replications:
      break;
  }
  return {"not defined: too few replications", "non défini : trop peu de réplications"};
}

std::string unit_cell(const Measure& measure, Language language) {
  if (measure.unit == Unit::share) return "1";
  if (measure.unit == Unit::euros) return "EUR";
  return unit_text(measure, language);
}

}  // namespace

void write_csv(const Comparison& comparison, std::ostream& out, CsvDialect dialect) {
  CsvWriter csv(out, dialect,
                {{"measure", "mesure"},
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
                 {"variance_ratio", "rapport_de_variances"},
                 {"favourable", "favorable"},
                 {"favourable_low", "favorable_bas"},
                 {"favourable_high", "favorable_haut"},
                 {"theme", "thème"},
                 {"headline", "tableau_principal"}});
  const Language language = csv.language();
  for (const Finding& finding : comparison.findings)
    for (const Row& row : finding.rows) {
      const Measure& measure = *finding.measure;
      const record::StrategyLabel& strategy = comparison.strategies[row.strategy];
      csv.text(measure.name);
      csv.text(title(measure, language));
      csv.text(unit_cell(measure, language));
      csv.text(strategy.name);
      csv.text(strategy.title);
      csv.text(comparison.strategies[comparison.baseline].name);
      csv.count(row.level.count);
      csv.count(row.level.missing);
      csv.estimate(row.level);
      if (row.difference) {
        const PairedDifference& difference = *row.difference;
        csv.count(difference.estimate.count);
        csv.count(difference.estimate.missing);
        csv.estimate(difference.estimate);
        csv.words(words_of(verdict(difference)));
        csv.count(difference.higher);
        csv.count(difference.equal);
        csv.count(difference.lower);
        csv.number(difference.variance_ratio);
      } else {
        csv.nothing(10);
      }
      csv.estimate(row.favourable.value_or(Estimate{}));
      csv.words(label(measure.theme));
      csv.count(measure.headline ? 1 : 0);
      csv.end_line();
    }
}

void write_budget_csv(const record::Results& results, std::ostream& out, CsvDialect dialect) {
  CsvWriter csv(out, dialect,
                {{"strategy", "stratégie"},
                 {"title", "titre"},
                 {"year", "année"},
                 {"category", "poste"},
                 {"label", "libellé"},
                 {"received_less_paid", "recettes_moins_dépenses"}});
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    const Budget budget = yearly_budget(results, s);
    for (std::size_t year = 0; year < budget.size(); ++year)
      for (std::size_t c = 0; c < budget[year].size(); ++c) {
        csv.text(results.strategies[s].name);
        csv.text(results.strategies[s].title);
        csv.count(year + 1);
        csv.text(record::category_names[c]);
        csv.words(label(static_cast<record::Category>(c)));
        csv.number(budget[year][c]);
        csv.end_line();
      }
  }
}

void write_cost_csv(const record::Results& results, std::size_t baseline, std::ostream& out,
                    CsvDialect dialect) {
  CsvWriter csv(out, dialect,
                {{"outcome", "résultat"},
                 {"label", "libellé"},
                 {"strategy", "stratégie"},
                 {"title", "titre"},
                 {"baseline", "référence"},
                 {"pairs", "paires"},
                 {"more_cost", "surcoût"},
                 {"more_cost_low", "surcoût_bas"},
                 {"more_cost_high", "surcoût_haut"},
                 {"gain", "gain"},
                 {"gain_low", "gain_bas"},
                 {"gain_high", "gain_haut"},
                 {"status", "état"},
                 {"cost_per_outcome", "coût_par_résultat"},
                 {"cost_per_outcome_low", "coût_par_résultat_bas"},
                 {"cost_per_outcome_high", "coût_par_résultat_haut"},
                 {"discount_rate", "taux_d_actualisation"}});
  for (const CostPerOutcome& one : costs_per_outcome(results, baseline)) {
    csv.text(one.outcome->name);
    csv.words(one.outcome->label);
    csv.text(results.strategies[one.strategy].name);
    csv.text(results.strategies[one.strategy].title);
    csv.text(results.strategies[baseline].name);
    csv.count(one.gain.estimate.count);
    csv.estimate(one.cost.estimate);
    csv.estimate(one.gain.estimate);
    csv.words(words_of(one.status));
    csv.estimate(one.ratio);
    csv.number(discount_rate(results));
    csv.end_line();
  }
}

void write_retention_csv(const record::Results& results, std::ostream& out, CsvDialect dialect) {
  CsvWriter csv(out, dialect,
                {{"strategy", "stratégie"},
                 {"title", "titre"},
                 {"cohort", "cohorte"},
                 {"profession", "profession"},
                 {"years", "années"},
                 {"professionals", "professionnels"},
                 {"watched", "suivis"},
                 {"still_at_work", "encore_en_exercice"},
                 {"low", "bas"},
                 {"high", "haut"}});
  const auto rows = [&](std::size_t strategy, Cohort cohort, std::string_view name,
                        std::optional<world::Profession> profession) {
    const std::vector<Duration> group = stays(results, strategy, cohort, profession);
    if (group.empty()) return;
    for (std::int64_t year = 1; 12 * year <= results.months; ++year) {
      const Retained found = retained(group, static_cast<double>(year));
      csv.text(results.strategies[strategy].name);
      csv.text(results.strategies[strategy].title);
      csv.text(cohort_names[static_cast<std::size_t>(cohort)]);
      csv.text(name);
      csv.count(static_cast<std::size_t>(year));
      csv.count(found.count);
      csv.count(found.watched);
      if (found.watched > 0) {
        csv.number(found.at.survival);
        csv.interval(found.at.interval);
      } else {
        csv.nothing(3);
      }
      csv.end_line();
    }
  };
  for (std::size_t s = 0; s < results.strategies.size(); ++s)
    for (const Cohort cohort : {Cohort::arrivals, Cohort::at_start}) {
      rows(s, cohort, "all", std::nullopt);
      for (std::size_t p = 0; p < world::profession_names.size(); ++p)
        rows(s, cohort, world::profession_names[p], static_cast<world::Profession>(p));
    }
}

}  // namespace analysis
