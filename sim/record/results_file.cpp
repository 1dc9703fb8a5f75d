#include "record/results_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "record/hdf5_file.hpp"

namespace record {
namespace {

using Bytes = std::vector<std::byte>;

// ---------------------------------------------------------------------------------------------
// The block at the start of the file. Integers are little-endian.
//
//   0   16  magic
//   16   4  format version
//   20   4  length of this block, 512
//   24   8  length of what follows it
//   32  16  XXH3-128 of the whole file, with zeros in these 16 bytes
//   48 464  run key, UTF-8, filled up with zeros

constexpr std::size_t block_bytes = 512;
constexpr std::string_view magic{"\x89MAILLAGE\r\n\x1A\n\0\0\0", 16};
constexpr std::size_t version_at = 16;
constexpr std::size_t block_length_at = 20;
constexpr std::size_t payload_length_at = 24;
constexpr std::size_t checksum_at = 32;
constexpr std::size_t run_key_at = 48;
using Checksum = std::array<unsigned char, 16>;

template <class Integer>
void store(Bytes& bytes, std::size_t at, Integer value) {
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    bytes[at + i] = static_cast<std::byte>(value >> (8 * i) & 0xFF);
}

template <class Integer>
Integer load(const Bytes& bytes, std::size_t at) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    value |= std::to_integer<Integer>(bytes[at + i]) << (8 * i);
  return value;
}

/// A running XXH3-128, fed in little-endian order whatever the machine's own.
class Hash {
 public:
  Hash() : state_(XXH3_createState(), XXH3_freeState) {
    if (!state_ || XXH3_128bits_reset(state_.get()) != XXH_OK) throw std::bad_alloc();
  }
  void feed(const void* data, std::size_t size) {
    if (XXH3_128bits_update(state_.get(), data, size) != XXH_OK)
      throw std::logic_error("xxHash refuses its input");
  }
  void feed(std::uint64_t value) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<unsigned char>(value >> (8 * i));
    feed(bytes.data(), bytes.size());
  }
  /// The bytes of a text, after their number.
  void feed(std::string_view text) {
    feed(std::uint64_t{text.size()});
    feed(text.data(), text.size());
  }
  Checksum result() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_.get()));
    return std::to_array(canonical.digest);
  }

 private:
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

Checksum checksum_of(const Bytes& file) {
  constexpr Checksum zeros{};
  constexpr std::size_t after = checksum_at + zeros.size();
  Hash hash;
  hash.feed(file.data(), checksum_at);
  hash.feed(zeros.data(), zeros.size());
  hash.feed(file.data() + after, file.size() - after);
  return hash.result();
}

void fill_block(Bytes& file, std::string_view run_key) {
  if (run_key.size() > block_bytes - run_key_at)
    throw std::invalid_argument("a run key of " + std::to_string(run_key.size()) +
                                " bytes does not fit the block of a results file");
  std::memcpy(file.data(), magic.data(), magic.size());
  store(file, version_at, results_format_version);
  store(file, block_length_at, static_cast<std::uint32_t>(block_bytes));
  store(file, payload_length_at, std::uint64_t{file.size() - block_bytes});
  std::copy(run_key.begin(), run_key.end(), reinterpret_cast<char*>(file.data() + run_key_at));
  const Checksum checksum = checksum_of(file);
  std::memcpy(file.data() + checksum_at, checksum.data(), checksum.size());
}

