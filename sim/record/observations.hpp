/// What the model tells of a run, one small struct each, and the closed sets they speak of.
/// Labels are what the results file holds; translations are the report's business.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "world/ids.hpp"

namespace record {

using world::departure_cause_names;
using world::DepartureCause;

/// How a need ends.
enum class NeedOutcome : std::uint8_t {
  seen_by_registered_gp,
  seen_by_another_gp,
  emergency_visit,
  renounced,
  died_before,
  seen_at_walk_in,
  seen_by_substitute,  ///< by another profession than the one first contacted
  seen_by_profession,  ///< by the profession first contacted, where it is not the GP
  seen_at_mobile_unit,
  seen_at_booth,
  left_before,  ///< the resident has moved away
};
inline constexpr std::size_t need_outcome_count = 11;

/// One professional's time in the territory. Days count from the start of the scenario, after the
/// warm-up; who was there at the start arrived on day 0.
struct Stay {
  std::int32_t replication = 0;
  std::uint8_t strategy = 0;  ///< position in the run
  world::Profession profession{};
  DepartureCause cause{};  ///< `still_here` at the horizon: the stay is censored
  bool here_at_start = false;
  bool in_team = false;      ///< a member of a team on the last day
  bool in_focus = false;     ///< practised in the commune whose municipality acts
  float age_at_arrival = 0;  ///< years
  std::int32_t arrival_day = 0;
  std::int32_t departure_day = 0;  ///< the horizon if still here
  bool operator==(const Stay&) const = default;
};

/// Who pays or receives. Every entry moves money from one account to another, so that all balances
/// together are zero at any time.
enum class Account : std::uint8_t {
  municipality,
  state,
  region,
  bank,
  suppliers,
  staff,
  tenants,
  professionals,
  health_insurance,
  department,
  health_agency,
};
inline constexpr auto account_names = std::to_array<std::string_view>({
    "municipality",
    "state",
    "region",
    "bank",
    "suppliers",
    "staff",
    "tenants",
    "professionals",
    "health_insurance",
    "department",
    "health_agency",
});

/// What an entry is for.
enum class Category : std::uint8_t {
  works,
  subsidy,
  loan_drawn,
  loan_repaid,
  loan_interest,
  rent,
  running_cost,
  premises_lease,
  posts_funded,
  project_support,
  access_support,
  aid_paid,
  post_subsidy,
  wages,
  fees,
  lump_sums,
  prevention,
  steering,
  population_grant,
};
inline constexpr auto category_names = std::to_array<std::string_view>({
    "works",
    "subsidy",
    "loan_drawn",
    "loan_repaid",
    "loan_interest",
    "rent",
    "running_cost",
    "premises_lease",
    "posts_funded",
    "project_support",
    "access_support",
    "aid_paid",
    "post_subsidy",
    "wages",
    "fees",
    "lump_sums",
    "prevention",
    "steering",
    "population_grant",
});

/// One dated movement of money.
struct LedgerEntry {
  std::int32_t replication = 0;
  std::uint8_t strategy = 0;
  Category category{};
  Account payer{};
  Account payee{};
  std::int32_t day = 0;    ///< since the start of the scenario
  std::int64_t cents = 0;  ///< of a euro; never negative
  bool operator==(const LedgerEntry&) const = default;
};

}  // namespace record
