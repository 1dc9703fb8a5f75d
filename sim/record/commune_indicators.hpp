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
  adults_without_gp,
  gps,
};

struct CommuneIndicatorDefinition {
  CommuneIndicator indicator;
  std::string_view name;
  std::string_view unit;
  std::string_view long_name;
  std::string_view description;
};

inline constexpr auto commune_indicator_definitions = std::to_array<CommuneIndicatorDefinition>({
    {CommuneIndicator::residents, "residents", "1", "Residents",
     "Residents of the commune at the end of the year"},
    {CommuneIndicator::adults_without_gp, "adults_without_gp", "1", "Residents without a GP",
     "Residents of the commune aged 16 or more without a registered GP at the end of the year"},
    {CommuneIndicator::gps, "gps", "1", "GPs",
     "General practitioners with a practice in the commune at the end of the year"},
});
inline constexpr std::size_t commune_indicator_count = commune_indicator_definitions.size();

}  // namespace record
