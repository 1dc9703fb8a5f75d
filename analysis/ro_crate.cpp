#include "analysis/ro_crate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

#include "record/hash.hpp"
#include "record/results_file.hpp"

namespace analysis {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string_view id) { return {{"@id", id}}; }

/// A file name as a relative URI (RFC 3986): all but letters, digits and - . _ ~ in %XX.
std::string uri_of(std::string_view name) {
  std::string uri;
  for (const char letter : name) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                       letter == '_' || letter == '~';
    uri += plain
               ? std::string(1, letter)
               : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(letter)));
  }
  return uri;
}

bool is_date(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-dd";
  return text.size() == form.size() &&
         std::equal(text.begin(), text.end(), form.begin(), [](char letter, char asked) {
           return asked == 'd' ? letter >= '0' && letter <= '9' : letter == asked;
         });
}

/// XXH3-128 of a file, read piece by piece.
std::string checksum_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  record::Hash hash;
  std::array<char, 1 << 16> piece;
  do {
    file.read(piece.data(), piece.size());
    hash.feed(piece.data(), static_cast<std::size_t>(file.gcount()));
  } while (file);
  if (!file.eof()) throw std::system_error(errno, std::generic_category(), path.string());
  return record::hexadecimal(hash.result());
}

/// The seconds since 1970 that the environment gives for reproducible dates.
std::optional<std::chrono::sys_seconds> date_of_environment() {
  const char* const text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr) return std::nullopt;
  const std::string_view all(text);
  std::int64_t seconds = 0;
  const auto [stop, error] = std::from_chars(all.data(), all.data() + all.size(), seconds);
  if (error != std::errc{} || stop != all.data() + all.size()) return std::nullopt;
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

