#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "record/hdf5_file.hpp"
#include "record/results_file.hpp"
#include "record/results_support.hpp"
#include "support/sample_results.hpp"

namespace {

using record::DamagedFile;
using support::put_bytes;
using testing::HasSubstr;

/// A small results file that each test damages in its own way.
class ADamagedFile : public testing::Test {
 protected:
  void SetUp() override {
    record::write_results(path, support::sample_results(1, 2));
    whole = support::bytes_of(path);
  }

  /// What a reader says of these bytes, and that `verify` says the same; empty if it takes them.
  std::string objection_to(const std::string& bytes) {
    put_bytes(path, bytes);
    std::string objection;
    try {
      record::read_results(path);
    } catch (const DamagedFile& damage) {
      EXPECT_EQ(damage.path(), path);
      EXPECT_THAT(damage.what(), HasSubstr(path.string()));
      EXPECT_THAT(damage.what(), HasSubstr(damage.remedy()));
      objection = damage.problem();
    }
    return objection;
  }

  support::TemporaryFolder folder;
  std::filesystem::path path = folder / "results.h5";
  std::string whole;
};

TEST_F(ADamagedFile, IsNotWhatAWholeFileIs) {
  EXPECT_EQ(objection_to(whole), "");
  const record::Verification verification = record::verify(path);
  EXPECT_TRUE(verification.whole);
  EXPECT_EQ(verification.problem, "");
  EXPECT_EQ(verification.digest, record::content_digest(support::sample_results(1, 2)));
  EXPECT_EQ(verification.replications, 1);
  EXPECT_EQ(verification.run_key, support::sample_results().provenance.run_key);
}

TEST_F(ADamagedFile, IsRefusedWhicheverBitOfItsFirstBlockIsFlipped) {
  for (std::size_t bit = 0; bit < std::size_t{512} * 8; ++bit) {
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(objection_to(bytes), "") << "bit " << bit;
  }
}

TEST_F(ADamagedFile, IsRefusedWhicheverBitOfItsContentIsFlipped) {
  constexpr std::size_t positions = 800;
  const std::size_t bits = (whole.size() - 512) * 8;
  for (std::size_t i = 0; i < positions; ++i) {
    const std::size_t bit =
        std::size_t{512} * 8 + i * (bits - 1) / (positions - 1);  // the last one included
    std::string bytes = whole;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    EXPECT_EQ(objection_to(bytes), "its checksum does not match its content") << "bit " << bit;
  }
}

TEST_F(ADamagedFile, IsRefusedAtWhateverLengthItIsCut) {
  for (std::size_t length = 0; length < 600; ++length)
    EXPECT_NE(objection_to(whole.substr(0, length)), "") << length;
  for (std::size_t i = 0; i < 400; ++i) {
    const std::size_t length = 600 + i * (whole.size() - 601) / 399;  // up to the last byte but one
    EXPECT_THAT(objection_to(whole.substr(0, length)), HasSubstr("bytes after its first block"));
  }
}

TEST_F(ADamagedFile, IsRefusedWithAByteTooMany) {
  EXPECT_THAT(objection_to(whole + '\0'), HasSubstr("bytes after its first block"));
}

TEST_F(ADamagedFile, IsRefusedWhenAPageOfItIsZeros) {
  for (std::size_t page = 0; page + 4096 <= whole.size(); page += 4096)
    EXPECT_NE(objection_to(std::string(whole).replace(page, 4096, 4096, '\0')), "") << page;
}

TEST_F(ADamagedFile, MayNotBeAResultsFileAtAll) {
  EXPECT_THAT(objection_to("strategy,month,gps\nstatus_quo,0,5\n"),
              HasSubstr("does not start like a Maillage results file"));
  EXPECT_THAT(objection_to(whole.substr(512)),  // the same HDF5 file, without our block
              HasSubstr("does not start like a Maillage results file"));
}

TEST_F(ADamagedFile, MayComeFromTheFuture) {
  std::string bytes = whole;
  bytes[16] = 2;
  EXPECT_EQ(objection_to(bytes), "it has format version 2.1 and this program reads version 1");
  const record::Verification verification = record::verify(path);
  EXPECT_FALSE(verification.whole);
  EXPECT_THAT(verification.problem, HasSubstr("format version 2.1"));
  EXPECT_THAT(verification.problem, HasSubstr("use the version of Maillage that wrote it"));
  EXPECT_EQ(verification.digest, "");
}

/// The same file with the checksum that its bytes have now.
std::string with_right_checksum(std::string file) {
  file.replace(32, 16, 16, '\0');
  XXH128_canonical_t checksum;
  XXH128_canonicalFromHash(&checksum, XXH3_128bits(file.data(), file.size()));
  for (std::size_t i = 0; i < 16; ++i) file[32 + i] = static_cast<char>(checksum.digest[i]);
  return file;
}

TEST_F(ADamagedFile, IsNotWhatALaterMinorVersionWrote) {
  std::string bytes = whole;
  bytes[18] = 9;
  EXPECT_EQ(objection_to(with_right_checksum(bytes)), "");
  EXPECT_EQ(record::read_header(path).version, (record::FormatVersion{1, 9}));
  EXPECT_TRUE(support::same(record::read_results(path), support::sample_results(1, 2)));
}

TEST_F(ADamagedFile, ThatIsMissingIsAnErrorOfTheSystem) {
  std::filesystem::remove(path);
  for (const auto& look : {+[](const std::filesystem::path& p) { record::read_results(p); },
                           +[](const std::filesystem::path& p) { record::verify(p); }}) {
    try {
      look(path);
      FAIL() << "nobody noticed";
    } catch (const std::system_error& error) {
      EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
      EXPECT_THAT(error.what(), HasSubstr(path.string()));
    }
  }
}

/// Puts a right block, as docs/results-format.md lays it down, before any content.
std::string with_right_block(const std::string& content) {
  std::string file("\x89MAILLAGE\r\n\x1A\n\0\0\0", 16);
  const auto append = [&](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file += static_cast<char>(value >> (8 * i) & 0xFF);
  };
  const record::Results sample = support::sample_results(1, 2);
  append(1, 2);
  append(1, 2);
  append(512, 4);
  append(content.size(), 8);
  file.resize(48);
  file += sample.provenance.run_key;
  file.resize(472);
  append(0, 8);
  append(1, 8);
  append(1, 8);
  append(sample.stays.size(), 8);
  append(sample.ledger.size(), 8);
  return with_right_checksum(file + content);
}

TEST_F(ADamagedFile, HasTheDocumentedBlock) {
  std::string expected = with_right_block(whole.substr(512));
  EXPECT_EQ(objection_to(expected), "");
  EXPECT_EQ(whole.substr(0, 512), expected.substr(0, 512));
}

TEST_F(ADamagedFile, MayHaveARightChecksumAndOtherContent) {
  EXPECT_THAT(objection_to(with_right_block("not HDF5 at all")),
              HasSubstr("its content is not that of a results file"));
  record::hdf5::MemoryStorage storage;
  record::hdf5::Writer other(storage, 512);
  other.add_group("stays");
  other.finish();
  const std::vector<std::byte>& image = storage.bytes();
  const std::string content(reinterpret_cast<const char*>(image.data()) + 512, image.size() - 512);
  EXPECT_THAT(objection_to(with_right_block(content)),
              HasSubstr("its content is not that of a results file"));
}

TEST_F(ADamagedFile, MayHaveACodeWithoutAMeaning) {
  record::Results results = support::sample_results(1, 2);
  results.stays[0].profession = static_cast<world::Profession>(world::profession_count);
  record::write_results(path, results);
  EXPECT_THAT(objection_to(support::bytes_of(path)),
              HasSubstr("stays/profession has a code without a meaning"));
}

TEST_F(ADamagedFile, HasNoRowOfARunThatIsNotThere) {
  for (const bool strategy : {true, false}) {
    record::Results results = support::sample_results(1, 2);
    if (strategy)
      results.stays[0].strategy = static_cast<std::uint8_t>(results.strategies.size());
    else
      results.ledger[0].replication = results.replication_numbers.back() + 1;
    EXPECT_THROW(record::write_results(path, results), std::invalid_argument);
  }
}

}  // namespace
