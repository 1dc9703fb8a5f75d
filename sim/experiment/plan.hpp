/// What a run will cost, told before it is started: from a short pilot with the code that
/// simulates.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"

namespace experiment {

/// What is expected of a quantity, and between which bounds.
struct Expected {
  double value = 0;
  double low = 0;
  double high = 0;
  bool operator==(const Expected&) const = default;
};

/// The sum of `count` further draws of what `sample` shows, with the interval in which it lies 95
/// times in 100 if the draws are independent and alike: count x mean, plus or minus
/// t(n - 1) x s x sqrt(count^2 / n + count), and never below zero. One draw alone tells nothing of
/// its spread: from half to twice the value then. Requires a sample that is not empty.
Expected sum_of_further(std::span<const double> sample, double count);

/// What a pilot has found. Sizes are in bytes, times in seconds.
struct Pilot {
  int threads = 1;                          ///< side by side
  double seconds = 0;                       ///< by the clock, all in all
  std::vector<double> replication_seconds;  ///< one value per replication, of all strategies
  std::vector<double> stays;                ///< rows per replication
  std::vector<double> ledger;               ///< rows per replication
  double memory_before = 0;           ///< scenario and territory, before anything is simulated
  double memory_peak = 0;             ///< once shards have been written and joined
  double memory_per_replication = 0;  ///< of what was found, kept until its shard is written
  double small_file = 0;              ///< size of a file with `small_count` replications ...
  double large_file = 0;              ///< ... and of one with all of the pilot
  std::int64_t small_count = 1;
  double write_seconds = 0;  ///< for the second shard and the large file
};

/// Plays replications, at least one per thread and two in all if the scenario has them, until
/// `seconds` have passed or 40 are played, and writes them into a temporary folder, which is then
/// removed. Throws what a run throws.
Pilot play_pilot(const Experiment& experiment, int threads, double seconds);

/// One table of the results file, or all indicators together.
struct OutputTable {
  std::string name;
  Expected rows;  ///< of indicators: numbers
  bool operator==(const OutputTable&) const = default;
};

/// What a run costs.
struct Plan {
  int threads = 1;
  std::int64_t strategies = 0;
  std::int64_t replications = 0;
  std::int64_t simulations = 0;  ///< strategies x replications
  std::int64_t shards = 0;       ///< files while it runs, the lock apart
  Expected seconds;              ///< by the clock
  Expected memory;               ///< bytes, at its peak
  Expected results;              ///< bytes of the results file
  Expected disk;                 ///< bytes, at their most: shards beside the finished file
  std::vector<OutputTable> tables;
};

/// The cost of `replications` of the experiment on so many threads, from a pilot.
///
/// Time: the sum of the replications (`sum_of_further`), shared by the threads, with half a
/// replication at the end in which they finish one after the other, more or less. Memory: what one
/// thread needed in the pilot times the threads, and the replications that wait to be written;
/// within a third. File sizes: a line through the two sizes measured; the part that grows within
/// a fifth, as numbers compress better in longer files, and the spread of rows. The counts of
/// simulations, shards and indicators are exact, and so are rows that the pilot has seen.
Plan plan(const Experiment& experiment, const Pilot& pilot, std::int64_t replications, int threads);

/// How many elements of a job array, on so many threads each, share a run so that each takes 10 to
/// 20 minutes: one for what is shorter, 1,000 at most, and never more than replications.
std::int64_t elements_of_array(const Experiment& experiment, const Pilot& pilot, int threads);

}  // namespace experiment
