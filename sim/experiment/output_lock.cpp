#include "experiment/output_lock.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <span>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace experiment {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t slot_bytes = 128;
using Slot = std::array<char, slot_bytes>;

[[noreturn]] void fail(const char* what, const fs::path& path, int code) {
  throw std::system_error(code, std::generic_category(),
                          fmt::format("cannot {} {}", what, path.string()));
}

/// The bytes of the lock file that stand for some replications.
struct ::flock bytes_of(Replications replications) {
  struct ::flock bytes {};  // l_pid stays zero, as locks of open files want it
  bytes.l_type = F_WRLCK;
  bytes.l_whence = SEEK_SET;
  bytes.l_start = replications.first * slot_bytes;
  const bool endless = replications.last == everything.last;
  bytes.l_len = endless ? 0 : replications.count() * slot_bytes;  // 0: to the end, wherever it is
  return bytes;
}

Replications replications_of(const struct ::flock& bytes) {
  const std::int64_t first = bytes.l_start / slot_bytes;
  return {first, bytes.l_len == 0 ? everything.last : first + bytes.l_len / slot_bytes};
}

/// Asks the system about locks. False if another program has one that is in the way.
bool control(const record::Descriptor& file, int command, struct ::flock& bytes,
             const fs::path& path) {
  while (::fcntl(file.number(), command, &bytes) != 0) {
    const int code = errno;
    if (code == EINTR) continue;
    if (code == EAGAIN || code == EACCES) return false;
    const std::array no_locks{ENOLCK, ENOTSUP, ENOSYS, EINVAL};
    if (std::find(no_locks.begin(), no_locks.end(), code) != no_locks.end())
      throw NoFileLocks(path, std::generic_category().message(code));
    fail("lock", path, code);
  }
  return true;
}

/// Who has locked some of these replications; nobody if they are free.
std::optional<LockHolder> holder_of(const record::Descriptor& file, Replications replications,
                                    const fs::path& path) {
  struct ::flock bytes = bytes_of(replications);
  control(file, F_OFD_GETLK, bytes, path);
  if (bytes.l_type == F_UNLCK) return std::nullopt;
  LockHolder holder;
  holder.replications = replications_of(bytes);
  Slot slot{};
  record::read_at(file, static_cast<std::uint64_t>(bytes.l_start),
                  std::as_writable_bytes(std::span(slot)), path);
  std::istringstream(std::string(slot.data(), ::strnlen(slot.data(), slot.size()))) >>
      holder.host >> holder.pid >> holder.since;
  return holder;
}

/// Writes who we are into the first of our slots.
void sign(const record::Descriptor& file, Replications replications, const fs::path& path) {
  Slot slot{};
  std::array<char, 64> host{};
  ::gethostname(host.data(), host.size() - 1);
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string name =
      fmt::format("{} {} {:%Y-%m-%dT%H:%M:%SZ}\n", host.data(), ::getpid(), fmt::gmtime(now));
  name.copy(slot.data(), slot.size() - 1);
  std::size_t done = 0;
  while (done < slot.size()) {
    const auto at = static_cast<::off_t>(replications.first * slot_bytes) + ::off_t(done);
    const ssize_t written = ::pwrite(file.number(), slot.data() + done, slot.size() - done, at);
    if (written < 0 && errno != EINTR) fail("write", path, errno);
    if (written > 0) done += static_cast<std::size_t>(written);
  }
}

/// Makes a folder that a power cut does not take away, unless it is there.
void create(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) {
    record::sync_folder_of(folder);
  } else if (errno != EEXIST) {
    fail("create", folder, errno);
  } else if (fs::exists(fs::symlink_status(folder)) && !fs::is_directory(folder)) {
    fail("create", folder, ENOTDIR);
  }
}

/// Whether an open file is still the one that bears the name.
bool is_still_there(const record::Descriptor& file, const fs::path& path) {
  struct ::stat ours {};
  struct ::stat named {};
  if (::fstat(file.number(), &ours) != 0) fail("look at", path, errno);
  if (::stat(path.c_str(), &named) != 0) {
    if (errno == ENOENT) return false;
    fail("look at", path, errno);
  }
  return ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

std::string text(const LockHolder& holder) {
  return holder.host.empty()
             ? "another program"
             : fmt::format("process {} on {}, since {},", holder.pid, holder.host, holder.since);
}

}  // namespace

OutputBusy::OutputBusy(fs::path folder, LockHolder holder)
    : std::runtime_error(
          fmt::format("{}: {} is at work on these replications", folder.string(), text(holder))),
      folder_(std::move(folder)),
      holder_(std::move(holder)) {}

NoFileLocks::NoFileLocks(fs::path file, const std::string& cause)
    : std::runtime_error(fmt::format("{} cannot be locked: {}", file.string(), cause)),
      file_(std::move(file)),
      cause_(cause) {}

OutputLock::OutputLock(const fs::path& folder, Replications replications) : file_(-1) {
  const fs::path path = folder / lock_name;
  while (!file_.is_open()) {
    create(folder);
    record::Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file.is_open()) {
      if (errno == EINTR || errno == ENOENT) continue;  // ENOENT: the folder was removed meanwhile
      fail("open", path, errno);
    }
    struct ::flock bytes = bytes_of(replications);
    if (!control(file, F_OFD_SETLK, bytes, path)) {
      const std::optional<LockHolder> holder = holder_of(file, replications, path);
      if (holder) throw OutputBusy(folder, *holder);
      continue;  // it has just ended
    }
    // A program that has finished removes its lock file: what we have locked may be that one.
    if (is_still_there(file, path)) file_ = std::move(file);
  }
  sign(file_, replications, path);
}

std::vector<LockHolder> lock_holders(const fs::path& folder) {
  const fs::path path = folder / lock_name;
  if (!fs::exists(path)) return {};
  const record::Descriptor file = record::open_for_reading(path);
  std::vector<LockHolder> holders;
  std::vector<Replications> to_ask{everything};
  while (!to_ask.empty()) {
    const Replications asked = to_ask.back();
    to_ask.pop_back();
    const std::optional<LockHolder> holder = holder_of(file, asked, path);
    if (!holder) continue;
    holders.push_back(*holder);
    const Replications before{asked.first, holder->replications.first};
    const Replications after{holder->replications.last, asked.last};
    if (before.count() > 0) to_ask.push_back(before);
    if (after.count() > 0) to_ask.push_back(after);
  }
  std::sort(holders.begin(), holders.end(), [](const LockHolder& a, const LockHolder& b) {
    return a.replications.first < b.replications.first;
  });
  return holders;
}

}  // namespace experiment
