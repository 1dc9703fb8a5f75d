/// The first 512 bytes of a results file: what it is, whether it is whole, and which part of which
/// run it holds. They are HDF5's user block, and are checked before HDF5 sees a byte.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "record/durable_file.hpp"
#include "record/hash.hpp"

namespace record {

/// A file that is not a whole results file of this format: which, what is wrong, what to do.
class DamagedFile : public std::runtime_error {
 public:
  DamagedFile(std::filesystem::path path, std::string problem, std::string remedy);
  const std::filesystem::path& path() const { return path_; }
  const std::string& problem() const { return problem_; }
  const std::string& remedy() const { return remedy_; }

 private:
  std::filesystem::path path_;
  std::string problem_;
  std::string remedy_;
};

/// The version of the layout. A reader takes every file of its major version: of an older minor
/// version it misses what was added since, of a newer one it does not see it.
struct FormatVersion {
  std::uint16_t major = 0;
  std::uint16_t minor = 0;
  bool operator==(const FormatVersion&) const = default;
};
inline constexpr FormatVersion results_format{1, 1};
std::string text(FormatVersion version);  ///< "1.1"

/// What the block tells of a file. Files of version 1.0 tell their version and run key only: their
/// numbers are zero here.
struct Header {
  FormatVersion version = results_format;
  std::string run_key;  ///< hash of all that determines the numbers
  std::uint64_t first_replication = 0;
  std::uint64_t replications = 0;    ///< in this file
  std::uint64_t planned = 0;         ///< in the whole run, of which this file may be a part
  std::uint64_t stays = 0;           ///< rows of the table
  std::uint64_t ledger_entries = 0;  ///< rows of the table
  bool operator==(const Header&) const = default;
};

inline constexpr std::size_t user_block_bytes = 512;
using UserBlock = std::array<std::byte, user_block_bytes>;

/// Where each field lies, for the page that describes the format.
struct UserBlockField {
  std::size_t offset;
  std::size_t bytes;
  std::string_view content;
};
inline constexpr std::array<UserBlockField, 12> user_block_fields{{
    {0, 16, "`89 4D 41 49 4C 4C 41 47 45 0D 0A 1A 0A 00 00 00` (`MAILLAGE` within)"},
    {16, 2, "major format version"},
    {18, 2, "minor format version"},
    {20, 4, "length of this block, 512"},
    {24, 8, "length of what follows it"},
    {32, 16,
     "XXH3-128 of the whole file, computed with zeros in these 16 bytes; canonical (big-endian) "
     "order"},
    {48, 424, "run key, UTF-8, filled up with zeros"},
    {472, 8, "first replication"},
    {480, 8, "number of replications in this file"},
    {488, 8, "number of replications planned in the whole run"},
    {496, 8, "rows of `stays`"},
    {504, 8, "rows of `ledger`"},
}};

/// The block of a file of which `payload` bytes follow, with zeros for the checksum. Throws
/// `std::invalid_argument` for a run key that does not fit.
UserBlock encode(const Header& header, std::uint64_t payload);
void set_checksum(UserBlock& block, const Checksum& checksum);

/// Reads the block of an open file and checks the whole file against it, a piece at a time. Throws
/// `DamagedFile`, or `std::system_error` if the file cannot be read.
Header check_whole(const Descriptor& file, const std::filesystem::path& path);

/// The same for a file that is not open yet.
Header read_header(const std::filesystem::path& path);

}  // namespace record
