#include "experiment/share.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace experiment {
namespace {

TEST(Share, IsReadFromAnIndexAndACount) {
  EXPECT_EQ(parse_share("1/1"), (Share{1, 1}));
  EXPECT_EQ(parse_share("3/40"), (Share{3, 40}));
  EXPECT_EQ(parse_share("40/40"), (Share{40, 40}));
  EXPECT_EQ(parse_share("1000000/1000000"), (Share{1'000'000, 1'000'000}));
}

TEST(Share, IsNothingElse) {
  for (const char* text :
       {"",       "/",           "3",         "3/",
        "/40",    "0/40",        "41/40",     "-1/40",
        "3/-40",  "3/0",         "0/0",       " 3/40",
        "3/40 ",  "3 / 40",      "+3/40",     "3/40/50",
        "3.0/40", "three/forty", "1/1000001", "99999999999999999999/99999999999999999999"}) {
    EXPECT_EQ(parse_share(text), std::nullopt) << text;
  }
}

TEST(Share, SharesOfOneCountPartitionAnyTotalEvenly) {
  for (const std::int64_t total : {0, 1, 2, 7, 10, 39, 40, 41, 1000, 2'147'483'647}) {
    for (const std::int64_t count : {1, 2, 3, 7, 40, 41, 1000}) {
      std::int64_t next = 0;
      for (std::int64_t index = 1; index <= count; ++index) {
        const Replications range = Share{index, count}.range(total);
        EXPECT_EQ(range.first, next) << index << "/" << count << " of " << total;
        EXPECT_GE(range.count(), total / count);
        EXPECT_LE(range.count(), total / count + 1);
        next = range.last;
      }
      EXPECT_EQ(next, total);
    }
  }
}

TEST(Share, DoesNotOverflowAtItsLargest) {
  const Replications range = Share{most_shares, most_shares}.range(2'147'483'647);
  EXPECT_EQ(range.last, 2'147'483'647);
  EXPECT_EQ(range.count(), 2'148);
}

/// The environment of one element of an array.
struct Array {
  std::string id, min, max, step, count;
  Variable variable() const {
    return [names = std::map<std::string, std::string>{{"SLURM_ARRAY_TASK_ID", id},
                                                       {"SLURM_ARRAY_TASK_MIN", min},
                                                       {"SLURM_ARRAY_TASK_MAX", max},
                                                       {"SLURM_ARRAY_TASK_STEP", step},
                                                       {"SLURM_ARRAY_TASK_COUNT", count}}](
               const char* name) -> const char* {
      const auto found = names.find(name);
      return found == names.end() || found->second == "unset" ? nullptr : found->second.c_str();
    };
  }
};

TEST(ShareOfAnArray, IsThePlaceOfTheElementWhateverNumberTheFirstOneBears) {
  EXPECT_EQ(share_of_array(Array{"1", "1", "40", "1", "40"}.variable()), (Share{1, 40}));
  EXPECT_EQ(share_of_array(Array{"40", "1", "40", "1", "40"}.variable()), (Share{40, 40}));
  EXPECT_EQ(share_of_array(Array{"0", "0", "39", "1", "40"}.variable()), (Share{1, 40}));
  EXPECT_EQ(share_of_array(Array{"17", "10", "19", "1", "10"}.variable()), (Share{8, 10}));
  EXPECT_EQ(share_of_array(Array{"5", "5", "5", "1", "1"}.variable()), (Share{1, 1}));
}

TEST(ShareOfAnArray, FollowsItsStep) {
  EXPECT_EQ(share_of_array(Array{"8", "0", "8", "4", "3"}.variable()), (Share{3, 3}));
  EXPECT_EQ(share_of_array(Array{"4", "0", "10", "4", "3"}.variable()), (Share{2, 3}));
}

TEST(ShareOfAnArray, IsNothingOutsideAnArray) {
  EXPECT_EQ(share_of_array(Array{"unset", "unset", "unset", "unset", "unset"}.variable()),
            std::nullopt);
  EXPECT_EQ(share_of_array(Array{"", "1", "4", "1", "4"}.variable()), std::nullopt);
}

TEST(ShareOfAnArray, IsRefusedWhereTheArrayHasHoles) {
  const Array holes{"3", "1", "7", "1", "3"};  // --array=1,3,7
  try {
    share_of_array(holes.variable());
    FAIL() << "an array with holes was taken";
  } catch (const UnclearArray& unclear) {
    EXPECT_THAT(unclear.elements(),
                testing::AllOf(testing::HasSubstr("1-7"), testing::HasSubstr("3 elements")));
  }
}

TEST(ShareOfAnArray, IsRefusedWhereAVariableIsMissingOrOutOfPlace) {
  for (const Array& array : {Array{"3", "unset", "7", "1", "7"}, Array{"3", "1", "unset", "1", "7"},
                             Array{"3", "1", "7", "unset", "7"}, Array{"3", "1", "7", "1", "unset"},
                             Array{"3", "1", "7", "0", "7"}, Array{"9", "1", "7", "1", "7"},
                             Array{"0", "1", "7", "1", "7"}, Array{"2", "1", "7", "2", "4"},
                             Array{"x", "1", "7", "1", "7"}, Array{"3", "1", "7", "1", "7x"}}) {
    EXPECT_THROW(share_of_array(array.variable()), UnclearArray) << array.id;
  }
}

}  // namespace
}  // namespace experiment
