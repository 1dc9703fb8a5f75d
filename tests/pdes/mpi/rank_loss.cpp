/// Ranks that add up what the others send, window by window, and one of them that stops in the
/// middle: `rank_loss none|killed|stuck|throws|fails`. Every rank that comes to the end prints a
/// result.

#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "pdes/mpi_link.hpp"

namespace {

constexpr int windows = 1'000, window_of_loss = 500;

/// After an error a link must refuse everything, without another wait.
void tell_whether_it_is_broken(pdes::MpiLink& link) {
  try {
    link.gather({});
  } catch (const pdes::LinkError& error) {
    std::cerr << std::string("then: ") + error.what() + "\n";
  }
}

int simulate(const std::string& loss) {
  pdes::MpiLink link(MPI_COMM_WORLD, {.patience = std::chrono::seconds(loss == "stuck" ? 1 : 60)});
  const bool last_rank = link.rank() + 1 == link.ranks();
  std::vector<std::vector<std::uint64_t>> letters(link.ranks());
  std::vector<pdes::Parcel> parcels(link.ranks());
  std::uint64_t sum = 0;
  for (int window = 0; window < windows; ++window) {
    pdes::RankNotice notice;
    std::exception_ptr failure;
    if (last_rank && window == window_of_loss && loss != "none") {
      std::cerr << "the last rank comes to the window of its loss\n";
      if (loss == "killed") std::raise(SIGKILL);
      if (loss == "stuck") std::this_thread::sleep_for(std::chrono::hours(1));
      if (loss == "throws") throw std::runtime_error("a defect outside the model");
      if (loss == "fails") {
        failure = std::make_exception_ptr(std::runtime_error("the waiting room is full"));
        notice.failed = true;
      }
    }
    for (std::size_t r = 0; r < link.ranks(); ++r) {
      if (r == link.rank()) continue;
      letters[r].assign(1'000, static_cast<std::uint64_t>(window));
      parcels[r] = std::as_bytes(std::span(letters[r]));
    }
    std::span<const pdes::RankNotice> notices;
    try {
      notices = link.exchange(notice, parcels);
    } catch (const pdes::LinkError&) {
      tell_whether_it_is_broken(link);
      throw;
    }
    pdes::throw_first_failure(link, notices, failure);
    for (std::size_t r = 0; r < link.ranks(); ++r) {
      for (const std::uint64_t value : pdes::values<std::uint64_t>(link.received(r))) sum += value;
    }
  }
  std::cout << "result of a rank: " + std::to_string(sum) + "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return pdes::run_on_ranks(argc, argv, [&] { return simulate(argv[1]); });
}
