#include "record/user_block.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

namespace record {
namespace {

constexpr std::string_view magic{"\x89MAILLAGE\r\n\x1A\n\0\0\0", 16};
constexpr std::size_t major_at = user_block_fields[1].offset;
constexpr std::size_t minor_at = user_block_fields[2].offset;
constexpr std::size_t block_length_at = user_block_fields[3].offset;
constexpr std::size_t payload_length_at = user_block_fields[4].offset;
constexpr std::size_t checksum_at = user_block_fields[5].offset;
constexpr UserBlockField run_key_field = user_block_fields[6];
constexpr std::size_t numbers_at = user_block_fields[7].offset;

constexpr std::size_t piece_bytes = std::size_t{1} << 20;  ///< read at once

/// The numbers that follow each other from `numbers_at` on, in their order.
constexpr std::array<std::uint64_t Header::*, 5> numbers{&Header::first_replication,
                                                         &Header::replications, &Header::planned,
                                                         &Header::stays, &Header::ledger_entries};

// Integers are little-endian.

template <class Integer>
void store(UserBlock& block, std::size_t at, Integer value) {
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    block[at + i] = static_cast<std::byte>(value >> (8 * i) & 0xFF);
}

template <class Integer>
Integer load(const UserBlock& block, std::size_t at) {
  Integer value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    value = static_cast<Integer>(value | std::to_integer<Integer>(block[at + i]) << (8 * i));
  return value;
}

Header decode(const UserBlock& block) {
  Header header;
  header.version = {load<std::uint16_t>(block, major_at), load<std::uint16_t>(block, minor_at)};
  const auto* key = reinterpret_cast<const char*>(block.data()) + run_key_field.offset;
  header.run_key.assign(key, ::strnlen(key, run_key_field.bytes));
  if (header.version.minor == 0) return header;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    header.*numbers[i] = load<std::uint64_t>(block, numbers_at + 8 * i);
  return header;
}

}  // namespace

DamagedFile::DamagedFile(std::filesystem::path path, std::string problem, std::string remedy)
    : std::runtime_error(path.string() + ": " + problem + " (" + remedy + ")"),
      path_(std::move(path)),
      problem_(std::move(problem)),
      remedy_(std::move(remedy)) {}

std::string text(FormatVersion version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

UserBlock encode(const Header& header, std::uint64_t payload) {
  if (header.run_key.size() > run_key_field.bytes)
    throw std::invalid_argument("a run key of " + std::to_string(header.run_key.size()) +
                                " bytes does not fit the block of a results file");
  UserBlock block{};
  std::memcpy(block.data(), magic.data(), magic.size());
  store(block, major_at, header.version.major);
  store(block, minor_at, header.version.minor);
  store(block, block_length_at, static_cast<std::uint32_t>(user_block_bytes));
  store(block, payload_length_at, payload);
  std::memcpy(block.data() + run_key_field.offset, header.run_key.data(), header.run_key.size());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    store(block, numbers_at + 8 * i, header.*numbers[i]);
  return block;
}

void set_checksum(UserBlock& block, const Checksum& checksum) {
  std::memcpy(block.data() + checksum_at, checksum.data(), checksum.size());
}

Header check_whole(const Descriptor& file, const std::filesystem::path& path) {
  const auto refuse = [&](const std::string& problem, const std::string& remedy) {
    throw DamagedFile(path, problem, remedy);
  };
  const std::string again =
      "take it from a backup, or delete it and run again: only what is missing is simulated";

  Bytes piece(piece_bytes);
  std::size_t size = read_at(file, 0, piece, path);
  UserBlock block{};
  std::copy_n(piece.begin(), std::min(size, block.size()), block.begin());
  if (size < magic.size() || std::memcmp(block.data(), magic.data(), magic.size()) != 0)
    refuse("it does not start like a Maillage results file",
           "check the name; if it should be one, " + again);
  if (size < block.size()) refuse("it is cut short", again);
  const Header header = decode(block);
  if (header.version.major != results_format.major)
    refuse("it has format version " + text(header.version) + " and this program reads version " +
               std::to_string(results_format.major),
           "use the version of Maillage that wrote it, or run the scenario again");

  UserBlock without_checksum = block;
  set_checksum(without_checksum, {});
  std::copy(without_checksum.begin(), without_checksum.end(), piece.begin());
  Hash hash;
  std::uint64_t total = 0;
  while (size > 0) {
    hash.feed(piece.data(), size);
    total += size;
    size = read_at(file, total, piece, path);
  }
  const auto length = load<std::uint64_t>(block, payload_length_at);
  if (total - block.size() != length)
    refuse("it should have " + std::to_string(length) + " bytes after its first block and has " +
               std::to_string(total - block.size()),
           again);
  const Checksum checksum = hash.result();
  if (std::memcmp(block.data() + checksum_at, checksum.data(), checksum.size()) != 0)
    refuse("its checksum does not match its content", again);
  return header;
}

Header read_header(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) throw DamagedFile(path, "it is a folder", "name a file");
  return check_whole(open_for_reading(path), path);
}

}  // namespace record
