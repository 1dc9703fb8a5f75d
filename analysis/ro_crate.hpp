/// What a results file is, in the words of research archives: RO-Crate 1.1 with the profile Process
/// Run Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "record/results.hpp"

namespace analysis {

inline constexpr std::string_view crate_file_name = "ro-crate-metadata.json";

/// A results file as it lies in its folder, and what only its owner can say of it.
struct CrateFile {
  std::string name;            ///< without its folder
  std::uint64_t bytes = 0;     ///< its length
  std::string checksum;        ///< XXH3-128 of all its bytes, as `record::hash` writes it
  std::string content_digest;  ///< as `maillage verify` prints it
  std::string date;            ///< of publication, ISO 8601: 2026-11-22
  std::string license{};       ///< of the results, a URL; empty: nobody has chosen one
};

/// Describes a results file that has been read. Its date is that of the environment variable
/// SOURCE_DATE_EPOCH (seconds since 1970) if there is one, else the day of the file's last change.
/// Throws `std::system_error` with the path if the file cannot be read.
CrateFile describe_file(const std::filesystem::path& path, const record::Results& results,
                        std::string license);

/// The text of `ro-crate-metadata.json` beside a results file: the file with its checksum and its
/// digest, the run that made it, the version of Maillage, the scenario and the settings that went
/// in, the sources of the data. It has no date but the one given, so that equal arguments give
/// equal bytes. Throws `std::invalid_argument` for a date or a licence of another form.
std::string ro_crate(const record::Results& results, const CrateFile& file);

}  // namespace analysis
