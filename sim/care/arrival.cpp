#include "care/arrival.hpp"

#include <algorithm>
#include <array>

#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace care {

namespace {

bool looks_for_team(const Offer& offer, double age, const ArrivalParameters& p) {
  return offer.team && age <= p.team_taste_age_limit;
}

/// How much of a recognised team's full effect this team has.
double strength(const Offer& offer, const ArrivalParameters& p) {
  return (offer.recognised ? 1 : p.unlabelled_share) *
         (offer.free_room ? 1 : p.without_room_share) * std::min(offer.relative_cohesion, 1.0);
}

double room_log_odds(const Offer& offer, const ArrivalParameters& p) {
  return (offer.free_room_in_building ? p.room_log_odds : 0) +
         (offer.free_room ? p.rent_log_odds * offer.rent_saved : 0);
}

/// What the neighbours lose is left out.
double gp_log_odds(const Offer& offer, const ArrivalParameters& p) {
  return pdes::portable::log(1 + (1 - p.displacement) * p.aid_effect * offer.aid / p.aid_unit) +
         p.paperwork_log_odds * offer.paperwork_relieved;
}

}  // namespace

double attraction(const Offer& offer, world::Profession profession, double age,
                  const ArrivalParameters& p) {
  double best = 0;
  if (offer.free_room) best = std::max(best, room_log_odds(offer, p));
  if (looks_for_team(offer, age, p)) {
    const double gps = std::min<double>(offer.team_gps, p.per_gp_limit);
    const double full =
        p.team_log_odds[world::index(profession)] + p.per_gp_log_odds * (gps - p.mean_team_gps);
    best = std::max(best, strength(offer, p) * full + room_log_odds(offer, p));
  }
  if (profession == world::Profession::gp) best += gp_log_odds(offer, p);
  return p.area_attraction + best;
}

Setting choose_setting(double u, const Offer& offer, double age, const ArrivalParameters& p) {
  const double room = offer.free_room && !looks_for_team(offer, age, p)
                          ? pdes::portable::exp(room_log_odds(offer, p))
                          : 0;
  const double team =
      looks_for_team(offer, age, p)
          ? pdes::portable::exp(strength(offer, p) * p.site_log_odds + room_log_odds(offer, p))
          : 0;
  const std::array<double, 3> weights{1, room, team};  // in the order of `Setting`
  return static_cast<Setting>(pdes::categorical(u, weights));
}

double displaced_share(double aid, double share_of_residents, const ArrivalParameters& p) {
  const double taken = p.displacement * p.aid_effect * aid / p.aid_unit * share_of_residents;
  const double neighbours = 1 - share_of_residents;
  return taken < neighbours ? taken / neighbours : 1;
}

double settling_probability(double log_odds, const ArrivalParameters& p) {
  const double odds = pdes::portable::exp(log_odds);
  return p.neutral_share * odds / (1 - p.neutral_share + p.neutral_share * odds);
}

Rate candidate_rate(world::Profession profession, int residents, const ArrivalParameters& p) {
  return {p.flow[world::index(profession)] * residents * p.small_area_ratio / p.neutral_share};
}

}  // namespace care
