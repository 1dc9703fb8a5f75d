/// Builders for tests of the model: a small catchment, without files of territory.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "scenario/scenario.hpp"
#include "world/catchment_map.hpp"

namespace support {

inline std::filesystem::path library() { return MAILLAGE_SOURCE_SCENARIOS; }

inline const scenario::ParameterTable& parameters() {
  static const auto table = scenario::ParameterTable::read(library() / "parameters.csv");
  return table;
}

/// One commune's professionals, in the order of `world::Profession`.
struct Town {
  int residents = 2000;
  std::array<double, scenario::profession_count> supply{2, 3, 2, 1};
  bool given = true;
};

/// A catchment of towns ten minutes apart; the first one acts.
inline world::CatchmentMap map_of(const std::vector<Town>& towns,
                                  const scenario::ParameterTable& table = parameters()) {
  std::vector<world::CatchmentCommune> communes;
  std::vector<double> minutes;
  for (std::size_t i = 0; i < towns.size(); ++i) {
    world::CatchmentCommune commune;
    commune.code = "0000" + std::to_string(i);
    commune.name = "Town " + std::to_string(i);
    commune.residents = towns[i].residents;
    commune.population = world::read_population(table, 2024);
    for (std::size_t p = 0; p < scenario::profession_count; ++p) {
      commune.supply[p] = {towns[i].supply[p], towns[i].given, {}};
    }
    communes.push_back(commune);
    for (std::size_t j = 0; j < towns.size(); ++j) minutes.push_back(i == j ? 5 : 10);
  }
  return {std::move(communes), std::move(minutes), world::CommuneId{0}, "made up for a test\n"};
}

inline scenario::Strategy strategy(std::vector<scenario::Action> actions = {},
                                   std::string name = "some_strategy") {
  return {name, "A strategy", std::move(actions)};
}

inline scenario::Scenario scenario_of(std::vector<scenario::Strategy> strategies, int years = 2) {
  scenario::Scenario scenario;
  scenario.name = "test";
  scenario.title = "A test";
  scenario.start = std::chrono::sys_days{std::chrono::year{2024} / 1 / 1};
  scenario.years = years;
  scenario.warm_up_months = 6;
  scenario.replications = 2;
  scenario.commune = "00000";
  scenario.strategies = std::move(strategies);
  scenario.parameters = parameters();
  return scenario;
}

/// Everything that a municipality of the first depth can do, from the first day.
inline std::vector<scenario::Action> every_lever() {
  using scenario::Lever;
  return {{Lever::partnership, 1, {}},
          {Lever::federation_support, 1, {}},
          {Lever::fund_coordinator, 0.5, {}},
          {Lever::lease_temporary_premises, 3, {}},
          {Lever::build, 6, {}}};
}

inline experiment::Replication play(const experiment::Experiment& experiment,
                                    std::uint32_t replication = 0) {
  static const std::atomic<bool> never_stop = false;
  return *experiment.simulate(replication, never_stop);
}

}  // namespace support
