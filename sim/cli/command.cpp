#include "cli/command.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "analysis/text_cells.hpp"

namespace cli {

namespace fs = std::filesystem;

constexpr unsigned help_width = 100;  // columns

Options::Options(std::string usage, analysis::Words summary, std::vector<std::string> examples)
    : usage_(std::move(usage)),
      summary_(summary),
      examples_(std::move(examples)),
      visible_("Options", help_width),
      language_(language_of_environment()) {
  add()("help,h", "show this help")("lang", po::value<std::string>()->value_name("fr|en"),
                                    "language of messages and pages (default: the locale's)");
}

void Options::positional(const char* name, po::value_semantic* value) {
  hidden_.add_options()(name, value, "");
  positions_.add(name, 1);
}

bool Options::parse(const Arguments& words) {
  po::options_description all;
  all.add(visible_).add(hidden_);
  po::store(
      po::command_line_parser(words)
          .options(all)
          .positional(positions_)
          .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
          .run(),
      values_);
  if (has("lang")) language_ = parse_language(values_["lang"].as<std::string>());
  if (has("help")) {
    std::cout << "maillage " << usage_ << "\n\n"
              << analysis::wrap(analysis::say(summary_, language_), help_width) << "\n\n"
              << visible_ << '\n'
              << tell(language_, {"Examples:", "Exemples :"}) << '\n';
    for (const std::string& example : examples_) std::cout << "  " << example << '\n';
    return false;
  }
  try {
    po::notify(values_);
  } catch (const po::required_option& missing) {
    std::string name = missing.get_option_name();
    name.erase(0, name.find_first_not_of('-'));
    for (char& letter : name) letter = static_cast<char>(std::toupper(letter));
    throw po::error(name + " is missing");
  }
  return true;
}

analysis::Language parse_language(const std::string& text) {
  try {
    return analysis::parse_language(text);
  } catch (const std::invalid_argument& error) {
    throw po::error(error.what());
  }
}

analysis::Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale(value);
    return locale.substr(0, 2) == "fr" ? analysis::Language::fr : analysis::Language::en;
  }
  return analysis::Language::en;
}

namespace {

fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : program.parent_path();
}

/// The place that an environment variable names; else the first of the two that is there.
fs::path place_of(const char* variable, const fs::path& one, const fs::path& other) {
  const char* named = std::getenv(variable);
  if (named != nullptr && *named != '\0') return named;
  return (fs::exists(one) || !fs::exists(other)) ? one : other;
}

}  // namespace

fs::path library_folder() {
  return place_of("MAILLAGE_SCENARIOS",
                  program_folder() / ".." / "share" / "maillage" / "scenarios",
                  fs::path(MAILLAGE_SOURCE_SCENARIOS));
}

fs::path territory_file() {
  return place_of("MAILLAGE_TERRITORY", program_folder() / "territory.bin",
                  program_folder() / ".." / "share" / "maillage" / "territory.bin");
}

world::Territory read_territory() { return world::Territory::read(territory_file()); }

void add_scenario_options(Options& options, ScenarioOptions& into) {
  options.positional("scenario", po::value(&into.file)->required());
  options.add()("strategy", po::value(&into.overrides.strategies)->composing()->value_name("NAME"),
                "play this strategy instead of the file's (repeatable)")(
      "set", po::value(&into.assignments)->composing()->value_name("ID=VALUE"),
      "give a parameter another value, within its range (repeatable)")(
      "years", po::value<int>()->value_name("N"), "years to simulate")(
      "replications,r", po::value<int>()->value_name("N"), "independent runs of each strategy")(
      "seed", po::value<std::int64_t>()->value_name("N"), "root of every random stream")(
      "data", po::value<std::string>()->value_name("DIR"), "folder with richer territory tables");
}

Prepared prepare(const Options& options, ScenarioOptions& given) {
  const po::variables_map& values = options.values();
  if (options.has("years")) given.overrides.years = values["years"].as<int>();
  if (options.has("replications")) {
    given.overrides.replications = values["replications"].as<int>();
  }
  if (options.has("seed")) {
    const std::int64_t seed = values["seed"].as<std::int64_t>();
    if (seed < 0) throw po::error(fmt::format("--seed {} (must be 0 or more)", seed));
    given.overrides.seed = static_cast<std::uint64_t>(seed);
  }
  if (options.has("data")) given.data = values["data"].as<std::string>();
  for (const std::string& assignment : given.assignments) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) {
      throw po::error(
          fmt::format("--set {} (must be ID=VALUE, such as --set rent_m2=9)", assignment));
    }
    given.overrides.parameters.emplace_back(assignment.substr(0, equals),
                                            assignment.substr(equals + 1));
  }
  return prepare(given);
}

Prepared prepare(const ScenarioOptions& given) {
  const world::Territory territory = read_territory();
  scenario::ReadOptions read;
  read.library = library_folder();
  read.overrides = given.overrides;
  read.check_commune = [&](std::string_view code) { return territory.commune_problem(code); };
  read.check_epci = [&](std::string_view code) { return territory.epci_problem(code); };
  scenario::Scenario scenario = scenario::read_scenario(given.file, read);
  world::CatchmentMap map = world::describe_catchment(scenario, territory, given.data);
  return {std::move(scenario), std::move(map)};
}

}  // namespace cli
