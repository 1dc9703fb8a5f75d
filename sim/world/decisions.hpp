/// Every random decision of the model, each with its own stream: a new one at the end never shifts
/// the draws of the others.
#pragma once

#include <cstdint>

#include "pdes/stream.hpp"

namespace world {

enum class Decision : std::uint16_t {
  resident,              ///< who a resident is: age, sex, deprivation, illness, length of life
  newborn,               ///< when the next child is born, and where
  registration_start,    ///< whose patient a resident is at the start
  need,                  ///< when the next need arises
  access,                ///< how long a resident waits, whom they turn to, when they give up
  access_again,          ///< the same, when the practice of an appointment has closed
  registration,          ///< which practice an unregistered resident asks, and its answer
  supply,                ///< how many practise in a commune at the start
  professional,          ///< who a professional is: age, sex, activity, patience with the place
  candidate,             ///< when the next candidate appears, and what they choose
  team_formation,        ///< when a nucleus forms
  team_project,          ///< how long each stage takes, and whether the project is abandoned
  building,              ///< how long each stage of a building takes, and what it costs
  premises,              ///< when leased rooms are ready
  move_in,               ///< who moves into new rooms
  emergency,             ///< how many emergency visits besides those for want of an appointment
  avoidable_admission,   ///< how many avoidable hospital stays
  displacement,          ///< whether a newcomer is drawn away from a neighbour's commune
  salaried_opening,      ///< when the premises of salaried GPs open
  salaried_post,         ///< when a post finds its next GP, and how long the contract lasts
  need_type,             ///< of which type a need is
  referral,              ///< to whom a consultation with a GP refers
  substitute,            ///< whether a need goes straight to a colleague of the team
  prevention_start,      ///< when a resident had last been seen for prevention at the start
  prevention_programme,  ///< whom a prevention programme reaches in a month
  election,              ///< whether a municipal election changes the majority
  booth_use,             ///< whether a resident uses a booth, and whether a need can be seen there
  network_match,         ///< for whom the network finds a GP, and which
  outreach,              ///< who begins to look for a GP
  move_away,             ///< at what age a resident moves away
  settlement,            ///< how many people settle in a commune in a month
  newcomer,              ///< who they are
  roots,                 ///< whether a candidate was born or trained near
  hours_cut,             ///< when a GP cuts down their hours
  team_conflict,         ///< when a conflict breaks out in the team
  team_stall,            ///< whether a stage of the project stalls, and for how long
  substitute_near,       ///< which practice of a substitute profession outside the team
};

/// The luck of one replication: hands out streams by decision, entity and index.
struct Luck {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;

  pdes::Stream stream(Decision decision, std::uint64_t entity, std::uint32_t index = 0) const {
    return pdes::Stream({.seed = seed,
                         .replication = replication,
                         .decision = static_cast<std::uint32_t>(decision),
                         .entity = entity,
                         .index = index});
  }
};

}  // namespace world
