#include "record/content_digest.hpp"

#include <bit>
#include <cmath>
#include <type_traits>

#include "record/hash.hpp"
#include "record/layout.hpp"

namespace record {
namespace {

/// The bits of a number, where every NaN is the same one. Integers widen to 64 bits, with their
/// sign; numbers of single precision become doubles, exactly.
template <class Number>
std::uint64_t bits_of(Number value) {
  if constexpr (std::is_floating_point_v<Number>)
    return std::isnan(value) ? 0x7FF8000000000000u : std::bit_cast<std::uint64_t>(double{value});
  else
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
}

template <class Row, class Columns>
void feed_table(Hash& hash, std::string_view name, const std::vector<Row>& rows,
                const Columns& columns) {
  hash.feed(name);
  hash.feed(std::uint64_t{rows.size()});
  for_each(columns, [&]<class Member, class Number>(const Column<Row, Member, Number>& column) {
    hash.feed(std::string_view(column.name));
    hash.feed(column.unit);
    hash.feed(std::uint64_t{column.labels.size()});
    for (const std::string_view label : column.labels) hash.feed(label);
    for (const Row& row : rows) hash.feed(bits_of(static_cast<Number>(row.*column.member)));
  });
}

/// The indicators that the file has, with their values.
template <class Number, class Definitions>
void feed_indicators(Hash& hash, const Definitions& definitions,
                     const IndicatorSource<Number>& source) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < definitions.size(); ++i) count += source.has(i) ? 1 : 0;
  hash.feed(count);
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    if (!source.has(i)) continue;
    const std::vector<Number> values = source.values(i);
    hash.feed(definitions[i].name);
    hash.feed(definitions[i].unit);
    hash.feed(std::uint64_t{values.size()});
    for (const Number value : values) hash.feed(bits_of(value));
  }
}

/// The indicators of results in memory.
template <class Number, std::size_t count>
IndicatorSource<Number> source_of(const std::array<std::vector<Number>, count>& all) {
  return {[&all](std::size_t i) { return !all[i].empty(); },
          [&all](std::size_t i) { return all[i]; }};
}

}  // namespace

std::string content_digest(const Results& frame, const IndicatorSource<double>& series,
                           const IndicatorSource<float>& panel) {
  const std::vector<std::int32_t>& numbers = frame.replication_numbers;
  const std::int64_t first = numbers.empty() ? 0 : numbers.front();
  Hash hash;
  hash.feed(std::string_view("maillage content digest 1"));
  hash.feed(std::string_view(frame.start_date));
  hash.feed(frame.seed);
  hash.feed(bits_of(frame.baseline));
  hash.feed(std::uint64_t{frame.strategies.size()});
  hash.feed(bits_of(first));
  hash.feed(bits_of(frame.replications()));
  hash.feed(bits_of(frame.months));
  feed_indicators(hash, indicator_definitions, series);
  feed_table(hash, "stays", frame.stays, stay_columns());
  feed_table(hash, "ledger", frame.ledger, ledger_columns());
  if (!frame.communes.empty()) {
    hash.feed(std::string_view("communes"));
    hash.feed(std::uint64_t{frame.communes.size()});
    for (const CommuneLabel& commune : frame.communes) hash.feed(std::string_view(commune.code));
    feed_indicators(hash, commune_indicator_definitions, panel);
  }
  if (numbers != consecutive(first, frame.replications())) {
    hash.feed(std::string_view("replications"));
    for (const std::int32_t number : numbers) hash.feed(bits_of(number));
  }
  return hexadecimal(hash.result());
}

std::string content_digest(const Results& results) {
  return content_digest(results, source_of(results.series), source_of(results.panel));
}

}  // namespace record
