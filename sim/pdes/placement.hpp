/// Which processes go together: neighbours in `LpId` order, cut into slices of about equal weight.
#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace pdes {

/// Cuts `processes` processes into `slices` slices of neighbours of about equal weight. Slice s is
/// [bounds[s], bounds[s + 1]) of the `slices + 1` bounds that are returned.
///
/// `weights` is the work expected of each process, in `LpId` order and in any unit; none if all are
/// alike. With the weights before a process added up to B, a process of weight w goes to the slice
///
///     floor((B + w / 2) / total * slices)
///
/// in which the middle of its weight lies. So no slice weighs more than total / slices plus the
/// heaviest process, and some are empty if there are few processes or a very heavy one.
///
/// The result depends on nothing but the arguments, to the bit: ranks that call it with equal
/// arguments need not tell each other where a process is.
///
/// Throws `std::invalid_argument` unless there is a slice and the weights, if given, are one per
/// process, finite, not negative and not all zero.
inline std::vector<std::size_t> contiguous_slices(std::size_t processes, std::size_t slices,
                                                  std::span<const double> weights = {}) {
  if (slices == 0) throw std::invalid_argument("processes cannot be cut into no slice at all");
  if (!weights.empty() && weights.size() != processes) {
    throw std::invalid_argument("weights must be one per process");
  }
  double total = weights.empty() ? static_cast<double>(processes) : 0;
  for (const double weight : weights) {
    if (!(weight >= 0)) throw std::invalid_argument("a weight of a process is negative");
    total += weight;
  }
  if (!weights.empty() && !(total > 0 && std::isfinite(total))) {
    throw std::invalid_argument("weights must be finite, and not all zero");
  }
  std::vector<std::size_t> bounds{0};
  bounds.reserve(slices + 1);
  double before = 0;
  for (std::size_t i = 0; i < processes; ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    const double middle = (before + weight / 2) / total * static_cast<double>(slices);
    const std::size_t slice = std::min(static_cast<std::size_t>(middle), slices - 1);
    while (bounds.size() <= slice) bounds.push_back(i);  // slices that begin here, or are empty
    before += weight;
  }
  bounds.resize(slices + 1, processes);
  return bounds;
}

/// The slice to which a process belongs. Requires a process below the last bound.
inline std::size_t slice_of(std::size_t process, std::span<const std::size_t> bounds) {
  assert(process < bounds.back());
  const auto after = std::upper_bound(bounds.begin(), bounds.end(), process);
  return static_cast<std::size_t>(after - bounds.begin()) - 1;
}

}  // namespace pdes
