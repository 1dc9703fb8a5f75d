/// What was asked, as a validated value.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/errors.hpp"
#include "scenario/needs.hpp"
#include "scenario/parameters.hpp"
#include "scenario/strategy.hpp"

namespace scenario {

/// Professions in the order of `world::Profession`, with the key a scenario uses for their number.
inline constexpr auto supply_keys = std::to_array<std::string_view>(
    {"gps", "nurses", "physiotherapists", "dentists", "specialists", "midwives", "pharmacists",
     "advanced_nurses", "speech_therapists", "occupational_therapists", "psychomotor_therapists",
     "orthoptists", "dietitians", "podiatrists"});
inline constexpr std::size_t profession_count = supply_keys.size();

/// ... and the keys for their ages.
inline constexpr std::array<std::string_view, profession_count> supply_age_keys{
    "gp_ages",
    "nurse_ages",
    "physiotherapist_ages",
    "dentist_ages",
    "specialist_ages",
    "midwife_ages",
    "pharmacist_ages",
    "advanced_nurse_ages",
    "speech_therapist_ages",
    "occupational_therapist_ages",
    "psychomotor_therapist_ages",
    "orthoptist_ages",
    "dietitian_ages",
    "podiatrist_ages"};

/// Who practises in a commune at the start. What is not given is drawn from published densities, or
/// is nobody where the account says that it is complete.
struct Supply {
  std::string commune;  ///< INSEE code
  bool complete = false;
  std::array<std::optional<int>, profession_count> count;
  std::array<std::vector<double>, profession_count> ages;  ///< years; empty, or one per person
  std::string source;                                      ///< where the figures come from
  bool operator==(const Supply&) const = default;
};

/// The population of a commune, where it differs from the reference data (an earlier year).
struct Population {
  std::string commune;  ///< INSEE code
  int residents = 0;
  std::string source;
  /// Shares of the fifths of deprivation, the least deprived first; empty where they are not given.
  std::vector<double> deprivation{};
  bool operator==(const Population&) const = default;
};

enum class Extent : std::uint8_t { epci, commune };  ///< what is simulated around the commune
inline constexpr std::array<std::string_view, 2> extent_names{"epci", "commune"};

struct Scenario {
  std::string name;   ///< file name without its ending
  std::string title;  ///< what a reader sees
  std::chrono::sys_days start{};
  int years = 10;
  int warm_up_months = 12;  ///< patient flow before the start, left out of the results
  std::uint64_t seed = 1;
  int replications = 30;

  std::string commune;  ///< INSEE code of the commune that acts; empty if only an EPCI was named
  std::string epci;     ///< SIREN code; empty if a commune was named
  Extent extent = Extent::epci;
  std::vector<Population> populations;
  std::vector<Supply> supplies;
  TeamStage team_stage = TeamStage::none;  ///< of a team that exists at the start
  std::optional<double> yearly_budget;     ///< EUR of the commune that acts; without one, no limit

  std::vector<Strategy> strategies;
  std::size_t baseline = 0;  ///< position in `strategies`

  ParameterTable parameters;
  NeedTable needs;
  std::string text;  ///< the scenario, its needs and its strategies as read, for provenance
  bool operator==(const Scenario&) const = default;
};

/// What the command line changes. Where `strategies` leaves out the file's baseline, the first of
/// them takes its place.
struct Overrides {
  std::optional<int> years;
  std::optional<int> replications;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> strategies;                          ///< replace those of the file
  std::vector<std::pair<std::string, std::string>> parameters;  ///< id and value, as typed
};

/// Where to look, and how to check what only the reference data can tell.
struct ReadOptions {
  std::filesystem::path
      library;  ///< the folder with `parameters.csv`, `needs.csv` and `strategies/`
  Overrides overrides;
  /// Says what is wrong with a commune's INSEE code or an EPCI's SIREN code, with a suggestion;
  /// nothing if it is right. Empty: codes are checked for their form only.
  std::function<std::optional<std::string>(std::string_view code)> check_commune;
  std::function<std::optional<std::string>(std::string_view code)> check_epci;
};

/// Reads and validates a scenario, with the strategies and parameters that it names. A strategy is
/// looked for in `strategies/` beside the scenario, then in the library; a name that ends in
/// `.toml` is a path, from the scenario's folder if the scenario names it and from the working
/// folder if an override does. Throws `Invalid` with every problem at once, or `InputMissing`.
/// After twenty problems, codes are checked for their form only and nothing is suggested any more.
Scenario read_scenario(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace scenario
