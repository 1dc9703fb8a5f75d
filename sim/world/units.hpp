/// Units of the model: one tick is a minute; rates are per year; money is whole cents.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "pdes/time.hpp"

namespace world {

inline constexpr pdes::Duration minute{1};
inline constexpr pdes::Duration hour = 60 * minute;
inline constexpr pdes::Duration day = 24 * hour;
inline constexpr double days_per_year = 365.25;  ///< Julian year: the unit of every yearly rate
inline constexpr double months_per_year = 12;

/// A span in years. Divide by `days_per_year` only here.
struct Years {
  double value = 0;
  auto operator<=>(const Years&) const = default;
};
constexpr Years years_in(pdes::Duration span) {
  return {static_cast<double>(span.ticks) / (static_cast<double>(day.ticks) * days_per_year)};
}
constexpr pdes::Duration duration_of(Years span) {
  return {static_cast<std::int64_t>(span.value * days_per_year * static_cast<double>(day.ticks))};
}

/// Events per year, for one person or for the whole process: the docstring says which.
struct Rate {
  double per_year = 0;
  auto operator<=>(const Rate&) const = default;
};

/// An amount of money in cents of a euro, exact.
struct Cents {
  std::int64_t value = 0;
  auto operator<=>(const Cents&) const = default;
  Cents& operator+=(Cents other) {
    value += other.value;
    return *this;
  }
  friend constexpr Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
  friend constexpr Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
  friend constexpr Cents operator*(std::int64_t n, Cents a) { return {n * a.value}; }
};

/// Euros to the nearest cent. Requires an amount that is not negative.
inline Cents cents(double euros) { return {std::llround(euros * 100)}; }

}  // namespace world
