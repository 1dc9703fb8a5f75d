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
  double excess_load = 0;         ///< of the GPs around, above 1
  double generation_excess = 0;   ///< share of the peers around who are of the candidate's
                                  ///< generation, over the national one
  double activity = 1;            ///< `relative_activity` of the place, above 0
};

/// Who looks for a place to settle.
struct Candidate {
  world::Profession profession{};
  double age = 0;               ///< years
  double taste_for_team = 0.5;  ///< uniform in (0, 1); the lower, the more a team weighs
  bool roots = false;           ///< born or trained near
};

/// Where a newcomer practises.
enum class Setting : std::uint8_t { own_office, municipal_room, team };

/// How much more the area attracts this candidate than a neutral one, in log-odds:
///
///   U = a + max(0, room, team) + roots + generation + [GP] (demand + aid + paperwork)
///
///   a            `area_attraction`
///   room         ln(`building_only_choice_or`), if it is in a new building, + rent + activity
///   team         ln(1 + 2 (1 - t) (e^x - 1)) + room,  x = s C (ln OR + c (min(GPs, limit) - mean))
///   roots        what makes `roots_candidates_share` of the candidates `roots_settlers_share` of
///                those who settle
///   generation   ln(`generation_peers_or`) (share of the peers around of one's generation, less
///                the national share)
///   demand       ln(`unmet_demand_or`) min(1, max(0, load of the GPs around - 1))
///   aid          ln(1 + (1 - d) e A)
///   paperwork    r ln(`paperwork_choice_or`)
///   activity     `activity_elasticity` ln(A),  A: activity expected at the place over that in an
///                office of one's own (`relative_activity`)
///
/// t: taste for teams, uniform in (0, 1), so that the mean odds ratio is that of x. OR: the odds
/// ratio that gives `msp_area_install_rr`, the published ratio of installations in an area with a
/// recognised team (`log_odds_of_ratio`). c = ln(1 + `cumulative_attraction_per_gp`); C: cohesion
/// over the reference, at most 1; s: 1 with the label and a free room, less without
/// (`unlabelled_team_effect_share`, `team_without_room_effect_share`). Candidates above
/// `team_taste_age_limit` do not look for a team. rent: ln(1 + `rent_elasticity_install`) for each
/// 10 % of a GP's charges that the rent saves. e: `install_subsidy_effect`, d:
/// `bidding_displacement`, A: the aid in units of `install_subsidy_caim`; what the neighbours lose
/// is no gain of the area (see `displaced_share`). r: share of the paperwork relieved.
///
/// Roots, tastes and generations are centred: where nothing is offered, the mean probability of
/// settling is `candidate_neutral_share`. Remoteness acts on the number of candidates
/// (`candidate_rate`), and the taste for salaried work on which of two pools they belong to
/// (`salaried_candidate_rate`). Sex acts on hours only: nothing is known of it here.
/// Assumption A3: the cumulative term is centred on the mean number of GPs in a team, so that a
/// team of mean size keeps the published ratio. Assumption A4: an area attracts by the best that it
/// offers; more settings do not add up. Assumption A50: roots, generations and demand weigh the
/// same for all professions, demand apart, and add to what the area offers.
double attraction(const Offer& offer, const Candidate& who, const ArrivalParameters& p);

/// Sets the log-odds of roots such that the candidates who have them are so large a share of those
/// who settle where nothing is offered.
///
///   P(with roots) = s R / r,  P(without) = s (1 - R) / (1 - r)
///
/// R: share among those who settle, r: among the candidates, s: `candidate_neutral_share`.
void set_roots(double share_of_settlers, ArrivalParameters& p);

/// The log-odds that multiply installations by a published ratio, over candidates with and without
/// roots.
double log_odds_of_ratio(double ratio, const ArrivalParameters& p);

/// Share of one's generation among the peers around, over that of all France. One peer as the
/// national mean is added to those counted, so that a lone peer says little, and none nothing.
double generation_excess(int of_generation, int peers, double national_share);

/// Which setting a newcomer takes, for a uniform `u` in (0, 1) (conditional logit).
///
///   own office 1;  room alone `building_only_choice_or` activity;  team OR^(s C) room
///
/// OR: `msp_site_choice_or`, the published preference of young GPs for a recognised team over an
/// office of their own; s, C and activity
/// as above.
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

/// Candidates per year for one profession, in a territory of so many residents.
///
///   rate = flow residents small / s
///
/// flow: installations in France per resident; small: `small_area_entry_ratio`; s:
/// `candidate_neutral_share`.
Rate candidate_rate(world::Profession profession, int residents, const ArrivalParameters& p);

}  // namespace care
