/// A stream onto a file that is there as a whole or not at all.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <ostream>
#include <streambuf>

#include "record/durable_file.hpp"

namespace record {

/// An output stream onto a `DurableFile`. What cannot be written throws `std::system_error` that
/// names the file; nobody sees it under its name until `commit`.
class DurableStream : public std::ostream {
 public:
  explicit DurableStream(const std::filesystem::path& path);
  /// Writes what is left and puts the file in place.
  void commit();

 private:
  class Buffer : public std::streambuf {
   public:
    explicit Buffer(DurableFile& file) : file_(file) { empty(); }

   private:
    int_type overflow(int_type letter) override;
    int sync() override;
    void empty() { setp(letters_.data(), letters_.data() + letters_.size()); }

    DurableFile& file_;
    std::uint64_t written_ = 0;
    std::array<char, 1 << 16> letters_{};
  };

  DurableFile file_;
  Buffer buffer_;
};

}  // namespace record
