/// PHOLD without a kernel: the ceiling that an engine is measured against.
#pragma once

#include <algorithm>
#include <array>
#include <barrier>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "pdes/sample.hpp"
#include "pdes/stream.hpp"

namespace bench {

/// The mean of the exponential, and what a lookahead is a multiple of so that it can be halved.
inline constexpr std::int64_t ticks_per_mean = 1'280'000, ticks_per_step = 1024;

/// The load: every event schedules one, after the lookahead and an exponential time with mean one.
struct Phold {
  std::uint32_t lps = 10'000;
  std::uint32_t population = 1;  ///< events per process
  double remote = 0.1;           ///< share of them that goes to a process chosen at random
  std::int64_t lookahead = ticks_per_mean / 10;  ///< in ticks
  std::uint32_t memory = 0;  ///< words of a process, of which each event changes one
  std::uint64_t seed = 1;
};

/// Where an event leads, and how long it takes.
struct Hop {
  std::uint32_t target = 0;
  std::int64_t delay = 0;
};

/// One block of Philox and one logarithm per hop.
inline Hop next_hop(const Phold& load, std::uint32_t self, std::uint32_t sent) {
  pdes::Stream stream({.seed = load.seed, .entity = self, .index = sent});
  const double u = stream.uniform();
  const double exponential = pdes::unit_exponential(stream);
  const std::uint32_t target =
      u < load.remote ? static_cast<std::uint32_t>(u / load.remote * load.lps) : self;
  return {target, load.lookahead + static_cast<std::int64_t>(exponential * ticks_per_mean)};
}

/// What a process remembers.
struct LpState {
  std::uint32_t sent = 0;
  std::uint64_t sum_of_times = 0;     ///< tells whether two loops executed the same events
  std::vector<std::uint64_t> memory;  ///< of a large process

  void handle(std::int64_t now) {
    sum_of_times += static_cast<std::uint64_t>(now);
    if (memory.empty()) return;
    constexpr std::uint64_t scatter = 0x9E37'79B9'7F4A'7C15u;
    memory[(static_cast<std::uint64_t>(now) * scatter >> 32) % memory.size()] += 1;
  }
};

/// What a loop did.
struct Outcome {
  std::uint64_t events = 0;
  std::uint64_t sum_of_times = 0;
  bool operator==(const Outcome&) const = default;
};

/// The loop that somebody would write who needs PHOLD and nothing else: an array of states, a ring
/// of buckets, each sorted when it is reached. A lookahead is a number of buckets, so nothing
/// arrives in a bucket that is sorted already. With several threads, each has a slice of the
/// processes and a ring, and they exchange messages once per lookahead.
class BarePhold {
 public:
  BarePhold(const Phold& load, unsigned threads)
      : load_(load),
        lps_(load.lps, LpState{.memory = std::vector<std::uint64_t>(load.memory)}),
        barrier_(static_cast<std::ptrdiff_t>(threads)) {
    const std::uint64_t in_lookahead = std::uint64_t{load.lps} * load.population / threads *
                                       static_cast<std::uint64_t>(load.lookahead) /
                                       static_cast<std::uint64_t>(load.lookahead + ticks_per_mean);
    constexpr std::uint64_t good_bucket = 2048;
    steps_ = static_cast<std::int64_t>(
        std::min<std::uint64_t>(ticks_per_step, std::bit_ceil(in_lookahead / good_bucket + 1)));
    width_ = load.lookahead / steps_;
    const std::int64_t reach = 40 * ticks_per_mean + load.lookahead;  // no draw goes further
    for (unsigned t = 0; t < threads; ++t) {
      workers_.push_back(std::make_unique<Worker>());
      workers_.back()->begin = slice_begin(t, threads);
      workers_.back()->end = slice_begin(t + 1, threads);
      workers_.back()->ring.resize(std::bit_ceil(static_cast<std::size_t>(reach / width_ + 2)));
      for (auto& mail : workers_.back()->mail) mail.resize(threads);
    }
  }

  /// Executes what happens before `until`. Requires a multiple of the lookahead.
  void run(std::int64_t until) {
    std::vector<std::thread> others;
    for (std::size_t t = 1; t < workers_.size(); ++t) {
      others.emplace_back([this, t, until] { work(t, until); });
    }
    work(0, until);
    for (std::thread& other : others) other.join();
    now_ = until;
  }

  Outcome outcome() const {
    Outcome outcome;
    for (const auto& worker : workers_) outcome.events += worker->events;
    for (const LpState& lp : lps_) outcome.sum_of_times += lp.sum_of_times;
    return outcome;
  }

