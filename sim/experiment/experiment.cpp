#include "experiment/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "experiment/build_info.hpp"
#include "experiment/inputs.hpp"
#include "pdes/calendar_event_set.hpp"
#include "pdes/sequential_engine.hpp"

namespace experiment {
namespace {

/// Most events lie within a year: the next need of each resident.
constexpr pdes::CalendarShape a_year_of_half_days{pdes::Duration{512}, 1024};

record::Provenance provenance_of(const scenario::Scenario& scenario,
                                 const world::CatchmentMap& map) {
  record::Provenance provenance;
  provenance.scenario_name = scenario.name;
  provenance.scenario_title = scenario.title;
  provenance.scenario_text = scenario.text;
  provenance.parameters_csv = scenario.parameters.to_csv();
  for (const world::CatchmentCommune& commune : map.communes()) {
    provenance.territory +=
        fmt::format("{} {}: {}\n", commune.code, commune.name, commune.residents);
  }
  provenance.version = version;
  provenance.commit = commit;
  provenance.compiler = compiler;
  provenance.notes = fmt::format(
      "{}warm-up: {} months of patient flow before the start, left out of every number\n"
      "conservation: residents, professionals, panels, needs, rooms and euros were counted at the "
      "end of every run, and none was lost\n",
      map.notes(), scenario.warm_up_months);
  provenance.inputs_json = inputs_json(scenario, map);
  provenance.run_key = run_key(provenance.inputs_json);
  return provenance;
}

}  // namespace

Experiment::Experiment(scenario::Scenario scenario, world::CatchmentMap map)
    : scenario_(std::move(scenario)),
      map_(std::move(map)),
      calendar_(scenario_.start, scenario_.warm_up_months, scenario_.years),
      parameters_(care::read_parameters(scenario_.parameters)),
      needs_(scenario_.needs, scenario_.parameters),
      professionals_(world::read_professional_population(scenario_.parameters)),
      provenance_(provenance_of(scenario_, map_)) {}

std::optional<RunRecord> Experiment::simulate(const scenario::Strategy& strategy,
                                              std::uint32_t replication,
                                              const std::atomic<bool>& stop) const {
  const care::Setup setup{map_,
                          calendar_,
                          professionals_,
                          parameters_,
                          needs_,
                          scenario_.team_stage,
                          scenario_.yearly_budget};
  std::vector<care::Catchment> catchments;
  catchments.emplace_back(setup, strategy, world::Luck{scenario_.seed, replication});
  pdes::SequentialEngine<care::Catchment, pdes::CalendarEventSet> engine(
      std::move(catchments), {}, pdes::CalendarEventSet<care::CareEvent>(a_year_of_half_days));
  for (int month = 0; month <= calendar_.months(); ++month) {
    if (stop) return std::nullopt;
    engine.run(world::Calendar::start_of(calendar_.month_start(month)));
  }
  engine.run(calendar_.horizon() + pdes::Duration{1});  // the last month is closed at the horizon
  const care::Catchment& catchment = engine.processes().front();
  catchment.check_conservation();
  return RunRecord{catchment.recorder(), catchment.stays(), catchment.ledger().entries(),
                   engine.events_executed()};
}

std::optional<Replication> Experiment::simulate(std::uint32_t replication,
                                                const std::atomic<bool>& stop) const {
  Replication runs;
  for (const scenario::Strategy& strategy : scenario_.strategies) {
    std::optional<RunRecord> run = simulate(strategy, replication, stop);
    if (!run) return std::nullopt;
    runs.push_back(std::move(*run));
  }
  return runs;
}

record::Results Experiment::block(std::int64_t first_replication,
                                  const std::vector<Replication>& replications) const {
  record::Results results;
  results.provenance = provenance_;
  for (const scenario::Strategy& strategy : scenario_.strategies) {
    results.strategies.push_back({strategy.name, strategy.title, strategy.title_fr});
  }
  results.baseline = static_cast<std::int64_t>(scenario_.baseline);
  results.start_date = world::iso_date(scenario_.start);
  results.seed = scenario_.seed;
  results.replication_numbers =
      record::consecutive(first_replication, static_cast<std::int64_t>(replications.size()));
  results.planned = scenario_.replications;
  results.months = calendar_.months();
  for (const world::CatchmentCommune& commune : map_.communes()) {
    results.communes.push_back({commune.code, commune.name});
  }
  results.resize_series();
  for (std::size_t r = 0; r < replications.size(); ++r) {
    for (std::size_t s = 0; s < replications[r].size(); ++s) {
      const RunRecord& run = replications[r][s];
      for (const record::IndicatorDefinition& definition : record::indicator_definitions) {
        const std::vector<double>& series = run.recorder.series(definition.indicator);
        std::copy(series.begin(), series.end(),
                  results.months_of(definition.indicator, s, r).begin());
      }
      for (const auto& definition : record::commune_indicator_definitions) {
        const std::vector<float>& years = run.recorder.communes().series(definition.indicator);
        std::copy(years.begin(), years.end(),
                  results.communes_of(definition.indicator, s, r).begin());
      }
      const auto label = [&](auto row) {
        row.replication =
            static_cast<std::int32_t>(first_replication + static_cast<std::int64_t>(r));
        row.strategy = static_cast<std::uint8_t>(s);
        return row;
      };
      for (const record::Stay& stay : run.stays) results.stays.push_back(label(stay));
      for (const record::LedgerEntry& entry : run.ledger) results.ledger.push_back(label(entry));
    }
  }
  return results;
}

}  // namespace experiment
