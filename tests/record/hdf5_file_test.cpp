#include "record/hdf5_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using record::hdf5::Error;
using record::hdf5::MemoryStorage;
using record::hdf5::Reader;
using record::hdf5::Writer;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t user_block = 512;

void add_places(Writer& file) {
  const std::vector<std::string> places{"Écouen", "", "L'Haÿ-les-Roses"};
  file.add_dimension("place", std::span<const std::string>(places), {});
}

/// A file with one dimension of three places.
MemoryStorage with_places() {
  MemoryStorage storage;
  Writer file(storage, user_block);
  add_places(file);
  file.finish();
  return storage;
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
  MemoryStorage storage;
  Writer file(storage, user_block);
  add_places(file);
  const std::vector<std::int64_t> people{1, -2, 9'007'199'254'740'993};
  file.add_group("counts");
  const Writer::Slot slot = file.add_variable<std::int64_t>(
      "counts/people", {"place"}, {3},
      {{"units", std::string("persons")}, {"seed", std::uint64_t{1} << 63}});
  file.fill(slot, {0}, {3}, std::span(people));
  file.finish();
  const Reader reader(storage);
  EXPECT_THAT(reader.texts("place"), ElementsAre("Écouen", "", "L'Haÿ-les-Roses"));
  EXPECT_THAT(reader.shape("counts/people"), ElementsAre(3));
  EXPECT_EQ(reader.numbers<std::int64_t>("counts/people"), people);
  EXPECT_THAT(reader.numbers<std::int64_t>("counts/people", {1}, {2}),
              ElementsAre(-2, 9'007'199'254'740'993));
  EXPECT_TRUE(reader.has("counts/people"));
  EXPECT_FALSE(reader.has("people"));
  EXPECT_EQ(reader.text_attribute("counts/people", "units"), "persons");
  EXPECT_EQ(reader.number_attribute<std::uint64_t>("counts/people", "seed"),
            std::uint64_t{1} << 63);
}

TEST(Hdf5File, LeavesTheUserBlockEmptyAndStartsRightAfterIt) {
  const std::vector<std::byte> image = with_places().bytes();
  ASSERT_GT(image.size(), user_block + 8);
  for (std::size_t i = 0; i < user_block; ++i) ASSERT_EQ(image[i], std::byte{0}) << i;
  EXPECT_EQ(std::memcmp(image.data() + user_block, "\x89HDF\r\n\x1A\n", 8), 0);
}

TEST(Hdf5File, SaysInTheWordsOfHdf5WhatWentWrongAndPrintsNothing) {
  testing::internal::CaptureStderr();
  MemoryStorage storage = with_places();
  const Reader reader(storage);
  EXPECT_THAT(message_of([&] { reader.numbers<double>("town"); }),
              testing::AllOf(HasSubstr("cannot open town"), HasSubstr("doesn't exist")));
  EXPECT_THAT(message_of([&] { reader.numbers<double>("place"); }), HasSubstr("cannot read place"));
  EXPECT_THAT(message_of([&] { reader.text_attribute("place", "units"); }),
              HasSubstr("attribute units of place"));
  MemoryStorage zeros(std::vector<std::byte>(3000));
  EXPECT_THAT(message_of([&] { Reader(zeros).has("place"); }), HasSubstr("signature"));
  MemoryStorage again;
  Writer twice(again, user_block);
  twice.add_group("same");
  EXPECT_THAT(message_of([&] { twice.add_group("same"); }), HasSubstr("already exists"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Hdf5File, RefusesValuesThatDoNotFillTheDimensions) {
  MemoryStorage storage;
  Writer file(storage, user_block);
  add_places(file);
  const std::vector<double> two{1, 2};
  const Writer::Slot slot = file.add_variable<double>("x", {"place"}, {3}, {});
  EXPECT_THROW(file.fill(slot, {0}, {3}, std::span(two)), std::invalid_argument);
  EXPECT_THROW(file.fill(slot, {2}, {2}, std::span(two)), Error);
  EXPECT_THROW(file.add_variable<double>("y", {"nowhere"}, {3}, {}), std::invalid_argument);
  const std::vector<std::string> texts{"one", "two"};
  EXPECT_THROW(file.add_variable("z", {"place"}, std::span<const std::string>(texts), {}),
               std::invalid_argument);
}

TEST(Hdf5File, RefusesATextThatItWouldCut) {
  MemoryStorage storage;
  Writer file(storage, user_block);
  const std::vector<std::string> cut{std::string("a\0b", 3)};
  EXPECT_THROW(file.add_variable("x", {}, std::span<const std::string>(cut), {}),
               std::invalid_argument);
  EXPECT_THROW(file.add_attributes("/", {{"title", cut[0]}}), std::invalid_argument);
}

TEST(Hdf5File, KeepsVariablesThatAreFilledPieceByPiece) {
  MemoryStorage storage;
  Writer file(storage, user_block);
  constexpr std::uint64_t size = 700'001;
  constexpr std::uint64_t chunk = 65'536;
  std::vector<std::int32_t> rows(size);
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) {
    rows[i] = static_cast<std::int32_t>(i);
    values[i] = 1.0 / static_cast<double>(i + 1);
  }
  file.add_dimension("row", std::span<const std::int32_t>(rows), {});
  const Writer::Slot slot = file.add_variable<double>("value", {"row"}, {chunk}, {});
  for (std::uint64_t start = 0; start < size; start += chunk) {
    const std::uint64_t count = std::min(chunk, size - start);
    file.fill(slot, {start}, {count}, std::span<const double>(values).subspan(start, count));
  }
  file.finish();
  const Reader reader(storage);
  EXPECT_EQ(reader.numbers<std::int32_t>("row"), rows);
  EXPECT_EQ(reader.numbers<double>("value"), values);
}

TEST(Hdf5File, SeveralFilesCanBeOpenAtOnce) {
  MemoryStorage places = with_places();
  const Reader first(places);
  MemoryStorage storage;
  Writer other(storage, user_block);
  const std::vector<std::string> one{"Brest"};
  other.add_dimension("place", std::span<const std::string>(one), {});
  other.finish();
  const Reader second(storage);
  EXPECT_EQ(first.texts("place").size(), 3U);
  EXPECT_THAT(second.texts("place"), ElementsAre("Brest"));
}

/// A disk that fails at the n-th access, once or from then on.
class FailingStorage : public MemoryStorage {
 public:
  FailingStorage(int number, bool once) : number_(number), once_(once) {}
  void read(std::uint64_t offset, std::span<std::byte> into) override {
    count();
    MemoryStorage::read(offset, into);
  }
  void write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    count();
    MemoryStorage::write(offset, bytes);
  }
  void resize(std::uint64_t size) override {
    count();
    MemoryStorage::resize(size);
  }
  bool has_failed() const { return calls_ >= number_; }

 private:
  void count() {
    ++calls_;
    if (calls_ == number_ || (calls_ > number_ && !once_)) throw std::runtime_error("disk full");
  }
  int number_;
  bool once_;
  int calls_ = 0;
};

TEST(Hdf5File, AnyFailureOfTheStorageComesOutAsItIsAndHarmsNoOtherFile) {
  for (const bool once : {true, false}) {
    bool untouched = false;
    for (int number = 1; !untouched; ++number) {
      FailingStorage storage(number, once);
      std::string said;
      try {
        Writer file(storage, user_block);
        add_places(file);
        const Writer::Slot slot = file.add_variable<double>("x", {"place"}, {3}, {});
        file.fill(slot, {0}, {3}, std::span<const double>(std::vector<double>{1, 2, 3}));
        file.finish();
        untouched = true;
      } catch (const std::runtime_error& error) {
        said = error.what();
      }
      EXPECT_EQ(said, storage.has_failed() ? "disk full" : "") << number;
      MemoryStorage other = with_places();
      EXPECT_EQ(Reader(other).texts("place").size(), 3U);
    }
  }
}

}  // namespace
