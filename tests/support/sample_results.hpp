/// Made-up results for tests: nothing here was simulated, but the parts agree with each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "record/results.hpp"

namespace support {

/// A number in [0, 1) that depends on its arguments only (the finaliser of SplitMix64).
inline double chance(std::uint64_t what, std::uint64_t replication, std::uint64_t which) {
  std::uint64_t x = (what << 48) ^ (replication << 32) ^ which;
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1p-53;
}

/// The first day of a month, counted from the start, with months of 365.25/12 days.
inline std::int32_t first_day_of(int month) { return month * 487 / 16; }

/// Who practises in one run: nine at the start, three who come later, some of whom leave.
inline std::vector<record::Stay> sample_stays(int replication, int strategy, int months) {
  using world::Profession;
  constexpr Profession professions[] = {
      Profession::gp,    Profession::gp,    Profession::gp,      Profession::gp,
      Profession::nurse, Profession::nurse, Profession::dentist, Profession::physiotherapist,
      Profession::gp,    Profession::gp,    Profession::nurse,   Profession::gp};
  constexpr std::uint64_t at_start = 9;
  const std::int32_t horizon = first_day_of(months);
  const auto run = static_cast<std::uint64_t>(replication);

  std::vector<record::Stay> stays;
  for (std::uint64_t person = 0; person < std::size(professions); ++person) {
    const double arrival = person < at_start ? 0 : chance(1, run, person) * (2.0 - 0.5 * strategy);
    if (arrival >= 1) continue;  // this candidate settles elsewhere
    const double left = arrival + chance(2, run, person) * (2.0 + strategy);
    record::Stay stay;
    stay.replication = replication;
    stay.strategy = static_cast<std::uint8_t>(strategy);
    stay.profession = professions[person];
    stay.here_at_start = person < at_start;
    stay.in_team = strategy == 2 && person % 2 == 0;
    stay.in_focus = person % 3 != 2;
    stay.age_at_arrival = 30.25F + static_cast<float>(5 * (person % 8));
    stay.arrival_day = static_cast<std::int32_t>(arrival * horizon);
    stay.departure_day = left < 1 ? static_cast<std::int32_t>(left * horizon) : horizon;
    if (left < 1)
      stay.cause = stay.age_at_arrival > 60       ? record::DepartureCause::retirement
                   : chance(3, run, person) < 0.7 ? record::DepartureCause::relocation
                                                  : record::DepartureCause::burnout;
    stays.push_back(stay);
  }
  std::stable_sort(stays.begin(), stays.end(), [](const record::Stay& a, const record::Stay& b) {
    return a.arrival_day < b.arrival_day;
  });
  return stays;
}

/// What the municipality pays and receives in one run, by date.
inline std::vector<record::LedgerEntry> sample_ledger(int replication, int strategy, int months) {
  using record::Account;
  using record::Category;
  std::vector<record::LedgerEntry> ledger;
  const auto enter = [&](Category category, Account payer, Account payee, int month,
                         std::int64_t cents) {
    if (month < months)
      ledger.push_back({replication, static_cast<std::uint8_t>(strategy), category, payer, payee,
                        first_day_of(month), cents});
  };
  for (int month = 0; month < months; ++month) {
    if (strategy == 1 && month == 6) {
      enter(Category::subsidy, Account::state, Account::municipality, month, 30'000'000);
      enter(Category::loan_drawn, Account::bank, Account::municipality, month, 60'000'000);
      enter(Category::works, Account::municipality, Account::suppliers, month, 90'000'000);
    }
    if (strategy == 1 && month > 6) {
      enter(Category::loan_repaid, Account::municipality, Account::bank, month, 250'000);
      enter(Category::loan_interest, Account::municipality, Account::bank, month, 150'017);
      enter(Category::rent, Account::tenants, Account::municipality, month, 96'050);
    }
    if (strategy == 2) {
      enter(Category::project_support, Account::municipality, Account::staff, month, 183'333);
      enter(Category::premises_lease, Account::municipality, Account::suppliers, month, 120'000);
    }
  }
  return ledger;
}

/// Results of three strategies in a small town. Same arguments, same results; the blocks of one
/// run are `sample_results(n)` cut by replication. Requires at least one of each.
inline record::Results sample_results(int replications = 4, int months = 24) {
  using record::Indicator;
  record::Results results;
  results.provenance = {
      .scenario_name = "bourg-exemple",
      .scenario_title = "Bourg-l'Évêque : dix ans d'accès aux soins",
      .scenario_text =
          "# essai\ntitle = \"Bourg-l'Évêque : dix ans d'accès aux soins\"\nyears = 2\n",
      .parameters_csv =
          "id,value,unit,source\nrelocation_base,0.04,per person-year,\"Dréès, 2023\"\n",
      .territory = "3 communes, 8 412 habitants, populations légales 2022",
      .version = "0.1.0",
      .commit = "0123456789abcdef0123456789abcdef01234567",
      .compiler = "GNU 12.2.0",
      .notes = "Sum of all accounts: 0.00 EUR\nWarm-up: 12 months left out",
      .run_key = "5f3c0a9b71d2e4488c6617f0b2a9d3e1",
      .inputs_json = "{\"format\":1,\"labels\":{\"title\":\"L'été\"}}"};
  results.strategies = {
      {"status_quo", "Ne rien changer", ""},
      {"walls_first", "Bâtir d'abord : des murs, puis des soignants", ""},
      {"team_first", "L'équipe d'abord : le projet précède les murs", "Le même en français"}};
  results.baseline = 0;
  results.start_date = "2025-01-01";
  results.seed = 20'250'101;
  results.replication_numbers = record::consecutive(0, replications);
  results.planned = replications;
  results.months = months;
  results.resize_series();

  for (int replication = 0; replication < replications; ++replication) {
    for (int strategy = 0; strategy < 3; ++strategy) {
      const auto stays = sample_stays(replication, strategy, months);
      const auto ledger = sample_ledger(replication, strategy, months);
      const auto run = static_cast<std::uint64_t>(replication);
      const auto set = [&](Indicator indicator, int month, double value) {
        results.months_of(indicator, static_cast<std::size_t>(strategy),
                          run)[static_cast<std::size_t>(month)] = value;
      };
      double residents = 8412;
      double debt = 0;
      for (int month = 0; month < months; ++month) {
        const auto date = static_cast<std::uint64_t>(month);
        const auto draw = [&](std::uint64_t what, int base, int spread) {
          return base + static_cast<int>(chance(what, run, date) * spread);
        };
        const std::int32_t end = first_day_of(month + 1);
        const auto at_work = [&](auto condition) {
          return static_cast<int>(
              std::count_if(stays.begin(), stays.end(), [&](const record::Stay& stay) {
                const bool gone =
                    stay.cause != record::DepartureCause::still_here && stay.departure_day <= end;
                return stay.arrival_day <= end && !gone && condition(stay);
              }));
        };
        const auto practise_as = [&](world::Profession profession) {
          return at_work([&](const record::Stay& stay) { return stay.profession == profession; });
        };

        const int births = draw(10, 5, 5);
        const int deaths = draw(11, 6, 5);
        residents += births - deaths;
        for (std::size_t i = 0; i < record::indicator_count; ++i)  // what follows sets most anew
          set(static_cast<Indicator>(i), month, draw(100 + i, 0, 9));
        set(Indicator::residents, month, residents);
        set(Indicator::births, month, births);
        set(Indicator::deaths, month, deaths);

        const int gps = practise_as(world::Profession::gp);
        set(Indicator::gps, month, gps);
        set(Indicator::nurses, month, practise_as(world::Profession::nurse));
        set(Indicator::physiotherapists, month, practise_as(world::Profession::physiotherapist));
        set(Indicator::dentists, month, practise_as(world::Profession::dentist));
        set(Indicator::professionals, month, at_work([](const record::Stay&) { return true; }));
        set(Indicator::professionals_in_focus, month,
            at_work([](const record::Stay& stay) { return stay.in_focus; }));

        const double adults = residents - 1400;
        const double without_gp = std::max(400.0, adults - 900.0 * gps - draw(12, 0, 60));
        set(Indicator::adults_without_gp, month, without_gp);
        set(Indicator::adults_without_gp_share, month, without_gp / adults);

        constexpr double not_observed = std::numeric_limits<double>::quiet_NaN();
        const bool all_away = replication == 0 && strategy == 0 && month == 7;
        const int needs = draw(13, 2600, 400);
        const int able = all_away ? 0 : std::min(needs, 330 * gps + draw(14, 0, 50));
        const int with_own = able * 4 / 5;
        const int emergency = (needs - able) / 3;
        set(Indicator::needs, month, needs);
        set(Indicator::seen_by_registered_gp, month, with_own);
        set(Indicator::seen_by_another_gp, month, able - with_own);
        set(Indicator::seen_at_walk_in, month, 0);
        set(Indicator::seen_at_mobile_unit, month, 0);
        set(Indicator::seen_at_booth, month, 0);
        set(Indicator::matched_by_network, month, 0);
        set(Indicator::emergency_visits, month, emergency);
        const int renounced = needs - able - emergency;
        set(Indicator::renunciations, month, renounced);
        for (std::size_t quintile = 0; quintile < 5; ++quintile) {
          const auto of_quintile = static_cast<Indicator>(
              static_cast<std::size_t>(Indicator::renunciations_quintile_1) + quintile);
          set(of_quintile, month, renounced / 5 + (quintile == 4 ? renounced % 5 : 0));
        }
        set(Indicator::renunciation_concentration_index, month, -0.1 * chance(19, run, date));
        set(Indicator::renunciation_slope_index, month, -0.05 * chance(20, run, date));
        const int treatable = emergency + draw(16, 30, 20);
        set(Indicator::emergency_visits_treatable, month, treatable);
        set(Indicator::emergency_visits_all, month, treatable + draw(17, 150, 40));
        set(Indicator::avoidable_admissions, month, draw(18, 4, 5));
        set(Indicator::follow_up_unmet, month, draw(21, 100, 50));
        set(Indicator::requests_failed_share, month, 1.25 * (needs - able) / (needs + 1));
        set(Indicator::renounced_share, month, static_cast<double>(renounced) / needs);
        set(Indicator::continuity_of_care, month, able > 0 ? 0.8 : not_observed);
        set(Indicator::local_accessibility, month, 5000.0 * gps / residents);
        set(Indicator::underserved_share, month, 5000.0 * gps / residents < 2.5 ? 1 : 0);

        // No consultation is booked while everybody is away: the wait is missing.
        const double wait =
            all_away ? not_observed : 2.0 + 30.0 / (gps + 1) + chance(15, run, date);
        set(Indicator::wait_mean, month, wait);
        set(Indicator::wait_median, month, 0.75 * wait);
        set(Indicator::wait_p90, month, 2.5 * wait);

        set(Indicator::team_stage, month, strategy == 2 ? std::min(6, 1 + month / 4) : 0);
        set(Indicator::team_cohesion, month, strategy == 2 ? 0.4 + 0.02 * (month % 20) : 0);
        const int rooms = strategy == 1 && month >= 18 ? 6 : strategy == 2 ? 3 : 0;
        set(Indicator::rooms, month, rooms);
        set(Indicator::rooms_occupied, month, std::min(rooms, gps / 2));

        // A loan received pays for the works; they count when it is repaid.
        std::int64_t cents = 0;
        for (const record::LedgerEntry& entry : ledger) {
          if (entry.day != first_day_of(month)) continue;
          cents += entry.payer == record::Account::municipality ? entry.cents : -entry.cents;
          if (entry.category == record::Category::loan_drawn)
            debt += static_cast<double>(entry.cents) / 100;
          if (entry.category == record::Category::loan_repaid)
            debt -= static_cast<double>(entry.cents) / 100;
        }
        set(Indicator::net_cost, month, static_cast<double>(cents) / 100);
        set(Indicator::debt, month, debt);
        set(Indicator::actions_refused, month, strategy == 2 && month % 7 == 3 ? 1 : 0);
        set(Indicator::partnership, month, strategy == 2 ? 0.3 + 0.02 * (month % 20) : 0);
        set(Indicator::rooms_vacant_share, month,
            rooms > 0 ? 1 - static_cast<double>(std::min(rooms, gps / 2)) / rooms : not_observed);
      }
      results.stays.insert(results.stays.end(), stays.begin(), stays.end());
      results.ledger.insert(results.ledger.end(), ledger.begin(), ledger.end());
    }
  }
  return results;
}

}  // namespace support
