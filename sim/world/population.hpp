/// Who the residents are: age, sex, illness and length of life, each drawn by inversion from one
/// uniform.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "pdes/stream.hpp"
#include "scenario/parameters.hpp"
#include "world/deprivation.hpp"
#include "world/residents.hpp"

namespace world {

/// Five-year age bands: 0-4, 5-9, ..., 80-84, 85 and over.
inline constexpr std::size_t age_bands = 18;
inline constexpr double years_per_band = 5;
inline constexpr std::array<std::string_view, age_bands> age_band_names{
    "00_04", "05_09", "10_14", "15_19", "20_24", "25_29", "30_34", "35_39", "40_44",
    "45_49", "50_54", "55_59", "60_64", "65_69", "70_74", "75_79", "80_84", "85_plus"};
std::size_t age_band_of(double age);

/// Deaths: a share dies in the first year, the rest follow Gompertz's law,
///   h(a) = level exp(slope a), deaths per person-year at age a.
/// Parameters `mortality_*`: fitted to Insee's tables of 2023-2025. Assumption: no causal effect of
/// care on mortality (`loss_gp_mortality_causal` is 1).
struct Mortality {
  double infant_share = 0;
  double level = 0;
  double slope = 0;

  /// Age at death in years for a uniform `u` in (0, 1), given survival to `age`.
  ///   T = ln(exp(slope a) - slope ln(u) / level) / slope
  double age_at_death(double u, double age) const;
  bool operator==(const Mortality&) const = default;
};

/// Prevalence of long-term conditions (ALD) by age, linear between the middles of its age bands.
/// A resident is ill from the age at which prevalence exceeds their own uniform `u`, drawn once:
/// the age profile holds at any date and recovery does not exist.
class Illness {
 public:
  Illness() = default;
  Illness(std::vector<double> ages, std::vector<double> prevalence);
  double prevalence_at(double age) const;
  /// The age of onset for a uniform `u`; infinite when above the greatest prevalence.
  double onset_age(double u) const;
  bool operator==(const Illness&) const = default;

 private:
  std::vector<double> ages_;        ///< rising
  std::vector<double> prevalence_;  ///< never falling
};

/// All that a resident is drawn from.
struct Population {
  std::array<double, age_bands> share{};        ///< of residents, by band, all together 1
  std::array<double, age_bands> women_share{};  ///< of a band
  std::array<Mortality, 2> mortality;           ///< by `Sex`
  Illness illness;
  double never_looks_for_gp = 0;  ///< share of residents who never declare one
  double immobile_under_75 = 0;   ///< share who can hardly travel alone to a practice
  double immobile_75_plus = 0;    ///< the same from 75 on; never smaller
  double births_per_1000 = 0;     ///< per resident and year, in thousandths
  double girls_share = 0;         ///< of births
  QuintileShares deprivation = even_quintiles;
  bool operator==(const Population&) const = default;
};

/// The population of France around the start of a scenario: age shares between the census of 2018
/// and the estimate for 2026 by straight line.
Population read_population(const scenario::ParameterTable& table, int start_year);

/// The same with another share of residents aged 75 or more; the other ages keep their proportions.
Population with_share_75_plus(Population population, double share);

/// A resident present on day `today`, by the draws of `stream`. `commune`, registration and the day
/// of moving away are left to the caller.
Resident draw_resident(const Population& population, pdes::Stream stream, std::int32_t today = 0);

/// A resident born on `birth_day`.
Resident draw_newborn(const Population& population, std::int32_t birth_day, pdes::Stream stream);

}  // namespace world
