#include "record/commune_panel.hpp"

#include <cassert>
#include <limits>

#include "world/units.hpp"

namespace record {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

CommunePanel::CommunePanel(std::size_t communes, int years)
    : year_(communes), gained_before_(communes, 0) {
  for (auto& series : series_) series.assign(communes * static_cast<std::size_t>(years), missing);
}

void CommunePanel::start() {
  for (std::size_t c = 0; c < year_.size(); ++c) {
    gained_before_[c] += year_[c].gained();
    year_[c] = {};
  }
}

void CommunePanel::close_year(int year, std::span<const CommuneLevels> levels) {
  assert(levels.size() == year_.size());
  for (std::size_t c = 0; c < year_.size(); ++c) {
    const auto set = [&](CommuneIndicator indicator, auto value) {
      series_[static_cast<std::size_t>(indicator)]
             [static_cast<std::size_t>(year) * year_.size() + c] = static_cast<float>(value);
    };
    const CommuneLevels& now = levels[c];
    const Tally& during = year_[c];
    set(CommuneIndicator::residents, now.residents);
    set(CommuneIndicator::natural_change, during.natural_change);
    set(CommuneIndicator::net_migration, during.net_migration);
    set(CommuneIndicator::adults, now.adults);
    set(CommuneIndicator::adults_without_gp, now.adults_without_gp);
    set(CommuneIndicator::long_term_without_gp, now.long_term_without_gp);
    set(CommuneIndicator::gps, now.gps);
    set(CommuneIndicator::professionals, now.professionals);
    set(CommuneIndicator::local_accessibility, now.local_accessibility);
    set(CommuneIndicator::near_gp, now.near_gp ? 1 : 0);
    set(CommuneIndicator::needs, during.needs);
    set(CommuneIndicator::emergency_visits, during.emergency_visits);
    set(CommuneIndicator::renunciations, during.renunciations);
    if (during.waits > 0) {
      const double ticks =
          static_cast<double>(during.waited_ticks) / static_cast<double>(during.waits);
      set(CommuneIndicator::wait_mean, ticks / static_cast<double>(world::day.ticks));
    }
  }
  start();
}

}  // namespace record
