#include "cli/write_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "record/durable_stream.hpp"

namespace cli {

namespace fs = std::filesystem;

namespace {

/// Whether a path is that of a device, whatever it leads to: `/dev/stdout` is one also where it
/// leads to a file.
bool is_named_as_device(const fs::path& path) {
  std::error_code error;
  const std::string place = fs::absolute(path, error).lexically_normal().string();
  return (place.starts_with("/dev/") && !place.starts_with("/dev/shm/")) ||
         place.starts_with("/proc/");
}

}  // namespace

bool is_device(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (is_named_as_device(path)) return fs::exists(status) && !fs::is_directory(status);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

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
