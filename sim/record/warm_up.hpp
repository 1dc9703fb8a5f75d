/// How long the beginning of a run is felt.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace record {

/// How many observations to leave out at the start of a series, by MSER-5 (White, "An effective
/// truncation heuristic for bias reduction in simulation output", Simulation 69(6), 1997; White,
/// Cobb and Spratt 2000): of the means Y_1 ... Y_k of batches of five, the first d are left out,
/// where d minimises the squared standard error of the rest,
///
///   z(d) = sum_{j > d} (Y_j - mean of the rest)^2 / (k - d)^2
///
/// Nothing if the least z lies at half of the series, where the search ends: then the series is too
/// short to tell, or has no level to settle at. Requires finite observations.
std::optional<std::size_t> mser_5(std::span<const double> series);

/// A week at the beginning of a run.
struct WarmUpWeek {
  double wait_mean = 0;         ///< days, of the consultations booked
  double registered_share = 0;  ///< of the residents, at its end
  double unmet_share = 0;       ///< needs that no practice took in time over those that arose
};

/// Months from the beginning of the run after which none of the three is biased by it: the latest
/// that `mser_5` finds. Nothing if it does not find one for each.
std::optional<double> warm_up_detected(std::span<const WarmUpWeek> weeks);

}  // namespace record
