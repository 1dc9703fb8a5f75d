/// How every command writes the files that it is asked for.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string_view>

namespace cli {

/// A terminal, a pipe or another device: nothing can be put in its place.
bool is_device(const std::filesystem::path& path);

/// Writes a file through a stream. It is there as a whole or not at all, and one of that name that
/// was there before stays as it was if anything fails; but what is no file (a terminal, a pipe) is
/// written as it stands. Throws `std::system_error` that names it.
void write_file(const std::filesystem::path& path, const std::function<void(std::ostream&)>& write);
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace cli
