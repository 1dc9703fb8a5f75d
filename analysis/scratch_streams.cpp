#include "analysis/scratch_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace analysis {
namespace {

/// The streams of the thread, while there are any.
thread_local ScratchStreams* current = nullptr;

/// What a stream works on.
struct Scratch {
  record::Descriptor file;
  std::shared_ptr<int> error;
};

ssize_t noted(Scratch& scratch, ssize_t result) {
  if (result < 0 && *scratch.error == 0) *scratch.error = errno;
  return result;
}

ssize_t read_some(void* cookie, char* into, std::size_t size) {
  auto& scratch = *static_cast<Scratch*>(cookie);
  ssize_t got = 0;
  do got = ::read(scratch.file.number(), into, size);
  while (got < 0 && errno == EINTR);
  return noted(scratch, got);
}

/// Writes everything, or notes a failure and says that nothing was written.
ssize_t write_all(void* cookie, const char* from, std::size_t size) {
  auto& scratch = *static_cast<Scratch*>(cookie);
  for (std::size_t done = 0; done < size;) {
    const ssize_t written = ::write(scratch.file.number(), from + done, size - done);
    if (written < 0 && errno == EINTR) continue;
    if (noted(scratch, written) < 0) return 0;
    done += static_cast<std::size_t>(written);
  }
  return static_cast<ssize_t>(size);
}

int seek(void* cookie, off64_t* offset, int whence) {
  auto& scratch = *static_cast<Scratch*>(cookie);
  const off64_t at = ::lseek64(scratch.file.number(), *offset, whence);
  if (noted(scratch, at) < 0) return -1;
  *offset = at;
  return 0;
}

int close(void* cookie) {
  delete static_cast<Scratch*>(cookie);
  return 0;
}

}  // namespace

ScratchStreams::ScratchStreams(std::filesystem::path folder) : folder_(std::move(folder)) {
  if (folder_.empty()) folder_ = ".";
  current = this;
}

ScratchStreams::~ScratchStreams() { current = nullptr; }

record::Descriptor ScratchStreams::create() const {
  int number = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (number < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    // A file system that has no files without a name: one whose name is removed at once.
    std::string name = (folder_ / ".maillage-XXXXXX").string();
    number = ::mkostemp(name.data(), O_CLOEXEC);
    if (number >= 0) ::unlink(name.c_str());
  }
  if (number < 0)
    throw std::system_error(errno, std::generic_category(),
                            "cannot create a temporary file in " + folder_.string());
  return record::Descriptor(number);
}

std::FILE* ScratchStreams::open() {
  used_ = true;
  try {
    auto scratch = std::make_unique<Scratch>(Scratch{create(), error_});
    std::FILE* stream = ::fopencookie(
        scratch.get(), "w+", {.read = read_some, .write = write_all, .seek = seek, .close = close});
    if (stream != nullptr) static_cast<void>(scratch.release());
    return stream;
  } catch (const std::system_error& failure) {
    if (*error_ == 0) *error_ = failure.code().value();
    return nullptr;
  }
}

}  // namespace analysis

/// Stands in for the function of libxlsxwriter that bears this name, which is made for that.
extern "C" std::FILE* lxw_tmpfile(char* folder);
extern "C" std::FILE* lxw_tmpfile(char* /*folder*/) {
  return analysis::current == nullptr ? std::tmpfile() : analysis::current->open();
}
