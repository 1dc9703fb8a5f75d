/// Whom a resident turns to, and when they give up.
#pragma once

#include <cstdint>
#include <vector>

#include "care/parameters.hpp"
#include "world/ids.hpp"

namespace care {

/// What a resident does when a practice has no appointment in time.
enum class AfterFailure : std::uint8_t { another_practice, renounce, emergency, wait_longer };

/// The shares of each answer, for a uniform `u` in (0, 1).
///
/// Published shares (Drees 2018): another practice 0.56, give up 0.32, emergency 0.03 (0.10 assumed
/// for an acute need); the rest waits longer. The poorest quintile gives up
/// `renunciation_poor_rr` times as often as the others, with the published share as the mean.
/// Without another practice left to ask, the other answers share what remains.
AfterFailure after_failure(double u, bool urgent, bool poorest_quintile, bool practices_left,
                           const AccessParameters& p);

/// One practice that a resident may turn to.
struct PracticeChoice {
  world::ProfessionalId gp = world::no_professional;
  double weight = 0;  ///< activity * exp(decay * minutes): logit with size
};

/// The practices seen from one commune.
struct Neighbourhood {
  std::vector<PracticeChoice> practices;
  double total = 0;  ///< of the weights
};

/// Takes a practice out of a neighbourhood.
void leave_out(world::ProfessionalId gp, Neighbourhood& neighbourhood);

/// The practice for a uniform `u`, `asked` left out; `no_professional` if none is left.
world::ProfessionalId choose_practice(double u, const Neighbourhood& neighbourhood,
                                      const std::vector<world::ProfessionalId>& asked);

}  // namespace care
