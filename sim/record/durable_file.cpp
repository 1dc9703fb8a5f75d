#include "record/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

namespace record {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view leftover_mark = ".tmp-";

[[noreturn]] void fail(const std::string& what, const fs::path& path, int code) {
  throw std::system_error(code, std::generic_category(), what + " " + path.string());
}

/// Repeats a system call that a signal has interrupted before it did anything.
template <class Call>
auto uninterrupted(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// Creates a file beside `path` under a name that no other process uses.
std::pair<fs::path, Descriptor> create_beside(const fs::path& path) {
  for (int attempt = 0;; ++attempt) {
    fs::path name = path;
    name += std::string(leftover_mark) + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    const int number = uninterrupted(
        [&] { return ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666); });
    if (number >= 0) return {std::move(name), Descriptor(number)};
    if (errno != EEXIST) fail("cannot create", path, errno);
  }
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void Descriptor::close(const fs::path& path) {
  // Interrupted or not, Linux has closed it: what counts was synced before.
  if (::close(std::exchange(number_, -1)) != 0 && errno != EINTR) fail("cannot close", path, errno);
}

Descriptor open_for_reading(const fs::path& path) {
  Descriptor file(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
  if (!file.is_open()) fail("cannot open", path, errno);
  return file;
}

std::uint64_t size_of(const Descriptor& file, const fs::path& path) {
  struct ::stat found {};
  if (::fstat(file.number(), &found) != 0) fail("cannot look at", path, errno);
  return static_cast<std::uint64_t>(found.st_size);
}

std::size_t read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into,
                    const fs::path& path) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = uninterrupted([&] {
      return ::pread(file.number(), into.data() + done, into.size() - done,
                     static_cast<::off_t>(offset + done));
    });
    if (got < 0) fail("cannot read", path, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

DurableFile::DurableFile(fs::path path) : path_(std::move(path)), file_(-1) {
  std::tie(provisional_, file_) = create_beside(path_);
}

DurableFile::~DurableFile() {
  if (!provisional_.empty()) ::unlink(provisional_.c_str());
}

void DurableFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t written = uninterrupted([&] {
      return ::pwrite(file_.number(), bytes.data() + done, bytes.size() - done,
                      static_cast<::off_t>(offset + done));
    });
    if (written < 0) fail("cannot write", path_, errno);
    done += static_cast<std::size_t>(written);
  }
}

std::size_t DurableFile::read_at(std::uint64_t offset, std::span<std::byte> into) const {
  return record::read_at(file_, offset, into, path_);
}

void DurableFile::resize(std::uint64_t size) {
  if (uninterrupted([&] { return ::ftruncate(file_.number(), static_cast<::off_t>(size)); }) != 0)
    fail("cannot write", path_, errno);
}

void DurableFile::commit() {
  if (::fsync(file_.number()) != 0) fail("cannot sync", path_, errno);
  file_.close(path_);
  if (::rename(provisional_.c_str(), path_.c_str()) != 0) fail("cannot rename to", path_, errno);
  provisional_.clear();
  sync_folder_of(path_);
}

void write_durably(const fs::path& path, std::span<const std::byte> bytes) {
  DurableFile file(path);
  file.write_at(0, bytes);
  file.commit();
}

void write_durably(const fs::path& path, std::string_view text) {
  write_durably(path, std::as_bytes(std::span(text)));
}

void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  Descriptor directory(
      uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!directory.is_open()) fail("cannot open folder", folder, errno);
  // EINVAL: this file system keeps names by other means and has nothing to sync here.
  if (::fsync(directory.number()) != 0 && errno != EINVAL)
    fail("cannot sync folder", folder, errno);
  directory.close(folder);
}

void remove_durably(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("cannot remove", path, errno);
  sync_folder_of(path);
}

void sweep_leftovers(const fs::path& folder,
                     const std::function<bool(const fs::path& final_name)>& is_mine) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const std::size_t mark = name.rfind(leftover_mark);
    if (mark == std::string::npos || !is_mine(folder / name.substr(0, mark))) continue;
    const std::string who = name.substr(mark + leftover_mark.size());
    if (who.find_first_not_of("0123456789-") != std::string::npos) continue;  // a user's own
    if (::unlink(entry->path().c_str()) != 0 && errno != ENOENT)
      fail("cannot remove", entry->path(), errno);
  }
  if (error && error != std::errc::no_such_file_or_directory)
    fail("cannot list", folder, error.value());
}

}  // namespace record
