/// Professionals: candidates compare, newcomers settle, everyone stays or leaves.
#include <algorithm>

#include "care/catchment.hpp"
#include "care/expected_activity.hpp"
#include "care/territorial_network.hpp"
#include "care/working_hours.hpp"
#include "pdes/sample.hpp"

namespace care {

using world::Calendar;
using world::Decision;
using world::DepartureCause;
using world::no_professional;
using world::no_site;
using world::no_team;
using world::Profession;
using world::Professional;
using world::ProfessionalId;

namespace {

/// The name of a candidate's luck: apart from those who were here at the start, one range a
/// profession.
std::uint32_t candidate_luck(const CandidateAppears& candidate) {
  return 1U << 24 | static_cast<std::uint32_t>(candidate.profession) << 20 | candidate.candidate;
}

}  // namespace

void Catchment::schedule_candidate(const CandidateAppears& next, Context& context) {
  const Rate rate =
      candidate_rate(next.profession, setup_.map.residents(), setup_.parameters.arrival);
  if (rate.per_year <= 0) return;
  pdes::Stream stream = luck_.stream(Decision::candidate, candidate_luck(next));
  context.schedule(world::duration_of({pdes::unit_exponential(stream) / rate.per_year}), next);
}

void Catchment::on(const CandidateAppears& event, Context& context) {
  const std::uint32_t luck = candidate_luck(event);
  Professional newcomer =
      world::draw_professional(setup_.professionals, event.profession, true, std::nullopt,
                               Calendar::day_of(context.now()), luck, luck_);
  pdes::Stream stream = luck_.stream(Decision::candidate, luck, 1);
  newcomer.commune = commune_by_size(stream.uniform());
  const ArrivalParameters& p = setup_.parameters.arrival;
  pdes::Stream roots = luck_.stream(Decision::roots, luck);
  newcomer.roots = pdes::bernoulli(roots, p.roots_share);
  const double age = newcomer.age_at(context.now());
  Offer offer = offer_around(newcomer.commune);
  add_peers(newcomer, context.now(), offer);
  const world::CommuneId place = offer.free_room ? setup_.map.focus() : newcomer.commune;
  offer.activity = relative_activity(activity_expected(event.profession, place),
                                     activity_expected(event.profession, newcomer.commune));
  const Candidate candidate{event.profession, age, newcomer.taste_for_team, newcomer.roots};
  const double log_odds = attraction(offer, candidate, p);
  if (pdes::bernoulli(stream, settling_probability(log_odds, p))) {
    const Setting setting =
        choose_setting(stream.uniform(), open_to_newcomer(offer, newcomer.commune), age, p);
    if (setting == Setting::team) newcomer.team = the_team;
    if (setting != Setting::own_office) {
      newcomer.commune = place;
      newcomer.site = site_with_free_room().value_or(no_site);
    }
    if (setting == Setting::own_office && is_drawn_away(newcomer)) {
      newcomer.commune = setup_.map.focus();
    }
    pay_aid_on_arrival(newcomer, context.now());
    settle(newcomer, context);
  }
  schedule_candidate({event.profession, event.candidate + 1}, context);
}

/// What a candidate finds of their own profession around: peers of their generation, and GPs with
/// more patients than they can see.
void Catchment::add_peers(const Professional& candidate, pdes::Time now, Offer& offer) const {
  const ArrivalParameters& p = setup_.parameters.arrival;
  const double age = candidate.age_at(now);
  int peers = 0, of_generation = 0;
  double load = 0;
  for (std::size_t i = 0; i < professionals_.size(); ++i) {
    const Professional& peer = professionals_[i];
    if (!peer.at_work() || peer.profession != candidate.profession) continue;
    if (setup_.map.minutes(candidate.commune, peer.commune) > p.reach_minutes) continue;
    ++peers;
    load += load_[i];
    const double older_by = peer.age_at(now) - age;
    if (older_by >= -p.generation_years && older_by < p.generation_years) ++of_generation;
  }
  if (peers > 0) offer.excess_load = load / peers - 1;
  offer.generation_excess =
      generation_excess(of_generation, peers,
                        world::share_aged(setup_.professionals, candidate.profession,
                                          age - p.generation_years, age + p.generation_years));
}

/// Share of a full book that one more of the profession expects in a commune.
double Catchment::activity_expected(Profession profession, world::CommuneId commune) const {
  int peers = 0;
  double loads = 0;
  for (std::size_t i = 0; i < professionals_.size(); ++i) {
    const Professional& peer = professionals_[i];
    if (!peer.at_work() || peer.profession != profession || peer.commune != commune) continue;
    ++peers;
    loads += load_of_year_[i];
  }
  return expected_activity(loads, peers);
}

/// What a candidate who settles chooses from. Assumption A72: a team that has no room to offer is
/// joined from an office in the commune looked at, if its members may practise so far away.
Offer Catchment::open_to_newcomer(Offer offer, world::CommuneId looked_at) const {
  if (offer.free_room) return offer;
  offer.team = offer.team &&
               setup_.map.minutes(looked_at, team_.commune) <= setup_.parameters.team.reach_minutes;
  return offer;
}

/// Whether the aid of the commune that acts takes a GP from a neighbour.
bool Catchment::is_drawn_away(const Professional& newcomer) const {
  const double aid = aid_to_settle(means_, setup_.parameters.municipal);
  if (newcomer.profession != Profession::gp || newcomer.commune == setup_.map.focus() || aid <= 0)
    return false;
  const double size = setup_.map.communes()[world::index(setup_.map.focus())].residents;
  pdes::Stream stream = luck_.stream(Decision::displacement, newcomer.luck);
  return pdes::bernoulli(
      stream, displaced_share(aid, size / setup_.map.residents(), setup_.parameters.arrival));
}

void Catchment::pay_aid_on_arrival(const Professional& newcomer, pdes::Time now) {
  if (!is_supported(newcomer)) return;
  const Cents aid = world::cents(means_.installation_subsidy);
  ledger_.pay(setup_.calendar.scenario_day(Calendar::day_of(now)), Account::municipality,
              Account::professionals, aid, Category::aid_paid);
  engage_aid(aid);
}

/// The commune that a candidate looks at, larger ones more often.
world::CommuneId Catchment::commune_by_size(double u) const {
  std::vector<double> sizes;
  for (const world::CatchmentCommune& commune : setup_.map.communes()) {
    sizes.push_back(commune.residents);
  }
  return world::CommuneId(static_cast<std::uint16_t>(pdes::categorical(u, sizes)));
}

void Catchment::settle(Professional newcomer, Context& context) {
  newcomer.arrived = newcomer.assessed = context.now();
  newcomer.activity = settled_activity(newcomer, context.now());
  if (newcomer.team != no_team) {
    team_.cohesion =
        cohesion_after_arrivals(team_.cohesion, 1, members().all(), setup_.parameters.team);
  }
  const ProfessionalId id = world::next_professional(professionals_.size());
  professionals_.push_back(newcomer);
  const BookParameters& book = setup_.parameters.books[world::index(newcomer.profession)];
  books_.emplace_back(book, activity_of(newcomer, context.now()));
  if (newcomer.profession == Profession::gp) {
    books_.back().keep(
        kept_share(means_.network_share, book.late_release_share, setup_.parameters.network));
  }
  requests_.push_back(0);
  load_.push_back(1);
  load_of_year_.push_back(1);
  if (newcomer.profession == Profession::gp) recorder_.gp_arrives();
  practices_.open(id, newcomer.profession, newcomer.commune, newcomer.activity);
  list_team();
  assess(id, context);
}

/// Spends the hazards since the last look, reads the situation again, and plans a departure if one
/// is due before the next look. Situations are looked at on the first day of each month.
void Catchment::assess(ProfessionalId id, Context& context) {
  Professional& who = professional(id);
  if (!who.at_work()) return;
  const world::Years elapsed = world::years_in(context.now() - who.assessed);
  who.retirement.spend(elapsed, who.retirement_rate);
  who.relocation.spend(elapsed, who.relocation_rate);
  who.burnout.spend(elapsed, who.burnout_rate);
  who.contract.spend(elapsed, who.contract_rate);
  who.hours_cut.spend(elapsed, who.hours_cut_rate);
  if (who.hours_cut.rings()) cut_hours(who);
  who.activity = settled_activity(who, context.now());
  practices_.set_activity(id, who.activity);
  who.assessed = context.now();

  const Situation situation = situation_of(who, context.now());
  who.retirement_rate = retirement_rate(situation, setup_.parameters.departure);
  who.relocation_rate = relocation_rate(situation, setup_.parameters.departure);
  who.burnout_rate = burnout_rate(situation, setup_.parameters.departure);
  who.contract_rate = contract_end_rate(situation, setup_.parameters.departure);
  who.hours_cut_rate = hours_cut_rate(situation, setup_.parameters.departure);
  books_[world::index(id)].set_activity(setup_.parameters.books[world::index(who.profession)],
                                        activity_of(who, context.now()));

  ++who.plan;
  struct Cause {
    DepartureCause cause;
    world::Years left;
  };
  const std::array<Cause, 4> causes{
      {{DepartureCause::retirement, who.retirement.time_left(who.retirement_rate)},
       {DepartureCause::relocation, who.relocation.time_left(who.relocation_rate)},
       {DepartureCause::burnout, who.burnout.time_left(who.burnout_rate)},
       {DepartureCause::contract_end, who.contract.time_left(who.contract_rate)}}};
  const Cause first = *std::min_element(
      causes.begin(), causes.end(), [](const Cause& a, const Cause& b) { return a.left < b.left; });
  constexpr world::Years beyond_next_look{0.1};
  if (first.left < beyond_next_look) {
    context.schedule(world::duration_of(first.left), ProfessionalLeaves{id, first.cause, who.plan});
  }
}

void Catchment::on(const ProfessionalLeaves& event, Context& context) {
  const Professional& who = professional(event.professional);
  if (who.at_work() && who.plan == event.plan) {
    leave(event.professional, event.cause, context.now());
  }
}

void Catchment::leave(ProfessionalId id, DepartureCause cause, pdes::Time now) {
  Professional& who = professional(id);
  if (who.team != no_team) {
    team_.cohesion =
        cohesion_after_departures(team_.cohesion, 1, members().all(), setup_.parameters.team);
  }
  who.cause = cause;
  who.left = now;
  who.site = no_site;
  if (who.salaried) posts_.vacate(id);
  ++departures_;
  if (who.profession == Profession::gp) {
    recorder_.gp_leaves();
    hand_over_panel(id);
  }
  practices_.close(id);
  list_team();
}

/// Colleagues, of the leaver's team or salaried by the same employer, take on who they can, the
/// least full first; the others look for a GP when they next need one.
void Catchment::hand_over_panel(ProfessionalId leaver) {
  const Professional& left = professional(leaver);
  std::vector<ProfessionalId> colleagues;
  for (const Professional& who : professionals_) {
    if (who.profession != Profession::gp || !who.at_work()) continue;
    const bool in_team = left.team != no_team && who.team != no_team;
    if (in_team || (left.salaried && who.salaried)) colleagues.push_back(id_of(who));
  }
  const auto colleague_with_room = [&]() {
    ProfessionalId best = no_professional;
    for (const ProfessionalId id : colleagues) {
      if (!has_room(id)) continue;
      if (best == no_professional || professional(id).panel < professional(best).panel) best = id;
    }
    return best;
  };
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    world::Resident& patient = residents_[r];
    if (patient.registered_gp != leaver) continue;
    --professional(leaver).panel;
    patient.registered_gp = no_professional;
    const ProfessionalId colleague = colleague_with_room();
    if (colleague != no_professional) {
      enrol(world::ResidentId(static_cast<std::uint32_t>(r)), colleague);
    }
  }
}

