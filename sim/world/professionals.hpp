/// The health professionals of a catchment.
#pragma once

#include <cstdint>

#include "pdes/time.hpp"
#include "world/hazard_clock.hpp"
#include "world/ids.hpp"
#include "world/residents.hpp"

namespace world {

/// One professional, from arrival to departure. `luck` names their streams: it is the same person
/// whatever happened before they came.
struct Professional {
  Profession profession{};
  Sex sex{};
  CommuneId commune{};
  SiteId site = no_site;  ///< in a municipal site; otherwise in an office of their own
  TeamId team = no_team;
  bool here_at_start = false;
  bool salaried = false;  ///< employed by the municipality
  bool roots = false;     ///< born or trained near
  DepartureCause cause = DepartureCause::still_here;
  std::uint32_t luck = 0;
  std::int32_t birth_day = 0;
  pdes::Time arrived;
  pdes::Time left = pdes::end_of_time;

  double ability = 1;         ///< output relative to that of peers of the same hours
  double hours_kept = 1;      ///< share left after cutting down
  std::uint32_t cuts = 0;     ///< times they cut down
  double activity = 1;        ///< output relative to the mean of the profession, once settled
  double taste_for_team = 0;  ///< uniform in (0, 1); joins a team when under the share who would
  std::int32_t panel = 0;     ///< residents registered with this GP

  HazardClock retirement, relocation, burnout, contract, hours_cut;
  Rate retirement_rate, relocation_rate, burnout_rate, contract_rate,
      hours_cut_rate;  ///< in force since `assessed`
  pdes::Time assessed;
  std::uint32_t plan = 0;  ///< a planned departure with another number is out of date

  bool at_work() const { return cause == DepartureCause::still_here; }
  double age_at(pdes::Time t) const { return years_in(t - (pdes::Time{} + birth_day * day)).value; }
};

}  // namespace world
