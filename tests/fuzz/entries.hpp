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

/// Reads a results file: a small one of ours, changed as the bytes say. The first byte is the sum
/// of 1 (length and checksum are made right in the end, over the content of a sound file),
/// 2 (what follows is the file itself) and 4 (the file is cut at a length of 3 bytes); then come
/// changes: a position (3 bytes, high byte first), a number of bytes (1 byte), and those bytes.
void read_as_results(std::string_view bytes);

}  // namespace fuzz
