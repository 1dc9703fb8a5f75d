/// A stranger's program on two ranks, which tell each other how late it is.

#include <cstddef>
#include <pdes/mpi_link.hpp>
#include <vector>

int main(int argc, char** argv) {
  return pdes::run_on_ranks(argc, argv, [] {
    pdes::MpiLink link;
    const std::vector<pdes::Parcel> nothing(link.ranks());
    const pdes::Time mine{static_cast<std::int64_t>(100 + link.rank())};
    const auto notices = link.exchange({.earliest = mine}, nothing);
    return notices.size() == 2 && notices[1].earliest == pdes::Time{101} ? 0 : 1;
  });
}
