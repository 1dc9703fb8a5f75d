#include "care/satisfaction.hpp"

#include "pdes/portable_math.hpp"

namespace care {

double satisfaction(double wait_days, double continuity, double near,
                    const SatisfactionParameters& p) {
  constexpr double ln_2 = 0.693147180559945309;
  const double prompt = pdes::portable::exp(-ln_2 * wait_days / p.wait_half_days);
  return (1 - p.weight_continuity - p.weight_near) * prompt + p.weight_continuity * continuity +
         p.weight_near * near;
}

}  // namespace care
