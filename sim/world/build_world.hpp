/// The first day of a run: from the map of a catchment to the people who live and work there.
#pragma once

#include <vector>

#include "scenario/scenario.hpp"
#include "world/catchment_map.hpp"
#include "world/decisions.hpp"
#include "world/professionals.hpp"
#include "world/residents.hpp"

namespace world {

/// What a replication starts from, the same for every strategy.
struct World {
  std::vector<Resident> residents;          ///< by commune; nobody has a registered GP yet
  std::vector<Professional> professionals;  ///< by commune, then profession
};

/// How professionals of each profession are spread by age, and how much they differ.
struct ProfessionalPopulation {
  std::vector<double> gp_age_shares;  ///< by band of `gp_age_bounds`
  std::vector<double> gp_age_bounds;  ///< years; one more than the shares
  double other_age_low = 0;           ///< other professions: evenly between these ages
  double other_age_high = 0;
  std::array<double, profession_count> women_share{};
  double young_gp_women_share = 0;  ///< under `young_gp_age`; the share of all GPs is kept
  static constexpr double young_gp_age = 40;  ///< years
  double activity_spread = 0;                 ///< standard deviation of the logarithm of activity
  double entry_age = 0;                       ///< median age of a newcomer, years
  double entry_age_spread = 0;                ///< standard deviation of its logarithm
};
ProfessionalPopulation read_professional_population(const scenario::ParameterTable& table);

/// Share of a profession at work whose age lies in [from, to).
double share_aged(const ProfessionalPopulation& population, Profession profession, double from,
                  double to);

/// Share of women among those of a profession and an age.
double women_share(const ProfessionalPopulation& population, Profession profession, double age);

/// A professional named `luck`, by their own stream: sex, age, activity, tastes and the thresholds
/// of their hazards. `age` replaces the drawn one when given. Arrival and place are the caller's.
Professional draw_professional(const ProfessionalPopulation& population, Profession profession,
                               bool newcomer, std::optional<double> age, std::int32_t today,
                               std::uint32_t luck, const Luck& luck_of_run);

/// How many professionals a catchment can have had: their ids fit 16 bits, and the last says none.
inline constexpr std::size_t most_professionals = 0xFFFF;

/// The id of one professional more after so many. Throws `std::length_error` where ids end.
ProfessionalId next_professional(std::size_t so_far);

World build_world(const CatchmentMap& map, const ProfessionalPopulation& professionals,
                  std::int32_t warm_up_days, const Luck& luck);

}  // namespace world
