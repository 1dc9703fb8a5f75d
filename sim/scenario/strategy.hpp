/// A municipal strategy: data, and nothing else. Its effects are the laws' business, and no law
/// sees its name.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenario {

/// How far the project of a team has come (model.md, "The project moves by stages").
enum class TeamStage : std::uint8_t {
  none,
  nucleus,
  diagnosis,
  drafted,
  submitted,
  recognised,
  funded,
};
inline constexpr std::array<std::string_view, 7> team_stage_names{
    "none", "nucleus", "diagnosis", "drafted", "submitted", "recognised", "funded"};

/// What a municipality can do.
enum class Lever : std::uint8_t {
  build,
  lease_temporary_premises,
  fund_coordinator,
  federation_support,
  partnership,
  third_party_payment,
  dedicated_sessions,
  health_mediators,
  transport_on_demand,
  walk_in_unit,
  installation_subsidy,
  housing_aid,
  moderate_rent,
  medical_assistants,
  relieve_paperwork,
  salaried_posts,
  hand_building_to_team,
  renovate,
  prevention_programme,
  steering_committee,
  mobile_unit,
  telemedicine_booth,
  cpts_support,
  social_worker,
  population_grant,
};

/// A lever's name, and the unit and range of its amount.
struct LeverDefinition {
  Lever lever;
  std::string_view name;
  std::string_view unit;
  double low;
  double high;
  std::string_view meaning;
};
inline constexpr auto lever_definitions = std::to_array<LeverDefinition>({
    {Lever::build, "build", "rooms", 0, 60,
     "a new building with so many consulting rooms, from study to delivery"},
    {Lever::lease_temporary_premises, "lease_temporary_premises", "rooms", 0, 40,
     "modular or rented rooms, and a meeting room, while the lease lasts"},
    {Lever::fund_coordinator, "fund_coordinator", "FTE", 0, 5,
     "a coordinator of the team, paid by the municipality"},
    {Lever::federation_support, "federation_support", "share", 0, 1,
     "accompaniment by the regional federation; 1 is a full accompaniment"},
    {Lever::partnership, "partnership", "share", 0, 1,
     "regular meetings with the professionals and political recognition; 1 is monthly"},
    {Lever::third_party_payment, "third_party_payment", "share", 0, 1,
     "GPs helped not to ask the most deprived for payment in advance; 1 is all of them"},
    {Lever::dedicated_sessions, "dedicated_sessions", "sessions/week", 0, 50,
     "half-days of consultation without payment in advance"},
    {Lever::health_mediators, "health_mediators", "FTE", 0, 20,
     "mediators who go to the most deprived and find them a GP"},
    {Lever::transport_on_demand, "transport_on_demand", "share", 0, 1,
     "residents who can hardly travel alone and are driven on demand; 1 is all of them"},
    {Lever::walk_in_unit, "walk_in_unit", "slots/day", 0, 200,
     "consultations without appointment, the same day, for urgent needs"},
    {Lever::installation_subsidy, "installation_subsidy", "EUR", 0, 100'000,
     "aid to each GP who settles in the commune as self-employed, paid on arrival"},
    {Lever::housing_aid, "housing_aid", "EUR/year", 0, 20'000,
     "housing paid for each GP who settles in the commune as self-employed, in the first years"},
    {Lever::moderate_rent, "moderate_rent", "EUR/m2/month", 0, 14,
     "so much off the rent of the municipality's rooms"},
    {Lever::medical_assistants, "medical_assistants", "FTE", 0, 30,
     "assistants of the commune's self-employed GPs, one each at most"},
    {Lever::relieve_paperwork, "relieve_paperwork", "FTE", 0, 10,
     "a secretariat that takes paperwork off the commune's self-employed GPs"},
    {Lever::salaried_posts, "salaried_posts", "posts", 0, 30,
     "professionals, GPs unless `profession` names others, employed by the commune in its "
     "premises: "
     "wages paid, fees collected"},
    {Lever::hand_building_to_team, "hand_building_to_team", "share", 0, 1,
     "share of the building's running that a recognised team takes over and pays for"},
    {Lever::renovate, "renovate", "rooms", 0, 40,
     "an existing building made over into so many consulting rooms, sooner and cheaper than a new "
     "one"},
    {Lever::prevention_programme, "prevention_programme", "sessions/week", 0, 50,
     "half-days of prevention for adults who are not up to date"},
    {Lever::steering_committee, "steering_committee", "meetings/year", 0, 12,
     "a committee that looks at measured access to care: without it no condition on such a measure "
     "holds"},
    {Lever::mobile_unit, "mobile_unit", "days/week", 0, 5,
     "a consulting room on wheels that stops in the communes in turn, so many days a week"},
    {Lever::telemedicine_booth, "telemedicine_booth", "booths", 0, 20,
     "consultations from a distance the same day, for those who use a booth"},
    {Lever::cpts_support, "cpts_support", "share", 0, 1,
     "support to the territorial network of professionals (CPTS); 1 is a full support"},
    {Lever::social_worker, "social_worker", "FTE", 0, 20,
     "social workers who open rights to full third-party cover and lead the most deprived to care"},
    {Lever::population_grant, "population_grant", "share", 0, 1,
     "the health insurance's grant asked for by a centre with salaried GPs, social work, mediation "
     "and payment without advance at all GPs; 1 is all of it"},
});

/// Whether amounts come in whole numbers.
constexpr bool comes_whole(const LeverDefinition& lever) {
  return lever.unit == "rooms" || lever.unit == "posts" || lever.unit == "booths";
}

/// When an action acts: everything that is set must hold.
struct Condition {
  std::int32_t from_day = 0;  ///< days since the start of the scenario
  std::int32_t until_day = std::numeric_limits<std::int32_t>::max();  ///< first day without it
  std::optional<TeamStage> team_stage;         ///< the project has come at least so far
  std::optional<TeamStage> team_stage_below;   ///< ... and not so far as this
  std::optional<int> professionals_at_least;   ///< at work in the commune that acts
  std::optional<int> rooms_short_at_least;     ///< team members without a room in common premises
  std::optional<bool> building_open;           ///< the municipality's building has been delivered
  std::optional<int> rooms_empty_at_least;     ///< in the building and in temporary premises
  std::optional<int> self_employed_gps_below;  ///< self-employed, in the commune that acts
  std::optional<double> without_gp_share_at_least;  ///< adults without a registered GP ...
  std::optional<double> wait_days_at_least;         ///< median wait for a GP ...
  std::optional<double> renounced_share_at_least;   ///< needs given up, all as last measured
  bool operator==(const Condition&) const = default;
};

/// One act on one lever.
struct Action {
  Lever lever{};
  double amount = 0;  ///< in the lever's unit
  Condition when;
  std::size_t profession = 0;  ///< of the posts, in the order of `world::Profession`
  bool operator==(const Action&) const = default;
};

/// The end, for good, of all actions on one lever: from the first month in which its condition
/// holds they do not act any more.
struct Stop {
  Lever lever{};
  Condition when;
  bool operator==(const Stop&) const = default;
};

/// A named list of actions, and of what ends them. The name and the titles are for the reader only.
struct Strategy {
  std::string name;
  std::string title;
  std::string title_fr;  ///< in French; empty: the same
  std::vector<Action> actions;
  std::vector<Stop> stops;
  bool operator==(const Strategy&) const = default;
};

}  // namespace scenario
