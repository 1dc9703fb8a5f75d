/// Reads a results file some replications at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "record/checked_file.hpp"
#include "record/results.hpp"

namespace record {

/// A results file of which only what is asked for is in memory.
class ResultsReader {
 public:
  /// Checks the whole file. Throws `DamagedFile`, or `std::system_error` if it cannot be read.
  explicit ResultsReader(const std::filesystem::path& path);

  /// Everything but the numbers of the indicators and the rows of the tables.
  const Results& frame() const { return frame_; }
  const Header& header() const { return checked_.header(); }
  /// How many rows of a table come before each replication, and how many there are.
  const std::vector<std::uint64_t>& stays_before() const { return stays_; }
  const std::vector<std::uint64_t>& ledger_before() const { return ledger_; }

  /// So many replications from the position `first` on. Throws like the constructor.
  Results read(std::size_t first, std::size_t count);

 private:
  CheckedFile checked_;
  Results frame_;
  std::vector<std::uint64_t> stays_;
  std::vector<std::uint64_t> ledger_;
};

}  // namespace record
