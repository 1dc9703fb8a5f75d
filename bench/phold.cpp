/// PHOLD (Fujimoto 1990): messages that wander between processes, a load with nothing but the cost
/// of the kernel. Measured next to a bare loop, a `std::priority_queue` that executes the same
/// events with the same draws and nothing else; the ratio of the two is what the kernel costs.
/// With `--threads`, the parallel engine joins them, on one thread and on so many.

#include <algorithm>
#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "pdes/parallel_engine.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/stream.hpp"

namespace {

constexpr double ticks_per_delay = 1e6;  // a mean delay is a million ticks

struct Options {
  std::uint32_t lps = 1024;
  std::uint32_t population = 16;
  double remote = 0.1;
  double lookahead = 0.1;
  double end = 100;
  int repeat = 3;
  unsigned threads = 0;
  std::uint64_t seed = 1;
  std::string pending = "heap";
  bool json = false;
};

/// Where a message goes next, and when it arrives.
struct Hop {
  std::uint32_t target = 0;
  pdes::Duration delay;
};

/// The lookahead, then an exponential time; the mean is one delay. One block of Philox per hop.
Hop next_hop(const Options& options, std::uint32_t self, std::uint32_t sent) {
  pdes::Stream stream({.seed = options.seed, .entity = self, .index = sent});
  const double u = stream.uniform();
  const double exponential = pdes::unit_exponential(stream);
  Hop hop;
  hop.target =
      u < options.remote ? static_cast<std::uint32_t>(u / options.remote * options.lps) : self;
  const double delay = options.lookahead + (1 - options.lookahead) * exponential;
  hop.delay = {std::llround(ticks_per_delay * delay)};
  return hop;
}

struct Message {};

class Phold {
 public:
  using Payload = Message;

  explicit Phold(const Options& options) : options_(&options) {}

  void start(pdes::Context<Message>& context) {
    for (std::uint32_t i = 0; i < options_->population; ++i) pass_on(context);
  }
  void handle(Message, pdes::Context<Message>& context) {
    sum_of_times_ += static_cast<std::uint64_t>(context.now().ticks);
    pass_on(context);
  }
  std::uint64_t sum_of_times() const { return sum_of_times_; }

 private:
  void pass_on(pdes::Context<Message>& context) {
    const Hop hop = next_hop(*options_, static_cast<std::uint32_t>(context.self()), sent_++);
    context.send(pdes::LpId(hop.target), hop.delay, {});
  }

