/// The territory of one run: its communes, how far apart they are, and who is expected to practise
/// there. Shared, constant, the same for all strategies and replications.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.hpp"
#include "world/ids.hpp"
#include "world/population.hpp"
#include "world/territory.hpp"

namespace world {

/// Professionals of one profession in a commune at the start: a number that is given, or an
/// expectation from which each replication draws.
struct ExpectedSupply {
  double count = 0;
  bool given = false;
  std::vector<double> ages;  ///< years; empty when they are drawn
  bool operator==(const ExpectedSupply&) const = default;
};

struct CatchmentCommune {
  std::string code;
  std::string name;
  int residents = 0;
  std::optional<Position> position;  ///< nothing where it is not known
  Population population;
  std::array<ExpectedSupply, profession_count> supply;
  bool operator==(const CatchmentCommune&) const = default;
};

class CatchmentMap {
 public:
  CatchmentMap(std::vector<CatchmentCommune> communes, std::vector<double> minutes, CommuneId focus,
               std::string notes)
      : communes_(std::move(communes)),
        minutes_(std::move(minutes)),
        focus_(focus),
        notes_(std::move(notes)) {}

  const std::vector<CatchmentCommune>& communes() const { return communes_; }
  /// Travel time by road between two communes, in minutes, either way.
  double minutes(CommuneId from, CommuneId to) const {
    return minutes_[index(from) * communes_.size() + index(to)];
  }
  CommuneId focus() const { return focus_; }  ///< whose municipality acts
  int residents() const;
  /// What was simulated and which defaults replaced what was not given, a line each.
  const std::string& notes() const { return notes_; }
  bool operator==(const CatchmentMap&) const = default;

 private:
  std::vector<CatchmentCommune> communes_;
  std::vector<double> minutes_;  ///< row-major, commune by commune
  CommuneId focus_;
  std::string notes_;
};

/// Travel times between communes by their positions, row-major; where one has none, the time within
/// a commune.
std::vector<double> minutes_by_position(const std::vector<CatchmentCommune>& communes,
                                        const scenario::ParameterTable& table);

/// Describes the catchment of a scenario. `data` is the folder of richer tables, if there is one.
/// Throws `scenario::Invalid` when the territory does not have the commune or EPCI.
CatchmentMap describe_catchment(const scenario::Scenario& scenario, const Territory& territory,
                                const std::optional<std::filesystem::path>& data);

}  // namespace world
