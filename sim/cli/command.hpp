/// What every subcommand shares: its shape, its common options, its exit codes.
#pragma once

#include <boost/program_options.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/language.hpp"
#include "scenario/scenario.hpp"
#include "world/catchment_map.hpp"
#include "world/territory.hpp"

namespace cli {

namespace po = boost::program_options;

/// Exit codes, after sysexits.h where it has one.
enum class Exit : int {
  done = 0,
  usage = 64,
  invalid = 65,  ///< the scenario is not valid, or a file is damaged
  input_missing = 66,
  defect = 70,  ///< ours
  cannot_create = 73,
  input_output = 74,
  interrupted = 75,  ///< resumable
  permission = 77,
};

using Arguments = std::vector<std::string>;

/// One subcommand: a line in the help, and a function from its words to an exit code.
struct Command {
  std::string_view name;
  analysis::Words summary;
  Exit (*run)(const Arguments& words);
};

Exit new_command(const Arguments& words);
Exit validate_command(const Arguments& words);
Exit explain_command(const Arguments& words);
Exit plan_command(const Arguments& words);
Exit run_command(const Arguments& words);
Exit slurm_command(const Arguments& words);
Exit status_command(const Arguments& words);
Exit expand_command(const Arguments& words);
Exit merge_command(const Arguments& words);
Exit verify_command(const Arguments& words);
Exit compare_command(const Arguments& words);
Exit report_command(const Arguments& words);
Exit export_command(const Arguments& words);

/// A message in the user's language, typeset.
template <class... Arguments>
std::string tell(analysis::Language language, const analysis::Words& words,
                 const Arguments&... arguments) {
  return analysis::fill(language, words, arguments...);
}

/// The options of a subcommand and its help page.
class Options {
 public:
  /// `usage` is the line after "maillage", `examples` ends the help.
  Options(std::string usage, analysis::Words summary, std::vector<std::string> examples);

  /// One more option, after `--help` and `--lang`: "output,o", what it takes, and what it does.
  Options& add(std::string names, po::value_semantic* value, analysis::Words meaning);
  /// One that takes nothing.
  Options& add(std::string names, analysis::Words meaning);
  /// One that takes nothing and that the meaning of another option tells of.
  Options& add_aside(const char* name);
  /// A word without a dash in front, in order; all that are left if `value` takes many.
  void positional(const char* name, po::value_semantic* value);

  /// Reads the words. False if help was asked for and shown. Throws `po::error`.
  bool parse(const Arguments& words);

  const po::variables_map& values() const { return values_; }
  bool has(const char* name) const { return values_.count(name) > 0; }
  analysis::Language language() const { return language_; }

 private:
  struct Option {
    std::string names;
    std::unique_ptr<po::value_semantic> value;  ///< none: takes nothing
    analysis::Words meaning;
  };

  std::string usage_;
  analysis::Words summary_;
  std::vector<std::string> examples_;
  std::vector<Option> visible_;
  po::options_description hidden_;
  po::positional_options_description positions_;
  po::variables_map values_;
  analysis::Language language_;
};

/// The locale of the environment, else English.
analysis::Language language_of_environment();
/// The language that the words ask for with `--lang`, if they do and it is known; else that of the
/// environment.
analysis::Language language_of(const Arguments& words);
/// What is wrong with the words, in a language.
std::string misuse(const po::error& error, analysis::Language language);
/// The value of `--lang`. Throws `po::error` that lists what is known.
analysis::Language parse_language(const std::string& text);

/// Where the program finds what it came with.
std::filesystem::path library_folder();  ///< parameters.csv and strategies/
std::filesystem::path territory_file();  ///< compiled communes
world::Territory read_territory();

/// The strategies of the library by name, each with its title in a language. A file that cannot be
/// read is left out: `validate` says what is wrong with it.
struct NamedStrategy {
  std::string name;
  std::string title;
  scenario::Strategy strategy;
};
std::vector<NamedStrategy> library_strategies(analysis::Language language);

/// The options that every command which reads a scenario shares.
struct ScenarioOptions {
  std::string file;
  scenario::Overrides overrides;
  std::vector<std::string> assignments;  ///< --set ID=VALUE, as typed
  std::optional<std::filesystem::path> data;
};
enum class ScenarioFile : std::uint8_t { required, optional };
void add_scenario_options(Options& options, ScenarioOptions& into,
                          ScenarioFile file = ScenarioFile::required);

/// A scenario and the territory that it plays in.
struct Prepared {
  scenario::Scenario scenario;
  world::CatchmentMap map;
};
/// Reads the scenario with what was given on the command line, and the territory around it. Throws
/// `scenario::Invalid` and `scenario::InputMissing`.
Prepared prepare(const Options& options, ScenarioOptions& given);
Prepared prepare(const ScenarioOptions& given);

/// The options of a command that can also repeat the run in a results file.
void add_repeat_options(Options& options);
/// Reads the scenario with what was given on the command line; or, with `--from`, the inputs of the
/// run in a results file and nothing else. Throws like `prepare` and `record::read_results`.
Prepared prepare_or_repeat(const Options& options, ScenarioOptions& given);

}  // namespace cli
