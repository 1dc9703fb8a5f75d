/// Writes a territory file with the communes of one EPCI only, which is read at once:
/// `village-territory territory.bin SIREN village.bin`.
#include <algorithm>
#include <iostream>

#include "world/territory.hpp"

int main(int count, char** words) {
  if (count != 4) {
    std::cerr << "usage: village-territory TERRITORY SIREN OUTPUT\n";
    return 64;
  }
  const world::Territory france = world::Territory::read(words[1]);
  const world::Epci* epci = france.find_epci(words[2]);
  if (epci == nullptr) {
    std::cerr << words[2] << " is no EPCI\n";
    return 65;
  }
  world::TerritoryData kept;
  kept.vintage = france.vintage();
  kept.epci.push_back(*epci);
  for (const world::Commune* commune : france.members(*epci)) kept.communes.push_back(*commune);
  world::Territory(std::move(kept)).write(words[3]);
  return 0;
}
