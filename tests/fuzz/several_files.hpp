/// Several files in the bytes of one input.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace fuzz {

/// The files of an input by name: what follows a line `=== NAME` up to the next one. The bytes
/// before the first such line are the file called `first`; of two files of one name the last
/// counts.
std::map<std::string, std::string_view> files_in(std::string_view bytes, std::string first);

/// A folder in memory for the files of one input after the other; it goes at the end of the
/// program.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  /// Puts those of the named files that the input has, and removes the others.
  void put(const std::map<std::string, std::string_view>& files,
           std::initializer_list<std::string_view> names) const;

 private:
  std::filesystem::path path_;
};

}  // namespace fuzz
