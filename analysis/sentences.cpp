#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/compare.hpp"

namespace analysis {
namespace {

/// Decimals at which an interval that leaves zero out does not look like zero, nor does one that
/// holds zero look like a point.
int difference_decimals(const Measure& measure, const Estimate& estimate) {
  int decimals = measure.decimals;
  if (!estimate.interval) return decimals;
  const double low = std::abs(estimate.interval->low), high = std::abs(estimate.interval->high);
  const double scale = measure.unit == Unit::share ? 100 : 1;
  const double shown =
      scale * (estimate.interval->holds(0) ? std::max(low, high) : std::min(low, high));
  double least = 0.5;  // what is not rounded to zero
  for (int d = 0; d < decimals; ++d) least /= 10;
  for (; decimals < measure.decimals + 3 && shown > 0 && shown < least; least /= 10) ++decimals;
  return decimals;
}

std::string signed_value(const Measure& measure, double value, int decimals, Language language) {
  return value_text(value, decimals, measure.unit, language, Sign::always);
}

/// "+4.2 persons"
std::string difference_phrase(const Measure& measure, const Estimate& estimate, Language language) {
  const std::string unit = measure.unit == Unit::share ? "points" : unit_text(measure, language);
  return difference_text(measure, estimate, language) + (unit.empty() ? "" : " ") + unit;
}

/// "95% interval +2.1 to +6.3"
std::string interval_phrase(const Measure& measure, const Estimate& estimate, Language language) {
  const int decimals = difference_decimals(measure, estimate);
  return fill(language, {"{} interval {} to {}", "intervalle à {} de {} à {}"},
              percent(usual_level, 0, language),
              signed_value(measure, estimate.interval->low, decimals, language),
              signed_value(measure, estimate.interval->high, decimals, language));
}

bool same_in_all(const PairedDifference& difference) {
  return difference.higher == 0 && difference.lower == 0;
}

std::string favour_phrase(const Measure& measure, Verdict verdict, Language language) {
  const std::optional<bool> good = in_favour(measure, verdict);
  if (!good) return "";
  const bool budget = measure.theme == Theme::money;
  const Words words = budget ? (*good ? Words{" This change eases the municipality's budget.",
                                              " Cet écart allège le budget de la commune."}
                                      : Words{" This change weighs on the municipality's budget.",
                                              " Cet écart pèse sur le budget de la commune."})
                             : (*good ? Words{" This change is in the residents' favour.",
                                              " Cet écart est favorable aux habitants."}
                                      : Words{" This change is against the residents.",
                                              " Cet écart est défavorable aux habitants."});
  return say(words, language);
}

std::string missing_phrase(const Estimate& estimate, Language language) {
  if (estimate.missing == 0) return "";
  return fill(language,
              {" Replications left out because they lack this number: {}.",
               " Réplications laissées de côté, faute de ce nombre : {}."},
              estimate.missing);
}

/// "[2.1, 6.3]", in percent for shares. The value beside it carries the unit.
std::string brackets(const Measure& measure, const Interval& interval, int decimals,
                     Language language, Sign sign) {
  const double scale = measure.unit == Unit::share ? 100 : 1;
  return fill(language, {"[{}, {}]", "[{} ; {}]"},
              number(scale * interval.low, decimals, language, sign),
              number(scale * interval.high, decimals, language, sign));
}

}  // namespace

std::string sentence(const Comparison& comparison, const Finding& finding, std::size_t strategy,
                     Language language) {
  const Measure& measure = *finding.measure;
  const PairedDifference& difference = finding.rows.at(strategy).difference.value();
  const Estimate& estimate = difference.estimate;
  const std::string label = title(measure, language);
  const std::string one = quote(comparison.strategies[strategy].title, language);
  const std::string other = quote(comparison.strategies[comparison.baseline].title, language);
  const std::string missing = missing_phrase(estimate, language);
  if (!estimate.mean)
    return fill(language,
                {"{}: no replication gives this number for both {} and {}.",
                 "{} : aucune réplication ne donne ce nombre à la fois pour {} et pour {}."},
                label, one, other) +
           missing;

  const std::string size = difference_phrase(measure, estimate, language);
  const Verdict said = verdict(difference);
  if (said == Verdict::too_few_replications)
    return fill(language,
                {"{}: one replication only, so no interval; between {} and {} it shows a "
                 "difference of {}, which chance alone may explain.",
                 "{} : une seule réplication, donc pas d'intervalle ; entre {} et {} elle montre "
                 "un écart de {}, que le hasard peut suffire à expliquer."},
                label, one, other, size) +
           missing;
  if (said == Verdict::not_told_apart && same_in_all(difference))
    return fill(language,
                {"{}: the {} replications do not tell {} and {} apart; they give both the same "
                 "value.",
                 "{} : les {} réplications ne distinguent pas {} de {} ; elles leur donnent la "
                 "même valeur."},
                label, estimate.count, one, other) +
           missing;
  const std::string interval = interval_phrase(measure, estimate, language);
  if (said == Verdict::not_told_apart)
    return fill(language,
                {"{}: the {} replications do not tell {} and {} apart; mean difference {} ({}).",
                 "{} : les {} réplications ne distinguent pas {} de {} ; écart moyen {} ({})."},
                label, estimate.count, one, other, size, interval) +
           missing;
  const Words pattern =
      said == Verdict::higher
          ? Words{"{}: in this model, under these parameters, {} gives a higher value than {}: {} "
                  "({}, {} replications).",
                  "{} : dans ce modèle et avec ces paramètres, {} donne une valeur plus haute que "
                  "{} : {} ({}, {} réplications)."}
          : Words{"{}: in this model, under these parameters, {} gives a lower value than {}: {} "
                  "({}, {} replications).",
                  "{} : dans ce modèle et avec ces paramètres, {} donne une valeur plus basse que "
                  "{} : {} ({}, {} réplications)."};
  return fill(language, pattern, label, one, other, size, interval, estimate.count) +
         favour_phrase(measure, said, language) + missing;
}

std::string short_sentence(const Finding& finding, std::size_t strategy, Language language) {
  const Measure& measure = *finding.measure;
  const PairedDifference& difference = finding.rows.at(strategy).difference.value();
  const Estimate& estimate = difference.estimate;
  if (!estimate.mean)
    return say({"no replication gives this number for both",
                "aucune réplication ne donne ce nombre pour les deux"},
               language);
  const std::string size = difference_phrase(measure, estimate, language);
  const Verdict said = verdict(difference);
  if (said == Verdict::too_few_replications)
    return fill(language,
                {"{} in one replication only, so no interval",
                 "{} dans une seule réplication, donc pas d'intervalle"},
                size);
  if (said == Verdict::not_told_apart && same_in_all(difference))
    return say({"not told apart: the same value in all replications",
                "non distingué : même valeur dans toutes les réplications"},
               language);
  const std::string interval = interval_phrase(measure, estimate, language);
  switch (said) {
    case Verdict::higher:
      return fill(language, {"higher: {} ({})", "plus haut : {} ({})"}, size, interval);
    case Verdict::lower:
      return fill(language, {"lower: {} ({})", "plus bas : {} ({})"}, size, interval);
    case Verdict::not_told_apart:
    case Verdict::too_few_replications:
      break;
  }
  return fill(language, {"not told apart: {} ({})", "non distingué : {} ({})"}, size, interval);
}

std::string balance_sentence(const Comparison& comparison, std::size_t strategy,
                             Language language) {
  const Balance found = balance(comparison, strategy);
  const std::size_t judged = found.serves.size() + found.fails.size() + found.not_told_apart.size();
  const auto names = [&](const std::vector<std::size_t>& findings) {
    std::string list;
    for (const std::size_t f : findings) {
      const Measure& measure = *comparison.findings[f].measure;
      list += (list.empty() ? "" : say({"; ", " ; "}, language)) + say(measure.label, language);
    }
    return list;
  };
  const std::string baseline = quote(comparison.strategies[comparison.baseline].title, language);
  std::string text = found.fails.empty()
                         ? fill(language,
                                {"Against {}, no measure of {} shows it failing.",
                                 "Face à {}, aucune des {} mesures ne la montre en défaut."},
                                baseline, judged)
                         : fill(language,
                                {"Against {}, it does worse on {} of {} measures: {}.",
                                 "Face à {}, elle fait moins bien sur {} mesures sur {} : {}."},
                                baseline, found.fails.size(), judged, names(found.fails));
  text += found.serves.empty()
              ? say({" None shows a gain.", " Aucune ne montre de gain."}, language)
              : fill(language, {" It serves on {}: {}.", " Elle sert sur {} : {}."},
                     found.serves.size(), names(found.serves));
  return text + fill(language, {" Not told apart: {}.", " Non distinguées : {}."},
                     found.not_told_apart.size());
}

std::string mean_text(const Measure& measure, const Estimate& estimate, Language language) {
  if (!estimate.mean) return std::string(missing_mark);
  return value_text(*estimate.mean, measure.decimals, measure.unit, language);
}

std::string interval_text(const Measure& measure, const Estimate& estimate, Language language) {
  if (!estimate.interval) return std::string(missing_mark);
  return brackets(measure, *estimate.interval, measure.decimals, language, Sign::minus_only);
}

std::string difference_text(const Measure& measure, const Estimate& estimate, Language language) {
  if (!estimate.mean) return std::string(missing_mark);
  return signed_value(measure, *estimate.mean, difference_decimals(measure, estimate), language);
}

std::string difference_interval_text(const Measure& measure, const Estimate& estimate,
                                     Language language) {
  if (!estimate.interval) return std::string(missing_mark);
  return brackets(measure, *estimate.interval, difference_decimals(measure, estimate), language,
                  Sign::always);
}

}  // namespace analysis
