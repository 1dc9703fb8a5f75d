#include "care/social_work.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"

namespace care {

using world::months_per_year;

double social_work_share(double fte, std::int64_t poorest, const SocialWorkParameters& p) {
  return poorest > 0 ? std::min(1.0, fte * p.caseload / static_cast<double>(poorest)) : 0;
}

AccessRelief with_social_work(AccessRelief relief, double share, const SocialWorkParameters& p) {
  relief.no_advance_payment =
      std::min(1.0, relief.no_advance_payment + share * p.rights_missing * p.rights_opened);
  relief.social_work = share;
  return relief;
}

double outreach_probability(double share, const SocialWorkParameters& p) {
  return 1 - pdes::portable::exp(-p.outreach_rate * share);
}

double population_work_cost(const Means& means, std::int64_t gps, const Parameters& p) {
  return (means.social_worker_fte * p.social_work.cost +
          means.mediator_fte * p.municipal.mediator_cost +
          means.third_party * static_cast<double>(gps) * p.municipal.third_party_cost) /
         months_per_year;
}

double population_grant(const Means& means, int salaried_gps, double cost,
                        const SocialWorkParameters& p) {
  const bool whole = salaried_gps > 0 && means.social_worker_fte > 0 && means.mediator_fte > 0 &&
                     means.third_party >= 1;
  return whole ? std::min(means.population_grant * p.annual_grant / months_per_year, cost) : 0;
}

void pay_social_work(const Means& means, int salaried_gps, std::int64_t gps, std::int32_t day,
                     const Parameters& p, Ledger& ledger) {
  ledger.pay(day, Account::municipality, Account::staff,
             world::cents(means.social_worker_fte * p.social_work.cost / months_per_year),
             Category::access_support);
  const double cost = population_work_cost(means, gps, p);
  ledger.pay(day, Account::health_insurance, Account::municipality,
             world::cents(population_grant(means, salaried_gps, cost, p.social_work)),
             Category::population_grant);
}

}  // namespace care
