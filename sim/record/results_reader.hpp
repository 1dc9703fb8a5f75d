/// Reads results files some replications at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "record/results.hpp"
#include "record/user_block.hpp"

namespace record {

/// An open results file of which no more is in memory than was asked for.
class ResultsReader {
 public:
  /// Checks the whole file. Throws `DamagedFile`, and `std::system_error` if it cannot be read.
  explicit ResultsReader(const std::filesystem::path& path);
  ResultsReader(const ResultsReader&) = delete;
  ResultsReader& operator=(const ResultsReader&) = delete;
  ~ResultsReader();

  const Header& header() const;
  /// All but the numbers of the indicators and the rows of the tables.
  const Results& frame() const;
  /// How many rows of the tables come before the replication at each position, and how many there
  /// are in all.
  const std::vector<std::uint64_t>& stays_before() const;
  const std::vector<std::uint64_t>& ledger_before() const;

  /// The replications at so many positions from `first` on.
  Results read(std::size_t first, std::size_t count) const;

 private:
  class Open;
  std::unique_ptr<Open> open_;
};

}  // namespace record
