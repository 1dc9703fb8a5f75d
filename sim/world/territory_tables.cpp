#include "world/territory_tables.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/csv.hpp"
#include "scenario/errors.hpp"
#include "scenario/suggest.hpp"

namespace world {
namespace {

/// One row of a table, read cell by cell; notes what is wrong and goes on.
class RowReader {
 public:
  RowReader(const scenario::CsvTable& table, std::size_t row, scenario::Problems& problems)
      : table_(table), row_(row), problems_(problems) {}

  std::optional<double> number(std::string_view column, double least, double most,
                               std::string_view must) const {
    if (cell(column).empty()) return std::nullopt;
    const std::optional<double> value = scenario::to_number(cell(column));
    if (value && *value >= least && *value <= most) return value;
    reject(column, must);
    return std::nullopt;
  }

  std::optional<std::int64_t> count(std::string_view column) const {
    if (cell(column).empty()) return std::nullopt;
    const std::optional<std::int64_t> value = scenario::to_whole_number(cell(column));
    if (value && *value >= 0) return value;
    reject(column, "a whole number, at least 0");
    return std::nullopt;
  }

  std::optional<Position> position(std::string_view lon_column, std::string_view lat_column) const {
    if (cell(lon_column).empty() && cell(lat_column).empty()) return std::nullopt;
    const std::optional<std::int32_t> lon = parse_degrees(cell(lon_column));
    const std::optional<std::int32_t> lat = parse_degrees(cell(lat_column));
    const bool lat_is_right = lat && *lat >= -quarter_turn && *lat <= quarter_turn;
    if (lon && lat_is_right) return Position{*lon, *lat};
    if (!lon) reject(lon_column, "decimal degrees, from -180 to 180");
    if (!lat_is_right) reject(lat_column, "decimal degrees, from -90 to 90");
    return std::nullopt;
  }

 private:
  static constexpr std::int32_t quarter_turn = 90'00000;

  std::string_view cell(std::string_view column) const {
    return table_.cell(row_, *table_.column(column));
  }

  void reject(std::string_view column, std::string_view must) const {
    problems_.add(table_.problem(row_, fmt::format("{} = {} (must be {})", column,
                                                   scenario::shortened(cell(column)), must)));
  }

  const scenario::CsvTable& table_;
  std::size_t row_;
  scenario::Problems& problems_;
};

/// Calls `read(row, commune)` for each row of a table whose commune was asked for. Requires a table
/// with a column `code`.
template <class Read>
void for_each_commune(const scenario::CsvTable& table,
                      std::map<std::string, CommuneTables>& communes, scenario::Problems& problems,
                      Read read) {
  const std::size_t code = *table.column("code");
  std::set<std::string_view> seen;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto commune = communes.find(std::string(table.cell(row, code)));
    if (commune == communes.end()) continue;
    if (!seen.insert(commune->first).second)
      problems.add(
          table.problem(row, fmt::format("code = {} (must be there once)", commune->first)));
    read(RowReader(table, row, problems), commune->second);
  }
}

constexpr double infinity = std::numeric_limits<double>::infinity();

void read_territory(const RowReader& row, CommuneTables& commune) {
  commune.centre = row.position("lon", "lat");
  if (const auto percent = row.number("part_75plus", 0, 100, "a percentage, from 0 to 100"))
    commune.share_75_plus = *percent / 100;
  commune.deprivation = row.number("fedi", -infinity, infinity, "a number");
  commune.population_2012 = row.count("pmun2012");
  commune.population_2017 = row.count("pmun2017");
  commune.population_2022 = row.count("pmun2022");
}

/// The professions whose places of practice are counted.
constexpr std::array<std::pair<Profession, std::string_view>, 7> place_columns{
    {{Profession::gp, "medecin_generaliste"},
     {Profession::nurse, "infirmier"},
     {Profession::physiotherapist, "masseur_kinesitherapeute"},
     {Profession::dentist, "chirurgien_dentiste"},
     {Profession::midwife, "sage_femme"},
     {Profession::podiatrist, "pedicure_podologue"},
     {Profession::pharmacist, "pharmacie"}}};

void read_care(const RowReader& row, CommuneTables& commune) {
  commune.apl_gp_2023 =
      row.number("apl_mg_2023", 0, infinity, "consultations per year and resident, at least 0");
  for (const auto& [profession, column] : place_columns)
    commune.places[index(profession)] = row.count(column);
}

}  // namespace

std::map<std::string, CommuneTables> read_commune_tables(const std::filesystem::path& folder,
                                                         std::span<const std::string> codes) {
  const scenario::CsvTable territory = scenario::read_csv(folder / "communes.csv");
  const scenario::CsvTable care = scenario::read_csv(folder / "communes_soins.csv");
  territory.require_columns(
      {"code", "lon", "lat", "part_75plus", "fedi", "pmun2012", "pmun2017", "pmun2022"});
  std::vector<std::string_view> care_columns{"code", "apl_mg_2023"};
  for (const auto& [profession, column] : place_columns) care_columns.push_back(column);
  care.require_columns(care_columns);

  std::map<std::string, CommuneTables> communes;
  for (const std::string& code : codes) communes[code];
  scenario::Problems problems;
  for_each_commune(territory, communes, problems, read_territory);
  for_each_commune(care, communes, problems, read_care);
  problems.throw_if_any();
  return communes;
}

}  // namespace world
