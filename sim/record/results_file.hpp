/// The results file: one whole, checked HDF5 file per run or block of replications.
/// The format is described for readers in docs/results-format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "record/content_digest.hpp"
#include "record/results.hpp"
#include "record/user_block.hpp"

namespace record {

/// Writes a results file block by block, in constant memory. Equal results give equal bytes,
/// however they are cut into blocks. Nobody sees the file before `commit`, and without it there is
/// none. Members throw `std::system_error` with the path when the file cannot be written, and
/// `std::invalid_argument` for a block that is not complete or not of this run.
class ResultsWriter {
 public:
  /// What a file will hold in the end; HDF5 wants to know it at the beginning.
  struct Extent {
    std::vector<std::int32_t> replication_numbers;  ///< ascending
    std::uint64_t stays = 0;
    std::uint64_t ledger_entries = 0;
    /// Bytes up to which the file is built in memory and then written at once.
    std::uint64_t most_in_memory = std::uint64_t{16} << 20;
  };
  /// All but the numbers of replications and tables is taken from `first`, a block of the run.
  ResultsWriter(std::filesystem::path path, const Results& first, Extent extent);
  ~ResultsWriter();

  /// The next replications of the extent, in its order.
  void append(const Results& block);
  /// Puts the file in place. Requires that all of the extent has been appended.
  void commit();

 private:
  class Layout;
  std::unique_ptr<Layout> layout_;
};

/// Writes results so that a reader finds the whole file or none, even after a crash or a power cut.
/// An older file of that name is replaced at the end. Equal results give equal bytes. Requires at
/// least one strategy, replication and month, and a series of the right size for every indicator;
/// throws `std::invalid_argument` otherwise, and `std::system_error` with the path when the file
/// cannot be written, which then leaves no trace.
void write_results(const std::filesystem::path& path, const Results& results);

/// Reads a results file once its checksum is right. Throws `DamagedFile`, or `std::system_error`
/// if the file cannot be read.
Results read_results(const std::filesystem::path& path);

/// What `maillage verify` tells of a file.
struct Verification {
  bool whole = false;
  std::string problem;  ///< empty if whole
  std::string digest;   ///< the content digest; empty if damaged, like what follows
  std::int64_t replications = 0;
  std::int64_t planned = 0;
  std::string run_key;
};

/// Checks a results file. Throws `std::system_error` only if the file cannot be read at all.
Verification verify(const std::filesystem::path& path);

}  // namespace record
