#include "scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <system_error>

#include "scenario/csv.hpp"
#include "scenario/format.hpp"
#include "scenario/read_strategy.hpp"
#include "scenario/read_toml.hpp"
#include "scenario/suggest.hpp"
#include "scenario/table_reader.hpp"

namespace scenario {
namespace {

namespace fs = std::filesystem;

using CodeCheck = std::function<std::optional<std::string>(std::string_view)>;

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// INSEE codes: two digits, 2A or 2B for the département, three digits for the commune.
bool is_commune_code(std::string_view code) {
  if (code.size() != 5 || !are_digits(code.substr(2))) return false;
  const std::string_view departement = code.substr(0, 2);
  return are_digits(departement) || departement == "2A" || departement == "2B";
}

/// SIREN codes: nine digits.
bool is_epci_code(std::string_view code) { return code.size() == 9 && are_digits(code); }

bool is_strategy_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
  });
}

/// How the format defines a key of [scenario]. Requires a key that is there.
const format::Key& definition_of(std::string_view key) {
  return *std::find_if(format::scenario_section.begin(), format::scenario_section.end(),
                       [key](const format::Key& candidate) { return candidate.name == key; });
}

/// A strategy as it was asked for, and where a message about it points.
struct StrategyRequest {
  std::string asked;  ///< a name, or a path that ends in .toml
  fs::path folder;    ///< from where a path is followed
  std::string file;
  Position position;

  bool is_path() const { return fs::path(asked).extension() == ".toml"; }
  std::string name() const { return is_path() ? fs::path(asked).stem().string() : asked; }
};

/// Reads one scenario: each section of the file has a function of its own. What is wrong is noted,
/// and reading goes on to find what else is.
class ScenarioReader {
 public:
  ScenarioReader(const fs::path& file, const ReadOptions& options)
      : folder_(file.parent_path()),
        options_(options),
        document_(read_toml(file)),
        desk_{document_.file, problems_} {
    scenario_.name = file.stem().string();
    scenario_.text = headed(file.filename().string(), document_.text);
  }

  Scenario read() {
    if (document_.root.entries.empty()) refuse_empty();
    if (!document_.root.find("scenario") && document_.root.find("action")) refuse_strategy();
    const TableReader file(document_.root, "the file", format::scenario_file, desk_);
    if (const TomlTable* section = file.table("scenario")) read_scenario_section(*section);
    if (const TomlTable* section = file.table("territory")) read_territory(*section);
    for (const TomlTable* section : file.tables("population")) read_population(*section);
    for (const TomlTable* section : file.tables("supply")) read_supply(*section);
    if (const TomlTable* section = file.table("team")) read_team(*section);
    if (const TomlTable* section = file.table("municipality")) read_municipality(*section);
    if (const TomlTable* section = file.table("parameters")) read_parameters(*section);
    apply_overrides();
    for (const StrategyRequest& request : requests_) read_requested(request);
    if (!override_lines_.empty()) scenario_.text += headed("command line", override_lines_);
    problems_.throw_if_any();
    return std::move(scenario_);
  }

 private:
  void read_scenario_section(const TomlTable& table) {
    const TableReader section(table, "[scenario]", format::scenario_section, desk_);
    scenario_.title = section.text("title").value_or("");
    start_ = section.date("start");
    scenario_.start = start_.value_or(scenario_.start);
    scenario_.years = int_or(section.whole_number("years"), scenario_.years);
    scenario_.warm_up_months =
        int_or(section.whole_number("warm_up_months"), scenario_.warm_up_months);
    scenario_.replications = int_or(section.whole_number("replications"), scenario_.replications);
    if (const auto seed = section.whole_number("seed"))
      scenario_.seed = static_cast<std::uint64_t>(*seed);
    read_strategy_list(section);
    read_parameter_table(section);
    read_need_table(section);
  }