/// Checks a file against its block. Nothing else may look at the bytes before.
void check_block(const std::filesystem::path& path, const Bytes& file) {
  const auto refuse = [&](const std::string& problem, const std::string& remedy) {
    throw DamagedFile(path, problem, remedy);
  };
  const std::string again =
      "take it from a backup, or delete it and run again: only what is missing is simulated";
  if (file.size() < magic.size() || std::memcmp(file.data(), magic.data(), magic.size()) != 0)
    refuse("it does not start like a Maillage results file",
           "check the name; if it should be one, " + again);
  if (file.size() < block_bytes) refuse("it is cut short", again);
  const auto version = load<std::uint32_t>(file, version_at);
  if (version != results_format_version)
    refuse("it has format version " + std::to_string(version) + " and this program reads version " +
               std::to_string(results_format_version),
           "use the version of Maillage that wrote it, or run the scenario again");
  const auto length = load<std::uint64_t>(file, payload_length_at);
  if (file.size() - block_bytes != length)
    refuse("it should have " + std::to_string(length) + " bytes after its first block and has " +
               std::to_string(file.size() - block_bytes),
           again);
  const Checksum checksum = checksum_of(file);
  if (std::memcmp(file.data() + checksum_at, checksum.data(), checksum.size()) != 0)
    refuse("its checksum does not match its content", again);
}

// ---------------------------------------------------------------------------------------------
// Files, by system calls, because only they can be synced to the disk.

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int code) {
  throw std::system_error(code, std::generic_category(), what + " " + path.string());
}

/// An open file or folder.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// Removes a file at the end of the scope, unless it has been kept.
class Provisional {
 public:
  explicit Provisional(std::filesystem::path path) : path_(std::move(path)) {}
  Provisional(const Provisional&) = delete;
  Provisional& operator=(const Provisional&) = delete;
  ~Provisional() {
    if (!kept_) ::unlink(path_.c_str());
  }
  void keep() { kept_ = true; }

 private:
  std::filesystem::path path_;
  bool kept_ = false;
};

/// A name beside `path` that no other process uses: `results.h5.tmp-4711-0`.
std::pair<std::filesystem::path, int> create_beside(const std::filesystem::path& path) {
  for (int attempt = 0;; ++attempt) {
    std::filesystem::path name = path;
    name += ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    const int number = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (number >= 0) return {name, number};
    if (errno != EEXIST) fail("cannot create", path, errno);
  }
}

void write_all(const Descriptor& file, const Bytes& bytes, const std::filesystem::path& path) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::write(file.number(), bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write", path, errno);
    done += static_cast<std::size_t>(written);
  }
}

void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0) fail("cannot open folder", folder, errno);
  // EINVAL: this file system keeps names by other means and has nothing to sync here.
  if (::fsync(directory.number()) != 0 && errno != EINVAL)
    fail("cannot sync folder", folder, errno);
  if (!directory.close()) fail("cannot close folder", folder, errno);
}

/// Puts a file in place as a whole: after a crash there is the old one, or none, or this one.
/// A sync that failed is not tried again, since the system may have dropped what it could not
/// write.
void write_durably(const std::filesystem::path& path, const Bytes& bytes) {
  const auto created = create_beside(path);
  Provisional provisional(created.first);
  Descriptor file(created.second);
  write_all(file, bytes, path);
  if (::fsync(file.number()) != 0) fail("cannot sync", path, errno);
  if (!file.close()) fail("cannot close", path, errno);
  if (::rename(created.first.c_str(), path.c_str()) != 0) fail("cannot rename to", path, errno);
  provisional.keep();
  sync_folder(path);
}

