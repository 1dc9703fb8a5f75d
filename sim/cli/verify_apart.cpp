#include "cli/verify_apart.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

namespace cli {
namespace {

using Json = nlohmann::json;

constexpr int without_memory = 2;  ///< the exit code of a child that could not even say so

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Time and memory for a file of so many bytes: far more than a whole one takes.
void set_limits(std::uintmax_t bytes) {
  const auto limit = [](decltype(RLIMIT_CPU) resource, rlim_t most) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) fail("getrlimit");
    const rlim_t least = std::min(most, now.rlim_max);  // nobody may raise what is allowed
    const rlimit both{least, least};
    if (::setrlimit(resource, &both) != 0) fail("setrlimit");
  };
  limit(RLIMIT_CPU, 2 + bytes / 1'000'000);            // seconds
  limit(RLIMIT_AS, (rlim_t{4} << 30) + bytes * 1000);  // gzip packs 1000 to 1 at most
  limit(RLIMIT_CORE, 0);
}

/// What the child tells: a verification, or the error that ended it.
Json tell_verification(const std::filesystem::path& path) {
  try {
    std::error_code not_a_file;
    const std::uintmax_t bytes = std::filesystem::file_size(path, not_a_file);
    set_limits(not_a_file ? 0 : bytes);
    const record::Verification found = record::verify(path);
    return {{"whole", found.whole},
            {"problem", found.problem},
            {"digest", found.digest},
            {"replications", found.replications},
            {"planned", found.planned}};
  } catch (const std::system_error& error) {
    return {{"error", error.code().value()}};
  }
}

std::string read_to_end(int descriptor) {
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("pipe");
    if (got == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

record::Verification verify_apart(const std::filesystem::path& path) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) fail("pipe");
  const auto [out, in] = ends;
  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    int exit = 1;
    try {
      const std::string told =
          tell_verification(path).dump(-1, ' ', false, Json::error_handler_t::replace);
      const ssize_t written = ::write(in, told.data(), told.size());
      exit = written == static_cast<ssize_t>(told.size()) ? 0 : 1;
    } catch (const std::bad_alloc&) {
      exit = without_memory;
    } catch (const std::exception&) {  // told by the exit code
    }
    ::_exit(exit);
  }
  ::close(in);
  const std::string told = read_to_end(out);
  ::close(out);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  record::Verification verification;
  if (WIFEXITED(status) && WEXITSTATUS(status) == without_memory) throw std::bad_alloc();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    verification.problem =
        "its checksum is right, but HDF5 cannot read it (somebody changed it: take it from where "
        "you trust)";
    return verification;
  }
  const Json found = Json::parse(told);
  if (found.contains("error")) {
    throw std::system_error(found["error"].get<int>(), std::generic_category(), path.string());
  }
  verification.whole = found["whole"];
  verification.problem = found["problem"];
  verification.digest = found["digest"];
  verification.replications = found["replications"];
  verification.planned = found["planned"];
  return verification;
}

}  // namespace cli
