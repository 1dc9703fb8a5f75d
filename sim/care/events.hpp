/// Everything that can happen in a catchment, one small struct each.
#pragma once

#include <cstdint>
#include <variant>

#include "care/need.hpp"
#include "world/ids.hpp"

namespace care {

struct NeedArises {
  world::ResidentId resident{};
};
struct ResidentDies {
  world::ResidentId resident{};
};
struct ResidentMovesAway {
  world::ResidentId resident{};
};
/// People settle, once a month of 365.25 / 12 days.
struct ResidentsSettle {
  std::uint32_t month = 0;  ///< since the first day of the run
};
/// A week at the beginning of the run, from which the length of the warm-up is told.
struct WeekEnds {
  std::int32_t week = 0;  ///< since the first day of the run
};
struct ChildIsBorn {
  std::uint32_t birth = 0;  ///< the how-manieth of the run
};
struct Consultation {
  world::ResidentId resident{};
  std::uint32_t need = 0;  ///< the how-manieth of the resident, or the one that referred to it
  world::ProfessionalId professional{};
  NeedType type{};
  bool urgent = false;
};
/// A consultation at a stop of the mobile unit.
struct MobileConsultation {
  world::ResidentId resident{};
  NeedType type{};
};
struct CandidateAppears {
  world::Profession profession{};
  std::uint32_t candidate = 0;  ///< the how-manieth of the profession
};
struct ProfessionalLeaves {
  world::ProfessionalId professional{};
  world::DepartureCause cause{};
  std::uint32_t plan = 0;  ///< out of date if the professional has another by then
};
struct BuildingAdvances {};
struct PremisesAreReady {
  std::uint32_t lease = 0;  ///< out of date if another lease has been signed by then
};
/// The first day of a month of the scenario: accounts are closed, the municipality decides, teams
/// advance, professionals look at where they are.
struct MonthBegins {
  std::int32_t month = 0;
};

using CareEvent =
    std::variant<NeedArises, ResidentDies, ChildIsBorn, Consultation, CandidateAppears,
                 ProfessionalLeaves, BuildingAdvances, PremisesAreReady, MonthBegins,
                 MobileConsultation, ResidentMovesAway, ResidentsSettle, WeekEnds>;

}  // namespace care