  void read_strategy_list(const TableReader& section) {
    for (const TomlValue& item : section.list("strategies"))
      add_request({std::get<std::string>(item.content), folder_, document_.file, item.position});
    const std::optional<std::string> baseline = section.text("baseline");
    if (!baseline || section.list("strategies").empty()) return;
    const std::optional<std::size_t> position = position_of(*baseline);
    if (position)
      scenario_.baseline = *position;
    else
      section.reject("baseline", "must be one of the strategies",
                     did_you_mean(*baseline, requested_names()));
  }

  void read_parameter_table(const TableReader& section) {
    const std::optional<fs::path> file = table_file(section, "parameters");
    if (!file) return;
    collect([this, &file] {
      scenario_.parameters = ParameterTable::read(*file);
      has_parameters_ = true;
    });
  }

  void read_need_table(const TableReader& section) {
    const std::optional<fs::path> file = table_file(section, "needs");
    if (!file || !has_parameters_) return;  // without parameters nothing can be said about them
    collect([this, &file] {
      scenario_.needs = NeedTable::read(*file, scenario_.parameters);
      scenario_.text += headed(file->filename().string(), scenario_.needs.text);
    });
  }

  /// The scenario's own table, or the one of the library. Notes it if there is none.
  std::optional<fs::path> table_file(const TableReader& section, std::string_view key) {
    const std::optional<std::string> own = section.text(key);
    if (!own) return options_.library / fmt::format("{}.csv", key);
    fs::path file = folder_ / *own;
    std::error_code ignored;
    if (fs::exists(file, ignored)) return file;
    problems_.add_missing_file(
        section.complaint(key, "there is no such file in the folder of the scenario"));
    return std::nullopt;
  }

  void read_territory(const TomlTable& table) {
    const TableReader section(table, "[territory]", format::territory_section, desk_);
    scenario_.commune = read_commune(section);
    if (const auto epci = section.text("epci"))
      scenario_.epci = check_code(section, "epci", *epci, is_epci_code(*epci), format::epci_code,
                                  options_.check_epci);
    if (section.has("commune") && section.has("epci"))
      section.reject("epci", "must not be there beside commune: keep one");
    if (!section.has("commune") && !section.has("epci"))
      section.reject_section(
          fmt::format("must have commune or epci (commune is {})", format::commune_code));
    if (const auto extent = section.choice("extent"))
      scenario_.extent = static_cast<Extent>(*extent);
    if (scenario_.extent == Extent::commune && !section.has("commune"))
      section.reject("extent", "must be \"epci\" where no commune is named");
  }

  void read_population(const TomlTable& table) {
    const TableReader section(table, "[[population]]", format::population_section, desk_);
    Population population;
    population.commune = read_commune(section);
    population.residents = int_or(section.whole_number("residents"), 0);
    population.source = section.text("source").value_or("");
    read_deprivation(section, population);
    refuse_second(section, population.commune, populated_);
    scenario_.populations.push_back(std::move(population));
  }

  /// Five shares that add up to 1, as exactly as percentages that were rounded do.
  static void read_deprivation(const TableReader& section, Population& population) {
    constexpr std::string_view key = "deprivation";
    population.deprivation = section.numbers(key);
    if (!section.has(key) || !section.is_right(key)) return;
    const std::vector<double>& shares = population.deprivation;
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (shares.size() != 5 || std::abs(sum - 1) > 0.02)
      section.reject(key, "must be five shares, the least deprived fifth first, that add up to 1");
  }

  void read_supply(const TomlTable& table) {
    const TableReader section(table, "[[supply]]", format::supply_section, desk_);
    Supply supply;
    supply.commune = read_commune(section);
    for (std::size_t profession = 0; profession < profession_count; ++profession)
      read_profession(section, profession, supply);
    supply.complete = section.boolean("complete").value_or(false);
    supply.source = section.text("source").value_or("");
    refuse_second(section, supply.commune, supplied_);
    scenario_.supplies.push_back(std::move(supply));
  }

