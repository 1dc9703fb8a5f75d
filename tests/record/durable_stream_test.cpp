#include "record/durable_stream.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace record {
namespace {

namespace fs = std::filesystem;

class DurableStreamTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
  fs::path path_ = folder_ / "table.csv";

  std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(DurableStreamTest, WhatIsWrittenInPiecesIsThereAsOneAfterTheCommit) {
  std::string all;
  DurableStream stream(path_);
  for (int line = 0; line < 50'000; ++line) {
    const std::string text = std::to_string(line) + "\r\n";
    stream << text;
    all += text;
    if (line % 1000 == 0) stream.flush();
  }
  stream.put('x');
  EXPECT_FALSE(fs::exists(path_));
  stream.commit();
  EXPECT_EQ(content(), all + 'x');
}

TEST_F(DurableStreamTest, WithoutACommitTheOlderFileStaysAndNothingElse) {
  std::ofstream(path_) << "older";
  { DurableStream(path_) << std::string(1 << 20, 'x'); }
  EXPECT_EQ(content(), "older");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(DurableStreamTest, APlaceWhereNothingCanBeCreatedIsNamed) {
  try {
    DurableStream stream(folder_ / "nowhere" / "table.csv");
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_NE(std::string(error.what()).find("nowhere/table.csv"), std::string::npos);
  }
}

}  // namespace
}  // namespace record
