/// Posts of GPs employed by the municipality: who takes them, what they cost and what they bring
/// in.
#pragma once

#include <cstdint>

#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "world/hazard_clock.hpp"
#include "world/ids.hpp"

namespace care {

/// One post. A vacant one looks for its next GP all the time, also before the premises open.
struct Post {
  world::HazardClock recruitment;
  std::uint32_t hires = 0;
  world::ProfessionalId holder = world::no_professional;
};

/// GPs per year who would consider a salaried post here: a pool apart from those who settle.
///
///   candidates = flow residents small_area / s * x / (1 - x)
///
/// flow, small_area and s as in `candidate_rate`; x: `young_gp_accept_salaried_offer`, the share of
/// young GPs who prefer a salaried post.
Rate salaried_candidate_rate(int residents, const ArrivalParameters& arrival,
                             const SalariedParameters& p);

/// Hires per year of each vacant post: the usual time to fill one, as long as candidates last.
///
///   rate = min(12 / `salaried_recruit_months`, candidates / vacancies)
Rate recruitment_rate(int vacancies, Rate candidates, const SalariedParameters& p);

/// What so many posts that are filled cost in a month: wages with charges, the support staff
/// beside them, and all that is not personnel; less the subsidy on employers' contributions.
void pay_posts(int filled, std::int32_t day, const SalariedParameters& p, Ledger& ledger);

/// The fees of so many consultations, less those rejected in third-party payment, and the lump
/// sums that come with them.
void collect_fees(std::int64_t consultations, std::int32_t day, const SalariedParameters& p,
                  Ledger& ledger);

}  // namespace care
