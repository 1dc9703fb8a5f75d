#include "experiment/plan.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <numeric>
#include <optional>
#include <system_error>
#include <utility>

#include "experiment/shards.hpp"
#include "record/merge_files.hpp"
#include "record/results_file.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t most_played = 40;      ///< replications of a pilot
constexpr double longest_element = 20 * 60;   ///< seconds
constexpr std::int64_t most_elements = 1000;  ///< Slurm's own limit, if nobody has changed it

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Bytes of memory that this program uses now; 0 if the system does not say.
double memory_now() {
  std::ifstream statm("/proc/self/statm");
  double all = 0;
  double resident = 0;
  statm >> all >> resident;
  return statm ? resident * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

/// The most bytes that it has used so far.
double memory_peak() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

/// A folder for the pilot's files, removed with them.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const char* named = std::getenv("TMPDIR");
    const fs::path parent = named != nullptr && *named != '\0' ? named : "/tmp";
    std::string name = (parent / "maillage-plan-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), "cannot create " + name);
    }
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Writes replications into a shard, and gives the size of the file.
double write_shard(const Experiment& experiment, std::int64_t first,
                   std::span<const Replication> played, const fs::path& file) {
  record::write_results(file, experiment.block(first, {played.begin(), played.end()}));
  return static_cast<double>(fs::file_size(file));
}

double memory_of(const Replication& replication) {
  double bytes = 0;
  for (const RunRecord& run : replication) {
    for (const record::IndicatorDefinition& definition : record::indicator_definitions)
      bytes +=
          static_cast<double>(run.recorder.series(definition.indicator).size() * sizeof(double));
    for (const record::CommuneIndicatorDefinition& each : record::commune_indicator_definitions)
      bytes += static_cast<double>(run.recorder.communes().series(each.indicator).size() *
                                   sizeof(float));
    bytes += static_cast<double>(run.stays.size() * sizeof(record::Stay) +
                                 run.ledger.size() * sizeof(record::LedgerEntry));
  }
  return bytes;
}

double rows_of(const Replication& replication, const auto member) {
  double rows = 0;
  for (const RunRecord& run : replication) rows += static_cast<double>((run.*member).size());
  return rows;
}

double mean(std::span<const double> sample) {
  return std::accumulate(sample.begin(), sample.end(), 0.0) / static_cast<double>(sample.size());
}

Expected exactly(double value) { return {value, value, value}; }

Expected within(double value, double share) {
  return {value, value * (1 - share), value * (1 + share)};
}

Expected operator+(const Expected& a, const Expected& b) {
  return {a.value + b.value, a.low + b.low, a.high + b.high};
}

/// The sum over the first `count` replications of a run, of which the pilot has played some.
Expected sum_of_first(std::span<const double> played, std::int64_t count) {
  const std::size_t known = std::min(played.size(), static_cast<std::size_t>(count));
  const Expected seen = exactly(mean(played.first(known)) * static_cast<double>(known));
  if (known == static_cast<std::size_t>(count)) return seen;
  return seen + sum_of_further(played, static_cast<double>(count) - static_cast<double>(known));
}

}  // namespace

Expected sum_of_further(std::span<const double> sample, double count) {
  assert(!sample.empty());
  const double n = static_cast<double>(sample.size());
  const double average = mean(sample);
  if (sample.size() == 1) return {count * average, count * average / 2, count * average * 2};
  double squares = 0;
  for (const double value : sample) squares += (value - average) * (value - average);
  const double deviation = std::sqrt(squares / (n - 1));
  const boost::math::students_t law(n - 1);
  const double half =
      boost::math::quantile(law, 0.975) * deviation * std::sqrt(count * count / n + count);
  return {count * average, std::max(0.0, count * average - half), count * average + half};
}