  void read_profession(const TableReader& section, std::size_t profession, Supply& supply) {
    const std::string_view count_key = supply_keys[profession];
    const std::string_view ages_key = supply_age_keys[profession];
    if (const auto count = section.whole_number(count_key))
      supply.count[profession] = static_cast<int>(*count);
    supply.ages[profession] = section.numbers(ages_key);
    if (!section.has(ages_key)) return;
    const std::size_t ages = section.list(ages_key).size();
    const std::optional<int>& count = supply.count[profession];
    if (!section.has(count_key))
      section.reject(ages_key, fmt::format("must come with {} = {}", count_key, ages));
    else if (count && supply.ages[profession].size() != static_cast<std::size_t>(*count) &&
             section.is_right(ages_key))
      section.reject(ages_key, fmt::format("has {} ages: must have as many as {} = {}", ages,
                                           count_key, *count));
  }

  void read_team(const TomlTable& table) {
    const TableReader section(table, "[team]", format::team_section, desk_);
    if (const auto stage = section.choice("stage"))
      scenario_.team_stage = static_cast<TeamStage>(*stage);
  }

  void read_municipality(const TomlTable& table) {
    const TableReader section(table, "[municipality]", format::municipality_section, desk_);
    scenario_.yearly_budget = section.number("yearly_budget");
  }

  void read_parameters(const TomlTable& table) {
    if (!has_parameters_) return;  // without a table nothing can be said about them
    for (const TomlEntry& entry : table.entries) {
      const Parameter* const parameter = scenario_.parameters.find(entry.key);
      if (parameter == nullptr) {
        desk_.add(entry.position, no_such_parameter(entry.key, shown(entry.value)));
        continue;
      }
      const std::optional<double> value = read_parameter(entry, *parameter);
      if (!value) continue;
      if (const auto objection = ParameterTable::objection(*parameter, *value))
        desk_.add(entry.value.position,
                  fmt::format("{} = {} ({})", entry.key, number_text(*value), *objection));
      else
        scenario_.parameters.set(entry.key, *value, fs::path(document_.file).filename().string());
    }
  }

  /// A parameter's value: a number, or a table with its value and its unit.
  std::optional<double> read_parameter(const TomlEntry& entry, const Parameter& parameter) {
    if (const auto number = as_number(entry.value)) return number;
    const auto* const table = std::get_if<TomlTable>(&entry.value.content);
    if (table == nullptr) {
      desk_.add(entry.value.position,
                fmt::format("{} = {} (must be a number in {}, not {})", entry.key,
                            shown(entry.value), parameter.unit, kind_of(entry.value)));
      return std::nullopt;
    }
    const TableReader reader(*table, entry.key, format::parameter_table, desk_);
    const auto unit = reader.text("unit");
    if (unit && *unit != parameter.unit)
      reader.reject("unit", fmt::format("must be {}, the unit of {} in the parameter table",
                                        in_quotes(parameter.unit), entry.key));
    return reader.number("value");
  }

  void apply_overrides() {
    const Overrides& overrides = options_.overrides;
    if (const auto years = overrides.years)
      scenario_.years = override_number("years", *years, scenario_.years);
    if (const auto replications = overrides.replications)
      scenario_.replications =
          override_number("replications", *replications, scenario_.replications);
    if (const auto seed = overrides.seed) {
      scenario_.seed = *seed;
      override_lines_ += fmt::format("# --seed {}\n", *seed);
    }
    if (!overrides.strategies.empty()) override_strategies(overrides.strategies);
    std::set<std::string> seen;
    for (const auto& [id, value] : overrides.parameters) {
      const std::string option = fmt::format("--set {}={}", id, value);
      override_lines_ += "# " + option + "\n";
      if (!seen.insert(id).second)
        problems_.add({option, 0, 0, fmt::format("{} is set twice", shortened(id))});
      else if (has_parameters_)
        override_parameter(option, id, value);
    }
  }

