/// Results of a known law for the tests of the analysis: no model behind them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"
#include "record/results.hpp"

namespace analysis::test {

/// What is true of a made-up strategy. Each replication adds the same noise to all strategies, and
/// a little of its own to each.
struct Truth {
  std::string name, title;
  double professionals_gained = 0;  ///< by the horizon
  double leaving_rate = 0.08;       ///< per person-year
  double arrivals_a_year = 2;
  double cost_a_month = 0;      ///< EUR
  int recognised_after = 1000;  ///< months
};

inline std::vector<Truth> four_truths() {
  return {{"do_nothing", "Laisser faire", 0, 0.09, 2, 0, 1000},
          {"building_first", "Le bâtiment d'abord", 0.0, 0.09, 2.1, 6500, 1000},
          {"team_first", "L'équipe d'abord : le projet précède les murs", 9, 0.05, 3.6, 4200, 30},
          {"building_then_team", "Le bâtiment, puis l'équipe", 5, 0.06, 2.9, 8600, 84}};
}

inline record::Results made_up_results(const std::vector<Truth>& truths, int replications,
                                       int months, std::uint64_t seed = 1) {
  using record::Indicator;
  record::Results results;
  results.provenance.scenario_name = "made-up";
  results.provenance.scenario_title = "Dix ans d'accès aux soins à Bourg-l'Évêque";
  results.provenance.scenario_text =
      "title = \"Dix ans d'accès aux soins\"\nyears = 10\n\n# team_first.toml\n[[action]]\nlever = "
      "\"fund_coordinator\"\namount = 0.5\n";
  results.provenance.parameters_csv =
      "id,value,low,high,unit,source\nrelocation_base,0.04,0.02,0.06,per person-year,\"Drees, "
      "2023\"\nwait_patience,21,7,40,days,\"assumption, <to be "
      "measured>\"\ndiscount_rate,0.032,0.012,0.045,per year,\"France "
      "Stratégie, 2021\"\n";
  results.provenance.territory = "3 communes, 8 412 habitants, populations légales 2022";
  results.provenance.version = "0.1.0";
  results.provenance.commit = "0123456789abcdef";
  results.provenance.compiler = "GNU 12.2.0";
  results.provenance.notes = "Sum of all accounts: 0.00 EUR\nWarm-up: 12 months left out";
  results.provenance.run_key = "5f3c0a9b71d2e4488c6617f0b2a9d3e1";
  for (const Truth& truth : truths) results.strategies.push_back({truth.name, truth.title, ""});
  results.start_date = "2014-01-01";
  results.seed = seed;
  results.replication_numbers = record::consecutive(0, replications);
  results.planned = replications;
  results.months = months;
  results.resize_series();
  const int horizon = months * 365 / 12;

  for (int r = 0; r < replications; ++r)
    for (std::size_t s = 0; s < truths.size(); ++s) {
      const Truth& truth = truths[s];
      const auto run = static_cast<std::size_t>(r);
      pdes::Stream shared({.seed = seed, .replication = static_cast<std::uint32_t>(r)});
      pdes::Stream own(
          {.seed = seed, .replication = static_cast<std::uint32_t>(r), .decision = 1, .entity = s});
      const auto normal = [](pdes::Stream& stream) {
        return pdes::normal_quantile(stream.uniform());
      };
      const double town = 2 * normal(shared);
      double walk = 0;
      for (int m = 0; m < months; ++m) {
        walk = 0.97 * walk + 0.5 * normal(shared) + 0.1 * normal(own);
        const double done = static_cast<double>(m + 1) / months;
        const double professionals = 30 + town + walk + truth.professionals_gained * done;
        const auto set = [&](Indicator indicator, double value) {
          results.months_of(indicator, s, run)[static_cast<std::size_t>(m)] = value;
        };
        const double residents = 8400 + 2.0 * m;
        const double without = 1600 - 55 * (professionals - 30) + 40 * normal(own);
        set(Indicator::residents, residents);
        set(Indicator::births, 7);
        set(Indicator::deaths, 7);
        set(Indicator::professionals, professionals);
        set(Indicator::gps, 0.3 * professionals);
        set(Indicator::nurses, 0.4 * professionals);
        set(Indicator::physiotherapists, 0.2 * professionals);
        set(Indicator::dentists, 0.1 * professionals);
        set(Indicator::professionals_in_focus, 0.6 * professionals);
        set(Indicator::adults_without_gp, without);
        set(Indicator::adults_without_gp_share, without / (0.82 * residents));
        set(Indicator::needs, 2600);
        set(Indicator::seen_at_walk_in, 0);
        set(Indicator::seen_at_mobile_unit, 0);
        set(Indicator::seen_at_booth, 0);
        set(Indicator::seen_by_registered_gp, 1900 + 6 * professionals);
        set(Indicator::seen_by_another_gp, 300);
        set(Indicator::emergency_visits, std::max(0.0, 140 - 2.4 * professionals));
        set(Indicator::renunciations, std::max(0.0, 170 - 3.1 * professionals));
        set(Indicator::wait_mean, std::max(0.5, 19 - 0.35 * professionals + 0.3 * normal(own)));
        set(Indicator::wait_median, std::max(0.4, 15 - 0.3 * professionals));
        set(Indicator::wait_p90, std::max(1.0, 40 - 0.7 * professionals));
        const double given_up = std::max(0.0, 170 - 3.1 * professionals);
        const double deprived = 0.28 - 0.002 * professionals;  // share of the last fifth
        for (int q = 0; q < 5; ++q)
          set(static_cast<Indicator>(static_cast<int>(Indicator::renunciations_quintile_1) + q),
              given_up * (q == 4 ? deprived : (1 - deprived) / 4));
        set(Indicator::renunciation_concentration_index, -0.8 * (deprived - 0.2));
        set(Indicator::renunciation_slope_index, -0.02 * given_up / 170);
        set(Indicator::requests_failed_share, std::max(0.0, 0.11 - 0.002 * professionals));
        set(Indicator::continuity_of_care, 0.75 + 0.002 * professionals + 0.01 * normal(own));
        set(Indicator::local_accessibility, 0.07 * professionals);
        set(Indicator::emergency_visits_treatable,
            std::max(0.0, 190 - 2.4 * professionals + 5 * normal(own)));
        set(Indicator::avoidable_admissions, 6.3 + 0.8 * normal(own));
        set(Indicator::team_stage, m + r >= truth.recognised_after ? 5 : 1);
        set(Indicator::team_cohesion, 0.4);
        set(Indicator::rooms, 12);
        set(Indicator::rooms_occupied, 6);
        set(Indicator::net_cost, truth.cost_a_month * (1 + 0.1 * normal(own)));
        set(Indicator::debt, s == 1 || s == 3 ? 900'000 * (1 - done) : 0);
        if (truth.cost_a_month > 0)
          results.ledger.push_back(
              {r, static_cast<std::uint8_t>(s),
               s == 2 ? record::Category::posts_funded : record::Category::running_cost,
               record::Account::municipality, record::Account::suppliers, m * 30,
               static_cast<std::int64_t>(100 * truth.cost_a_month)});
      }
      const auto stay = [&](bool here_at_start, int arrival, std::size_t who) {
        record::Stay one;
        one.replication = r;
        one.strategy = static_cast<std::uint8_t>(s);
        one.profession = static_cast<world::Profession>(who % 4);
        one.here_at_start = here_at_start;
        one.arrival_day = arrival;
        const double leaves = arrival + 365.25 * pdes::unit_exponential(own) / truth.leaving_rate;
        one.departure_day = leaves < horizon ? static_cast<std::int32_t>(leaves) : horizon;
        if (leaves < horizon) one.cause = static_cast<record::DepartureCause>(1 + own.bits() % 3);
        results.stays.push_back(one);
      };
      for (std::size_t who = 0; who < 30; ++who) stay(true, 0, who);
      double arrival = 0;
      for (std::size_t who = 0;; ++who) {
        arrival += 365.25 * pdes::unit_exponential(own) / truth.arrivals_a_year;
        if (arrival >= horizon) break;
        stay(false, static_cast<int>(arrival), who);
      }
    }
  return results;
}

}  // namespace analysis::test
