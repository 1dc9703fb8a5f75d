/// Residents: when they need care, whom they turn to, who takes them on.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "care/catchment.hpp"
#include "care/need.hpp"
#include "care/outcomes.hpp"
#include "care/panel.hpp"
#include "care/prevention.hpp"
#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace care {

namespace {

/// Marks the number of a need that a consultation gave rise to: the number is that of the need for
/// which the consultation was held.
constexpr std::uint32_t referred = 1U << 31;

}  // namespace

using record::NeedOutcome;
using world::Calendar;
using world::Decision;
using world::no_professional;
using world::Profession;
using world::ProfessionalId;
using world::Resident;
using world::ResidentId;

/// Everyone but those who never look for one, and those who had lost theirs, starts with a GP who
/// has room, chosen by travel time, in an order that favours no commune.
void Catchment::register_everyone() {
  struct Turn {
    double order;
    ResidentId resident;
  };
  std::vector<Turn> turns;
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    if (!residents_[r].looks_for_gp) continue;
    pdes::Stream stream = luck_.stream(Decision::registration_start, r);
    const bool lost = pdes::bernoulli(stream, setup_.parameters.practice.searching_at_start);
    if (!lost) turns.push_back({stream.uniform(), ResidentId(static_cast<std::uint32_t>(r))});
  }
  std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return a.order != b.order ? a.order < b.order : a.resident < b.resident;
  });
  PracticeMap open = practices_;
  for (const Turn& turn : turns) {
    pdes::Stream stream =
        luck_.stream(Decision::registration_start, world::index(turn.resident), 1);
    const ProfessionalId gp =
        gp_with_room(open, resident(turn.resident).commune, [&] { return stream.uniform(); });
    if (gp != no_professional) enrol(turn.resident, gp);
  }
}

Needy Catchment::needy(const Resident& who, std::int32_t today) {
  return {who.age_on(today), who.sex, who.long_term_condition(today)};
}

/// One clock for the needs of direct access to all professions; of which type a need is, is drawn
/// when it arises.
void Catchment::schedule_next(ResidentId id, Context& context) {
  const Resident& who = resident(id);
  const std::int32_t today = Calendar::day_of(context.now());
  const double per_year = setup_.needs.direct_rate(needy(who, today));
  const pdes::Time last = who.last_day == world::never
                              ? pdes::end_of_time
                              : std::max(context.now(), Calendar::start_of(who.last_day));
  pdes::Stream stream = luck_.stream(Decision::need, world::index(id), who.needs);
  if (per_year > 0) {
    const pdes::Duration until = world::duration_of({pdes::unit_exponential(stream) / per_year});
    if (context.now() + until < last) {
      context.schedule(until, NeedArises{id});
      return;
    }
  }
  if (last == pdes::end_of_time) return;
  if (who.moves_away) {
    context.schedule(last - context.now(), ResidentMovesAway{id});
  } else {
    context.schedule(last - context.now(), ResidentDies{id});
  }
}

void Catchment::on(const NeedArises& event, Context& context) {
  Resident& who = resident(event.resident);
  const std::uint32_t need = who.needs++;
  const std::int32_t today = Calendar::day_of(context.now());
  pdes::Stream stream = luck_.stream(Decision::need_type, world::index(event.resident), need);
  const NeedType type = setup_.needs.draw_direct(stream.uniform(), needy(who, today));
  if (setup_.needs[type].first == Profession::gp && who.registered_gp == no_professional &&
      who.looks_for_gp) {
    look_for_gp(event.resident, need, context.now());
  }
  begin_need(event.resident, need, type, context);
  schedule_next(event.resident, context);
}

/// Counts a need, and lets the resident seek care for it.
void Catchment::begin_need(ResidentId id, std::uint32_t number, NeedType type, Context& context) {
  const NeedDefinition& need = setup_.needs[type];
  recorder_.need(resident(id).commune, need.first);
  pdes::Stream stream = luck_.stream(Decision::access, world::index(id), number);
  const bool urgent = pdes::bernoulli(stream, need.urgent_share);
  const Consultation request{id, number, no_professional, type, urgent};
  if (go_straight_to_team(request, context)) return;
  seek_care(request, stream, context);
}

void Catchment::on(const ResidentDies& event, Context&) {
  take_out(resident(event.resident));
  ++deaths_;
  recorder_.death(resident(event.resident).commune);
}

