#include "care/working_hours.hpp"

#include <algorithm>
#include <array>

namespace care {
namespace {

constexpr double older_from = 50;  // of the published hours

double hours(world::Sex sex, double age, const HoursParameters& p) {
  return (sex == world::Sex::woman ? p.women : p.men) *
         (age < older_from ? p.under_50 : p.from_50) *
         (age < p.pensioner_age ? 1 : p.pensioner_ratio);
}

}  // namespace

double hours_ratio(world::Sex sex, double age, const HoursParameters& p) {
  return hours(sex, age, p) / p.mean;
}

void centre_hours(const world::ProfessionalPopulation& population, HoursParameters& p) {
  const auto gp = world::Profession::gp;
  const auto of_both = [&](double age) {
    const double women = world::women_share(population, gp, age);
    return women * hours(world::Sex::woman, age, p) + (1 - women) * hours(world::Sex::man, age, p);
  };
  constexpr double youngest = 0, oldest = 120;
  // Hours and the share of women are constant between these ages.
  std::array<double, 5> bounds{youngest, world::ProfessionalPopulation::young_gp_age, older_from,
                               p.pensioner_age, oldest};
  std::sort(bounds.begin(), bounds.end());
  double sum = 0, all = 0;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const double share = world::share_aged(population, gp, bounds[i], bounds[i + 1]);
    sum += share * of_both(bounds[i]);
    all += share;
  }
  if (all > 0) p.mean = sum / all;
  p.mean_newcomer = of_both(population.entry_age) / p.mean;
}

}  // namespace care