  const Options* options_;
  std::uint32_t sent_ = 0;
  std::uint64_t sum_of_times_ = 0;  ///< tells whether two loops executed the same events
};

/// What a loop did, and how long it took.
struct Outcome {
  std::uint64_t events = 0;
  std::uint64_t sum_of_times = 0;
  double seconds = 0;
};

pdes::Time end_of(const Options& options) { return {std::llround(options.end * ticks_per_delay)}; }

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

template <template <class> class Pending>
Outcome run_kernel(const Options& options) {
  const Stopwatch watch;
  const pdes::Duration lookahead{
      static_cast<std::int64_t>(std::floor(options.lookahead * ticks_per_delay))};
  pdes::SequentialEngine<Phold, Pending> engine({options.lps, Phold(options)}, lookahead);
  engine.run(end_of(options));
  Outcome outcome{engine.events_executed(), 0, watch.seconds()};
  for (const Phold& process : engine.processes()) outcome.sum_of_times += process.sum_of_times();
  return outcome;
}

Outcome run_parallel(const Options& options, unsigned threads) {
  const Stopwatch watch;
  const pdes::Duration lookahead{
      static_cast<std::int64_t>(std::floor(options.lookahead * ticks_per_delay))};
  pdes::ParallelEngine<Phold> engine({options.lps, Phold(options)}, lookahead,
                                     {.threads = threads});
  engine.run(end_of(options));
  Outcome outcome{engine.events_executed(), 0, watch.seconds()};
  for (const Phold& process : engine.processes()) outcome.sum_of_times += process.sum_of_times();
  return outcome;
}

Outcome run_bare_loop(const Options& options) {
  const Stopwatch watch;
  using Entry = std::pair<std::int64_t, std::uint32_t>;  // when, who
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<std::uint32_t> sent(options.lps, 0);
  const auto pass_on = [&](std::int64_t now, std::uint32_t self) {
    const Hop hop = next_hop(options, self, sent[self]++);
    queue.emplace(now + hop.delay.ticks, hop.target);
  };
  for (std::uint32_t self = 0; self < options.lps; ++self)
    for (std::uint32_t i = 0; i < options.population; ++i) pass_on(0, self);
  Outcome outcome;
  const std::int64_t end = end_of(options).ticks;
  while (!queue.empty() && queue.top().first < end) {
    const auto [now, self] = queue.top();
    queue.pop();
    ++outcome.events;
    outcome.sum_of_times += static_cast<std::uint64_t>(now);
    pass_on(now, self);
  }
  outcome.seconds = watch.seconds();
  return outcome;
}

/// The fastest of the runs: what the machine can do when nothing else disturbs it.
void keep_fastest(Outcome& best, const Outcome& outcome, bool first) {
  if (first || outcome.seconds < best.seconds) best = outcome;
}

void measure(const Options& options) {
  const auto run = options.pending == "heap" ? run_kernel<pdes::HeapEventSet>
                                             : run_kernel<pdes::CalendarEventSet>;
  Outcome kernel, bare;
  for (int i = 0; i < options.repeat; ++i) {
    keep_fastest(kernel, run(options), i == 0);
    keep_fastest(bare, run_bare_loop(options), i == 0);
  }
  const bool same_events = kernel.events == bare.events && kernel.sum_of_times == bare.sum_of_times;
  const double rate = static_cast<double>(kernel.events) / kernel.seconds;
  const double bare_rate = static_cast<double>(bare.events) / bare.seconds;
  if (options.json) {
    const nlohmann::ordered_json report{{"engine", "sequential"},
                                        {"pending", options.pending},
                                        {"lps", options.lps},
                                        {"population", options.population},
                                        {"remote", options.remote},
                                        {"lookahead", options.lookahead},
                                        {"end", options.end},
                                        {"events", kernel.events},
                                        {"seconds", kernel.seconds},
                                        {"events_per_s", rate},
                                        {"bare_loop_events_per_s", bare_rate},
                                        {"kernel_to_bare", rate / bare_rate},
                                        {"same_events", same_events}};
    std::cout << report.dump(2) << '\n';
  } else {
    std::cout << "events         " << kernel.events
              << (same_events ? "" : " (not the same in both)") << "\nevents_per_s   " << rate
              << "\nbare loop      " << bare_rate << "\nkernel / bare  " << rate / bare_rate
              << '\n';
  }
}

/// All engines and the bare loop, in turn, next to the sequential engine.
void compare_threads(const Options& options) {
  struct Row {
    std::string loop;
    std::function<Outcome()> run;
    Outcome best = {};
  };
  const unsigned threads = options.threads;
  std::vector<Row> rows{
      {"sequential engine, heap", [&] { return run_kernel<pdes::HeapEventSet>(options); }},
      {"sequential engine, calendar", [&] { return run_kernel<pdes::CalendarEventSet>(options); }},
      {"parallel engine, 1 thread", [&] { return run_parallel(options, 1); }},
      {"parallel engine, " + std::to_string(threads) + " threads",
       [&] { return run_parallel(options, threads); }},
      {"bare loop", [&] { return run_bare_loop(options); }},
  };
  for (int i = 0; i < options.repeat; ++i) {
    for (Row& row : rows) keep_fastest(row.best, row.run(), i == 0);
  }
  const Outcome& reference = rows.front().best;
  auto report = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    const bool same_events =
        row.best.events == reference.events && row.best.sum_of_times == reference.sum_of_times;
    const double rate = static_cast<double>(row.best.events) / row.best.seconds;
    const double ratio = reference.seconds / row.best.seconds;
    report.push_back({{"loop", row.loop},
                      {"events_per_s", rate},
                      {"to_sequential", ratio},
                      {"same_events", same_events}});
    if (!options.json) {
      std::cout << std::left << std::setw(29) << row.loop << std::right << std::setw(12)
                << std::llround(rate) << " events_per_s   x " << std::fixed << std::setprecision(2)
                << ratio << (same_events ? "" : " (not the same events)") << '\n';
    }
  }
  if (options.json) std::cout << report.dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  po::options_description options("phold");
  options.add_options()("help", "show this help")("lps", po::value(&o.lps)->default_value(o.lps),
                                                  "logical processes")(
      "population", po::value(&o.population)->default_value(o.population), "messages per process")(
      "remote", po::value(&o.remote)->default_value(o.remote), "share sent to a random process")(
      "lookahead", po::value(&o.lookahead)->default_value(o.lookahead), "in mean delays, under 1")(
      "end", po::value(&o.end)->default_value(o.end), "end of the run, in mean delays")(
      "repeat", po::value(&o.repeat)->default_value(o.repeat), "the fastest run counts")(
      "threads", po::value(&o.threads)->default_value(o.threads),
      "compare with the parallel engine on so many; 0: the sequential engine alone")(
      "seed", po::value(&o.seed)->default_value(o.seed), "root of the random streams")(
      "pending", po::value(&o.pending)->default_value(o.pending), "heap or calendar")(
      "json", po::bool_switch(&o.json), "print JSON");
  po::variables_map given;
  po::store(po::parse_command_line(argc, argv, options), given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  if (o.lps == 0 || o.population == 0 || o.repeat < 1 || o.remote < 0 || o.remote > 1 ||
      o.lookahead < 0 || o.lookahead >= 1 || o.end < 0) {
    throw po::error(
        "--lps, --population and --repeat are at least 1, --remote in [0, 1], "
        "--lookahead in [0, 1), --end at least 0");
  }
  if (o.pending != "heap" && o.pending != "calendar") {
    throw po::error("--pending is heap or calendar");
  }
  if (o.threads > 0 && o.lookahead * ticks_per_delay < 1) {
    throw po::error("--threads needs a --lookahead of at least one tick, a millionth of a delay");
  }
  o.threads > 0 ? compare_threads(o) : measure(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "phold: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "phold: " << error.what() << '\n';
  return 70;
}