void Catchment::schedule_birth(std::uint32_t birth, Context& context) {
  const double per_1000 = setup_.map.communes().front().population.births_per_1000;
  const double per_year = per_1000 * static_cast<double>(population_) / 1000;
  if (per_year <= 0) return;
  pdes::Stream stream = luck_.stream(Decision::newborn, birth);
  context.schedule(world::duration_of({pdes::unit_exponential(stream) / per_year}),
                   ChildIsBorn{birth});
}

/// A child is born to the household of a resident drawn at random, and shares its commune,
/// deprivation and GP.
void Catchment::on(const ChildIsBorn& event, Context& context) {
  if (population_ == 0) return;  // the last resident has died since
  pdes::Stream stream = luck_.stream(Decision::newborn, event.birth, 1);
  std::size_t parent = 0;
  do {
    parent = static_cast<std::size_t>(stream.uniform() * static_cast<double>(residents_.size()));
  } while (!residents_[parent].alive);
  const Resident household = residents_[parent];
  const auto id = ResidentId(static_cast<std::uint32_t>(residents_.size()));
  Resident child = world::draw_newborn(
      setup_.map.communes()[world::index(household.commune)].population,
      Calendar::day_of(context.now()), luck_.stream(Decision::resident, world::index(id)));
  child.commune = household.commune;
  child.deprivation = household.deprivation;
  child.looks_for_gp = household.looks_for_gp;
  child.prevention_on(Calendar::day_of(context.now()));
  child.seen_on(Calendar::day_of(context.now()));
  residents_.push_back(child);
  plan_stay(id, Calendar::day_of(context.now()));
  ++births_;
  ++population_;
  recorder_.birth(child.commune);
  if (household.registered_gp != no_professional) enrol(id, household.registered_gp);
  schedule_next(id, context);
  schedule_birth(event.birth + 1, context);
}

void Catchment::on(const Consultation& event, Context& context) {
  const NeedDefinition& need = setup_.needs[event.type];
  const Profession profession = professional(event.professional).profession;
  --open_needs_[world::index(need.first)];
  Resident& who = resident(event.resident);
  if (!who.alive) {
    end_need(event, who.moves_away ? NeedOutcome::left_before : NeedOutcome::died_before);
    return;
  }
  if (!professional(event.professional).at_work()) {  // the practice has closed: look again
    seek_care(event, luck_.stream(Decision::access_again, world::index(event.resident), event.need),
              context);
    return;
  }
  if (need.renews_prevention) who.prevention_on(Calendar::day_of(context.now()));
  if (need.renews_follow_up) who.seen_on(Calendar::day_of(context.now()));
  if (profession != need.first) {
    end_need(event, NeedOutcome::seen_by_substitute);
  } else if (profession == Profession::gp) {
    see_gp(event, context);
  } else {
    end_need(event, NeedOutcome::seen_by_profession);
  }
}

void Catchment::see_gp(const Consultation& event, Context& context) {
  Resident& who = resident(event.resident);
  if (professional(event.professional).salaried) ++salaried_consultations_;
  who.seen_on(Calendar::day_of(context.now()));
  const bool own = event.professional == who.registered_gp;
  if (!own && who.registered_gp != no_professional &&
      in_one_team(event.professional, who.registered_gp)) {
    recorder_.seen_in_team();
  }
  end_need(event, own ? NeedOutcome::seen_by_registered_gp : NeedOutcome::seen_by_another_gp);
  refer(event, context);
}

/// A consultation with a GP may send the resident on to another profession.
void Catchment::refer(const Consultation& event, Context& context) {
  const Resident& who = resident(event.resident);
  const std::int32_t today = Calendar::day_of(context.now());
  pdes::Stream stream = luck_.stream(Decision::referral, world::index(event.resident), event.need);
  const std::optional<NeedType> type =
      setup_.needs.draw_referral(stream.uniform(), needy(who, today));
  if (type) begin_need(event.resident, event.need | referred, *type, context);
}

void Catchment::end_need(const Consultation& request, NeedOutcome how) {
  const Resident& who = resident(request.resident);
  recorder_.outcome(how, who.deprivation, who.commune, setup_.needs[request.type].first);
}

