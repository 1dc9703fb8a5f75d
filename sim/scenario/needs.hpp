/// The table of needs: what residents need, from which profession, and how they come to it. Its
/// numbers are ids of the parameter table.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/parameters.hpp"

namespace scenario {

/// Professions as the table names them, in the order of `world::Profession`.
inline constexpr std::array<std::string_view, 14> need_professions{"gp",
                                                                   "nurse",
                                                                   "physiotherapist",
                                                                   "dentist",
                                                                   "specialist",
                                                                   "midwife",
                                                                   "pharmacist",
                                                                   "advanced_nurse",
                                                                   "speech_therapist",
                                                                   "occupational_therapist",
                                                                   "psychomotor_therapist",
                                                                   "orthoptist",
                                                                   "dietitian",
                                                                   "podiatrist"};

/// One type of need.
struct NeedRow {
  /// Contacts per resident and year from an age on; without a parameter there are none.
  struct Stratum {
    int from_age = 0;
    std::string parameter;
    bool operator==(const Stratum&) const = default;
  };
  /// A profession that answers where the first has no appointment.
  struct Substitute {
    std::size_t profession = 0;
    bool in_team = false;  ///< only in a recognised team, whose record is shared
    bool operator==(const Substitute&) const = default;
  };

  std::string id;
  std::string title;
  std::size_t profession = 0;  ///< first contacted; position in `need_professions`
  bool by_referral = false;    ///< arises in a consultation with a GP; otherwise by itself

  std::vector<Stratum> rate;  ///< empty: a share of the needs for a GP
  std::string share;          ///< of the needs for a GP of who is well; empty: what is left
  std::string share_ill;      ///< the same with a long-term condition
  bool women_only = false;
  std::string illness_ratio;  ///< contacts with a long-term condition over those without; or empty

  std::string sessions;  ///< of a series; empty: one
  std::string interval;  ///< days between two sessions

  bool always_urgent = false;
  std::string urgent_share;     ///< empty: never, or always
  std::string patience;         ///< longest wait accepted, if it can wait
  std::string patience_urgent;  ///< ... and if it is urgent
  std::vector<Substitute> substitutes;

  bool emergency = false;   ///< unmet, it may become a visit to an emergency department
  bool follow_up = false;   ///< unmet, the follow-up of a long-term condition lapses
  bool prevention = false;  ///< unmet, prevention is not up to date
  bool operator==(const NeedRow&) const = default;
};

/// The types in the order of the file, which is the order in which luck picks one.
struct NeedTable {
  std::vector<NeedRow> rows;
  std::string text;  ///< the file as read, for provenance

  /// Reads a table with the columns id, title, profession, access, rate, share, share_ill, sex,
  /// illness_ratio, sessions, interval, urgent, patience, patience_urgent, substitutes, unmet.
  /// Throws `Invalid` with every problem (what is no such parameter or profession, what is missing,
  /// an id twice), or `InputMissing`.
  static NeedTable read(const std::filesystem::path& file, const ParameterTable& parameters);

  bool operator==(const NeedTable&) const = default;
};

}  // namespace scenario
