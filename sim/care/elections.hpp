/// Municipal elections, and what they do to the partnership with the professionals.
#pragma once

#include <chrono>

#include "care/parameters.hpp"
#include "pdes/stream.hpp"

namespace care {

/// Whether a municipal election is held in a month: in `election_month` of `election_year` and of
/// every year that is a multiple of `election_period` away from it (2014, 2020, 2026, 2032).
bool election_held(std::chrono::year_month month, const ElectionParameters& p);

/// Partnership after an election: with the probability `majority_change_share` the majority changes
/// and a share of it is kept (`partnership_kept_share`); otherwise all of it. One uniform.
/// Assumption A32: a break does not depend on what the municipality did.
double partnership_after_election(double partnership, pdes::Stream luck,
                                  const ElectionParameters& p);

}  // namespace care
