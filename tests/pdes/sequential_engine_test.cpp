#include "pdes/sequential_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "phold.hpp"

namespace pdes {
namespace {

using test::hashes;
using test::Phold;
using test::phold_processes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A short text that can be copied byte by byte, as payloads are.
struct Word {
  char text[24] = {};

  Word() = default;
  Word(const std::string& word) { word.copy(text, sizeof text - 1); }  // NOLINT: converts
  Word(const char* word) : Word(std::string(word)) {}                  // NOLINT: converts
  bool operator==(const char* word) const { return std::string(text) == word; }
};

/// A process whose behaviour the test writes: it notes the names of the events in a common diary.
class Scripted {
 public:
  using Payload = Word;
  using Act = std::function<void(Context<Word>&)>;
  using React = std::function<void(const Word&, Context<Word>&)>;
  using Diary = std::vector<std::pair<std::int64_t, std::string>>;

  Scripted(Diary& diary, Act at_start, React react = {})
      : diary_(&diary), at_start_(std::move(at_start)), react_(std::move(react)) {}

  void start(Context<Word>& context) { at_start_(context); }
  void handle(const Word& name, Context<Word>& context) {
    diary_->emplace_back(context.now().ticks, name.text);
    if (react_) react_(name, context);
  }

 private:
  Diary* diary_;
  Act at_start_;
  React react_;
};

using Script = Context<Word>;
void nothing(Script&) {}

std::vector<std::string> names(const Scripted::Diary& diary) {
  std::vector<std::string> all;
  for (const auto& entry : diary) all.push_back(entry.second);
  return all;
}

TEST(SequentialEngine, ExecutesEventsInTheOrderOfTheirTimes) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine({Scripted(diary, [](Script& context) {
    context.schedule({30}, "third");
    context.schedule({10}, "first");
    context.schedule({20}, "second");
  })});
  engine.run(Time{100});
  EXPECT_THAT(diary,
              ElementsAre(std::pair(10, "first"), std::pair(20, "second"), std::pair(30, "third")));
}

TEST(SequentialEngine, SettlesTiesByPriorityThenSenderThenOrderOfSending) {
  Scripted::Diary diary;
  const auto send_two = [](const std::string& who) {
    return [who](Script& context) {
      context.send(LpId{0}, {5}, who + " late", 1);
      context.send(LpId{0}, {5}, who + " one");
      context.send(LpId{0}, {5}, who + " two");
      context.send(LpId{0}, {5}, who + " early", -1);
    };
  };
  SequentialEngine<Scripted> engine({Scripted(diary, send_two("a")), Scripted(diary, send_two("b")),
                                     Scripted(diary, send_two("c"))});
  engine.run(Time{6});
  EXPECT_THAT(names(diary), ElementsAre("a early", "b early", "c early", "a one", "a two", "b one",
                                        "b two", "c one", "c two", "a late", "b late", "c late"));
}

// Twenty processes that know all they will ever send; the order is that of the sorted keys.
TEST(SequentialEngine, ExecutesWhatIsKnownFromTheStartInTheOrderOfItsKeys) {
  Scripted::Diary diary;
  std::mt19937_64 bits(1);
  std::vector<std::pair<EventKey, std::string>> expected;
  std::vector<Scripted> processes;
  for (std::uint32_t source = 0; source < 20; ++source) {
    struct Letter {
      LpId to;
      Duration delay;
      std::int16_t priority;
    };
    std::vector<Letter> letters;
    for (std::uint64_t sequence = 0; sequence < 50; ++sequence) {
      const Letter letter{LpId(static_cast<std::uint32_t>(bits() % 20)),
                          {static_cast<std::int64_t>(bits() % 8)},
                          static_cast<std::int16_t>(bits() % 3)};
      letters.push_back(letter);
      expected.emplace_back(
          EventKey{Time{} + letter.delay, letter.priority, LpId{source}, sequence},
          std::to_string(source) + '/' + std::to_string(sequence));
    }
    processes.emplace_back(diary, [letters, source](Script& context) {
      for (std::size_t i = 0; i < letters.size(); ++i)
        context.send(letters[i].to, letters[i].delay,
                     std::to_string(source) + '/' + std::to_string(i), letters[i].priority);
    });
  }
  SequentialEngine<Scripted> engine(std::move(processes));
  engine.run(Time{8});
  std::sort(expected.begin(), expected.end());
  Scripted::Diary expected_diary;
  for (const auto& [key, name] : expected) expected_diary.emplace_back(key.at.ticks, name);
  EXPECT_EQ(diary, expected_diary);
}

TEST(SequentialEngine, ExecutesAnEventWithoutDelayAtTheSameTimeAfterTheOneThatSentIt) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine({Scripted(
      diary,
      [](Script& context) {
        context.schedule({10}, "cause");
        context.schedule({10}, "already there");
        context.schedule({11}, "later");
      },
      [](const Word& name, Script& context) {
        if (name != "cause") return;
        context.schedule({0}, "effect");
        context.schedule({0}, "urgent effect", -1);
      })});
  engine.run(Time{100});
  EXPECT_THAT(diary, ElementsAre(std::pair(10, "cause"), std::pair(10, "urgent effect"),
                                 std::pair(10, "already there"), std::pair(10, "effect"),
                                 std::pair(11, "later")));
}

