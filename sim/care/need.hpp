/// When a resident needs which care: the types of need, how often each arises, and how one is
/// drawn.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "care/parameters.hpp"
#include "scenario/needs.hpp"
#include "world/ids.hpp"
#include "world/residents.hpp"

namespace care {

/// Needs for a GP per year of one resident, of all types together.
///
///   rate = contacts(age band) * latent * sex factor * illness factor
///
/// Both factors have mean 1 within the band where half of it are women, so that the published
/// number of contacts by age is kept: with a ratio r between women and men, women have 2r/(1+r) and
/// men 2/(1+r); with a ratio r and prevalence q, the ill have r/(1+q(r-1)) and the others
/// 1/(1+q(r-1)). Parameters: `gp_contacts_*`, `gp_latent_demand_ratio`, `gp_sex_ratio_*`,
/// `gp_ald_uplift`. Assumption A1: the factors multiply.
Rate need_rate(double age, world::Sex sex, bool ill, const world::Illness& illness,
               const NeedParameters& p);

/// A type of need: its position in the table of needs.
enum class NeedType : std::uint8_t {};

/// A profession that answers where the first has no appointment.
struct Substitute {
  world::Profession profession{};
  bool in_team = false;  ///< only in a recognised team, whose record is shared
};

/// What follows from a type of need once it has arisen.
struct NeedDefinition {
  world::Profession first{};  ///< the profession first contacted
  int sessions = 1;           ///< appointments that the first one entails, itself counted
  int interval_days = 0;      ///< between two of them
  double urgent_share = 0;
  double patience_planned_days = 0;  ///< median of the longest wait accepted, lognormal
  double patience_urgent_days = 0;
  std::vector<Substitute> substitutes;  ///< in the order in which they are asked
  bool may_become_emergency = false;    ///< unmet, it may end in an emergency department
  bool renews_follow_up = false;        ///< met, the follow-up of a long-term condition is
  bool renews_prevention = false;       ///< met, prevention is up to date

  bool has_team_substitute() const {
    for (const Substitute& substitute : substitutes) {
      if (substitute.in_team) return true;
    }
    return false;
  }
};

/// What the frequency of needs depends on.
struct Needy {
  double age = 0;
  world::Sex sex{};
  bool ill = false;  ///< with a long-term condition
};

/// All types of need, with their rates tabled by year of age. Needs of direct access to whatever
/// profession are one clock per resident: the sum of independent Poisson processes is one, and the
/// type of an event is k with probability rate_k / sum (superposition). Needs by referral have no
/// clock: they arise in consultations with a GP. Constant while runs use it.
class NeedCatalogue {
 public:
  /// Throws `scenario::Invalid` naming a parameter that the table lacks.
  NeedCatalogue(const scenario::NeedTable& table, const scenario::ParameterTable& parameters);

  const NeedDefinition& operator[](NeedType type) const {
    return definitions_[static_cast<std::size_t>(type)];
  }
  std::size_t size() const { return definitions_.size(); }

  /// Needs per year of one type:
  ///
  ///   rate = share * need_rate                                      of the needs for a GP
  ///   rate = contacts(age) * latent * illness factor / sessions     of other types
  ///
  /// with the illness factor of `need_rate` and the type's own ratio. Assumption A20: the ratio of
  /// contacts wanted to contacts had is that of GPs for all professions.
  double rate(NeedType type, const Needy& who) const {
    return rates_[static_cast<std::size_t>(type)][cell(who)];
  }

  /// Their sum over the types of direct access: needs for a GP, and for others.
  double gp_rate(const Needy& who) const { return gp_rate_[cell(who)]; }
  double direct_rate(const Needy& who) const { return direct_.sum(cell(who)); }

  /// The share of the needs for a GP that are of one type; all shares together are 1. Where those
  /// of the parameters exceed 1, they are scaled down and nothing is left for the rest.
  double share_of_gp_needs(NeedType type, bool ill) const {
    return gp_shares_[ill ? 1 : 0][static_cast<std::size_t>(type)];
  }

  /// The type of a need of direct access, for a uniform `u` in (0, 1). Requires a rate above zero.
  NeedType draw_direct(double u, const Needy& who) const {
    const std::size_t at = cell(who);
    return *direct_.type_at(u * direct_.sum(at), at);
  }

  /// The need that a consultation with a GP gives rise to, if any, for a uniform `u`: type k with
  /// probability
  ///
  ///   p_k = rate_k / (gp_rate / latent)
  ///
  /// so that residents who see a GP as often as published are referred as often as published;
  /// scaled down where all p together exceed 1. Assumption A21: one referral at most in a
  /// consultation.
  std::optional<NeedType> draw_referral(double u, const Needy& who) const;

  /// Probability that a need for a GP with a substitute in the resident's own recognised team goes
  /// straight there and spares the GP the contact:
  ///
  ///   min(1, s / S)
  ///
  /// s: `direct_access_substitution`, of all needs for a GP; S: share of them with such a
  /// substitute.
  double direct_to_team_share(bool ill) const { return direct_to_team_[ill ? 1 : 0]; }

 private:
  static constexpr std::size_t years = 101;  ///< of age: 0 to 99, then 100 and over
  static constexpr std::size_t cells = 4 * years;
  static std::size_t cell(const Needy& who) {
    const auto year = static_cast<std::size_t>(std::clamp(who.age, 0.0, years - 1.0));
    return (who.sex == world::Sex::woman ? 0 : 2 * years) + (who.ill ? years : 0) + year;
  }

  /// Types and, cell by cell, the sums of their rates up to each of them.
  struct Sums {
    std::vector<NeedType> types;
    std::vector<double> up_to;

    double sum(std::size_t cell) const {
      return types.empty() ? 0 : up_to[(cell + 1) * types.size() - 1];
    }
    std::optional<NeedType> type_at(double target, std::size_t cell) const;
  };
  Sums sums_of(const std::vector<NeedType>& types) const;
  void read_rates(const scenario::NeedRow& row, const scenario::ParameterTable& parameters,
                  const world::Illness& illness);
  void share_gp_needs(const scenario::NeedTable& table, const scenario::ParameterTable& parameters);

  std::vector<NeedDefinition> definitions_;
  double latent_ratio_ = 1;
  std::vector<double> gp_rate_;                   ///< by cell
  std::vector<std::vector<double>> rates_;        ///< by type and cell
  std::array<std::vector<double>, 2> gp_shares_;  ///< by illness and type; 0 for other types
  std::array<double, 2> direct_to_team_{};        ///< by illness
  Sums direct_, referred_;
};

}  // namespace care
