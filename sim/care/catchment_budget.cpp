/// What the municipality can pay: the budget of the scenario, held against its actions.
#include <algorithm>

#include "care/catchment.hpp"

namespace care {

using record::Indicator;
using scenario::Lever;
using world::no_site;

/// The levers that do not act this month: those stopped for good, and those whose actions the rest
/// of the year's budget cannot pay. Budget years count from the start of the scenario.
Stopped Catchment::refuse_what_cannot_be_paid(int month, const Observed& seen,
                                              const Concerned& concerned, pdes::Time now) {
  if (!setup_.yearly_budget) return stopped_;
  constexpr int year = 12;
  if (month % year == 0) budget_year_ = BudgetYear(world::cents(*setup_.yearly_budget));
  std::vector<Claim> claims;
  for (const scenario::LeverDefinition& lever : scenario::lever_definitions) {
    claims.push_back(claim_of(lever.lever, seen, concerned, now));
  }
  const Cents owed = owed_per_month();
  for_aid_ = budget_year_->left(owed, year - month % year);
  const Stopped refused = refused_for_lack_of_money(claims, for_aid_);
  budget_year_->engage_month(owed);
  Stopped idle = stopped_;
  actions_refused_ = 0;
  for (const Claim& claim : claims) {
    const auto lever = static_cast<std::size_t>(claim.lever);
    if (refused[lever]) {
      idle[lever] = true;
      ++actions_refused_;
    } else {
      budget_year_->engage_month(claim.per_month);
      for_aid_.of_a_full_year = for_aid_.of_a_full_year - year * claim.per_month;
      for_aid_.of_this_year = for_aid_.of_this_year - for_aid_.months * claim.per_month;
    }
  }
  return idle;
}

/// What a lever's actions would cost, by the entries that they alone would leave in the ledger.
Claim Catchment::claim_of(Lever lever, const Observed& seen, const Concerned& concerned,
                          pdes::Time now) const {
  const MunicipalParameters& p = setup_.parameters.municipal;
  Stopped others;
  others.fill(true);
  others[static_cast<std::size_t>(lever)] = stopped_[static_cast<std::size_t>(lever)];
  const Means alone = means_of(*strategy_, seen, others);
  Ledger ledger;
  pay_for_the_month(alone, concerned, now, ledger);
  Cents cost = Cents{} - ledger.balance(Account::municipality);
  if (!building_ && alone.building_rooms >= 1) {
    cost += expected_instalment(static_cast<int>(alone.building_rooms), new_building(p),
                                seen.team_stage, p);
  }
  if (!building_ && alone.renovated_rooms >= 1) {
    cost += expected_instalment(static_cast<int>(alone.renovated_rooms), renovation(p),
                                seen.team_stage, p);
  }
  cost += world::cents(alone.temporary_rooms * p.temporary_room_cost / world::months_per_year);
  int rented = 0;
  for (const world::SiteId site : {building_site_, premises_}) {
    if (site != no_site) rented += occupied(site);
  }
  cost += world::cents(rented * p.room_area * (rent_m2({}, p) - rent_m2(alone, p)));
  for (std::size_t i = 0; i < alone.salaried_posts.size(); ++i) {
    const auto profession = static_cast<world::Profession>(i);
    const int vacant = static_cast<int>(alone.salaried_posts[i]) - posts_.held(profession);
    if (vacant > 0) cost += vacant * post_cost(profession);
  }
  return {lever, std::max(Cents{}, cost), world::cents(alone.installation_subsidy)};
}

/// What earlier decisions cost in a month, whatever is decided now: professionals employed, and the
/// building less its rents.
Cents Catchment::owed_per_month() const {
  const MunicipalParameters& p = setup_.parameters.municipal;
  Cents owed;
  for (std::size_t i = 0; i < world::profession_count; ++i) {
    const auto profession = static_cast<world::Profession>(i);
    if (const int held = posts_.held(profession); held > 0) owed += held * post_cost(profession);
  }
  if (building_) {
    Ledger rents;
    if (building_site_ != no_site) pay_rent(occupied(building_site_), {}, 0, p, rents);
    owed += std::max(
        Cents{}, building_->owed_per_month(team_.stage, p) - rents.balance(Account::municipality));
  }
  return owed;
}

/// What a salaried professional is expected to cost in a month: of GPs, whose fees depend on the
/// consultations that they will hold, what centres are published to lose on each.
Cents Catchment::post_cost(world::Profession profession) const {
  const SalariedParameters& p = setup_.parameters.salaried;
  if (profession == world::Profession::gp) {
    return world::cents(p.planned_deficit / world::months_per_year);
  }
  Ledger ledger;
  pay_posts(profession, 1, 0, p, ledger);
  return std::max(Cents{}, Cents{} - ledger.balance(Account::municipality));
}

/// Aid that has been paid to a GP who settled. Once the budget cannot pay the next one, none is
/// offered until it can.
void Catchment::engage_aid(Cents aid) {
  if (!budget_year_) return;
  budget_year_->engage_at_once(aid);
  for_aid_.of_a_full_year = for_aid_.of_a_full_year - aid;
  for_aid_.of_this_year = for_aid_.of_this_year - aid;
  if (aid > std::min(for_aid_.of_a_full_year, for_aid_.of_this_year)) {
    means_.installation_subsidy = 0;
  }
}

/// The indicators of the month before, once there is one.
std::optional<Measured> Catchment::measured_last(int month) const {
  if (month == 0) return std::nullopt;
  const auto last = [&](Indicator indicator) {
    return recorder_.series(indicator)[static_cast<std::size_t>(month - 1)];
  };
  return Measured{last(Indicator::adults_without_gp_share), last(Indicator::wait_median),
                  last(Indicator::renounced_share)};
}

}  // namespace care
