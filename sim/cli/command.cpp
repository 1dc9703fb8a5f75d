#include "cli/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "analysis/text_cells.hpp"
#include "scenario/read_strategy.hpp"
#include "scenario/read_toml.hpp"

namespace cli {

namespace fs = std::filesystem;

constexpr unsigned help_width = 100;  // columns

Options::Options(std::string usage, analysis::Words summary, std::vector<std::string> examples)
    : usage_(std::move(usage)),
      summary_(summary),
      examples_(std::move(examples)),
      language_(language_of_environment()) {
  add("help,h", {"show this help", "montrer cette aide"});
  add("lang", po::value<std::string>()->value_name("fr|en"),
      {"language of messages and pages (default: the locale's)",
       "langue (par défaut : celle du système)"});
}

Options& Options::add(std::string names, po::value_semantic* value, analysis::Words meaning) {
  visible_.push_back({std::move(names), std::unique_ptr<po::value_semantic>(value), meaning});
  return *this;
}

Options& Options::add(std::string names, analysis::Words meaning) {
  return add(std::move(names), nullptr, meaning);
}

Options& Options::add_aside(const char* name) {
  hidden_.add_options()(name, "");
  return *this;
}

void Options::positional(const char* name, po::value_semantic* value) {
  positions_.add(name, value->max_tokens() > 1 ? -1 : 1);
  hidden_.add_options()(name, value, "");
}

namespace {

/// The language that the words ask for, wherever they say so: the help is in it too.
std::optional<analysis::Language> asked_for(const Arguments& words) {
  const std::string option = "--lang";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option && i + 1 < words.size()) return parse_language(words[i + 1]);
    if (words[i].rfind(option + "=", 0) == 0)
      return parse_language(words[i].substr(option.size() + 1));
  }
  return std::nullopt;
}

}  // namespace

bool Options::parse(const Arguments& words) {
  language_ = asked_for(words).value_or(language_);
  po::options_description visible(tell(language_, {"Options", "Options\u202F"}), help_width);
  for (Option& option : visible_) {
    const std::string meaning = analysis::say(option.meaning, language_);
    if (option.value)
      visible.add_options()(option.names.c_str(), option.value.release(), meaning.c_str());
    else
      visible.add_options()(option.names.c_str(), meaning.c_str());
  }
  po::options_description all;
  all.add(visible).add(hidden_);
  po::store(
      po::command_line_parser(words)
          .options(all)
          .positional(positions_)
          .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
          .run(),
      values_);
  if (has("help")) {
    std::cout << "maillage " << usage_ << "\n\n"
              << analysis::wrap(analysis::say(summary_, language_), help_width) << "\n\n"
              << visible << '\n'
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
    throw po::error(tell(language_, {"{} is missing", "{} manque"}, name));
  }
  return true;
}

analysis::Language language_of(const Arguments& words) {
  try {
    return asked_for(words).value_or(language_of_environment());
  } catch (const po::error&) {
    return language_of_environment();
  }
}

std::string misuse(const po::error& error, analysis::Language language) {
  if (language == analysis::Language::en) return error.what();  // Boost speaks English
  const auto about = [&](const po::error_with_option_name& option, const analysis::Words& words) {
    return tell(language, words, option.get_option_name());
  };
  if (const auto* unknown = dynamic_cast<const po::unknown_option*>(&error))
    return about(*unknown, {"unknown option {}", "option inconnue : {}"});
  if (const auto* many = dynamic_cast<const po::multiple_occurrences*>(&error))
    return about(*many, {"{} more than once", "{} est donné plusieurs fois"});
  if (const auto* syntax = dynamic_cast<const po::invalid_command_line_syntax*>(&error))
    return about(*syntax,
                 {"{} lacks its value, or takes none", "{} attend une valeur, ou n'en prend pas"});
  if (const auto* value = dynamic_cast<const po::validation_error*>(&error))
    return about(*value, {"{} cannot take this value", "{} ne peut pas prendre cette valeur"});
  if (dynamic_cast<const po::too_many_positional_options_error*>(&error) != nullptr)
    return tell(language, {"too many words", "il y a trop de mots"});
  return error.what();
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

std::vector<NamedStrategy> library_strategies(analysis::Language language) {
  std::vector<NamedStrategy> all;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(library_folder() / "strategies", error)) {
    if (entry.path().extension() != ".toml") continue;
    try {
      scenario::Problems problems;
      NamedStrategy one{
          entry.path().stem().string(), "",
          scenario::read_strategy(scenario::read_toml(entry.path()), std::nullopt, problems)};
      const bool french = language == analysis::Language::fr && !one.strategy.title_fr.empty();
      one.title = french ? one.strategy.title_fr : one.strategy.title;
      all.push_back(std::move(one));
    } catch (const std::runtime_error&) {
      continue;
    }
  }
  std::sort(all.begin(), all.end(),
            [](const NamedStrategy& a, const NamedStrategy& b) { return a.name < b.name; });
  return all;
}

world::Territory read_territory() { return world::Territory::read(territory_file()); }

void add_scenario_options(Options& options, ScenarioOptions& into, ScenarioFile file) {
  auto* const scenario = po::value(&into.file);
  options.positional("scenario", file == ScenarioFile::required ? scenario->required() : scenario);
  options
      .add("strategy", po::value(&into.overrides.strategies)->composing()->value_name("NAME"),
           {"play this strategy instead of the file's (repeatable)",
            "jouer cette stratégie, non celles du fichier (répétable)"})
      .add("set", po::value(&into.assignments)->composing()->value_name("ID=VALUE"),
           {"give a parameter another value, within its range (repeatable)",
            "changer la valeur d'un paramètre, dans sa plage (répétable)"})
      .add("years", po::value<int>()->value_name("N"),
           {"years to simulate", "nombre d'années simulées"})
      .add("replications,r", po::value<int>()->value_name("N"),
           {"independent runs of each strategy", "simulations indépendantes de chaque stratégie"})
      .add("seed", po::value<std::int64_t>()->value_name("N"),
           {"root of every random stream", "racine de tous les tirages au hasard"})
      .add("data", po::value<std::string>()->value_name("DIR"),
           {"folder with richer territory tables",
            "dossier de tables plus riches sur le territoire"});
}

Prepared prepare(const Options& options, ScenarioOptions& given) {
  const po::variables_map& values = options.values();
  if (options.has("years")) given.overrides.years = values["years"].as<int>();
  if (options.has("replications")) {
    given.overrides.replications = values["replications"].as<int>();
  }
  if (options.has("seed")) {
    const std::int64_t seed = values["seed"].as<std::int64_t>();
    if (seed < 0)
      throw po::error(
          tell(options.language(),
               {"--seed {} (must be 0 or more)", "--seed {} (doit être positif ou nul)"}, seed));
    given.overrides.seed = static_cast<std::uint64_t>(seed);
  }
  if (options.has("data")) given.data = values["data"].as<std::string>();
  for (const std::string& assignment : given.assignments) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos) {
      throw po::error(tell(options.language(),
                           {"--set {} (must be ID=VALUE, such as --set rent_m2=9)",
                            "--set {} (doit être ID=VALEUR, par exemple --set rent_m2=9)"},
                           assignment));
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
