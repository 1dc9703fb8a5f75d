/// Residents: when they need care, whom they turn to, who takes them on.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "care/catchment.hpp"
#include "care/need.hpp"
#include "care/outcomes.hpp"
#include "care/panel.hpp"
#include "pdes/portable_math.hpp"
#include "pdes/sample.hpp"

namespace care {

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
  std::vector<Neighbourhood> open = neighbourhoods_;  // practices leave as they are found full
  for (const Turn& turn : turns) {
    Neighbourhood& near = open[world::index(resident(turn.resident).commune)];
    pdes::Stream stream =
        luck_.stream(Decision::registration_start, world::index(turn.resident), 1);
    while (!near.practices.empty()) {
      const ProfessionalId gp = choose_practice(stream.uniform(), near, {});
      if (has_room(gp)) {
        enrol(turn.resident, gp);
        break;
      }
      leave_out(gp, near);
    }
  }
}

void Catchment::schedule_next(ResidentId id, Context& context) {
  const Resident& who = resident(id);
  const double age = who.age_on(Calendar::day_of(context.now()));
  const Rate rate = need_rate(
      age, who.sex, who.long_term_condition(Calendar::day_of(context.now())),
      setup_.map.communes()[world::index(who.commune)].population.illness, setup_.parameters.need);
  const pdes::Time death = who.death_day == world::never
                               ? pdes::end_of_time
                               : std::max(context.now(), Calendar::start_of(who.death_day));
  pdes::Stream stream = luck_.stream(Decision::need, world::index(id), who.needs);
  if (rate.per_year > 0) {
    const pdes::Duration until =
        world::duration_of({pdes::unit_exponential(stream) / rate.per_year});
    if (context.now() + until < death) {
      context.schedule(until, NeedArises{id});
      return;
    }
  }
  if (death < pdes::end_of_time) context.schedule(death - context.now(), ResidentDies{id});
}

void Catchment::on(const NeedArises& event, Context& context) {
  Resident& who = resident(event.resident);
  const std::uint32_t need = who.needs++;
  recorder_.need();
  if (who.registered_gp == no_professional && who.looks_for_gp)
    look_for_gp(event.resident, need, context.now());

  pdes::Stream stream = luck_.stream(Decision::access, world::index(event.resident), need);
  const bool urgent = pdes::bernoulli(stream, setup_.parameters.need.urgent_share);
  seek_care({event.resident, need, who.registered_gp, urgent}, stream, context);
  schedule_next(event.resident, context);
}

void Catchment::on(const ResidentDies& event, Context&) {
  Resident& who = resident(event.resident);
  if (who.registered_gp != no_professional) {
    --professional(who.registered_gp).panel;
    who.registered_gp = no_professional;
  }
  who.alive = false;
  --population_;
  recorder_.death();
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
  residents_.push_back(child);
  ++births_;
  ++population_;
  recorder_.birth();
  if (household.registered_gp != no_professional) enrol(id, household.registered_gp);
  schedule_next(id, context);
  schedule_birth(event.birth + 1, context);
}

void Catchment::on(const Consultation& event, Context& context) {
  --open_needs_;
  Resident& who = resident(event.resident);
  if (!who.alive) {
    recorder_.outcome(NeedOutcome::died_before, who.deprivation);
    return;
  }
  if (!professional(event.gp).at_work()) {  // the practice has closed: look again
    seek_care({event.resident, event.need, who.registered_gp, event.urgent},
              luck_.stream(Decision::access_again, world::index(event.resident), event.need),
              context);
    return;
  }
  if (professional(event.gp).salaried) ++salaried_consultations_;
  who.last_seen_day = Calendar::day_of(context.now());
  const bool own = event.gp == who.registered_gp;
  if (!own && who.registered_gp != no_professional && in_one_team(event.gp, who.registered_gp)) {
    recorder_.seen_in_team();
  }
  recorder_.outcome(own ? NeedOutcome::seen_by_registered_gp : NeedOutcome::seen_by_another_gp,
                    who.deprivation);
}

/// One practice is asked, chosen by travel time; it may accept if it has room.
void Catchment::look_for_gp(ResidentId id, std::uint32_t need, pdes::Time now) {
  pdes::Stream stream = luck_.stream(Decision::registration, world::index(id), need);
  const Neighbourhood& near = neighbourhoods_[world::index(resident(id).commune)];
  const ProfessionalId gp = choose_practice(stream.uniform(), near, {});
  const Circumstances who = circumstances(resident(id), Calendar::day_of(now));
  const bool accepts =
      pdes::bernoulli(stream, acceptance_probability(who, relief_, setup_.parameters.access));
  if (gp != no_professional && accepts && has_room(gp)) enrol(id, gp);
}

