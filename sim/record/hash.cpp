#include "record/hash.hpp"

#include <xxhash.h>

#include <new>
#include <stdexcept>

namespace record {
namespace {

XXH3_state_t* typed(void* state) { return static_cast<XXH3_state_t*>(state); }

}  // namespace

void Hash::Free::operator()(void* state) const { XXH3_freeState(typed(state)); }

Hash::Hash() : state_(XXH3_createState()) {
  if (!state_ || XXH3_128bits_reset(typed(state_.get())) != XXH_OK) throw std::bad_alloc();
}

void Hash::feed(const void* data, std::size_t size) {
  if (XXH3_128bits_update(typed(state_.get()), data, size) != XXH_OK)
    throw std::logic_error("xxHash refuses its input");
}

void Hash::feed(std::uint64_t value) {
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(value >> (8 * i));
  feed(bytes.data(), bytes.size());
}

void Hash::feed(std::string_view text) {
  feed(std::uint64_t{text.size()});
  feed(text.data(), text.size());
}

Checksum Hash::result() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(typed(state_.get())));
  return std::to_array(canonical.digest);
}

std::string hexadecimal(const Checksum& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string hash(std::string_view bytes) {
  Hash running;
  running.feed(bytes.data(), bytes.size());
  return hexadecimal(running.result());
}

}  // namespace record
