// The one function that libFuzzer calls, for the entry that FUZZ_ENTRY names.
#include <cstddef>
#include <cstdint>

#include "entries.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::FUZZ_ENTRY({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
