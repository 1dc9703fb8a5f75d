/// Richer tables about communes, where a user has them (`--data DIR`): exact centres, age,
/// deprivation, access to care, places of practice.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "world/ids.hpp"
#include "world/territory.hpp"

namespace world {

/// What the tables say of one commune. What they leave empty (not published, secret, unmatched) is
/// absent here: the caller decides what stands in for it.
struct CommuneTables {
  std::optional<Position> centre;
  std::optional<double> share_75_plus;  ///< of the residents, from 0 to 1
  std::optional<double> deprivation;    ///< French European Deprivation Index; higher is poorer
  /// Local accessibility of GPs (APL): consultations within reach, per year and standardised
  /// resident.
  std::optional<double> apl_gp_2023;
  /// Places of practice, by profession: a person with two places counts twice.
  std::array<std::optional<std::int64_t>, profession_count> places;
  std::optional<std::int64_t> population_2012;
  std::optional<std::int64_t> population_2017;
  std::optional<std::int64_t> population_2022;
  bool operator==(const CommuneTables&) const = default;
};

/// Reads `communes.csv` and `communes_soins.csv` in a folder, for the communes asked for and no
/// other. A commune that has no row has nothing but absent values. Throws `scenario::InputMissing`
/// for a file that is not there, and `scenario::Invalid` with every column that is missing, every
/// cell asked for that is no number or out of range, and every commune that has two rows.
std::map<std::string, CommuneTables> read_commune_tables(const std::filesystem::path& folder,
                                                         std::span<const std::string> codes);

}  // namespace world
