#include "care/telemedicine_booth.hpp"

#include <algorithm>

namespace care {

double booth_use_share(double age, bool poorest_quintile, const OfferParameters& p) {
  const double share = age < p.booth_age_limit ? p.booth_use_younger : p.booth_use_older;
  return std::min(1.0, share * (poorest_quintile ? p.booth_use_ratio_poor : 1));
}

void pay_booths(double booths, std::int32_t day, const OfferParameters& p, Ledger& ledger) {
  ledger.pay(day, Account::municipality, Account::suppliers,
             world::cents(booths * p.booth_cost / world::months_per_year),
             Category::access_support);
}

}  // namespace care
