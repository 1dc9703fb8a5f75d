/// More strategies for the replications of a finished run. More replications are the business of
/// `run`, with `RunOptions::grow`.
#pragma once

#include <atomic>
#include <filesystem>

#include "experiment/experiment.hpp"
#include "experiment/runner.hpp"
#include "record/results.hpp"

namespace experiment {

/// The results of some strategies and, behind them, those of others, for the same replications.
/// Labels and provenance are those of `whole`, which names them all. Throws
/// `std::invalid_argument` if the replications, months or communes differ.
record::Results side_by_side(const record::Results& whole, const record::Results& before,
                             const record::Results& added);

/// Simulates the strategies of `expanded` that `before` lacks and puts them behind those of
/// `options.output`, a finished file of `before`. The file is the old one or the new one at any
/// time; it has the digest of a run that had all strategies from the start, since no strategy sees
/// another. An interrupted expansion is taken up like a run: what was simulated is in files beside
/// the output whose names begin with that of `added_file`. Throws like `run`, and
/// `std::invalid_argument` unless `expanded` begins with the strategies of `before`.
Outcome expand(const Experiment& before, const Experiment& expanded, const RunOptions& options,
               const std::atomic<bool>& stop);

/// Removes what an expansion has left that was killed after its last step. Only for an output that
/// has all strategies that were asked for; does nothing while another program is at work on it.
void sweep_added(const std::filesystem::path& output);

/// Where the new strategies of an output are until they are joined to it.
std::filesystem::path added_file(const std::filesystem::path& output);

}  // namespace experiment
