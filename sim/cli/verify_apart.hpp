/// Verifying files that nobody vouches for.
#pragma once

#include <filesystem>

#include "record/results_file.hpp"

namespace cli {

/// What `record::verify` finds, in a process of its own with limits of time and memory. A checksum
/// tells accidents from whole files; it does not stop who computes it anew, and what HDF5 meets
/// then may make it crash or turn in circles. Such a file is damaged, and nothing else happens.
///
/// Throws `std::system_error` if the file cannot be read or the process not be started.
record::Verification verify_apart(const std::filesystem::path& path);

}  // namespace cli
