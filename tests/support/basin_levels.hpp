/// The levels that the parameters are set by, as a basin of 12,000 residents at the national
/// densities of professionals has them: no town in particular, and no strategy.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pdes/sequential_engine.hpp"
#include "tests/pdes/statistics.hpp"
#include "tests/support/small_world.hpp"

namespace support::basin {

using record::Indicator;

inline constexpr int residents = 12'000;
inline constexpr int years = 3;

/// A level, found once per replication.
using Levels = std::map<std::string, std::vector<double>>;

inline Levels levels(std::uint32_t replications) {
  auto scenario = support::scenario_of({support::strategy()}, years);
  scenario.warm_up_months = 12;
  const auto experiment =
      support::experiment_of(scenario, {{residents, {9.2, 17.5, 13.3, 6.2}, false}});
  Levels found;
  for (std::uint32_t replication = 0; replication < replications; ++replication) {
    const auto run = support::play(experiment, replication).front();
    const auto total = [&](Indicator indicator) { return support::total(run, indicator); };
    const double person_years = total(Indicator::residents) / 12;
    const auto a_year = [&](Indicator indicator) { return total(indicator) / person_years; };
    const auto mean = [&](Indicator indicator) { return total(indicator) / (12 * years); };
    found["contacts"].push_back(a_year(Indicator::seen_by_registered_gp) +
                                a_year(Indicator::seen_by_another_gp));
    found["wait median"].push_back(mean(Indicator::wait_median));
    found["requests failed"].push_back(mean(Indicator::requests_failed_share));
    found["needs given up"].push_back(total(Indicator::renunciations) / total(Indicator::needs));
    found["needs without a GP"].push_back(
        (total(Indicator::renunciations) + total(Indicator::emergency_visits)) /
        total(Indicator::needs));
    found["emergency, no appointment"].push_back(a_year(Indicator::emergency_visits));
    found["emergency, treatable"].push_back(a_year(Indicator::emergency_visits_treatable));
    found["emergency, all"].push_back(a_year(Indicator::emergency_visits_all));
    found["avoidable admissions"].push_back(1000 * a_year(Indicator::avoidable_admissions));
    found["follow-up unmet"].push_back(mean(Indicator::follow_up_unmet) / residents);
    found["without a GP, 16+"].push_back(mean(Indicator::adults_without_gp_share));
    found["continuity"].push_back(mean(Indicator::continuity_of_care));
    found["APL"].push_back(mean(Indicator::local_accessibility));
  }
  return found;
}

/// Adults registered with each GP at work when the warm-up ends, over some replications.
inline std::vector<double> adult_lists(std::uint32_t first, std::uint32_t last) {
  const auto scenario = support::scenario_of({support::strategy()}, 1);
  const world::CatchmentMap map = support::map_of({{residents, {9.2, 17.5, 13.3, 6.2}, false}});
  const world::Calendar calendar(scenario.start, 12, scenario.years);
  const care::Parameters parameters = care::read_parameters(scenario.parameters);
  const care::NeedCatalogue needs(scenario.needs, scenario.parameters);
  const auto professionals = world::read_professional_population(scenario.parameters);
  const care::Setup setup{map, calendar, professionals, parameters, needs};
  std::vector<double> lists;
  for (std::uint32_t replication = first; replication < last; ++replication) {
    std::vector<care::Catchment> catchments;
    catchments.emplace_back(setup, scenario.strategies.front(),
                            world::Luck{scenario.seed, replication});
    pdes::SequentialEngine engine(std::move(catchments));
    engine.run(world::Calendar::start_of(calendar.warm_up_days()));
    const care::Catchment& basin = engine.processes().front();
    std::vector<double> of_gp(basin.professionals().size(), 0);
    for (const world::Resident& who : basin.residents()) {
      if (!who.alive || who.registered_gp == world::no_professional) continue;
      if (who.age_on(calendar.warm_up_days()) < care::adult_age) continue;
      ++of_gp[world::index(who.registered_gp)];
    }
    for (std::size_t p = 0; p < of_gp.size(); ++p) {
      if (basin.professionals()[p].profession == world::Profession::gp) lists.push_back(of_gp[p]);
    }
  }
  std::sort(lists.begin(), lists.end());
  return lists;
}

/// Quartiles and mean of the adult lists, once per batch of so many replications.
inline Levels lists(std::uint32_t batches, std::uint32_t size) {
  Levels found;
  for (std::uint32_t batch = 0; batch < batches; ++batch) {
    const std::vector<double> lists = adult_lists(batch * size, (batch + 1) * size);
    const auto quantile = [&](double share) {
      return lists[static_cast<std::size_t>(share * static_cast<double>(lists.size()))];
    };
    found["list, first quartile"].push_back(quantile(0.25));
    found["list, median"].push_back(quantile(0.5));
    found["list, third quartile"].push_back(quantile(0.75));
    double sum = 0;
    for (const double list : lists) sum += list;
    found["list, mean"].push_back(sum / static_cast<double>(lists.size()));
  }
  return found;
}

/// A mean and its 95 % interval between replications, or batches of them.
struct Interval {
  double mean = 0, low = 0, high = 0;
};

/// `student`: the 97.5 % quantile of Student's law for the number of values.
inline Interval interval(const std::vector<double>& values, double student) {
  const pdes::test::Estimate found = pdes::test::estimate(values);
  return {found.mean, found.mean - student * found.standard_error,
          found.mean + student * found.standard_error};
}

}  // namespace support::basin
