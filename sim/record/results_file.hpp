/// The results file: one whole, checked HDF5 file per run or block of replications.
/// The format is described for readers in docs/results-format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "record/results.hpp"

namespace record {

/// Changes with every change of the layout: a reader knows one version.
inline constexpr std::uint32_t results_format_version = 1;

/// A file that is not a whole results file of this format: which, what is wrong, what to do.
class DamagedFile : public std::runtime_error {
 public:
  DamagedFile(std::filesystem::path path, std::string problem, std::string remedy);
  const std::filesystem::path& path() const { return path_; }
  const std::string& problem() const { return problem_; }
  const std::string& remedy() const { return remedy_; }

 private:
  std::filesystem::path path_;
  std::string problem_;
  std::string remedy_;
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
  std::string run_key;
};

/// Checks a results file. Throws `std::system_error` only if the file cannot be read at all.
Verification verify(const std::filesystem::path& path);

/// A hash of every published number and label and of nothing else, as 32 hexadecimal digits: the
/// same for two runs exactly when they found the same. Names and titles of strategies and the
/// provenance are left out; strategies count by position. All missing numbers are one.
std::string content_digest(const Results& results);

}  // namespace record
