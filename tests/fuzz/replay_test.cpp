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

TEST(Corpus, OfResultsFilesIsReadOrRefused) { EXPECT_GT(replay("results", read_as_results), 10); }

// --------------------------------------------------------------------------------- worst inputs

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

/// `begin`, then `piece(0)`, `piece(1)` ... as long as it all, with `end`, is at most 1 MiB.
template <class Piece>
std::string filled(std::string begin, const Piece& piece, const std::string& end = "") {
  for (std::size_t i = 0;; ++i) {
    const std::string next = piece(i);
    if (begin.size() + next.size() + end.size() > mebibyte) return begin + end;
    begin += next;
  }
}

/// Feeds an input and expects that this takes less than 2 s of the processor.
template <class Entry>
void expect_quick(const Entry& entry, const std::string& bytes) {
  ASSERT_LE(bytes.size(), mebibyte);
  const SmallMachine machine;
  const std::clock_t before = std::clock();
  EXPECT_NO_THROW(entry(bytes));
  EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, 2);
}

/// Letters that differ from one number to the next.
std::string word(std::size_t i, std::size_t length) {
  std::string letters(length, 'a');
  for (std::size_t at = 0; at < length && i > 0; ++at, i /= 26)
    letters[at] = static_cast<char>('a' + i % 26);
  return letters;
}

const std::string least_scenario =
    "[scenario]\ntitle = \"a\"\nstart = 2020-01-01\nstrategies = [\"do_nothing\"]\n"
    "[territory]\ncommune = \"56094\"\n";
const std::string own_table_scenario =
    "[territory]\ncommune = \"56094\"\n[scenario]\ntitle = \"a\"\nstart = 2020-01-01\n"
    "strategies = [\"do_nothing\"]\nparameters = \"own.csv\"\n";
const std::string parameter_columns =
    "id,group,name,profession_or_stratum,value,low,high,unit,year,source,confidence,note\n";
const std::string need_columns =
    "id,title,profession,access,rate,share,share_ill,sex,illness_ratio,sessions,interval,urgent,"
    "patience,patience_urgent,substitutes,unmet\n";

TEST(WorstInput, IsAScenarioWithAsManyCommunesAsFit) {
  expect_quick(read_as_scenario, filled(
                                     "population = [",
                                     [](std::size_t i) {
                                       return "{commune=\"" + std::to_string(10000 + i % 90000) +
                                              "\",residents=1,source=\"a\"},\n";
                                     },
                                     "]\n" + least_scenario));
  expect_quick(read_as_scenario,
               filled(
                   "population = [", [](std::size_t) { return "{},"; }, "]\n" + least_scenario));
}

TEST(WorstInput, IsAScenarioWithNamesAlmostAlike) {
  const auto name = [](std::size_t i) { return "\"" + word(i, 16000) + "\","; };
  std::string strategies = "strategies = [";
  for (std::size_t i = 0; i < 60; ++i) strategies += name(i);
  expect_quick(read_as_scenario, "[scenario]\ntitle = \"a\"\nstart = 2020-01-01\n" + strategies +
                                     "]\nbaseline = \"" + std::string(16000, 'z') + "\"\n");
}

TEST(WorstInput, IsAScenarioWithManyUnknownParametersBesideATableOfMany) {
  for (const std::size_t length : {4, 20, 60}) {
    std::string scenario = own_table_scenario + "[parameters]\n";
    for (std::size_t i = 0; i < 990; ++i) scenario += "b" + word(i, length) + " = 1\n";
    expect_quick(read_as_scenario,
                 filled(scenario + "=== own.csv\n" + parameter_columns, [length](std::size_t i) {
                   return word(i, length) + ",,,,0,0,0,u,2000,s,A,\n";
                 }));
  }
}

TEST(WorstInput, IsAScenarioOfValuesWithoutEnd) {
  for (const char* piece : {"1,", "{},", "\"\","}) {
    const auto same = [piece](std::size_t) { return std::string(piece); };
    expect_quick(read_as_scenario, filled("a = [", same, "]\n"));
    expect_quick(read_as_scenario,
                 filled(least_scenario + "[[supply]]\ncommune=\"56094\"\ngp_ages=[", same, "]\n"));
  }
  expect_quick(read_as_scenario,
               filled(
                   "a={", [](std::size_t i) { return word(i, 4) + "=1,"; }, "z=1}\n"));
}

TEST(WorstInput, IsAParameterAndANeedWithEndlessIds) {
  const std::string half(mebibyte / 2 - 400, 'a');
  expect_quick(read_as_tables, parameter_columns + half + ",,,,0,0,0,u,2000,s,A,\n=== needs.csv\n" +
                                   need_columns + "n,t,nurse,direct,0: " + half +
                                   "b,,,all,,,,never,x,,,\n");
}

TEST(WorstInput, IsATableOfNeedsWithManyWrongParameters) {
  const std::string needs = [] {
    std::string text = "=== needs.csv\n" + need_columns;
    for (std::size_t i = 0; i < 330; ++i)
      text += "n,t,nurse,direct,0: " + word(i, 20) + "x,,,all,y" + word(i, 20) + ",z" +
              word(i, 20) + ",,never,x,,,\n";
    return text;
  }();
  expect_quick(read_as_tables,
               filled(
                   parameter_columns,
                   [](std::size_t i) { return word(i, 20) + ",,,,0,0,0,u,2000,s,A,\n"; }, needs));
}

TEST(WorstInput, IsACellWithPartsWithoutEnd) {
  for (const char* part : {";", "nurse;", " ; ", "0: none;", "@team;"}) {
    const auto same = [part](std::size_t) { return std::string(part); };
    for (const char* before : {"n,t,gp,direct,", "n,t,gp,direct,0: none,,,all,,,,never,x,,"})
      expect_quick(read_as_tables,
                   filled(std::string("=== needs.csv\n") + need_columns + before, same));
  }
}

TEST(WorstInput, IsATableOfTheSameCommuneWithoutEnd) {
  const std::string care =
      "=== communes_soins.csv\ncode,apl_mg_2023,medecin_generaliste,infirmier,"
      "masseur_kinesitherapeute,chirurgien_dentiste,sage_femme,pedicure_podologue,pharmacie\n";
  expect_quick(read_as_tables,
               filled(
                   "=== communes.csv\ncode,lon,lat,part_75plus,fedi,pmun2012,pmun2017,pmun2022\n",
                   [](std::size_t) { return "56094,x,x,x,x,x,x,x\n"; }, care));
}

TEST(WorstInput, IsATableOfManyColumnsOrOfManyRows) {
  const std::string columns =
      filled("", [](std::size_t i) { return i < 999 ? word(i, 1000) + "," : "a,"; });
  expect_quick(read_as_tables, columns);
  std::string header;
  for (std::size_t i = 0; i < 1000; ++i) header += (i == 0 ? "" : ",") + word(i, 3);
  for (const char* row : {"a\n", "\"\n\"\n", "\r", ",\n", "\"\"\n"})
    for (const std::string& first : {header + "\n", std::string("a\n"), std::string("a,b\n")})
      expect_quick(read_as_tables, filled(first, [row](std::size_t) { return std::string(row); }));
}

}  // namespace
}  // namespace fuzz
