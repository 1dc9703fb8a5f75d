/// What the tests share: where their files are, a folder to write in, what reading complains about.
#pragma once

#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "scenario/scenario.hpp"

namespace scenario {

inline const std::filesystem::path tests_folder = SCENARIO_TESTS;
inline const std::filesystem::path project_folder = PROJECT_FOLDER;

/// Looks in the library of the tests.
inline ReadOptions small_library() {
  ReadOptions options;
  options.library = tests_folder / "library";
  return options;
}

/// The whole of a file.
inline std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A new folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "maillage_scenario_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder to write in");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// Writes a file and returns its path.
  std::filesystem::path write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

/// The seconds that a step takes of this processor; what other programs do meanwhile is not
/// counted.
template <class Step>
double processor_seconds(const Step& step) {
  const std::clock_t before = std::clock();
  step();
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

/// What reading says is wrong, after the name of the exception; empty if nothing is wrong.
template <class Read>
std::string complaint_of(const Read& read) {
  try {
    read();
    return "";
  } catch (const Invalid& invalid) {
    return std::string("Invalid\n") + invalid.what();
  } catch (const InputMissing& missing) {
    return std::string("InputMissing\n") + missing.what();
  }
}

}  // namespace scenario
