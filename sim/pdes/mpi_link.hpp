/// The link between ranks by MPI. Whoever includes this header links `pdes::mpi`.
#pragma once

#ifndef OMPI_SKIP_MPICXX
#define OMPI_SKIP_MPICXX 1  // the C functions of MPI are enough
#endif
#include <mpi.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "pdes/rank_link.hpp"

namespace pdes {

/// The link between ranks does not work, so no rank can go on.
class LinkError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Another rank does not answer any more. `what()` says which.
class RankLost : public LinkError {
  using LinkError::LinkError;
};

/// How an `MpiLink` waits and sends. Nothing here changes what a run leaves.
struct MpiOptions {
  /// How long to wait for another rank before it is taken for lost. Longer than any window takes,
  /// since a rank that works cannot answer. A rank that died needs no patience: `mpirun` ends
  /// the others at once.
  std::chrono::milliseconds patience = std::chrono::minutes(10);
  /// Bytes at most in one message: more are sent in several. MPI counts in `int`.
  std::size_t largest_message = std::size_t{1} << 30;
};

/// Links the ranks of an MPI communicator. At the end of a window each rank writes to each other:
///
/// 1. a slip of fixed size, with its notice and the size of the parcel that follows;
/// 2. the parcel, if it is not empty.
///
/// Nothing but messages from one rank to another: they take less time than a collective operation
/// between a few ranks, they go through any number of bytes, and they tell who does not
/// answer. To have a slip from everybody is to know that everybody has ended the window.
/// A parcel is sent from where the engine keeps it, and buffers are kept from window to window.
///
/// A rank waits by looking again and again, at first without a pause, then letting others use
/// the core, then with short sleeps: ranks may be more than cores.
///
/// Requires that MPI is initialized (`run_on_ranks` does it), with `MPI_THREAD_SERIALIZED` unless
/// all calls come from the main thread. One thread at a time calls it. After a `LinkError` every
/// further call throws another: the only thing left to do is to end all ranks, as `run_on_ranks`
/// does.
class MpiLink {
 public:
  /// Takes a copy of the communicator for itself, so its messages meet no others. All ranks of the
  /// communicator call it. Throws `std::invalid_argument` unless both options are positive and a
  /// message is at most 1 GiB.
  explicit MpiLink(MPI_Comm communicator = MPI_COMM_WORLD, const MpiOptions& options = {})
      : options_(options) {
    if (options.patience <= std::chrono::milliseconds(0)) {
      throw std::invalid_argument("the patience with another rank must be above zero");
    }
    if (options.largest_message == 0 || options.largest_message > MpiOptions().largest_message) {
      throw std::invalid_argument("a message between ranks has between 1 byte and 1 GiB");
    }
    int rank = 0, ranks = 0;
    check(MPI_Comm_rank(communicator, &rank));
    check(MPI_Comm_size(communicator, &ranks));
    rank_ = static_cast<std::size_t>(rank);
    slips_to_.resize(static_cast<std::size_t>(ranks));
    slips_from_.resize(slips_to_.size());
    notices_.resize(slips_to_.size());
    parcels_from_.resize(slips_to_.size());
    begin_step();
    check(MPI_Comm_idup(communicator, &communicator_, &add_request(nobody)));
    wait();
    check(MPI_Comm_set_errhandler(communicator_, MPI_ERRORS_RETURN));
  }

  MpiLink(const MpiLink&) = delete;
  MpiLink& operator=(const MpiLink&) = delete;
  ~MpiLink() {
    if (!broken_) MPI_Comm_free(&communicator_);
  }

  std::size_t rank() const { return rank_; }
  std::size_t ranks() const { return notices_.size(); }