  int override_number(std::string_view key, int value, int before) {
    const std::string option = fmt::format("--{} {}", key, value);
    override_lines_ += "# " + option + "\n";
    const format::Key& definition = definition_of(key);
    if (value >= definition.low && value <= definition.high) return value;
    problems_.add(
        {option, 0, 0,
         fmt::format("{} = {} (must be {})", key, value, format::expectation(definition))});
    return before;
  }

  void override_strategies(const std::vector<std::string>& names) {
    const std::string baseline =
        requests_.empty() ? std::string() : requests_[scenario_.baseline].name();
    requests_.clear();
    for (const std::string& name : names) {
      const std::string option = "--strategy " + name;
      override_lines_ += "# " + option + "\n";
      add_request({name, fs::path(), option, Position{}});
    }
    const double most = definition_of("strategies").high;
    if (static_cast<double>(names.size()) > most)
      problems_.add({"--strategy", 0, 0,
                     fmt::format("is there {} times (must be at most {})", names.size(), most)});
    scenario_.baseline = position_of(baseline).value_or(0);
  }

  void override_parameter(const std::string& option, const std::string& id,
                          const std::string& text) {
    const Parameter* const parameter = scenario_.parameters.find(id);
    if (parameter == nullptr) {
      problems_.add({option, 0, 0, no_such_parameter(id, text)});
      return;
    }
    const std::optional<double> value = to_number(text);
    if (!value) {
      problems_.add({option, 0, 0,
                     fmt::format("{} = {} (must be a number in {}, with a point "
                                 "before the decimals)",
                                 id, in_quotes(text), parameter->unit)});
    } else if (const auto objection = ParameterTable::objection(*parameter, *value)) {
      problems_.add(
          {option, 0, 0, fmt::format("{} = {} ({})", id, number_text(*value), *objection)});
    } else {
      scenario_.parameters.set(id, *value, option);
    }
  }

  void add_request(StrategyRequest request) {
    if (!request.is_path() && !is_strategy_name(request.asked))
      reject(request, "must be a name of letters, digits, - and _, or a path that ends in .toml");
    else if (position_of(request.name()))
      reject(request, "must not be there twice");
    requests_.push_back(std::move(request));
  }

  /// Reads the file of a strategy.
  void read_requested(const StrategyRequest& request) {
    const std::optional<fs::path> file = locate(request);
    if (!file) return;
    collect([this, &request, &file] {
      const TomlDocument document = read_toml(*file);
      Strategy strategy = read_strategy(document, start_, problems_);
      strategy.name = request.name();
      scenario_.strategies.push_back(std::move(strategy));
      const std::string label =
          request.is_path() ? request.asked : "strategies/" + request.asked + ".toml";
      scenario_.text += headed(label, document.text);
    });
  }

  /// The file of a strategy: beside the scenario, else in the library. Notes it if there is none.
  std::optional<fs::path> locate(const StrategyRequest& request) {
    std::error_code ignored;
    if (request.is_path()) {
      const fs::path file = request.folder / request.asked;
      if (fs::exists(file, ignored)) return file;
      problems_.add_missing_file(complaint(request, "there is no such file"));
      return std::nullopt;
    }
    if (!is_strategy_name(request.asked)) return std::nullopt;  // noted when it was asked for
    for (const fs::path& shelf : strategy_shelves()) {
      const fs::path file = shelf / (request.asked + ".toml");
      if (fs::exists(file, ignored)) return file;
    }
    const std::vector<std::string> names = available_strategies();
    problems_.add_missing_file(complaint(
        request,
        "there is no such strategy; there are " + fmt::format("{}", fmt::join(names, ", ")),
        did_you_mean(request.asked, names)));
    return std::nullopt;
  }

  std::array<fs::path, 2> strategy_shelves() const {
    return {folder_ / "strategies", options_.library / "strategies"};
  }

  std::vector<std::string> available_strategies() const {
    std::set<std::string> names;
    for (const fs::path& shelf : strategy_shelves()) {
      std::error_code ignored;
      for (fs::directory_iterator entry(shelf, ignored), end; !ignored && entry != end;
           entry.increment(ignored))
        if (entry->path().extension() == ".toml") names.insert(entry->path().stem().string());
    }
    return {names.begin(), names.end()};
  }

