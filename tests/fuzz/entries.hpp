/// What the fuzzers and the test that replays their corpora feed with bytes: one function for each
/// way in. A function returns, whatever the bytes are: what our readers may throw at a user it
/// catches, and anything else that is thrown is a finding.
#pragma once

#include <string_view>

namespace fuzz {

/// Reads a scenario, with the library of the scenario tests; and the same text as a strategy. The
/// bytes may hold files beside the scenario, each after a line such as `=== own.csv`: `own.csv`,
/// `own_needs.csv` and `strategies/own.toml`.
void read_as_scenario(std::string_view bytes);

/// Reads CSV tables, each after a line such as `=== needs.csv`; the bytes before the first such
/// line are `parameters.csv`. `communes.csv` and `communes_soins.csv` are the tables of `--data`.
void read_as_tables(std::string_view bytes);

}  // namespace fuzz
