/// Who practises where, and which practice a resident turns to.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "world/catchment_map.hpp"
#include "world/ids.hpp"

namespace care {

/// The practices at work, by profession and commune. A resident of commune i turns to practice j
/// with probability
///
///   P(j | i) = a_j exp(d t(i, c_j)) / sum over k of a_k exp(d t(i, c_k))
///
/// a: activity of the practice; c: its commune; t: travel time in minutes; d: `distance_decay`, per
/// minute, below 0. A logit of travel time with size (Huff 1964).
///
/// The weight is a product of what the practice has and what lies between two communes, so that a
/// choice looks for the commune first and for the practice within it afterwards, each by bisection:
/// its cost grows with the logarithm of their number.
class PracticeMap {
 public:
  PracticeMap() = default;
  PracticeMap(const world::CatchmentMap& map, double decay_per_minute);

  /// A practice opens. Requires that it is not open, and an activity above 0.
  void open(world::ProfessionalId id, world::Profession profession, world::CommuneId commune,
            double activity);
  /// A practice closes. Requires that it is open.
  void close(world::ProfessionalId id);
  /// A practice goes on in another commune. Requires that it is open.
  void move(world::ProfessionalId id, world::CommuneId commune);
  /// A practice goes on with another activity, above 0. Requires that it is open.
  void set_activity(world::ProfessionalId id, double activity);

  /// Practices of a profession that are open.
  std::size_t count(world::Profession profession) const {
    return professions_[world::index(profession)].count;
  }

  /// The practice for a uniform `u` in (0, 1), those `asked` left out; `no_professional` if none is
  /// left. Requires practices asked that are open and of the profession, each once.
  world::ProfessionalId choose(double u, world::Profession profession, world::CommuneId from,
                               std::span<const world::ProfessionalId> asked = {});

 private:
  struct Place {
    world::Profession profession{};
    world::CommuneId commune{};
    double activity = 0;
  };
  struct Commune {
    std::vector<world::ProfessionalId> practices;  ///< in order of opening
    std::vector<double> up_to;                     ///< sums of activity, each practice included
    double all() const { return up_to.empty() ? 0 : up_to.back(); }
  };
  /// One profession. `up_to[i]`: sums of the weights of the communes as seen from commune i; empty
  /// until somebody asks for it.
  struct Practices {
    std::size_t count = 0;
    std::vector<Commune> communes;
    std::vector<std::vector<double>> up_to;
  };
  /// Where the share of a practice lies, on the line of all weights as seen from a commune.
  struct Stretch {
    double from = 0;
    double length = 0;
  };

  double nearness(world::CommuneId from, std::size_t to) const {
    return nearness_[world::index(from) * communes_ + to];
  }
  const std::vector<double>& weights_from(world::CommuneId from, Practices& practices) const;
  Stretch stretch_of(world::ProfessionalId id, world::CommuneId from,
                     const std::vector<double>& up_to, const Practices& practices) const;
  static void changed(std::size_t commune, Practices& practices, const std::vector<Place>& places);

  std::size_t communes_ = 0;
  std::vector<double> nearness_;  ///< exp(d t), commune by commune
  std::array<Practices, world::profession_count> professions_;
  std::vector<Place> places_;  ///< by professional, since they first opened
};

}  // namespace care
