/// Joining files, against the plain reference that joins results in memory.
#include "record/merge_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "record/results_file.hpp"
#include "record/results_support.hpp"
#include "support/sample_results.hpp"

namespace {

using record::MergeOptions;
using record::Results;
using support::block_of;
using support::bytes_of;
using support::same;
using testing::HasSubstr;

class MergeFiles : public testing::Test {
 protected:
  using Paths = std::vector<std::filesystem::path>;

  std::filesystem::path write(const std::string& name, const Results& results) {
    record::write_results(folder / name, results);
    return folder / name;
  }

  /// Files of so many replications each, the first from 0 on.
  Paths cut(const Results& whole, const std::vector<std::int64_t>& sizes) {
    Paths paths;
    std::int64_t first = 0;
    for (const std::int64_t size : sizes) {
      paths.push_back(write(std::to_string(first), block_of(whole, first, size)));
      first += size;
    }
    return paths;
  }

  std::string refusal(const Paths& paths, const MergeOptions& options = {}) {
    try {
      record::merge_files(paths, merged, options);
      return "";
    } catch (const record::NotOneRun& error) {
      EXPECT_FALSE(std::filesystem::exists(merged));
      return error.what();
    }
  }

  support::TemporaryFolder folder;
  std::filesystem::path merged = folder / "merged.h5";
};

TEST_F(MergeFiles, GivesTheBytesOfTheWholeHoweverItWasCut) {
  // Chunks of an indicator hold 45 replications of three strategies and 120 months.
  const Results whole = support::sample_results(100, 120);
  const std::string expected = bytes_of(write("whole.h5", whole));
  const std::vector<std::vector<std::int64_t>> cuts{{100},          {50, 50},     {1, 99},
                                                    {44, 1, 1, 54}, {45, 45, 10}, {7, 13, 29, 51}};
  for (const std::vector<std::int64_t>& sizes : cuts) {
    Paths parts = cut(whole, sizes);
    std::reverse(parts.begin(), parts.end());
    EXPECT_TRUE(record::merge_files(parts, merged));
    EXPECT_TRUE(bytes_of(merged) == expected) << sizes.size();
  }
}

TEST_F(MergeFiles, GivesTheSameBytesWhereTheFileOutgrowsMemory) {
  const Results whole = support::sample_results(60, 120);
  const std::string expected = bytes_of(write("whole.h5", whole));
  const Paths parts = cut(whole, {20, 40});
  for (const std::uint64_t most : {0, 5000, 100'000, 1'000'000}) {
    MergeOptions options;
    options.most_in_memory = most;
    EXPECT_TRUE(record::merge_files(parts, merged, options));
    EXPECT_TRUE(bytes_of(merged) == expected) << most;
  }
}

TEST_F(MergeFiles, GivesWhatTheReferenceGives) {
  const Results whole = support::sample_results(9, 14);
  const std::array blocks{block_of(whole, 6, 3), block_of(whole, 0, 2), block_of(whole, 2, 4)};
  Paths parts;
  for (const Results& block : blocks) parts.push_back(write(std::to_string(parts.size()), block));
  EXPECT_TRUE(record::merge_files(parts, merged));
  EXPECT_TRUE(same(record::read_results(merged), record::merge(blocks)));
}

TEST_F(MergeFiles, MayTakeTheOutputForAPart) {
  const Results whole = support::sample_results(6, 3);
  write("merged.h5", block_of(whole, 0, 4));
  const Paths parts{merged, write("rest.h5", block_of(whole, 4, 2))};
  EXPECT_TRUE(record::merge_files(parts, merged));
  EXPECT_TRUE(same(record::read_results(merged), whole));
}

TEST_F(MergeFiles, RefusesAGapAndSaysWhichReplicationsAreMissing) {
  const Results whole = support::sample_results(9, 3);
  const Paths parts{write("a", block_of(whole, 1, 2)), write("b", block_of(whole, 4, 3))};
  EXPECT_THAT(refusal(parts),
              HasSubstr("missing: replication 0, replication 3, replications 7 to 8"));
}

TEST_F(MergeFiles, JoinsWhatIsThereWhereThatIsAllowedAndMarksIt) {
  const Results whole = support::sample_results(9, 3);
  const Paths parts{write("a", block_of(whole, 1, 2)), write("b", block_of(whole, 4, 3))};
  MergeOptions options;
  options.partial = true;
  EXPECT_TRUE(record::merge_files(parts, merged, options));
  const Results found = record::read_results(merged);
  EXPECT_THAT(found.replication_numbers, testing::ElementsAre(1, 2, 4, 5, 6));
  EXPECT_TRUE(found.is_partial());
  EXPECT_EQ(found.planned, 9);
  EXPECT_TRUE(same(found, record::merge(std::array{block_of(whole, 1, 2), block_of(whole, 4, 3)})));
  // ... and the rest may join it later.
  const Paths rest{merged, write("c", block_of(whole, 0, 1)), write("d", block_of(whole, 3, 1)),
                   write("e", block_of(whole, 7, 2))};
  EXPECT_TRUE(record::merge_files(rest, merged));
  EXPECT_TRUE(same(record::read_results(merged), whole));
}

TEST_F(MergeFiles, RefusesAReplicationThatIsThereTwiceUnlessWhatIsThereIsEnough) {
  const Results whole = support::sample_results(6, 3);
  const Paths parts{write("a", block_of(whole, 0, 4)), write("b", block_of(whole, 2, 4)),
                    write("c", block_of(whole, 3, 1))};
  EXPECT_THAT(refusal(parts), HasSubstr("replications 2 to 3 of"));
  MergeOptions options;
  options.partial = true;
  EXPECT_TRUE(record::merge_files(parts, merged, options));
  EXPECT_TRUE(same(record::read_results(merged), whole));
}

TEST_F(MergeFiles, RefusesAPartOfAnotherRun) {
  const Results whole = support::sample_results(4, 3);
  const std::vector<std::function<void(Results&)>> changes{
      [](Results& block) { block.provenance.run_key = "another"; },
      [](Results& block) { ++block.seed; },
      [](Results& block) { block.strategies[1].name = "renamed"; },
      [](Results& block) { block.start_date = "2026-01-01"; }};
  for (const auto& change : changes) {
    Results foreign = block_of(whole, 2, 2);
    change(foreign);
    const Paths parts{write("mine", block_of(whole, 0, 2)), write("foreign", foreign)};
    EXPECT_THAT(refusal(parts), testing::AllOf(HasSubstr((folder / "foreign").string()),
                                               HasSubstr("not of the same run")));
  }
}

TEST_F(MergeFiles, TakesTheTitlesOfTheFirstPart) {
  const Results whole = support::sample_results(4, 3);
  Results retitled = block_of(whole, 2, 2);
  retitled.strategies[1].title = "Another title";
  const Paths parts{write("a", block_of(whole, 0, 2)), write("b", retitled)};
  EXPECT_TRUE(record::merge_files(parts, merged));
  EXPECT_TRUE(same(record::read_results(merged), whole));
}

TEST_F(MergeFiles, RefusesADamagedPart) {
  const Results whole = support::sample_results(4, 3);
  const Paths parts{write("a", block_of(whole, 0, 2)), write("b", block_of(whole, 2, 2))};
  std::string bytes = bytes_of(parts[1]);
  bytes[bytes.size() / 2] ^= 1;
  support::put_bytes(parts[1], bytes);
  EXPECT_THROW(record::merge_files(parts, merged), record::DamagedFile);
  EXPECT_FALSE(std::filesystem::exists(merged));
}

TEST_F(MergeFiles, LeavesNothingWhenItIsStopped) {
  const Results whole = support::sample_results(4, 3);
  MergeOptions options;
  options.stop = [] { return true; };
  options.most_in_memory = 0;
  EXPECT_FALSE(record::merge_files(cut(whole, {2, 2}), merged, options));
  EXPECT_THAT(folder.names(), testing::ElementsAre("0", "2"));
}

}  // namespace
