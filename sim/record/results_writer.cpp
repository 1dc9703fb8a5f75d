#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "record/file_storage.hpp"
#include "record/hdf5_file.hpp"
#include "record/layout.hpp"
#include "record/results_file.hpp"

// Numbers reach HDF5 by whole chunks. A chunk of an indicator holds all strategies and months of
// some replications; blocks that are appended are gathered until they fill one.

namespace record {
namespace {

void require(bool condition, const std::string& problem) {
  if (!condition) throw std::invalid_argument("results cannot be written: " + problem);
}

hdf5::Attributes described(std::string_view unit, std::string_view long_name,
                           std::string_view description) {
  return {{"units", std::string(unit)},
          {"long_name", std::string(long_name)},
          {"description", std::string(description)}};
}

hdf5::Attributes described(const NamedVariable& variable) {
  return described(variable.unit, variable.long_name, variable.description);
}

/// Attributes of a column. Codes are explained as the CF conventions ask for.
template <class AnyColumn>
hdf5::Attributes described(const AnyColumn& column, const std::string& start_date) {
  const std::string unit =
      column.unit == day_unit ? "days since " + start_date : std::string(column.unit);
  hdf5::Attributes attributes = described(unit, column.long_name, column.description);
  if (column.labels.empty()) return attributes;
  std::vector<std::int16_t> values;
  std::string meanings;
  for (std::string_view label : column.labels) {
    values.push_back(static_cast<std::int16_t>(values.size()));
    if (!meanings.empty()) meanings += ' ';
    meanings += label;
  }
  attributes.push_back({"flag_values", values});
  attributes.push_back({"flag_meanings", meanings});
  return attributes;
}

/// The calendar day of an ISO 8601 date. Throws `std::invalid_argument`.
std::chrono::year_month_day parse_date(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  char rest = 0;
  const bool has_shape = text.size() == 10 && std::sscanf(text.c_str(), "%4d-%2u-%2u%c", &year,
                                                          &month, &day, &rest) == 3;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!has_shape || !date.ok())
    throw std::invalid_argument("start date '" + text + "' is not a date such as 2025-01-31");
  return date;
}

/// The first day of each month, in ISO 8601. A month too short for the day of the start begins on
/// its last day.
std::vector<std::string> first_days(const std::string& start_date, std::int64_t months) {
  const std::chrono::year_month_day start = parse_date(start_date);
  std::vector<std::string> days;
  for (std::int64_t i = 0; i < months; ++i) {
    const auto month = start.year() / start.month() + std::chrono::months(i);
    const std::chrono::year_month_day last{month / std::chrono::last};
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(month.year()),
                  unsigned(month.month()), std::min(unsigned(start.day()), unsigned(last.day())));
    days.emplace_back(text.data());
  }
  return days;
}

template <class Row, class Member, class Number>
std::vector<Number> values_of(std::span<const Row> rows,
                              const Column<Row, Member, Number>& column) {
  std::vector<Number> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(static_cast<Number>(row.*column.member));
  return values;
}

/// The numbers first, first + 1, ...
std::vector<std::int32_t> numbers_from(std::uint64_t first, std::size_t count) {
  if (first + count > std::uint64_t{std::numeric_limits<std::int32_t>::max()})
    throw std::invalid_argument("a results file numbers things up to 2 147 483 647");
  return consecutive(static_cast<std::int64_t>(first), static_cast<std::int64_t>(count));
}

constexpr std::size_t chunk_bytes = std::size_t{128} * 1024;  ///< of an indicator, or just below
constexpr std::size_t largest_chunk = std::size_t{512} * 1024;
constexpr std::size_t chunk_rows = std::size_t{32} * 1024;  ///< of a table