/// Asks the resident's GP first, then other practices, until one has an appointment in time or the
/// resident does something else. `request.gp` is whom to ask first, if anyone.
void Catchment::seek_care(const Consultation& request, pdes::Stream stream, Context& context) {
  const AccessParameters& p = setup_.parameters.access;
  const Neighbourhood& near = neighbourhoods_[world::index(resident(request.resident).commune)];
  const double patience_days = pdes::lognormal(
      stream, request.urgent ? p.patience_urgent_days : p.patience_planned_days, p.patience_spread);
  const pdes::Time last =
      context.now() + world::duration_of({patience_days / world::days_per_year});
  const int deprivation = resident(request.resident).deprivation;
  const double renouncing = renunciation_ratio(
      circumstances(resident(request.resident), Calendar::day_of(context.now())), relief_, p);

  asked_.clear();
  ProfessionalId gp = request.gp;
  if (gp == no_professional) gp = choose_practice(stream.uniform(), near, asked_);
  const ProfessionalId first = gp;
  const std::size_t most = 1 + static_cast<std::size_t>(p.practices_tried);
  while (gp != no_professional) {
    ++requests_[world::index(gp)];
    const bool obtained = book(request, gp, last, context);
    if (asked_.empty()) recorder_.request(obtained);
    if (obtained) return;
    if (asked_.empty() && request.urgent && see_at_walk_in(request, context)) return;
    asked_.push_back(gp);
    const bool practices_left = asked_.size() < std::min(most, near.practices.size());
    switch (after_failure(stream.uniform(), request.urgent, renouncing, practices_left, p)) {
      case AfterFailure::another_practice:
        gp = choose_practice(stream.uniform(), near, asked_);
        continue;
      case AfterFailure::wait_longer:
        if (book(request, first, pdes::end_of_time, context)) return;
        recorder_.outcome(NeedOutcome::renounced, deprivation);
        return;
      case AfterFailure::renounce:
        recorder_.outcome(NeedOutcome::renounced, deprivation);
        return;
      case AfterFailure::emergency:
        recorder_.outcome(NeedOutcome::emergency_visit, deprivation);
        return;
    }
  }
  if (first == no_professional) {
    recorder_.request(false);
    if (request.urgent && see_at_walk_in(request, context)) return;
  }
  // Nobody practises within the catchment: the answers that remain, waiting being none.
  const AfterFailure answer = after_failure(stream.uniform(), request.urgent, renouncing, false, p);
  recorder_.outcome(
      answer == AfterFailure::emergency ? NeedOutcome::emergency_visit : NeedOutcome::renounced,
      deprivation);
}

/// A need that the walk-in unit takes at once, if it has a slot left today.
bool Catchment::see_at_walk_in(const Consultation& request, Context& context) {
  const std::int32_t today = Calendar::day_of(context.now());
  if (!walk_in_.take(today, setup_.calendar)) return false;
  Resident& who = resident(request.resident);
  who.last_seen_day = today;
  recorder_.wait(pdes::Duration{0});
  recorder_.outcome(NeedOutcome::seen_at_walk_in, who.deprivation);
  return true;
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

bool Catchment::book(const Consultation& request, ProfessionalId gp, pdes::Time last,
                     Context& context) {
  const std::int32_t last_day =
      last == pdes::end_of_time ? world::never - 1 : Calendar::day_of(last);
  const std::optional<pdes::Time> slot =
      books_[world::index(gp)].book(context.now(), last_day, setup_.calendar);
  if (!slot) return false;
  ++open_needs_;
  recorder_.wait(*slot - context.now());
  Consultation consultation = request;
  consultation.gp = gp;
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

void Catchment::refresh_neighbourhoods() {
  const std::size_t communes = setup_.map.communes().size();
  neighbourhoods_.assign(communes, {});
  for (std::size_t from = 0; from < communes; ++from) {
    for (std::size_t p = 0; p < professionals_.size(); ++p) {
      const world::Professional& gp = professionals_[p];
      if (gp.profession != Profession::gp || !gp.at_work()) continue;
      const double minutes =
          setup_.map.minutes(world::CommuneId(static_cast<std::uint16_t>(from)), gp.commune);
      const double weight =
          gp.activity * pdes::portable::exp(setup_.parameters.access.distance_decay * minutes);
      neighbourhoods_[from].practices.push_back(
          {ProfessionalId(static_cast<std::uint16_t>(p)), weight});
      neighbourhoods_[from].total += weight;
    }
  }
}

}  // namespace care
