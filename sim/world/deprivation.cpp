#include "world/deprivation.hpp"

#include <cmath>

#include "pdes/sample.hpp"

namespace world {
namespace {

/// The standard normal law up to z, by halving where its quantile lies: the same bits everywhere.
double normal_share_up_to(double z) {
  double low = 1e-12, high = 1 - 1e-12;
  for (int halvings = 0; halvings < 60; ++halvings) {
    const double middle = (low + high) / 2;
    (pdes::normal_quantile(middle) < z ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

DeprivationParameters read_deprivation(const scenario::ParameterTable& table) {
  return {table.value("deprivation_index_mean"), table.value("deprivation_index_spread"),
          table.value("deprivation_between_share")};
}

QuintileShares quintile_shares(double index, const DeprivationParameters& p) {
  const double x = (index - p.index_mean) / p.index_spread;
  QuintileShares shares{};
  double below = 0;
  for (std::size_t k = 1; k <= quintile_count; ++k) {
    double up_to = 1;
    if (k < quintile_count) {
      const double cut = pdes::normal_quantile(static_cast<double>(k) / quintile_count);
      up_to = normal_share_up_to((cut - std::sqrt(p.between_share) * x) /
                                 std::sqrt(1 - p.between_share));
    }
    shares[k - 1] = up_to - below;
    below = up_to;
  }
  return shares;
}

}  // namespace world
