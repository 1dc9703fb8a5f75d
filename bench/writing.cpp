/// What writing costs beside simulating: the processor's time for the shards of a run (labelling,
/// compressing, hashing, syncing) and for the final merge, as a share of the whole run. One thread
/// does one thing after the other, so that each can be timed alone; in a run shards are written
/// while others simulate. Waiting for the disk takes no processor: it stands in a column of its
/// own.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/program_options.hpp>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "experiment/experiment.hpp"
#include "record/merge_files.hpp"
#include "record/results_file.hpp"

namespace {

namespace fs = std::filesystem;

struct Options {
  std::string scenario = MAILLAGE_CASES "/kervignac/kervignac.toml";
  std::vector<std::string> strategies;
  std::uint32_t replications = 20;
  int years = 0;  ///< 0: the scenario's
  std::string folder = "/tmp";
};

/// What some work has taken so far.
class Effort {
 public:
  /// Does the work and adds what it takes.
  template <class Work>
  void add(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    const double processor_begin = processor_seconds();
    work();
    processor_ += processor_seconds() - processor_begin;
    clock_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  double processor() const { return processor_; }  ///< seconds
  double clock() const { return clock_; }          ///< seconds

 private:
  static double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
  }

  double processor_ = 0, clock_ = 0;
};

/// A folder that is there as long as this.
class Scratch {
 public:
  explicit Scratch(const fs::path& parent) {
    std::string name = (parent / "maillage-writing-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), "cannot create a folder in " + name);
    }
    path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void measure(const Options& options) {
  cli::ScenarioOptions given;
  given.file = options.scenario;
  given.overrides.strategies = options.strategies;
  given.overrides.replications = static_cast<int>(options.replications);
  if (options.years > 0) given.overrides.years = options.years;
  cli::Prepared prepared = cli::prepare(given);
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));

  constexpr std::uint32_t replications_in_a_shard = 10;
  const std::atomic<bool> never_stop = false;
  const Scratch scratch(options.folder);
  const fs::path output = scratch.path() / "results.h5";
  Effort simulating, writing, merging;
  std::vector<fs::path> shards;
  for (std::uint32_t first = 0; first < options.replications; first += replications_in_a_shard) {
    const std::uint32_t end = std::min(first + replications_in_a_shard, options.replications);
    std::vector<experiment::Replication> block;
    simulating.add([&] {
      for (std::uint32_t r = first; r < end; ++r) {
        block.push_back(*experiment.simulate(r, never_stop));
      }
    });
    shards.push_back(scratch.path() / fmt::format("{}.h5", first));
    writing.add([&] { record::write_results(shards.back(), experiment.block(first, block)); });
  }
  merging.add([&] { record::merge_files(shards, output); });

  const double all = simulating.processor() + writing.processor() + merging.processor();
  std::uintmax_t bytes = 0;
  for (const fs::path& shard : shards) bytes += fs::file_size(shard);
  std::cout << fmt::format("{}: {} replications of {} strategies, {} years\n\n",
                           experiment.scenario().title, options.replications,
                           experiment.scenario().strategies.size(), experiment.scenario().years)
            << fmt::format("{:<10} {:>12} {:>9} {:>9} {:>12}\n", "", "processor s", "share",
                           "clock s", "bytes");
  const auto print = [&](const char* name, const Effort& effort, std::uintmax_t written) {
    std::cout << fmt::format("{:<10} {:>12.3f} {:>8.2f}% {:>9.3f} {:>12}\n", name,
                             effort.processor(), 100 * effort.processor() / all, effort.clock(),
                             written);
  };
  print("simulating", simulating, 0);
  print("shards", writing, bytes);
  print("merge", merging, fs::file_size(output));
  std::cout << fmt::format("\nwriting, of all the processor's time: {:.2f}%\n",
                           100 * (writing.processor() + merging.processor()) / all);
}

}  // namespace

int main(int argc, char** argv) try {
  namespace po = boost::program_options;
  Options o;
  po::options_description options("writing [SCENARIO]");
  options.add_options()("help", "show this help")(
      "scenario", po::value(&o.scenario)->default_value(o.scenario), "scenario file")(
      "strategy", po::value(&o.strategies)->composing(), "instead of the file's (repeatable)")(
      "replications", po::value(&o.replications)->default_value(o.replications),
      "replications to simulate and write, the first of the scenario")("years", po::value(&o.years),
                                                                       "instead of the scenario's")(
      "folder", po::value(&o.folder)->default_value(o.folder), "where to write");
  po::positional_options_description positions;
  positions.add("scenario", 1);
  po::variables_map given;
  po::store(po::command_line_parser(argc, argv).options(options).positional(positions).run(),
            given);
  po::notify(given);
  if (given.count("help") > 0) {
    std::cout << options;
    return 0;
  }
  if (o.replications == 0) throw po::error("--replications is at least 1");
  setenv("MAILLAGE_TERRITORY", MAILLAGE_BUILT_TERRITORY, 0);  // unless the user names another
  measure(o);
} catch (const boost::program_options::error& error) {
  std::cerr << "writing: " << error.what() << " (see --help)\n";
  return 64;
} catch (const std::exception& error) {
  std::cerr << "writing: " << error.what() << '\n';
  return 70;
}
