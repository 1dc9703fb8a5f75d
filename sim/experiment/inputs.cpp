#include "experiment/inputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "experiment/build_info.hpp"
#include "experiment/input_difference.hpp"
#include "record/hash.hpp"
#include "scenario/suggest.hpp"
#include "world/population.hpp"

// The functions that write take every field of a struct by a structured binding: a field that is
// added does not compile until it is written here.

namespace experiment {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;

// ---------------------------------------------------------------------------------------------
// Small parts

/// Writes a value if it is not what it is by default.
template <class Value>
void put(Json& into, const char* key, const Value& value, const Value& by_default = {}) {
  if (value != by_default) into[key] = value;
}

template <class Value>
void put(Json& into, const char* key, const std::optional<Value>& value) {
  if (value) into[key] = *value;
}

/// Reads what `put` wrote.
template <class Value>
void get(const Json& from, const char* key, Value& value) {
  if (const auto found = from.find(key); found != from.end()) found->get_to(value);
}

template <class Value>
void get(const Json& from, const char* key, std::optional<Value>& value) {
  if (const auto found = from.find(key); found != from.end()) value = found->get<Value>();
}

template <class Names>
std::size_t position_in(const Names& names, const std::string& name, const char* what) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::invalid_argument(fmt::format("no {} {}", what, name));
  return static_cast<std::size_t>(found - names.begin());
}

std::string_view name_of(scenario::TeamStage stage) {
  return scenario::team_stage_names[static_cast<std::size_t>(stage)];
}

scenario::TeamStage team_stage(const Json& name) {
  return static_cast<scenario::TeamStage>(
      position_in(scenario::team_stage_names, name, "stage of a team"));
}

std::string_view name_of(scenario::Lever lever) {
  return std::find_if(scenario::lever_definitions.begin(), scenario::lever_definitions.end(),
                      [lever](const auto& definition) { return definition.lever == lever; })
      ->name;
}

scenario::Lever lever(const Json& name) {
  const auto found =
      std::find_if(scenario::lever_definitions.begin(), scenario::lever_definitions.end(),
                   [&name](const auto& definition) { return definition.name == name; });
  if (found == scenario::lever_definitions.end())
    throw std::invalid_argument("no lever " + name.get<std::string>());
  return found->lever;
}

std::chrono::sys_days date(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &day) != 3)
    throw std::invalid_argument("no date " + text);
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                               static_cast<int>(day)};
}

// ---------------------------------------------------------------------------------------------
// Strategies

Json to_json(const scenario::Condition& when) {
  const auto& [from_day, until_day, stage, stage_below, professionals_at_least,
               rooms_short_at_least, building_open, rooms_empty_at_least, self_employed_gps_below,
               without_gp_share_at_least, wait_days_at_least, renounced_share_at_least] = when;
  Json json = Json::object();
  put(json, "from_day", from_day);
  put(json, "until_day", until_day, scenario::Condition{}.until_day);
  if (stage) json["team_stage"] = name_of(*stage);
  if (stage_below) json["team_stage_below"] = name_of(*stage_below);
  put(json, "professionals_at_least", professionals_at_least);
  put(json, "rooms_short_at_least", rooms_short_at_least);
  put(json, "building_open", building_open);
  put(json, "rooms_empty_at_least", rooms_empty_at_least);
  put(json, "self_employed_gps_below", self_employed_gps_below);
  put(json, "without_gp_share_at_least", without_gp_share_at_least);
  put(json, "wait_days_at_least", wait_days_at_least);
  put(json, "renounced_share_at_least", renounced_share_at_least);
  return json;
}

scenario::Condition condition(const Json& json) {
  scenario::Condition when;
  get(json, "from_day", when.from_day);
  get(json, "until_day", when.until_day);
  if (json.contains("team_stage")) when.team_stage = team_stage(json["team_stage"]);
  if (json.contains("team_stage_below"))
    when.team_stage_below = team_stage(json["team_stage_below"]);
  get(json, "professionals_at_least", when.professionals_at_least);
  get(json, "rooms_short_at_least", when.rooms_short_at_least);
  get(json, "building_open", when.building_open);
  get(json, "rooms_empty_at_least", when.rooms_empty_at_least);
  get(json, "self_employed_gps_below", when.self_employed_gps_below);
  get(json, "without_gp_share_at_least", when.without_gp_share_at_least);
  get(json, "wait_days_at_least", when.wait_days_at_least);
  get(json, "renounced_share_at_least", when.renounced_share_at_least);
  return when;
}

