#include "analysis/money.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>

#include "analysis/calendar.hpp"
#include "analysis/text_cells.hpp"
#include "pdes/portable_math.hpp"

namespace analysis {
namespace {

using record::Indicator;
using record::Results;

constexpr int months_per_year = 12;

CostStatus status_of(const PairedDifference& gain) {
  if (!gain.estimate.interval) return CostStatus::too_few_replications;
  if (gain.estimate.interval->holds(0)) return CostStatus::not_told_apart;
  return gain.estimate.interval->low > 0 ? CostStatus::defined : CostStatus::lost;
}

}  // namespace

double gained(const Outcome& outcome, const Results& results, std::size_t strategy,
              std::size_t replication) {
  const auto sum = [&](Indicator indicator) {
    double all = 0;
    for (const double month : results.months_of(indicator, strategy, replication)) all += month;
    return all;
  };
  if (outcome.name == "professional_year") return sum(Indicator::professionals) / months_per_year;
  if (outcome.name == "renunciation_avoided") return -sum(Indicator::renunciations);
  const auto all = measures();
  const auto without = std::find_if(all.begin(), all.end(), [](const Measure& measure) {
    return measure.name == "adults_without_gp";
  });
  assert(without != all.end());
  return -without->of(results, strategy, replication);
}

std::optional<double> parameter_value(std::string_view parameters_csv, std::string_view id) {
  const auto line_at = [parameters_csv](std::size_t at) {
    return parameters_csv.substr(at, parameters_csv.find('\n', at) - at);
  };
  const auto header = read_csv(line_at(0));
  if (header.empty()) return std::nullopt;
  const auto column = std::find(header.front().begin(), header.front().end(), "value");
  const std::string key = "\n" + std::string(id) + ",";
  const std::size_t before = parameters_csv.find(key);
  if (column == header.front().end() || before == std::string_view::npos) return std::nullopt;
  const auto row = read_csv(line_at(before + 1));
  const auto position = static_cast<std::size_t>(column - header.front().begin());
  if (row.empty() || row.front().size() <= position) return std::nullopt;
  const std::string& text = row.front()[position];
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> discount_rate(const Results& results) {
  return parameter_value(results.provenance.parameters_csv, "discount_rate");
}

double discount_factor(double rate, double years) {
  return pdes::portable::exp(-years * pdes::portable::log(1 + rate));
}

double present_value(std::span<const double> months, double rate) {
  double value = 0;
  for (std::size_t m = 0; m < months.size(); ++m)
    value += months[m] * discount_factor(rate, (static_cast<double>(m) + 0.5) / months_per_year);
  return value;
}

Budget yearly_budget(const Results& results, std::size_t strategy) {
  const std::int64_t years = (results.months + months_per_year - 1) / months_per_year;
  Budget budget(static_cast<std::size_t>(years));
  for (auto& year : budget) year.fill(0);
  const std::chrono::sys_days start = parse_date(results.start_date);
  std::vector<std::int64_t> ends;  // the first day of the next year
  for (std::int64_t year = 1; year <= years; ++year)
    ends.push_back((month_start(start, year * months_per_year) - start).count());
  for (const record::LedgerEntry& entry : results.ledger) {
    if (entry.strategy != strategy) continue;
    const auto year = std::min<std::ptrdiff_t>(
        std::upper_bound(ends.begin(), ends.end(), entry.day) - ends.begin(), years - 1);
    double& balance =
        budget[static_cast<std::size_t>(year)][static_cast<std::size_t>(entry.category)];
    const double amount =
        static_cast<double>(entry.cents) / 100 / static_cast<double>(results.replications());
    if (entry.payee == record::Account::municipality) balance += amount;
    if (entry.payer == record::Account::municipality) balance -= amount;
  }
  return budget;
}

std::string cost_sentence(const CostPerOutcome& cost, Language language) {
  const std::string name = say(cost.outcome->label, language);
  const auto difference = [&](const Estimate& estimate, bool money) {
    const auto text = [&](double value) {
      return money ? euros(value, 0, language, Sign::always)
                   : number(value, 1, language, Sign::always);
    };
    return estimate.interval ? fill(language, {"{} [{}, {}]", "{} [{} ; {}]"}, text(*estimate.mean),
                                    text(estimate.interval->low), text(estimate.interval->high))
                             : text(estimate.mean.value_or(std::nan("")));
  };
  const std::string gain = difference(cost.gain.estimate, false);
  switch (cost.status) {
    case CostStatus::defined:
      return fill(language,
                  {"{}: {} each, {} interval from {} to {} (cost {}, gain {})",
                   "{} : {} l'unité, intervalle à {} de {} à {} (coût {}, gain {})"},
                  name, euros(*cost.ratio.mean, 0, language), percent(usual_level, 0, language),
                  euros(cost.ratio.interval->low, 0, language),
                  euros(cost.ratio.interval->high, 0, language),
                  difference(cost.cost.estimate, true), gain);
    case CostStatus::not_told_apart:
      return fill(language,
                  {"{}: not defined, the gain is not told apart from none ({})",
                   "{} : non défini, le gain ne se distingue pas de zéro ({})"},
                  name, gain);
    case CostStatus::lost:
      return fill(
          language,
          {"{}: not defined, there is a loss ({})", "{} : non défini, il y a une perte ({})"}, name,
          gain);
    case CostStatus::too_few_replications:
      break;
  }
  return fill(
      language,
      {"{}: not defined, too few replications", "{} : non défini, trop peu de réplications"}, name);
}

std::vector<CostPerOutcome> costs_per_outcome(const Results& results, std::size_t baseline) {
  std::vector<CostPerOutcome> all;
  const auto rate = discount_rate(results);
  if (!rate) return all;
  const auto replications = static_cast<std::size_t>(results.replications());
  const auto costs_of = [&](std::size_t strategy) {
    std::vector<double> costs;
    for (std::size_t r = 0; r < replications; ++r)
      costs.push_back(present_value(results.months_of(Indicator::net_cost, strategy, r), *rate));
    return costs;
  };
  const auto gains_of = [&](const Outcome& outcome, std::size_t strategy) {
    std::vector<double> gains;
    for (std::size_t r = 0; r < replications; ++r)
      gains.push_back(gained(outcome, results, strategy, r));
    return gains;
  };
  const std::vector<double> base_costs = costs_of(baseline);
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    if (s == baseline) continue;
    const std::vector<double> costs = costs_of(s);
    for (const Outcome& outcome : outcomes) {
      const std::vector<double> gains = gains_of(outcome, s),
                                base_gains = gains_of(outcome, baseline);
      CostPerOutcome one{&outcome,
                         s,
                         paired_difference(costs, base_costs),
                         paired_difference(gains, base_gains),
                         CostStatus::too_few_replications,
                         {}};
      one.status = status_of(one.gain);
      if (one.status == CostStatus::defined) {
        std::vector<double> more_cost, more_gain;
        for (std::size_t r = 0; r < replications; ++r) {
          more_cost.push_back(costs[r] - base_costs[r]);
          more_gain.push_back(gains[r] - base_gains[r]);
        }
        one.ratio = ratio_of_means(more_cost, more_gain);
      }
      all.push_back(one);
    }
  }
  return all;
}

}  // namespace analysis
