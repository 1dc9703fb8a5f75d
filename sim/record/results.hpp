/// What a run publishes: the value that shards and results files hold.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "record/commune_indicators.hpp"
#include "record/indicators.hpp"
#include "record/observations.hpp"

namespace record {

/// Everything needed to redo a run, and what was found on the way. Never part of the digest.
struct Provenance {
  std::string scenario_name;   ///< short identifier
  std::string scenario_title;  ///< what a reader sees
  std::string scenario_text;   ///< the scenario and its strategies as read, one TOML text each
  std::string parameters_csv;  ///< the parameter table as used, with sources
  std::string territory;       ///< communes simulated, "CODE NAME: RESIDENTS", a line each
  std::string version;         ///< of Maillage
  std::string commit;          ///< of its sources, or "unknown"
  std::string compiler;
  std::string notes;        ///< conservation checks, warm-up, defaults that replaced missing data
  std::string run_key;      ///< hash of all that determines the numbers but the replications
  std::string inputs_json;  ///< all of that, to repeat the run; empty in older files
  bool operator==(const Provenance&) const = default;
};

/// A strategy as published. Its name is a label for the reader and no law sees it.
struct StrategyLabel {
  std::string name;      ///< file name without its ending
  std::string title;     ///< what a reader sees
  std::string title_fr;  ///< in French; empty: the same
  bool operator==(const StrategyLabel&) const = default;
};

/// A commune of the territory.
struct CommuneLabel {
  std::string code;  ///< INSEE
  std::string name;
  bool operator==(const CommuneLabel&) const = default;
};

/// The numbers of a block of replications, for all strategies: pairs stay together.
struct Results {
  Provenance provenance;
  std::vector<StrategyLabel> strategies;
  std::int64_t baseline = 0;  ///< position of the strategy that others are compared with
  std::string start_date;     ///< ISO 8601, the first day of month 0
  std::uint64_t seed = 0;
  std::vector<std::int32_t> replication_numbers;  ///< ascending; those of a whole run from 0 on
  std::int64_t planned = 0;  ///< replications of the whole run, of which these may be a part
  std::int64_t months = 0;
  /// One vector per indicator, in row-major order [strategy][replication][month]; NaN is missing.
  /// Empty: the file that this was read from is older than the indicator, and no month is known.
  std::array<std::vector<double>, indicator_count> series;
  std::vector<CommuneLabel> communes;  ///< of the panel
  /// One vector per indicator of communes, [strategy][replication][year][commune]; NaN is missing.
  /// Empty: as above.
  std::array<std::vector<float>, commune_indicator_count> panel;
  std::vector<Stay> stays;          ///< by replication, then strategy, then arrival
  std::vector<LedgerEntry> ledger;  ///< by replication, then strategy, then date

  std::int64_t replications() const {
    return static_cast<std::int64_t>(replication_numbers.size());
  }
  bool is_partial() const { return replications() < planned; }
  /// Where a replication lies in the series. Requires that it is there.
  std::size_t position_of(std::int32_t replication) const;
  std::int64_t years() const { return months / 12; }  ///< of the panel: whole ones

  /// The months of one indicator in one run.
  std::span<const double> months_of(Indicator indicator, std::size_t strategy,
                                    std::size_t replication) const {
    const std::vector<double>& values = series[static_cast<std::size_t>(indicator)];
    if (values.empty()) return unknown_months;
    return std::span(values).subspan(run(strategy, replication) * month_count(), month_count());
  }
  std::span<double> months_of(Indicator indicator, std::size_t strategy, std::size_t replication) {
    return std::span(series[static_cast<std::size_t>(indicator)])
        .subspan(run(strategy, replication) * month_count(), month_count());
  }

  /// One indicator of the communes in one run, year by year.
  std::span<const float> communes_of(CommuneIndicator indicator, std::size_t strategy,
                                     std::size_t replication) const {
    const std::vector<float>& values = panel[static_cast<std::size_t>(indicator)];
    if (values.empty()) return {};
    return std::span(values).subspan(run(strategy, replication) * panel_size(), panel_size());
  }
  std::span<float> communes_of(CommuneIndicator indicator, std::size_t strategy,
                               std::size_t replication) {
    return std::span(panel[static_cast<std::size_t>(indicator)])
        .subspan(run(strategy, replication) * panel_size(), panel_size());
  }

  /// Gives every series and every indicator of the panel its size, filled with NaN.
  void resize_series();

  std::vector<double> unknown_months;  ///< what `months_of` gives for an empty series: NaN

 private:
  std::size_t month_count() const { return static_cast<std::size_t>(months); }
  std::size_t panel_size() const { return static_cast<std::size_t>(years()) * communes.size(); }
  std::size_t run(std::size_t strategy, std::size_t replication) const {
    assert(strategy < strategies.size() && replication < replication_numbers.size());
    return strategy * replication_numbers.size() + replication;
  }
};

/// Whether two runs play strategies of the same names in the same order. Titles may differ: they
/// are for the reader.
bool same_strategies(const std::vector<StrategyLabel>& a, const std::vector<StrategyLabel>& b);

/// Refuses a block that is not of the same run as another one. Throws `std::invalid_argument` with
/// the cause.
void require_same_run(const Results& first, const Results& block);

/// Refuses results that no file can hold: without a strategy, a replication or a month, or with an
/// indicator that does not have one value per run and month, or commune and year. `may_be_older`:
/// indicators may be empty. Throws `std::invalid_argument` with the cause.
void require_sound(const Results& results, bool may_be_older = false);

/// Consecutive replication numbers.
std::vector<std::int32_t> consecutive(std::int64_t first, std::int64_t count);

/// Joins blocks of replications of one run into one, in the order of their numbers. Requires the
/// same run key, strategies, communes and months, and no replication twice; throws
/// `std::invalid_argument` with the cause otherwise. The plain reference of `merge_files`.
Results merge(std::span<const Results> blocks);

}  // namespace record
