#include "care/access.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "pdes/stream.hpp"
#include "tests/support/small_world.hpp"

namespace care {
namespace {

using world::ProfessionalId;

/// Shares that leave room for waiting, also for the poorest.
AccessParameters roomy() {
  AccessParameters p;
  p.after_failure_other = 0.4;
  p.after_failure_renounce = 0.14;  // ratio 3 for a fifth: others 0.1, poorest 0.3
  p.after_failure_emergency_planned = 0.05;
  p.after_failure_emergency_urgent = 0.1;
  p.renounce_ratio_poor = 3;
  return p;
}

struct Shares {
  double other = 0, renounce = 0, emergency = 0, wait = 0;
};

/// The shares of the answers, by a fine walk through the uniform.
Shares shares(bool urgent, bool poorest, bool practices_left, const AccessParameters& p) {
  constexpr int steps = 100'000;
  std::array<int, 4> count{};
  for (int step = 0; step < steps; ++step) {
    const double u = (step + 0.5) / steps;
    const double ratio = renunciation_ratio({poorest, false}, {}, p);
    ++count[static_cast<std::size_t>(after_failure(u, urgent, ratio, practices_left, p))];
  }
  const auto share = [&](AfterFailure answer) {
    return static_cast<double>(count[static_cast<std::size_t>(answer)]) / steps;
  };
  return {share(AfterFailure::another_practice), share(AfterFailure::renounce),
          share(AfterFailure::emergency), share(AfterFailure::wait_longer)};
}

constexpr double walk = 2e-5;  ///< two steps of the walk

TEST(AfterFailure, HasTheSharesOfItsParameters) {
  const Shares planned = shares(false, false, true, roomy());
  EXPECT_NEAR(planned.other, 0.4, walk);
  EXPECT_NEAR(planned.renounce, 0.1, walk);
  EXPECT_NEAR(planned.emergency, 0.05, walk);
  EXPECT_NEAR(planned.wait, 0.45, walk);
  const Shares urgent = shares(true, false, true, roomy());
  EXPECT_NEAR(urgent.emergency, 0.1, walk);
  EXPECT_NEAR(urgent.wait, 0.4, walk);
}

TEST(AfterFailure, GivesUpMoreOftenInThePoorestFifthWithTheSameMean) {
  for (const bool urgent : {false, true}) {
    const double poorest = shares(urgent, true, true, roomy()).renounce;
    const double others = shares(urgent, false, true, roomy()).renounce;
    EXPECT_NEAR(poorest / others, 3, 1e-3);
    EXPECT_NEAR(0.2 * poorest + 0.8 * others, 0.14, walk);
  }
}

/// The same for the published shares, as far as shares allow: together they cannot pass 1.
TEST(AfterFailure, GivesUpMoreOftenInThePoorestFifthWithThePublishedShares) {
  AccessParameters p = read_parameters(support::parameters()).access;
  p.renounce_ratio_immobile = 1;  // mobility has a mean of its own
  for (const bool urgent : {false, true}) {
    const double poorest = shares(urgent, true, true, p).renounce;
    const double others = shares(urgent, false, true, p).renounce;
    EXPECT_NEAR(poorest / others, support::parameters().value("renunciation_poor_rr"), 1e-3);
    EXPECT_NEAR(0.2 * poorest + 0.8 * others, support::parameters().value("fail_renounce"), walk);
  }
}

TEST(AfterFailure, SharesWhatRemainsWhereNoPracticeIsLeft) {
  const Shares with = shares(true, true, true, roomy());
  const Shares without = shares(true, true, false, roomy());
  EXPECT_EQ(without.other, 0);
  EXPECT_NEAR(without.renounce, with.renounce / (1 - with.other), walk);
  EXPECT_NEAR(without.emergency, with.emergency / (1 - with.other), walk);
  EXPECT_NEAR(without.wait, with.wait / (1 - with.other), walk);
}

TEST(AfterFailure, HasSharesThatAddUpWhateverTheParameters) {
  pdes::Stream stream({.seed = 3});
  for (int trial = 0; trial < 20; ++trial) {
    AccessParameters p;
    p.after_failure_other = stream.uniform();
    p.after_failure_renounce = stream.uniform();
    p.after_failure_emergency_planned = stream.uniform();
    p.after_failure_emergency_urgent = stream.uniform();
    p.renounce_ratio_poor = 1 + 4 * stream.uniform();
    for (const bool poorest : {false, true}) {
      const Shares all = shares(false, poorest, true, p);
      EXPECT_NEAR(all.other + all.renounce + all.emergency + all.wait, 1, 1e-12);
      EXPECT_GT(all.renounce, 0);
      EXPECT_GT(all.emergency, 0);
    }
  }
}

}  // namespace
}  // namespace care
