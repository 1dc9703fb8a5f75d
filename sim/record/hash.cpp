#include "record/hash.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace record {

std::string hash(std::string_view bytes) {
  const XXH128_hash_t found = XXH3_128bits(bytes.data(), bytes.size());
  return fmt::format("{:016x}{:016x}", found.high64, found.low64);
}

}  // namespace record
