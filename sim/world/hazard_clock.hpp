/// A competing hazard, drawn once and spent as time goes by.
#pragma once

#include <limits>

#include "world/units.hpp"

namespace world {

/// A unit-exponential threshold, spent as hazard accumulates. When the situation changes, spend
/// what has elapsed and ask again: no new draw is needed, so two strategies keep the same luck, and
/// a higher rate always means an earlier date.
class HazardClock {
 public:
  HazardClock() = default;
  explicit HazardClock(double unit_exponential) : left_(unit_exponential) {}

  /// Time until the event if the rate stays as it is; infinite at rate 0.
  Years time_left(Rate rate) const {
    if (rate.per_year <= 0) return {std::numeric_limits<double>::infinity()};
    return {left_ > 0 ? left_ / rate.per_year : 0};
  }
  void spend(Years elapsed, Rate rate) { left_ -= elapsed.value * rate.per_year; }
  bool rings() const { return left_ <= 0; }

 private:
  double left_ = 0;
};

}  // namespace world
