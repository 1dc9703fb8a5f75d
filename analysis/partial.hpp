/// A file that holds but a part of its run says so wherever it is read.
#pragma once

#include <string>

#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// "12 of 24 replications": how much of a run is there.
std::string part_of_run(std::int64_t replications, std::int64_t planned, Language language);

/// A sentence for readers of partial results; nothing for whole ones.
std::string partial_note(const record::Results& results, Language language);

}  // namespace analysis
