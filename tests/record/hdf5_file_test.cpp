#include "record/hdf5_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using record::hdf5::Error;
using record::hdf5::Reader;
using record::hdf5::Writer;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t user_block = 512;

/// A file with one dimension of three places.
Writer with_places() {
  Writer file(user_block);
  const std::vector<std::string> places{"Écouen", "", "L'Haÿ-les-Roses"};
  file.add_dimension("place", std::span<const std::string>(places), {});
  return file;
}

template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Hdf5File, GivesBackWhatWasPutIn) {
  Writer file = with_places();
  const std::vector<std::int64_t> people{1, -2, 9'007'199'254'740'993};
  file.add_group("counts");
  file.add_variable("counts/people", {"place"}, std::span(people),
                    {{"units", std::string("persons")}, {"seed", std::uint64_t{1} << 63}});
  const Reader reader(std::move(file).finish());
  EXPECT_THAT(reader.texts("place"), ElementsAre("Écouen", "", "L'Haÿ-les-Roses"));
  EXPECT_THAT(reader.shape("counts/people"), ElementsAre(3));
  EXPECT_EQ(reader.numbers<std::int64_t>("counts/people"), people);
  EXPECT_EQ(reader.text_attribute("counts/people", "units"), "persons");
  EXPECT_EQ(reader.number_attribute<std::uint64_t>("counts/people", "seed"),
            std::uint64_t{1} << 63);
}

TEST(Hdf5File, LeavesTheUserBlockEmptyAndStartsRightAfterIt) {
  const std::vector<std::byte> image = with_places().finish();
  ASSERT_GT(image.size(), user_block + 8);
  for (std::size_t i = 0; i < user_block; ++i) ASSERT_EQ(image[i], std::byte{0}) << i;
  EXPECT_EQ(std::memcmp(image.data() + user_block, "\x89HDF\r\n\x1A\n", 8), 0);
}

TEST(Hdf5File, SaysInTheWordsOfHdf5WhatWentWrongAndPrintsNothing) {
  testing::internal::CaptureStderr();
  const Reader reader(with_places().finish());
  EXPECT_THAT(message_of([&] { reader.numbers<double>("town"); }),
              testing::AllOf(HasSubstr("cannot open town"), HasSubstr("doesn't exist")));
  EXPECT_THAT(message_of([&] { reader.numbers<double>("place"); }), HasSubstr("cannot read place"));
  EXPECT_THAT(message_of([&] { reader.text_attribute("place", "units"); }),
              HasSubstr("attribute units of place"));
  EXPECT_THAT(message_of([] { Reader(std::vector<std::byte>(3000)); }), HasSubstr("signature"));
  Writer twice = with_places();
  twice.add_group("same");
  EXPECT_THAT(message_of([&] { twice.add_group("same"); }), HasSubstr("already exists"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Hdf5File, RefusesValuesThatDoNotFillTheDimensions) {
  Writer file = with_places();
  const std::vector<double> two{1, 2};
  EXPECT_THROW(file.add_variable("x", {"place"}, std::span(two), {}), std::invalid_argument);
  EXPECT_THROW(file.add_variable("x", {"nowhere"}, std::span(two), {}), std::invalid_argument);
}

TEST(Hdf5File, RefusesATextThatItWouldCut) {
  Writer file = with_places();
  const std::vector<std::string> cut{std::string("a\0b", 3)};
  EXPECT_THROW(file.add_variable("x", {}, std::span<const std::string>(cut), {}),
               std::invalid_argument);
  EXPECT_THROW(file.add_attributes("/", {{"title", cut[0]}}), std::invalid_argument);
}

TEST(Hdf5File, KeepsVariablesOfManyChunks) {
  Writer file(user_block);
  std::vector<std::int32_t> rows(700'001);
  std::vector<double> values(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = static_cast<std::int32_t>(i);
    values[i] = 1.0 / static_cast<double>(i + 1);
  }
  file.add_dimension("row", std::span<const std::int32_t>(rows), {});
  file.add_variable("value", {"row"}, std::span<const double>(values), {});
  const Reader reader(std::move(file).finish());
  EXPECT_EQ(reader.numbers<std::int32_t>("row"), rows);
  EXPECT_EQ(reader.numbers<double>("value"), values);
}

TEST(Hdf5File, SeveralFilesCanBeOpenAtOnce) {
  const Reader first(with_places().finish());
  Writer other(user_block);
  const std::vector<std::string> one{"Brest"};
  other.add_dimension("place", std::span<const std::string>(one), {});
  const Reader second(std::move(other).finish());
  EXPECT_EQ(first.texts("place").size(), 3U);
  EXPECT_THAT(second.texts("place"), ElementsAre("Brest"));
}

}  // namespace
