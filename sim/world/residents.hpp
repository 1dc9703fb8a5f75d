/// The people who live in a catchment.
#pragma once

#include <cstdint>
#include <limits>

#include "world/ids.hpp"
#include "world/units.hpp"

namespace world {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

/// One resident. Days count from the first day of the run; who was born before has a negative birth
/// day. Length of life and onset of illness are drawn at birth, the day of moving away at birth or
/// on arrival, so that no strategy shifts them. Days of care fit 16 bits: no run is longer than 89
/// years.
struct Resident {
  std::int32_t birth_day = 0;
  std::int32_t last_day = never;      ///< of death, or of moving away if that comes first
  std::int32_t illness_day = never;   ///< first day in the long-term condition scheme (ALD)
  std::int32_t immobile_day = never;  ///< first day of difficulty in travelling alone
  std::int16_t last_seen_day = 0;     ///< by a GP; the first day of the run if not since
  std::int16_t last_prevention_day =
      0;                    ///< when last seen for prevention, or reached by a programme
  std::uint16_t needs = 0;  ///< needs of direct access drawn so far
  ProfessionalId registered_gp = no_professional;
  CommuneId commune{};
  Sex sex{};
  std::uint8_t deprivation = 1;  ///< quintile, 5 is the most deprived
  bool looks_for_gp : 1 = true;  ///< false: never declares a registered GP
  bool alive : 1 = true;         ///< and living here: neither dead nor moved away
  bool moves_away : 1 = false;   ///< on the last day; otherwise it is the day of death

  void seen_on(std::int32_t d) { last_seen_day = static_cast<std::int16_t>(d); }
  void prevention_on(std::int32_t d) { last_prevention_day = static_cast<std::int16_t>(d); }
  double age_on(std::int32_t d) const { return static_cast<double>(d - birth_day) / days_per_year; }
  bool long_term_condition(std::int32_t d) const { return d >= illness_day; }
  bool limited_mobility(std::int32_t d) const { return d >= immobile_day; }
};
static_assert(sizeof(Resident) <= 32, "two residents a cache line");

}  // namespace world
