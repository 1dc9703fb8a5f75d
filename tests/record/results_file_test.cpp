#include "record/results_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "record/hdf5_file.hpp"
#include "record/results_support.hpp"
#include "support/sample_results.hpp"

namespace {

using record::read_results;
using record::Results;
using record::write_results;
using support::bytes_of;
using support::same;
using support::sample_results;
using support::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

Results written_and_read(const Results& results) {
  const TemporaryFolder folder;
  write_results(folder / "results.h5", results);
  return read_results(folder / "results.h5");
}

/// What the system says when results are written there.
std::error_code failure_at(const std::filesystem::path& path, const Results& results) {
  try {
    write_results(path, results);
    return {};
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(path.parent_path().string()));
    return error.code();
  }
}

TEST(ResultsFile, GivesBackEveryFieldToTheLastBit) {
  const Results results = sample_results();
  ASSERT_FALSE(results.stays.empty());
  ASSERT_FALSE(results.ledger.empty());
  EXPECT_TRUE(same(written_and_read(results), results));
}

TEST(ResultsFile, KeepsMissingAndExtremeNumbers) {
  using Limits = std::numeric_limits<double>;
  Results results = sample_results(1, 6);
  results.series[0] = std::vector<double>(18, Limits::quiet_NaN());
  results.series[1][0] = -0.0;
  results.series[1][1] = Limits::infinity();
  results.series[1][2] = Limits::denorm_min();
  results.series[1][3] = Limits::lowest();
  results.seed = std::numeric_limits<std::uint64_t>::max();
  results.ledger[0].cents = std::numeric_limits<std::int64_t>::max();
  results.stays[0].age_at_arrival = 0.1F;
  results.stays[0].arrival_day = -1;
  EXPECT_TRUE(same(written_and_read(results), results));
}

TEST(ResultsFile, KeepsABlockFromTheMiddleOfARun) {
  const Results block = support::block_of(sample_results(9, 3), 4, 3);
  EXPECT_TRUE(same(written_and_read(block), block));
}

TEST(ResultsFile, KeepsARunInWhichNobodyWorkedAndNothingWasPaid) {
  Results results = sample_results();
  results.stays.clear();
  results.ledger.clear();
  EXPECT_TRUE(same(written_and_read(results), results));
}

