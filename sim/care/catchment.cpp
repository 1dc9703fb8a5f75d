#include "care/catchment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "care/expected_activity.hpp"
#include "care/outcomes.hpp"
#include "care/prevention.hpp"
#include "care/satisfaction.hpp"
#include "pdes/sample.hpp"

namespace care {

using world::Calendar;
using world::CommuneId;
using world::Profession;
using world::Professional;
using world::Resident;

constexpr pdes::Duration week = 7 * world::day;

Catchment::Catchment(const Setup& setup, const scenario::Strategy& strategy,
                     const world::Luck& luck)
    : setup_(setup),
      strategy_(&strategy),
      luck_(luck),
      practices_(setup.map, setup.parameters.access.distance_decay),
      mobile_unit_(setup.map.communes().size()),
      recorder_(setup.calendar.months(), setup.map.communes().size()) {
  world::World world =
      world::build_world(setup.map, setup.professionals, setup.calendar.warm_up_days(), luck);
  residents_ = std::move(world.residents);
  professionals_ = std::move(world.professionals);
  residents_at_start_ = residents_.size();
  professionals_at_start_ = professionals_.size();
  population_ = static_cast<std::int64_t>(residents_.size());

  const auto adults = std::count_if(residents_.begin(), residents_.end(),
                                    [](const Resident& r) { return r.age_on(0) >= adult_age; });
  if (adults > 0) {
    adults_per_resident_ = static_cast<double>(adults) / static_cast<double>(residents_.size());
  }
  for (Professional& professional : professionals_) {
    professional.arrived = Calendar::start_of(setup.calendar.warm_up_days());
    professional.activity = settled_activity(professional, professional.arrived);
    books_.emplace_back(setup.parameters.books[world::index(professional.profession)],
                        professional.activity);
    practices_.open(id_of(professional), professional.profession, professional.commune,
                    professional.activity);
  }
  requests_.assign(professionals_.size(), 0);
  reach_.resize(setup.map.communes().size());
  for (std::size_t from = 0; from < reach_.size(); ++from) {
    for (std::size_t to = 0; to < reach_.size(); ++to) {
      const double minutes = setup.map.minutes(CommuneId(static_cast<std::uint16_t>(from)),
                                               CommuneId(static_cast<std::uint16_t>(to)));
      const double weight = accessibility_weight(minutes, setup.parameters.accessibility);
      if (weight > 0) reach_[from].push_back({static_cast<std::uint32_t>(to), weight});
    }
  }
  load_.assign(professionals_.size(), 1);
  load_of_year_ = load_;

  team_.commune = setup.map.focus();
  pdes::Stream formation = luck_.stream(world::Decision::team_formation, team_.attempt);
  team_.formation = world::HazardClock(pdes::unit_exponential(formation));
}

void Catchment::start(Context& context) {
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    remember_prevention(world::ResidentId(static_cast<std::uint32_t>(r)), 0);
  }
  register_everyone();
  start_migration(context);
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    schedule_next(world::ResidentId(static_cast<std::uint32_t>(r)), context);
  }
  schedule_birth(0, context);
  context.schedule(setup_.calendar.warm_up_days() * world::day, MonthBegins{0});
  context.schedule(week, WeekEnds{0});
}

void Catchment::handle(const CareEvent& event, Context& context) {
  std::visit([&](const auto& happening) { on(happening, context); }, event);
}

void Catchment::prefetch(const CareEvent& event) const {
  std::visit(
      [&](const auto& happening) {
        if constexpr (requires { happening.resident; }) {
          __builtin_prefetch(&residents_[world::index(happening.resident)], 1);
        }
        if constexpr (requires { happening.professional; }) {
          __builtin_prefetch(&professionals_[world::index(happening.professional)]);
        }
      },
      event);
}

void Catchment::on(const MonthBegins& event, Context& context) {
  const Calendar& calendar = setup_.calendar;
  if (event.month == 0) {
    begin_scenario(context);
  } else {
    draw_outcomes(event.month - 1, context.now());
    collect_fees(salaried_consultations_,
                 calendar.scenario_day(Calendar::day_of(context.now())) - 1,
                 setup_.parameters.salaried, ledger_);
    salaried_consultations_ = 0;
    recorder_.close_month(event.month - 1, levels(context.now()));
    constexpr int months_in_a_year = 12;
    if (event.month % months_in_a_year == 0) {
      recorder_.close_year(event.month / months_in_a_year - 1, census(context.now()));
    }
  }
  balance_at_month_start_ = ledger_.balance(Account::municipality);
  if (event.month == calendar.months()) return;

  act(event.month, context);
  run_prevention_programme(static_cast<std::uint32_t>(event.month), context.now());
  review_team(event.month, context.now());
  for (std::size_t p = 0; p < professionals_.size(); ++p) {
    load_[p] = measured_load(p, context.now());
    const double months =
        world::years_in(context.now() - professionals_[p].arrived).value * world::months_per_year;
    load_of_year_[p] = load_of_the_year(load_of_year_[p], load_[p], months);
    requests_[p] = 0;
    assess(world::ProfessionalId(static_cast<std::uint16_t>(p)), context);
  }
  counting_since_ = context.now();
  context.schedule(Calendar::start_of(calendar.month_start(event.month + 1)) - context.now(),
                   MonthBegins{event.month + 1});
}