Bytes read_all(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) {
    throw DamagedFile(path, "it is a folder", "name a file");
  }
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) fail("cannot open", path, errno);
  const ::off_t size = ::lseek(file.number(), 0, SEEK_END);
  if (size < 0 || ::lseek(file.number(), 0, SEEK_SET) < 0) fail("cannot read", path, errno);
  Bytes bytes(static_cast<std::size_t>(size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read", path, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

// ---------------------------------------------------------------------------------------------
// The layout: what each variable is called and means. Writing and reading go through the same
// lists of columns and texts, so neither can forget one.

/// A column of a table: a member of `Row`, kept as a number.
template <class Row, class Member, class Number>
struct Column {
  const char* name;
  Member Row::*member;
  std::string_view unit;
  const char* long_name;
  const char* description;
  std::vector<std::string_view> labels;  ///< of the codes 0, 1, ...; empty if it is a quantity
};

constexpr std::array<std::string_view, 2> no_yes{"no", "yes"};

template <std::size_t size>
std::vector<std::string_view> labels(const std::array<std::string_view, size>& names) {
  return {names.begin(), names.end()};
}

/// A column that is kept as `Number`; the row's type follows from the member.
template <class Number, class Row, class Member>
Column<Row, Member, Number> column(const char* name, Member Row::*member, std::string_view unit,
                                   const char* long_name, const char* description,
                                   std::vector<std::string_view> codes = {}) {
  return {name, member, unit, long_name, description, std::move(codes)};
}

/// The unit of dates; the file names the start instead.
constexpr std::string_view day_unit = "days since the start";

auto stay_columns() {
  return std::tuple{
      column<std::int32_t>("replication", &Stay::replication, "1", "Replication",
                           "Number of the replication, as in /replication"),
      column<std::int16_t>("strategy", &Stay::strategy, "1", "Strategy",
                           "Position of the strategy along /strategy, from 0"),
      column<std::int16_t>("profession", &Stay::profession, "1", "Profession",
                           "Profession, by the code in flag_values",
                           labels(world::profession_names)),
      column<std::int16_t>("cause", &Stay::cause, "1", "Cause of departure",
                           "Why the stay ended, by the code in flag_values; still_here: the stay "
                           "is censored at the end of the run",
                           labels(departure_cause_names)),
      column<std::int16_t>("here_at_start", &Stay::here_at_start, "1", "Here at the start",
                           "Whether the professional was at work on day 0", labels(no_yes)),
      column<std::int16_t>("in_team", &Stay::in_team, "1", "In a team",
                           "Whether a member of a team on the last day of the stay",
                           labels(no_yes)),
      column<std::int16_t>("in_focus", &Stay::in_focus, "1", "In the commune that acts",
                           "Whether the practice was in the commune whose municipality acts",
                           labels(no_yes)),
      column<float>("age_at_arrival", &Stay::age_at_arrival, "years", "Age at arrival",
                    "Age of the professional on the day of arrival"),
      column<std::int32_t>("arrival_day", &Stay::arrival_day, day_unit, "Day of arrival",
                           "Days from the start of the scenario to the arrival; 0 for those who "
                           "were here at the start"),
      column<std::int32_t>("departure_day", &Stay::departure_day, day_unit, "Day of departure",
                           "Days from the start of the scenario to the departure; the end of the "
                           "run for those still here")};
}

auto ledger_columns() {
  return std::tuple{
      column<std::int32_t>("replication", &LedgerEntry::replication, "1", "Replication",
                           "Number of the replication, as in /replication"),
      column<std::int16_t>("strategy", &LedgerEntry::strategy, "1", "Strategy",
                           "Position of the strategy along /strategy, from 0"),
      column<std::int16_t>("category", &LedgerEntry::category, "1", "Category",
                           "What the money is for, by the code in flag_values",
                           labels(category_names)),
      column<std::int16_t>("payer", &LedgerEntry::payer, "1", "Payer",
                           "Account that the money leaves, by the code in flag_values",
                           labels(account_names)),
      column<std::int16_t>("payee", &LedgerEntry::payee, "1", "Payee",
                           "Account that the money reaches, by the code in flag_values",
                           labels(account_names)),
      column<std::int32_t>("day", &LedgerEntry::day, day_unit, "Day",
                           "Days from the start of the scenario to the movement"),
      column<std::int64_t>("cents", &LedgerEntry::cents, "0.01 EUR", "Amount",
                           "Amount moved, in cents; never negative")};
}

struct ProvenanceText {
  const char* name;
  std::string Provenance::*member;
  const char* long_name;
  const char* description;
};

constexpr std::array<ProvenanceText, 10> provenance_texts{{
    {"scenario_name", &Provenance::scenario_name, "Name of the scenario", "Short identifier"},
    {"scenario_title", &Provenance::scenario_title, "Title of the scenario", "What a reader sees"},
    {"scenario_text", &Provenance::scenario_text, "Scenario",
     "The scenario and its strategies as read, in TOML"},
    {"parameters_csv", &Provenance::parameters_csv, "Parameters",
     "The parameter table as used, with units and sources, as CSV"},
    {"territory", &Provenance::territory, "Territory",
     "Communes simulated and vintages of the data"},
    {"version", &Provenance::version, "Version", "Version of Maillage"},
    {"commit", &Provenance::commit, "Commit", "Commit of the sources of Maillage, or unknown"},
    {"compiler", &Provenance::compiler, "Compiler", "What compiled Maillage"},
    {"notes", &Provenance::notes, "Notes",
     "Found on the way: conservation checks, warm-up, defaults that replaced missing data"},
    {"run_key", &Provenance::run_key, "Run key",
     "Hash of all that determines the numbers but the replications"},
}};

/// Calls `action` with each element of a tuple.
template <class Tuple, class Action>
void for_each(const Tuple& tuple, const Action& action) {
  std::apply([&](const auto&... element) { (action(element), ...); }, tuple);
}

std::string indicator_name(std::size_t indicator) {
  return std::string(indicator_definitions[indicator].name);
}

hdf5::Attributes described(std::string_view unit, std::string_view long_name,
                           std::string_view description) {
  return {{"units", std::string(unit)},
          {"long_name", std::string(long_name)},
          {"description", std::string(description)}};
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

template <class Row, class Member, class Number>
std::vector<Number> values_of(const std::vector<Row>& rows,
                              const Column<Row, Member, Number>& column) {
  std::vector<Number> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(static_cast<Number>(row.*column.member));
  return values;
}

/// The numbers first, first + 1, ...
std::vector<std::int32_t> numbers_from(std::int64_t first, std::size_t count) {
  if (first < 0 || first + static_cast<std::int64_t>(count) >
                       std::int64_t{std::numeric_limits<std::int32_t>::max()})
    throw std::invalid_argument("a results file numbers things up to 2 147 483 647");
  std::vector<std::int32_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i)
    numbers[i] = static_cast<std::int32_t>(first) + static_cast<std::int32_t>(i);
  return numbers;
}

template <class Row, class Columns>
void add_table(hdf5::Writer& file, const std::string& group, const std::string& dimension,
               const std::vector<Row>& rows, const Columns& columns, const Results& results) {
  file.add_group(group);
  const std::string rows_path = group + "/" + dimension;
  const std::vector<std::int32_t> positions = numbers_from(0, rows.size());
  file.add_dimension(rows_path, std::span(positions),
                     described("1", "Row", "Position in the table, from 0"));
  for_each(columns, [&](const auto& column) {
    const auto values = values_of(rows, column);
    file.add_variable(group + "/" + column.name, {rows_path}, std::span(values),
                      described(column, results.start_date));
  });
}

template <class Row, class Columns>
std::vector<Row> read_table(const hdf5::Reader& file, const std::string& group,
                            const std::string& dimension, const Columns& columns) {
  std::vector<Row> rows(file.shape(group + "/" + dimension).at(0));
  for_each(columns, [&](const auto& column) {
    const auto read = [&]<class Member, class Number>(const Column<Row, Member, Number>& typed) {
      const std::vector<Number> values = file.numbers<Number>(group + "/" + typed.name);
      if (values.size() != rows.size()) throw hdf5::Error("table " + group + " is ragged");
      for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].*typed.member = static_cast<Member>(values[i]);
    };
    read(column);
  });
  return rows;
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
std::vector<std::string> month_starts(const std::string& start_date, std::int64_t months) {
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

void require_complete(const Results& results) {
  const auto require = [](bool condition, const std::string& problem) {
    if (!condition) throw std::invalid_argument("results cannot be written: " + problem);
  };
  require(!results.strategies.empty(), "there is no strategy");
  require(results.replications > 0 && results.months > 0, "there is no replication or no month");
  require(results.baseline >= 0 &&
              results.baseline < static_cast<std::int64_t>(results.strategies.size()),
          "the baseline is not one of the strategies");
  const std::size_t size = results.strategies.size() *
                           static_cast<std::size_t>(results.replications) *
                           static_cast<std::size_t>(results.months);
  for (std::size_t i = 0; i < indicator_count; ++i)
    require(results.series[i].size() == size, indicator_name(i) + " has " +
                                                  std::to_string(results.series[i].size()) +
                                                  " values in place of " + std::to_string(size));
}

Bytes to_hdf5(const Results& results) {
  hdf5::Writer file(block_bytes);
  file.add_attributes("/", {{"title", results.provenance.scenario_title},
                            {"Conventions", std::string("CF-1.8")},
                            {"maillage_format_version", std::int32_t{results_format_version}},
                            {"start_date", results.start_date},
                            {"seed", results.seed},
                            {"baseline", results.baseline}});

  std::vector<std::string> names;
  std::vector<std::string> titles;
  std::vector<std::string> french_titles;
  for (const StrategyLabel& strategy : results.strategies) {
    names.push_back(strategy.name);
    titles.push_back(strategy.title);
    french_titles.push_back(strategy.title_fr);
  }
  const auto replications =
      numbers_from(results.first_replication, static_cast<std::size_t>(results.replications));
  const auto months = numbers_from(0, static_cast<std::size_t>(results.months));
  const auto starts = month_starts(results.start_date, results.months);
  file.add_dimension("strategy", std::span<const std::string>(names),
                     described("1", "Strategy", "Name of the strategy"));
  file.add_dimension("replication", std::span(replications),
                     described("1", "Replication",
                               "Number of the replication; runs of one number "
                               "share their luck across strategies"));
  file.add_dimension("month", std::span(months),
                     described("months", "Months since " + results.start_date,
                               "Months since the start of the scenario, from 0"));
  file.add_variable("strategy_title", {"strategy"}, std::span<const std::string>(titles),
                    described("1", "Title of the strategy", "What a reader sees"));
  file.add_variable(
      "strategy_title_fr", {"strategy"}, std::span<const std::string>(french_titles),
      described("1", "Title of the strategy in French", "What a reader sees; empty: the same"));
  file.add_variable("month_start", {"month"}, std::span<const std::string>(starts),
                    described("1", "Start of the month", "First day of the month, ISO 8601"));

  for (std::size_t i = 0; i < indicator_count; ++i) {
    const IndicatorDefinition& indicator = indicator_definitions[i];
    file.add_variable(indicator_name(i), {"strategy", "replication", "month"},
                      std::span<const double>(results.series[i]),
                      described(indicator.unit, indicator.long_name, indicator.description),
                      std::optional(std::numeric_limits<double>::quiet_NaN()));
  }
  add_table(file, "stays", "stay", results.stays, stay_columns(), results);
  add_table(file, "ledger", "entry", results.ledger, ledger_columns(), results);

  file.add_group("provenance");
  for (const ProvenanceText& text : provenance_texts)
    file.add_variable(std::string("provenance/") + text.name, {},
                      std::span<const std::string>(&(results.provenance.*text.member), 1),
                      described("1", text.long_name, text.description));
  return std::move(file).finish();
}

Results from_hdf5(Bytes bytes) {
  const hdf5::Reader file(std::move(bytes));
  Results results;
  for (const ProvenanceText& text : provenance_texts)
    results.provenance.*text.member = file.texts(std::string("provenance/") + text.name).at(0);
  const std::vector<std::string> names = file.texts("strategy");
  const std::vector<std::string> titles = file.texts("strategy_title");
  const std::vector<std::string> french_titles = file.texts("strategy_title_fr");
  for (std::size_t i = 0; i < names.size(); ++i)
    results.strategies.push_back({names[i], titles.at(i), french_titles.at(i)});
  results.baseline = file.number_attribute<std::int64_t>("/", "baseline");
  results.start_date = file.text_attribute("/", "start_date");
  results.seed = file.number_attribute<std::uint64_t>("/", "seed");
  const std::vector<std::int32_t> replications = file.numbers<std::int32_t>("replication");
  results.first_replication = replications.at(0);
  results.replications = static_cast<std::int64_t>(replications.size());
  results.months = static_cast<std::int64_t>(file.shape("month").at(0));
  for (std::size_t i = 0; i < indicator_count; ++i)
    results.series[i] = file.numbers<double>(indicator_name(i));
  results.stays = read_table<Stay>(file, "stays", "stay", stay_columns());
  results.ledger = read_table<LedgerEntry>(file, "ledger", "entry", ledger_columns());
  require_complete(results);
  return results;
}

// ---------------------------------------------------------------------------------------------
// The digest

std::string hexadecimal(const Checksum& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// The bits of a number, where every NaN is the same one.
std::uint64_t bits_of(double value) {
  return std::isnan(value) ? 0x7FF8000000000000u : std::bit_cast<std::uint64_t>(value);
}

/// Integers widen to 64 bits, with their sign; numbers of single precision become doubles, exactly.
template <class Number>
std::uint64_t bits_of(Number value) {
  if constexpr (std::is_floating_point_v<Number>)
    return bits_of(double{value});
  else
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
}

template <class Row, class Columns>
void feed_table(Hash& hash, std::string_view name, const std::vector<Row>& rows,
                const Columns& columns) {
  hash.feed(name);
  hash.feed(std::uint64_t{rows.size()});
  for_each(columns, [&](const auto& column) {
    hash.feed(std::string_view(column.name));
    hash.feed(column.unit);
    hash.feed(std::uint64_t{column.labels.size()});
    for (std::string_view label : column.labels) hash.feed(label);
    for (const auto value : values_of(rows, column)) hash.feed(bits_of(value));
  });
}

}  // namespace

DamagedFile::DamagedFile(std::filesystem::path path, std::string problem, std::string remedy)
    : std::runtime_error(path.string() + ": " + problem + " (" + remedy + ")"),
      path_(std::move(path)),
      problem_(std::move(problem)),
      remedy_(std::move(remedy)) {}

void write_results(const std::filesystem::path& path, const Results& results) {
  require_complete(results);
  Bytes file = to_hdf5(results);
  fill_block(file, results.provenance.run_key);
  write_durably(path, file);
}

Results read_results(const std::filesystem::path& path) {
  Bytes file = read_all(path);
  check_block(path, file);
  try {
    return from_hdf5(std::move(file));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw DamagedFile(
        path, std::string("its content is not that of a results file: ") + error.what(),
        "if another version of Maillage wrote it, run the scenario again with this one");
  }
}

Verification verify(const std::filesystem::path& path) {
  try {
    const Results results = read_results(path);
    return {true, "", content_digest(results), results.replications, results.provenance.run_key};
  } catch (const DamagedFile& damage) {
    return {false, damage.problem() + " (" + damage.remedy() + ")", "", 0, ""};
  }
}

std::string content_digest(const Results& results) {
  Hash hash;
  hash.feed(std::string_view("maillage content digest 1"));
  hash.feed(std::string_view(results.start_date));
  hash.feed(results.seed);
  hash.feed(bits_of(results.baseline));
  hash.feed(std::uint64_t{results.strategies.size()});
  hash.feed(bits_of(results.first_replication));
  hash.feed(bits_of(results.replications));
  hash.feed(bits_of(results.months));
  hash.feed(std::uint64_t{indicator_count});
  for (std::size_t i = 0; i < indicator_count; ++i) {
    hash.feed(indicator_definitions[i].name);
    hash.feed(indicator_definitions[i].unit);
    hash.feed(std::uint64_t{results.series[i].size()});
    for (const double value : results.series[i]) hash.feed(bits_of(value));
  }
  feed_table(hash, "stays", results.stays, stay_columns());
  feed_table(hash, "ledger", results.ledger, ledger_columns());
  return hexadecimal(hash.result());
}

}  // namespace record
