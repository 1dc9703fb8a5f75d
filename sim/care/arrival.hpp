/// Why a professional settles here rather than elsewhere.
#pragma once

#include "care/parameters.hpp"
#include "world/ids.hpp"

namespace care {

/// What a candidate finds in the territory.
struct Offer {
  bool team = false;             ///< a team exists ...
  bool recognised = false;       ///< ... and has been recognised
  double relative_cohesion = 0;  ///< of the team, over the reference
  int team_gps = 0;
  bool free_room = false;        ///< in municipal premises of any kind
  bool free_room_in_building = false;
};

/// Where a newcomer settles, once here.
struct Setting {
  double log_odds = 0;  ///< of settling here rather than elsewhere, area included
  bool joins_team = false;
  bool takes_room = false;
};

/// The best setting on offer, and its attraction over a neutral place.
///
///   own office              0
///   room without a team     ln(building_only_choice_or), if it is in a new building
///   with the team           s C (ln RR + c (min(GPs, limit) - mean GPs)) + room
///
/// RR: `msp_area_install_rr`, the published ratio of installations in an area with a recognised
/// team; c = ln(1 + `cumulative_attraction_per_gp`); C: cohesion over the reference, at most 1;
/// s: 1 with the label and a free room, less without (`unlabelled_team_effect_share`,
/// `team_without_room_effect_share`). Candidates above `team_taste_age_limit` do not look for a team.
/// Assumption A3: the cumulative term is centred on the mean number of GPs in a team, so that a team
/// of mean size keeps exactly the published ratio. Assumption A4: a candidate weighs the best
/// setting here against the rest of France; more settings do not add up.
Setting best_setting(const Offer& offer, world::Profession profession, double age,
                     const ArrivalParameters& p);

/// Probability that a candidate settles here (multinomial logit against the rest of France).
///
///   P = s e^U / (1 - s + s e^U),  s: `candidate_neutral_share`, U: log-odds of the setting
double settling_probability(double log_odds, const ArrivalParameters& p);

/// Candidates per year for one profession, in a territory of so many residents: the flow of
/// installations over `candidate_neutral_share`.
Rate candidate_rate(world::Profession profession, int residents, const ArrivalParameters& p);

}  // namespace care