Json to_json(const scenario::Action& action) {
  const auto& [lever, amount, when, profession] = action;
  Json json{{"lever", name_of(lever)}, {"amount", amount}};
  if (profession != 0) json["profession"] = world::profession_names[profession];
  put(json, "when", to_json(when), Json::object());
  return json;
}

scenario::Action action(const Json& json) {
  scenario::Action action{lever(json.at("lever")), json.at("amount"), {}};
  if (json.contains("when")) action.when = condition(json["when"]);
  if (json.contains("profession"))
    action.profession = position_in(world::profession_names, json["profession"], "profession");
  return action;
}

Json to_json(const scenario::Stop& stop) {
  const auto& [lever, when] = stop;
  Json json{{"lever", name_of(lever)}};
  put(json, "when", to_json(when), Json::object());
  return json;
}

scenario::Stop stop(const Json& json) {
  scenario::Stop stop{.lever = lever(json.at("lever")), .when = {}};
  if (json.contains("when")) stop.when = condition(json["when"]);
  return stop;
}

/// What a strategy does, and its titles apart.
Json to_json(const scenario::Strategy& strategy, Json& titles) {
  const auto& [name, title, title_fr, actions, stops] = strategy;
  Json json{{"name", name}, {"actions", Json::array()}};
  for (const scenario::Action& action : actions) json["actions"].push_back(to_json(action));
  for (const scenario::Stop& stop : stops) json["stops"].push_back(to_json(stop));
  titles.push_back({{"en", title}, {"fr", title_fr}});
  return json;
}

scenario::Strategy strategy(const Json& json, const Json& titles) {
  scenario::Strategy strategy;
  strategy.name = json.at("name");
  strategy.title = titles.at("en");
  strategy.title_fr = titles.at("fr");
  for (const Json& one : json.at("actions")) strategy.actions.push_back(action(one));
  for (const Json& one : json.value("stops", Json::array())) strategy.stops.push_back(stop(one));
  return strategy;
}

// ---------------------------------------------------------------------------------------------
// Tables

/// The values and ranges, by id: the order of the rows determines nothing.
void put_parameters(const scenario::ParameterTable& table, Json& determines) {
  std::vector<const scenario::Parameter*> rows;
  for (const scenario::Parameter& row : table.rows()) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
  Json& values = determines["parameters"] = Json::object();
  Json& ranges = determines["parameter_ranges"] = Json::object();
  for (const scenario::Parameter* row : rows) {
    values[row->id] = row->value;
    ranges[row->id] = {row->low, row->high};
  }
}

Json to_json(const scenario::NeedRow& need, Json& titles) {
  const auto& [id, title, profession, by_referral, rate, share, share_ill, women_only,
               illness_ratio, sessions, interval, always_urgent, urgent_share, patience,
               patience_urgent, substitutes, emergency, follow_up, prevention] = need;
  titles.push_back(title);
  Json json{{"id", id}, {"profession", scenario::need_professions[profession]}};
  put(json, "by_referral", by_referral);
  for (const auto& [from_age, parameter] : rate)
    json["rate"].push_back({{"from_age", from_age}, {"parameter", parameter}});
  put(json, "share", share);
  put(json, "share_ill", share_ill);
  put(json, "women_only", women_only);
  put(json, "illness_ratio", illness_ratio);
  put(json, "sessions", sessions);
  put(json, "interval", interval);
  put(json, "always_urgent", always_urgent);
  put(json, "urgent_share", urgent_share);
  put(json, "patience", patience);
  put(json, "patience_urgent", patience_urgent);
  for (const auto& [substitute, in_team] : substitutes)
    json["substitutes"].push_back(
        {{"profession", scenario::need_professions[substitute]}, {"in_team", in_team}});
  put(json, "emergency", emergency);
  put(json, "follow_up", follow_up);
  put(json, "prevention", prevention);
  return json;
}

