#include "care/panel.hpp"

#include <algorithm>

namespace care {

double panel_gain(double relative_cohesion, double assistants_per_gp, const PracticeParameters& p) {
  return std::min(p.panel_gain_limit,
                  p.team_panel_gain * std::min(1.0, relative_cohesion) +
                      p.assistant_panel_gain * std::min(1.0, assistants_per_gp));
}

}  // namespace care
