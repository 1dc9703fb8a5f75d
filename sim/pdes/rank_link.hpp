/// Ranks: one run on several operating-system processes, and what an engine asks of the link
/// between them. `mpi_link.hpp` has the link for MPI.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "pdes/event.hpp"
#include "pdes/time.hpp"

namespace pdes {

/// What a rank tells every other at the end of a window.
struct RankNotice {
  Time earliest = end_of_time;  ///< the earliest that is pending there or that it has just sent
  std::uint64_t executed = 0;   ///< events so far
  EventKey failed_at = {};      ///< if it failed: the greatest key that it had reached
  bool failed = false;          ///< a process threw an exception
};
static_assert(std::is_trivially_copyable_v<RankNotice>);

/// Bytes to be sent, or that have come. Made of values by `std::as_bytes`, read by `values`.
using Parcel = std::span<const std::byte>;

/// What an engine needs of the link between ranks. All ranks call the same functions in the same
/// order; each function returns when all have called it.
///
/// `exchange(notice, parcels)` ends a window: it sends the notice to every rank and `parcels[r]` to
/// rank r, and returns the notices of all, in rank order. Then `received(r)` is the parcel from
/// rank r. Both are valid until the next `exchange`. Requires one parcel per rank, the rank's own
/// empty. Their order owes nothing to which rank was faster.
///
/// `gather(bytes)` gives every rank the bytes of all, in rank order. It is for what is rare: the
/// parts of a snapshot, digests, the text of an error.
///
/// A rank that is lost ends all of them by an exception or by a signal: no call returns without
/// what the others sent.
template <class L>
concept RankLink = requires(L& link, const L& view, const RankNotice& notice,
                            std::span<const Parcel> parcels, std::size_t rank) {
  { view.rank() } -> std::same_as<std::size_t>;
  { view.ranks() } -> std::same_as<std::size_t>;
  { link.exchange(notice, parcels) } -> std::same_as<std::span<const RankNotice>>;
  { view.received(rank) } -> std::same_as<Parcel>;
  { link.gather(Parcel()) } -> std::same_as<std::vector<std::vector<std::byte>>>;
};

/// The link of a run that has one rank: nobody to wait for, nothing to send.
class SingleRank {
 public:
  static constexpr std::size_t rank() { return 0; }
  static constexpr std::size_t ranks() { return 1; }

  std::span<const RankNotice> exchange(const RankNotice& notice, std::span<const Parcel>) {
    notice_[0] = notice;
    return notice_;
  }

  static constexpr Parcel received(std::size_t) { return {}; }

  static std::vector<std::vector<std::byte>> gather(Parcel bytes) {
    return {{bytes.begin(), bytes.end()}};
  }

 private:
  std::array<RankNotice, 1> notice_;
};
static_assert(RankLink<SingleRank>);

/// The values of which a received parcel is made. Requires that they were sent as values of this
/// type, by a program built for the same kind of machine.
template <class T>
std::span<const T> values(Parcel parcel) {
  static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));
  return {reinterpret_cast<const T*>(parcel.data()), parcel.size() / sizeof(T)};
}

/// A process on another rank threw an exception. `what()` begins with the rank and goes on with
/// what the exception says.
class RankFailed : public std::runtime_error {
 public:
  RankFailed(std::size_t rank, const std::string& text)
      : std::runtime_error("on rank " + std::to_string(rank) + ": " + text), rank_(rank) {}
  std::size_t rank() const { return rank_; }

 private:
  std::size_t rank_;
};

/// What an exception says of itself.
inline std::string text_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception that is not a std::exception";
  }
}

/// Ends a run in which a process has thrown, on all ranks alike; returns if none has.
///
/// Of the ranks that failed, the one with the least `failed_at` failed first. There `failure` comes
/// out as it was thrown, and on every other rank a `RankFailed` with its text, whatever else
/// went wrong there. Requires the notices of the last `exchange`, and a `failure` where the own
/// notice says `failed`.
template <RankLink Link>
void throw_first_failure(Link& link, std::span<const RankNotice> notices,
                         const std::exception_ptr& failure) {
  std::size_t first = notices.size();
  for (std::size_t r = 0; r < notices.size(); ++r) {
    if (!notices[r].failed) continue;
    if (first == notices.size() || notices[r].failed_at < notices[first].failed_at) first = r;
  }
  if (first == notices.size()) return;
  const std::string mine = failure ? text_of(failure) : std::string();
  const auto texts = link.gather(std::as_bytes(std::span(mine)));
  if (first == link.rank()) std::rethrow_exception(failure);
  std::string text(texts[first].size(), ' ');
  std::memcpy(text.data(), texts[first].data(), text.size());
  throw RankFailed(first, text);
}

}  // namespace pdes
