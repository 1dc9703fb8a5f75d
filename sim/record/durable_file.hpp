/// Files that are there as a whole or not at all, even after a crash, a full disk or a power cut.
///
/// A file is written beside its final name (`results.h5.tmp-4711-0`), synced to the disk, renamed,
/// and then its folder is synced. Every output of the program is put in place in this way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace record {

using Bytes = std::vector<std::byte>;

/// An open file or folder, closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  /// Closes now. Throws `std::system_error` that names `path`.
  void close(const std::filesystem::path& path);

 private:
  int number_;
};

/// Opens a file for reading. Throws `std::system_error` that names it.
Descriptor open_for_reading(const std::filesystem::path& path);

/// The length of an open file. Throws `std::system_error` that names `path`.
std::uint64_t size_of(const Descriptor& file, const std::filesystem::path& path);

/// Bytes of an open file from `offset` on, as many as there are up to the length of `into`; returns
/// their number. Throws `std::system_error` that names `path`.
std::size_t read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into,
                    const std::filesystem::path& path);

/// A file that nobody sees under its name until `commit`. Without it the file is gone at the end
/// of the scope, and one of that name that was there before stays as it was. Every member throws
/// `std::system_error` that names the final path.
class DurableFile {
 public:
  explicit DurableFile(std::filesystem::path path);
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;
  ~DurableFile();

  /// Writes all bytes, however many calls that takes.
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  /// Reads back what was written: as many bytes as there are, up to the length of `into`.
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> into) const;
  /// Cuts the file, or lengthens it with zeros.
  void resize(std::uint64_t size);
  /// Puts the file in place of any that has its name. A sync that failed is never tried again,
  /// since the system may have dropped what it could not write.
  void commit();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::filesystem::path provisional_;  ///< empty once it has the final name
  Descriptor file_;
};

/// Puts a file of these bytes in place as a whole. Throws `std::system_error` that names it.
void write_durably(const std::filesystem::path& path, std::span<const std::byte> bytes);
void write_durably(const std::filesystem::path& path, std::string_view text);

/// Syncs the folder that holds `path`, so that a name that was made or removed in it stays so.
void sync_folder_of(const std::filesystem::path& path);

/// Removes a file that may not be there, and syncs its folder. Throws `std::system_error`.
void remove_durably(const std::filesystem::path& path);

/// Removes what killed programs have left beside the final names that `is_mine` knows: only
/// programs that hold the lock of those names may ask. A folder that is not there has none.
void sweep_leftovers(const std::filesystem::path& folder,
                     const std::function<bool(const std::filesystem::path& final_name)>& is_mine);

}  // namespace record
