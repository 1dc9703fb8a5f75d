/// Simulated time: integer ticks, as two types that cannot be confused.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace pdes {

/// A span of simulated time. What one tick lasts is the model's to say.
struct Duration {
  std::int64_t ticks = 0;
  auto operator<=>(const Duration&) const = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return {a.ticks + b.ticks}; }
  friend constexpr Duration operator-(Duration a, Duration b) { return {a.ticks - b.ticks}; }
  friend constexpr Duration operator*(std::int64_t n, Duration d) { return {n * d.ticks}; }
};

/// A moment of simulated time. Only an engine moves it.
struct Time {
  std::int64_t ticks = 0;
  auto operator<=>(const Time&) const = default;
  friend constexpr Time operator+(Time t, Duration d) { return {t.ticks + d.ticks}; }
  friend constexpr Time operator-(Time t, Duration d) { return {t.ticks - d.ticks}; }
  friend constexpr Duration operator-(Time a, Time b) { return {a.ticks - b.ticks}; }
};

/// Later than everything that can be scheduled: `run(end_of_time)` runs until nothing is pending.
inline constexpr Time end_of_time{std::numeric_limits<std::int64_t>::max()};

}  // namespace pdes
