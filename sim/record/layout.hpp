/// The layout of a results file: what each variable is called and means. Writing, reading and the
/// page that describes the format go through these lists, so none of them can forget one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "record/commune_indicators.hpp"
#include "record/indicators.hpp"
#include "record/results.hpp"

namespace record {

/// A variable that is not a column of a table or an indicator.
struct NamedVariable {
  const char* path;
  const char* dimensions;  ///< for the reader of a page
  const char* unit;
  const char* long_name;
  const char* description;
};

namespace variables {

inline constexpr NamedVariable strategy_names{"strategy", "strategy", "1", "Strategy",
                                              "Name of the strategy, in the order of the run"};
inline constexpr NamedVariable strategy_titles{"strategy_title", "strategy", "1",
                                               "Title of the strategy", "What a reader sees"};
inline constexpr NamedVariable strategy_french_titles{"strategy_title_fr", "strategy", "1",
                                                      "Title of the strategy in French",
                                                      "What a reader sees; empty: the same"};
inline constexpr NamedVariable replication_numbers{
    "replication", "replication", "1", "Replication",
    "Number of the replication; runs of one number share their luck across strategies"};
inline constexpr NamedVariable months_since_start{"month", "month", "months", "Month",
                                                  "Months since the start of the scenario, from 0"};
inline constexpr NamedVariable month_starts{"month_start", "month", "1", "Start of the month",
                                            "First day of the month, ISO 8601"};
inline constexpr NamedVariable years{"year", "year", "years", "Year",
                                     "Years since the start of the scenario at the end of each "
                                     "year, from 1"};
inline constexpr NamedVariable commune_codes{"commune", "commune", "1", "Commune",
                                             "INSEE code of the commune"};
inline constexpr NamedVariable commune_names{"commune_name", "commune", "1", "Name of the commune",
                                             "What a reader sees"};

/// All of them, in the order of the file.
inline constexpr std::array all{strategy_names,
                                strategy_titles,
                                strategy_french_titles,
                                replication_numbers,
                                months_since_start,
                                month_starts,
                                years,
                                commune_codes,
                                commune_names};

}  // namespace variables

/// The conventions for names and units that the file follows.
inline constexpr std::string_view conventions = "CF-1.8";

/// An attribute of the file itself.
struct FileAttribute {
  const char* name;
  const char* description;
};

namespace file_attributes {

inline constexpr FileAttribute title{"title", "Title of the scenario"};
inline constexpr FileAttribute conventions{"Conventions", "Those that the file follows"};
inline constexpr FileAttribute version{"maillage_format_version", "Major version of this format"};
inline constexpr FileAttribute minor_version{"maillage_format_minor_version",
                                             "Minor version of this format"};
inline constexpr FileAttribute start_date{"start_date", "First day of month 0, ISO 8601"};
inline constexpr FileAttribute seed{"seed", "Root of every random stream"};
inline constexpr FileAttribute baseline{
    "baseline", "Position of the strategy with which the others are compared, from 0"};
inline constexpr FileAttribute planned{
    "replications_planned",
    "Replications of the whole run: if there are fewer in the file, the results are partial"};

/// All of them, in the order of the file.
inline constexpr std::array all{title,      conventions, version,  minor_version,
                                start_date, seed,        baseline, planned};

}  // namespace file_attributes

/// The group with the yearly indicators of communes: its variables have the dimensions strategy,
/// replication, year and commune.
inline constexpr std::string_view panel_group = "communes";

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

inline constexpr std::array<std::string_view, 2> no_yes{"no", "yes"};

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
inline constexpr std::string_view day_unit = "days since the start";

inline auto stay_columns() {
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

inline auto ledger_columns() {
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

inline constexpr std::array<ProvenanceText, 11> provenance_texts{{
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
    {"inputs_json", &Provenance::inputs_json, "Inputs",
     "All that determines the numbers but the replications, as JSON: enough to repeat the run"},
}};

/// Paths of the variables of indicators.
inline std::string path_of(const IndicatorDefinition& indicator) {
  return std::string(indicator.name);
}
inline std::string path_of(const CommuneIndicatorDefinition& indicator) {
  return std::string(panel_group) + "/" + std::string(indicator.name);
}

/// How many replications of a run lie in one chunk of an indicator, with all their strategies and
/// months: as many as make up 128 KiB.
std::size_t replications_in_chunk(const Results& results, std::size_t all);

/// Calls `action` with each element of a tuple.
template <class Tuple, class Action>
void for_each(const Tuple& tuple, const Action& action) {
  std::apply([&](const auto&... element) { (action(element), ...); }, tuple);
}

}  // namespace record
