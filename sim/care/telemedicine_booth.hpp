/// A telemedicine booth: consultations from a distance, for those who use one.
#pragma once

#include <cstdint>

#include "care/ledger.hpp"
#include "care/parameters.hpp"

namespace care {

/// Share of residents who accept a consultation in a booth and manage one.
///
///   s = s(age) r^[poorest],  s(age): `booth_use_share_under_65` or, from `booth_use_age_limit`
///   on, `booth_use_share_65_plus`; r: `booth_use_ratio_poor`; 1 at most
///
/// Assumption A42: who would use a booth always would; a share `booth_treatable_share` of urgent
/// needs can be dealt with from a distance, whoever has them. A booth registers nobody, and what it
/// sees is no follow-up.
double booth_use_share(double age, bool poorest_quintile, const OfferParameters& p);

/// A month of booths, entered in the ledger: `booth_yearly_cost`.
void pay_booths(double booths, std::int32_t day, const OfferParameters& p, Ledger& ledger);

}  // namespace care
