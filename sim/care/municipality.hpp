/// What a municipality sees, decides and pays. It acts on the observed state and brings means; the
/// laws read the means and never learn which lever or strategy they came from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "care/access.hpp"
#include "care/co_funding.hpp"
#include "care/ledger.hpp"
#include "care/parameters.hpp"
#include "care/steering_committee.hpp"
#include "scenario/strategy.hpp"
#include "world/decisions.hpp"

namespace care {

/// What a municipality can see on the first day of a month.
struct Observed {
  std::int32_t day = 0;  ///< since the start of the scenario
  scenario::TeamStage team_stage = scenario::TeamStage::none;
  int professionals = 0;  ///< at work in the commune
  int rooms_short = 0;    ///< team members without a room in common premises
  bool building_open = false;
  int rooms_empty = 0;               ///< in the building and in temporary premises
  int self_employed_gps = 0;         ///< at work in the commune
  std::optional<Measured> measured;  ///< what a steering committee knows; nothing without one
};

/// Everything that is set must hold; a condition with nothing set always holds.
bool holds(const scenario::Condition& when, const Observed& seen);

/// What a municipality brings this month.
struct Means {
  double building_rooms = 0;  ///< asked for; a building once decided is built
  double temporary_rooms = 0;
  double coordinator_fte = 0;
  double federation = 0;          ///< in [0, 1]
  double partnership = 0;         ///< effort, in [0, 1]
  double third_party = 0;         ///< share of GPs helped, in [0, 1]
  double dedicated_sessions = 0;  ///< per week
  double mediator_fte = 0;
  double transport = 0;             ///< share of those concerned, in [0, 1]
  double walk_in_slots = 0;         ///< per working day
  double installation_subsidy = 0;  ///< EUR to a GP who settles
  double housing_aid = 0;           ///< EUR per year to a GP who has settled lately
  double rent_reduction = 0;        ///< EUR per m2 and month
  double assistant_fte = 0;
  double secretary_fte = 0;
  std::array<double, world::profession_count> salaried_posts{};
  double renovated_rooms = 0;       ///< asked for, as `building_rooms`
  double building_handed_over = 0;  ///< in [0, 1]
  double prevention_sessions = 0;   ///< a week
  double steering_meetings = 0;     ///< per year
  double mobile_unit_days = 0;      ///< per week
  double booths = 0;
  double network_share = 0;  ///< in [0, 1]
  double social_worker_fte = 0;
  double population_grant = 0;  ///< share asked for, in [0, 1]
  bool operator==(const Means&) const = default;
};

/// The levers whose actions have ended for good, by lever.
using Stopped = std::array<bool, scenario::lever_definitions.size()>;
/// Notes the stops that apply now.
void note_stops(const scenario::Strategy& strategy, const Observed& seen, Stopped& stopped);

/// The sum of the actions that apply now.
Means means_of(const scenario::Strategy& strategy, const Observed& seen,
               const Stopped& stopped = {});

/// The rent asked, in EUR per m2 and month: never below zero.
double rent_m2(const Means& means, const MunicipalParameters& p);

/// A month's rent of so many rooms, entered in the ledger.
void pay_rent(int rooms, const Means& means, std::int32_t day, const MunicipalParameters& p,
              Ledger& ledger);

/// All the aid that a GP who settles now will receive, in EUR.
double aid_to_settle(const Means& means, const MunicipalParameters& p);

/// Share of the paperwork of so many GPs that a secretariat takes on.
///
///   r = min(1, FTE h / (GPs a)),  h: `full_time_hours`, a: `gp_admin_hours`, both per week
double paperwork_relieved(double secretary_fte, int gps, const MunicipalParameters& p);

/// Assistants per GP, one at most.
double assistants_per_gp(double assistant_fte, int gps);

/// What staff for the practices costs in a month: a secretariat, and as many assistants as there
/// are GPs to work with, less what the health insurance pays for them.
void pay_practice_staff(const Means& means, int gps, std::int32_t day, const MunicipalParameters& p,
                        Ledger& ledger);

/// What the means cost in a month, rooms and staff of the practices apart, entered in the ledger.
void pay_for(const Means& means, std::int32_t day, const MunicipalParameters& p, Ledger& ledger);

/// Whom the measures of access concern, on the first day of a month.
struct Concerned {
  std::int64_t poorest = 0;   ///< residents of the most deprived quintile
  std::int64_t immobile = 0;  ///< residents with limited mobility
  std::int64_t gps = 0;       ///< at work
};

/// The share of those concerned whom the means serve:
///
///   no advance payment   min(1, GPs helped + sessions a year x contacts / (poorest x contacts))
///   mediation            min(1, mediators x caseload / poorest)
///   transport            as decided
///
/// Contacts of a session: `dedicated_session_contacts`, of a resident: `gp_contacts_realised_mean`;
/// `mediator_caseload`.
AccessRelief relief_of(const Means& means, const Concerned& concerned, double contacts_per_resident,
                       const MunicipalParameters& p);

/// What the measures of access cost in a month, entered in the ledger: `third_party_cost`,
/// `dedicated_session_cost`, `mediator_cost`, `tad_takeup` times `tad_cost_trip`,
/// `walk_in_slot_cost`.
void pay_for_access(const Means& means, const Concerned& concerned, std::int32_t day,
                    const MunicipalParameters& p, Ledger& ledger);

/// A building on its way: study, funding, design, works, then open.
enum class BuildingStage : std::uint8_t { study, funding, design, works, open };

/// What is built: a new building, or an old one made over.
struct Works {
  UncertainMonths time;   ///< decision to opening
  double cost_m2 = 0;     ///< EUR, median
  double cost_sigma = 0;  ///< of its logarithm
};
Works new_building(const MunicipalParameters& p);
Works renovation(const MunicipalParameters& p);

/// A building that has been decided. Its time and its cost are drawn once; the subsidy is settled
/// at the end of the funding round, and is smaller without a validated project.
class Building {
 public:
  Building(int rooms, const Works& works, pdes::Stream luck, const MunicipalParameters& p);

  BuildingStage stage() const { return stage_; }
  int rooms() const { return rooms_; }
  /// Length of the present stage. Requires a building that is not open.
  pdes::Duration stage_length() const;

  /// Ends the present stage, with a team's project that has come so far. Grants are decided at the
  /// end of the funding round (`grants_for`). When works begin, the municipality pays for them from
  /// grants and a loan (entered in the ledger).
  void advance(std::int32_t day, scenario::TeamStage project, const MunicipalParameters& p,
               Ledger& ledger);

  /// The month's instalment, and running costs once open, of which a share is the tenants' own.
  void pay_month(std::int32_t day, double share_run_by_tenants, const MunicipalParameters& p,
                 Ledger& ledger);
  Cents debt() const { return loan_.outstanding(); }
  /// What the building costs in a month from its decision on, rents apart: the instalment, as
  /// expected until works begin, and running costs once open.
  Cents owed_per_month(scenario::TeamStage project, const MunicipalParameters& p) const;

 private:
  int rooms_;
  double months_;  ///< from decision to opening
  double cost_;    ///< EUR
  Works works_;
  Grants grants_;
  std::array<double, 4> stage_shares_;
  BuildingStage stage_ = BuildingStage::study;
  Loan loan_;
};

}  // namespace care
