/// Sites (walls) and teams (people who practise together): two things, never one.
#pragma once

#include <cstdint>

#include "pdes/time.hpp"
#include "scenario/strategy.hpp"
#include "world/hazard_clock.hpp"
#include "world/ids.hpp"

namespace world {

enum class SiteKind : std::uint8_t { temporary_premises, building, salaried_practice };

/// Rooms that the municipality offers. Offices that professionals run themselves are not sites.
struct Site {
  SiteKind kind{};
  CommuneId commune{};
  int rooms = 0;  ///< 0 when the lease has ended
};

/// People who practise together, with or without walls. A team below the stage of a nucleus does
/// not exist yet.
struct Team {
  CommuneId commune{};
  scenario::TeamStage stage = scenario::TeamStage::none;
  double cohesion = 0;              ///< in [0, 1]
  HazardClock formation;            ///< until the next nucleus
  HazardClock conflict;             ///< until the next conflict
  std::uint32_t conflicts = 0;      ///< drawn so far, the next one included
  std::uint32_t attempt = 0;        ///< nuclei that formed so far
  double months_to_next_stage = 0;  ///< of work without support
  bool will_be_abandoned = false;   ///< before recognition
  int months_below_minimum = 0;     ///< since the team has had fewer than the law asks

  bool exists() const { return stage != scenario::TeamStage::none; }
  bool recognised() const { return stage >= scenario::TeamStage::recognised; }
};

}  // namespace world
