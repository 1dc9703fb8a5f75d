#include "care/salaried_posts.hpp"

#include <algorithm>

#include "care/arrival.hpp"

namespace care {

using world::cents;
using world::months_per_year;

Rate salaried_candidate_rate(world::Profession profession, int residents,
                             const ArrivalParameters& arrival, const SalariedParameters& p) {
  const double settling = candidate_rate(profession, residents, arrival).per_year;
  const double preferred = p.posts[world::index(profession)].preferred_share;
  return {settling * preferred / (1 - preferred)};
}

Rate recruitment_rate(int vacancies, Rate candidates, const PostParameters& p) {
  if (vacancies <= 0) return {0};
  return {std::min(months_per_year / p.months_to_recruit, candidates.per_year / vacancies)};
}

void pay_posts(world::Profession profession, int filled, std::int32_t day,
               const SalariedParameters& p, Ledger& ledger) {
  const PostParameters& post = p.posts[world::index(profession)];
  const double wages = filled * post.gross_salary * p.employer_ratio;
  const double support = filled * post.support_fte * p.support_cost;
  const double other = (wages + support) * (1 / p.personnel_share - 1);
  const double subsidy = filled * post.gross_salary * p.contribution_subsidy;
  const double fees = filled * post.fees * (1 - p.rejected_share);
  ledger.pay(day, Account::municipality, Account::staff, cents(wages / months_per_year),
             Category::wages);
  ledger.pay(day, Account::municipality, Account::staff, cents(support / months_per_year),
             Category::posts_funded);
  ledger.pay(day, Account::municipality, Account::suppliers, cents(other / months_per_year),
             Category::running_cost);
  ledger.pay(day, Account::health_insurance, Account::municipality,
             cents(subsidy / months_per_year), Category::post_subsidy);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees / months_per_year),
             Category::fees);
}

void collect_fees(std::int64_t consultations, std::int32_t day, const SalariedParameters& p,
                  Ledger& ledger) {
  const double fees = static_cast<double>(consultations) * p.fee * (1 - p.rejected_share);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees), Category::fees);
  ledger.pay(day, Account::health_insurance, Account::municipality, cents(fees * p.lump_sum_ratio),
             Category::lump_sums);
}

}  // namespace care