  /// Ends a window (see `RankLink`). Throws `RankLost` or `LinkError`.
  std::span<const RankNotice> exchange(const RankNotice& notice, std::span<const Parcel> parcels) {
    assert(parcels.size() == ranks() && parcels[rank_].empty());
    begin_step();
    for (std::size_t r = 0; r < ranks(); ++r) {
      if (r == rank_) continue;
      slips_to_[r] = {notice, parcels[r].size()};
      receive(r, slip_tag, std::as_writable_bytes(std::span(&slips_from_[r], 1)));
      send(r, slip_tag, std::as_bytes(std::span(&slips_to_[r], 1)));
    }
    wait();
    slips_from_[rank_] = {notice, 0};

    std::size_t size = 0;
    for (const Slip& slip : slips_from_) size += padded(slip.size);
    if (inbox_.size() < size) inbox_.resize(size);
    std::byte* place = inbox_.data();
    begin_step();
    for (std::size_t r = 0; r < ranks(); ++r) {
      notices_[r] = slips_from_[r].notice;
      parcels_from_[r] = {place, static_cast<std::size_t>(slips_from_[r].size)};
      place += padded(slips_from_[r].size);
      receive(r, parcel_tag, parcels_from_[r]);
      send(r, parcel_tag, parcels[r]);
    }
    wait();
    return notices_;
  }

  /// What rank `r` sent to this one at the end of the last window.
  Parcel received(std::size_t r) const { return parcels_from_[r]; }

  /// Gives every rank the bytes of all, in rank order. Throws `RankLost` or `LinkError`.
  std::vector<std::vector<std::byte>> gather(Parcel bytes) {
    const std::uint64_t size = bytes.size();
    std::vector<std::uint64_t> sizes(ranks(), size);
    begin_step();
    for (std::size_t r = 0; r < ranks(); ++r) {
      if (r == rank_) continue;
      receive(r, gather_tag, std::as_writable_bytes(std::span(&sizes[r], 1)));
      send(r, gather_tag, std::as_bytes(std::span(&size, 1)));
    }
    wait();
    std::vector<std::vector<std::byte>> all(ranks());
    begin_step();
    for (std::size_t r = 0; r < ranks(); ++r) {
      if (r == rank_) continue;
      all[r].resize(static_cast<std::size_t>(sizes[r]));
      receive(r, gather_tag, all[r]);
      send(r, gather_tag, bytes);
    }
    wait();
    all[rank_].assign(bytes.begin(), bytes.end());
    return all;
  }

 private:
  struct Slip {
    RankNotice notice;
    std::uint64_t size = 0;  ///< bytes of the parcel that follows
  };

  using Clock = std::chrono::steady_clock;
  static constexpr int slip_tag = 1, parcel_tag = 2, gather_tag = 3;
  static constexpr int nobody = -1;
  static constexpr auto busy = std::chrono::microseconds(5);    ///< look again without a pause
  static constexpr auto polite = std::chrono::milliseconds(1);  ///< let others use the core
  static constexpr auto nap = std::chrono::microseconds(50);

  /// Parcels begin where any value may begin.
  static std::size_t padded(std::uint64_t size) {
    constexpr std::size_t unit = alignof(std::max_align_t);
    return (static_cast<std::size_t>(size) + unit - 1) / unit * unit;
  }

  void begin_step() {
    if (broken_) throw LinkError("the link between the ranks is broken since an earlier error");
    requests_.clear();
    peers_.clear();
  }

  MPI_Request& add_request(int peer) {
    peers_.push_back(peer);
    return requests_.emplace_back(MPI_REQUEST_NULL);
  }

  void send(std::size_t to, int tag, Parcel bytes) {
    const int peer = static_cast<int>(to);
    while (!bytes.empty()) {
      const std::size_t count = std::min(bytes.size(), options_.largest_message);
      check(MPI_Isend(bytes.data(), static_cast<int>(count), MPI_BYTE, peer, tag, communicator_,
                      &add_request(peer)));
      bytes = bytes.subspan(count);
    }
  }

  void receive(std::size_t from, int tag, std::span<std::byte> bytes) {
    const int peer = static_cast<int>(from);
    while (!bytes.empty()) {
      const std::size_t count = std::min(bytes.size(), options_.largest_message);
      check(MPI_Irecv(bytes.data(), static_cast<int>(count), MPI_BYTE, peer, tag, communicator_,
                      &add_request(peer)));
      bytes = bytes.subspan(count);
    }
  }

  /// Waits until everything that was begun in this step has come and gone.
  void wait() {
    if (requests_.empty()) return;
    statuses_.resize(requests_.size());
    const Clock::time_point begin = Clock::now();
    for (;;) {
      int done = 0;
      check_statuses(MPI_Testall(static_cast<int>(requests_.size()), requests_.data(), &done,
                                 statuses_.data()));
      if (done != 0) return;
      const Clock::duration waited = Clock::now() - begin;
      if (waited > options_.patience) give_up();
      if (waited > polite) {
        std::this_thread::sleep_for(nap);
      } else if (waited > busy) {
        std::this_thread::yield();
      }
    }
  }

