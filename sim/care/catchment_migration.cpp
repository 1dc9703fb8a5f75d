/// Residents who settle and who move away.
#include <algorithm>
#include <array>
#include <cmath>

#include "care/catchment.hpp"
#include "care/migration.hpp"
#include "pdes/sample.hpp"

namespace care {

using world::Calendar;
using world::CommuneId;
using world::Decision;
using world::Resident;
using world::ResidentId;

constexpr pdes::Duration month = world::duration_of({1 / world::months_per_year});

/// Residents of the start get their day of moving away; people settle every month, from the middle
/// of the first on.
void Catchment::start_migration(Context& context) {
  const MigrationParameters& p = setup_.parameters.migration;
  if (!anybody_moves(p)) return;
  for (std::size_t r = 0; r < residents_.size(); ++r) {
    plan_stay(ResidentId(static_cast<std::uint32_t>(r)), 0);
  }
  for (const world::CatchmentCommune& commune : setup_.map.communes()) {
    newcomers_.push_back(newcomers_of(commune.population, p));
  }
  if (p.care_elasticity != 0) accessible_at_start_ = accessible(0);
  context.schedule({month.ticks / 2}, ResidentsSettle{0});
}

/// Whether and when a resident moves away, drawn once by their own stream, as length of life is: no
/// strategy shifts it.
void Catchment::plan_stay(ResidentId id, std::int32_t today) {
  Resident& who = resident(id);
  pdes::Stream stream = luck_.stream(Decision::move_away, world::index(id));
  const double age = age_at_leaving(pdes::unit_exponential(stream), who.age_on(today),
                                    setup_.parameters.migration);
  const double day = who.birth_day + std::ceil(age * world::days_per_year);
  if (day >= who.last_day) return;  // dies here
  who.last_day = static_cast<std::int32_t>(day);
  who.moves_away = true;
}

/// No longer here: off the panel of a GP and out of the population.
void Catchment::take_out(Resident& who) {
  if (who.registered_gp != world::no_professional) {
    --professional(who.registered_gp).panel;
    who.registered_gp = world::no_professional;
  }
  who.alive = false;
  --population_;
}

void Catchment::on(const ResidentMovesAway& event, Context&) {
  take_out(resident(event.resident));
  ++moved_away_;
  recorder_.moved_away(resident(event.resident).commune);
}

/// Those who settle in a month come in its middle: one Poisson draw a commune, so that with the
/// same luck a higher rate never brings fewer, and the same people first.
void Catchment::on(const ResidentsSettle& event, Context& context) {
  const MigrationParameters& p = setup_.parameters.migration;
  const std::int32_t today = Calendar::day_of(context.now());
  const std::size_t communes = newcomers_.size();
  std::vector<double> leaving(communes, 0);  // expected a year
  std::vector<std::int64_t> present(communes, 0);
  std::array<double, 101> rate_by_year;  // of age; rates change on birthdays only
  for (std::size_t year = 0; year < rate_by_year.size(); ++year) {
    rate_by_year[year] = leaving_rate(static_cast<double>(year), p).per_year;
  }
  for (const Resident& who : residents_) {
    if (!who.alive) continue;
    const auto year = static_cast<std::size_t>(std::clamp(who.age_on(today), 0.0, 100.0));
    leaving[world::index(who.commune)] += rate_by_year[year];
    ++present[world::index(who.commune)];
  }
  std::vector<double> now;
  if (!accessible_at_start_.empty()) now = accessible(today);
  for (std::size_t c = 0; c < communes; ++c) {
    const double factor = now.empty() ? 1 : settlement_factor(now[c], accessible_at_start_[c], p);
    const Rate rate = settlement_rate({leaving[c]}, present[c], factor, p);
    const std::uint64_t place_and_month = event.month * communes + c;
    pdes::Stream stream = luck_.stream(Decision::settlement, place_and_month);
    const std::uint64_t count = pdes::poisson(stream, rate.per_year / world::months_per_year);
    for (std::uint32_t n = 0; n < count; ++n) {
      Resident newcomer = world::draw_resident(
          newcomers_[c], luck_.stream(Decision::newcomer, place_and_month, n), today);
      newcomer.commune = CommuneId(static_cast<std::uint16_t>(c));
      newcomer.seen_on(today);
      const auto id = ResidentId(static_cast<std::uint32_t>(residents_.size()));
      residents_.push_back(newcomer);
      plan_stay(id, today);
      remember_prevention(id, today);
      ++settled_;
      ++population_;
      recorder_.settled(newcomer.commune);
      schedule_next(id, context);
    }
  }
  context.schedule(month, ResidentsSettle{event.month + 1});
}

/// Local accessibility of GPs in each commune.
std::vector<double> Catchment::accessible(std::int32_t today) const {
  const Parameters& p = setup_.parameters;
  std::vector<double> consumers(reach_.size(), 0);
  for (const Resident& who : residents_) {
    if (!who.alive) continue;
    consumers[world::index(who.commune)] +=
        p.need.contacts_per_year[world::age_band_of(who.age_on(today))] /
        p.accessibility.mean_contacts;
  }
  return local_accessibility(contacts_offered(), consumers, reach_);
}

}  // namespace care
