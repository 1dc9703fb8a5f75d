/// Scenarios x replications: one run, one block, with all that the results need.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/catchment.hpp"
#include "record/results.hpp"
#include "scenario/scenario.hpp"
#include "world/calendar.hpp"
#include "world/catchment_map.hpp"

namespace experiment {

/// What one strategy gave in one replication.
struct RunRecord {
  record::Recorder recorder;
  std::vector<record::Stay> stays;
  std::vector<record::LedgerEntry> ledger;
  std::uint64_t events = 0;  ///< executed, the warm-up included
};

/// One replication of all strategies: pairs stay together.
using Replication = std::vector<RunRecord>;

/// A scenario ready to run: everything that its replications share. Safe to use from any thread.
class Experiment {
 public:
  /// Throws `scenario::Invalid` naming a parameter that the table lacks.
  Experiment(scenario::Scenario scenario, world::CatchmentMap map);
  Experiment(const Experiment&) = delete;
  Experiment& operator=(const Experiment&) = delete;

  /// Plays all strategies of a replication, the same luck for each, and checks that nothing was
  /// lost. Gives nothing if `stop` becomes true on the way. Throws `care::ConservationError`.
  std::optional<Replication> simulate(std::uint32_t replication,
                                      const std::atomic<bool>& stop) const;

  /// The results of consecutive replications.
  record::Results block(std::int64_t first_replication,
                        const std::vector<Replication>& replications) const;

  const scenario::Scenario& scenario() const { return scenario_; }
  const world::CatchmentMap& map() const { return map_; }
  const world::Calendar& calendar() const { return calendar_; }
  /// A hash of all that determines the numbers, but the number of replications.
  const std::string& run_key() const { return provenance_.run_key; }
  /// All of it, as JSON.
  const std::string& inputs_json() const { return provenance_.inputs_json; }

 private:
  std::optional<RunRecord> simulate(const scenario::Strategy& strategy, std::uint32_t replication,
                                    const std::atomic<bool>& stop) const;

  scenario::Scenario scenario_;
  world::CatchmentMap map_;
  world::Calendar calendar_;
  care::Parameters parameters_;
  care::NeedCatalogue needs_;
  world::ProfessionalPopulation professionals_;
  record::Provenance provenance_;
};

}  // namespace experiment
