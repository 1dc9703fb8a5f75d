#include "record/results.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace record {
namespace {

void require(bool condition, const std::string& otherwise) {
  if (!condition) throw std::invalid_argument("cannot merge: " + otherwise);
}

/// Refuses a block that is not of the same run as the first one.
void require_same_run(const Results& first, const Results& block) {
  require(block.provenance.run_key == first.provenance.run_key,
          "run key " + block.provenance.run_key + " is foreign to run " + first.provenance.run_key);
  require(block.seed == first.seed, "the seeds differ");
  require(block.strategies == first.strategies && block.baseline == first.baseline,
          "the strategies differ");
  require(block.months == first.months && block.start_date == first.start_date,
          "the months differ");
  const std::size_t size = block.strategies.size() * static_cast<std::size_t>(block.replications) *
                           static_cast<std::size_t>(block.months);
  require(block.replications > 0, "a block is empty");
  for (const std::vector<double>& values : block.series)
    require(values.size() == size, "a series does not have one value per run and month");
}

/// Adds what was found while a block ran, unless an earlier block found the same.
void add_notes(std::string& notes, const std::string& found) {
  if (found.empty() || notes.find(found) != std::string::npos) return;
  if (!notes.empty() && notes.back() != '\n') notes += '\n';
  notes += found;
}

}  // namespace

void Results::resize_series() {
  const std::size_t size =
      strategies.size() * static_cast<std::size_t>(replications) * static_cast<std::size_t>(months);
  for (std::vector<double>& values : series)
    values.assign(size, std::numeric_limits<double>::quiet_NaN());
}

Results merge(std::span<const Results> blocks) {
  require(!blocks.empty(), "there is no block of replications");
  std::vector<const Results*> in_order;
  for (const Results& block : blocks) in_order.push_back(&block);
  std::sort(in_order.begin(), in_order.end(), [](const Results* a, const Results* b) {
    return a->first_replication < b->first_replication;
  });

  const Results& first = *in_order.front();
  Results whole;
  whole.provenance = first.provenance;
  whole.strategies = first.strategies;
  whole.baseline = first.baseline;
  whole.start_date = first.start_date;
  whole.seed = first.seed;
  whole.first_replication = first.first_replication;
  whole.months = first.months;
  for (const Results* block : in_order) {
    require_same_run(first, *block);
    const std::int64_t next = whole.first_replication + whole.replications;
    require(block->first_replication <= next, "replications " + std::to_string(next) + " to " +
                                                  std::to_string(block->first_replication - 1) +
                                                  " are missing");
    require(block->first_replication == next,
            "replication " + std::to_string(block->first_replication) + " appears twice");
    whole.replications += block->replications;
    add_notes(whole.provenance.notes, block->provenance.notes);
    whole.stays.insert(whole.stays.end(), block->stays.begin(), block->stays.end());
    whole.ledger.insert(whole.ledger.end(), block->ledger.begin(), block->ledger.end());
  }

  // Strategies come before replications in a series, so blocks interleave strategy by strategy.
  const auto months = static_cast<std::size_t>(whole.months);
  for (std::size_t indicator = 0; indicator < indicator_count; ++indicator) {
    std::vector<double>& values = whole.series[indicator];
    values.reserve(whole.strategies.size() * static_cast<std::size_t>(whole.replications) * months);
    for (std::size_t strategy = 0; strategy < whole.strategies.size(); ++strategy) {
      for (const Results* block : in_order) {
        const std::size_t size = static_cast<std::size_t>(block->replications) * months;
        const auto part = std::span(block->series[indicator]).subspan(strategy * size, size);
        values.insert(values.end(), part.begin(), part.end());
      }
    }
  }
  return whole;
}

}  // namespace record
