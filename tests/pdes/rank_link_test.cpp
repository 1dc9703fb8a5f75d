#include "pdes/rank_link.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <exception>
#include <span>
#include <stdexcept>
#include <vector>

namespace pdes {
namespace {

TEST(SingleRank, HearsItselfAndNobodyElse) {
  SingleRank link;
  EXPECT_EQ(link.rank(), 0u);
  EXPECT_EQ(link.ranks(), 1u);
  const std::array<Parcel, 1> nothing;
  const auto notices = link.exchange({.earliest = Time{7}, .executed = 3}, nothing);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].earliest, Time{7});
  EXPECT_EQ(notices[0].executed, 3u);
  EXPECT_TRUE(link.received(0).empty());
}

TEST(SingleRank, GathersItsOwnBytes) {
  const std::vector<std::byte> bytes{std::byte{1}, std::byte{2}};
  const auto all = SingleRank().gather(bytes);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0], bytes);
}

TEST(ThrowFirstFailure, OnASingleRankIsTheExceptionItself) {
  SingleRank link;
  const auto failure = std::make_exception_ptr(std::out_of_range("no such bed"));
  const auto notices = link.exchange({.failed = true}, {});
  EXPECT_THROW(throw_first_failure(link, notices, failure), std::out_of_range);
}

TEST(ThrowFirstFailure, ReturnsIfNobodyFailed) {
  SingleRank link;
  const auto notices = link.exchange({}, {});
  EXPECT_NO_THROW(throw_first_failure(link, notices, nullptr));
}

TEST(Parcel, OfValuesGivesThemBack) {
  const std::vector<Time> times{{1}, {2}, {3}};
  const auto read = values<Time>(std::as_bytes(std::span(times)));
  EXPECT_EQ(std::vector<Time>(read.begin(), read.end()), times);
}

}  // namespace
}  // namespace pdes
