/// The one hash that files and runs are known by.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace record {

/// XXH3-128 in canonical (big-endian) order.
using Checksum = std::array<unsigned char, 16>;

/// A running XXH3-128, fed in little-endian order whatever the machine's own.
class Hash {
 public:
  Hash();
  void feed(const void* data, std::size_t size);
  void feed(std::uint64_t value);
  /// The bytes of a text, after their number.
  void feed(std::string_view text);
  Checksum result() const;

 private:
  struct Free {
    void operator()(void* state) const;
  };
  std::unique_ptr<void, Free> state_;
};

/// A checksum as 32 hexadecimal digits.
std::string hexadecimal(const Checksum& bytes);

/// XXH3-128 of some bytes, as 32 hexadecimal digits.
std::string hash(std::string_view bytes);

}  // namespace record
