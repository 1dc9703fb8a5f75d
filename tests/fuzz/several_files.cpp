#include "several_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace fuzz {

namespace fs = std::filesystem;

std::map<std::string, std::string_view> files_in(std::string_view bytes, std::string first) {
  constexpr std::string_view mark = "=== ";
  std::map<std::string, std::string_view> files;
  std::string name = std::move(first);
  std::size_t begin = 0;
  for (std::size_t line = 0; line < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', line), bytes.size());
    const std::size_t next = std::min(end + 1, bytes.size());
    if (bytes.substr(line, mark.size()) == mark) {
      files[name] = bytes.substr(begin, line - begin);
      name = bytes.substr(line + mark.size(), end - line - mark.size());
      begin = next;
    }
    line = next;
  }
  files[name] = bytes.substr(begin);
  return files;
}

Folder::Folder() {
  const fs::path memory = "/dev/shm";
  const fs::path parent = fs::is_directory(memory) ? memory : fs::temp_directory_path();
  std::string name = (parent / "maillage-fuzz-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder to write in: " + name);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::put(const std::map<std::string, std::string_view>& files,
                 std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const fs::path path = path_ / name;
    const auto file = files.find(std::string(name));
    if (file == files.end()) {
      fs::remove(path);
      continue;
    }
    fs::create_directories(path.parent_path());
    if (!(std::ofstream(path, std::ios::binary) << file->second).flush())
      throw std::runtime_error("cannot write " + path.string());
  }
}

}  // namespace fuzz
