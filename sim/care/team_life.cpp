#include "care/team_life.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace care {
namespace {

using pdes::portable::exp;
using pdes::portable::pow;
using scenario::TeamStage;
using world::Team;

/// Solution of dX/dt = build (1 - X) - decay X after a span.
double relax(double x, world::Years span, double build, double decay) {
  const double rate = build + decay;
  if (rate <= 0) return x;
  const double target = build / rate;
  return target + (x - target) * exp(-rate * span.value);
}

double usual_coordinators(const TeamSupport& support, const TeamParameters& p) {
  return std::min(1.0, support.coordinator_fte / p.usual_coordinator_fte);
}

/// Months for which a stage stalls: none, most often.
double stall(const Team& team, TeamStage stage, const world::Luck& luck, const TeamParameters& p) {
  const auto number = static_cast<std::uint32_t>(stage);
  pdes::Stream stream = luck.stream(world::Decision::team_stall, team.attempt, number);
  const bool stalls = pdes::bernoulli(stream, p.stall_share);
  return stalls ? p.stall_months * pdes::unit_exponential(stream) : 0;
}

/// Months of work in a stage. From a nucleus to a project handed in there are three stages of equal
/// length, by one draw for the whole project; review and funding have their own.
double stage_length(const Team& team, TeamStage stage, const world::Luck& luck,
                    const TeamParameters& p) {
  const auto draw = [&](TeamStage name, double median, double sigma) {
    pdes::Stream stream =
        luck.stream(world::Decision::team_project, team.attempt, static_cast<std::uint32_t>(name));
    return pdes::lognormal(stream, median, sigma);
  };
  switch (stage) {
    case TeamStage::nucleus:
    case TeamStage::diagnosis:
    case TeamStage::drafted:
      return draw(TeamStage::nucleus,
                  std::max(0.0, (p.project.median - p.review.median) / 3 -
                                    p.stall_share * p.stall_months),
                  p.project.sigma) +
             stall(team, stage, luck, p);
    case TeamStage::submitted:
      return draw(stage, p.review.median, p.review.sigma);
    case TeamStage::recognised:
      return draw(stage, p.funding.median, p.funding.sigma);
    case TeamStage::none:
    case TeamStage::funded:
      break;
  }
  return 0;
}

/// Starts a stage; work done beyond the end of the one before counts.
void enter(Team& team, TeamStage stage, const world::Luck& luck, const TeamParameters& p) {
  team.stage = stage;
  team.months_to_next_stage =
      std::min(team.months_to_next_stage, 0.0) + stage_length(team, stage, luck, p);
}

/// Starts a project from its first stage, with new draws.
void start_project(Team& team, const world::Luck& luck, const TeamParameters& p) {
  ++team.attempt;
  team.months_to_next_stage = 0;
  pdes::Stream stream = luck.stream(world::Decision::team_project, team.attempt);
  team.will_be_abandoned = pdes::bernoulli(stream, p.abandoned_share);
  enter(team, TeamStage::nucleus, luck, p);
}

void disband(Team& team, const world::Luck& luck) {
  pdes::Stream stream = luck.stream(world::Decision::team_formation, team.attempt);
  const Team ended = team;
  team = Team{};
  team.commune = ended.commune;
  team.attempt = ended.attempt;
  team.formation = world::HazardClock(pdes::unit_exponential(stream));
}

}  // namespace

Rate formation_rate(const TeamMembers& willing, const TeamSupport& support,
                    const TeamParameters& p) {
  if (willing.gps < 1 || willing.all() < 2) return {0};
  return {p.formation * pow(p.formation_ratio_coordinator, usual_coordinators(support, p)) *
          pow(p.formation_ratio_federation, support.federation) *
          pow(p.formation_ratio_partnership, support.partnership)};
}

double cohesion_after(double cohesion, world::Years span, const TeamSupport& support,
                      const TeamParameters& p) {
  const double build = p.cohesion_build_base +
                       p.cohesion_build_coordinator * usual_coordinators(support, p) +
                       (support.common_premises ? p.cohesion_build_meeting_room : 0) +
                       p.cohesion_build_partnership * support.partnership +
                       p.cohesion_build_self_run * support.self_run;
  return relax(cohesion, span, build, p.cohesion_decay);
}

double cohesion_after_departures(double cohesion, int left, int members_before,
                                 const TeamParameters& p) {
  if (members_before <= 0) return cohesion;
  const double share = std::min(1.0, static_cast<double>(left) / members_before);
  return cohesion * (1 - p.cohesion_shock_departure * share);
}

double cohesion_after_arrivals(double cohesion, int joined, int members_before,
                               const TeamParameters& p) {
  if (members_before <= 0) return cohesion;
  const double share = std::min(1.0, static_cast<double>(joined) / members_before);
  return cohesion * (1 - p.cohesion_shock_arrival * share);
}

double partnership_after(double partnership, world::Years span, double effort,
                         const TeamParameters& p) {
  return relax(partnership, span, p.partnership_build * effort, p.partnership_decay);
}

double project_pace(const TeamSupport& support, const TeamParameters& p) {
  return 1 + p.speed_coordinator * usual_coordinators(support, p) +
         p.speed_federation * support.federation + p.speed_partnership * support.partnership;
}

Rate conflict_rate(const TeamSupport& support, const TeamParameters& p) {
  return {p.conflicts * pow(p.conflict_ratio_coordinator, usual_coordinators(support, p))};
}

void live_through(Team& team, world::Years span, const TeamSupport& support,
                  const world::Luck& luck, const TeamParameters& p) {
  const auto next = [&] {
    pdes::Stream stream = luck.stream(world::Decision::team_conflict, team.attempt, team.conflicts);
    return world::HazardClock(pdes::unit_exponential(stream));
  };
  if (team.conflicts == 0) {
    team.conflict = next();
    team.conflicts = 1;
  }
  team.conflict.spend(span, conflict_rate(support, p));
  if (!team.conflict.rings()) return;
  team.cohesion *= 1 - p.conflict_shock;
  team.conflict = next();
  ++team.conflicts;
}

void form_nucleus(Team& team, const world::Luck& luck, const TeamParameters& p) {
  team.cohesion = p.cohesion_start;
  start_project(team, luck, p);
}

void start_team(Team& team, TeamStage stage, const world::Luck& luck, const TeamParameters& p) {
  start_project(team, luck, p);
  team.cohesion = p.cohesion_reference;
  team.will_be_abandoned = false;
  team.months_to_next_stage = 0;
  enter(team, stage, luck, p);
}

void advance_project(Team& team, const TeamMembers& members, const TeamSupport& support,
                     const world::Luck& luck, const TeamParameters& p) {
  if (members.all() == 0) {
    disband(team, luck);
    return;
  }
  const bool enough = members.gps >= p.minimum_gps && members.others >= p.minimum_others;
  if (team.recognised()) {
    team.months_below_minimum = enough ? 0 : team.months_below_minimum + 1;
    if (team.months_below_minimum > p.grace_months) {
      team.months_below_minimum = 0;
      start_project(team, luck, p);
      return;
    }
  }
  if (team.stage == TeamStage::funded) return;
  team.months_to_next_stage -= project_pace(support, p);
  if (team.months_to_next_stage > 0) return;
  if (team.stage == TeamStage::drafted && team.will_be_abandoned) {
    disband(team, luck);
    return;
  }
  if (team.stage == TeamStage::submitted && !enough) {
    team.months_to_next_stage = 0;  // it waits for the core; what is waited is no work done
    return;
  }
  enter(team, static_cast<TeamStage>(static_cast<int>(team.stage) + 1), luck, p);
}

}  // namespace care