/// Weeks are watched until the 48th of the scenario.
void Catchment::on(const WeekEnds& event, Context& context) {
  std::int64_t registered = 0;
  for (const Professional& professional : professionals_) registered += professional.panel;
  recorder_.close_week(registered, population_);
  constexpr pdes::Duration watched = 48 * week;
  if (context.now() + week > Calendar::start_of(setup_.calendar.warm_up_days()) + watched) return;
  context.schedule(week, WeekEnds{event.week + 1});
}

/// The warm-up is over: candidates appear from now on, and a team that was there before works.
void Catchment::begin_scenario(Context& context) {
  recorder_.start();
  for (std::size_t p = 0; p < world::profession_count; ++p) {
    schedule_candidate({static_cast<Profession>(p), 0}, context);
  }
  if (setup_.team_stage == scenario::TeamStage::none) return;
  start_team(team_, setup_.team_stage, luck_, setup_.parameters.team);
  gather_team(context.now());
}

/// Sessions asked of a professional over the slots on offer, since they are counted or since the
/// professional arrived.
double Catchment::measured_load(std::size_t p, pdes::Time now) const {
  const Professional& who = professionals_[p];
  const pdes::Time since =
      who.here_at_start ? counting_since_ : std::max(counting_since_, who.arrived);
  const double days = world::years_in(now - since).value * working_days_per_year;
  const double slots = books_[p].slots_per_day() * days;
  return slots > 0 ? static_cast<double>(requests_[p]) / slots : 1;
}

record::Levels Catchment::levels(pdes::Time now) const {
  record::Levels levels;
  const std::int32_t today = Calendar::day_of(now);
  levels.residents = population_;
  const Parameters& p = setup_.parameters;
  std::vector<double> consumers(reach_.size(), 0);
  for (const Resident& resident : residents_) {
    if (!resident.alive) continue;
    const double age = resident.age_on(today);
    consumers[world::index(resident.commune)] +=
        p.need.contacts_per_year[world::age_band_of(age)] / p.accessibility.mean_contacts;
    ++levels.residents_by_quintile[static_cast<std::size_t>(resident.deprivation - 1)];
    if (follow_up_unmet(resident, today, p.outcome)) ++levels.follow_up_unmet;
    if (age < adult_age) continue;
    ++levels.adults;
    if (prevention_up_to_date(resident, today, p.prevention)) ++levels.prevention_up_to_date;
    if (resident.registered_gp == world::no_professional) ++levels.adults_without_gp;
  }
  const std::vector<double> accessible = local_accessibility(contacts_offered(), consumers, reach_);
  double all = 0;
  for (std::size_t c = 0; c < accessible.size(); ++c) {
    all += consumers[c];
    levels.local_accessibility += accessible[c] * consumers[c];
    if (accessible[c] < p.accessibility.underserved) levels.underserved_share += consumers[c];
  }
  if (all > 0) levels.local_accessibility /= all, levels.underserved_share /= all;
  for (const Professional& professional : professionals_) {
    if (!professional.at_work()) continue;
    ++levels.professionals[world::index(professional.profession)];
    if (professional.commune == setup_.map.focus()) ++levels.professionals_in_focus;
    if (professional.site != world::no_site) ++levels.rooms_occupied;
    if (professional.profession != Profession::gp) continue;
    levels.gp_fte += activity_of(professional, now);
    if (professional.commune == setup_.map.focus()) ++levels.gps_in_focus;
  }
  if (levels.adults > 0) levels.prevention_up_to_date /= static_cast<double>(levels.adults);
  levels.near_gp = near_gp_share();
  levels.satisfaction = satisfaction(recorder_.mean_wait_days(), recorder_.continuity(),
                                     levels.near_gp, p.satisfaction);
  levels.team_members = members().all();
  levels.team_sites = team_sites();
  levels.team_stage = static_cast<int>(team_.stage);
  levels.team_cohesion = team_.cohesion;
  for (const world::Site& site : sites_) levels.rooms += site.rooms;
  levels.net_cost_cents = (balance_at_month_start_ - ledger_.balance(Account::municipality)).value;
  levels.debt_cents = building_ ? building_->debt().value : 0;
  levels.actions_refused = actions_refused_;
  levels.partnership = partnership_;
  return levels;
}

