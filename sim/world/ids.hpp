/// Names for the things of the world: typed indices, and the closed sets everyone agrees on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace world {

enum class CommuneId : std::uint16_t {};       ///< a commune of the catchment, from 0
enum class ResidentId : std::uint32_t {};      ///< in order of birth or settlement
enum class ProfessionalId : std::uint16_t {};  ///< in order of arrival
enum class SiteId : std::uint16_t {};
enum class TeamId : std::uint16_t {};

inline constexpr ProfessionalId no_professional{0xFFFF};
inline constexpr SiteId no_site{0xFFFF};
inline constexpr TeamId no_team{0xFFFF};

/// The position of an id in the columns that it indexes.
template <class Id>
constexpr std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

enum class Profession : std::uint8_t {
  gp,
  nurse,
  physiotherapist,
  dentist,
  specialist,
  midwife,
  pharmacist,
  advanced_nurse,
  speech_therapist,
  occupational_therapist,
  psychomotor_therapist,
  orthoptist,
  dietitian,
  podiatrist,
};
inline constexpr auto profession_names = std::to_array<std::string_view>(
    {"gp", "nurse", "physiotherapist", "dentist", "specialist", "midwife", "pharmacist",
     "advanced_nurse", "speech_therapist", "occupational_therapist", "psychomotor_therapist",
     "orthoptist", "dietitian", "podiatrist"});
inline constexpr std::size_t profession_count = profession_names.size();

/// How the parameter table calls them: `supply_size_500_999_physio`.
inline constexpr std::array<std::string_view, profession_count> profession_stems{
    "gp",          "nurse",      "physio",         "dentist",   "specialist",
    "midwife",     "pharmacist", "advanced_nurse", "speech",    "occupational",
    "psychomotor", "orthoptist", "dietitian",      "podiatrist"};

enum class Sex : std::uint8_t { woman, man };

/// Why a professional is no longer at work in the territory.
enum class DepartureCause : std::uint8_t {
  still_here,
  retirement,
  relocation,
  burnout,
  contract_end
};
inline constexpr auto departure_cause_names = std::to_array<std::string_view>(
    {"still_here", "retirement", "relocation", "burnout", "contract_end"});

}  // namespace world
