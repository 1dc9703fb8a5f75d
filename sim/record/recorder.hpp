/// Keeps what the model tells of one run, month by month, and by commune year by year.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pdes/time.hpp"
#include "record/commune_panel.hpp"
#include "record/indicators.hpp"
#include "record/inequality.hpp"
#include "record/observations.hpp"
#include "record/warm_up.hpp"

namespace record {

/// The state of a catchment at the end of a month: what a recorder cannot count by itself.
struct Levels {
  std::int64_t residents = 0;
  std::int64_t adults = 0;  ///< aged 16 or more
  std::int64_t adults_without_gp = 0;
  ByQuintile residents_by_quintile{};
  std::int64_t follow_up_unmet = 0;
  double local_accessibility = 0;
  double underserved_share = 0;
  std::array<std::int64_t, world::profession_names.size()> professionals{};
  std::int64_t professionals_in_focus = 0;
  int team_stage = 0;
  double team_cohesion = 0;
  std::int64_t rooms = 0;
  std::int64_t rooms_occupied = 0;
  std::int64_t net_cost_cents = 0;  ///< of the month
  std::int64_t debt_cents = 0;
  double prevention_up_to_date = 0;  ///< share of adults
  double near_gp = 0;                ///< share of residents near a GP who takes patients
  double satisfaction = 0;           ///< index; missing in a month without consultations
  std::int64_t actions_refused = 0;  ///< at the start of the month
  double partnership = 0;
  double gp_fte = 0;
  std::int64_t gps_in_focus = 0;
  std::int64_t team_members = 0;
  std::int64_t team_sites = 0;
};

/// What happened to the residents of a month and is counted as a whole.
struct Happened {
  std::int64_t treatable_emergencies = 0;  ///< that do not follow from a failed request
  std::int64_t other_emergencies = 0;
  std::int64_t avoidable_admissions = 0;
  std::int64_t diverted_to_walk_in = 0;  ///< from an emergency department; not among the others
};

/// One run's numbers. Whole-run counts include the warm-up, monthly ones do not.
class Recorder {
 public:
  Recorder(int months, std::size_t communes);

  /// What happens to residents is told with the commune in which they live.
  void birth(world::CommuneId in) { ++births_, communes_.natural_change(in, 1); }
  void death(world::CommuneId in) { ++deaths_, communes_.natural_change(in, -1); }
  void settled(world::CommuneId in) { ++settled_, communes_.net_migration(in, 1); }
  void moved_away(world::CommuneId in) { ++moved_away_, communes_.net_migration(in, -1); }
  void gp_arrives() { ++gp_arrivals_; }
  void gp_leaves() { ++gp_departures_; }
  /// A need has arisen for which the profession is contacted first.
  void need(world::CommuneId in, world::Profession first) {
    ++month_of(first).needs, ++whole_of(first).needs;
    if (first == world::Profession::gp) communes_.need(in);
  }
  /// How such a need has ended. `deprivation`: the resident's quintile, from 1 to 5.
  void outcome(NeedOutcome how, int deprivation, world::CommuneId in, world::Profession first) {
    ++month_of(first).ended[static_cast<std::size_t>(how)];
    ++whole_of(first).ended[static_cast<std::size_t>(how)];
    if (first != world::Profession::gp) return;
    if (how == NeedOutcome::emergency_visit) communes_.emergency_visit(in);
    if (how == NeedOutcome::renounced) {
      communes_.renunciation(in);
      ++renounced_[static_cast<std::size_t>(deprivation - 1)];
    }
  }
  /// The practice asked first had an appointment in time, or had none.
  void request(bool obtained, world::Profession first = world::Profession::gp) {
    ++month_of(first).requests, month_of(first).failed += obtained ? 0 : 1;
  }
  /// A consultation with a GP of the registered GP's team, besides its outcome.
  void seen_in_team() { ++seen_in_team_; }
  /// Appointments of a series, the first one included.
  void sessions(int booked) { sessions_ += booked; }
  /// The network has found a GP for a resident.
  void matched() { ++matched_; }
  /// What happened in the month apart from needs, by the time it closes.
  void happened(const Happened& count) { happened_ = count; }
  void wait(pdes::Duration from_request, world::CommuneId in, world::Profession first) {
    if (first == world::Profession::gp) {
      communes_.wait(in, from_request);
      waits_.push_back(from_request.ticks);
      ++week_waits_, week_wait_ticks_ += from_request.ticks;
    } else {
      ++month_of(first).waits, month_of(first).waited_ticks += from_request.ticks;
    }
  }

  /// Of the month so far, as their indicators; NaN where nothing was observed.
  double mean_wait_days() const;
  double continuity() const;

  /// Ends a week at the beginning of the run; the warm-up is told from these. Observations go on.
  void close_week(std::int64_t registered, std::int64_t residents);

  /// Ends the warm-up: counts start again from zero.
  void start();
  /// Ends a month of the scenario and starts the next.
  void close_month(int month, const Levels& levels);
  /// Ends a year of the scenario, after its last month.
  void close_year(int year, std::span<const CommuneLevels> levels) {
    communes_.close_year(year, levels);
  }

  /// The months of one indicator; NaN where nothing was observed.
  const std::vector<double>& series(Indicator indicator) const {
    return series_[static_cast<std::size_t>(indicator)];
  }
  const CommunePanel& communes() const { return communes_; }
  /// Of the whole run, by the profession first contacted.
  std::int64_t all_needs(world::Profession first) const {
    return whole_[world::index(first)].needs;
  }
  std::int64_t all_ended(world::Profession first) const {
    return whole_[world::index(first)].all_ended();
  }

 private:
  /// Needs of one profession.
  struct Tally {
    std::int64_t needs = 0, requests = 0, failed = 0, waits = 0, waited_ticks = 0;
    std::array<std::int64_t, need_outcome_count> ended{};

    std::int64_t of(NeedOutcome how) const { return ended[static_cast<std::size_t>(how)]; }
    std::int64_t all_ended() const;
  };
  using Tallies = std::array<Tally, world::profession_names.size()>;
  Tally& month_of(world::Profession first) { return month_[world::index(first)]; }
  const Tally& month_of(world::Profession first) const { return month_[world::index(first)]; }
  Tally& whole_of(world::Profession first) { return whole_[world::index(first)]; }
  void start_month();

  std::array<std::vector<double>, indicator_count> series_;
  CommunePanel communes_;
  std::int64_t births_ = 0, deaths_ = 0, settled_ = 0, moved_away_ = 0;
  std::int64_t seen_in_team_ = 0, sessions_ = 0, matched_ = 0;
  Tallies month_{}, whole_{};
  ByQuintile renounced_{};
  std::int64_t gp_arrivals_ = 0, gp_departures_ = 0;
  Happened happened_;
  std::vector<std::int64_t> waits_;  ///< ticks, of the month
  std::vector<WarmUpWeek> weeks_;    ///< of the warm-up and the beginning of the scenario
  std::int64_t week_waits_ = 0, week_wait_ticks_ = 0;
  std::int64_t needs_before_week_ = 0, unmet_before_week_ = 0;
};

}  // namespace record
