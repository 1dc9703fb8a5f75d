/// What a strategy costs the municipality, when, and for what: present values, yearly budgets and
/// costs per outcome.
#pragma once

#include <array>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/estimate.hpp"
#include "record/results.hpp"

namespace analysis {

/// The value of a row in a table of parameters as CSV; none without such a row.
std::optional<double> parameter_value(std::string_view parameters_csv, std::string_view id);

/// The rate of discount per year with which the run was made: parameter `discount_rate` of the
/// table that the results carry; none if it has no such row.
std::optional<double> discount_rate(const record::Results& results);

/// What a euro in so many years is worth today:  (1 + r)^-t.
double discount_factor(double rate, double years);

/// Value at the start of the scenario of what is paid month by month, each month at its middle:
///   sum over m of x_m (1 + r)^-((m + 1/2) / 12).
double present_value(std::span<const double> months, double rate);

/// What the municipality received less what it paid, in euros: mean of the replications, by year
/// since the start and category.
using Budget = std::vector<std::array<double, record::category_names.size()>>;
Budget yearly_budget(const record::Results& results, std::size_t strategy);

/// Something that is bought with the net cost.
struct Outcome {
  std::string_view name;     ///< its key in tables
  Words label;               ///< "professional-year gained"
  std::string_view measure;  ///< the indicator that it comes from
};
inline constexpr std::array<Outcome, 3> outcomes{{
    {"professional_year",
     {"professional-year gained in the basin", "année de professionnel gagnée dans le bassin"},
     "professionals"},
    {"resident_registered",
     {"resident registered with a GP (fewer without, last year)",
      "habitant pourvu d'un médecin traitant (dernière année)"},
     "adults_without_gp"},
    {"renunciation_avoided", {"renunciation avoided", "renoncement évité"}, "renunciations"},
}};

/// How much of an outcome one run brings, in its unit; more is a gain, and only differences mean
/// something. Not a number if a month is missing.
double gained(const Outcome& outcome, const record::Results& results, std::size_t strategy,
              std::size_t replication);

/// Why a cost per outcome is a number, or is none.
enum class CostStatus : std::uint8_t {
  defined,               ///< the outcome is gained: its interval lies above zero
  not_told_apart,        ///< the interval of the gain holds zero: any ratio is possible
  lost,                  ///< the outcome is lost: its interval lies below zero
  too_few_replications,  ///< fewer than two complete pairs
};

/// The present value of the net cost over an outcome, both as differences to the baseline.
struct CostPerOutcome {
  const Outcome* outcome = nullptr;
  std::size_t strategy = 0;
  PairedDifference cost;  ///< EUR
  PairedDifference gain;  ///< in the outcome's unit; a gain is positive
  CostStatus status = CostStatus::too_few_replications;
  Estimate ratio;  ///< EUR per outcome with Fieller's interval, if the status is `defined`
};

/// "professional-year gained in the basin: 12,300 EUR (95% interval ...)", or why there is none.
std::string cost_sentence(const CostPerOutcome& cost, Language language);

/// For every strategy but the baseline, and every outcome. Empty if the results carry no discount
/// rate.
std::vector<CostPerOutcome> costs_per_outcome(const record::Results& results, std::size_t baseline);

/// Prints the costs per outcome as sentences; nothing if there are none.
void print_costs(const record::Results& results, std::size_t baseline, Language language,
                 std::ostream& out, const PrintOptions& options = {});

}  // namespace analysis
