#include "care/expected_activity.hpp"

#include <algorithm>

namespace care {

double load_of_the_year(double before, double last_month, double months_here) {
  constexpr double year = 12;
  return before + (last_month - before) / std::clamp(months_here, 1.0, year);
}

double expected_activity(double sum_of_loads, int peers) {
  return std::min(1.0, (sum_of_loads + 1) / (peers + 1));
}

double relative_activity(double place, double own_office) {
  return std::min(1.0, place / own_office);
}

}  // namespace care
