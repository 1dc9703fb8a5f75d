/// How long professionals stay: by strategy, profession and cohort.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// Those who arrived during the run count from their arrival. How long those of the start had been
/// there is not known (left truncation): they are a group of their own and count from the start.
enum class Cohort : std::uint8_t { arrivals, at_start };
inline constexpr std::array<std::string_view, 2> cohort_names{"arrivals", "at_start"};
Words label(Cohort cohort);

/// How long the professionals of a cohort stayed, in years, over all replications of a strategy; of
/// one profession, or of all.
std::vector<Duration> stays(const record::Results& results, std::size_t strategy, Cohort cohort,
                            std::optional<world::Profession> profession = {});

/// The share still at work after so many years.
struct Retained {
  std::size_t count = 0;    ///< professionals of the group
  std::size_t watched = 0;  ///< of these, so many were watched until then
  SurvivalPoint at;         ///< Kaplan and Meier's estimate
};
Retained retained(const std::vector<Duration>& group, double years);

}  // namespace analysis
