#include "record/warm_up.hpp"

#include <algorithm>
#include <numeric>

#include "world/units.hpp"

namespace record {

std::optional<std::size_t> mser_5(std::span<const double> series) {
  constexpr std::size_t batch = 5;
  std::vector<double> means;
  for (std::size_t i = 0; i + batch <= series.size(); i += batch) {
    const auto values = series.subspan(i, batch);
    means.push_back(std::accumulate(values.begin(), values.end(), 0.0) / batch);
  }
  // Counted from the last one, a level series is zero to the bit, and rounding finds no transient.
  if (!means.empty()) {
    const double last = means.back();
    for (double& mean : means) mean -= last;
  }
  const std::size_t half = means.size() / 2;
  std::size_t best = 0;
  double least = 0;
  for (std::size_t d = 0; d <= half && d < means.size(); ++d) {
    const auto rest = std::span(means).subspan(d);
    const auto count = static_cast<double>(rest.size());
    const double mean = std::accumulate(rest.begin(), rest.end(), 0.0) / count;
    double squares = 0;
    for (const double value : rest) squares += (value - mean) * (value - mean);
    const double z = squares / (count * count);
    if (d == 0 || z < least) best = d, least = z;
  }
  if (means.empty() || (best == half && best > 0)) return std::nullopt;
  return best * batch;
}

std::optional<double> warm_up_detected(std::span<const WarmUpWeek> weeks) {
  std::size_t latest = 0;
  for (const auto part :
       {&WarmUpWeek::wait_mean, &WarmUpWeek::registered_share, &WarmUpWeek::unmet_share}) {
    std::vector<double> series;
    for (const WarmUpWeek& week : weeks) series.push_back(week.*part);
    const std::optional<std::size_t> found = mser_5(series);
    if (!found) return std::nullopt;
    latest = std::max(latest, *found);
  }
  constexpr double days_per_week = 7;
  return static_cast<double>(latest) * days_per_week * world::months_per_year /
         world::days_per_year;
}

}  // namespace record
