#include "cli/write_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "record/durable_stream.hpp"

namespace cli {

namespace fs = std::filesystem;

namespace {

/// A terminal, a pipe or another device: nothing can be put in its place.
bool is_device(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

void write_file(const fs::path& path, const std::function<void(std::ostream&)>& write) {
  if (!is_device(path)) {
    record::DurableStream file(path);
    write(file);
    file.commit();
    return;
  }
  std::ofstream device(path, std::ios::binary);
  if (device) write(device);
  if (!device.flush())
    throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

void write_file(const fs::path& path, std::string_view text) {
  write_file(path, [text](std::ostream& out) { out << text; });
}

}  // namespace cli
