#include "care/practice_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace care {
namespace {

using world::CommuneId;
using world::index;
using world::no_professional;
using world::Profession;
using world::ProfessionalId;

constexpr double decay = -0.08;

/// Towns on a line, ten minutes from one to the next; two minutes within each.
world::CatchmentMap towns(std::size_t count) {
  std::vector<double> minutes;
  for (std::size_t from = 0; from < count; ++from) {
    for (std::size_t to = 0; to < count; ++to) {
      const double steps = std::abs(static_cast<double>(from) - static_cast<double>(to));
      minutes.push_back(from == to ? 2 : 10 * steps);
    }
  }
  return {std::vector<world::CatchmentCommune>(count), minutes, CommuneId{0}, ""};
}

struct Practice {
  Profession profession{};
  CommuneId commune{};
  double activity = 0;
};
using Practices = std::map<ProfessionalId, Practice>;

/// The law as it is written: the share of each practice that is left.
std::map<ProfessionalId, double> shares(const Practices& open, Profession profession,
                                        CommuneId from, const std::set<ProfessionalId>& asked,
                                        const world::CatchmentMap& map) {
  std::map<ProfessionalId, double> shares;
  double all = 0;
  for (const auto& [id, practice] : open) {
    if (practice.profession != profession || asked.count(id) > 0) continue;
    all += shares[id] = practice.activity * std::exp(decay * map.minutes(from, practice.commune));
  }
  for (auto& [id, share] : shares) share /= all;
  return shares;
}

PracticeMap opened(const Practices& open, const world::CatchmentMap& map) {
  PracticeMap practices(map, decay);
  for (const auto& [id, practice] : open) {
    practices.open(id, practice.profession, practice.commune, practice.activity);
  }
  return practices;
}

/// How often each practice is chosen by evenly spread uniforms.
std::map<ProfessionalId, double> chosen(PracticeMap& practices, Profession profession,
                                        CommuneId from, const std::set<ProfessionalId>& asked) {
  constexpr int steps = 20'000;
  const std::vector<ProfessionalId> left_out(asked.begin(), asked.end());
  std::map<ProfessionalId, double> counts;
  for (int step = 0; step < steps; ++step) {
    ++counts[practices.choose((step + 0.5) / steps, profession, from, left_out)];
  }
  for (auto& [id, count] : counts) count /= steps;
  return counts;
}

void expect_shares(const Practices& open, PracticeMap& practices, Profession profession,
                   CommuneId from, const std::set<ProfessionalId>& asked,
                   const world::CatchmentMap& map) {
  const auto expected = shares(open, profession, from, asked, map);
  const auto found = chosen(practices, profession, from, asked);
  for (const auto& [id, share] : expected) {
    const auto at = found.find(id);
    EXPECT_NEAR(at == found.end() ? 0 : at->second, share, 2e-4) << "practice " << index(id);
  }
  for (const auto& [id, share] : found) EXPECT_EQ(expected.count(id), 1U) << index(id);
}

constexpr Practice gp_in(int commune, double activity) {
  return {Profession::gp, CommuneId(static_cast<std::uint16_t>(commune)), activity};
}

TEST(PracticeMap, FollowsAPracticeThatOffersMoreOrLess) {
  const world::CatchmentMap map = towns(3);
  Practices open{{ProfessionalId{0}, gp_in(0, 1)},
                 {ProfessionalId{1}, gp_in(0, 2)},
                 {ProfessionalId{2}, gp_in(2, 1)}};
  PracticeMap practices = opened(open, map);
  for (const double activity : {0.5, 3.0}) {
    practices.set_activity(ProfessionalId{1}, activity);
    open[ProfessionalId{1}].activity = activity;
    for (const auto from : {CommuneId{0}, CommuneId{1}, CommuneId{2}}) {
      expect_shares(open, practices, Profession::gp, from, {}, map);
    }
  }
}

TEST(PracticeMap, ChoosesByActivityAndTravelTime) {
  const world::CatchmentMap map = towns(3);
  PracticeMap practices = opened({{ProfessionalId{0}, gp_in(0, 1)},
                                  {ProfessionalId{1}, gp_in(0, 2)},
                                  {ProfessionalId{2}, gp_in(2, 1)}},
                                 map);
  const double near = std::exp(decay * 2), far = std::exp(decay * 20);
  const auto found = chosen(practices, Profession::gp, CommuneId{0}, {});
  EXPECT_NEAR(found.at(ProfessionalId{0}), near / (3 * near + far), 1e-4);
  EXPECT_NEAR(found.at(ProfessionalId{1}), 2 * near / (3 * near + far), 1e-4);
  EXPECT_NEAR(found.at(ProfessionalId{2}), far / (3 * near + far), 1e-4);
}

TEST(PracticeMap, FollowsTheLawThroughOpeningsMovesAndClosures) {
  const world::CatchmentMap map = towns(7);
  PracticeMap practices(map, decay);
  Practices open;
  std::minstd_rand random(3);
  const auto any = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  for (int step = 0; step < 300; ++step) {
    const auto id = ProfessionalId(static_cast<std::uint16_t>(any(40)));
    const auto commune = CommuneId(static_cast<std::uint16_t>(any(7)));
    const auto found = open.find(id);
    if (found == open.end()) {
      const auto profession = static_cast<Profession>(any(2));
      open[id] = {profession, commune, 0.5 + 0.1 * any(10)};
      practices.open(id, profession, commune, open[id].activity);
    } else if (any(2) == 0) {
      practices.move(id, commune);
      found->second.commune = commune;
    } else {
      practices.close(id);
      open.erase(found);
    }
    if (step % 20 != 19) continue;
    for (const Profession profession : {Profession::gp, Profession::nurse}) {
      std::set<ProfessionalId> asked;
      for (const auto& [other, practice] : open) {
        if (practice.profession == profession && asked.size() < 3 && any(3) == 0) {
          asked.insert(other);
        }
      }
      if (shares(open, profession, commune, asked, map).empty()) continue;
      expect_shares(open, practices, profession, commune, asked, map);
      expect_shares(open, practices, profession, commune, {}, map);
    }
  }
}

TEST(PracticeMap, HasNobodyLeftWhenAllWereAsked) {
  const world::CatchmentMap map = towns(2);
  PracticeMap practices =
      opened({{ProfessionalId{4}, gp_in(0, 1)}, {ProfessionalId{9}, gp_in(1, 1)}}, map);
  const std::vector<ProfessionalId> both{ProfessionalId{4}, ProfessionalId{9}};
  EXPECT_EQ(practices.choose(0.5, Profession::gp, CommuneId{1}, both), no_professional);
  EXPECT_EQ(practices.choose(0.5, Profession::nurse, CommuneId{1}), no_professional);
  EXPECT_EQ(practices.count(Profession::gp), 2U);
}

TEST(PracticeMap, AnswersAtBothEndsOfTheUniform) {
  const world::CatchmentMap map = towns(4);
  PracticeMap practices =
      opened({{ProfessionalId{1}, gp_in(1, 0.3)}, {ProfessionalId{2}, gp_in(2, 0.7)}}, map);
  for (const double u : {0x1p-60, 1 - 0x1p-53}) {
    EXPECT_EQ(practices.choose(u, Profession::gp, CommuneId{3}, std::vector{ProfessionalId{1}}),
              ProfessionalId{2});
    EXPECT_EQ(practices.choose(u, Profession::gp, CommuneId{3}, std::vector{ProfessionalId{2}}),
              ProfessionalId{1});
    EXPECT_NE(practices.choose(u, Profession::gp, CommuneId{0}), no_professional);
  }
}

}  // namespace
}  // namespace care
