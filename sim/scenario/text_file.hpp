/// Reading a user's text file whole, with limits.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace scenario {

/// Reads a whole UTF-8 text file, without its byte order mark if it has one. Throws `InputMissing`
/// if it is not there, is a folder or cannot be read, and `Invalid` if it is larger than
/// `most_bytes` (found out before it is read) or is not UTF-8 text.
std::string read_text_file(const std::filesystem::path& file, std::size_t most_bytes);

}  // namespace scenario