TEST(SequentialEngine, DeliversAMessageToItsTargetAndTellsItItsName) {
  Scripted::Diary diary;
  const auto sign = [](const Word& name, Script& context) {
    if (name == "question")
      context.send(LpId{0}, {5},
                   "answer of " + std::to_string(static_cast<std::uint32_t>(context.self())));
  };
  SequentialEngine<Scripted> engine(
      {Scripted(
           diary, [](Script& context) { context.send(LpId{2}, {5}, "question"); }, sign),
       Scripted(diary, nothing, sign), Scripted(diary, nothing, sign)},
      Duration{5});
  engine.run(Time{100});
  EXPECT_THAT(diary, ElementsAre(std::pair(5, "question"), std::pair(10, "answer of 2")));
}

TEST(SequentialEngine, LeavesAnEventAtTheEndOfARunToTheNextOne) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine(
      {Scripted(diary, [](Script& context) { context.schedule({10}, "at ten"); })});
  engine.run(Time{10});
  EXPECT_THAT(diary, IsEmpty());
  EXPECT_EQ(engine.events_pending(), 1u);
  engine.run(Time{11});
  EXPECT_THAT(diary, ElementsAre(std::pair(10, "at ten")));
  EXPECT_EQ(engine.events_pending(), 0u);
}

TEST(SequentialEngine, StartsEachProcessOnceEvenInARunOfNoLength) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine(
      {Scripted(diary, [](Script& context) { context.schedule({0}, "start"); })});
  engine.run(Time{0});
  EXPECT_THAT(diary, IsEmpty());
  engine.run(Time{5});
  engine.run(Time{9});
  EXPECT_THAT(diary, ElementsAre(std::pair(0, "start")));
}

TEST(SequentialEngine, MovesItsClockToTheEndOfEachRun) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine(
      {Scripted(diary, [](Script& context) { context.schedule({3}, "only"); })});
  EXPECT_EQ(engine.now(), Time{0});
  engine.run(Time{7});
  EXPECT_EQ(engine.now(), Time{7});
  engine.run(Time{7});
  EXPECT_EQ(engine.now(), Time{7});
  engine.run(Time{1'000'000});
  EXPECT_EQ(engine.now(), Time{1'000'000});
  EXPECT_EQ(engine.events_executed(), 1u);
}

TEST(SequentialEngine, RunsUntilNothingIsPendingWhenRunToTheEndOfTime) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine({Scripted(
      diary, [](Script& context) { context.schedule({1}, "x"); },
      [](const Word& name, Script& context) {
        const std::string longer = std::string(name.text) + "x";
        if (longer.size() <= 10) context.schedule({1'000'000'000'000}, longer);
      })});
  engine.run(end_of_time);
  EXPECT_EQ(diary.size(), 10u);
  EXPECT_EQ(engine.events_pending(), 0u);
}

TEST(SequentialEngine, KeepsThePopulationOfPholdWhateverTheTimeItStops) {
  SequentialEngine<Phold> engine(phold_processes(9, 7, Duration{2}), Duration{2});
  for (std::int64_t until = 0; until < 200; until += 13) {
    engine.run(Time{until});
    EXPECT_EQ(engine.events_pending(), 9u * 7u);
  }
  std::uint64_t handled = 0;
  for (const Phold& process : engine.processes()) handled += process.handled();
  EXPECT_EQ(engine.events_executed(), handled);
  EXPECT_GT(handled, 1000u);
}

