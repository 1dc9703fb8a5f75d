/// The territorial network of professionals (CPTS): it brings patients and practices together, and
/// adds no capacity.
#pragma once

#include <cstdint>

#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "world/residents.hpp"

namespace care {

/// Whether the network looks for a GP for a resident: alive, with a long-term condition, without a
/// GP, and looking for one.
bool is_to_be_matched(const world::Resident& who, std::int32_t today);

/// Probability that the network finds a GP within a month for a resident with a long-term condition
/// who has none and looks for one, where a practice has room.
///
///   m = 1 - exp(-r s),  r: `cpts_matching_rate` per month; s: support, in [0, 1]
///
/// Source of r: the share of patients with a long-term condition and without a GP fell from 5.4 to
/// 3.8 % in the two years of the campaign of the Cnam and the networks (Cnam, 2022 and 2024).
/// Assumption A43: the fall is theirs, and a full support gives what the campaign gave.
double matching_probability(double support, const NetworkParameters& p);

/// Share of a day's slots that practices keep for the day before and the day itself.
///
///   k = min(1, k0 + k1 s),  k0: `slots_released_late_share`, k1: `cpts_same_day_share`
///
/// The slots come from planned consultations: none is added. Assumption A44: every practice of the
/// catchment takes part.
double kept_share(double support, double usual, const NetworkParameters& p);

/// A month of support, entered in the ledger: `cpts_support_cost`.
void pay_network(double support, std::int32_t day, const NetworkParameters& p, Ledger& ledger);

}  // namespace care