Situation Catchment::situation_of(const Professional& professional, pdes::Time now) const {
  Situation situation;
  situation.profession = professional.profession;
  situation.age = professional.age_at(now);
  // Those who were here at the start had settled before.
  situation.years_here = professional.here_at_start
                             ? setup_.parameters.departure.early_years
                             : world::years_in(now - professional.arrived).value;
  situation.salaried = professional.salaried;
  situation.in_team = professional.team != no_team;
  situation.in_recognised_team = situation.in_team && team_.recognised();
  situation.relative_cohesion = situation.in_team ? relative_cohesion() : 0;
  situation.works_alone =
      !situation.in_team && !situation.salaried &&
      std::none_of(professionals_.begin(), professionals_.end(), [&](const Professional& other) {
        return &other != &professional && other.at_work() &&
               other.profession == professional.profession && other.commune == professional.commune;
      });
  if (is_supported(professional)) {
    situation.paperwork_relieved =
        paperwork_relieved(means_.secretary_fte, gps_supported(), setup_.parameters.municipal);
  }
  // Assumption A22: the load of other professions does not move them to leave.
  if (professional.profession == Profession::gp) {
    situation.load = load_[static_cast<std::size_t>(&professional - professionals_.data())];
  }
  return situation;
}

/// A GP gives up part of their hours for good, and may do so again.
void Catchment::cut_hours(Professional& who) {
  who.hours_kept *= 1 - setup_.parameters.departure.hours_cut_share;
  pdes::Stream stream = luck_.stream(Decision::hours_cut, who.luck, ++who.cuts);
  who.hours_cut = world::HazardClock(pdes::unit_exponential(stream));
}

/// Output of a professional once settled: their own, for the hours that they work. Salaried GPs
/// work the hours of their post.
double Catchment::settled_activity(const Professional& who, pdes::Time now) const {
  if (who.profession != Profession::gp || who.salaried) return who.ability;
  return who.ability * who.hours_kept *
         hours_ratio(who.sex, who.age_at(now), setup_.parameters.hours);
}

/// Mean hours of newcomers, which the ratio of their output holds already; known of GPs only.
double Catchment::newcomer_hours(Profession profession) const {
  return profession == Profession::gp ? setup_.parameters.hours.mean_newcomer : 1;
}

/// Output today. That of a newcomer is published over the mean GP, hours included.
double Catchment::activity_of(const Professional& professional, pdes::Time now) const {
  const PracticeParameters& p = setup_.parameters.practice;
  const bool entrant = !professional.here_at_start && !professional.salaried &&
                       world::years_in(now - professional.arrived).value < p.entrant_years;
  return professional.activity *
         (entrant ? p.entrant_ratio / newcomer_hours(professional.profession) : 1);
}

}  // namespace care
