/// Where HDF5 finds the bytes of results files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "record/durable_file.hpp"
#include "record/hdf5_file.hpp"
#include "record/user_block.hpp"

namespace record {

/// A results file as it is written: in memory as long as it is small, and then beside its final
/// name. Members throw `std::system_error` with the path.
class FileToCome : public hdf5::Storage {
 public:
  FileToCome(std::filesystem::path path, std::uint64_t most_in_memory);

  std::uint64_t size() const override { return size_; }
  void resize(std::uint64_t size) override;
  void read(std::uint64_t offset, std::span<std::byte> into) override;
  void write(std::uint64_t offset, std::span<const std::byte> bytes) override;

  /// Fills the block at the start and puts the file in place.
  void commit(const Header& header);

 private:
  void leave_memory();

  std::filesystem::path path_;
  std::uint64_t most_in_memory_;
  std::uint64_t size_ = 0;
  hdf5::MemoryStorage memory_;
  std::optional<DurableFile> file_;  ///< none while the bytes are in memory
};

/// A results file that is there.
class FileAtHand : public hdf5::Storage {
 public:
  /// Both outlive it.
  FileAtHand(const Descriptor& file, const std::filesystem::path& path);

  std::uint64_t size() const override { return size_; }
  void resize(std::uint64_t size) override;
  void read(std::uint64_t offset, std::span<std::byte> into) override;
  void write(std::uint64_t offset, std::span<const std::byte> bytes) override;

 private:
  const Descriptor& file_;
  const std::filesystem::path& path_;
  std::uint64_t size_;
};

}  // namespace record
