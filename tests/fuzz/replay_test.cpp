// Every input that the fuzzers keep, and the worst that one can think of, through the same
// functions: none is taken for what it is not, and none asks for more than half a gigabyte.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "entries.hpp"

namespace fuzz {
namespace {

namespace fs = std::filesystem;

/// Takes from the process, while it lives, what is beyond 512 MiB of data.
class SmallMachine {
 public:
  SmallMachine() {
    getrlimit(RLIMIT_DATA, &before_);
    rlimit now = before_;
    now.rlim_cur = std::min<rlim_t>(rlim_t{512} << 20U, before_.rlim_max);
    setrlimit(RLIMIT_DATA, &now);
  }
  ~SmallMachine() { setrlimit(RLIMIT_DATA, &before_); }
  SmallMachine(const SmallMachine&) = delete;
  SmallMachine& operator=(const SmallMachine&) = delete;

 private:
  rlimit before_{};
};

/// Feeds an entry with every file of a corpus; returns how many there were.
template <class Entry>
int replay(const std::string& corpus, const Entry& entry) {
  const SmallMachine machine;
  int inputs = 0;
  for (const auto& file : fs::directory_iterator(fs::path(FUZZ_CORPUS) / corpus)) {
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_NO_THROW(entry(bytes)) << file.path();
    ++inputs;
  }
  return inputs;
}

TEST(Corpus, OfScenariosIsReadOrRefused) { EXPECT_GT(replay("scenario", read_as_scenario), 100); }

TEST(Corpus, OfTablesIsReadOrRefused) { EXPECT_GT(replay("tables", read_as_tables), 100); }

}  // namespace
}  // namespace fuzz
