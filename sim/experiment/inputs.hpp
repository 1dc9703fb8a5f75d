/// All that determines the numbers of a run, as one JSON text: its hash names the run, two of them
/// show how two runs differ, and a run can be repeated from it.
///
/// `{"format": 1, "determines": {...}, "labels": {...}}`. Whatever changes a number stands under
/// `determines`; what only names or explains stands under `labels`. docs/reproduce.md lists the
/// keys. The number of replications is in neither: a run may be made longer.
#pragma once

#include <string>
#include <string_view>

#include "record/results.hpp"
#include "scenario/scenario.hpp"
#include "world/catchment_map.hpp"

namespace experiment {

/// A scenario and the territory that it plays in.
struct Inputs {
  scenario::Scenario scenario;
  world::CatchmentMap map;
};

/// The inputs as JSON text. Equal inputs give equal texts, and every number reads back as the same
/// bits. The texts that provenance keeps already (the scenario as read, the sources of the
/// parameters) are not in it. Requires that strategies have different names and communes different
/// codes, and that the residents of a commune are as the parameters say but for their ages and
/// their deprivation; throws `std::invalid_argument` otherwise.
std::string inputs_json(const scenario::Scenario& scenario, const world::CatchmentMap& map);

/// The hash of all that determines the numbers of a run but the number of replications: the part
/// `determines` of what `inputs_json` gives. Two runs of one key and the same replications have the
/// same content digest, and their strategies have the same names.
std::string run_key(std::string_view inputs_json);

/// The inputs back from what a results file keeps. All of the scenario is as it was but its number
/// of replications, which is as the default. Throws `scenario::Invalid`, which calls the file
/// `file`, if it does not tell its inputs or this version of Maillage does not know all of them.
Inputs read_inputs(const record::Provenance& provenance, const std::string& file);

}  // namespace experiment
