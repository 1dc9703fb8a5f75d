/// Makes the system calls by which a program keeps its files fail, or kills it there, one after the
/// other: loaded into it with LD_PRELOAD. Only calls about files below one folder count.
///
///   FAULTS_BELOW=DIR     the folder
///   FAULTS_TRACE=FILE    a line for each counted call: number, allocations before it, name, path
///   FAULTS_AT=N          which call is hit; none: they are only counted
///   FAULTS_DO=WHAT       ENOSPC, EIO, EDQUOT, EINTR: fails with it (what `close` closes is
///   closed);
///                        short: writes half; kill_before, kill_after: SIGKILL around the call;
///                        no_memory: the N-th allocation after the first counted call fails
///   FAULTS_STICKY=1      from then on every counted call fails in the same way
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string_view>
#include <utility>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

using Path = std::array<char, PATH_MAX>;

/// The library's own function of that name.
template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// What the environment asks for. Read once, before `main`.
struct Order {
  std::string_view below;
  int trace = -1;
  long at = 0;
  int error = 0;
  bool is_short = false;
  bool kills_before = false;
  bool kills_after = false;
  bool starves = false;
  bool is_sticky = false;
};

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

const Order& order() {
  static const Order given = [] {
    Order read;
    read.below = variable("FAULTS_BELOW");
    if (const std::string_view trace = variable("FAULTS_TRACE"); !trace.empty())
      read.trace = real<int(const char*, int, ...)>("open")(
          trace.data(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (const std::string_view at = variable("FAULTS_AT"); !at.empty())
      read.at = std::strtol(at.data(), nullptr, 10);
    const std::string_view what = variable("FAULTS_DO");
    for (const auto& [name, code] : {std::pair{"ENOSPC", ENOSPC}, std::pair{"EIO", EIO},
                                     std::pair{"EDQUOT", EDQUOT}, std::pair{"EINTR", EINTR}})
      if (what == name) read.error = code;
    read.is_short = what == "short";
    read.kills_before = what == "kill_before";
    read.kills_after = what == "kill_after";
    read.starves = what == "no_memory";
    read.is_sticky = !variable("FAULTS_STICKY").empty();
    return read;
  }();
  return given;
}

std::atomic<long> calls = 0;
std::atomic<long> allocations = 0;  ///< since the first counted call

/// The path of an open file or folder; empty if it has none.
void path_of(int descriptor, Path& path) {
  Path link{};
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
  const ssize_t length = ::readlink(link.data(), path.data(), path.size() - 1);
  path[static_cast<std::size_t>(length < 0 ? 0 : length)] = '\0';
}

/// The absolute form of a path that is given from a folder.
void path_of(int folder, const char* given, Path& path) {
  Path start{};
  if (given[0] == '/') {
    start[0] = '\0';
  } else if (folder == AT_FDCWD) {
    if (::getcwd(start.data(), start.size()) == nullptr) start[0] = '\0';
  } else {
    path_of(folder, start);
  }
  const std::size_t length = std::strlen(start.data());
  std::memcpy(path.data(), start.data(), length);
  const std::size_t left = path.size() - length;
  if (given[0] == '/')
    std::snprintf(path.data() + length, left, "%s", given);
  else
    std::snprintf(path.data() + length, left, "/%s", given);
}

bool is_watched(const Path& path) {
  const std::string_view below = order().below;
  const std::string_view text = path.data();
  return !below.empty() && text.starts_with(below) &&
         (text.size() == below.size() || text[below.size()] == '/');
}

/// One counted call: what is to become of it. At the end of the scope the call is over.
class Call {
 public:
  Call(const char* name, const Path& path) {
    if (!is_watched(path)) return;
    static std::mutex one_at_a_time;  // so that the lines of the trace are in order
    const std::lock_guard turn(one_at_a_time);
    const long number = ++calls;
    if (order().trace >= 0) {
      std::array<char, PATH_MAX + 64> line{};
      const int length = std::snprintf(line.data(), line.size(), "%ld %ld %s %s\n", number,
                                       allocations.load(), name, path.data());
      static const auto real_write = real<ssize_t(int, const void*, std::size_t)>("write");
      if (real_write(order().trace, line.data(), static_cast<std::size_t>(length)) != length)
        std::abort();
    }
    if (order().starves || order().at == 0) return;
    is_hit_ = order().is_sticky ? number >= order().at : number == order().at;
    if (is_hit_ && order().kills_before) ::kill(::getpid(), SIGKILL);
  }
  ~Call() {
    if (is_hit_ && order().kills_after) ::kill(::getpid(), SIGKILL);
  }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// Whether it fails; errno is set then.
  bool fails() const {
    if (!is_hit_ || order().error == 0) return false;
    errno = order().error;
    return true;
  }
  /// How much of a write of some bytes is done.
  std::size_t share(std::size_t bytes) const {
    return is_hit_ && order().is_short && bytes > 1 ? bytes / 2 : bytes;
  }

 private:
  bool is_hit_ = false;
};

/// A call about a file with a name.
template <class Result, class Do>
Result by_name(const char* name, int folder, const char* given, Result failed, Do act) {
  Path path{};
  path_of(folder, given, path);
  const Call call(name, path);
  return call.fails() ? failed : act();
}

/// A call about an open file or folder.
template <class Do>
auto by_descriptor(const char* name, int descriptor, Do act) {
  Path path{};
  path_of(descriptor, path);
  const Call call(name, path);
  return act(call);
}

bool creates(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

/// "open" in order to write, "read" otherwise: a file, or a folder to be listed or synced.
const char* purpose(int flags) { return (flags & O_ACCMODE) != O_RDONLY ? "open" : "read"; }

int open_as(int folder, const char* path, int flags, va_list rest) {
  const mode_t mode = creates(flags) ? va_arg(rest, mode_t) : 0;
  static const auto real_openat = real<int(int, const char*, int, ...)>("openat");
  return by_name(purpose(flags), folder, path, -1,
                 [&] { return real_openat(folder, path, flags, mode); });
}

/// Streams count when they write.
std::FILE* open_stream(const char* function, const char* path, const char* mode) {
  const auto real_open = real<std::FILE*(const char*, const char*)>(function);
  if (std::strpbrk(mode, "wa+") == nullptr) return real_open(path, mode);
  return by_name("fopen", AT_FDCWD, path, static_cast<std::FILE*>(nullptr),
                 [&] { return real_open(path, mode); });
}

/// Whether this allocation is the one that fails.
bool starves() {
  if (calls.load(std::memory_order_relaxed) == 0) return false;
  const long number = ++allocations;
  if (!order().starves) return false;
  if (order().is_sticky ? number < order().at : number != order().at) return false;
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int descriptor = open_as(AT_FDCWD, path, flags, rest);
  va_end(rest);
  return descriptor;
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int descriptor = open_as(AT_FDCWD, path, flags, rest);
  va_end(rest);
  return descriptor;
}

int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int descriptor = open_as(folder, path, flags, rest);
  va_end(rest);
  return descriptor;
}

int openat64(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int descriptor = open_as(folder, path, flags, rest);
  va_end(rest);
  return descriptor;
}

std::FILE* fopen(const char* path, const char* mode) { return open_stream("fopen", path, mode); }
std::FILE* fopen64(const char* path, const char* mode) {
  return open_stream("fopen64", path, mode);
}

ssize_t write(int descriptor, const void* bytes, std::size_t size) {
  static const auto real_write = real<ssize_t(int, const void*, std::size_t)>("write");
  return by_descriptor("write", descriptor, [&](const Call& call) {
    return call.fails() ? -1 : real_write(descriptor, bytes, call.share(size));
  });
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t size, off_t at) {
  static const auto real_pwrite = real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
  return by_descriptor("pwrite", descriptor, [&](const Call& call) {
    return call.fails() ? -1 : real_pwrite(descriptor, bytes, call.share(size), at);
  });
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t size, off_t at) {
  return pwrite(descriptor, bytes, size, at);
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
  static const auto real_writev = real<ssize_t(int, const iovec*, int)>("writev");
  return by_descriptor("writev", descriptor, [&](const Call& call) {
    if (call.fails()) return ssize_t{-1};
    const auto fewer = static_cast<int>(call.share(static_cast<std::size_t>(count)));
    return real_writev(descriptor, parts, fewer);
  });
}

int fsync(int descriptor) {
  return by_descriptor("fsync", descriptor, [&](const Call& call) {
    return call.fails() ? -1 : real<int(int)>("fsync")(descriptor);
  });
}

int fdatasync(int descriptor) {
  return by_descriptor("fdatasync", descriptor, [&](const Call& call) {
    return call.fails() ? -1 : real<int(int)>("fdatasync")(descriptor);
  });
}

int ftruncate(int descriptor, off_t size) {
  return by_descriptor("ftruncate", descriptor, [&](const Call& call) {
    return call.fails() ? -1 : real<int(int, off_t)>("ftruncate")(descriptor, size);
  });
}

int ftruncate64(int descriptor, off_t size) { return ftruncate(descriptor, size); }

int close(int descriptor) {
  static const auto real_close = real<int(int)>("close");
  return by_descriptor("close", descriptor, [&](const Call& call) {
    const int closed = real_close(descriptor);  // a close that fails has closed all the same
    return call.fails() ? -1 : closed;
  });
}

int rename(const char* from, const char* to) {
  return by_name("rename", AT_FDCWD, to, -1,
                 [&] { return real<int(const char*, const char*)>("rename")(from, to); });
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  using Rename = int(int, const char*, int, const char*);
  return by_name("rename", to_folder, to, -1,
                 [&] { return real<Rename>("renameat")(from_folder, from, to_folder, to); });
}

int mkdir(const char* path, mode_t mode) {
  return by_name("mkdir", AT_FDCWD, path, -1,
                 [&] { return real<int(const char*, mode_t)>("mkdir")(path, mode); });
}

int unlink(const char* path) {
  return by_name("unlink", AT_FDCWD, path, -1,
                 [&] { return real<int(const char*)>("unlink")(path); });
}

int unlinkat(int folder, const char* path, int flags) {
  return by_name("unlink", folder, path, -1,
                 [&] { return real<int(int, const char*, int)>("unlinkat")(folder, path, flags); });
}

int remove(const char* path) {
  return by_name("unlink", AT_FDCWD, path, -1,
                 [&] { return real<int(const char*)>("remove")(path); });
}

int rmdir(const char* path) {
  return by_name("rmdir", AT_FDCWD, path, -1,
                 [&] { return real<int(const char*)>("rmdir")(path); });
}

void* malloc(std::size_t size) { return starves() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
  return starves() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  return starves() ? nullptr : __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return starves() ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  if (starves()) return ENOMEM;
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? ENOMEM : 0;
}

}  // extern "C"
