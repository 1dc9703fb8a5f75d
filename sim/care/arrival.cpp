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

/// Where colleagues have few patients, fewer want to join them.
double activity_log_odds(const Offer& offer, const ArrivalParameters& p) {
  return p.activity_elasticity * pdes::portable::log(offer.activity);
}

/// What the place of a room or a team adds, the team itself apart.
double place_log_odds(const Offer& offer, const ArrivalParameters& p) {
  return room_log_odds(offer, p) + activity_log_odds(offer, p);
}

/// A team weighs from nothing to twice as much, by taste; the mean of the odds ratio is kept.
double by_taste(double team_log_odds, double taste_for_team) {
  if (team_log_odds <= 0) return team_log_odds;
  return pdes::portable::log(1 +
                             2 * (1 - taste_for_team) * (pdes::portable::exp(team_log_odds) - 1));
}

/// What the neighbours lose is left out.
double gp_log_odds(const Offer& offer, const ArrivalParameters& p) {
  return p.unmet_demand_log_odds * std::clamp(offer.excess_load, 0.0, 1.0) +
         pdes::portable::log(1 + (1 - p.displacement) * p.aid_effect * offer.aid / p.aid_unit) +
         p.paperwork_log_odds * offer.paperwork_relieved;
}

}  // namespace

double attraction(const Offer& offer, const Candidate& who, const ArrivalParameters& p) {
  double best = 0;
  if (offer.free_room) best = std::max(best, place_log_odds(offer, p));
  if (looks_for_team(offer, who.age, p)) {
    const double gps = std::min<double>(offer.team_gps, p.per_gp_limit);
    const double full =
        p.team_log_odds[world::index(who.profession)] + p.per_gp_log_odds * (gps - p.mean_team_gps);
    best = std::max(
        best, by_taste(strength(offer, p) * full, who.taste_for_team) + place_log_odds(offer, p));
  }
  if (who.profession == world::Profession::gp) best += gp_log_odds(offer, p);
  return p.area_attraction + best + (who.roots ? p.roots_log_odds : p.no_roots_log_odds) +
         p.generation_log_odds * offer.generation_excess;
}

void set_roots(double share_of_settlers, ArrivalParameters& p) {
  const auto log_odds = [](double probability) {
    const double most = 0.99;
    const double settles = std::min(probability, most);
    return pdes::portable::log(settles / (1 - settles));
  };
  const double s = p.neutral_share, r = p.roots_share;
  if (r <= 0 || r >= 1) return;
  p.roots_log_odds = log_odds(s * share_of_settlers / r) - log_odds(s);
  p.no_roots_log_odds = log_odds(s * (1 - share_of_settlers) / (1 - r)) - log_odds(s);
}

double log_odds_of_ratio(double ratio, const ArrivalParameters& p) {
  const auto settling = [&](double log_odds) {
    return p.roots_share * settling_probability(log_odds + p.roots_log_odds, p) +
           (1 - p.roots_share) * settling_probability(log_odds + p.no_roots_log_odds, p);
  };
  const double aim = ratio * settling(0);
  double low = -20, high = 20;
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    (settling(middle) < aim ? low : high) = middle;
  }
  return (low + high) / 2;
}

double generation_excess(int of_generation, int peers, double national_share) {
  return (of_generation + national_share) / (peers + 1) - national_share;
}

Setting choose_setting(double u, const Offer& offer, double age, const ArrivalParameters& p) {
  const double room = offer.free_room && !looks_for_team(offer, age, p)
                          ? pdes::portable::exp(place_log_odds(offer, p))
                          : 0;
  const double team =
      looks_for_team(offer, age, p)
          ? pdes::portable::exp(strength(offer, p) * p.site_log_odds + place_log_odds(offer, p))
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
