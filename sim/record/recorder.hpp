/// Keeps what the model tells of one run, month by month.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "pdes/time.hpp"
#include "record/indicators.hpp"
#include "record/inequality.hpp"
#include "record/observations.hpp"

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
  explicit Recorder(int months);

  void birth() { ++births_; }
  void death() { ++deaths_; }
  void gp_arrives() { ++gp_arrivals_; }
  void gp_leaves() { ++gp_departures_; }
  void need() { ++needs_, ++all_needs_; }
  /// `deprivation`: the resident's quintile, from 1 to 5.
  void outcome(NeedOutcome how, int deprivation) {
    ++outcomes_[static_cast<std::size_t>(how)];
    ++all_outcomes_[static_cast<std::size_t>(how)];
    if (how == NeedOutcome::renounced) ++renounced_[static_cast<std::size_t>(deprivation - 1)];
  }
  /// The practice asked first had an appointment in time, or had none.
  void request(bool obtained) { ++requests_, failed_ += obtained ? 0 : 1; }
  /// A consultation with a GP of the registered GP's team, besides its outcome.
  void seen_in_team() { ++seen_in_team_; }
  /// What happened in the month apart from needs, by the time it closes.
  void happened(const Happened& count) { happened_ = count; }
  void wait(pdes::Duration from_request) { waits_.push_back(from_request.ticks); }

  /// Ends the warm-up: monthly counts start again from zero.
  void start();
  /// Ends a month of the scenario and starts the next.
  void close_month(int month, const Levels& levels);

  /// The months of one indicator; NaN where nothing was observed.
  const std::vector<double>& series(Indicator indicator) const {
    return series_[static_cast<std::size_t>(indicator)];
  }
  std::int64_t all_needs() const { return all_needs_; }
  std::int64_t all(NeedOutcome how) const { return all_outcomes_[static_cast<std::size_t>(how)]; }

 private:
  std::array<std::vector<double>, indicator_count> series_;
  std::int64_t births_ = 0, deaths_ = 0, needs_ = 0, all_needs_ = 0;
  std::int64_t requests_ = 0, failed_ = 0, seen_in_team_ = 0;
  ByQuintile renounced_{};
  std::int64_t gp_arrivals_ = 0, gp_departures_ = 0;
  Happened happened_;
  std::array<std::int64_t, need_outcome_count> outcomes_{}, all_outcomes_{};
  std::vector<std::int64_t> waits_;  ///< ticks, of the month
};

}  // namespace record