scenario::NeedRow need(const Json& json, const Json& title) {
  const auto profession = [](const Json& row) {
    return position_in(scenario::need_professions, row.at("profession"), "profession");
  };
  scenario::NeedRow need;
  need.id = json.at("id");
  need.title = title;
  need.profession = profession(json);
  get(json, "by_referral", need.by_referral);
  for (const Json& one : json.value("rate", Json::array()))
    need.rate.push_back({one.at("from_age"), one.at("parameter")});
  get(json, "share", need.share);
  get(json, "share_ill", need.share_ill);
  get(json, "women_only", need.women_only);
  get(json, "illness_ratio", need.illness_ratio);
  get(json, "sessions", need.sessions);
  get(json, "interval", need.interval);
  get(json, "always_urgent", need.always_urgent);
  get(json, "urgent_share", need.urgent_share);
  get(json, "patience", need.patience);
  get(json, "patience_urgent", need.patience_urgent);
  for (const Json& one : json.value("substitutes", Json::array()))
    need.substitutes.push_back({profession(one), one.at("in_team")});
  get(json, "emergency", need.emergency);
  get(json, "follow_up", need.follow_up);
  get(json, "prevention", need.prevention);
  return need;
}

// ---------------------------------------------------------------------------------------------
// Territory

/// The residents of a commune whose ages and deprivation nobody has told.
world::Population usual_population(const scenario::Scenario& scenario) {
  const std::chrono::year_month_day start{scenario.start};
  return world::read_population(scenario.parameters, static_cast<int>(start.year()));
}

Json to_json(const world::CatchmentCommune& commune, world::Population usual, Json& names) {
  const auto& [code, name, residents, position, population, supply] = commune;
  usual.share = population.share;
  usual.deprivation = population.deprivation;
  if (population != usual)
    throw std::invalid_argument(code + ": residents are not as the parameters say");
  names.push_back(name);
  Json json{{"code", code}, {"residents", residents}};
  if (position) json["position"] = {position->lon, position->lat};
  json["ages"] = population.share;
  json["deprivation"] = population.deprivation;
  for (std::size_t p = 0; p < world::profession_count; ++p) {
    const auto& [count, given, ages] = supply[p];
    Json& there = json["supply"][std::string(scenario::supply_keys[p])];
    there[given ? "given" : "expected"] = count;
    put(there, "ages", ages);
  }
  return json;
}

world::CatchmentCommune commune(const Json& json, world::Population usual, const Json& name) {
  world::CatchmentCommune commune;
  commune.code = json.at("code");
  commune.name = name;
  commune.residents = json.at("residents");
  if (json.contains("position"))
    commune.position = {json["position"].at(0), json["position"].at(1)};
  commune.population = std::move(usual);
  json.at("ages").get_to(commune.population.share);
  json.at("deprivation").get_to(commune.population.deprivation);
  for (std::size_t p = 0; p < world::profession_count; ++p) {
    const Json& there = json.at("supply").at(std::string(scenario::supply_keys[p]));
    world::ExpectedSupply& supply = commune.supply[p];
    supply.given = there.contains("given");
    supply.count = there.at(supply.given ? "given" : "expected");
    get(there, "ages", supply.ages);
  }
  return commune;
}

world::CommuneId id_of(std::size_t commune) {
  return world::CommuneId(static_cast<std::uint16_t>(commune));
}

/// The communes, and the travel times where they do not follow from the positions.
void put_map(const scenario::Scenario& scenario, const world::CatchmentMap& map, Json& determines,
             Json& labels) {
  const std::vector<world::CatchmentCommune>& communes = map.communes();
  determines["acts"] = communes[world::index(map.focus())].code;
  Json& described = determines["communes"] = Json::array();
  Json& names = labels["communes"] = Json::array();
  const world::Population usual = usual_population(scenario);
  for (const world::CatchmentCommune& commune : communes)
    described.push_back(to_json(commune, usual, names));
  labels["notes"] = map.notes();

  std::vector<double> minutes;
  for (std::size_t from = 0; from < communes.size(); ++from) {
    for (std::size_t to = 0; to < communes.size(); ++to)
      minutes.push_back(map.minutes(id_of(from), id_of(to)));
  }
  if (minutes != world::minutes_by_position(communes, scenario.parameters))
    determines["minutes"] = minutes;
}

