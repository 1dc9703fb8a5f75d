/// What the tests of results share: comparison to the last bit, blocks of a run, files as bytes.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "record/results.hpp"

namespace support {

/// Whether two results are equal in every field, numbers by their bits.
inline testing::AssertionResult same(const record::Results& a, const record::Results& b) {
  const auto differ = [](const std::string& what) {
    return testing::AssertionFailure() << what << " differs";
  };
  if (a.provenance != b.provenance) return differ("provenance");
  if (a.strategies != b.strategies) return differ("strategies");
  if (a.baseline != b.baseline) return differ("baseline");
  if (a.start_date != b.start_date) return differ("start_date");
  if (a.seed != b.seed) return differ("seed");
  if (a.replication_numbers != b.replication_numbers) return differ("replication_numbers");
  if (a.planned != b.planned) return differ("planned");
  if (a.months != b.months) return differ("months");
  for (std::size_t i = 0; i < record::indicator_count; ++i) {
    const bool equal =
        std::equal(a.series[i].begin(), a.series[i].end(), b.series[i].begin(), b.series[i].end(),
                   [](double x, double y) {
                     return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
                   });
    if (!equal) return differ(std::string(record::indicator_definitions[i].name));
  }
  if (a.stays != b.stays) return differ("stays");
  if (a.ledger != b.ledger) return differ("ledger");
  return testing::AssertionSuccess();
}

/// The replications `first` to `first + count - 1` of a run, as one shard would hold them.
inline record::Results block_of(const record::Results& whole, std::int64_t first,
                                std::int64_t count) {
  record::Results block = whole;
  block.replication_numbers = record::consecutive(first, count);
  block.resize_series();
  for (std::size_t i = 0; i < record::indicator_count; ++i) {
    for (std::size_t strategy = 0; strategy < whole.strategies.size(); ++strategy) {
      for (std::int64_t replication = 0; replication < count; ++replication) {
        const auto indicator = static_cast<record::Indicator>(i);
        const auto from =
            whole.months_of(indicator, strategy, static_cast<std::size_t>(first + replication));
        const auto to = block.months_of(indicator, strategy, static_cast<std::size_t>(replication));
        std::copy(from.begin(), from.end(), to.begin());
      }
    }
  }
  const auto elsewhere = [&](const auto& row) {
    return row.replication < first || row.replication >= first + count;
  };
  std::erase_if(block.stays, elsewhere);
  std::erase_if(block.ledger, elsewhere);
  return block;
}

/// An empty folder, removed at the end of the scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "maillage-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Puts a new file in the place of an old one, which is faster than to fill the old one again.
inline void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace support
