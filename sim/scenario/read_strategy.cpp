#include "scenario/read_strategy.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

#include "scenario/suggest.hpp"
#include "scenario/table_reader.hpp"

namespace scenario {
namespace {

using Start = std::optional<std::chrono::sys_days>;

/// Days since the start, from the one of two keys that is there: years since the start, or a date.
std::optional<std::int32_t> read_day(const TableReader& action, std::string_view years_key,
                                     std::string_view date_key, const Start& start) {
  if (action.has(years_key) && action.has(date_key)) {
    action.reject(date_key, fmt::format("must not be there beside {}: keep one", years_key));
    return std::nullopt;
  }
  if (const auto years = action.number(years_key))
    return static_cast<std::int32_t>(std::lround(*years * 365.25));
  const auto date = action.date(date_key);
  if (!date || !start) return std::nullopt;
  if (*date < *start)
    action.reject(date_key,
                  fmt::format("must not be before the scenario starts, on {}", date_text(*start)));
  return static_cast<std::int32_t>((*date - *start).count());
}

/// Reads from when to when, where both are there or neither.
void read_period(const TableReader& action, const Start& start, Condition& when) {
  const auto from = read_day(action, "from_year", "from", start);
  const auto until = read_day(action, "until_year", "until", start);
  when.from_day = from.value_or(when.from_day);
  when.until_day = until.value_or(when.until_day);
  if (until && *until <= when.from_day)
    action.reject(action.has("until_year") ? "until_year" : "until",
                  "must be later than the action begins: it would never act");
}

std::optional<int> to_int(std::optional<std::int64_t> number) {
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<TeamStage> to_stage(std::optional<std::size_t> choice) {
  if (!choice) return std::nullopt;
  return static_cast<TeamStage>(*choice);
}

void read_condition(const TableReader& table, Condition& when) {
  when.team_stage = to_stage(table.choice("team_stage"));
  when.team_stage_below = to_stage(table.choice("team_stage_below"));
  when.professionals_at_least = to_int(table.whole_number("professionals_at_least"));
  when.rooms_short_at_least = to_int(table.whole_number("rooms_short_at_least"));
  when.building_open = table.boolean("building_open");
  when.rooms_empty_at_least = to_int(table.whole_number("rooms_empty_at_least"));
  when.self_employed_gps_below = to_int(table.whole_number("self_employed_gps_below"));
  when.without_gp_share_at_least = table.number("without_gp_share_at_least");
  when.wait_days_at_least = table.number("wait_days_at_least");
  when.renounced_share_at_least = table.number("renounced_share_at_least");
  if (when.team_stage_below == TeamStage::none)
    table.reject("team_stage_below", "must be a later stage: no team is below none");
  else if (when.team_stage && when.team_stage_below && *when.team_stage >= *when.team_stage_below)
    table.reject("team_stage_below",
                 fmt::format("must be a later stage than team_stage = {}: this never holds",
                             in_quotes(*table.text("team_stage"))));
}

/// Reads the amount in the unit and the range of the action's lever.
double read_amount(const TableReader& action, const LeverDefinition& lever) {
  const auto unit = action.text("unit");
  if (unit && *unit != lever.unit)
    action.reject("unit",
                  fmt::format("must be {}, the unit of {}", in_quotes(lever.unit), lever.name));
  const auto amount = action.number("amount");
  if (!amount) return lever.low;
  if (*amount < lever.low || *amount > lever.high)
    action.reject("amount",
                  fmt::format("must be from {} to {} {}, the range of {}", number_text(lever.low),
                              number_text(lever.high), lever.unit, lever.name));
  else if (comes_whole(lever) && *amount != std::floor(*amount))
    action.reject("amount", fmt::format("must be a whole number of {}", lever.unit));
  return *amount;
}

Action read_action(const TomlTable& table, const Start& start, Desk desk) {
  const TableReader reader(table, "[[action]]", format::action_section, desk);
  Action action;
  if (const auto lever = reader.choice("lever")) {
    action.lever = lever_definitions[*lever].lever;
    action.amount = read_amount(reader, lever_definitions[*lever]);
    if (reader.has("profession") && action.lever != Lever::salaried_posts)
      reader.reject("profession", "must be left out: only salaried_posts are of a profession");
  }
  action.profession = reader.choice("profession").value_or(0);
  read_period(reader, start, action.when);
  if (const TomlTable* when = reader.table("when"))
    read_condition(TableReader(*when, "when", format::when_table, desk), action.when);
  return action;
}

Stop read_stop(const TomlTable& table, const Start& start, Desk desk) {
  const TableReader reader(table, "[[stop]]", format::stop_section, desk);
  Stop stop;
  if (const auto lever = reader.choice("lever")) stop.lever = lever_definitions[*lever].lever;
  stop.when.from_day = read_day(reader, "from_year", "from", start).value_or(stop.when.from_day);
  if (const TomlTable* when = reader.table("when"))
    read_condition(TableReader(*when, "when", format::when_table, desk), stop.when);
  return stop;
}

}  // namespace

Strategy read_strategy(const TomlDocument& document, Start start, Problems& problems) {
  const Desk desk{document.file, problems};
  const TableReader file(document.root, "the file", format::strategy_file, desk);
  Strategy strategy;
  strategy.title = file.text("title").value_or("");
  strategy.title_fr = file.text("title_fr").value_or("");
  for (const TomlTable* action : file.tables("action"))
    strategy.actions.push_back(read_action(*action, start, desk));
  for (const TomlTable* stop : file.tables("stop"))
    strategy.stops.push_back(read_stop(*stop, start, desk));
  return strategy;
}

}  // namespace scenario
