/// When a resident needs a GP.
#pragma once

#include "care/parameters.hpp"
#include "world/residents.hpp"

namespace care {

/// Needs for a GP per year of one resident.
///
///   rate = contacts(age band) * latent * sex factor * illness factor
///
/// Both factors have mean 1 within the band where half of it are women, so that the published
/// number of contacts by age is kept: with a ratio r between women and men, women have 2r/(1+r) and
/// men 2/(1+r); with a ratio r and prevalence q, the ill have r/(1+q(r-1)) and the others
/// 1/(1+q(r-1)). Parameters: `gp_contacts_*`, `gp_latent_demand_ratio`, `gp_sex_ratio_*`,
/// `gp_ald_uplift`. Assumption A1: the factors multiply.
Rate need_rate(double age, world::Sex sex, bool ill, const world::Illness& illness,
               const NeedParameters& p);

}  // namespace care
