/// Offers without an appointment book, the network that brings patients and practices together, and
/// outreach to those who look for nobody.
#include <algorithm>

#include "care/catchment.hpp"
#include "care/social_work.hpp"
#include "care/telemedicine_booth.hpp"
#include "care/territorial_network.hpp"
#include "pdes/sample.hpp"

namespace care {

using record::NeedOutcome;
using world::Calendar;
using world::CommuneId;
using world::Decision;
using world::no_professional;
using world::Resident;
using world::ResidentId;

/// What takes a need for a GP that no practice takes in time: the walk-in unit, a stop of the
/// mobile unit, a booth.
bool Catchment::take_unscheduled_offer(const Consultation& request, pdes::Time last,
                                       Context& context) {
  if (setup_.needs[request.type].first != world::Profession::gp) return false;
  return (request.urgent && see_at_walk_in(request, context)) ||
         see_at_mobile_unit(request, last, context) ||
         (request.urgent && see_at_booth(request, context));
}

/// An urgent need that the walk-in unit takes at once, if it has a slot left today.
bool Catchment::see_at_walk_in(const Consultation& request, Context& context) {
  const std::int32_t today = Calendar::day_of(context.now());
  if (!walk_in_.take(today, setup_.calendar)) return false;
  Resident& who = resident(request.resident);
  who.seen_on(today);
  recorder_.wait(pdes::Duration{0}, who.commune, world::Profession::gp);
  end_need(request, NeedOutcome::seen_at_walk_in);
  return true;
}

bool Catchment::gets_to(const Resident& who, CommuneId place, std::int32_t today) const {
  return within_reach(setup_.map.minutes(who.commune, place), who.commune == place,
                      who.limited_mobility(today), setup_.parameters.offer);
}

/// A consultation at the first stop of the mobile unit within reach and patience.
bool Catchment::see_at_mobile_unit(const Consultation& request, pdes::Time last, Context& context) {
  if (means_.mobile_unit_days <= 0) return false;
  const Resident& who = resident(request.resident);
  const std::int32_t today = Calendar::day_of(context.now());
  const std::optional<std::int32_t> day = mobile_unit_.book(
      today, Calendar::day_of(last), [&](CommuneId stop) { return gets_to(who, stop, today); },
      setup_.parameters.offer, setup_.calendar);
  if (!day) return false;
  const pdes::Duration wait = std::max(Calendar::start_of(*day), context.now()) - context.now();
  ++open_needs_[world::index(world::Profession::gp)];
  recorder_.wait(wait, who.commune, world::Profession::gp);
  context.schedule(wait, MobileConsultation{request.resident, request.type});
  return true;
}

void Catchment::on(const MobileConsultation& event, Context& context) {
  --open_needs_[world::index(world::Profession::gp)];
  Resident& who = resident(event.resident);
  const Consultation request{event.resident, 0, no_professional, event.type, false};
  if (!who.alive) {
    end_need(request, who.moves_away ? NeedOutcome::left_before : NeedOutcome::died_before);
    return;
  }
  who.seen_on(Calendar::day_of(context.now()));
  if (setup_.needs[event.type].renews_prevention) {
    who.prevention_on(Calendar::day_of(context.now()));
  }
  end_need(request, NeedOutcome::seen_at_mobile_unit);
}

/// An urgent need that a booth takes at once: of a resident within reach who uses one, if it can be
/// dealt with from a distance and a slot is left today.
bool Catchment::see_at_booth(const Consultation& request, Context& context) {
  if (booths_.per_day <= 0) return false;
  const OfferParameters& p = setup_.parameters.offer;
  const Resident& who = resident(request.resident);
  const std::int32_t today = Calendar::day_of(context.now());
  if (!gets_to(who, setup_.map.focus(), today)) return false;
  pdes::Stream person = luck_.stream(Decision::booth_use, world::index(request.resident));
  pdes::Stream need =
      luck_.stream(Decision::booth_use, world::index(request.resident), request.need + 1);
  const double share =
      booth_use_share(who.age_on(today), circumstances(who, today).poorest_quintile, p);
  if (!pdes::bernoulli(person, share) || !pdes::bernoulli(need, p.booth_treatable_share) ||
      !booths_.take(today, setup_.calendar)) {
    return false;
  }
  recorder_.wait(pdes::Duration{0}, who.commune, world::Profession::gp);
  end_need(request, NeedOutcome::seen_at_booth);
  return true;
}

/// What the month's offers, network and social work do.
void Catchment::bring_offers(const Concerned& concerned, pdes::Time now) {
  const Parameters& p = setup_.parameters;
  walk_in_.slots.per_day = means_.walk_in_slots;
  mobile_unit_.run(means_.mobile_unit_days);
  booths_.per_day = means_.booths * p.offer.booth_slots;

  const double usual = p.books[world::index(world::Profession::gp)].late_release_share;
  const double kept = kept_share(means_.network_share, usual, p.network);
  for (std::size_t i = 0; i < books_.size(); ++i) {
    if (professionals_[i].profession == world::Profession::gp) books_[i].keep(kept);
  }
  match_patients(now);

  const double served =
      social_work_share(means_.social_worker_fte, concerned.poorest, p.social_work);
  relief_ = with_social_work(relief_, served, p.social_work);
  reach_out(served, now);
}

/// The network finds a GP for residents with a long-term condition who have none, in an order that
/// favours no commune, where a practice has room.
void Catchment::match_patients(pdes::Time now) {
  const double probability = matching_probability(means_.network_share, setup_.parameters.network);
  if (probability <= 0) return;
  const std::int32_t today = Calendar::day_of(now);
  struct Match {
    double order;
    ResidentId resident;
    double choice;
  };
  std::vector<Match> matches;
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    if (!is_to_be_matched(residents_[r], today)) continue;
    pdes::Stream stream =
        luck_.stream(Decision::network_match, r, static_cast<std::uint32_t>(today));
    const double order = stream.uniform();
    if (order >= probability) continue;
    matches.push_back({order, ResidentId(static_cast<std::uint32_t>(r)), stream.uniform()});
  }
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return a.order != b.order ? a.order < b.order : a.resident < b.resident;
  });
  PracticeMap open = practices_;
  for (const Match& match : matches) {
    const world::ProfessionalId gp =
        gp_with_room(open, resident(match.resident).commune, [&] { return match.choice; });
    if (gp == no_professional) continue;
    enrol(match.resident, gp);
    recorder_.matched();
  }
}

/// Residents of the most deprived quintile who never look for a GP begin to, with help.
void Catchment::reach_out(double share, pdes::Time now) {
  const double probability = outreach_probability(share, setup_.parameters.social_work);
  if (probability <= 0) return;
  const std::int32_t today = Calendar::day_of(now);
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    Resident& who = residents_[r];
    if (!who.alive || who.looks_for_gp || !circumstances(who, today).poorest_quintile) continue;
    pdes::Stream stream = luck_.stream(Decision::outreach, r, static_cast<std::uint32_t>(today));
    if (pdes::bernoulli(stream, probability)) who.looks_for_gp = true;
  }
}

}  // namespace care
