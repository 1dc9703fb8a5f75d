/// The scenario format as tables: which keys each section may have, of which kind, in which range.
/// The reader checks files against them; tests hold the JSON Schemas and the manual to them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"
#include "scenario/strategy.hpp"
#include "world/ids.hpp"

namespace scenario::format {

enum class Kind : std::uint8_t {
  text,
  whole_number,
  number,
  boolean,
  date,
  texts,    ///< a list of texts
  numbers,  ///< a list of numbers
  table,
  tables,  ///< one table per [[header]]
};

/// A key of a section.
struct Key {
  std::string_view name;
  Kind kind{};
  bool required = false;
  /// Of a number or each number of a list, the range; of a date, the years; of a list of texts, how
  /// many.
  double low = 0;
  double high = 0;
  std::span<const std::string_view> choices{};  ///< of a text, if only some are known
  std::string_view expects{};  ///< what a message says it must be, if the kind does not tell
};

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

inline constexpr auto lever_names = [] {
  std::array<std::string_view, lever_definitions.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = lever_definitions[i].name;
  return names;
}();

inline constexpr std::string_view commune_code =
    "the INSEE code of a commune in quotes, such as \"56094\"";
inline constexpr std::string_view epci_code =
    "the SIREN code of an EPCI in quotes, such as \"245600440\"";

/// A scenario file.
inline constexpr std::array scenario_file{
    Key{.name = "scenario", .kind = Kind::table, .required = true},
    Key{.name = "territory", .kind = Kind::table, .required = true},
    Key{.name = "population", .kind = Kind::tables},
    Key{.name = "supply", .kind = Kind::tables},
    Key{.name = "team", .kind = Kind::table},
    Key{.name = "municipality", .kind = Kind::table},
    Key{.name = "parameters", .kind = Kind::table},
};

inline constexpr std::array scenario_section{
    Key{.name = "title", .kind = Kind::text, .required = true},
    Key{.name = "start", .kind = Kind::date, .required = true, .low = 1990, .high = 2100},
    Key{.name = "years", .kind = Kind::whole_number, .low = 1, .high = 50},
    Key{.name = "warm_up_months", .kind = Kind::whole_number, .low = 0, .high = 60},
    Key{.name = "seed", .kind = Kind::whole_number, .low = 0, .high = unbounded},
    Key{.name = "replications", .kind = Kind::whole_number, .low = 1, .high = 1'000'000},
    Key{.name = "strategies", .kind = Kind::texts, .required = true, .low = 1, .high = 64},
    Key{.name = "baseline", .kind = Kind::text, .expects = "the name of one of the strategies"},
    Key{.name = "parameters", .kind = Kind::text, .expects = "the name of a CSV file"},
    Key{.name = "needs", .kind = Kind::text, .expects = "the name of a CSV file"},
};

inline constexpr std::array territory_section{
    Key{.name = "commune", .kind = Kind::text, .expects = commune_code},
    Key{.name = "epci", .kind = Kind::text, .expects = epci_code},
    Key{.name = "extent", .kind = Kind::text, .choices = extent_names},
};

inline constexpr std::array population_section{
    Key{.name = "commune", .kind = Kind::text, .required = true, .expects = commune_code},
    Key{.name = "residents",
        .kind = Kind::whole_number,
        .required = true,
        .low = 1,
        .high = 3'000'000},
    Key{.name = "source", .kind = Kind::text, .required = true},
    Key{.name = "deprivation", .kind = Kind::numbers, .low = 0, .high = 1},
};

/// How many people of a profession, and the ages of people at work.
constexpr Key head_count(std::string_view name) {
  return {.name = name, .kind = Kind::whole_number, .low = 0, .high = 10'000};
}
constexpr Key working_ages(std::string_view name) {
  return {.name = name, .kind = Kind::numbers, .low = 24, .high = 90};
}

inline constexpr auto supply_section = [] {
  std::array<Key, 3 + 2 * profession_count> keys;
  std::size_t next = 0;
  keys[next++] = {.name = "commune", .kind = Kind::text, .required = true, .expects = commune_code};
  for (std::size_t p = 0; p < profession_count; ++p) {
    keys[next++] = head_count(supply_keys[p]);
    keys[next++] = working_ages(supply_age_keys[p]);
  }
  keys[next++] = {.name = "complete", .kind = Kind::boolean};
  keys[next++] = {.name = "source", .kind = Kind::text, .required = true};
  return keys;
}();

inline constexpr std::array team_section{
    Key{.name = "stage", .kind = Kind::text, .required = true, .choices = team_stage_names},
};

inline constexpr std::array municipality_section{
    Key{.name = "yearly_budget", .kind = Kind::number, .low = 0, .high = 1e9},
};

/// A parameter that is given with its unit.
inline constexpr std::array parameter_table{
    Key{.name = "value",
        .kind = Kind::number,
        .required = true,
        .low = -unbounded,
        .high = unbounded},
    Key{.name = "unit", .kind = Kind::text, .required = true},
};

/// A strategy file.
inline constexpr std::array strategy_file{
    Key{.name = "title", .kind = Kind::text, .required = true},
    Key{.name = "title_fr", .kind = Kind::text},
    Key{.name = "action", .kind = Kind::tables},
    Key{.name = "stop", .kind = Kind::tables},
};

inline constexpr std::array action_section{
    Key{.name = "lever", .kind = Kind::text, .required = true, .choices = lever_names},
    Key{.name = "amount",
        .kind = Kind::number,
        .required = true,
        .low = -unbounded,
        .high = unbounded},  // the range is the lever's
    Key{.name = "unit", .kind = Kind::text},
    Key{.name = "profession", .kind = Kind::text, .choices = world::profession_names},
    Key{.name = "from_year", .kind = Kind::number, .low = 0, .high = 100},
    Key{.name = "from", .kind = Kind::date, .low = 1990, .high = 2200},
    Key{.name = "until_year", .kind = Kind::number, .low = 0, .high = 100},
    Key{.name = "until", .kind = Kind::date, .low = 1990, .high = 2200},
    Key{.name = "when", .kind = Kind::table, .expects = "conditions in braces, { ... }"},
};

inline constexpr std::array stop_section{
    Key{.name = "lever", .kind = Kind::text, .required = true, .choices = lever_names},
    Key{.name = "from_year", .kind = Kind::number, .low = 0, .high = 100},
    Key{.name = "from", .kind = Kind::date, .low = 1990, .high = 2200},
    Key{.name = "when", .kind = Kind::table, .expects = "conditions in braces, { ... }"},
};

inline constexpr std::array when_table{
    Key{.name = "team_stage", .kind = Kind::text, .choices = team_stage_names},
    Key{.name = "team_stage_below", .kind = Kind::text, .choices = team_stage_names},
    Key{.name = "professionals_at_least", .kind = Kind::whole_number, .low = 0, .high = 1000},
    Key{.name = "rooms_short_at_least", .kind = Kind::whole_number, .low = 0, .high = 1000},
    Key{.name = "building_open", .kind = Kind::boolean},
    Key{.name = "rooms_empty_at_least", .kind = Kind::whole_number, .low = 0, .high = 1000},
    Key{.name = "self_employed_gps_below", .kind = Kind::whole_number, .low = 0, .high = 1000},
    Key{.name = "without_gp_share_at_least", .kind = Kind::number, .low = 0, .high = 1},
    Key{.name = "wait_days_at_least", .kind = Kind::number, .low = 0, .high = 365},
    Key{.name = "renounced_share_at_least", .kind = Kind::number, .low = 0, .high = 1},
};

/// What a message says a key must be: "a whole number from 1 to 50".
std::string expectation(const Key& key);

}  // namespace scenario::format
