#include "care/budget.hpp"

#include <algorithm>

#include "care/co_funding.hpp"

namespace care {
namespace {

constexpr int full_year = 12;

Cents cost_of(int months, const Claim& claim) { return months * claim.per_month + claim.at_once; }

}  // namespace

MoneyLeft BudgetYear::left(Cents owed_per_month, int months) const {
  return {budget_ - full_year * owed_per_month - at_once_,
          budget_ - engaged_ - months * owed_per_month, months};
}

Stopped refused_for_lack_of_money(std::vector<Claim> claims, const MoneyLeft& left) {
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    const Cents of_a = cost_of(full_year, a), of_b = cost_of(full_year, b);
    return of_a != of_b ? of_a < of_b : a.lever < b.lever;
  });
  Stopped refused{};
  Cents of_a_full_year, of_this_year;
  for (const Claim& claim : claims) {
    if (cost_of(full_year, claim) <= Cents{}) continue;
    of_a_full_year += cost_of(full_year, claim);
    of_this_year += cost_of(left.months, claim);
    refused[static_cast<std::size_t>(claim.lever)] =
        of_a_full_year > left.of_a_full_year || of_this_year > left.of_this_year;
  }
  return refused;
}

Cents expected_instalment(int rooms, const Works& works, scenario::TeamStage project,
                          const MunicipalParameters& p) {
  const Cents cost = world::cents(rooms * p.room_area * works.cost_m2);
  return Loan(cost - grants_for(cost, project, p).total(), p.loan_rate, p.loan_years).instalment();
}

}  // namespace care
