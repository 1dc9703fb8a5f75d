/// Whom a resident turns to, and when they give up.
#pragma once

#include <cstdint>
#include <vector>

#include "care/parameters.hpp"
#include "world/ids.hpp"

namespace care {

/// What a resident does when a practice has no appointment in time.
enum class AfterFailure : std::uint8_t { another_practice, renounce, emergency, wait_longer };

/// What makes a resident give up more often than others.
struct Circumstances {
  bool poorest_quintile = false;
  bool limited_mobility = false;
};

/// What helps residents not to give up: the share of those concerned whom each measure serves, in
/// [0, 1].
struct AccessRelief {
  double no_advance_payment = 0;  ///< of the poorest quintile
  double mediation = 0;           ///< of the poorest quintile
  double transport = 0;           ///< of residents with limited mobility
  double social_work = 0;         ///< of the poorest quintile
  bool operator==(const AccessRelief&) const = default;
};

/// How often a resident gives up, relative to the mean of all without any relief:
///
///   ratio = r / (1 + q (r - 1))                      for each circumstance that holds
///         = 1 / (1 + q (r - 1))                      for each that does not
///         x (1 + e_a a) (1 + e_m m) (1 + e_s s)      in the poorest quintile
///         x (1 + e_t t)                              with limited mobility
///
/// r: `renunciation_poor_rr` (Drees 2021), `renunciation_immobile_rr`; q: the share of residents
/// concerned; a, m, s, t: the shares served by payment without advance, mediation, social work and
/// transport; e: `third_party_effect_poor`, `mediation_effect_renunciation`,
/// `social_work_effect_renunciation`, `transport_effect_immobile`, below 0. Relief serves evenly,
/// so that its share scales its effect. Assumption A10: the terms multiply.
double renunciation_ratio(const Circumstances& who, const AccessRelief& relief,
                          const AccessParameters& p);

/// The shares of each answer, for a uniform `u` in (0, 1).
///
/// Published shares (Drees 2018): another practice 0.56, give up 0.32, emergency 0.03 (0.10 assumed
/// for an acute need); the rest waits longer. A resident gives up `renunciation_ratio` times as
/// often as the mean. Without another practice left to ask, the other answers share what remains.
AfterFailure after_failure(double u, bool urgent, double renunciation_ratio, bool practices_left,
                           const AccessParameters& p);

/// Probability that a practice with room takes on a resident who asks:
///
///   min(1, acceptance (1 + g m))   in the poorest quintile, acceptance for the others
///
/// g: `mediation_search_gain`; m: share served by mediation; `mt_search_success_per_try`.
double acceptance_probability(const Circumstances& who, const AccessRelief& relief,
                              const AccessParameters& p);

}  // namespace care
