/// The link between ranks by MPI. Every rank runs the same tests in step, so nothing here leaves a
/// test early: a rank would wait for those that did.

#include "pdes/mpi_link.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <new>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
std::size_t allocations = 0;
}

// Not inlined, or GCC 12 takes their two halves for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace pdes {
namespace {

constexpr MpiOptions options{.patience = std::chrono::seconds(30)};

/// What one rank writes to another in one window: anybody can work it out.
std::vector<std::uint64_t> letter(std::uint64_t window, std::size_t from, std::size_t to,
                                  std::size_t longest) {
  std::mt19937_64 bits(window * 10'007 + from * 101 + to);
  if (from == to || bits() % 3 == 0) return {};  // not everybody writes to everybody
  std::vector<std::uint64_t> words(bits() % longest);
  for (std::uint64_t& word : words) word = bits();
  return words;
}

/// Exchanges the letters of one window and checks everything that comes.
void exchange_letters(MpiLink& link, std::uint64_t window, std::size_t longest) {
  std::vector<std::vector<std::uint64_t>> letters;
  std::vector<Parcel> parcels;
  for (std::size_t r = 0; r < link.ranks(); ++r) {
    letters.push_back(letter(window, link.rank(), r, longest));
  }
  for (const auto& words : letters) parcels.push_back(std::as_bytes(std::span(words)));
  link.exchange({.executed = window}, parcels);
  for (std::size_t r = 0; r < link.ranks(); ++r) {
    const auto words = values<std::uint64_t>(link.received(r));
    EXPECT_EQ(std::vector<std::uint64_t>(words.begin(), words.end()),
              letter(window, r, link.rank(), longest))
        << "from rank " << r << " in window " << window;
  }
}

TEST(MpiLink, BringsEachRankWhatEachOtherSentIt) {
  MpiLink link(MPI_COMM_WORLD, options);
  for (std::uint64_t window = 0; window < 500; ++window) exchange_letters(link, window, 100);
  for (std::uint64_t window = 0; window < 20; ++window) exchange_letters(link, window, 200'000);
}

TEST(MpiLink, CutsAParcelIntoMessagesAndBringsItWhole) {
  MpiLink link(MPI_COMM_WORLD, {.patience = options.patience, .largest_message = 100});
  for (std::uint64_t window = 0; window < 50; ++window) exchange_letters(link, window, 1'000);
}

TEST(MpiLink, GivesEveryRankAllNoticesInRankOrder) {
  MpiLink link(MPI_COMM_WORLD, options);
  const std::vector<Parcel> nothing(link.ranks());
  const auto notice_of = [](std::uint64_t window, std::size_t rank) {
    RankNotice notice{.earliest = Time{static_cast<std::int64_t>(window * 100 + rank)},
                      .executed = window * rank,
                      .failed = (window + rank) % 2 == 0};
    notice.failed_at.at = Time{static_cast<std::int64_t>(rank)};
    return notice;
  };
  for (std::uint64_t window = 0; window < 200; ++window) {
    const auto notices = link.exchange(notice_of(window, link.rank()), nothing);
    EXPECT_EQ(notices.size(), link.ranks());
    for (std::size_t r = 0; r < notices.size(); ++r) {
      const RankNotice expected = notice_of(window, r);
      EXPECT_EQ(notices[r].earliest, expected.earliest);
      EXPECT_EQ(notices[r].executed, expected.executed);
      EXPECT_EQ(notices[r].failed_at, expected.failed_at);
      EXPECT_EQ(notices[r].failed, expected.failed);
    }
  }
}

TEST(MpiLink, KeepsNothingOfAnEarlierWindow) {
  MpiLink link(MPI_COMM_WORLD, options);
  for (std::uint64_t window = 0; window < 10; ++window) exchange_letters(link, window, 100);
  link.exchange({}, std::vector<Parcel>(link.ranks()));
  for (std::size_t r = 0; r < link.ranks(); ++r) EXPECT_TRUE(link.received(r).empty());
}

TEST(MpiLink, GathersTheBytesOfAllOnEachInRankOrder) {
  MpiLink link(MPI_COMM_WORLD, {.patience = options.patience, .largest_message = 1'000});
  const auto bytes_of = [](std::size_t rank) {  // rank 0 has none
    return std::vector<std::byte>(rank * 3'001, static_cast<std::byte>(rank));
  };
  const auto all = link.gather(bytes_of(link.rank()));
  EXPECT_EQ(all.size(), link.ranks());
  for (std::size_t r = 0; r < all.size(); ++r) EXPECT_EQ(all[r], bytes_of(r)) << "of rank " << r;
}

TEST(MpiLink, MeetsNoMessagesOfAnotherLink) {
  MpiLink one(MPI_COMM_WORLD, options), other(MPI_COMM_WORLD, options);
  for (std::uint64_t window = 0; window < 50; ++window) {
    exchange_letters(one, window, 50);
    exchange_letters(other, window + 1'000, 50);
  }
}

TEST(MpiLink, AllocatesNothingOnceItHasSeenItsLargestWindow) {
  MpiLink link(MPI_COMM_WORLD, options);
  const std::vector<std::byte> bytes(10'000);
  std::vector<Parcel> parcels(link.ranks());
  const auto exchange = [&](std::size_t size) {
    for (std::size_t r = 0; r < link.ranks(); ++r) {
      if (r != link.rank()) parcels[r] = Parcel(bytes).first(size);
    }
    link.exchange({}, parcels);
  };
  exchange(bytes.size());
  const std::size_t before = allocations;
  for (std::size_t window = 0; window < 1'000; ++window) exchange(window * 10);
  EXPECT_EQ(allocations - before, 0u);
  auto counted = std::make_unique<int>(0);
  EXPECT_GT(allocations, before);
}

TEST(MpiLink, RefusesOptionsThatMeanNothing) {
  using std::chrono::seconds;
  const auto link = [](const MpiOptions& with) { MpiLink refused(MPI_COMM_WORLD, with); };
  EXPECT_THROW(link({.patience = seconds(0)}), std::invalid_argument);
  EXPECT_THROW(link({.largest_message = 0}), std::invalid_argument);
  EXPECT_THROW(link({.largest_message = std::size_t{1} << 31}), std::invalid_argument);
}

/// What comes out of `throw_first_failure` on this rank when the ranks for which `failed_at_of`
/// gives a time have failed at that time.
template <class FailedAt>
std::string outcome(MpiLink& link, const FailedAt& failed_at_of) {
  RankNotice notice;
  std::exception_ptr failure;
  if (const std::int64_t at = failed_at_of(link.rank()); at >= 0) {
    notice.failed = true;
    notice.failed_at.at = Time{at};
    failure = std::make_exception_ptr(std::domain_error("no bed at " + std::to_string(at)));
  }
  try {
    const std::vector<Parcel> nothing(link.ranks());
    throw_first_failure(link, link.exchange(notice, nothing), failure);
  } catch (const RankFailed& error) {
    return "rank " + std::to_string(error.rank()) + " failed, " + error.what();
  } catch (const std::domain_error& error) {
    return std::string("own failure, ") + error.what();
  }
  return "none";
}

TEST(ThrowFirstFailure, NamesTheSameFailureOnAllRanksAndThrowsItWhereItHappened) {
  MpiLink link(MPI_COMM_WORLD, options);
  const std::size_t last = link.ranks() - 1;
  const auto expect = [&](std::size_t first, const std::string& text, const std::string& seen) {
    const std::string name = std::to_string(first);
    EXPECT_EQ(seen, link.rank() == first
                        ? "own failure, " + text
                        : "rank " + name + " failed, on rank " + name + ": " + text);
  };
  EXPECT_EQ(outcome(link, [](std::size_t) { return -1; }), "none");
  // All fail, the last rank first.
  expect(last, "no bed at 10", outcome(link, [&](std::size_t rank) {
           return 10 + 5 * static_cast<std::int64_t>(last - rank);
         }));
  // One fails.
  expect(last, "no bed at 3",
         outcome(link, [&](std::size_t rank) { return rank == last ? 3 : -1; }));
  // The link goes on to work.
  exchange_letters(link, 1, 100);
}

/// Lets every rank tell its failures, and rank 0 alone the course of the tests.
class FailuresOfThisRank : public ::testing::EmptyTestEventListener {
  void OnTestPartResult(const ::testing::TestPartResult& result) override {
    if (result.failed()) std::cerr << std::string(result.summary()) + '\n';
  }
};

int run_tests() {
  if (MpiLink(MPI_COMM_WORLD, options).rank() != 0) {
    auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
    delete listeners.Release(listeners.default_result_printer());
    listeners.Append(new FailuresOfThisRank);
  }
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace pdes

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  return pdes::run_on_ranks(argc, argv, pdes::run_tests);
}
