#include "care/local_accessibility.hpp"

namespace care {

double accessibility_weight(double minutes, const AccessibilityParameters& p) {
  if (minutes <= 10) return p.weight_near;
  if (minutes <= 15) return p.weight_10_minutes;
  if (minutes <= 20) return p.weight_15_minutes;
  return 0;
}

std::vector<double> local_accessibility(std::span<const double> offered,
                                        std::span<const double> residents,
                                        const std::vector<std::vector<Reach>>& reach) {
  std::vector<double> per_resident(offered.size(), 0);
  for (std::size_t j = 0; j < offered.size(); ++j) {
    double around = 0;
    for (const Reach& i : reach[j]) around += i.weight * residents[i.place];
    if (around > 0) per_resident[j] = offered[j] / around;
  }
  std::vector<double> accessible(residents.size(), 0);
  for (std::size_t i = 0; i < residents.size(); ++i) {
    for (const Reach& j : reach[i]) accessible[i] += j.weight * per_resident[j.place];
  }
  return accessible;
}

}  // namespace care