/// The shape of the chunks of a variable that is filled by blocks of this shape: the block if it is
/// small enough, else trailing dimensions as far as they fit, cut into even parts.
hdf5::Shape chunk_of(const hdf5::Shape& block, std::size_t bytes_per_value) {
  hdf5::Shape chunk(block.size());
  std::uint64_t bytes = bytes_per_value;
  for (std::size_t d = block.size(); d-- > 0;) {
    const std::uint64_t fitting = std::max<std::uint64_t>(largest_chunk / bytes, 1);
    const std::uint64_t parts = (block[d] + fitting - 1) / fitting;
    chunk[d] = parts == 0 ? 0 : (block[d] + parts - 1) / parts;
    bytes *= std::max<std::uint64_t>(chunk[d], 1);
  }
  return chunk;
}

/// A table that is written as its rows come.
template <class Row, class Columns>
class TableWriter {
 public:
  TableWriter(hdf5::Writer& file, const std::string& group, const std::string& dimension,
              Columns columns, std::uint64_t rows, const std::string& start_date)
      : file_(file), columns_(std::move(columns)), rows_(rows) {
    file.add_group(group);
    numbers_from(0, rows);  // refused here if there are too many
    const std::string position = group + "/" + dimension;
    const hdf5::Shape chunk{std::min<std::uint64_t>(rows, chunk_rows)};
    slots_.push_back(file.add_dimension(position, rows, chunk,
                                        described("1", "Row", "Position in the table, from 0")));
    for_each(columns_, [&]<class Member, class Number>(const Column<Row, Member, Number>& column) {
      slots_.push_back(file.add_variable<Number>(group + "/" + column.name, {position}, chunk,
                                                 described(column, start_date)));
    });
  }

  /// Takes the rows of one replication.
  void append(const std::vector<Row>& rows, std::int32_t replication) {
    const auto [first, last] =
        std::equal_range(rows.begin(), rows.end(), Row{.replication = replication},
                         [](const Row& a, const Row& b) { return a.replication < b.replication; });
    pending_.insert(pending_.end(), first, last);
    require(written_ + pending_.size() <= rows_, "a table has more rows than were announced");
    std::size_t done = 0;
    for (; pending_.size() - done >= chunk_rows; done += chunk_rows) write(done, chunk_rows);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
  }

  void finish() {
    write(0, pending_.size());
    require(written_ == rows_, "a table has fewer rows than were announced");
  }

 private:
  void write(std::size_t first, std::size_t count) {
    const std::span<const Row> rows = std::span(std::as_const(pending_)).subspan(first, count);
    const std::vector<std::int32_t> positions = numbers_from(written_, count);
    file_.fill(slots_[0], {written_}, {count}, std::span(positions));
    std::size_t slot = 1;
    for_each(columns_, [&]<class Member, class Number>(const Column<Row, Member, Number>& column) {
      const std::vector<Number> values = values_of(rows, column);
      file_.fill(slots_[slot++], {written_}, {count}, std::span<const Number>(values));
    });
    written_ += count;
  }

  hdf5::Writer& file_;
  Columns columns_;
  std::uint64_t rows_;
  std::uint64_t written_ = 0;
  std::vector<hdf5::Writer::Slot> slots_;
  std::vector<Row> pending_;
};

}  // namespace

std::size_t replications_in_chunk(const Results& results, std::size_t all) {
  const std::size_t bytes =
      results.strategies.size() * static_cast<std::size_t>(results.months) * sizeof(double);
  return std::clamp<std::size_t>(chunk_bytes / bytes, 1, all);
}

class ResultsWriter::Layout {
 public:
  Layout(std::filesystem::path path, const Results& first, Extent extent)
      : extent_(std::move(extent)),
        storage_(std::move(path), extent_.most_in_memory),
        file_(storage_, user_block_bytes),
        block_(frame_of(first)) {
    require(!extent_.replication_numbers.empty(), "there is no replication");
    add_frame();
    add_indicators();
    stays_.emplace(file_, "stays", "stay", stay_columns(), extent_.stays, first.start_date);
    ledger_.emplace(file_, "ledger", "entry", ledger_columns(), extent_.ledger_entries,
                    first.start_date);
    add_provenance();
  }

