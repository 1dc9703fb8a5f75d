/// What a run publishes: the value that shards and results files hold.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

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
  std::string notes;    ///< conservation checks, warm-up, defaults that replaced missing data
  std::string run_key;  ///< hash of all that determines the numbers but the replications
  bool operator==(const Provenance&) const = default;
};

/// A strategy as published. Its name is a label for the reader and no law sees it.
struct StrategyLabel {
  std::string name;      ///< file name without its ending
  std::string title;     ///< what a reader sees
  std::string title_fr;  ///< in French; empty: the same
  bool operator==(const StrategyLabel&) const = default;
};

/// The numbers of a block of replications, for all strategies: pairs stay together.
struct Results {
  Provenance provenance;
  std::vector<StrategyLabel> strategies;
  std::int64_t baseline = 0;  ///< position of the strategy that others are compared with
  std::string start_date;     ///< ISO 8601, the first day of month 0
  std::uint64_t seed = 0;
  std::int64_t first_replication = 0;
  std::int64_t replications = 0;
  std::int64_t months = 0;
  /// One vector per indicator, in row-major order [strategy][replication][month]; NaN is missing.
  std::array<std::vector<double>, indicator_count> series;
  std::vector<Stay> stays;          ///< by replication, then strategy, then arrival
  std::vector<LedgerEntry> ledger;  ///< by replication, then strategy, then date

  /// The months of one indicator in one run.
  std::span<const double> months_of(Indicator indicator, std::size_t strategy,
                                    std::size_t replication) const {
    return std::span(series[static_cast<std::size_t>(indicator)])
        .subspan(offset(strategy, replication), static_cast<std::size_t>(months));
  }
  std::span<double> months_of(Indicator indicator, std::size_t strategy, std::size_t replication) {
    return std::span(series[static_cast<std::size_t>(indicator)])
        .subspan(offset(strategy, replication), static_cast<std::size_t>(months));
  }

  /// Gives every series its size, filled with NaN.
  void resize_series();

 private:
  std::size_t offset(std::size_t strategy, std::size_t replication) const {
    assert(strategy < strategies.size() && replication < static_cast<std::size_t>(replications));
    return (strategy * static_cast<std::size_t>(replications) + replication) *
           static_cast<std::size_t>(months);
  }
};

/// Joins blocks of replications of one run into one. Requires the same run key, strategies and
/// months, and blocks that follow each other without gap or overlap; throws `std::invalid_argument`
/// with the cause otherwise.
Results merge(std::span<const Results> blocks);

}  // namespace record
