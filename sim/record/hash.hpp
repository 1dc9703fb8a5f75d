/// The one hash that files and runs are known by.
#pragma once

#include <string>
#include <string_view>

namespace record {

/// XXH3-128 of some bytes, as 32 hexadecimal digits.
std::string hash(std::string_view bytes);

}  // namespace record
