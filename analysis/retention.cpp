#include "analysis/retention.hpp"

#include <algorithm>

namespace analysis {
namespace {

constexpr double days_per_year = 365.25;

}  // namespace

Words label(Cohort cohort) {
  switch (cohort) {
    case Cohort::arrivals:
      return {"arrived during the run", "installés pendant la simulation"};
    case Cohort::at_start:
      return {"there at the start", "présents au début"};
  }
  return {};
}

std::vector<Duration> stays(const record::Results& results, std::size_t strategy, Cohort cohort,
                            std::optional<world::Profession> profession) {
  std::vector<Duration> durations;
  for (const record::Stay& stay : results.stays) {
    if (stay.strategy != strategy || stay.here_at_start != (cohort == Cohort::at_start)) continue;
    if (profession && stay.profession != *profession) continue;
    const bool ended = stay.cause != record::DepartureCause::still_here;
    const std::int32_t days = stay.departure_day - stay.arrival_day;
    if (days <= 0 && !ended) continue;  // came on the last day: nothing was watched
    durations.push_back({std::max(0.5, static_cast<double>(days)) / days_per_year, ended});
  }
  return durations;
}

Retained retained(const std::vector<Duration>& group, double years) {
  Retained result;
  result.count = group.size();
  result.watched = static_cast<std::size_t>(
      std::count_if(group.begin(), group.end(),
                    [years](const Duration& duration) { return duration.time >= years; }));
  result.at = survival_at(kaplan_meier(group), years);
  return result;
}

}  // namespace analysis
