/// How much a GP works, by sex and age.
#pragma once

#include "care/parameters.hpp"
#include "world/build_world.hpp"

namespace care {

/// Hours with patients of a self-employed GP over those of the mean GP at work.
///
///   ratio = h(sex) h(age) w / mean,  w: `working_pensioner_hours` from `working_pensioner_age` on
///
/// h: `gp_patient_hours_*`. The mean over the GPs at work at the start is 1, so that output stays
/// as it was measured. Assumption A51: sex and age multiply; output follows the hours.
double hours_ratio(world::Sex sex, double age, const HoursParameters& p);

/// Sets the means that the ratio is centred on, from the ages and the sexes of the GPs at work.
void centre_hours(const world::ProfessionalPopulation& population, HoursParameters& p);

}  // namespace care