std::string day_text(std::chrono::system_clock::time_point time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return fmt::format("{:04d}-{:02d}-{:02d}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// The entities of a crate, one after the other: JSON-LD asks for a flat list.
class Graph {
 public:
  /// Adds an entity and gives the reference to it.
  Json add(std::string_view id, std::string_view type, Json properties) {
    Json entity{{"@id", id}, {"@type", type}};
    entity.update(properties);
    entities_.push_back(std::move(entity));
    return reference(id);
  }

  /// A single value with a name.
  Json add_value(std::string_view id, std::string_view name, Json value,
                 std::string_view description) {
    return add(id, "PropertyValue",
               {{"name", name}, {"value", std::move(value)}, {"description", description}});
  }

  /// As the text of a file. A title may hold any bytes: what is no UTF-8 is replaced.
  std::string text() const {
    const Json crate{{"@context", "https://w3id.org/ro/crate/1.1/context"}, {"@graph", entities_}};
    return crate.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
  }

 private:
  Json entities_ = Json::array();
};

std::string listed_strategies(const record::Results& results) {
  std::string text;
  for (const record::StrategyLabel& strategy : results.strategies)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", strategy.name, strategy.title);
  return text;
}

/// What went into the run, as references to entities that are added.
Json add_inputs(Graph& graph, const record::Results& results) {
  const record::Provenance& provenance = results.provenance;
  Json inputs = Json::array();
  inputs.push_back(
      graph.add("#scenario", "CreativeWork",
                {{"name", provenance.scenario_title},
                 {"alternateName", provenance.scenario_name},
                 {"description",
                  "The scenario, its needs and its strategies as they were read, one after "
                  "the other"},
                 {"encodingFormat", "application/toml"},
                 {"text", provenance.scenario_text}}));
  inputs.push_back(
      graph.add("#parameters", "CreativeWork",
                {{"name", "Parameters of the model as used, with units, ranges and sources"},
                 {"description", "In the results file as provenance/parameters_csv"},
                 {"encodingFormat", "text/csv"}}));
  inputs.push_back(graph.add("#territory", "CreativeWork",
                             {{"name", "Communes simulated, with their residents"},
                              {"description", provenance.notes},
                              {"text", provenance.territory}}));
  inputs.push_back(graph.add_value("#strategies", "strategies", listed_strategies(results),
                                   "Strategies that were simulated, in the order of the results"));
  inputs.push_back(
      graph.add_value("#start", "start", results.start_date, "First day of the simulated time"));
  inputs.push_back(
      graph.add_value("#months", "months", results.months, "Length of the simulated time"));
  inputs.push_back(graph.add_value("#seed", "seed", results.seed, "Root of every random stream"));
  inputs.push_back(graph.add_value("#replications", "replications", results.replications(),
                                   "Independent simulations of each strategy"));
  return inputs;
}

}  // namespace

CrateFile describe_file(const std::filesystem::path& path, const record::Results& results,
                        std::string license) {
  namespace chrono = std::chrono;
  const auto changed =
      chrono::file_clock::to_sys(chrono::floor<chrono::seconds>(last_write_time(path)));
  return {.name = path.filename().string(),
          .bytes = file_size(path),
          .checksum = checksum_of(path),
          .content_digest = record::content_digest(results),
          .date = day_text(date_of_environment().value_or(changed)),
          .license = std::move(license)};
}

std::string ro_crate(const record::Results& results, const CrateFile& file) {
  if (!is_date(file.date))
    throw std::invalid_argument(file.date + " is no date such as 2026-11-22");
  if (!file.license.empty() && file.license.find("://") == std::string::npos)
    throw std::invalid_argument(file.license +
                                " is no address of a licence such as "
                                "https://spdx.org/licenses/etalab-2.0");
  const record::Provenance& provenance = results.provenance;
  const std::string profile = "https://w3id.org/ro/wfrun/process/0.5";
  const std::string file_id = uri_of(file.name);
  const std::string run_id = "#run-" + uri_of(provenance.run_key);

  Graph graph;
  graph.add(
      crate_file_name, "CreativeWork",
      {{"conformsTo", reference("https://w3id.org/ro/crate/1.1")}, {"about", reference("./")}});
  Json root{{"name", provenance.scenario_title},
            {"description",
             fmt::format("Results of Maillage, a simulator of primary care in French towns, for "
                         "the scenario \"{}\": {}{}",
                         provenance.scenario_title, listed_strategies(results),
                         results.is_partial() ? ". Partial: replications are missing" : "")},
            {"datePublished", file.date},
            {"conformsTo", reference(profile)},
            {"hasPart", Json::array({reference(file_id)})},
            {"mentions", reference(run_id)}};
  if (!file.license.empty()) root["license"] = reference(file.license);
  graph.add("./", "Dataset", root);
  graph.add(profile, "CreativeWork", {{"name", "Process Run Crate"}, {"version", "0.5"}});
  if (!file.license.empty())
    graph.add(file.license, "CreativeWork",
              {{"name", "Licence of the results"}, {"url", file.license}});

  Json identifiers = Json::array();
  identifiers.push_back(graph.add_value(
      "#content-digest", "content digest", file.content_digest,
      "Hash of every published number and label, as `maillage verify` prints it: the same for two "
      "runs that found the same"));
  identifiers.push_back(
      graph.add_value("#checksum", "XXH3-128", file.checksum, "Hash of all bytes of the file"));
  identifiers.push_back(graph.add_value(
      "#run-key", "run key", provenance.run_key,
      "Hash of all inputs that determine the numbers, but the number of replications"));
  graph.add(file_id, "File",
            {{"name", file.name},
             {"description",
              "Simulated indicators, careers and accounts, with all that is needed "
              "to repeat the run: `maillage run --from` does so"},
             {"contentSize", std::to_string(file.bytes)},
             {"encodingFormat", "application/x-hdf5"},
             {"identifier", identifiers}});

  const std::string license = "https://spdx.org/licenses/Apache-2.0";
  const std::string software_id =
      fmt::format("#maillage-{}-{}", uri_of(provenance.version), uri_of(provenance.commit));
  graph.add(
      software_id, "SoftwareApplication",
      {{"name", "Maillage"},
       {"softwareVersion", fmt::format("{}+{}", provenance.version, provenance.commit)},
       {"description", fmt::format("Discrete-event simulator of primary care under municipal "
                                   "strategies, version {}, commit {}, built with {}",
                                   provenance.version, provenance.commit, provenance.compiler)},
       {"license", reference(license)}});
  graph.add(license, "CreativeWork", {{"name", "Apache License 2.0"}, {"url", license}});

  const Json inputs = add_inputs(graph, results);
  graph.add(
      run_id, "CreateAction",
      {{"name", "Simulation of " + provenance.scenario_title},
       {"description",
        fmt::format("{} of {} replications of {} strategies over {} months from {}, under seed {}. "
                    "`maillage run --from {}` repeats it.",
                    results.replications(), results.planned, results.strategies.size(),
                    results.months, results.start_date, results.seed, file.name)},
       {"instrument", reference(software_id)},
       {"object", inputs},
       {"result", Json::array({reference(file_id)})},
       {"actionStatus", reference("http://schema.org/CompletedActionStatus")}});
  return graph.text();
}

}  // namespace analysis