TEST(ResultsFile, KeepsTextsThatAreEmptyLongOrFarFromAscii) {
  Results results = sample_results(1, 1);
  results.provenance = {};
  results.provenance.parameters_csv = std::string(300'000, 'x') + "\r\n";
  results.provenance.notes = "« œuvre » — 1 234,5 € 🏥";
  results.strategies[0] = {"", "", ""};
  EXPECT_TRUE(same(written_and_read(results), results));
}

TEST(ResultsFile, EqualResultsGiveEqualBytesAtAnyTime) {
  const TemporaryFolder folder;
  write_results(folder / "first.h5", sample_results());
  write_results(folder / "other.h5", sample_results(9, 40));
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // dates in HDF5 count seconds
  write_results(folder / "second.h5", sample_results());
  EXPECT_EQ(bytes_of(folder / "first.h5"), bytes_of(folder / "second.h5"));
  EXPECT_NE(bytes_of(folder / "first.h5"), bytes_of(folder / "other.h5"));
}

TEST(ResultsFile, ThreadsMayWriteAndReadAtOnce) {
  const TemporaryFolder folder;
  std::vector<std::thread> threads;
  std::vector<int> equal(4, 0);
  for (std::size_t i = 0; i < equal.size(); ++i)
    threads.emplace_back([&, i] {
      const Results mine = sample_results(1 + static_cast<int>(i), 5);
      const auto path = folder / ("results-" + std::to_string(i) + ".h5");
      for (int times = 0; times < 10; ++times) {
        write_results(path, mine);
        equal[i] += same(read_results(path), mine) ? 1 : 0;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(equal, testing::Each(10));
}

TEST(ResultsFile, MonthsStartOnTheDayOfTheStartOrOnTheLastOfTheMonth) {
  const TemporaryFolder folder;
  Results results = sample_results(1, 15);
  results.start_date = "2023-11-30";
  write_results(folder / "results.h5", results);
  const std::string bytes = bytes_of(folder / "results.h5");
  const auto* data = reinterpret_cast<const std::byte*>(bytes.data());
  record::hdf5::MemoryStorage storage(std::vector<std::byte>(data, data + bytes.size()));
  const record::hdf5::Reader file(storage);
  EXPECT_THAT(file.texts("month_start"),
              ElementsAre("2023-11-30", "2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30",
                          "2024-04-30", "2024-05-30", "2024-06-30", "2024-07-30", "2024-08-30",
                          "2024-09-30", "2024-10-30", "2024-11-30", "2024-12-30", "2025-01-30"));
}

TEST(ResultsFile, ReplacesAnOlderOneAndLeavesNothingBeside) {
  const TemporaryFolder folder;
  write_results(folder / "results.h5", sample_results(1, 2));
  const Results newer = sample_results(2, 3);
  write_results(folder / "results.h5", newer);
  EXPECT_TRUE(same(read_results(folder / "results.h5"), newer));
  EXPECT_THAT(folder.names(), ElementsAre("results.h5"));
}

TEST(ResultsFile, CannotBeWrittenWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(failure_at(folder / "missing/results.h5", sample_results(1, 1)),
            std::errc::no_such_file_or_directory);
  support::put_bytes(folder / "file", "in the way");
  EXPECT_EQ(failure_at(folder / "file/results.h5", sample_results(1, 1)),
            std::errc::not_a_directory);
  EXPECT_THAT(folder.names(), ElementsAre("file"));
}

TEST(ResultsFile, CannotBeWrittenInAFolderThatTakesNoFiles) {
  EXPECT_NE(failure_at("/proc/self/results.h5", sample_results(1, 1)), std::error_code());
}

TEST(ResultsFile, LeavesNoTraceWhereItCannotTakeItsPlace) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "results.h5");
  support::put_bytes(folder / "results.h5/keep", "me");
  EXPECT_EQ(failure_at(folder / "results.h5", sample_results(1, 1)), std::errc::is_a_directory);
  EXPECT_THAT(folder.names(), ElementsAre("results.h5"));
}

TEST(ResultsFile, KeepsTheOlderOneWhenTheDiskTakesNoMore) {
  const TemporaryFolder folder;
  const Results older = sample_results(1, 2);
  write_results(folder / "results.h5", older);

  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{65536, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::error_code code = failure_at(folder / "results.h5", sample_results(4, 24));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, on_signal);

  EXPECT_EQ(code, std::errc::file_too_large);
  EXPECT_THAT(folder.names(), ElementsAre("results.h5"));
  EXPECT_TRUE(same(read_results(folder / "results.h5"), older));
}

TEST(ResultsFile, RefusesResultsThatAreNotComplete) {
  const TemporaryFolder folder;
  const auto refuses = [&](auto change) {
    Results results = sample_results(2, 3);
    change(results);
    EXPECT_THROW(write_results(folder / "results.h5", results), std::invalid_argument);
  };
  refuses([](Results& r) { r.series[5].pop_back(); });
  refuses([](Results& r) { r.strategies.clear(); });
  refuses([](Results& r) { r.replication_numbers.clear(); });
  refuses([](Results& r) { r.months = 0; });
  refuses([](Results& r) { r.baseline = 3; });
  refuses([](Results& r) { r.baseline = -1; });
  refuses([](Results& r) { r.replication_numbers[0] = -1; });
  refuses([](Results& r) { r.replication_numbers = {1, 1}; });
  refuses([](Results& r) { r.start_date = "2025-02-30"; });
  refuses([](Results& r) { r.start_date = "demain"; });
  refuses([](Results& r) { r.provenance.notes = std::string("a\0b", 3); });
  refuses([](Results& r) { r.provenance.run_key = std::string(425, 'k'); });
  EXPECT_THAT(folder.names(), testing::IsEmpty());
}

}  // namespace
