#include "world/catchment_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "world/territory_tables.hpp"

namespace world {
namespace {

/// The table's class of a commune by its number of inhabitants.
std::string_view size_class(int residents) {
  constexpr std::array<std::pair<int, std::string_view>, 6> classes{{{500, "under_500"},
                                                                     {1000, "500_999"},
                                                                     {2000, "1000_1999"},
                                                                     {5000, "2000_4999"},
                                                                     {10000, "5000_9999"},
                                                                     {50000, "10000_49999"}}};
  for (const auto& [below, name] : classes) {
    if (residents < below) return name;
  }
  return "50000_plus";
}

/// What is expected where nobody says: places counted, or the density of communes of that size,
/// times persons per place.
ExpectedSupply expected_supply(std::size_t profession, int residents, const CommuneTables& tables,
                               const scenario::ParameterTable& table) {
  const std::string name(profession_stems[profession]);
  const double persons_per_place = table.value("places_to_persons_" + name);
  const std::string density = fmt::format("supply_size_{}_{}", size_class(residents), name);
  const double places = tables.places[profession] ? static_cast<double>(*tables.places[profession])
                                                  : table.value(density) * residents / 1e5;
  return {places * persons_per_place, false, {}};
}

template <class Given>
const Given* find_given(const std::vector<Given>& given, const std::string& code) {
  const auto found = std::find_if(given.begin(), given.end(),
                                  [&](const Given& entry) { return entry.commune == code; });
  return found == given.end() ? nullptr : &*found;
}

/// The communes to simulate, and the position among them of the one that acts.
std::pair<std::vector<const Commune*>, std::size_t> communes_of(const scenario::Scenario& scenario,
                                                                const Territory& territory) {
  if (scenario.commune.empty()) {
    const auto members = territory.members(*territory.find_epci(scenario.epci));
    const auto largest = std::max_element(
        members.begin(), members.end(),
        [](const Commune* a, const Commune* b) { return a->population < b->population; });
    return {members, static_cast<std::size_t>(largest - members.begin())};
  }
  const Commune* acts = territory.find_commune(scenario.commune);
  if (scenario.extent == scenario::Extent::commune) return {{acts}, 0};
  const auto members = territory.catchment_of(scenario.commune);
  const auto found = std::find(members.begin(), members.end(), acts);
  return {members, static_cast<std::size_t>(found - members.begin())};
}

/// Codes of the scenario that lie outside the catchment: what is given there would be lost.
void check_given(const scenario::Scenario& scenario, const std::vector<const Commune*>& communes) {
  std::vector<scenario::Problem> problems;
  const auto check = [&](const std::string& code, const char* table) {
    const bool inside = std::any_of(communes.begin(), communes.end(),
                                    [&](const Commune* c) { return c->code == code; });
    if (inside) return;
    problems.push_back({scenario.name + ".toml", 0, 0,
                        fmt::format("[[{}]] commune = \"{}\" (must be one of the {} communes "
                                    "simulated; extent = \"epci\" takes in the whole EPCI)",
                                    table, code, communes.size())});
  };
  for (const scenario::Population& given : scenario.populations) check(given.commune, "population");
  for (const scenario::Supply& given : scenario.supplies) check(given.commune, "supply");
  if (!problems.empty()) throw scenario::Invalid(problems);
}

}  // namespace

int CatchmentMap::residents() const {
  return std::accumulate(
      communes_.begin(), communes_.end(), 0,
      [](int sum, const CatchmentCommune& commune) { return sum + commune.residents; });
}

std::vector<double> minutes_by_position(const std::vector<CatchmentCommune>& communes,
                                        const scenario::ParameterTable& table) {
  const TravelParameters travel{table.value("travel_detour_factor"), table.value("travel_speed"),
                                table.value("travel_access_minutes"),
                                table.value("travel_within_commune_minutes")};
  std::vector<Commune> placed(communes.size());
  for (std::size_t c = 0; c < communes.size(); ++c) {
    if (!communes[c].position) continue;
    placed[c].code = communes[c].code;
    placed[c].position = *communes[c].position;
    placed[c].location = Location::located;
  }
  std::vector<double> minutes;
  for (const Commune& from : placed) {
    for (const Commune& to : placed) {
      const bool known = from.location != Location::none && to.location != Location::none;
      minutes.push_back(known ? travel_minutes(from, to, travel) : travel.within_commune_minutes);
    }
  }
  return minutes;
}

CatchmentMap describe_catchment(const scenario::Scenario& scenario, const Territory& territory,
                                const std::optional<std::filesystem::path>& data) {
  const scenario::ParameterTable& table = scenario.parameters;
  const auto [communes, focus] = communes_of(scenario, territory);
  check_given(scenario, communes);

  std::map<std::string, CommuneTables> tables;
  if (data) {
    std::vector<std::string> codes;
    for (const Commune* commune : communes) codes.push_back(commune->code);
    tables = read_commune_tables(*data, codes);
  }

  std::string notes =
      fmt::format("{} commune{}; {} acts\n{}\n", communes.size(), communes.size() == 1 ? "" : "s",
                  communes[focus]->name, territory.vintage());
  notes += data ? "richer tables: yes (--data)\n" : "richer tables: no\n";
  const std::chrono::year_month_day start{scenario.start};
  const Population national = read_population(table, static_cast<int>(start.year()));
  const DeprivationParameters deprivation = read_deprivation(table);
  int even = 0;  // communes whose deprivation is not known
  std::vector<CatchmentCommune> described;
  std::string drawn;
  for (const Commune* commune : communes) {
    const CommuneTables& rich = tables[commune->code];
    CatchmentCommune here;
    here.code = commune->code;
    here.name = commune->name;
    const scenario::Population* population = find_given(scenario.populations, commune->code);
    here.residents = population ? population->residents : static_cast<int>(commune->population);
    const std::string share_id =
        fmt::format("pop_share_75_plus_size_{}", size_class(here.residents));
    here.population =
        with_share_75_plus(national, rich.share_75_plus.value_or(table.value(share_id)));
    if (population && !population->deprivation.empty()) {
      std::copy(population->deprivation.begin(), population->deprivation.end(),
                here.population.deprivation.begin());
    } else if (rich.deprivation) {
      here.population.deprivation = quintile_shares(*rich.deprivation, deprivation);
    } else {
      ++even;
    }

    const scenario::Supply* supply = find_given(scenario.supplies, commune->code);
    std::string drawn_here;
    for (std::size_t p = 0; p < profession_count; ++p) {
      if (supply && (supply->count[p] || supply->complete)) {
        here.supply[p] = {static_cast<double>(supply->count[p].value_or(0)), true, supply->ages[p]};
        continue;
      }
      here.supply[p] = expected_supply(p, here.residents, rich, table);
      drawn_here += fmt::format("{}{} {:.1f}", drawn_here.empty() ? "" : ", ",
                                scenario::supply_keys[p], here.supply[p].count);
    }
    if (!drawn_here.empty()) drawn += fmt::format("  {}: {}\n", here.name, drawn_here);

    here.position = rich.centre;
    if (!here.position && commune->location != Location::none) here.position = commune->position;
    described.push_back(std::move(here));
  }
  if (even > 0) {
    notes += fmt::format("deprivation not known in {} commune{}: spread evenly over fifths\n", even,
                         even == 1 ? "" : "s");
  }
  if (!drawn.empty()) {
    notes +=
        "supply not given, drawn in each replication around the mean of communes of that "
        "size (or of the places counted there); expected numbers:\n" +
        drawn;
  }

  const auto lost = std::count_if(described.begin(), described.end(),
                                  [](const CatchmentCommune& here) { return !here.position; });
  if (lost > 0) notes += fmt::format("{} communes without a position: no travel time\n", lost);
  std::vector<double> minutes = minutes_by_position(described, table);
  return {std::move(described), std::move(minutes), CommuneId(static_cast<std::uint16_t>(focus)),
          notes};
}

}  // namespace world
