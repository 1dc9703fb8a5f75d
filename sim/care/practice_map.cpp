#include "care/practice_map.hpp"

#include <algorithm>
#include <cassert>

#include "pdes/portable_math.hpp"

namespace care {

using world::CommuneId;
using world::index;
using world::no_professional;
using world::Profession;
using world::ProfessionalId;

namespace {

/// The first position whose sum exceeds `target`, or the last one.
std::size_t position_of(double target, const std::vector<double>& up_to) {
  const auto found = std::upper_bound(up_to.begin(), up_to.end(), target);
  return static_cast<std::size_t>(std::min(found, up_to.end() - 1) - up_to.begin());
}

double before(std::size_t position, const std::vector<double>& up_to) {
  return position == 0 ? 0 : up_to[position - 1];
}

}  // namespace

PracticeMap::PracticeMap(const world::CatchmentMap& map, double decay_per_minute)
    : communes_(map.communes().size()) {
  nearness_.reserve(communes_ * communes_);
  for (std::size_t from = 0; from < communes_; ++from) {
    for (std::size_t to = 0; to < communes_; ++to) {
      const double minutes = map.minutes(CommuneId(static_cast<std::uint16_t>(from)),
                                         CommuneId(static_cast<std::uint16_t>(to)));
      nearness_.push_back(pdes::portable::exp(decay_per_minute * minutes));
    }
  }
  for (Practices& practices : professions_) {
    practices.communes.resize(communes_);
    practices.up_to.resize(communes_);
  }
}

void PracticeMap::open(ProfessionalId id, Profession profession, CommuneId commune,
                       double activity) {
  assert(activity > 0);
  if (index(id) >= places_.size()) places_.resize(index(id) + 1);
  places_[index(id)] = {profession, commune, activity};
  Practices& practices = professions_[index(profession)];
  practices.communes[index(commune)].practices.push_back(id);
  ++practices.count;
  changed(index(commune), practices, places_);
}

void PracticeMap::close(ProfessionalId id) {
  const Place place = places_[index(id)];
  Practices& practices = professions_[index(place.profession)];
  auto& here = practices.communes[index(place.commune)].practices;
  const auto found = std::find(here.begin(), here.end(), id);
  assert(found != here.end());
  here.erase(found);
  --practices.count;
  changed(index(place.commune), practices, places_);
}

void PracticeMap::move(ProfessionalId id, CommuneId commune) {
  const Place place = places_[index(id)];
  if (place.commune == commune) return;
  close(id);
  open(id, place.profession, commune, place.activity);
}

void PracticeMap::set_activity(ProfessionalId id, double activity) {
  assert(activity > 0);
  Place& place = places_[index(id)];
  if (place.activity == activity) return;
  place.activity = activity;
  changed(index(place.commune), professions_[index(place.profession)], places_);
}

void PracticeMap::changed(std::size_t commune, Practices& practices,
                          const std::vector<Place>& places) {
  Commune& here = practices.communes[commune];
  here.up_to.clear();
  for (const ProfessionalId id : here.practices) {
    here.up_to.push_back(here.all() + places[index(id)].activity);
  }
  for (std::vector<double>& up_to : practices.up_to) up_to.clear();
}

const std::vector<double>& PracticeMap::weights_from(CommuneId from, Practices& practices) const {
  std::vector<double>& up_to = practices.up_to[index(from)];
  if (up_to.empty()) {
    double sum = 0;
    for (std::size_t to = 0; to < communes_; ++to) {
      sum += nearness(from, to) * practices.communes[to].all();
      up_to.push_back(sum);
    }
  }
  return up_to;
}

PracticeMap::Stretch PracticeMap::stretch_of(ProfessionalId id, CommuneId from,
                                             const std::vector<double>& up_to,
                                             const Practices& practices) const {
  const Place& place = places_[index(id)];
  const std::size_t commune = index(place.commune);
  const Commune& here = practices.communes[commune];
  const auto found = std::find(here.practices.begin(), here.practices.end(), id);
  assert(found != here.practices.end());
  const auto position = static_cast<std::size_t>(found - here.practices.begin());
  const double weight = nearness(from, commune);
  return {before(commune, up_to) + weight * before(position, here.up_to), weight * place.activity};
}

/// Leaves out the practices asked by skipping their stretches of the line of weights.
ProfessionalId PracticeMap::choose(double u, Profession profession, CommuneId from,
                                   std::span<const ProfessionalId> asked) {
  Practices& practices = professions_[index(profession)];
  if (practices.count <= asked.size()) return no_professional;
  const std::vector<double>& up_to = weights_from(from, practices);

  constexpr std::size_t most_asked = 8;
  assert(asked.size() <= most_asked);
  std::array<Stretch, most_asked> skipped;
  double left = up_to.back();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    skipped[i] = stretch_of(asked[i], from, up_to, practices);
    left -= skipped[i].length;
  }
  const auto end = skipped.begin() + static_cast<std::ptrdiff_t>(asked.size());
  std::sort(skipped.begin(), end,
            [](const Stretch& a, const Stretch& b) { return a.from < b.from; });
  double target = u * left;
  for (auto stretch = skipped.begin(); stretch != end && target >= stretch->from; ++stretch) {
    target += stretch->length;
  }

  std::size_t commune = position_of(target, up_to);
  const double weight = nearness(from, commune);
  const double within = weight > 0 ? (target - before(commune, up_to)) / weight : 0;
  std::size_t position = practices.communes[commune].practices.empty()
                             ? 0
                             : position_of(within, practices.communes[commune].up_to);
  // At the edge of a stretch rounding may point at one that is left out: the next one then.
  for (;; commune = (commune + 1) % communes_, position = 0) {
    const std::vector<ProfessionalId>& here = practices.communes[commune].practices;
    for (; position < here.size(); ++position) {
      if (std::find(asked.begin(), asked.end(), here[position]) == asked.end()) {
        return here[position];
      }
    }
  }
}

}  // namespace care
