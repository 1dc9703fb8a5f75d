/// Why a professional settles here rather than elsewhere.
#pragma once

#include <cstdint>

#include "care/parameters.hpp"
#include "world/ids.hpp"

namespace care {

/// What a candidate finds around the commune of their choice.
struct Offer {
  bool team = false;             ///< a team exists within reach ...
  bool recognised = false;       ///< ... and has been recognised
  double relative_cohesion = 0;  ///< of the team, over the reference
  int team_gps = 0;
  bool free_room = false;  ///< in municipal premises of any kind
  bool free_room_in_building = false;
  double aid = 0;                 ///< EUR over the first years, to a self-employed GP
  double rent_saved = 0;          ///< EUR per year, in the free room
  double paperwork_relieved = 0;  ///< share of a GP's
};

/// Where a newcomer practises.
enum class Setting : std::uint8_t { own_office, municipal_room, team };

/// How much more the area attracts than a neutral one, in log-odds: the best of what it offers.
///
///   own office              0
///   room                    ln(building_only_choice_or), if it is in a new building, + rent
///   team                    s C (ln RR + c (min(GPs, limit) - mean GPs)) + room
///
/// plus `area_attraction`, and for GPs the aid to settle, ln(1 + (1 - d) e A), and the paperwork
/// taken off them, r ln(`paperwork_choice_or`). rent: ln(1 + `rent_elasticity_install`) for each
/// 10 % of a GP's charges that the rent saves. e: `install_subsidy_effect`, d:
/// `bidding_displacement`, A: the aid in units of `install_subsidy_caim`; what the neighbours lose
/// is no gain of the area (see `displaced_share`). r: share of the paperwork relieved. RR:
/// `msp_area_install_rr`, the published ratio of installations in an area with a recognised team; c
/// = ln(1 + `cumulative_attraction_per_gp`); C: cohesion over the reference, at most 1; s: 1 with
/// the label and a free room, less without
/// (`unlabelled_team_effect_share`, `team_without_room_effect_share`). Candidates above
/// `team_taste_age_limit` do not look for a team.
/// Assumption A3: the cumulative term is centred on the mean number of GPs in a team, so that a
/// team of mean size keeps the published ratio, as a ratio of odds. Assumption A4: an area attracts
/// by the best that it offers; more settings do not add up.
double attraction(const Offer& offer, world::Profession profession, double age,
                  const ArrivalParameters& p);

/// Which setting a newcomer takes, for a uniform `u` in (0, 1) (conditional logit).
///
///   own office 1;  room alone `building_only_choice_or`;  team OR^(s C) room
///
/// OR: `msp_site_choice_or`, the published preference of young GPs for a recognised team over an
/// office of their own; s and C as above.
Setting choose_setting(double u, const Offer& offer, double age, const ArrivalParameters& p);

/// Share of the GPs who would settle in the catchment's other communes, in offices of their own,
/// whom the aid of one commune draws there.
///
///   q = d e A w / (1 - w), at most 1
///
/// w: the commune's share of the catchment's residents. With `attraction`, the aid multiplies the
/// commune's own installations by about 1 + e A, of which a share d = `bidding_displacement` is
/// taken from the neighbours. What is taken from beyond the catchment is not counted as a gain.
/// Assumption A12: an aid to settle acts by its total amount, whatever it is called.
double displaced_share(double aid, double share_of_residents, const ArrivalParameters& p);

/// Probability that a candidate settles here (multinomial logit against the rest of France).
///
///   P = s e^U / (1 - s + s e^U),  s: `candidate_neutral_share`, U: log-odds of `attraction`
double settling_probability(double log_odds, const ArrivalParameters& p);

/// Candidates per year for one profession, in a territory of so many residents: the flow of
/// installations over `candidate_neutral_share`.
Rate candidate_rate(world::Profession profession, int residents, const ArrivalParameters& p);

}  // namespace care
