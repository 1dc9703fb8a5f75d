#include "care/need.hpp"

namespace care {
namespace {

double sex_factor(double age, world::Sex sex, const NeedParameters& p) {
  const bool fertile = age >= 15 && age < 50;  // the stratum of the ratio
  const double ratio = fertile ? p.women_ratio_fertile : p.women_ratio_other;
  return (sex == world::Sex::woman ? 2 * ratio : 2) / (1 + ratio);
}

double illness_factor(double age, bool ill, const world::Illness& illness,
                      const NeedParameters& p) {
  const double mean = 1 + illness.prevalence_at(age) * (p.illness_ratio - 1);
  return (ill ? p.illness_ratio : 1) / mean;
}

}  // namespace

Rate need_rate(double age, world::Sex sex, bool ill, const world::Illness& illness,
               const NeedParameters& p) {
  return {p.contacts_per_year[world::age_band_of(age)] * p.latent_ratio * sex_factor(age, sex, p) *
          illness_factor(age, ill, illness, p)};
}

}  // namespace care
