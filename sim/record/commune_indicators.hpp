/// The yearly indicators of each commune: one definition each, like the monthly ones of the whole
/// territory in indicators.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace record {

enum class CommuneIndicator : std::uint8_t {
  residents,
  natural_change,
  net_migration,
  adults,
  adults_without_gp,
  long_term_without_gp,
  gps,
  professionals,
  local_accessibility,
  near_gp,
  needs,
  emergency_visits,
  renunciations,
  wait_mean,
};

/// Counts are whole numbers below 2^24, which a float holds exactly.
struct CommuneIndicatorDefinition {
  CommuneIndicator indicator;
  std::string_view name;  ///< the variable's name in the results file
  std::string_view unit;
  std::string_view long_name;
  std::string_view description;  ///< exact definition
};

inline constexpr auto commune_indicator_definitions = std::to_array<CommuneIndicatorDefinition>({
    {CommuneIndicator::residents, "residents", "persons", "Residents",
     "People who live in the commune at the end of the year"},
    {CommuneIndicator::natural_change, "natural_change", "persons", "Natural change",
     "Residents born during the year less those who died"},
    {CommuneIndicator::net_migration, "net_migration", "persons", "Net migration",
     "Residents who settled in the commune during the year less those who moved away. residents = "
     "those of the year before + natural_change + net_migration"},
    {CommuneIndicator::adults, "adults", "persons", "Residents 16+",
     "Residents aged 16 or more at the end of the year"},
    {CommuneIndicator::adults_without_gp, "adults_without_gp", "persons",
     "Residents 16+ without a registered GP",
     "Residents aged 16 or more who have no registered GP at the end of the year, those who never "
     "looked for one included"},
    {CommuneIndicator::long_term_without_gp, "long_term_without_gp", "persons",
     "Residents with a long-term condition without a registered GP",
     "Residents of any age with a long-term condition (ALD) who have no registered GP at the end "
     "of the year"},
    {CommuneIndicator::gps, "gps", "persons", "GPs at work",
     "General practitioners whose practice is in the commune at the end of the year"},
    {CommuneIndicator::professionals, "professionals", "persons", "Professionals at work",
     "Health professionals of all professions, GPs included, whose practice is in the commune at "
     "the end of the year"},
    {CommuneIndicator::local_accessibility, "local_accessibility", "contacts/person/year",
     "Local accessibility of GPs (APL)",
     "A_i of the monthly indicator of this name, for this commune, at the end of the year"},
    {CommuneIndicator::near_gp, "near_gp", "1", "Near a GP who takes patients",
     "1 if a GP below the panel ceiling is at work within near_gp_minutes of travel from the "
     "commune at the end of the year, 0 if none is; its mean over replications is a probability"},
    {CommuneIndicator::needs, "needs", "needs", "Needs for a GP",
     "Needs for a general practitioner of residents of the commune that arose during the year"},
    {CommuneIndicator::emergency_visits, "emergency_visits", "visits",
     "Emergency visits for want of an appointment",
     "Needs for a GP of residents of the commune that no practice took in time and that ended in "
     "an emergency department during the year"},
    {CommuneIndicator::renunciations, "renunciations", "needs", "Renunciations",
     "Needs for a GP of residents of the commune that no practice took in time and that were given "
     "up during the year"},
    {CommuneIndicator::wait_mean, "wait_mean", "days", "Mean wait for a GP",
     "Mean time from request to consultation, over the consultations with a GP that residents of "
     "the commune booked during the year, wherever the practice; missing in a year without any"},
});
inline constexpr std::size_t commune_indicator_count = commune_indicator_definitions.size();

/// Whether they stand in the order of the enumeration, so that an indicator is its own position.
constexpr bool commune_definitions_in_order() {
  for (std::size_t i = 0; i < commune_indicator_count; ++i) {
    if (commune_indicator_definitions[i].indicator != static_cast<CommuneIndicator>(i))
      return false;
  }
  return true;
}
static_assert(commune_definitions_in_order());

}  // namespace record