  [[noreturn]] void give_up() {
    broken_ = true;
    std::vector<int> silent;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      int done = 0;
      MPI_Request_get_status(requests_[i], &done, MPI_STATUS_IGNORE);
      if (done == 0 && peers_[i] != nobody) silent.push_back(peers_[i]);
    }
    std::sort(silent.begin(), silent.end());
    silent.erase(std::unique(silent.begin(), silent.end()), silent.end());
    std::ostringstream text;
    text << "no answer for " << std::chrono::duration<double>(options_.patience).count()
         << " s from "
         << (silent.empty()       ? "the other ranks"
             : silent.size() == 1 ? "rank"
                                  : "ranks");
    for (std::size_t i = 0; i < silent.size(); ++i) text << (i == 0 ? " " : ", ") << silent[i];
    text << ": lost, or stuck, and the run cannot go on without";
    throw RankLost(text.str());
  }

  void check(int code) {
    if (code == MPI_SUCCESS) return;
    broken_ = true;
    throw LinkError("MPI fails: " + text_of_code(code));
  }

  void check_statuses(int code) {
    if (code != MPI_ERR_IN_STATUS) return check(code);
    for (std::size_t i = 0; i < statuses_.size(); ++i) {
      const int error = statuses_[i].MPI_ERROR;
      if (error == MPI_SUCCESS || error == MPI_ERR_PENDING) continue;
      broken_ = true;
      throw RankLost("rank " + std::to_string(peers_[i]) + " is lost: " + text_of_code(error));
    }
  }

  static std::string text_of_code(int code) {
    std::string text(MPI_MAX_ERROR_STRING, ' ');
    int length = 0;
    MPI_Error_string(code, text.data(), &length);
    text.resize(static_cast<std::size_t>(length));
    return text;
  }

  MpiOptions options_;
  MPI_Comm communicator_ = MPI_COMM_NULL;
  std::size_t rank_ = 0;
  bool broken_ = false;

  std::vector<Slip> slips_to_, slips_from_;         ///< by rank
  std::vector<RankNotice> notices_;                 ///< by rank
  std::vector<std::span<std::byte>> parcels_from_;  ///< by rank, in the inbox
  std::vector<std::byte> inbox_;                    ///< grows to the most that ever came at once
  std::vector<MPI_Request> requests_;               ///< of this step ...
  std::vector<int> peers_;                          ///< ... and the rank that each waits for
  std::vector<MPI_Status> statuses_;
};
static_assert(RankLink<MpiLink>);

/// Runs the part of a program that uses ranks, and returns what `body` returns, 0 for success.
///
///     int main(int argc, char** argv) {
///       return pdes::run_on_ranks(argc, argv, [&] {
///         pdes::MpiLink link;
///         ...
///         return 0;
///       });
///     }
///
/// MPI begins before `body` and ends after it. If `body` throws, the exception is told on standard
/// error and the rank exits with code 1; if it returns another code than 0 (at most 255), the rank
/// exits with that. It exits without a farewell to MPI, upon which `mpirun` ends all other ranks:
/// so nobody waits for a rank that has given up. (`MPI_Abort` says the same, but when several ranks
/// say it while another takes its leave, the `mpirun` of Open MPI 4.1 may hang.) Requires to be
/// called once.
template <class Body>
int run_on_ranks(int& argc, char**& argv, const Body& body) {
  int threads = MPI_THREAD_SINGLE;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &threads);  // ends the program if it fails
  int code = 1;
  try {
    if (threads < MPI_THREAD_SERIALIZED) throw LinkError("this MPI cannot be used by threads");
    code = body();
  } catch (...) {
    int rank = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    std::cerr << "rank " + std::to_string(rank) + ": " + text_of(std::current_exception()) + '\n';
  }
  if (code != 0) {
    std::cout.flush();
    std::fflush(nullptr);
    std::_Exit(code);
  }
  MPI_Finalize();
  return code;
}

}  // namespace pdes