/// One practice is asked, chosen by travel time; it may accept if it has room.
void Catchment::look_for_gp(ResidentId id, std::uint32_t need, pdes::Time now) {
  pdes::Stream stream = luck_.stream(Decision::registration, world::index(id), need);
  const ProfessionalId gp =
      practices_.choose(stream.uniform(), Profession::gp, resident(id).commune);
  const Circumstances who = circumstances(resident(id), Calendar::day_of(now));
  const bool accepts =
      pdes::bernoulli(stream, acceptance_probability(who, relief_, setup_.parameters.access));
  if (gp != no_professional && accepts && has_room(gp)) enrol(id, gp);
}

/// What a resident does for an appointment, in this order: their own GP, or a practice chosen by
/// travel time; a colleague of the same team; other practices; a substitute profession; what is
/// offered without appointment; and when nothing of it has a place in time, to wait longer, to give
/// up, or an emergency department. How many go on to ask other practices is published.
void Catchment::seek_care(const Consultation& request, pdes::Stream stream, Context& context) {
  const AccessParameters& p = setup_.parameters.access;
  const NeedDefinition& need = setup_.needs[request.type];
  const Resident& who = resident(request.resident);
  const double patience_days = pdes::lognormal(
      stream, request.urgent ? need.patience_urgent_days : need.patience_planned_days,
      p.patience_spread);
  const pdes::Time last =
      context.now() + world::duration_of({patience_days / world::days_per_year});
  const double renouncing =
      renunciation_ratio(circumstances(who, Calendar::day_of(context.now())), relief_, p);

  asked_.clear();
  ProfessionalId first = need.first == Profession::gp ? who.registered_gp : no_professional;
  if (first == no_professional) {
    first = practices_.choose(stream.uniform(), need.first, who.commune);
  }
  const std::size_t most = 1 + static_cast<std::size_t>(p.practices_tried);
  AfterFailure answer{};
  if (first == no_professional) {  // nobody of the profession practises within the catchment
    recorder_.request(false, need.first);
    answer = after_failure(stream.uniform(), request.urgent, renouncing, false, p);
  }
  for (ProfessionalId practice = first; practice != no_professional;) {
    requests_[world::index(practice)] += need.sessions;
    const bool obtained = book(request, practice, last, context);
    if (practice == first) recorder_.request(obtained, need.first);
    if (obtained) return;
    if (practice == first && book_with_colleague(request, first, last, context)) return;
    asked_.push_back(practice);
    const bool practices_left = asked_.size() < std::min(most, practices_.count(need.first));
    answer = after_failure(stream.uniform(), request.urgent, renouncing, practices_left, p);
    if (answer != AfterFailure::another_practice) break;
    practice = practices_.choose(stream.uniform(), need.first, who.commune, asked_);
  }
  if (book_with_substitute(request, last, context)) return;
  if (take_unscheduled_offer(request, last, context)) return;
  if (answer == AfterFailure::emergency && need.may_become_emergency) {
    end_need(request, NeedOutcome::emergency_visit);
  } else if (answer == AfterFailure::renounce || first == no_professional ||
             !book(request, first, pdes::end_of_time, context)) {
    end_need(request, NeedOutcome::renounced);
  }
}

/// A member of the first one's team, of the same profession, with the earliest slot in time.
bool Catchment::book_with_colleague(const Consultation& request, ProfessionalId first,
                                    pdes::Time last, Context& context) {
  if (professional(first).team == world::no_team) return false;
  return book_in_team(request, professional(first).profession, first, last, context);
}

bool Catchment::book_in_team(const Consultation& request, Profession profession,
                             ProfessionalId teammate, pdes::Time last, Context& context) {
  ProfessionalId best = no_professional;
  pdes::Time earliest = pdes::end_of_time;
  for (const ProfessionalId member : team_members_) {
    if (member == teammate || professional(member).profession != profession) continue;
    const std::optional<pdes::Time> slot = books_[world::index(member)].first_free(
        context.now(), Calendar::day_of(last), setup_.calendar);
    if (slot && *slot < earliest) earliest = *slot, best = member;
  }
  if (best == no_professional) return false;
  requests_[world::index(best)] += setup_.needs[request.type].sessions;
  return book(request, best, last, context);
}

bool Catchment::in_recognised_team(ProfessionalId id) const {
  return id != no_professional && professional(id).team != world::no_team && team_.recognised();
}