  std::vector<std::string> requested_names() const {
    std::vector<std::string> names;
    for (const StrategyRequest& request : requests_) names.push_back(request.name());
    return names;
  }

  std::optional<std::size_t> position_of(const std::string& name) const {
    const std::vector<std::string> names = requested_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  }

  static Problem complaint(const StrategyRequest& request, std::string_view why,
                           std::string_view suggestion = "") {
    return {request.file, request.position.line, request.position.column,
            fmt::format("strategy = {} ({}){}", in_quotes(request.asked), why, suggestion)};
  }

  void reject(const StrategyRequest& request, std::string_view why) {
    problems_.add(complaint(request, why));
  }

  std::string no_such_parameter(const std::string& id, const std::string& value) const {
    return fmt::format(
        "{} = {} (there is no such parameter){}", shortened(id), shortened(value),
        problems_.are_many() ? "" : did_you_mean(id, scenario_.parameters.suggestions(id)));
  }

  std::string read_commune(const TableReader& section) {
    const std::optional<std::string> code = section.text("commune");
    if (!code) return {};
    return check_code(section, "commune", *code, is_commune_code(*code), format::commune_code,
                      options_.check_commune);
  }

  /// Checks a code for its form, then against the reference data if they are at hand.
  /// Which code was meant is not looked up when too much else is wrong.
  std::string check_code(const TableReader& section, std::string_view key, const std::string& code,
                         bool well_formed, std::string_view expected, const CodeCheck& check) {
    if (!well_formed)
      section.reject(key, fmt::format("must be {}", expected));
    else if (!check || problems_.are_many())
      return code;
    else if (const auto objection = check(code))
      section.reject(key, *objection);
    return code;
  }

  /// Notes a second section on one commune.
  static void refuse_second(const TableReader& section, const std::string& commune,
                            std::set<std::string>& before) {
    if (!commune.empty() && !before.insert(commune).second)
      section.reject("commune", "must not be there twice: this commune has such a section already");
  }

  /// Runs a step that throws when a file is not valid, and notes its problems among the others.
  template <class Step>
  void collect(const Step& step) {
    try {
      step();
    } catch (const Invalid& invalid) {
      for (const Problem& problem : invalid.problems()) problems_.add(problem);
    }
  }

  static int int_or(std::optional<std::int64_t> number, int otherwise) {
    return number ? static_cast<int>(*number) : otherwise;
  }

  static std::string headed(std::string_view name, std::string_view text) {
    return fmt::format("# --- {} ---\n{}{}", name, text,
                       text.empty() || text.back() == '\n' ? "" : "\n");
  }

  [[noreturn]] void refuse_empty() const {
    throw Invalid({{document_.file, 0, 0,
                    "is empty (a scenario needs [scenario] with title, start and strategies, and "
                    "[territory] with commune or epci); maillage new --commune CODE writes one"}});
  }

  [[noreturn]] void refuse_strategy() const {
    throw Invalid({{document_.file, 0, 0,
                    "is a strategy, not a scenario (name it in strategies of a scenario, which "
                    "checks it too)"}});
  }

  fs::path folder_;
  const ReadOptions& options_;
  TomlDocument document_;
  Problems problems_;
  Desk desk_;
  Scenario scenario_;
  std::optional<std::chrono::sys_days> start_;  ///< nothing while it is not known to be right
  bool has_parameters_ = false;                 ///< whether the parameter table could be read
  std::set<std::string> populated_;             ///< communes with a [[population]] ...
  std::set<std::string> supplied_;              ///< ... and with a [[supply]]
  std::vector<StrategyRequest> requests_;
  std::string override_lines_;
};

}  // namespace

Scenario read_scenario(const fs::path& file, const ReadOptions& options) {
  return ScenarioReader(file, options).read();
}

}  // namespace scenario
