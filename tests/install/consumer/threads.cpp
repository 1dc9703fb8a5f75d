/// A stranger's program on several threads: two players who send a ball to and fro.

#include <cstdint>
#include <pdes/parallel_engine.hpp>

struct Player {
  using Payload = int;
  using Context = pdes::Context<int>;

  void start(Context& context) {
    if (context.self() == pdes::LpId{0}) context.send(pdes::LpId{1}, {10}, 1);
  }
  void handle(int touches, Context& context) {
    last = touches;
    const pdes::LpId other{1 - static_cast<std::uint32_t>(context.self())};
    context.send(other, {10}, touches + 1);
  }

  int last = 0;
};

int main() {
  pdes::ParallelEngine<Player> engine({Player(), Player()}, pdes::Duration{10}, {.threads = 2});
  engine.run(pdes::Time{101});
  return engine.processes()[0].last == 10 && engine.processes()[1].last == 9 ? 0 : 1;
}
