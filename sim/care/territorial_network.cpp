#include "care/territorial_network.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"

namespace care {

bool is_to_be_matched(const world::Resident& who, std::int32_t today) {
  return who.alive && who.long_term_condition(today) && who.looks_for_gp &&
         who.registered_gp == world::no_professional;
}

double matching_probability(double support, const NetworkParameters& p) {
  return 1 - pdes::portable::exp(-p.matching_rate * support);
}

double kept_share(double support, double usual, const NetworkParameters& p) {
  return std::min(1.0, usual + p.same_day_share * support);
}

void pay_network(double support, std::int32_t day, const NetworkParameters& p, Ledger& ledger) {
  ledger.pay(day, Account::municipality, Account::suppliers,
             world::cents(support * p.cost / world::months_per_year), Category::project_support);
}

}  // namespace care
