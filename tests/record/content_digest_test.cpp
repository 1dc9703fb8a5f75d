#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/results_file.hpp"
#include "record/results_support.hpp"
#include "support/sample_results.hpp"

namespace {

using record::content_digest;
using record::Results;

using Change = std::function<void(Results&)>;

std::string digest_after(const Change& change) {
  Results results = support::sample_results(2, 3);
  change(results);
  return content_digest(results);
}

const std::string unchanged = digest_after([](Results&) {});

TEST(ContentDigest, IsThirtyTwoHexadecimalDigits) {
  EXPECT_EQ(unchanged.size(), 32U);
  EXPECT_EQ(unchanged.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(ContentDigest, StrategiesCountByPositionAndNotByName) {
  EXPECT_EQ(unchanged, digest_after([](Results& r) { r.strategies[1].name = "renamed"; }));
  EXPECT_EQ(unchanged, digest_after([](Results& r) { r.strategies[2].title = "Autre titre"; }));
}

TEST(ContentDigest, LeavesTheProvenanceOut) {
  EXPECT_EQ(unchanged, digest_after([](Results& r) {
              r.provenance = {"name",   "title", "text",  "csv", "territory", "9.9",
                              "commit", "Clang", "notes", "key", "{}"};
            }));
}

TEST(ContentDigest, AllMissingNumbersAreOne) {
  const auto with = [](double missing) {
    return digest_after([=](Results& r) { r.series[7][4] = missing; });
  };
  const double quiet = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(with(quiet), with(-quiet));
  EXPECT_EQ(with(quiet), with(std::bit_cast<double>(0x7FF8'0000'0000'1234u)));
  EXPECT_NE(with(quiet), with(0.0));
}

TEST(ContentDigest, ChangesWithTheLastBitOfAnyNumberOfAnySeries) {
  for (std::size_t indicator = 0; indicator < record::indicator_count; ++indicator)
    for (std::size_t cell = 0; cell < 18; ++cell)  // 3 strategies, 2 replications, 3 months
      EXPECT_NE(unchanged, digest_after([=](Results& r) {
                  double& value = r.series[indicator][cell];
                  value = std::isnan(value) ? 0 : std::nextafter(value, 1e9);
                }))
          << record::indicator_definitions[indicator].name << " " << cell;
}

TEST(ContentDigest, ChangesWithEveryKindOfNumberAndFlag) {
  const std::map<std::string, Change> changes{
      {"seed", [](Results& r) { ++r.seed; }},
      {"start date", [](Results& r) { r.start_date = "2025-01-02"; }},
      {"baseline", [](Results& r) { r.baseline = 1; }},
      {"first replication",
       [](Results& r) {
         for (std::int32_t& number : r.replication_numbers) ++number;
       }},
      {"two strategies swapped",
       [](Results& r) {
         for (std::vector<double>& values : r.series)
           std::swap_ranges(values.begin(), values.begin() + 6, values.begin() + 6);
       }},
      {"months and replications exchanged",
       [](Results& r) {
         r.replication_numbers = record::consecutive(0, 3);
         r.months = 2;
       }},
      {"sign of zero", [](Results& r) { r.months_of(record::Indicator::debt, 0, 0)[0] = -0.0; }},
      {"stay left out", [](Results& r) { r.stays.pop_back(); }},
      {"stay.replication", [](Results& r) { ++r.stays[1].replication; }},
      {"stay.strategy", [](Results& r) { ++r.stays[1].strategy; }},
      {"stay.profession", [](Results& r) { r.stays[1].profession = world::Profession::dentist; }},
      {"stay.cause", [](Results& r) { r.stays[1].cause = record::DepartureCause::burnout; }},
      {"stay.here_at_start", [](Results& r) { r.stays[1].here_at_start ^= true; }},
      {"stay.in_team", [](Results& r) { r.stays[1].in_team ^= true; }},
      {"stay.in_focus", [](Results& r) { r.stays[1].in_focus ^= true; }},
      {"stay.age_at_arrival",
       [](Results& r) {
         float& age = r.stays[1].age_at_arrival;
         age = std::nextafter(age, 100.0F);
       }},
      {"stay.arrival_day", [](Results& r) { ++r.stays[1].arrival_day; }},
      {"stay.departure_day", [](Results& r) { ++r.stays[1].departure_day; }},
      {"two stays exchanged", [](Results& r) { std::swap(r.stays[0], r.stays[1]); }},
      {"entry left out", [](Results& r) { r.ledger.pop_back(); }},
      {"entry.replication", [](Results& r) { ++r.ledger[1].replication; }},
      {"entry.strategy", [](Results& r) { ++r.ledger[1].strategy; }},
      {"entry.category", [](Results& r) { r.ledger[1].category = record::Category::rent; }},
      {"entry.payer", [](Results& r) { r.ledger[1].payer = record::Account::region; }},
      {"entry.payee", [](Results& r) { r.ledger[1].payee = record::Account::region; }},
      {"entry.day", [](Results& r) { ++r.ledger[1].day; }},
      {"entry.cents", [](Results& r) { ++r.ledger[1].cents; }}};
  std::map<std::string, std::string> seen{{unchanged, "nothing changed"}};
  for (const auto& [name, change] : changes) {
    const auto [place, is_new] = seen.insert({digest_after(change), name});
    EXPECT_TRUE(is_new) << name << " gives the same digest as " << place->second;
  }
}

/// The bytes that docs/results-format.md says are hashed, put together by other means.
class DocumentedBytes {
 public:
  DocumentedBytes& integer(std::int64_t value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8) bytes_ += static_cast<char>(bits & 0xFF);
    return *this;
  }
  DocumentedBytes& real(double value) { return integer(std::bit_cast<std::int64_t>(value)); }
  DocumentedBytes& text(std::string_view value) {
    integer(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
    return *this;
  }
  DocumentedBytes& column(std::string_view name, std::string_view unit,
                          const std::vector<std::string>& labels) {
    text(name).text(unit).integer(static_cast<std::int64_t>(labels.size()));
    for (const std::string& label : labels) text(label);
    return *this;
  }
  std::string hash() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes_.data(), bytes_.size()));
    std::string text;
    for (const unsigned char byte : canonical.digest)
      for (const int digit : {byte >> 4, byte & 15}) text += "0123456789abcdef"[digit];
    return text;
  }

 private:
  std::string bytes_;
};

TEST(ContentDigest, IsTheHashOfTheDocumentedBytes) {
  Results results;
  results.strategies = {{"only", "La seule", ""}};
  results.start_date = "2024-02-29";
  results.seed = 11;
  results.replication_numbers = {5};
  results.months = 2;
  results.resize_series();
  for (std::size_t i = 0; i < record::indicator_count; ++i)
    results.series[i][0] = 0.5 + static_cast<double>(i);
  results.stays = {{.replication = 5,
                    .strategy = 0,
                    .profession = world::Profession::dentist,
                    .cause = record::DepartureCause::relocation,
                    .here_at_start = false,
                    .in_team = true,
                    .in_focus = true,
                    .age_at_arrival = 41.5F,
                    .arrival_day = 3,
                    .departure_day = 40}};
  results.ledger = {{.replication = 5,
                     .strategy = 0,
                     .category = record::Category::rent,
                     .payer = record::Account::tenants,
                     .payee = record::Account::municipality,
                     .day = 31,
                     .cents = 70'000}};

  DocumentedBytes bytes;
  bytes.text("maillage content digest 1").text("2024-02-29");
  bytes.integer(11).integer(0).integer(1).integer(5).integer(1).integer(2);
  bytes.integer(std::int64_t{record::indicator_count});
  for (std::size_t i = 0; i < record::indicator_count; ++i)
    bytes.text(record::indicator_definitions[i].name)
        .text(record::indicator_definitions[i].unit)
        .integer(2)
        .real(0.5 + static_cast<double>(i))
        .integer(0x7FF8'0000'0000'0000);
  const auto labels = [](const auto& names) {
    return std::vector<std::string>(names.begin(), names.end());
  };
  const std::string since = "days since the start";
  bytes.text("stays").integer(1);
  bytes.column("replication", "1", {}).integer(5);
  bytes.column("strategy", "1", {}).integer(0);
  bytes.column("profession", "1", labels(world::profession_names)).integer(3);
  bytes.column("cause", "1", labels(record::departure_cause_names)).integer(2);
  bytes.column("here_at_start", "1", {"no", "yes"}).integer(0);
  bytes.column("in_team", "1", {"no", "yes"}).integer(1);
  bytes.column("in_focus", "1", {"no", "yes"}).integer(1);
  bytes.column("age_at_arrival", "years", {}).real(41.5);
  bytes.column("arrival_day", since, {}).integer(3);
  bytes.column("departure_day", since, {}).integer(40);
  bytes.text("ledger").integer(1);
  bytes.column("replication", "1", {}).integer(5);
  bytes.column("strategy", "1", {}).integer(0);
  bytes.column("category", "1", labels(record::category_names)).integer(5);
  bytes.column("payer", "1", labels(record::account_names)).integer(6);
  bytes.column("payee", "1", labels(record::account_names)).integer(0);
  bytes.column("day", since, {}).integer(31);
  bytes.column("cents", "0.01 EUR", {}).integer(70'000);
  EXPECT_EQ(content_digest(results), bytes.hash());
}

TEST(ContentDigest, DoesNotDependOnHowTheRunWasCutIntoBlocks) {
  const Results whole = support::sample_results(4, 3);
  const std::vector<Results> blocks{support::block_of(whole, 0, 1), support::block_of(whole, 1, 3)};
  EXPECT_EQ(content_digest(record::merge(blocks)), content_digest(whole));
}

}  // namespace
