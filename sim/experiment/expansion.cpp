#include "experiment/expansion.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "experiment/output_lock.hpp"
#include "experiment/shards.hpp"
#include "record/durable_file.hpp"
#include "record/results_file.hpp"
#include "record/results_reader.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

void require(bool condition, const char* otherwise) {
  if (!condition) throw std::invalid_argument(otherwise);
}

/// The rows of two tables, by replication and then by strategy. Strategies of the second count from
/// `shift`.
template <class Row>
std::vector<Row> rows_of_both(const std::vector<Row>& before, std::vector<Row> added,
                              std::size_t shift) {
  for (Row& row : added) row.strategy = static_cast<std::uint8_t>(row.strategy + shift);
  std::vector<Row> rows;
  rows.reserve(before.size() + added.size());
  std::merge(before.begin(), before.end(), added.begin(), added.end(), std::back_inserter(rows),
             [](const Row& a, const Row& b) { return a.replication < b.replication; });
  return rows;
}

/// Strategies come first in a series, so those that are added follow.
template <class Series>
Series series_of_both(const Series& before, const Series& added) {
  Series both = before;
  for (std::size_t i = 0; i < both.size(); ++i)
    both[i].insert(both[i].end(), added[i].begin(), added[i].end());
  return both;
}

/// The experiment with the new strategies only.
Experiment only_new(const Experiment& before, const Experiment& expanded) {
  scenario::Scenario scenario = expanded.scenario();
  const auto there = static_cast<std::ptrdiff_t>(before.scenario().strategies.size());
  scenario.strategies.erase(scenario.strategies.begin(), scenario.strategies.begin() + there);
  scenario.baseline = 0;
  return Experiment(std::move(scenario), expanded.map());
}

/// Writes both files as one in place of the first. False if it was stopped.
bool join(const Experiment& expanded, const fs::path& output, const fs::path& added,
          const std::atomic<bool>& stop) {
  record::ResultsReader left(output);
  record::ResultsReader right(added);
  require(left.frame().replication_numbers == right.frame().replication_numbers,
          "the new strategies were simulated for other replications");
  const record::Results frame = expanded.block(0, {});
  record::ResultsWriter both(
      output, frame,
      {.replication_numbers = left.frame().replication_numbers,
       .stays = left.header().stays + right.header().stays,
       .ledger_entries = left.header().ledger_entries + right.header().ledger_entries});
  const std::size_t replications = left.frame().replication_numbers.size();
  for (std::size_t first = 0; first < replications; first += shard_size) {
    if (stop) return false;
    const std::size_t some = std::min<std::size_t>(shard_size, replications - first);
    both.append(side_by_side(frame, left.read(first, some), right.read(first, some)));
  }
  both.commit();
  return true;
}

}  // namespace

record::Results side_by_side(const record::Results& whole, const record::Results& before,
                             const record::Results& added) {
  require(before.replication_numbers == added.replication_numbers, "the replications differ");
  require(before.months == added.months && before.start_date == added.start_date,
          "the months differ");
  require(before.communes == added.communes, "the communes differ");
  record::Results both = whole;
  both.replication_numbers = before.replication_numbers;
  both.series = series_of_both(before.series, added.series);
  both.panel = series_of_both(before.panel, added.panel);
  both.stays = rows_of_both(before.stays, added.stays, before.strategies.size());
  both.ledger = rows_of_both(before.ledger, added.ledger, before.strategies.size());
  return both;
}

fs::path added_file(const fs::path& output) {
  fs::path added = output;
  return added += ".added";
}

void sweep_added(const fs::path& output) {
  const ShardFolder added(added_file(output));
  if (!fs::exists(added_file(output)) && !fs::exists(added.path())) return;
  try {
    const ShardFolder folder(output);
    const OutputLock lock(folder.path(), everything);
    record::remove_durably(added_file(output));
    added.remove_if_empty();
    folder.remove_if_empty();
  } catch (const std::runtime_error&) {
    return;  // it does no harm
  }
}

Outcome expand(const Experiment& before, const Experiment& expanded, const RunOptions& options,
               const std::atomic<bool>& stop) {
  const auto& there = before.scenario().strategies;
  const auto& all = expanded.scenario().strategies;
  require(there.size() < all.size() && std::equal(there.begin(), there.end(), all.begin()),
          "an expanded run begins with the strategies that are there");
  const ShardFolder folder(options.output);
  std::optional<OutputLock> lock;
  if (options.lock) {
    lock.emplace(folder.path(), everything);
    folder.sweep(everything);
  }
  const record::Header header = record::read_header(options.output);
  if (header.run_key == expanded.run_key()) return Outcome::already_done;
  if (header.run_key != before.run_key())
    throw ForeignOutput(ForeignOutput::Reason::other_inputs, options.output);

  const fs::path added = added_file(options.output);
  RunOptions for_added = options;
  for_added.output = added;
  const Outcome simulated = run(only_new(before, expanded), for_added, stop);
  if (simulated == Outcome::interrupted || !join(expanded, options.output, added, stop))
    return Outcome::interrupted;
  record::remove_durably(added);
  folder.remove_if_empty();
  return Outcome::done;
}

}  // namespace experiment
