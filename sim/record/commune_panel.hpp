/// Keeps what happens in each commune of one run, year by year.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "pdes/time.hpp"
#include "record/commune_indicators.hpp"
#include "world/ids.hpp"

namespace record {

/// A commune at the end of a year: what a panel cannot count by itself.
struct CommuneLevels {
  std::int64_t residents = 0;
  std::int64_t adults = 0;  ///< aged 16 or more
  std::int64_t adults_without_gp = 0;
  std::int64_t long_term_without_gp = 0;
  std::int64_t gps = 0;
  std::int64_t professionals = 0;
  double local_accessibility = 0;
  bool near_gp = false;
};

/// Counts by the residents' commune, whose number is its position in the map.
class CommunePanel {
 public:
  CommunePanel(std::size_t communes, int years);

  /// So many more residents, by birth and death or by moves; negative: fewer.
  void natural_change(world::CommuneId of, int persons) { year_of(of).natural_change += persons; }
  void net_migration(world::CommuneId of, int persons) { year_of(of).net_migration += persons; }
  /// A need for a GP has arisen, has ended so, was booked for so long after the request.
  void need(world::CommuneId of) { ++year_of(of).needs; }
  void emergency_visit(world::CommuneId of) { ++year_of(of).emergency_visits; }
  void renunciation(world::CommuneId of) { ++year_of(of).renunciations; }
  void wait(world::CommuneId of, pdes::Duration from_request) {
    ++year_of(of).waits, year_of(of).waited_ticks += from_request.ticks;
  }

  /// Ends the warm-up: yearly counts start again from zero.
  void start();
  /// Ends a year of the scenario and starts the next. Requires one value for each commune.
  void close_year(int year, std::span<const CommuneLevels> levels);

  /// The values of one indicator, [year][commune]; NaN where nothing was observed.
  const std::vector<float>& series(CommuneIndicator indicator) const {
    return series_[static_cast<std::size_t>(indicator)];
  }
  /// Residents of a commune gained since the beginning of the run, the warm-up included.
  std::int64_t gained(world::CommuneId commune) const {
    return gained_before_[world::index(commune)] + year_[world::index(commune)].gained();
  }

 private:
  /// What happened to the residents of one commune.
  struct Tally {
    std::int64_t natural_change = 0, net_migration = 0;
    std::int64_t needs = 0, emergency_visits = 0, renunciations = 0;
    std::int64_t waits = 0, waited_ticks = 0;
    std::int64_t gained() const { return natural_change + net_migration; }
  };
  Tally& year_of(world::CommuneId commune) { return year_[world::index(commune)]; }

  std::array<std::vector<float>, commune_indicator_count> series_;
  std::vector<Tally> year_;                  ///< this year, by commune
  std::vector<std::int64_t> gained_before_;  ///< this year, by commune
};

}  // namespace record
