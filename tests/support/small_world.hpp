/// Builders for tests of the model: a small catchment, without files of territory.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
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

/// The library's table of needs.
inline const scenario::NeedTable& needs() {
  static const auto table = scenario::NeedTable::read(library() / "needs.csv", parameters());
  return table;
}

/// The table of the library with other values, also such as no scenario may set.
inline scenario::ParameterTable parameters_with(
    const std::vector<std::pair<std::string, double>>& values) {
  scenario::ParameterTable table = parameters();
  for (const auto& [id, value] : values) table.set(id, value, "a test");
  return table;
}

/// No need ever arises: careers and municipalities alone, for speed.
inline std::pair<std::string, double> no_demand() { return {"gp_latent_demand_ratio", 0}; }

/// The numbers of all laws, as the project's table has them.
inline const care::Parameters& table() {
  static const care::Parameters parameters = care::read_parameters(parameters_with({}));
  return parameters;
}

/// Nobody settles.
inline std::vector<std::pair<std::string, double>> no_candidates() {
  std::vector<std::pair<std::string, double>> values{{"gp_install_2022", 0}};
  for (std::size_t p = 1; p < world::profession_count; ++p) {
    values.emplace_back(std::string(world::profession_stems[p]) + "_install_rate", 0);
  }
  return values;
}

/// Nobody leaves.
inline std::vector<std::pair<std::string, double>> no_departures() {
  std::vector<std::pair<std::string, double>> values{{"relocation_base", 0},
                                                     {"other_relocation_base", 0},
                                                     {"burnout_base", 0},
                                                     {"other_retirement_hazard", 0},
                                                     {"gp_retire_hazard_71_plus", 0}};
  for (int age = 60; age <= 70; ++age) {
    values.emplace_back("gp_retire_hazard_" + std::to_string(age), 0);
  }
  return values;
}

/// One commune's professionals, in the order of `world::Profession`.
struct Town {
  int residents = 2000;
  std::array<double, world::profession_count> supply{2, 3, 2, 1};
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
    for (std::size_t p = 0; p < world::profession_count; ++p) {
      commune.supply[p] = {towns[i].supply[p], towns[i].given, {}};
    }
    communes.push_back(commune);
    for (std::size_t j = 0; j < towns.size(); ++j) minutes.push_back(i == j ? 5 : 10);
  }
  return {std::move(communes), std::move(minutes), world::CommuneId{0}, "made up for a test\n"};
}

inline scenario::Strategy strategy(std::vector<scenario::Action> actions = {},
                                   std::string name = "some_strategy") {
  scenario::Strategy strategy;
  strategy.name = std::move(name);
  strategy.title = "A strategy";
  strategy.actions = std::move(actions);
  return strategy;
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
  scenario.needs = needs();
  return scenario;
}

/// An experiment on a catchment of towns, under the table of the scenario.
inline experiment::Experiment experiment_of(const scenario::Scenario& scenario,
                                            const std::vector<Town>& towns) {
  return experiment::Experiment(scenario, map_of(towns, scenario.parameters));
}

/// A scenario of a town short of GPs, where nobody comes and nobody leaves.
inline scenario::Scenario short_of_gps(std::vector<scenario::Strategy> strategies, int years = 3) {
  scenario::Scenario scenario = scenario_of(std::move(strategies), years);
  for (const auto& values : {no_candidates(), no_departures()}) {
    for (const auto& [id, value] : values) scenario.parameters.set(id, value, "a test");
  }
  return scenario;
}

/// Everything that a municipality can do, from the first day.
inline std::vector<scenario::Action> every_lever() {
  using scenario::Lever;
  return {{Lever::partnership, 1, {}},
          {Lever::federation_support, 1, {}},
          {Lever::fund_coordinator, 0.5, {}},
          {Lever::lease_temporary_premises, 3, {}},
          {Lever::build, 6, {}},
          {Lever::third_party_payment, 0.5, {}},
          {Lever::dedicated_sessions, 2, {}},
          {Lever::health_mediators, 1, {}},
          {Lever::transport_on_demand, 0.5, {}},
          {Lever::walk_in_unit, 4, {}},
          {Lever::prevention_programme, 1, {}}};
}

inline experiment::Replication play(const experiment::Experiment& experiment,
                                    std::uint32_t replication = 0) {
  static const std::atomic<bool> never_stop = false;
  return *experiment.simulate(replication, never_stop);
}

/// How many months of an indicator two runs share from the start, bit for bit; missing is missing.
inline std::size_t months_in_common(const std::vector<double>& a, const std::vector<double>& b) {
  const auto same = [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), same).first -
                                  a.begin());
}

/// The same for all indicators.
inline std::size_t months_in_common(const experiment::RunRecord& a,
                                    const experiment::RunRecord& b) {
  std::size_t months = a.recorder.series(record::Indicator::residents).size();
  for (const record::IndicatorDefinition& definition : record::indicator_definitions) {
    months = std::min(months, months_in_common(a.recorder.series(definition.indicator),
                                               b.recorder.series(definition.indicator)));
  }
  return months;
}

/// Whether two runs found the same, to the last bit.
inline bool same_numbers(const experiment::RunRecord& a, const experiment::RunRecord& b) {
  return months_in_common(a, b) == a.recorder.series(record::Indicator::residents).size() &&
         a.stays == b.stays && a.ledger == b.ledger && a.events == b.events;
}

/// The sum of an indicator's months, and the value of its last one.
inline double total(const experiment::RunRecord& run, record::Indicator indicator) {
  double sum = 0;
  for (const double month : run.recorder.series(indicator)) sum += month;
  return sum;
}
inline double at_the_end(const experiment::RunRecord& run, record::Indicator indicator) {
  return run.recorder.series(indicator).back();
}

}  // namespace support
