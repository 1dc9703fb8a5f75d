#include "care/arrival.hpp"

#include <algorithm>

#include "pdes/portable_math.hpp"

namespace care {

Setting best_setting(const Offer& offer, world::Profession profession, double age,
                     const ArrivalParameters& p) {
  Setting best{p.area_attraction, false, false};
  const double room = offer.free_room_in_building ? p.room_log_odds : 0;
  if (offer.free_room && !offer.team && room > 0) {
    best = {p.area_attraction + room, false, true};
  }
  if (offer.team && age <= p.team_taste_age_limit) {
    const double gps = std::min<double>(offer.team_gps, p.per_gp_limit);
    const double full = p.team_log_odds[world::index(profession)] +
                        p.per_gp_log_odds * (gps - p.mean_team_gps);
    const double share = (offer.recognised ? 1 : p.unlabelled_share) *
                         (offer.free_room ? 1 : p.without_room_share) *
                         std::min(offer.relative_cohesion, 1.0);
    const double with_team = p.area_attraction + share * full + room;
    if (with_team >= best.log_odds) best = {with_team, true, offer.free_room};
  }
  return best;
}

double settling_probability(double log_odds, const ArrivalParameters& p) {
  const double odds = pdes::portable::exp(log_odds);
  return p.neutral_share * odds / (1 - p.neutral_share + p.neutral_share * odds);
}

Rate candidate_rate(world::Profession profession, int residents, const ArrivalParameters& p) {
  return {p.flow[world::index(profession)] * residents * p.small_area_ratio / p.neutral_share};
}

}  // namespace care
