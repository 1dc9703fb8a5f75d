/// One result, one line: what a campaign found, to be cited as it stands.
#pragma once

#include <fmt/format.h>

#include <iostream>
#include <string>
#include <vector>

#include "tests/pdes/statistics.hpp"

namespace campaigns {

/// Half the width of a 95 % interval, in standard errors: normal, for 30 replications and more.
inline constexpr double half_width = 1.96;

/// Prints `name  mean  [low, high]  unit  n`, with a 95 % interval between replications.
inline pdes::test::Estimate report(const std::string& name, const std::string& unit,
                                   const std::vector<double>& values) {
  const pdes::test::Estimate found = pdes::test::estimate(values);
  const double half = half_width * found.standard_error;
  std::cout << fmt::format("result: {:<48} {:>9.4g} [{:.4g}, {:.4g}] {} (n = {})\n", name,
                           found.mean, found.mean - half, found.mean + half, unit, values.size());
  return found;
}

}  // namespace campaigns
