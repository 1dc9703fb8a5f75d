/// The territory: every French commune and EPCI, where they lie, and how far one is from another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace world {

/// A place on Earth (WGS 84), in whole steps of 1e-5 degree (about one metre), so that it is the
/// same on every machine.
struct Position {
  std::int32_t lon = 0;
  std::int32_t lat = 0;
  bool operator==(const Position&) const = default;
};

/// Reads decimal degrees ("47.76333", "-3.2") as steps of 1e-5 degree, rounded half away from zero.
/// Gives nothing where the text is no decimal number or lies beyond 180 degrees.
std::optional<std::int32_t> parse_degrees(std::string_view text);

/// How a commune got its position.
enum class Location : std::uint8_t {
  none,     ///< it has none
  placed,   ///< at the centre of the located communes of its EPCI, or else of its département
  located,  ///< at its own main settlement
};

/// A commune of today. Codes are those of Insee, with their leading zeros.
struct Commune {
  std::string code;
  std::string name;
  std::string departement;
  std::string region;
  std::string epci;  ///< SIREN of its EPCI; empty if it belongs to none
  std::uint32_t population = 0;
  Position position;
  Location location = Location::none;
  bool operator==(const Commune&) const = default;
};

/// An intercommunalité: communes that share taxes and powers, and by default one catchment.
struct Epci {
  std::string siren;
  std::string name;
  std::string type;                  ///< CC, CA, CU, METRO or MET69
  std::vector<std::string> members;  ///< codes of its communes, in order
  bool operator==(const Epci&) const = default;
};

/// What else a user may take for the code of a commune.
enum class AliasKind : std::uint8_t { delegated, associated, arrondissement, former, postal_code };

/// A code that is not the code of a commune of today, and the commune that it belongs to.
struct Alias {
  std::string code;
  std::string name;  ///< empty for a former code and for a postal code
  AliasKind kind = AliasKind::former;
  std::string commune;
  bool operator==(const Alias&) const = default;
};

/// What a territory is made of.
struct TerritoryData {
  std::string vintage;  ///< sources, years and licences, as a report must print them
  std::vector<Commune> communes;
  std::vector<Epci> epci;
  std::vector<Alias> aliases;
  bool operator==(const TerritoryData&) const = default;
};

/// Every commune and EPCI of a country, found by code. Safe to read from any thread.
class Territory {
 public:
  /// Requires that codes are unique and that communes and EPCI name each other consistently.
  explicit Territory(TerritoryData data);

  /// Reads a file that `write` wrote. Throws `scenario::InputMissing`, with the path and the
  /// reason, if it is absent, foreign, of another version, cut or damaged.
  static Territory read(const std::filesystem::path& file);

  /// Writes the territory. Throws `std::runtime_error` with the path if it cannot.
  void write(const std::filesystem::path& file) const;

  const Commune* find_commune(std::string_view code) const;  ///< null if there is none
  const Epci* find_epci(std::string_view siren) const;       ///< null if there is none

  /// The communes of an EPCI, in the order of their codes. Requires an EPCI of this territory.
  std::vector<const Commune*> members(const Epci& epci) const;

  /// The communes that share a commune's primary care by default: those of its EPCI, in the order
  /// of their codes, or the commune alone if it has none. Requires the code of a commune.
  std::vector<const Commune*> catchment_of(std::string_view commune_code) const;

  /// Says what is wrong with what a user wrote for the code of a commune, and which one is meant: a
  /// name, a postal code, a former commune, a slip. Nothing if the code is right.
  std::optional<std::string> commune_problem(std::string_view written) const;

  /// The same for the SIREN of an EPCI.
  std::optional<std::string> epci_problem(std::string_view written) const;

  const std::vector<Commune>& communes() const { return data_.communes; }  ///< in order of code
  const std::vector<Epci>& epci() const { return data_.epci; }             ///< in order of SIREN

  /// Sources, years and licences, as a report must print them.
  const std::string& vintage() const { return data_.vintage; }

  bool operator==(const Territory&) const = default;

 private:
  TerritoryData data_;
};

/// A name without capitals, accents, apostrophes and hyphens, its words separated by one space and
/// "St", "Ste" written in full: two spellings of one place fold to the same text.
std::string fold(std::string_view name);

/// Straight-line distance in kilometres, by the equirectangular projection about the mean latitude:
///
///   d = R sqrt((Δλ cos((φ1 + φ2) / 2))^2 + (Δφ)^2),  R = 6371.0088 km
///
/// λ, φ: longitude and latitude in radians; R: mean radius of the Earth (Moritz, Geodetic Reference
/// System 1980, Journal of Geodesy 74, 2000). Within 0.1 % of the great circle below 100 km at the
/// latitudes of France. Uses no function of the C library but `sqrt`, which IEEE 754 defines.
double distance_km(Position a, Position b);

/// How people get about: rows `travel_*` of the parameter table.
struct TravelParameters {
  double detour_factor = 0;           ///< road distance over straight-line distance
  double speed_km_per_h = 0;          ///< door to door on the road, without the access time
  double access_minutes = 0;          ///< to leave, to park and to walk to the door
  double within_commune_minutes = 0;  ///< a whole trip inside one commune
  bool operator==(const TravelParameters&) const = default;
};

/// Time of a one-way trip by car between two communes, in minutes:
///
///   t = max(w, a + 60 k d / v)   between two communes,   t = w   within one
///
/// d: `distance_km`; k: detour factor; v: speed; a: access; w: within the commune. The maximum
/// keeps a neighbour from being nearer than home where both are placed at one point. A straight
/// line times a detour factor stands for the road network with a correlation above 0.9: Boscoe,
/// Henry, Zdeb, A nationwide comparison of driving distance versus straight-line distance to
/// hospitals, The Professional Geographer 64(2), 2012.
/// Requires two communes that have a position, a positive speed, and the others not negative.
double travel_minutes(const Commune& from, const Commune& to, const TravelParameters& travel);

}  // namespace world