TEST(SequentialEngine, TwoRunsLeaveWhatOneRunLeaves) {
  SequentialEngine<Phold> whole(phold_processes(9, 7, Duration{2}), Duration{2});
  whole.run(Time{1000});
  for (const std::int64_t stop : {0, 1, 2, 499, 999, 1000}) {
    SequentialEngine<Phold> parts(phold_processes(9, 7, Duration{2}), Duration{2});
    parts.run(Time{stop});
    parts.run(Time{1000});
    EXPECT_EQ(hashes(parts.processes()), hashes(whole.processes())) << stop;
    EXPECT_EQ(parts.events_executed(), whole.events_executed()) << stop;
  }
}

TEST(SequentialEngine, AnotherSeedLeavesAnotherState) {
  SequentialEngine<Phold> one(phold_processes(9, 7, Duration{2}, 1), Duration{2});
  SequentialEngine<Phold> other(phold_processes(9, 7, Duration{2}, 2), Duration{2});
  one.run(Time{100});
  other.run(Time{100});
  EXPECT_NE(hashes(one.processes()), hashes(other.processes()));
}

// A golden value: it shows that the order or the draws have changed, not whether they are right.
TEST(SequentialEngine, PholdLeavesTheStateItAlwaysLeft) {
  SequentialEngine<Phold> engine(phold_processes(4, 5, Duration{1}), Duration{1});
  engine.run(Time{500});
  std::uint64_t state = 0;
  for (const std::uint64_t hash : hashes(engine.processes())) state = state * 31 + hash;
  EXPECT_EQ(state, 0xdf7f4570'0f7d7323u);
}

/// The words of the exception that ends a run.
std::string complaint_about(const Scripted::Act& act) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine({Scripted(diary, act), Scripted(diary, nothing)}, Duration{5});
  try {
    engine.run(Time{100});
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "";
}

TEST(SequentialEngine, RefusesWhatBreaksThePromisesOfAModel) {
  EXPECT_EQ(complaint_about([](Script& context) { context.schedule({-1}, "past"); }),
            "process 0 sends to process 0 at time 0 with a delay of -1 ticks, below zero "
            "(the lookahead is 5)");
  EXPECT_EQ(complaint_about([](Script& context) { context.send(LpId{1}, {4}, "hasty"); }),
            "process 0 sends to process 1 at time 0 with a delay of 4 ticks, below the lookahead "
            "(the lookahead is 5)");
  EXPECT_EQ(complaint_about([](Script& context) { context.send(LpId{2}, {5}, "nobody"); }),
            "process 0 sends to process 2, and there are only 2");
  EXPECT_THAT(complaint_about([](Script& c) { c.schedule(end_of_time - Time{}, "never"); }),
              HasSubstr("beyond the end of time"));
  EXPECT_THAT(complaint_about([](Script& c) {
                c.cancel({Time{9}, 0, LpId{1}, 0});
              }),
              HasSubstr("process 0 cancels an event of process 1"));
}

TEST(SequentialEngine, RefusesALookaheadBelowZero) {
  EXPECT_THROW(SequentialEngine<Phold>(std::vector<Phold>{}, Duration{-1}), std::invalid_argument);
}

// What a process has asked for before it throws must not happen in the name of another.
TEST(SequentialEngine, RefusesToGoOnAfterAnException) {
  Scripted::Diary diary;
  const auto fail = [](const Word&, Script& context) {
    context.schedule({1}, "half done");
    throw std::runtime_error("failed");
  };
  SequentialEngine<Scripted> engine({Scripted(
      diary, [](Script& context) { context.schedule({5}, "doomed"); }, fail)});
  EXPECT_THROW(engine.run(Time{10}), std::runtime_error);
  EXPECT_THROW(engine.run(Time{10}), std::logic_error);
}

TEST(SequentialEngine, RefusesToRunBackwards) {
  Scripted::Diary diary;
  SequentialEngine<Scripted> engine({Scripted(diary, nothing)});
  engine.run(Time{10});
  EXPECT_THROW(engine.run(Time{9}), std::invalid_argument);
}

}  // namespace
}  // namespace pdes
