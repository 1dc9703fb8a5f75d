#include "record/results.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace record {
namespace {

void require(bool condition, const std::string& otherwise) {
  if (!condition) throw std::invalid_argument("these results are of no use: " + otherwise);
}

/// Joins blocks that have one part for each strategy: what is of one strategy comes together.
template <class Number>
void interleave(std::span<const Results* const> blocks, std::size_t strategies,
                const std::function<const std::vector<Number>&(const Results&)>& values_of,
                std::vector<Number>& whole) {
  for (std::size_t strategy = 0; strategy < strategies; ++strategy) {
    for (const Results* block : blocks) {
      const std::vector<Number>& values = values_of(*block);
      const std::size_t size = values.size() / strategies;
      const auto part = std::span(values).subspan(strategy * size, size);
      whole.insert(whole.end(), part.begin(), part.end());
    }
  }
}

}  // namespace

bool same_strategies(const std::vector<StrategyLabel>& a, const std::vector<StrategyLabel>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const StrategyLabel& x, const StrategyLabel& y) { return x.name == y.name; });
}

void require_same_run(const Results& first, const Results& block) {
  require(block.provenance.run_key == first.provenance.run_key,
          "run key " + block.provenance.run_key + " is foreign to run " + first.provenance.run_key);
  require(block.seed == first.seed, "the seeds differ");
  require(same_strategies(block.strategies, first.strategies) && block.baseline == first.baseline,
          "the strategies differ");
  require(block.communes == first.communes, "the communes differ");
  require(block.months == first.months && block.start_date == first.start_date,
          "the months differ");
}

void require_sound(const Results& results, bool may_be_older) {
  require(!results.strategies.empty(), "there is no strategy");
  require(results.replications() > 0 && results.months > 0, "there is no replication or no month");
  require(results.replication_numbers.front() >= 0 &&
              std::is_sorted(results.replication_numbers.begin(), results.replication_numbers.end(),
                             std::less_equal<>()),
          "the numbers of the replications do not ascend from 0 or more");
  require(results.baseline >= 0 &&
              results.baseline < static_cast<std::int64_t>(results.strategies.size()),
          "the baseline is not one of the strategies");
  const auto require_rows = [&](std::string_view table, const auto& rows) {
    for (const auto& row : rows)
      require(row.strategy < results.strategies.size() &&
                  std::binary_search(results.replication_numbers.begin(),
                                     results.replication_numbers.end(), row.replication),
              "the table " + std::string(table) + " has a row of a run that is not there");
  };
  require_rows("stays", results.stays);
  require_rows("ledger", results.ledger);
  const std::size_t runs = results.strategies.size() * results.replication_numbers.size();
  const auto require_size = [&](std::string_view name, std::size_t size, std::size_t per_run) {
    require(size == runs * per_run || (may_be_older && size == 0),
            std::string(name) + " has " + std::to_string(size) + " values in place of " +
                std::to_string(runs * per_run));
  };
  for (const IndicatorDefinition& each : indicator_definitions)
    require_size(each.name, results.series[static_cast<std::size_t>(each.indicator)].size(),
                 static_cast<std::size_t>(results.months));
  for (const CommuneIndicatorDefinition& each : commune_indicator_definitions)
    require_size(each.name, results.panel[static_cast<std::size_t>(each.indicator)].size(),
                 static_cast<std::size_t>(results.years()) * results.communes.size());
}

void Results::resize_series() {
  const std::size_t runs = strategies.size() * replication_numbers.size();
  for (std::vector<double>& values : series)
    values.assign(runs * month_count(), std::numeric_limits<double>::quiet_NaN());
  for (std::vector<float>& values : panel)
    values.assign(runs * panel_size(), std::numeric_limits<float>::quiet_NaN());
}

std::size_t Results::position_of(std::int32_t replication) const {
  const auto found =
      std::lower_bound(replication_numbers.begin(), replication_numbers.end(), replication);
  assert(found != replication_numbers.end() && *found == replication);
  return static_cast<std::size_t>(found - replication_numbers.begin());
}

std::vector<std::int32_t> consecutive(std::int64_t first, std::int64_t count) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(first));
  return numbers;
}

Results merge(std::span<const Results> blocks) {
  require(!blocks.empty(), "there is no block of replications");
  std::vector<const Results*> in_order;
  for (const Results& block : blocks) {
    require_same_run(blocks.front(), block);
    require_sound(block);
    in_order.push_back(&block);
  }
  std::sort(in_order.begin(), in_order.end(), [](const Results* a, const Results* b) {
    return a->replication_numbers < b->replication_numbers;
  });

  Results whole = *in_order.front();
  for (const Results* block : std::span(in_order).subspan(1)) {
    std::vector<std::int32_t>& numbers = whole.replication_numbers;
    const std::int32_t next = block->replication_numbers.front();
    require(next > numbers.back(), "replication " + std::to_string(next) + " appears twice");
    numbers.insert(numbers.end(), block->replication_numbers.begin(),
                   block->replication_numbers.end());
    whole.stays.insert(whole.stays.end(), block->stays.begin(), block->stays.end());
    whole.ledger.insert(whole.ledger.end(), block->ledger.begin(), block->ledger.end());
  }
  const std::size_t strategies = whole.strategies.size();
  for (std::size_t i = 0; i < indicator_count; ++i) {
    whole.series[i].clear();
    interleave<double>(
        in_order, strategies, [i](const Results& block) -> const auto& { return block.series[i]; },
        whole.series[i]);
  }
  for (std::size_t i = 0; i < commune_indicator_count; ++i) {
    whole.panel[i].clear();
    interleave<float>(
        in_order, strategies, [i](const Results& block) -> const auto& { return block.panel[i]; },
        whole.panel[i]);
  }
  return whole;
}

}  // namespace record