world::CatchmentMap read_map(const scenario::Scenario& scenario, const Json& determines,
                             const Json& labels) {
  std::vector<world::CatchmentCommune> communes;
  const world::Population usual = usual_population(scenario);
  for (const Json& one : determines.at("communes"))
    communes.push_back(commune(one, usual, labels.at("communes").at(communes.size())));
  const auto acts = std::find_if(communes.begin(), communes.end(), [&](const auto& commune) {
    return commune.code == determines.at("acts");
  });
  if (acts == communes.end()) throw std::invalid_argument("no commune acts");
  const std::size_t focus = static_cast<std::size_t>(acts - communes.begin());
  std::vector<double> minutes = world::minutes_by_position(communes, scenario.parameters);
  get(determines, "minutes", minutes);
  if (minutes.size() != communes.size() * communes.size())
    throw std::invalid_argument("not one travel time for each pair of communes");
  return {std::move(communes), std::move(minutes), id_of(focus), labels.at("notes")};
}

// ---------------------------------------------------------------------------------------------
// What was asked, from which the territory was made

Json to_json(const scenario::Population& population) {
  const auto& [commune, residents, source, deprivation] = population;
  Json json{{"commune", commune}, {"residents", residents}, {"source", source}};
  put(json, "deprivation", deprivation);
  return json;
}

scenario::Population population(const Json& json) {
  scenario::Population population{json.at("commune"), json.at("residents"), json.at("source")};
  get(json, "deprivation", population.deprivation);
  return population;
}

Json to_json(const scenario::Supply& supply) {
  const auto& [commune, complete, count, ages, source] = supply;
  Json json{{"commune", commune}};
  put(json, "complete", complete);
  for (std::size_t p = 0; p < scenario::profession_count; ++p) {
    put(json, scenario::supply_keys[p].data(), count[p]);
    put(json, scenario::supply_age_keys[p].data(), ages[p]);
  }
  json["source"] = source;
  return json;
}

scenario::Supply supply(const Json& json) {
  scenario::Supply supply;
  supply.commune = json.at("commune");
  get(json, "complete", supply.complete);
  for (std::size_t p = 0; p < scenario::profession_count; ++p) {
    get(json, scenario::supply_keys[p].data(), supply.count[p]);
    get(json, scenario::supply_age_keys[p].data(), supply.ages[p]);
  }
  supply.source = json.at("source");
  return supply;
}

// ---------------------------------------------------------------------------------------------
// The whole

Json to_json(const scenario::Scenario& scenario, const world::CatchmentMap& map) {
  const auto& [name, title, start, years, warm_up_months, seed, replications, commune, epci, extent,
               populations, supplies, stage, yearly_budget, strategies, baseline, parameters, needs,
               text] = scenario;
  static_cast<void>(replications);  // a run may be made longer
  static_cast<void>(text);          // in provenance

  Json determines{{"version", version},
                  {"commit", commit},
                  {"start", scenario::date_text(start)},
                  {"years", years},
                  {"warm_up_months", warm_up_months},
                  {"seed", seed},
                  {"baseline", strategies.at(baseline).name},
                  {"team_stage", name_of(stage)}};
  put(determines, "yearly_budget", yearly_budget);
  Json labels{{"name", name}, {"title", title}};

  Json asked = Json::object();
  put(asked, "commune", commune);
  put(asked, "epci", epci);
  asked["extent"] = scenario::extent_names[static_cast<std::size_t>(extent)];
  for (const scenario::Population& one : populations) asked["population"].push_back(to_json(one));
  for (const scenario::Supply& one : supplies) asked["supply"].push_back(to_json(one));
  labels["territory"] = asked;

  Json& titles = labels["strategies"] = Json::array();
  for (const scenario::Strategy& one : strategies)
    determines["strategies"].push_back(to_json(one, titles));
  put_map(scenario, map, determines, labels);
  const auto& [need_rows, need_text] = needs;
  Json& needs_there = determines["needs"] = Json::array();
  Json& need_titles = labels["needs"] = Json::array();
  for (const scenario::NeedRow& row : need_rows) needs_there.push_back(to_json(row, need_titles));
  labels["needs_csv"] = need_text;
  put_parameters(parameters, determines);
  return {{"format", format}, {"determines", determines}, {"labels", labels}};
}