Pilot play_pilot(const Experiment& experiment, int threads, double seconds) {
  const auto start = Clock::now();
  const std::int64_t total = experiment.scenario().replications;
  const std::int64_t most = std::min(total, std::max<std::int64_t>(most_played, threads));
  const std::int64_t least = std::min(total, std::max<std::int64_t>(2, threads));
  Pilot pilot;
  pilot.threads = static_cast<int>(std::min<std::int64_t>(threads, least));
  pilot.memory_before = memory_now();

  std::vector<Replication> played(static_cast<std::size_t>(most));
  std::vector<double> durations(static_cast<std::size_t>(most));
  std::atomic<std::int64_t> next = 0;
  const std::atomic<bool> never = false;
  const auto play = [&] {
    for (;;) {
      const std::int64_t number = next++;
      if (number >= most || (number >= least && seconds_since(start) >= seconds)) return;
      const auto began = Clock::now();
      std::optional<Replication> one =
          experiment.simulate(static_cast<std::uint32_t>(number), never);
      durations[static_cast<std::size_t>(number)] = seconds_since(began);
      played[static_cast<std::size_t>(number)] = std::move(*one);
    }
  };
  std::vector<std::future<void>> players;
  for (int i = 0; i < pilot.threads; ++i) players.push_back(std::async(std::launch::async, play));
  for (std::future<void>& player : players) player.get();
  // The numbers are given out in order, so what was played has no gap.
  while (played.back().empty()) played.pop_back();
  durations.resize(played.size());
  pilot.replication_seconds = std::move(durations);

  for (const Replication& replication : played) {
    pilot.stays.push_back(rows_of(replication, &RunRecord::stays));
    pilot.ledger.push_back(rows_of(replication, &RunRecord::ledger));
    pilot.memory_per_replication = std::max(pilot.memory_per_replication, memory_of(replication));
  }
  // Two shards, and the file that they are joined into, written as a run writes them.
  const std::size_t small = std::max<std::size_t>(1, played.size() / 4);
  const std::span<const Replication> all(played);
  const TemporaryFolder folder;
  std::vector<fs::path> shards{folder.path() / "first.h5"};
  pilot.small_count = static_cast<std::int64_t>(small);
  pilot.small_file = write_shard(experiment, 0, all.first(small), shards.front());
  pilot.large_file = pilot.small_file;
  const auto write_start = Clock::now();
  if (played.size() > small) {
    shards.push_back(folder.path() / "rest.h5");
    write_shard(experiment, pilot.small_count, all.subspan(small), shards.back());
    const fs::path whole = folder.path() / "whole.h5";
    record::MergeOptions what_is_there;
    what_is_there.partial = true;
    record::merge_files(shards, whole, what_is_there);
    pilot.large_file = static_cast<double>(fs::file_size(whole));
  }
  pilot.write_seconds = seconds_since(write_start);
  pilot.memory_peak = memory_peak();
  pilot.seconds = seconds_since(start);
  return pilot;
}

Plan plan(const Experiment& experiment, const Pilot& pilot, std::int64_t replications,
          int threads) {
  const scenario::Scenario& scenario = experiment.scenario();
  const double count = static_cast<double>(replications);
  const double played = static_cast<double>(pilot.replication_seconds.size());
  Plan cost;
  cost.threads = threads;
  cost.strategies = static_cast<std::int64_t>(scenario.strategies.size());
  cost.replications = replications;
  cost.simulations = cost.strategies * replications;
  cost.shards = (replications + shard_size - 1) / shard_size;

  const double busy = std::min(count, static_cast<double>(threads));
  const Expected work = sum_of_further(pilot.replication_seconds, count);
  const double last = busy > 1 ? mean(pilot.replication_seconds) / 2 : 0;
  const double writing = pilot.write_seconds / played * count;
  cost.seconds = {work.value / busy + last + writing, work.low / busy,
                  work.high / busy + 2 * last + 2 * writing};

  // What replications leave: those that wait for their shard, and those that are read, and written,
  // at a time while files are joined.
  const auto held = [&](double waiting, double joined) {
    const auto buffer = static_cast<double>(record::MergeOptions{}.most_in_memory);
    return waiting * pilot.memory_per_replication +
           2 * std::min(joined * pilot.memory_per_replication, buffer);
  };
  const double simulating =
      std::max(0.0, pilot.memory_peak - pilot.memory_before - held(played, played));
  const double waiting = static_cast<double>(shard_size) + 2 * static_cast<double>(threads);
  cost.memory =
      within(pilot.memory_before + simulating / static_cast<double>(pilot.threads) * busy +
                 held(waiting, count),
             1.0 / 3);

  const Expected stays = sum_of_first(pilot.stays, replications);
  const Expected ledger = sum_of_first(pilot.ledger, replications);
  const double growth = played > static_cast<double>(pilot.small_count)
                            ? (pilot.large_file - pilot.small_file) /
                                  (played - static_cast<double>(pilot.small_count))
                            : 0;
  const double fixed = std::max(0.0, pilot.large_file - growth * played);
  const double rows = stays.value + ledger.value;
  const double spread = rows > 0 ? (stays.high + ledger.high) / rows - 1 : 0;
  cost.results = exactly(fixed) + within(growth * count, std::min(1.0, 0.2 + spread));
  const double headers = fixed * static_cast<double>(cost.shards);
  cost.disk = cost.results + exactly(headers) + within(growth * count, std::min(1.0, 0.2 + spread));

  const auto months = static_cast<double>(experiment.calendar().months());
  cost.tables = {
      {"indicators", exactly(static_cast<double>(cost.simulations) * months *
                             static_cast<double>(record::indicator_count))},
      {"communes", exactly(static_cast<double>(cost.simulations) * std::floor(months / 12) *
                           static_cast<double>(experiment.map().communes().size() *
                                               record::commune_indicator_count))},
      {"stays", stays},
      {"ledger", ledger}};
  return cost;
}

std::int64_t elements_of_array(const Experiment& experiment, const Pilot& pilot, int threads) {
  const std::int64_t replications = experiment.scenario().replications;
  const double seconds = plan(experiment, pilot, replications, threads).seconds.value;
  const auto wanted = static_cast<std::int64_t>(std::ceil(seconds / longest_element));
  return std::clamp<std::int64_t>(wanted, 1, std::min(replications, most_elements));
}

}  // namespace experiment
