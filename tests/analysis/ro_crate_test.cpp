// The metadata beside a results file: what RO-Crate 1.1 and Process Run Crate 0.5 ask for.
#include "analysis/ro_crate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <system_error>

#include "record/hash.hpp"
#include "record/results_file.hpp"
#include "tests/analysis/made_up_results.hpp"

namespace analysis::test {
namespace {

using nlohmann::json;

CrateFile file_named(const std::string& name) {
  return {name,
          4321,
          std::string(32, 'a'),
          std::string(32, 'b'),
          "2026-11-22",
          "https://spdx.org/licenses/etalab-2.0"};
}

record::Results results() { return made_up_results(four_truths(), 3, 24, 18446744073709551615U); }

/// The entities of a crate by their ids; each must have an id, once, and a type.
std::map<std::string, json> entities(const std::string& text) {
  const json crate = json::parse(text);
  EXPECT_EQ(crate.at("@context"), "https://w3id.org/ro/crate/1.1/context");
  std::map<std::string, json> by_id;
  for (const json& entity : crate.at("@graph")) {
    EXPECT_TRUE(entity.contains("@type")) << entity;
    EXPECT_TRUE(by_id.emplace(entity.at("@id"), entity).second) << "twice: " << entity;
  }
  return by_id;
}

std::map<std::string, json> crate_of(const std::string& name) {
  return entities(ro_crate(results(), file_named(name)));
}

std::string id_of(const json& reference) { return reference.at("@id"); }

/// Calls `action` with every value of a property: it may have one or a list.
template <class Action>
void for_each_value(const json& property, const Action& action) {
  if (!property.is_array()) return action(property);
  for (const json& value : property) action(value);
}

TEST(RoCrate, DescribesItselfAndItsRootAsTheSpecificationAsks) {
  const auto crate = crate_of("results.h5");
  const json& descriptor = crate.at("ro-crate-metadata.json");
  EXPECT_EQ(descriptor.at("@type"), "CreativeWork");
  EXPECT_EQ(id_of(descriptor.at("conformsTo")), "https://w3id.org/ro/crate/1.1");
  EXPECT_EQ(id_of(descriptor.at("about")), "./");

  const json& root = crate.at("./");
  EXPECT_EQ(root.at("@type"), "Dataset");
  EXPECT_EQ(root.at("datePublished"), "2026-11-22");
  EXPECT_EQ(root.at("name"), results().provenance.scenario_title);
  EXPECT_FALSE(root.at("description").get<std::string>().empty());
  EXPECT_EQ(id_of(root.at("license")), "https://spdx.org/licenses/etalab-2.0");
  EXPECT_EQ(id_of(root.at("hasPart").at(0)), "results.h5");
}

TEST(RoCrate, FollowsTheProfileOfARunOfAProgram) {
  const auto crate = crate_of("results.h5");
  const json& root = crate.at("./");
  const json& profile = crate.at(id_of(root.at("conformsTo")));
  EXPECT_EQ(profile.at("@id"), "https://w3id.org/ro/wfrun/process/0.5");
  EXPECT_EQ(profile.at("@type"), "CreativeWork");

  const json& run = crate.at(id_of(root.at("mentions")));
  EXPECT_EQ(run.at("@type"), "CreateAction");
  EXPECT_EQ(id_of(run.at("result").at(0)), "results.h5");
  const json& program = crate.at(id_of(run.at("instrument")));
  EXPECT_EQ(program.at("@type"), "SoftwareApplication");
  EXPECT_EQ(program.at("name"), "Maillage");
  EXPECT_EQ(program.at("softwareVersion"), "0.1.0+0123456789abcdef");
  EXPECT_FALSE(program.contains("version")) << "one of the two";
  const std::set<std::string> kinds{"File", "Dataset", "Collection", "CreativeWork",
                                    "PropertyValue"};
  for (const json& input : run.at("object"))
    EXPECT_EQ(kinds.count(crate.at(id_of(input)).at("@type")), 1U) << input;
}

TEST(RoCrate, IsFlatAndLeadsNowhereThatIsNotThere) {
  const auto crate = crate_of("results.h5");
  const std::set<std::string> words{"https://w3id.org/ro/crate/1.1",
                                    "http://schema.org/CompletedActionStatus"};
  std::set<std::string> led_to;
  for (const auto& [id, entity] : crate) {
    for (const auto& [name, property] : entity.items()) {
      for_each_value(property, [&, name = name](const json& value) {
        if (!value.is_object()) return;
        EXPECT_EQ(value.size(), 1U) << name << " is no mere reference";
        led_to.insert(id_of(value));
        EXPECT_TRUE(crate.count(id_of(value)) == 1 || words.count(id_of(value)) == 1) << value;
      });
    }
  }
  for (const auto& [id, entity] : crate)
    EXPECT_TRUE(led_to.count(id) == 1 || id == "ro-crate-metadata.json")
        << "nobody asks for " << id;
}

TEST(RoCrate, TellsTheFileByItsSizeItsChecksumAndItsDigest) {
  const auto crate = crate_of("results.h5");
  const json& file = crate.at("results.h5");
  EXPECT_EQ(file.at("@type"), "File");
  EXPECT_EQ(file.at("encodingFormat"), "application/x-hdf5");
  EXPECT_EQ(file.at("contentSize"), "4321");
  std::map<std::string, std::string> identifiers;
  for (const json& reference : file.at("identifier")) {
    const json& value = crate.at(id_of(reference));
    identifiers[value.at("name")] = value.at("value");
  }
  EXPECT_EQ(identifiers,
            (std::map<std::string, std::string>{{"XXH3-128", std::string(32, 'a')},
                                                {"content digest", std::string(32, 'b')},
                                                {"run key", results().provenance.run_key}}));
}

TEST(RoCrate, TellsWhatWentIn) {
  const auto crate = crate_of("results.h5");
  EXPECT_EQ(crate.at("#scenario").at("text"), results().provenance.scenario_text);
  EXPECT_EQ(crate.at("#seed").at("value"), 18446744073709551615U);
  EXPECT_EQ(crate.at("#replications").at("value"), 3);
  EXPECT_EQ(crate.at("#start").at("value"), "2014-01-01");
  EXPECT_EQ(crate.at("#months").at("value"), 24);
  EXPECT_THAT(crate.at("#strategies").at("value"), testing::HasSubstr("building_first"));
  EXPECT_EQ(crate.at("#territory").at("text"), results().provenance.territory);
}

TEST(RoCrate, NamesAFileWhateverItsLetters) {
  const auto crate = crate_of("l'été 100%.h5");
  const json& file = crate.at("l%27%C3%A9t%C3%A9%20100%25.h5");
  EXPECT_EQ(file.at("name"), "l'été 100%.h5");
  EXPECT_NO_THROW(crate_of("latin \xE9.h5")) << "no UTF-8, and still JSON";
}

TEST(RoCrate, SaysNothingOfALicenceThatNobodyChose) {
  CrateFile file = file_named("results.h5");
  file.license.clear();
  const auto crate = entities(ro_crate(results(), file));
  EXPECT_FALSE(crate.at("./").contains("license"));
}

TEST(RoCrate, SaysThatResultsArePartial) {
  record::Results part = results();
  part.planned = 5;
  const auto crate = entities(ro_crate(part, file_named("results.h5")));
  EXPECT_THAT(crate.at("./").at("description"), testing::HasSubstr("Partial"));
  EXPECT_THAT(crate.at(id_of(crate.at("./").at("mentions"))).at("description"),
              testing::HasSubstr("3 of 5 replications"));
  EXPECT_THAT(crate_of("results.h5").at("./").at("description"),
              testing::Not(testing::HasSubstr("Partial")));
}

TEST(RoCrate, HasNoDateOfItsOwn) {
  EXPECT_EQ(ro_crate(results(), file_named("a.h5")), ro_crate(results(), file_named("a.h5")));
}

TEST(RoCrate, DescribesAFileAsItLiesOnDisk) {
  namespace fs = std::filesystem;
  const fs::path path = fs::path(testing::TempDir()) / "maillage_crate.h5";
  record::write_results(path, results());
  const std::chrono::sys_seconds noon =
      std::chrono::sys_days{std::chrono::year{2031} / 2 / 3} + std::chrono::hours{12};
  fs::last_write_time(path, std::chrono::file_clock::from_sys(noon));
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};

