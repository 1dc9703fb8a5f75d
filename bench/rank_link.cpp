/// What the end of a window costs between ranks: `mpirun -n 2 rank_link`.
///
/// Each rank sends every other a parcel of some size, again and again, and rank 0 prints the time
/// of one exchange. The best of five series, because other programs can only make it longer.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <vector>

#include "pdes/mpi_link.hpp"

namespace {

double microseconds_per_exchange(pdes::MpiLink& link, std::size_t size) {
  const std::vector<std::byte> bytes(size);
  std::vector<pdes::Parcel> parcels(link.ranks(), pdes::Parcel(bytes));
  parcels[link.rank()] = {};
  const int exchanges =
      static_cast<int>(std::clamp<std::size_t>((1 << 27) / (size + 1), 50, 5'000));
  double best = std::numeric_limits<double>::infinity();
  for (int series = 0; series < 5; ++series) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < exchanges; ++i) link.exchange({}, parcels);
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - begin;
    best = std::min(best, time.count() / exchanges);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  return pdes::run_on_ranks(argc, argv, [] {
    pdes::MpiLink link;
    if (link.rank() == 0) std::printf("%zu ranks\nparcel (B)  exchange (us)\n", link.ranks());
    constexpr std::size_t sizes[] = {0, 64, 1 << 10, 1 << 14, 1 << 17, 1 << 20, 1 << 24};
    for (const std::size_t size : sizes) {
      const double time = microseconds_per_exchange(link, size);
      if (link.rank() == 0) std::printf("%10zu  %13.2f\n", size, time);
    }
    return 0;
  });
}
