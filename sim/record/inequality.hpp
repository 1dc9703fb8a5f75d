/// Two measures of social inequality, from rates by deprivation quintile.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

namespace record {

inline constexpr std::size_t quintiles = 5;
using ByQuintile = std::array<std::int64_t, quintiles>;  ///< the least deprived first

namespace detail {

/// Calls `visit(share, rank, rate)` for each group, the most deprived first. `rank` is the middle
/// of the group's place among the residents, from 0 (the most deprived) to 1.
template <class Visit>
void for_each_group(const ByQuintile& events, const ByQuintile& residents, Visit visit) {
  double all = 0;
  for (const std::int64_t n : residents) all += static_cast<double>(n);
  double before = 0;
  for (std::size_t q = quintiles; q-- > 0;) {
    if (residents[q] == 0) continue;
    const auto n = static_cast<double>(residents[q]);
    visit(n / all, (before + n / 2) / all, static_cast<double>(events[q]) / n);
    before += n;
  }
}

}  // namespace detail

/// Concentration index of some events among residents ranked from the most deprived:
///
///   C = 2 / h sum_q f_q h_q R_q - 1
///
/// f: share of the residents; h_q: events per resident of the group, h: of all; R: rank. In [-1,
/// 1]; below 0 where the deprived have more of them, 0 if all have the same. Kakwani, Wagstaff and
/// van Doorslaer, Journal of Econometrics 77(1), 1997. Missing without events.
inline double concentration_index(const ByQuintile& events, const ByQuintile& residents) {
  double weighted = 0, mean = 0;
  detail::for_each_group(events, residents, [&](double share, double rank, double rate) {
    weighted += share * rate * rank;
    mean += share * rate;
  });
  return mean > 0 ? 2 * weighted / mean - 1 : std::numeric_limits<double>::quiet_NaN();
}

/// Slope index of inequality: the slope of the events per resident over the same rank, by least
/// squares weighted by the residents of each group; the gap between the two ends of society:
///
///   S = sum_q f_q (R_q - R) (h_q - h) / sum_q f_q (R_q - R)^2
///
/// Missing with fewer than two groups.
inline double slope_index(const ByQuintile& events, const ByQuintile& residents) {
  double mean_rank = 0, mean = 0, together = 0, spread = 0;
  detail::for_each_group(events, residents, [&](double share, double rank, double rate) {
    mean_rank += share * rank;
    mean += share * rate;
  });
  detail::for_each_group(events, residents, [&](double share, double rank, double rate) {
    together += share * (rank - mean_rank) * (rate - mean);
    spread += share * (rank - mean_rank) * (rank - mean_rank);
  });
  return spread > 0 ? together / spread : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace record