  void append(const Results& results) {
    require_sound(results);
    require_same_run(block_, results);
    // One replication after the other, tables included: the order of what is written, and with it
    // every byte, does not depend on the blocks.
    for (std::size_t r = 0; r < results.replication_numbers.size(); ++r) {
      require(
          written_ + gathered_ < extent_.replication_numbers.size() &&
              results.replication_numbers[r] == extent_.replication_numbers[written_ + gathered_],
          "replication " + std::to_string(results.replication_numbers[r]) + " is not the next one");
      stays_->append(results.stays, results.replication_numbers[r]);
      ledger_->append(results.ledger, results.replication_numbers[r]);
      gather(results, r);
      if (gathered_ == block_.replication_numbers.size()) write_block();
    }
  }

  void commit() {
    require(written_ == extent_.replication_numbers.size(), "replications are missing");
    stays_->finish();
    ledger_->finish();
    file_.finish();
    storage_.commit(
        {.run_key = block_.provenance.run_key,
         .first_replication = static_cast<std::uint64_t>(extent_.replication_numbers.front()),
         .replications = extent_.replication_numbers.size(),
         .planned = static_cast<std::uint64_t>(block_.planned),
         .stays = extent_.stays,
         .ledger_entries = extent_.ledger_entries});
  }

 private:
  /// What all blocks share, with room for the replications of a chunk.
  Results frame_of(const Results& first) const {
    Results frame = first;
    frame.stays.clear();
    frame.ledger.clear();
    resize(frame, replications_in_chunk(first, extent_.replication_numbers.size()));
    return frame;
  }

  static void resize(Results& block, std::size_t replications) {
    block.replication_numbers.resize(replications);
    block.resize_series();
  }

  void add_frame() {
    namespace attributes = file_attributes;
    file_.add_attributes("/", {{attributes::title.name, block_.provenance.scenario_title},
                               {attributes::conventions.name, std::string(conventions)},
                               {attributes::version.name, std::int32_t{results_format.major}},
                               {attributes::minor_version.name, std::int32_t{results_format.minor}},
                               {attributes::start_date.name, block_.start_date},
                               {attributes::seed.name, block_.seed},
                               {attributes::baseline.name, block_.baseline},
                               {attributes::planned.name, block_.planned}});
    std::vector<std::string> names, titles, french_titles, codes, communes;
    for (const StrategyLabel& strategy : block_.strategies) {
      names.push_back(strategy.name);
      titles.push_back(strategy.title);
      french_titles.push_back(strategy.title_fr);
    }
    for (const CommuneLabel& commune : block_.communes) {
      codes.push_back(commune.code);
      communes.push_back(commune.name);
    }
    using Texts = std::span<const std::string>;
    const auto dimension = [&](const NamedVariable& variable, auto values) {
      file_.add_dimension(variable.path, values, described(variable));
    };
    const auto variable = [&](const NamedVariable& named, const std::vector<std::string>& values) {
      file_.add_variable(named.path, {named.dimensions}, Texts(values), described(named));
    };
    dimension(variables::strategy_names, Texts(names));
    dimension(variables::replication_numbers,
              std::span(std::as_const(extent_.replication_numbers)));
    dimension(variables::months_since_start,
              std::span<const std::int32_t>(consecutive(0, block_.months)));
    variable(variables::strategy_titles, titles);
    variable(variables::strategy_french_titles, french_titles);
    variable(variables::month_starts, first_days(block_.start_date, block_.months));
    if (!has_panel()) return;
    dimension(variables::years, std::span<const std::int32_t>(consecutive(1, block_.years())));
    dimension(variables::commune_codes, Texts(codes));
    variable(variables::commune_names, communes);
  }

  /// HDF5 has no dimension of nothing: a run of less than a year has no panel.
  bool has_panel() const { return block_.years() > 0 && !block_.communes.empty(); }

