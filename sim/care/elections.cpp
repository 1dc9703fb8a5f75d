#include "care/elections.hpp"

#include "pdes/sample.hpp"

namespace care {

bool election_held(std::chrono::year_month month, const ElectionParameters& p) {
  const int years_away = static_cast<int>(month.year()) - p.year;
  return static_cast<int>(static_cast<unsigned>(month.month())) == p.month &&
         years_away % p.period == 0;
}

double partnership_after_election(double partnership, pdes::Stream luck,
                                  const ElectionParameters& p) {
  return pdes::bernoulli(luck, p.majority_change) ? partnership * p.kept : partnership;
}

}  // namespace care
