/// How deprived the residents of a commune are, in fifths of the residents of France.
#pragma once

#include <array>
#include <cstddef>

#include "scenario/parameters.hpp"

namespace world {

inline constexpr std::size_t quintile_count = 5;
/// Residents of a commune by fifth of deprivation, the least deprived first; relative to their sum.
using QuintileShares = std::array<double, quintile_count>;
inline constexpr QuintileShares even_quintiles{1, 1, 1, 1, 1};

/// How an index of communes tells of their residents.
struct DeprivationParameters {
  double index_mean = 0;     ///< `deprivation_index_mean`, of the communes, weighted by residents
  double index_spread = 1;   ///< `deprivation_index_spread`, its standard deviation
  double between_share = 0;  ///< `deprivation_between_share`
};
DeprivationParameters read_deprivation(const scenario::ParameterTable& table);

/// Shares of the fifths in a commune whose deprivation index is given (French EDI, higher is
/// poorer). Residents differ within communes more than communes do: deprivation is normal, with
/// variance 1 over France, of which a share r lies between communes, so that up to fifth k there
/// are
///
///   F_k = Phi((Phi^-1(k / 5) - sqrt(r) x) / sqrt(1 - r)),   x = (index - mean) / spread
///
/// Over France each fifth then has its fifth of the residents. At r = 0 every commune is like
/// France. Requires 0 <= r < 1. Assumption A63: the index is normal over residents (its skewness is
/// 0.3), and spreads alike within every commune.
QuintileShares quintile_shares(double index, const DeprivationParameters& p);

}  // namespace world