 private:
  struct Item {
    std::int64_t at;
    std::uint32_t lp;
  };
  using Items = std::vector<Item>;

  struct Worker {
    std::uint32_t begin = 0, end = 0;
    std::vector<Items> ring;
    std::array<std::vector<Items>, 2> mail;  ///< by turn, for each other worker
    std::size_t turn = 0;
    Items sorted;
    std::vector<std::uint32_t> bins;
    std::uint64_t events = 0;
  };

  std::uint32_t slice_begin(std::size_t t, std::size_t threads) const {
    return static_cast<std::uint32_t>(t * load_.lps / threads);
  }

  void note(Worker& worker, const Item& item) const {
    worker.ring[static_cast<std::size_t>(item.at / width_) & (worker.ring.size() - 1)].push_back(
        item);
  }

  void pass_on(Worker& mine, std::int64_t now, std::uint32_t lp) {
    const Hop hop = next_hop(load_, lp, lps_[lp].sent++);
    const Item item{now + hop.delay, hop.target};
    if (mine.begin <= hop.target && hop.target < mine.end) {
      note(mine, item);
    } else {
      std::size_t to = hop.target * workers_.size() / load_.lps;
      while (hop.target >= workers_[to]->end) ++to;
      mine.mail[mine.turn][to].push_back(item);
    }
  }

  void work(std::size_t self, std::int64_t until) {
    Worker& mine = *workers_[self];
    if (now_ == 0) {
      for (std::uint32_t lp = mine.begin; lp < mine.end; ++lp) {
        for (std::uint32_t i = 0; i < load_.population; ++i) pass_on(mine, 0, lp);
      }
    }
    for (std::int64_t window = now_; window < until; window += steps_ * width_) {
      if (workers_.size() > 1) exchange(self);
      for (std::int64_t step = 0; step < steps_; ++step) {
        const std::int64_t begin = window + step * width_;
        if (begin >= until) break;
        Items& bucket =
            mine.ring[static_cast<std::size_t>(begin / width_) & (mine.ring.size() - 1)];
        sort(bucket, begin, mine);
        bucket.clear();
        const std::size_t n = mine.sorted.size();
        for (std::size_t i = 0; i < n; ++i) {
          if (i + 12 < n) __builtin_prefetch(&lps_[mine.sorted[i + 12].lp], 1);
          const Item item = mine.sorted[i];
          lps_[item.lp].handle(item.at);
          pass_on(mine, item.at, item.lp);
        }
        mine.events += n;
      }
    }
  }

  void exchange(std::size_t self) {
    Worker& mine = *workers_[self];
    barrier_.arrive_and_wait();
    const std::size_t arriving = std::exchange(mine.turn, 1 - mine.turn);
    for (const auto& other : workers_) {
      Items& letters = other->mail[arriving][self];
      for (const Item& item : letters) note(mine, item);
      letters.clear();
    }
  }

  /// By bins, then by insertion.
  void sort(const Items& bucket, std::int64_t begin, Worker& worker) const {
    const auto n_bins = std::max<std::size_t>(64, bucket.size());
    const double scale = static_cast<double>(n_bins) / static_cast<double>(width_);
    const auto bin_of = [&](const Item& item) {
      return static_cast<std::size_t>(static_cast<double>(item.at - begin) * scale);
    };
    worker.bins.assign(n_bins + 1, 0);
    for (const Item& item : bucket) ++worker.bins[bin_of(item)];
    std::uint32_t before = 0;
    for (std::uint32_t& bin : worker.bins) before += std::exchange(bin, before);
    worker.sorted.resize(bucket.size());
    for (const Item& item : bucket) worker.sorted[worker.bins[bin_of(item)]++] = item;
    for (std::size_t i = 1; i < worker.sorted.size(); ++i) {
      const Item item = worker.sorted[i];
      std::size_t hole = i;
      for (; hole > 0 && item.at < worker.sorted[hole - 1].at; --hole) {
        worker.sorted[hole] = worker.sorted[hole - 1];
      }
      worker.sorted[hole] = item;
    }
  }

  Phold load_;
  std::vector<LpState> lps_;
  std::int64_t steps_ = 1;  ///< buckets in a lookahead
  std::int64_t width_ = 1;  ///< of a bucket, in ticks
  std::vector<std::unique_ptr<Worker>> workers_;
  std::barrier<> barrier_;
  std::int64_t now_ = 0;
};

}  // namespace bench
