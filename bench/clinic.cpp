/// A clinic of equal doctors, M/M/c: what a customer costs who passes through the resource layer
/// and the engine. Measured next to a bare loop which knows when each doctor is free, with the same
/// draws and nothing else; the ratio of the two is what generality costs.

#include <algorithm>
#include <boost/program_options.hpp>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "pdes/resource.hpp"
#include "pdes/sample.hpp"
#include "pdes/sequential_engine.hpp"
#include "pdes/stream.hpp"

namespace {

using pdes::Duration;
using pdes::Time;

constexpr double ticks_per_service = 1e6;  // a mean service is a million ticks

struct Options {
  std::uint32_t customers = 1'000'000;
  int servers = 10;
  double load = 0.9;
  int repeat = 5;
  std::uint64_t seed = 1;
  bool json = false;
};

/// What chance gives to one customer.
struct Customer {
  Duration gap;      ///< since the customer before
  Duration service;  ///< whoever serves them
};

/// One block of Philox and two logarithms per customer.
Customer draw(const Options& options, std::uint32_t number) {
  pdes::Stream stream({.seed = options.seed, .entity = number});
  const double gap = pdes::unit_exponential(stream) / (options.load * options.servers);
  const double service = pdes::unit_exponential(stream);
  return {{std::llround(ticks_per_service * gap)}, {std::llround(ticks_per_service * service)}};
}

/// What a loop found, and how long it took.
struct Outcome {
  Duration total_wait;
  double seconds = 0;
};

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

enum class Happening { arrival, departure };

/// The logical process, as a user of the library writes it.
class Clinic {
 public:
  using Payload = Happening;
  using Context = pdes::Context<Happening>;

  explicit Clinic(const Options& options) : options_(&options), pool_(options.servers) {}

  void start(Context& context) { await_customer(context); }

  void handle(Happening happening, Context& context) {
    if (happening == Happening::arrival) {
      const Duration service = next_.service;
      if (pool_.request(service, context.now()).admission == pdes::Admission::started) {
        context.schedule(service, Happening::departure);
      }
      if (drawn_ < options_->customers) await_customer(context);
    } else if (const auto next = pool_.release(context.now())) {
      context.schedule(next->customer, Happening::departure);
    }
  }

  Duration total_wait(Time now) const { return pool_.total_wait(now); }

 private:
  void await_customer(Context& context) {
    next_ = draw(*options_, drawn_++);
    context.schedule(next_.gap, Happening::arrival);
  }

  const Options* options_;
  pdes::ServerPool<Duration> pool_;  // of a customer, the pool keeps how long they will be served
  Customer next_;
  std::uint32_t drawn_ = 0;
};

Outcome run_kernel(const Options& options) {
  const Stopwatch watch;
  pdes::SequentialEngine<Clinic> engine({Clinic(options)});
  engine.run(pdes::end_of_time);
  const double seconds = watch.seconds();
  return {engine.processes().front().total_wait(pdes::end_of_time), seconds};
}

/// First come, first served: each customer takes the server who is free first (Kiefer and
/// Wolfowitz, "On the theory of queues with many servers", 1955). No events at all.
Outcome run_bare_loop(const Options& options) {
  const Stopwatch watch;
  std::vector<Time> free(static_cast<std::size_t>(options.servers));  // since when, or from when on
  Outcome outcome;
  Time now;
  for (std::uint32_t number = 0; number < options.customers; ++number) {
    const Customer customer = draw(options, number);
    now = now + customer.gap;
    Time& first_free = *std::min_element(free.begin(), free.end());
    const Time start = std::max(now, first_free);
    outcome.total_wait = outcome.total_wait + (start - now);
    first_free = start + customer.service;
  }
  outcome.seconds = watch.seconds();
  return outcome;
}

/// The fastest of the runs: what the machine can do when nothing else disturbs it.
void keep_fastest(Outcome& best, const Outcome& outcome) {
  if (outcome.seconds < best.seconds) best = outcome;
}

void measure(const Options& options) {
  Outcome kernel{{}, std::numeric_limits<double>::infinity()}, bare = kernel;
  for (int i = 0; i < options.repeat; ++i) {
    keep_fastest(kernel, run_kernel(options));
    keep_fastest(bare, run_bare_loop(options));
  }
  const bool same_wait = kernel.total_wait == bare.total_wait;
  const double rate = options.customers / kernel.seconds;
  const double bare_rate = options.customers / bare.seconds;
  const double mean_wait =
      static_cast<double>(kernel.total_wait.ticks) / ticks_per_service / options.customers;
  if (options.json) {
    const nlohmann::ordered_json report{{"customers", options.customers},
                                        {"servers", options.servers},
                                        {"load", options.load},
                                        {"mean_wait_in_services", mean_wait},
                                        {"seconds", kernel.seconds},
                                        {"customers_per_s", rate},
                                        {"bare_loop_customers_per_s", bare_rate},
                                        {"kernel_to_bare", rate / bare_rate},
                                        {"same_wait", same_wait}};
    std::cout << report.dump(2) << '\n';
  } else {
    std::cout << "mean wait        " << mean_wait << " services"
              << (same_wait ? "" : " (not the same in both)") << "\ncustomers_per_s  " << rate
              << "\nbare loop        " << bare_rate << "\nkernel / bare    " << rate / bare_rate
              << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  po::options_description options("clinic");
  const auto add = [&options](const char* name, auto& value, const char* text) {
    options.add_options()(name, po::value(&value)->default_value(value), text);
  };
  options.add_options()("help", "show this help");
  add("customers", o.customers, "who come, one after another");
  add("servers", o.servers, "who share the queue");
  add("load", o.load, "share of the time that a server is busy, under 1");
  add("repeat", o.repeat, "the fastest run counts");
  add("seed", o.seed, "root of the random streams");
  options.add_options()("json", po::bool_switch(&o.json), "print JSON");
  po::variables_map given;
  po::store(po::parse_command_line(argc, argv, options), given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  if (o.customers == 0 || o.servers < 1 || o.repeat < 1 || !(o.load > 0 && o.load < 1)) {
    throw po::error(
        "--customers, --servers and --repeat are at least 1, --load is between 0 and 1");
  }
  measure(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "clinic: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "clinic: " << error.what() << '\n';
  return 70;
}
