/// Temporary streams whose failures are noticed, for the library that writes workbooks.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>

#include "record/durable_file.hpp"

namespace analysis {

/// The library keeps each part of a workbook in a temporary stream and never asks whether it could
/// be written. It lets a program give it streams of its own (`lxw_tmpfile`): while an object of
/// this class lives, the calling thread's are files without a name in a folder, gone when closed
/// even if the program is killed, and the first failure of any of them is kept.
class ScratchStreams {
 public:
  explicit ScratchStreams(std::filesystem::path folder);
  ScratchStreams(const ScratchStreams&) = delete;
  ScratchStreams& operator=(const ScratchStreams&) = delete;
  ~ScratchStreams();

  /// A file without a name, for reading and writing. Throws `std::system_error`.
  record::Descriptor create() const;
  /// A stream onto such a file; none if it cannot be had.
  std::FILE* open();

  bool used() const { return used_; }
  int error() const { return *error_; }  ///< of the first failure; 0: none

 private:
  std::filesystem::path folder_;
  std::shared_ptr<int> error_ = std::make_shared<int>(0);
  bool used_ = false;
};

}  // namespace analysis