  void add_indicators() {
    const std::uint64_t strategies = block_.strategies.size();
    const std::uint64_t replications = block_.replication_numbers.size();
    const hdf5::Shape months = chunk_of(
        {strategies, replications, static_cast<std::uint64_t>(block_.months)}, sizeof(double));
    for (std::size_t i = 0; i < indicator_count; ++i) {
      const IndicatorDefinition& indicator = indicator_definitions[i];
      series_[i] = file_.add_variable<double>(
          path_of(indicator_definitions[i]), {"strategy", "replication", "month"}, months,
          described(indicator.unit, indicator.long_name, indicator.description),
          std::numeric_limits<double>::quiet_NaN());
    }
    if (!has_panel()) return;
    file_.add_group(std::string(panel_group));
    const hdf5::Shape panel =
        chunk_of({strategies, replications, static_cast<std::uint64_t>(block_.years()),
                  block_.communes.size()},
                 sizeof(float));
    for (std::size_t i = 0; i < commune_indicator_count; ++i) {
      const CommuneIndicatorDefinition& indicator = commune_indicator_definitions[i];
      panel_[i] = file_.add_variable<float>(
          path_of(commune_indicator_definitions[i]), {"strategy", "replication", "year", "commune"},
          panel, described(indicator.unit, indicator.long_name, indicator.description),
          std::numeric_limits<float>::quiet_NaN());
    }
  }

  void add_provenance() {
    file_.add_group("provenance");
    for (const ProvenanceText& text : provenance_texts)
      file_.add_variable(std::string("provenance/") + text.name, {},
                         std::span<const std::string>(&(block_.provenance.*text.member), 1),
                         described("1", text.long_name, text.description));
  }

  /// Copies one replication into the block that is written next.
  void gather(const Results& results, std::size_t replication) {
    for (std::size_t s = 0; s < block_.strategies.size(); ++s) {
      for (const IndicatorDefinition& each : indicator_definitions) {
        const auto from = results.months_of(each.indicator, s, replication);
        std::copy(from.begin(), from.end(), block_.months_of(each.indicator, s, gathered_).begin());
      }
      for (const CommuneIndicatorDefinition& each : commune_indicator_definitions) {
        const auto from = results.communes_of(each.indicator, s, replication);
        std::copy(from.begin(), from.end(),
                  block_.communes_of(each.indicator, s, gathered_).begin());
      }
    }
    ++gathered_;
  }

  void write_block() {
    const std::uint64_t strategies = block_.strategies.size();
    const auto months = static_cast<std::uint64_t>(block_.months);
    for (std::size_t i = 0; i < indicator_count; ++i)
      file_.fill(series_[i], {0, written_, 0}, {strategies, gathered_, months},
                 std::span<const double>(block_.series[i]));
    if (has_panel()) {
      const auto years = static_cast<std::uint64_t>(block_.years());
      for (std::size_t i = 0; i < commune_indicator_count; ++i)
        file_.fill(panel_[i], {0, written_, 0, 0},
                   {strategies, gathered_, years, block_.communes.size()},
                   std::span<const float>(block_.panel[i]));
    }
    written_ += gathered_;
    gathered_ = 0;
    const std::size_t left = extent_.replication_numbers.size() - written_;
    if (left < block_.replication_numbers.size()) resize(block_, left);  // the last one is short
  }

  Extent extent_;
  FileToCome storage_;
  hdf5::Writer file_;
  Results block_;             ///< replications that wait to be written
  std::size_t gathered_ = 0;  ///< of them
  std::size_t written_ = 0;   ///< of the extent
  std::array<hdf5::Writer::Slot, indicator_count> series_;
  std::array<hdf5::Writer::Slot, commune_indicator_count> panel_;
  std::optional<TableWriter<Stay, decltype(stay_columns())>> stays_;
  std::optional<TableWriter<LedgerEntry, decltype(ledger_columns())>> ledger_;
};

ResultsWriter::ResultsWriter(std::filesystem::path path, const Results& first, Extent extent)
    : layout_(std::make_unique<Layout>(std::move(path), first, std::move(extent))) {}
ResultsWriter::~ResultsWriter() = default;
void ResultsWriter::append(const Results& block) { layout_->append(block); }
void ResultsWriter::commit() { layout_->commit(); }

void write_results(const std::filesystem::path& path, const Results& results) {
  require_sound(results);
  ResultsWriter file(path, results,
                     {results.replication_numbers, results.stays.size(), results.ledger.size()});
  file.append(results);
  file.commit();
}

}  // namespace record
