/// What `plan` and `slurm` share: a short pilot, and how its findings are written.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "experiment/plan.hpp"

namespace cli {

/// `--pilot SECONDS`.
struct PilotOptions {
  double seconds = 10;
};
void add_pilot_options(Options& options, PilotOptions& into);

/// Throws `po::error` for a pilot of less than no time, or fewer than `least` threads.
void require_sense(const Options& options, const PilotOptions& given, int threads, int least);

/// Plays the pilot on as many threads as the run will have, or as this machine gives.
experiment::Pilot play_pilot(const experiment::Experiment& experiment, const PilotOptions& given,
                             int threads);

/// 45 s, 4 min 30 s, 3 h 05 min, 5 d 03 h.
std::string duration_text(double seconds, analysis::Language language);

/// 640 kB, 5.1 MB, 2.3 GB (thousands, not 1,024).
std::string bytes_text(double bytes, analysis::Language language);

}  // namespace cli
