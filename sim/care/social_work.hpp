/// Social work: rights opened, and residents led to care; and the grant of a centre that does it.
#pragma once

#include <cstdint>

#include "care/access.hpp"
#include "care/ledger.hpp"
#include "care/municipality.hpp"
#include "care/parameters.hpp"

namespace care {

/// Share of the most deprived quintile whom social workers serve.
///
///   s = min(1, FTE c / poorest),  c: `social_worker_caseload`
double social_work_share(double fte, std::int64_t poorest, const SocialWorkParameters& p);

/// The relief of access with what social work adds for the share it serves.
///
///   payment without advance   min(1, a + s n o)
///   social work               s
///
/// a: share served before; n: `c2s_non_takeup`, the share of those entitled to full third-party
/// cover who do not have it (Drees 2024); o: `social_work_rights_opened`, of them. Assumption A45:
/// all of the most deprived quintile are entitled.
AccessRelief with_social_work(AccessRelief relief, double share, const SocialWorkParameters& p);

/// Probability that a resident of the most deprived quintile who never looks for a GP begins to
/// look within a month.
///
///   b = 1 - exp(-r s),  r: `social_work_outreach_rate` per month; s: share served
///
/// Assumption A46: outreach serves evenly, and who has begun to look goes on.
double outreach_probability(double share, const SocialWorkParameters& p);

/// What social work and mediation cost in a month, with the help to GPs who ask for no payment in
/// advance: what a centre with a responsibility for its population spends on it. EUR.
double population_work_cost(const Means& means, std::int64_t gps, const Parameters& p);

/// The month's grant of the health insurance, in EUR.
///
///   min(g G / 12, cost)   with GPs employed, social work, mediation and payment without advance at
///                         all GPs, all together; else 0
///
/// g: share of the grant asked for; G: `secpa_annual_grant`; cost: `population_work_cost`.
/// Assumption A47: the grant pays for that work and for nothing else.
double population_grant(const Means& means, int salaried_gps, double cost,
                        const SocialWorkParameters& p);

/// A month of social workers, and the grant, entered in the ledger.
void pay_social_work(const Means& means, int salaried_gps, std::int64_t gps, std::int32_t day,
                     const Parameters& p, Ledger& ledger);

}  // namespace care
