#include "care/municipality.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

#include "care/appointment_book.hpp"
#include "care/budget.hpp"
#include "pdes/sample.hpp"

namespace care {

using scenario::Lever;
using world::cents;
using world::months_per_year;

namespace {

constexpr double weeks_per_year = world::days_per_year / 7;

Cents monthly(double amount, double per_year) { return cents(amount * per_year / months_per_year); }

/// Whether a measured indicator is known and has come so far; true where nothing is asked.
bool reaches(const std::optional<double>& threshold, const Observed& seen,
             double Measured::*indicator) {
  return !threshold || (seen.measured && *seen.measured.*indicator >= *threshold);
}

/// The actions that act this month, the smallest first, so that no sum depends on the order of the
/// strategy's file.
std::vector<scenario::Action> acting(const scenario::Strategy& strategy, const Observed& seen,
                                     const Stopped& stopped) {
  std::vector<scenario::Action> actions;
  for (const scenario::Action& action : strategy.actions) {
    if (stopped[static_cast<std::size_t>(action.lever)] || !holds(action.when, seen)) continue;
    actions.push_back(action);
  }
  std::sort(actions.begin(), actions.end(),
            [](const auto& a, const auto& b) { return a.amount < b.amount; });
  return actions;
}

}  // namespace

bool holds(const scenario::Condition& when, const Observed& seen) {
  return seen.day >= when.from_day && seen.day < when.until_day &&
         (!when.team_stage || seen.team_stage >= *when.team_stage) &&
         (!when.team_stage_below || seen.team_stage < *when.team_stage_below) &&
         (!when.professionals_at_least || seen.professionals >= *when.professionals_at_least) &&
         (!when.rooms_short_at_least || seen.rooms_short >= *when.rooms_short_at_least) &&
         (!when.building_open || seen.building_open == *when.building_open) &&
         (!when.rooms_empty_at_least || seen.rooms_empty >= *when.rooms_empty_at_least) &&
         (!when.self_employed_gps_below ||
          seen.self_employed_gps < *when.self_employed_gps_below) &&
         reaches(when.without_gp_share_at_least, seen, &Measured::without_gp_share) &&
         reaches(when.wait_days_at_least, seen, &Measured::wait_days) &&
         reaches(when.renounced_share_at_least, seen, &Measured::renounced_share);
}

void note_stops(const scenario::Strategy& strategy, const Observed& seen, Stopped& stopped) {
  for (const scenario::Stop& stop : strategy.stops) {
    if (holds(stop.when, seen)) stopped[static_cast<std::size_t>(stop.lever)] = true;
  }
}

Means means_of(const scenario::Strategy& strategy, const Observed& seen, const Stopped& stopped) {
  Means means;
  for (const scenario::Action& action : acting(strategy, seen, stopped)) {
    switch (action.lever) {
      case Lever::build:
        means.building_rooms += action.amount;
        break;
      case Lever::lease_temporary_premises:
        means.temporary_rooms += action.amount;
        break;
      case Lever::fund_coordinator:
        means.coordinator_fte += action.amount;
        break;
      case Lever::federation_support:
        means.federation += action.amount;
        break;
      case Lever::partnership:
        means.partnership += action.amount;
        break;
      case Lever::third_party_payment:
        means.third_party += action.amount;
        break;
      case Lever::dedicated_sessions:
        means.dedicated_sessions += action.amount;
        break;
      case Lever::health_mediators:
        means.mediator_fte += action.amount;
        break;
      case Lever::transport_on_demand:
        means.transport += action.amount;
        break;
      case Lever::walk_in_unit:
        means.walk_in_slots += action.amount;
        break;
      case Lever::installation_subsidy:
        means.installation_subsidy += action.amount;
        break;
      case Lever::housing_aid:
        means.housing_aid += action.amount;
        break;
      case Lever::moderate_rent:
        means.rent_reduction += action.amount;
        break;
      case Lever::medical_assistants:
        means.assistant_fte += action.amount;
        break;
      case Lever::relieve_paperwork:
        means.secretary_fte += action.amount;
        break;
      case Lever::salaried_posts:
        means.salaried_posts[action.profession] += action.amount;
        break;
      case Lever::hand_building_to_team:
        means.building_handed_over += action.amount;
        break;
      case Lever::renovate:
        means.renovated_rooms += action.amount;
        break;
      case Lever::prevention_programme:
        means.prevention_sessions += action.amount;
        break;
      case Lever::steering_committee:
        means.steering_meetings += action.amount;
        break;
      case Lever::mobile_unit:
        means.mobile_unit_days += action.amount;
        break;
      case Lever::telemedicine_booth:
        means.booths += action.amount;
        break;
      case Lever::cpts_support:
        means.network_share += action.amount;
        break;
      case Lever::social_worker:
        means.social_worker_fte += action.amount;
        break;
      case Lever::population_grant:
        means.population_grant += action.amount;
        break;
    }
  }
  means.federation = std::min(1.0, means.federation);
  means.partnership = std::min(1.0, means.partnership);
  means.third_party = std::min(1.0, means.third_party);
  means.transport = std::min(1.0, means.transport);
  means.building_handed_over = std::min(1.0, means.building_handed_over);
  means.steering_meetings = std::min(months_per_year, means.steering_meetings);
  means.mobile_unit_days = std::min(5.0, means.mobile_unit_days);  // one unit
  means.network_share = std::min(1.0, means.network_share);
  means.population_grant = std::min(1.0, means.population_grant);
  return means;
}

double rent_m2(const Means& means, const MunicipalParameters& p) {
  return std::max(0.0, p.rent_m2 - means.rent_reduction);
}

void pay_rent(int rooms, const Means& means, std::int32_t day, const MunicipalParameters& p,
              Ledger& ledger) {
  ledger.pay(day, Account::tenants, Account::municipality,
             cents(rooms * p.room_area * rent_m2(means, p)), Category::rent);
}

double aid_to_settle(const Means& means, const MunicipalParameters& p) {
  return means.installation_subsidy + means.housing_aid * p.housing_aid_years;
}

double paperwork_relieved(double secretary_fte, int gps, const MunicipalParameters& p) {
  if (gps == 0) return 0;
  return std::min(1.0, secretary_fte * p.full_time_hours / (gps * p.gp_paperwork_hours));
}

double assistants_per_gp(double assistant_fte, int gps) {
  return gps == 0 ? 0 : std::min(1.0, assistant_fte / gps);
}

void pay_practice_staff(const Means& means, int gps, std::int32_t day, const MunicipalParameters& p,
                        Ledger& ledger) {
  const double assistants = std::min<double>(means.assistant_fte, gps);
  ledger.pay(day, Account::municipality, Account::staff, monthly(assistants, p.assistant_cost),
             Category::posts_funded);
  ledger.pay(day, Account::health_insurance, Account::municipality,
             monthly(assistants, std::min(p.assistant_subsidy, p.assistant_cost)),
             Category::post_subsidy);
  ledger.pay(day, Account::municipality, Account::staff,
             monthly(means.secretary_fte, p.secretary_cost), Category::posts_funded);
}

void pay_for(const Means& means, std::int32_t day, const MunicipalParameters& p, Ledger& ledger) {
  ledger.pay(day, Account::municipality, Account::staff,
             monthly(means.coordinator_fte, p.coordinator_cost), Category::posts_funded);
  ledger.pay(day, Account::municipality, Account::suppliers,
             monthly(means.federation, p.federation_cost), Category::project_support);
  ledger.pay(day, Account::municipality, Account::suppliers,
             monthly(means.partnership, p.partnership_cost), Category::project_support);
  ledger.pay(day, Account::municipality, Account::suppliers,
             monthly(means.steering_meetings, p.steering_meeting_cost), Category::steering);
}

AccessRelief relief_of(const Means& means, const Concerned& concerned, double contacts_per_resident,
                       const MunicipalParameters& p) {
  const auto share = [](double served, double of) {
    return of > 0 ? std::min(1.0, served / of) : 0;
  };
  const auto poorest = static_cast<double>(concerned.poorest);
  const double session_contacts = means.dedicated_sessions * weeks_per_year * p.session_contacts;
  AccessRelief relief;
  relief.no_advance_payment =
      std::min(1.0, means.third_party + share(session_contacts, poorest * contacts_per_resident));
  relief.mediation = share(means.mediator_fte * p.mediator_caseload, poorest);
  relief.transport = means.transport;
  return relief;
}

void pay_for_access(const Means& means, const Concerned& concerned, std::int32_t day,
                    const MunicipalParameters& p, Ledger& ledger) {
  const auto pay = [&](Account payee, double per_year) {
    ledger.pay(day, Account::municipality, payee, cents(per_year / months_per_year),
               Category::access_support);
  };
  pay(Account::suppliers,
      means.third_party * static_cast<double>(concerned.gps) * p.third_party_cost);
  pay(Account::staff, means.dedicated_sessions * weeks_per_year * p.session_cost);
  pay(Account::staff, means.mediator_fte * p.mediator_cost);
  pay(Account::suppliers,
      means.transport * static_cast<double>(concerned.immobile) * p.trips * p.trip_cost);
  pay(Account::staff, means.walk_in_slots * working_days_per_year * p.walk_in_slot_cost);
}

Works new_building(const MunicipalParameters& p) {
  return {p.building, p.building_cost_m2, p.building_cost_sigma};
}

Works renovation(const MunicipalParameters& p) {
  return {p.temporary_premises, p.renovation_cost_m2, p.renovation_cost_sigma};
}

Building::Building(int rooms, const Works& works, pdes::Stream luck, const MunicipalParameters& p)
    : rooms_(rooms),
      months_(pdes::lognormal(luck, works.time.median, works.time.sigma)),
      cost_(rooms * p.room_area * pdes::lognormal(luck, works.cost_m2, works.cost_sigma)),
      works_(works),
      stage_shares_(p.stage_shares) {}

pdes::Duration Building::stage_length() const {
  assert(stage_ != BuildingStage::open);
  double all = 0;
  for (const double share : stage_shares_) all += share;
  const double share = stage_shares_[static_cast<std::size_t>(stage_)] / all;
  return world::duration_of({months_ * share / months_per_year});
}

void Building::advance(std::int32_t day, scenario::TeamStage project, const MunicipalParameters& p,
                       Ledger& ledger) {
  assert(stage_ != BuildingStage::open);
  const Cents cost = cents(cost_);
  if (stage_ == BuildingStage::funding) grants_ = grants_for(cost, project, p);
  stage_ = static_cast<BuildingStage>(static_cast<int>(stage_) + 1);
  if (stage_ != BuildingStage::works) return;

  const Cents loan = cost - grants_.total();
  ledger.pay(day, Account::region, Account::municipality, grants_.region, Category::subsidy);
  ledger.pay(day, Account::department, Account::municipality, grants_.department,
             Category::subsidy);
  ledger.pay(day, Account::health_agency, Account::municipality, grants_.health_agency,
             Category::subsidy);
  ledger.pay(day, Account::state, Account::municipality, grants_.state, Category::subsidy);
  ledger.pay(day, Account::bank, Account::municipality, loan, Category::loan_drawn);
  ledger.pay(day, Account::municipality, Account::suppliers, cost, Category::works);
  loan_ = Loan(loan, p.loan_rate, p.loan_years);
}

void Building::pay_month(std::int32_t day, double share_run_by_tenants,
                         const MunicipalParameters& p, Ledger& ledger) {
  const Loan::Instalment due = loan_.pay_month();
  ledger.pay(day, Account::municipality, Account::bank, due.interest, Category::loan_interest);
  ledger.pay(day, Account::municipality, Account::bank, due.principal, Category::loan_repaid);
  if (stage_ == BuildingStage::open) {
    const double area = rooms_ * p.room_area;
    const Cents cost = cents(area * p.running_cost_m2 / months_per_year);
    const Cents by_tenants =
        cents(area * p.running_cost_m2 / months_per_year * share_run_by_tenants);
    ledger.pay(day, Account::municipality, Account::suppliers, cost - by_tenants,
               Category::running_cost);
    ledger.pay(day, Account::tenants, Account::suppliers, by_tenants, Category::running_cost);
  }
}

Cents Building::owed_per_month(scenario::TeamStage project, const MunicipalParameters& p) const {
  if (stage_ < BuildingStage::works) return expected_instalment(rooms_, works_, project, p);
  const Cents instalment = std::min(loan_.instalment(), loan_.outstanding());
  if (stage_ == BuildingStage::works) return instalment;
  return instalment + cents(rooms_ * p.room_area * p.running_cost_m2 / months_per_year);
}

}  // namespace care