/// The professions that may answer in the first one's place: those of the GP's recognised team,
/// which shares its record, or whoever practises near.
bool Catchment::book_with_substitute(const Consultation& request, pdes::Time last,
                                     Context& context) {
  const Resident& who = resident(request.resident);
  pdes::Stream stream =
      luck_.stream(Decision::substitute_near, world::index(request.resident), request.need);
  for (const Substitute& substitute : setup_.needs[request.type].substitutes) {
    if (substitute.in_team) {
      if (in_recognised_team(who.registered_gp) &&
          book_in_team(request, substitute.profession, who.registered_gp, last, context)) {
        return true;
      }
      continue;
    }
    const ProfessionalId choice =
        practices_.choose(stream.uniform(), substitute.profession, who.commune);
    if (choice != no_professional && book(request, choice, last, context)) return true;
  }
  return false;
}

/// A part of the needs for a GP goes straight to a colleague of the GP's recognised team.
bool Catchment::go_straight_to_team(const Consultation& request, Context& context) {
  const NeedDefinition& need = setup_.needs[request.type];
  const Resident& who = resident(request.resident);
  if (need.first != Profession::gp || !in_recognised_team(who.registered_gp)) return false;
  const double share =
      setup_.needs.direct_to_team_share(who.long_term_condition(Calendar::day_of(context.now())));
  pdes::Stream stream =
      luck_.stream(Decision::substitute, world::index(request.resident), request.need);
  if (!pdes::bernoulli(stream, share)) return false;
  const double days = request.urgent ? need.patience_urgent_days : need.patience_planned_days;
  const pdes::Time last = context.now() + world::duration_of({days / world::days_per_year});
  for (const Substitute& substitute : need.substitutes) {
    if (substitute.in_team &&
        book_in_team(request, substitute.profession, who.registered_gp, last, context)) {
      return true;
    }
  }
  return false;
}

Circumstances Catchment::circumstances(const Resident& who, std::int32_t today) const {
  constexpr int most_deprived = 5;
  return {who.deprivation == most_deprived, who.limited_mobility(today)};
}

bool Catchment::in_one_team(ProfessionalId a, ProfessionalId b) const {
  return professional(a).team != world::no_team && professional(a).team == professional(b).team;
}

/// Emergency visits and avoidable stays of a month, drawn when it ends. One draw each: with the
/// same luck, a rate that is higher never gives fewer.
void Catchment::draw_outcomes(std::int32_t month, pdes::Time now) {
  const OutcomeParameters& p = setup_.parameters.outcome;
  const std::int32_t today = Calendar::day_of(now);
  const auto days = static_cast<double>(setup_.calendar.month_start(month + 1) -
                                        setup_.calendar.month_start(month));
  double emergencies = 0, admissions = 0;  // expected a year
  for (const Resident& who : residents_) {
    if (!who.alive) continue;
    const double age = who.age_on(today);
    emergencies += emergency_rate(age, p).per_year;
    admissions += avoidable_admission_rate(age, who.long_term_condition(today),
                                           follow_up_unmet(who, today, p), p)
                      .per_year;
  }
  const double years = days / world::days_per_year;
  const double treatable = treatable_share(p);
  const auto draw = [&](Decision decision, std::uint32_t which, double mean) {
    pdes::Stream stream = luck_.stream(decision, static_cast<std::uint64_t>(month), which);
    return static_cast<std::int64_t>(pdes::poisson(stream, mean));
  };
  const std::int64_t treatable_visits =
      draw(Decision::emergency, 0, emergencies * treatable * years);
  const std::int64_t diverted =
      walk_in_.divert(treatable_visits, setup_.parameters.access, setup_.calendar, month);
  recorder_.happened(
      {.treatable_emergencies = treatable_visits - diverted,
       .other_emergencies = draw(Decision::emergency, 1, emergencies * (1 - treatable) * years),
       .avoidable_admissions = draw(Decision::avoidable_admission, 0, admissions * years),
       .diverted_to_walk_in = diverted});
}

/// Books the first session with a professional, and the others of its series after it.
bool Catchment::book(const Consultation& request, ProfessionalId id, pdes::Time last,
                     Context& context) {
  const std::int32_t last_day =
      last == pdes::end_of_time ? world::never - 1 : Calendar::day_of(last);
  AppointmentBook& book = books_[world::index(id)];
  const std::optional<pdes::Time> slot = book.book(context.now(), last_day, setup_.calendar);
  if (!slot) return false;
  const NeedDefinition& need = setup_.needs[request.type];
  ++open_needs_[world::index(need.first)];
  if (professional(id).profession == need.first) {
    recorder_.wait(*slot - context.now(), resident(request.resident).commune, need.first);
  }
  if (need.first != Profession::gp) {
    recorder_.sessions(1 + book.book_series(Calendar::day_of(*slot), need.sessions,
                                            need.interval_days, setup_.calendar));
  }
  Consultation consultation = request;
  consultation.professional = id;
  context.schedule(*slot - context.now(), consultation);
  return true;
}

