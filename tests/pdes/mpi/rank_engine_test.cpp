/// The parallel engine on ranks, when a model fails. What it leaves when nothing fails is the
/// digest grid's to show. Every rank runs the same tests in step.

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "pdes/mpi_link.hpp"
#include "pdes/parallel_engine.hpp"

namespace pdes {
namespace {

/// Ticks every three ticks until it breaks.
struct Fragile {
  using Payload = std::uint64_t;
  std::int64_t breaks_at = 0;

  void start(Context<Payload>& context) { context.schedule({3}, 0); }
  void handle(Payload, Context<Payload>& context) {
    if (context.now() >= Time{breaks_at}) {
      throw std::domain_error("process " +
                              std::to_string(static_cast<std::uint32_t>(context.self())) +
                              " breaks at " + std::to_string(context.now().ticks));
    }
    context.schedule({3}, 0);
  }
};

// All ranks fail in the same window, the last of them first.
TEST(ParallelEngineOnRanks, EndsOnAllRanksWithTheFailureThatCameFirst) {
  MpiLink link;
  const std::size_t last = link.ranks() - 1;
  const std::int64_t breaks_at = 60 - 3 * static_cast<std::int64_t>(link.rank());
  std::vector<Fragile> mine(4, Fragile{1'000});
  mine[2].breaks_at = breaks_at;
  ParallelEngine<Fragile, CalendarEventSet, NoObserver, MpiLink> engine(link, mine, Duration{30},
                                                                        {.threads = 2});
  std::string text;
  try {
    engine.run(Time{500});
  } catch (const std::exception& error) {
    text = error.what();
  }
  const std::string failure = "process " + std::to_string(4 * last + 2) + " breaks at " +
                              std::to_string(60 - 3 * static_cast<std::int64_t>(last));
  EXPECT_EQ(text,
            link.rank() == last ? failure : "on rank " + std::to_string(last) + ": " + failure);
  EXPECT_THROW(engine.run(Time{600}), std::logic_error);
}

}  // namespace
}  // namespace pdes
