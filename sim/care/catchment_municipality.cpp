/// The team, the rooms and the municipality.
#include <algorithm>
#include <set>

#include "care/catchment.hpp"
#include "care/mobile_unit.hpp"
#include "care/prevention.hpp"
#include "care/social_work.hpp"
#include "care/telemedicine_booth.hpp"
#include "care/territorial_network.hpp"
#include "pdes/sample.hpp"

namespace care {

using scenario::TeamStage;
using world::Calendar;
using world::Decision;
using world::index;
using world::no_site;
using world::no_team;
using world::Profession;
using world::Professional;
using world::Site;
using world::SiteId;
using world::SiteKind;

namespace {

constexpr world::Years one_month{1 / world::months_per_year};

}  // namespace

Observed Catchment::observe(pdes::Time now) const {
  Observed seen;
  seen.day = setup_.calendar.scenario_day(Calendar::day_of(now));
  seen.team_stage = team_.stage;
  seen.building_open = building_site_ != no_site;
  seen.measured = steering_.known;
  for (const Professional& professional : professionals_) {
    if (!professional.at_work()) continue;
    if (professional.commune == setup_.map.focus()) {
      ++seen.professionals;
      if (is_supported(professional)) ++seen.self_employed_gps;
    }
    if (professional.team != no_team && professional.site == no_site) ++seen.rooms_short;
  }
  for (const SiteId site : {building_site_, premises_}) {
    if (site != no_site) seen.rooms_empty += free_rooms(site);
  }
  return seen;
}

/// The municipality reads what it sees, brings its means for the month, and pays for them.
void Catchment::act(int month, Context& context) {
  const MunicipalParameters& p = setup_.parameters.municipal;
  const std::int32_t today = setup_.calendar.scenario_day(Calendar::day_of(context.now()));
  const Observed seen = observe(context.now());
  note_stops(*strategy_, seen, stopped_);
  const Concerned concerned = concerned_by_access(context.now());
  const Stopped refused = refuse_what_cannot_be_paid(month, seen, concerned, context.now());
  means_ = means_of(*strategy_, seen, refused);
  constexpr auto posts = static_cast<std::size_t>(scenario::Lever::salaried_posts);
  recruiting_ = !refused[posts] || stopped_[posts];
  if (!recruiting_) {  // who has a contract keeps it as long as the strategy wants the post
    means_.salaried_posts = means_of(*strategy_, seen, stopped_).salaried_posts;
  }
  steering_.work_a_month(means_.steering_meetings, measured_last(month));
  relief_ = relief_of(means_, concerned, setup_.parameters.accessibility.mean_contacts, p);
  bring_offers(concerned, context.now());
  assistants_per_gp_ = assistants_per_gp(means_.assistant_fte, gps_supported());
  pay_for_the_month(means_, concerned, context.now(), ledger_);
  staff_posts(context);

  if (!building_ && (means_.building_rooms >= 1 || means_.renovated_rooms >= 1)) {
    const bool is_new = means_.building_rooms >= 1;
    building_.emplace(static_cast<int>(is_new ? means_.building_rooms : means_.renovated_rooms),
                      is_new ? new_building(p) : renovation(p),
                      luck_.stream(Decision::building, is_new ? 0 : 1), p);
    context.schedule(building_->stage_length(), BuildingAdvances{});
  }
  if (building_) building_->pay_month(today, share_run_by_team(), p, ledger_);

  const bool leasing = means_.temporary_rooms >= 1;
  if (leasing && !leasing_) {
    pdes::Stream stream = luck_.stream(Decision::premises, ++lease_);
    const double months =
        pdes::lognormal(stream, p.temporary_premises.median, p.temporary_premises.sigma);
    context.schedule(world::duration_of({months / world::months_per_year}),
                     PremisesAreReady{lease_});
  }
  if (!leasing && premises_ != no_site) {
    close_site(premises_);
    premises_ = no_site;
  }
  leasing_ = leasing;
  if (premises_ != no_site) {
    int& rooms = sites_[world::index(premises_)].rooms;
    rooms = std::max(static_cast<int>(means_.temporary_rooms), occupied(premises_));
    ledger_.pay(today, Account::municipality, Account::suppliers,
                world::cents(rooms * p.temporary_room_cost / world::months_per_year),
                Category::premises_lease);
  }
  for (std::size_t s = 0; s < sites_.size(); ++s) {
    if (sites_[s].kind == SiteKind::salaried_practice) continue;  // nobody rents there
    const int rented = occupied(SiteId(static_cast<std::uint16_t>(s)));
    pay_rent(rented, means_, today, p, ledger_);
  }
}

Concerned Catchment::concerned_by_access(pdes::Time now) const {
  const std::int32_t today = Calendar::day_of(now);
  Concerned concerned;
  for (const world::Resident& who : residents_) {
    if (!who.alive) continue;
    if (circumstances(who, today).poorest_quintile) ++concerned.poorest;
    if (circumstances(who, today).limited_mobility) ++concerned.immobile;
  }
  concerned.gps = std::count_if(
      professionals_.begin(), professionals_.end(),
      [](const Professional& p) { return p.profession == Profession::gp && p.at_work(); });
  return concerned;
}

/// Whether the municipality's help for practices is for them: its own commune's self-employed GPs.
bool Catchment::is_supported(const Professional& professional) const {
  return professional.profession == Profession::gp && professional.commune == setup_.map.focus() &&
         professional.at_work() && !professional.salaried;
}

int Catchment::gps_supported() const {
  return static_cast<int>(
      std::count_if(professionals_.begin(), professionals_.end(),
                    [&](const Professional& who) { return is_supported(who); }));
}

/// What the means cost in a month, rooms and salaried posts apart.
void Catchment::pay_for_the_month(const Means& means, const Concerned& concerned, pdes::Time now,
                                  Ledger& ledger) const {
  const Parameters& all = setup_.parameters;
  const MunicipalParameters& p = all.municipal;
  const std::int32_t today = setup_.calendar.scenario_day(Calendar::day_of(now));
  pay_for(means, today, p, ledger);
  pay_for_access(means, concerned, today, p, ledger);
  pay_mobile_unit(means.mobile_unit_days, today, all.offer, ledger);
  pay_booths(means.booths, today, all.offer, ledger);
  pay_network(means.network_share, today, all.network, ledger);
  pay_social_work(means, posts_.held(Profession::gp), concerned.gps, today, all, ledger);
  ledger.pay(today, Account::municipality, Account::staff,
             world::cents(programme_cost(means.prevention_sessions, all.prevention)),
             Category::prevention);
  pay_practice_staff(means, gps_supported(), today, p, ledger);
  pay_housing(means.housing_aid, now, ledger);
}

/// A month of housing for each GP who has settled in the last years.
void Catchment::pay_housing(double aid_a_year, pdes::Time now, Ledger& ledger) const {
  const MunicipalParameters& p = setup_.parameters.municipal;
  const auto housed =
      std::count_if(professionals_.begin(), professionals_.end(), [&](const Professional& who) {
        return is_supported(who) && !who.here_at_start &&
               world::years_in(now - who.arrived).value < p.housing_aid_years;
      });
  ledger.pay(setup_.calendar.scenario_day(Calendar::day_of(now)), Account::municipality,
             Account::professionals,
             world::cents(static_cast<double>(housed) * aid_a_year / world::months_per_year),
             Category::aid_paid);
}

/// What a recognised team runs of the building by itself.
double Catchment::share_run_by_team() const {
  return team_.recognised() && building_site_ != no_site ? means_.building_handed_over : 0;
}

int Catchment::posts_wanted(Profession profession) const {
  return static_cast<int>(means_.salaried_posts[index(profession)]);
}

/// Salaried posts, once a month: contracts of posts that have closed end, vacant posts look for
/// their next holder if there is money for one, and those that are filled are paid. Work starts
/// when the premises are open.
void Catchment::staff_posts(Context& context) {
  const auto professions = [](auto act) {
    for (std::size_t p = 0; p < world::profession_count; ++p) act(static_cast<Profession>(p));
  };
  int wanted = 0, held = 0;
  professions([&](Profession p) { wanted += posts_wanted(p); });
  if (posts_.empty() && (wanted == 0 || !recruiting_)) return;
  if (!posts_open_) {
    const SalariedParameters& p = setup_.parameters.salaried;
    pdes::Stream stream = luck_.stream(Decision::salaried_opening, 0);
    const double months = pdes::lognormal(stream, p.opening.median, p.opening.sigma);
    posts_open_ = context.now() + world::duration_of({months / world::months_per_year});
  }
  professions([&](Profession p) {
    posts_.provide(p, posts_wanted(p), luck_);
    for (const world::ProfessionalId holder : posts_.holders_beyond(p, posts_wanted(p))) {
      leave(holder, world::DepartureCause::contract_end, context.now());
    }
    held += posts_.held(p);
  });
  if (salaried_site_ == no_site && context.now() >= *posts_open_) {
    salaried_site_ = open_site(SiteKind::salaried_practice, 0);
  }
  if (salaried_site_ != no_site) sites_[index(salaried_site_)].rooms = recruiting_ ? wanted : held;
  professions([&](Profession p) { fill_posts(p, context); });
}

void Catchment::fill_posts(Profession profession, Context& context) {
  const SalariedParameters& p = setup_.parameters.salaried;
  const int wanted = posts_wanted(profession);
  const Rate rate = recruitment_rate(
      recruiting_ ? wanted - posts_.held(profession) : 0,
      salaried_candidate_rate(profession, setup_.map.residents(), setup_.parameters.arrival, p),
      p.posts[index(profession)]);
  for (const std::size_t number : posts_.search(profession, wanted, one_month, rate)) {
    if (recruiting_ && salaried_site_ != no_site) hire(profession, number, context);
  }
  pay_posts(profession, posts_.held(profession),
            setup_.calendar.scenario_day(Calendar::day_of(context.now())), p, ledger_);
}

/// The next holder of a post: a person of their own, whatever else the municipality does.
void Catchment::hire(Profession profession, std::size_t number, Context& context) {
  const Hire hire =
      posts_.hire(profession, number, world::next_professional(professionals_.size()), luck_);
  Professional newcomer =
      world::draw_professional(setup_.professionals, profession, true, std::nullopt,
                               Calendar::day_of(context.now()), hire.luck, luck_);
  newcomer.contract = hire.contract;
  newcomer.salaried = true;
  if (profession == Profession::gp) newcomer.ability *= setup_.parameters.salaried.output_ratio;
  newcomer.commune = setup_.map.focus();
  newcomer.site = salaried_site_;
  settle(newcomer, context);
}

void Catchment::on(const BuildingAdvances&, Context& context) {
  const std::int32_t today = setup_.calendar.scenario_day(Calendar::day_of(context.now()));
  building_->advance(today, team_.stage, setup_.parameters.municipal, ledger_);
  if (building_->stage() != BuildingStage::open) {
    context.schedule(building_->stage_length(), BuildingAdvances{});
    return;
  }
  building_site_ = open_site(SiteKind::building, building_->rooms());
  move_into(building_site_);
}

void Catchment::on(const PremisesAreReady& event, Context&) {
  if (!leasing_ || event.lease != lease_) return;
  premises_ = open_site(SiteKind::temporary_premises, static_cast<int>(means_.temporary_rooms));
}

/// An election in the month that has ended may break the partnership.
void Catchment::vote(std::chrono::year_month month) {
  if (!election_held(month, setup_.parameters.election)) return;
  const auto year = static_cast<std::uint64_t>(static_cast<int>(month.year()));
  partnership_ = partnership_after_election(partnership_, luck_.stream(Decision::election, year),
                                            setup_.parameters.election);
}

/// One month in the life of the team, and of the partnership with it.
void Catchment::review_team(int month, pdes::Time now) {
  const TeamParameters& p = setup_.parameters.team;
  if (month > 0) vote(setup_.calendar.month_of_year(month - 1));
  partnership_ = partnership_after(partnership_, one_month, means_.partnership, p);
  if (!team_.exists()) {
    TeamMembers willing;
    for (const Professional& professional : professionals_) {
      if (!would_join(professional, now)) continue;
      ++(professional.profession == Profession::gp ? willing.gps : willing.others);
    }
    team_.formation.spend(one_month, formation_rate(willing, support(), p));
    if (!team_.formation.rings() || willing.gps == 0) return;
    form_nucleus(team_, luck_, p);
    gather_team(now);
    return;
  }
  team_.cohesion = cohesion_after(team_.cohesion, one_month, support(), p);
  live_through(team_, one_month, support(), luck_, p);
  advance_project(team_, members(), support(), luck_, p);
  if (team_.exists()) return;
  for (Professional& professional : professionals_) {
    if (professional.at_work()) professional.team = no_team;
  }
  list_team();
}

void Catchment::list_team() {
  team_members_.clear();
  for (const Professional& professional : professionals_) {
    if (professional.at_work() && professional.team != no_team) {
      team_members_.push_back(id_of(professional));
    }
  }
}

/// Those who would join a team do, and its members move into a building that stands ready.
void Catchment::gather_team(pdes::Time now) {
  for (Professional& professional : professionals_) {
    if (would_join(professional, now)) professional.team = the_team;
  }
  list_team();
  if (building_site_ != no_site) move_into(building_site_);
}

/// Who practises in temporary premises moves first, then those who want to: members of the team, or
/// without a team the professionals of the commune.
void Catchment::move_into(SiteId site) {
  const TeamParameters& p = setup_.parameters.team;
  const auto move = [&](Professional& professional) {
    professional.site = site;
    professional.commune = sites_[world::index(site)].commune;
    practices_.move(id_of(professional), professional.commune);
  };
  for (Professional& professional : professionals_) {
    const bool in_premises = premises_ != no_site && professional.site == premises_;
    if (professional.at_work() && in_premises && free_rooms(site) > 0) move(professional);
  }
  for (Professional& professional : professionals_) {
    if (free_rooms(site) == 0) break;
    if (!professional.at_work() || professional.site != no_site) continue;
    const bool invited =
        team_.exists() ? professional.team != no_team : professional.commune == setup_.map.focus();
    pdes::Stream stream = luck_.stream(Decision::move_in, professional.luck);
    const double share = team_.exists() ? p.move_in_share_team : p.move_in_share_alone;
    if (invited && pdes::bernoulli(stream, share)) move(professional);
  }
}

SiteId Catchment::open_site(SiteKind kind, int rooms) {
  sites_.push_back({kind, setup_.map.focus(), rooms});
  return SiteId(static_cast<std::uint16_t>(sites_.size() - 1));
}

/// Who practised there moves into the building if it has room, and to an office of their own
/// otherwise.
void Catchment::close_site(SiteId site) {
  for (Professional& professional : professionals_) {
    if (professional.site != site) continue;
    const bool room = building_site_ != no_site && free_rooms(building_site_) > 0;
    professional.site = room ? building_site_ : no_site;
  }
  sites_[world::index(site)].rooms = 0;
}

int Catchment::occupied(SiteId site) const {
  return static_cast<int>(
      std::count_if(professionals_.begin(), professionals_.end(),
                    [&](const Professional& professional) { return professional.site == site; }));
}

int Catchment::free_rooms(SiteId site) const {
  return sites_[world::index(site)].rooms - occupied(site);
}

/// A building before temporary premises.
std::optional<SiteId> Catchment::site_with_free_room() const {
  for (const SiteId site : {building_site_, premises_}) {
    if (site != no_site && free_rooms(site) > 0) return site;
  }
  return std::nullopt;
}

bool Catchment::would_join(const Professional& professional, pdes::Time now) const {
  const TeamParameters& p = setup_.parameters.team;
  const double share =
      professional.age_at(now) < p.join_age_limit ? p.join_share_young : p.join_share_older;
  return professional.at_work() && !professional.salaried && professional.taste_for_team < share &&
         setup_.map.minutes(professional.commune, team_.commune) <= p.reach_minutes;
}

TeamMembers Catchment::members() const {
  TeamMembers members;
  for (const Professional& professional : professionals_) {
    if (!professional.at_work() || professional.team == no_team) continue;
    ++(professional.profession == Profession::gp ? members.gps : members.others);
  }
  return members;
}

/// Where the team practises: municipal premises, and communes where members have their own offices.
int Catchment::team_sites() const {
  std::set<SiteId> premises;
  std::set<world::CommuneId> communes;
  for (const Professional& professional : professionals_) {
    if (!professional.at_work() || professional.team == no_team) continue;
    if (professional.site != no_site) {
      premises.insert(professional.site);
    } else {
      communes.insert(professional.commune);
    }
  }
  return static_cast<int>(premises.size() + communes.size());
}

TeamSupport Catchment::support() const {
  TeamSupport support;
  support.coordinator_fte = means_.coordinator_fte;
  if (team_.stage == TeamStage::funded) {
    support.coordinator_fte += setup_.parameters.team.usual_coordinator_fte;
  }
  support.federation = means_.federation;
  support.partnership = partnership_;
  support.common_premises = std::any_of(sites_.begin(), sites_.end(), [](const Site& site) {
    return site.rooms > 0 && site.kind != SiteKind::salaried_practice;
  });
  support.self_run = share_run_by_team();
  return support;
}

/// A team attracts to the area around it; rooms without a team, to their own commune.
Offer Catchment::offer_around(world::CommuneId commune) const {
  Offer offer;
  offer.team = team_.exists() && setup_.map.minutes(commune, team_.commune) <=
                                     setup_.parameters.arrival.reach_minutes;
  if (offer.team) {
    offer.recognised = team_.recognised();
    offer.relative_cohesion = relative_cohesion();
    offer.team_gps = members().gps;
  }
  const MunicipalParameters& municipal = setup_.parameters.municipal;
  if (commune == setup_.map.focus()) {
    offer.aid = aid_to_settle(means_, municipal);
    offer.paperwork_relieved =
        paperwork_relieved(means_.secretary_fte, gps_supported() + 1, municipal);
  }
  if (!offer.team && commune != setup_.map.focus()) return offer;
  if (const auto site = site_with_free_room()) {
    offer.free_room = true;
    offer.rent_saved = (municipal.rent_m2 - rent_m2(means_, municipal)) * municipal.room_area *
                       world::months_per_year;
    offer.free_room_in_building = sites_[world::index(*site)].kind == SiteKind::building;
  }
  return offer;
}

double Catchment::relative_cohesion() const {
  return team_.cohesion / setup_.parameters.team.cohesion_reference;
}

}  // namespace care
