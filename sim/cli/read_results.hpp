/// How every command reads a results file.
#pragma once

#include <string>

#include "analysis/language.hpp"
#include "record/results.hpp"

namespace cli {

/// Throws `scenario::InputMissing`, which says what writes it, if there is no such file.
void require_results(const std::string& path, analysis::Language language);

/// Reads a file, with the strategies' titles in the user's language. Throws as `require_results`
/// and `record::read_results` do.
record::Results read_results(const std::string& path, analysis::Language language);

}  // namespace cli