  unsetenv("SOURCE_DATE_EPOCH");
  const CrateFile file = describe_file(path, results(), "https://a.licence/");
  EXPECT_EQ(file.name, "maillage_crate.h5");
  EXPECT_EQ(file.bytes, bytes.size());
  EXPECT_EQ(file.checksum, record::hash(bytes));
  EXPECT_EQ(file.content_digest, record::verify(path).digest);
  EXPECT_EQ(file.date, "2031-02-03");
  EXPECT_EQ(file.license, "https://a.licence/");

  setenv("SOURCE_DATE_EPOCH", "1600000000", 1);
  EXPECT_EQ(describe_file(path, results(), "").date, "2020-09-13");
  setenv("SOURCE_DATE_EPOCH", "soon", 1);
  EXPECT_EQ(describe_file(path, results(), "").date, "2031-02-03");
  unsetenv("SOURCE_DATE_EPOCH");
  fs::remove(path);
  EXPECT_THROW(describe_file(path, results(), ""), std::system_error);
}

TEST(RoCrate, RefusesWhatIsNoDateAndNoAddress) {
  for (const char* date : {"", "yesterday", "2026-11-22T10:00", "22/11/2026"}) {
    CrateFile file = file_named("a.h5");
    file.date = date;
    EXPECT_THROW(ro_crate(results(), file), std::invalid_argument) << date;
  }
  CrateFile file = file_named("a.h5");
  file.license = "mine";
  EXPECT_THROW(ro_crate(results(), file), std::invalid_argument);
}

}  // namespace
}  // namespace analysis::test