Inputs from_json(const Json& json, const record::Provenance& provenance) {
  const Json& determines = json.at("determines");
  const Json& labels = json.at("labels");
  const Json& asked = labels.at("territory");
  scenario::Scenario scenario;
  scenario.name = labels.at("name");
  scenario.title = labels.at("title");
  scenario.start = date(determines.at("start"));
  scenario.years = determines.at("years");
  scenario.warm_up_months = determines.at("warm_up_months");
  scenario.seed = determines.at("seed");
  get(asked, "commune", scenario.commune);
  get(asked, "epci", scenario.epci);
  scenario.extent = static_cast<scenario::Extent>(
      position_in(scenario::extent_names, asked.at("extent"), "extent"));
  for (const Json& one : asked.value("population", Json::array()))
    scenario.populations.push_back(population(one));
  for (const Json& one : asked.value("supply", Json::array()))
    scenario.supplies.push_back(supply(one));
  scenario.team_stage = team_stage(determines.at("team_stage"));
  get(determines, "yearly_budget", scenario.yearly_budget);
  std::vector<std::string> names;
  for (const Json& one : determines.at("strategies")) {
    scenario.strategies.push_back(strategy(one, labels.at("strategies").at(names.size())));
    names.push_back(scenario.strategies.back().name);
  }
  scenario.baseline = position_in(names, determines.at("baseline"), "strategy");
  scenario.parameters =
      scenario::ParameterTable::from_csv(provenance.parameters_csv, "provenance/parameters_csv");
  for (const Json& one : determines.at("needs"))
    scenario.needs.rows.push_back(need(one, labels.at("needs").at(scenario.needs.rows.size())));
  scenario.needs.text = labels.at("needs_csv");
  scenario.text = provenance.scenario_text;
  world::CatchmentMap map = read_map(scenario, determines, labels);
  return {std::move(scenario), std::move(map)};
}

/// A text in a file may hold any bytes of a file name: what is no UTF-8 is replaced.
std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

[[noreturn]] void refuse(const std::string& file, std::string why) {
  throw scenario::Invalid({{file, 0, 0, std::move(why)}});
}

}  // namespace

std::string inputs_json(const scenario::Scenario& scenario, const world::CatchmentMap& map) {
  return text_of(to_json(scenario, map));
}

std::string run_key(std::string_view inputs_json) {
  return record::hash(text_of(Json::parse(inputs_json).at("determines")));
}

Inputs read_inputs(const record::Provenance& provenance, const std::string& file) {
  if (provenance.inputs_json.empty())
    refuse(file,
           "does not tell its inputs: an earlier version of Maillage wrote it (run its scenario "
           "again; the text is in it as provenance/scenario_text)");
  std::optional<Inputs> inputs;
  std::string unknown;
  try {
    const Json there = Json::parse(provenance.inputs_json);
    inputs = from_json(there, provenance);
    Json known = to_json(inputs->scenario, inputs->map).at("determines");
    for (const char* key : {"version", "commit"}) known[key] = there.at("determines").at(key);
    unknown = difference(text_of({{"determines", there.at("determines")}}),
                         text_of({{"determines", known}}));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    refuse(file, fmt::format("has inputs that this version of Maillage does not know ({})",
                             error.what()));
  }
  if (!unknown.empty())
    refuse(file, "has inputs that this version of Maillage does not know:\n" + unknown);
  return std::move(*inputs);
}

}  // namespace experiment
