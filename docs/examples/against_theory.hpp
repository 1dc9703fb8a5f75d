/// What the examples of queues share: minutes, and an estimate printed beside its theory.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <pdes/statistics.hpp>
#include <pdes/time.hpp>

constexpr double ticks_per_minute = 60e6;  // a tick is a microsecond

/// A time in whole ticks.
inline pdes::Duration minutes(double length) { return {std::llround(length * ticks_per_minute)}; }

inline double in_minutes(double ticks) { return ticks / ticks_per_minute; }

/// Prints the mean over replications and its 99.9 % interval, beside what theory says.
inline void print_against(const char* what, const char* unit, double theory,
                          const pdes::Tally& replications) {
  const pdes::Interval interval = pdes::confidence_interval(replications, 0.999);
  std::printf("%-22s %8.4f%s, 99.9 %% interval [%.4f, %.4f], half-width %.2f %%, theory %.4f: %s\n",
              what, interval.mean, unit, interval.low(), interval.high(),
              100 * interval.half_width / interval.mean, theory,
              interval.contains(theory) ? "inside" : "outside");
}

/// Prints whether Little's law held in every replication, before any average was taken.
inline void print_little(bool held) {
  std::printf("Little                 sum of waits = integral of the queue, to the tick: %s\n",
              held ? "holds" : "broken");
}
