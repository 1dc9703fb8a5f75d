/// Local accessibility of GPs (APL, "accessibilité potentielle localisée"): the State's measure of
/// supply, by the two-step floating catchment method with a decay by distance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "care/parameters.hpp"

namespace care {

/// A place that can be reached, and how much it counts from there.
struct Reach {
  std::uint32_t place = 0;
  double weight = 0;
};

/// The weight of a travel time: 1, then falling by steps, then 0 (`apl2016_weight_from_*`).
double accessibility_weight(double minutes, const AccessibilityParameters& p);

/// Consultations within reach of each place, per year and standardised resident:
///
///   R_j = m_j / sum_i w_ij p_i       consultations at j per standardised resident around j
///   A_i = sum_j w_ij R_j             those that a resident of i reaches
///
/// m: consultations on offer per year; p: residents, weighted by what their age consumes; w: the
/// weight of the travel time, the same either way. Where everything on offer is within somebody's
/// reach, the mean of A weighted by p is the whole offer over all residents. Published method:
/// Barlet, Coldefy, Collin, Lucas-Gabrielli (Drees, Études et résultats 795, 2012), weights of
/// Vergier and Chaput (Drees, Dossiers 17, 2017). Requires `reach` to be symmetric.
std::vector<double> local_accessibility(std::span<const double> offered,
                                        std::span<const double> residents,
                                        const std::vector<std::vector<Reach>>& reach);

}  // namespace care
