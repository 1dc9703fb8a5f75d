/// PHOLD made difficult: a random population of messages with ties in time, zero delays within a
/// process, and a hash that notices any change in what a process sees or in which order.
#pragma once

#include <cstdint>
#include <vector>

#include "pdes/process.hpp"
#include "pdes/sample.hpp"
#include "pdes/snapshot.hpp"
#include "pdes/stream.hpp"

namespace pdes::test {

/// One process. Each message that it handles sends one: to itself, perhaps with no delay, or to a
/// process chosen at random, with probability `remote`. Delays are a few ticks, so most messages
/// are tied.
class Phold {
 public:
  using Payload = std::uint64_t;  ///< the name of a message, kept through its life

  Phold(std::uint32_t processes, int population, Duration lookahead, std::uint64_t seed = 1,
        double remote = 0.4)
      : processes_(processes),
        population_(population),
        lookahead_(lookahead),
        seed_(seed),
        remote_(remote) {}

  void start(Context<Payload>& context) {
    for (int message = 0; message < population_; ++message) pass_on(hash_ + 1, context);
  }

  void handle(Payload message, Context<Payload>& context) {
    const auto now = static_cast<std::uint64_t>(context.now().ticks);
    hash_ = (hash_ ^ message ^ now) * 0x9E37'79B9'7F4A'7C15u;
    hash_ ^= hash_ >> 29;
    ++handled_;
    pass_on(message, context);
  }

  void save(StateWriter& to) const { to.write(hash_, handled_, sent_); }
  void load(StateReader& from) { from.read(hash_, handled_, sent_); }

  std::uint64_t hash() const { return hash_; }
  std::uint64_t handled() const { return handled_; }

 private:
  void pass_on(Payload message, Context<Payload>& context) {
    Stream stream(
        {.seed = seed_, .entity = static_cast<std::uint32_t>(context.self()), .index = sent_++});
    const auto below = [&stream](std::uint32_t n) {
      return static_cast<std::uint32_t>(stream.uniform() * n);
    };
    const bool remote = bernoulli(stream, remote_);
    const auto target = LpId(below(processes_));
    const Duration delay{below(4)};
    const auto priority = static_cast<std::int16_t>(below(2));
    const Payload next = message * 3 + 1;
    if (remote) {
      context.send(target, lookahead_ + delay, next, priority);
    } else {
      context.schedule(delay, next, priority);
    }
  }

  std::uint32_t processes_;
  int population_;
  Duration lookahead_;
  std::uint64_t seed_;
  double remote_;
  std::uint64_t hash_ = 0;
  std::uint64_t handled_ = 0;
  std::uint32_t sent_ = 0;
};

inline std::vector<Phold> phold_processes(std::uint32_t processes, int population,
                                          Duration lookahead, std::uint64_t seed = 1,
                                          double remote = 0.4) {
  return {processes, Phold(processes, population, lookahead, seed, remote)};
}

/// What the processes have seen, in the order of their ids.
inline std::vector<std::uint64_t> hashes(const std::vector<Phold>& processes) {
  std::vector<std::uint64_t> all;
  all.reserve(processes.size());
  for (const Phold& process : processes) all.push_back(process.hash());
  return all;
}

}  // namespace pdes::test