/// Each commune at the end of a year.
std::vector<record::CommuneLevels> Catchment::census(pdes::Time now) const {
  std::vector<record::CommuneLevels> communes(setup_.map.communes().size());
  const std::int32_t today = Calendar::day_of(now);
  for (const Resident& resident : residents_) {
    if (!resident.alive) continue;
    record::CommuneLevels& commune = communes[world::index(resident.commune)];
    const bool without_gp = resident.registered_gp == world::no_professional;
    const bool adult = resident.age_on(today) >= adult_age;
    ++commune.residents;
    if (adult) ++commune.adults;
    if (adult && without_gp) ++commune.adults_without_gp;
    if (without_gp && resident.long_term_condition(today)) ++commune.long_term_without_gp;
  }
  for (const Professional& professional : professionals_) {
    if (!professional.at_work()) continue;
    record::CommuneLevels& commune = communes[world::index(professional.commune)];
    ++commune.professionals;
    if (professional.profession == Profession::gp) ++commune.gps;
  }
  const std::vector<double> accessibility = accessible(today);
  const std::vector<std::uint8_t> near = near_gp();
  for (std::size_t c = 0; c < communes.size(); ++c) {
    communes[c].local_accessibility = accessibility[c];
    communes[c].near_gp = near[c] != 0;
  }
  return communes;
}

/// Consultations that the GPs at work offer in each commune, per year.
std::vector<double> Catchment::contacts_offered() const {
  std::vector<double> offered(setup_.map.communes().size(), 0);
  for (std::size_t p = 0; p < professionals_.size(); ++p) {
    if (professionals_[p].profession != Profession::gp || !professionals_[p].at_work()) continue;
    offered[world::index(professionals_[p].commune)] +=
        books_[p].slots_per_day() * working_days_per_year;
  }
  return offered;
}

std::vector<record::Stay> Catchment::stays() const {
  const Calendar& calendar = setup_.calendar;
  std::vector<record::Stay> stays;
  stays.reserve(professionals_.size());
  for (const Professional& professional : professionals_) {
    const pdes::Time left = std::min(professional.left, calendar.horizon());
    record::Stay stay;
    stay.profession = professional.profession;
    stay.cause = professional.cause;
    stay.here_at_start = professional.here_at_start;
    stay.in_team = professional.team != world::no_team;
    stay.in_focus = professional.commune == setup_.map.focus();
    stay.age_at_arrival = static_cast<float>(professional.age_at(professional.arrived));
    stay.arrival_day = calendar.scenario_day(Calendar::day_of(professional.arrived));
    stay.departure_day = calendar.scenario_day(Calendar::day_of(left));
    stays.push_back(stay);
  }
  return stays;
}

void Catchment::check_conservation() const {
  const auto require = [](bool holds, const char* what, std::int64_t found, std::int64_t expected) {
    if (holds) return;
    throw ConservationError(
        fmt::format("{} are not conserved: {} where {} are expected", what, found, expected));
  };
  const auto equal = [&](const char* what, std::int64_t found, std::int64_t expected) {
    require(found == expected, what, found, expected);
  };

  const auto alive = std::count_if(residents_.begin(), residents_.end(),
                                   [](const Resident& r) { return r.alive; });
  equal("residents", alive, population_);
  equal("residents ever", static_cast<std::int64_t>(residents_.size()),
        static_cast<std::int64_t>(residents_at_start_) + births_ + settled_);
  equal("residents and those who went", population_ + deaths_ + moved_away_,
        static_cast<std::int64_t>(residents_.size()));

  std::vector<std::int64_t> expected(setup_.map.communes().size(), 0), found = expected;
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    const std::size_t commune = world::index(residents_[r].commune);
    if (r < residents_at_start_) ++expected[commune];
    if (residents_[r].alive) ++found[commune];
  }
  for (std::size_t c = 0; c < found.size(); ++c) {
    const auto commune = CommuneId(static_cast<std::uint16_t>(c));
    equal("residents of a commune", found[c], expected[c] + recorder_.communes().gained(commune));
  }

  std::int64_t at_work = 0;
  std::vector<std::int64_t> panels(professionals_.size(), 0);
  for (const Resident& resident : residents_) {
    if (resident.alive && resident.registered_gp != world::no_professional) {
      ++panels[world::index(resident.registered_gp)];
    }
  }
  for (std::size_t p = 0; p < professionals_.size(); ++p) {
    equal("panel memberships", professionals_[p].panel, panels[p]);
    if (professionals_[p].at_work()) ++at_work;
    require(professionals_[p].at_work() || panels[p] == 0, "panels of those who left", panels[p],
            0);
  }
  const auto arrivals = static_cast<std::int64_t>(professionals_.size() - professionals_at_start_);
  equal("professionals", at_work,
        static_cast<std::int64_t>(professionals_at_start_) + arrivals - departures_);

  for (std::size_t p = 0; p < open_needs_.size(); ++p) {
    const auto first = static_cast<Profession>(p);
    equal("needs", recorder_.all_ended(first) + open_needs_[p], recorder_.all_needs(first));
  }

  for (std::size_t s = 0; s < sites_.size(); ++s) {
    const int taken = occupied(world::SiteId(static_cast<std::uint16_t>(s)));
    require(taken <= sites_[s].rooms, "rooms", taken, sites_[s].rooms);
  }
  equal("euros (in cents)", ledger_.sum_of_balances().value, 0);
}

}  // namespace care