void Catchment::enrol(ResidentId id, ProfessionalId gp) {
  resident(id).registered_gp = gp;
  ++professional(gp).panel;
}

/// The ceiling is published for adults; panels count children too, in the proportion of the start.
bool Catchment::has_room(ProfessionalId gp) const {
  const PracticeParameters& p = setup_.parameters.practice;
  const world::Professional& who = professional(gp);
  double ceiling = p.panel_ceiling / adults_per_resident_ * who.activity;
  const bool in_recognised_team = who.team != world::no_team && team_.recognised();
  ceiling *= 1 + panel_gain(in_recognised_team ? relative_cohesion() : 0,
                            is_supported(who) ? assistants_per_gp_ : 0, p);
  return who.panel < ceiling;
}

/// Draws when a resident whom the run meets for the first time had last been seen for prevention,
/// as if always at today's rate: the share up to date is the same before and after.
void Catchment::remember_prevention(ResidentId id, std::int32_t today) {
  const double rate = prevention_rate(resident(id), today);
  pdes::Stream stream = luck_.stream(Decision::prevention_start, world::index(id));
  const double days =
      rate > 0 ? pdes::unit_exponential(stream) / rate * world::days_per_year : long_ago_days;
  resident(id).prevention_on(today - static_cast<std::int32_t>(std::min(days, long_ago_days)));
}

double Catchment::prevention_rate(const Resident& who, std::int32_t today) const {
  double rate = 0;
  for (std::size_t k = 0; k < setup_.needs.size(); ++k) {
    const auto type = static_cast<NeedType>(k);
    if (setup_.needs[type].renews_prevention) rate += setup_.needs.rate(type, needy(who, today));
  }
  return rate;
}

/// The municipality's prevention programme reaches adults who are not up to date, each with the
/// same probability.
void Catchment::run_prevention_programme(std::uint32_t month, pdes::Time now) {
  if (means_.prevention_sessions <= 0) return;
  const PreventionParameters& p = setup_.parameters.prevention;
  const std::int32_t today = Calendar::day_of(now);
  const auto concerned = [&](const Resident& who) {
    return who.alive && who.age_on(today) >= adult_age && !prevention_up_to_date(who, today, p);
  };
  const double reached = share_reached(
      means_.prevention_sessions,
      static_cast<double>(std::count_if(residents_.begin(), residents_.end(), concerned)), p);
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    if (!concerned(residents_[r])) continue;
    pdes::Stream stream = luck_.stream(Decision::prevention_programme, r, month);
    if (pdes::bernoulli(stream, reached)) residents_[r].prevention_on(today);
  }
}

/// Whether a GP near has room, by commune.
std::vector<std::uint8_t> Catchment::near_gp() const {
  const std::size_t communes = setup_.map.communes().size();
  std::vector<std::uint8_t> with_room(communes, 0), near(communes, 0);
  for (std::size_t p = 0; p < professionals_.size(); ++p) {
    const world::Professional& who = professionals_[p];
    const bool takes_patients = who.profession == Profession::gp && who.at_work() &&
                                has_room(ProfessionalId(static_cast<std::uint16_t>(p)));
    if (takes_patients) with_room[world::index(who.commune)] = 1;
  }
  for (std::size_t from = 0; from < communes; ++from) {
    for (std::size_t to = 0; to < communes; ++to) {
      const double minutes = setup_.map.minutes(world::CommuneId(static_cast<std::uint16_t>(from)),
                                                world::CommuneId(static_cast<std::uint16_t>(to)));
      if (with_room[to] != 0 && minutes <= setup_.parameters.satisfaction.near_minutes) {
        near[from] = 1;
      }
    }
  }
  return near;
}

/// Share of residents with a GP near who has room.
double Catchment::near_gp_share() const {
  const std::vector<std::uint8_t> near = near_gp();
  const auto there = std::count_if(residents_.begin(), residents_.end(), [&](const Resident& who) {
    return who.alive && near[world::index(who.commune)] != 0;
  });
  return population_ > 0 ? static_cast<double>(there) / static_cast<double>(population_) : 0;
}

}  // namespace care
