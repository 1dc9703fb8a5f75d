/// How a team forms, advances, holds together and loses its label.
#pragma once

#include "care/parameters.hpp"
#include "world/decisions.hpp"
#include "world/practices.hpp"

namespace care {

/// What supports a team during a month, whoever provides it.
struct TeamSupport {
  double coordinator_fte = 0;  ///< municipal, or from the team contract once funded
  double federation = 0;       ///< in [0, 1]
  double partnership = 0;      ///< in [0, 1]: the state, not the effort
  bool common_premises = false;
  double self_run = 0;  ///< share of its building that the team runs
};

/// Who is there to make a team.
struct TeamMembers {
  int gps = 0;
  int others = 0;
  int all() const { return gps + others; }
};

/// Nuclei per year. Zero without a core: a GP and another professional who would join.
///
///   rate = base * rc^min(1, fte/usual) * rf^federation * rp^partnership
///
/// Parameters: `team_formation_*`. Assumption A6: no data; the ratios are wide on purpose.
Rate formation_rate(const TeamMembers& willing, const TeamSupport& support,
                    const TeamParameters& p);

/// Cohesion after a span of constant support.
///
///   dC/dt = b (1 - C) - d C,  b = base + coordinator fte/usual + room + partnership + self-run
///   share
///
/// so C tends to b/(b+d): nothing is acquired. Parameters: `cohesion_*`. Assumption A7.
double cohesion_after(double cohesion, world::Years span, const TeamSupport& support,
                      const TeamParameters& p);

/// Cohesion after some of the members have left, or newcomers have joined.
double cohesion_after_departures(double cohesion, int left, int members_before,
                                 const TeamParameters& p);
double cohesion_after_arrivals(double cohesion, int joined, int members_before,
                               const TeamParameters& p);

/// Conflicts per year in a team: `team_conflict_rate` rc^min(1, fte/usual), rc:
/// `team_conflict_ratio_coordinator`. Assumption A54: no data; that teams fail by conflict is told.
Rate conflict_rate(const TeamSupport& support, const TeamParameters& p);

/// Spends a span of the hazard of conflict; each one that breaks out costs the share
/// `team_conflict_shock` of the cohesion.
void live_through(world::Team& team, world::Years span, const TeamSupport& support,
                  const world::Luck& luck, const TeamParameters& p);

/// Partnership of the municipality after a span of constant effort: dP/dt = b e (1 - P) - d P.
double partnership_after(double partnership, world::Years span, double effort,
                         const TeamParameters& p);

/// Months of project work done in a month: 1 unsupported, more with support (`project_speed_*`).
double project_pace(const TeamSupport& support, const TeamParameters& p);

/// A nucleus forms: the project starts at its first stage, with its draws. Stages up to the project
/// handed in may stall (`team_stall_share`), for so many months of work (`team_stall_months`,
/// exponential) that support shortens like all work; the usual work of a stage is shorter by the
/// mean stall, so that the published time is kept. Assumption A55: no data on stalls.
void form_nucleus(world::Team& team, const world::Luck& luck, const TeamParameters& p);

/// A team that has come to a stage before the run starts, with the reference cohesion.
void start_team(world::Team& team, scenario::TeamStage stage, const world::Luck& luck,
                const TeamParameters& p);

/// One month of the project and of the label. A project that will be abandoned ends when it should
/// be handed in. Recognition waits until the team has the legal minimum; a team below it for longer
/// than `label_grace_months` goes back to a nucleus.
void advance_project(world::Team& team, const TeamMembers& members, const TeamSupport& support,
                     const world::Luck& luck, const TeamParameters& p);

}  // namespace care
