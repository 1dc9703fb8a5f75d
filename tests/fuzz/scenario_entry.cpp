#include "entries.hpp"
#include "problems.hpp"
#include "scenario/read_strategy.hpp"
#include "scenario/read_toml.hpp"
#include "scenario/scenario.hpp"
#include "several_files.hpp"

namespace fuzz {

void read_as_scenario(std::string_view bytes) {
  static const Folder folder;
  folder.put(files_in(bytes, "scenario.toml"),
             {"scenario.toml", "own.csv", "own_needs.csv", "strategies/own.toml"});
  scenario::ReadOptions options;
  options.library = FUZZ_LIBRARY;
  may_complain([&] {
    const scenario::Scenario scenario = scenario::read_scenario(folder / "scenario.toml", options);
    require(!scenario.strategies.empty(), "a scenario without a strategy was taken");
    require(scenario.baseline < scenario.strategies.size(), "the baseline is no strategy");
  });
  may_complain([&] {
    scenario::Problems problems;
    scenario::read_strategy(scenario::read_toml(folder / "scenario.toml"), std::nullopt, problems);
    problems.throw_if_any();
  });
}

}  // namespace fuzz
