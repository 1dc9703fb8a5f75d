#include <unistd.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "cli/command.hpp"
#include "experiment/runner.hpp"

namespace cli {
namespace {

using analysis::Language;

/// The first signal asks the run to stop, the second leaves at once.
class StopOnSignal {
 public:
  explicit StopOnSignal(Language language) : signals_(context_, SIGINT, SIGTERM, SIGUSR1) {
    signals_.async_wait([this, language](const boost::system::error_code& error, int) {
      if (error) return;
      stop_ = true;
      std::cerr << '\n'
                << tell(language,
                        {"stopping after the replications at hand; once more leaves at once",
                         "arrêt après les réplications en cours ; encore une fois : "
                         "sortie immédiate"})
                << std::endl;
      signals_.async_wait([](const boost::system::error_code& second, int) {
        if (!second) std::_Exit(static_cast<int>(Exit::interrupted));
      });
    });
    thread_ = std::thread([this] { context_.run(); });
  }
  ~StopOnSignal() {
    context_.stop();
    thread_.join();
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  const std::atomic<bool>& stop() const { return stop_; }

 private:
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

/// A bar with the time left on a terminal; a line each tenth of the way on a pipe.
class ProgressMeter {
 public:
  ProgressMeter(Language language, bool quiet)
      : language_(language), quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

  void show(const experiment::Progress& progress) {
    if (quiet_ || progress.total == 0) return;
    const std::int64_t fresh = progress.done - progress.found;
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const double left = fresh > 0 ? seconds / static_cast<double>(fresh) *
                                        static_cast<double>(progress.total - progress.done)
                                  : 0;
    const std::string eta =
        fresh > 0 && left > 0 ? tell(language_, {"{} left", "reste {}"}, duration_text(left)) : "";
    if (terminal_) {
      constexpr std::int64_t width = 40;
      const auto filled = static_cast<std::size_t>(width * progress.done / progress.total);
      std::cerr << fmt::format("\r[{}{}] {}/{} {:<20}", std::string(filled, '#'),
                               std::string(width - filled, '.'), progress.done, progress.total, eta)
                << (progress.done == progress.total ? "\n" : "") << std::flush;
      return;
    }
    const std::int64_t tenth = 10 * progress.done / progress.total;
    if (tenth == shown_ && fresh > 0) return;
    shown_ = tenth;
    std::cerr << tell(language_, {"{} of {} replications", "réplications : {} sur {}"},
                      progress.done, progress.total)
              << (eta.empty() ? "" : ", " + eta) << std::endl;
  }

 private:
  Language language_;
  bool quiet_;
  bool terminal_;
  std::int64_t shown_ = -1;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

Exit run_command(const Arguments& words) {
  Options options(
      "run SCENARIO -o results.h5",
      {"Simulates what is missing of a scenario and writes one results file. The same "
       "command after an interruption does the rest.",
       "Simule ce qui manque d'un scénario et écrit un fichier de résultats. La même "
       "commande après une interruption fait le reste."},
      {"maillage run kervignac.toml -o results.h5",
       "maillage run kervignac.toml -o short.h5 --years 3 --replications 20",
       "maillage run kervignac.toml -o cheap.h5 --set rent_m2=6 --strategy team_first"});
  ScenarioOptions given;
  experiment::RunOptions run;
  std::string output;
  add_scenario_options(options, given);
  options
      .add("output,o", po::value(&output)->default_value("results.h5")->value_name("FILE"),
           {"results file", "fichier de résultats"})
      .add("threads,j", po::value(&run.threads)->default_value(0)->value_name("N"),
           {"0: all cores; never changes results",
            "0 : tous les cœurs ; ne change jamais les résultats"})
      .add("quiet,q", {"no progress", "sans avancement"});
  if (!options.parse(words)) return Exit::done;
  if (run.threads < 0) {
    throw po::error(tell(options.language(),
                         {"--threads {} (must be 0 for all cores, or more)",
                          "--threads {} (doit être 0 pour tous les cœurs, ou plus)"},
                         run.threads));
  }

  Prepared prepared = prepare(options, given);
  const experiment::Experiment experiment(std::move(prepared.scenario), std::move(prepared.map));
  ProgressMeter meter(options.language(), options.has("quiet"));
  run.output = output;
  run.on_progress = [&](const experiment::Progress& progress) { meter.show(progress); };

  const StopOnSignal signals(options.language());
  switch (experiment::run(experiment, run, signals.stop())) {
    case experiment::Outcome::done:
      std::cout << tell(options.language(), {"wrote {}", "{} écrit"}, output) << '\n';
      return Exit::done;
    case experiment::Outcome::already_done:
      std::cout << tell(options.language(),
                        {"{} already holds this run", "{} contient déjà cette simulation"}, output)
                << '\n';
      return Exit::done;
    case experiment::Outcome::interrupted:
      std::cerr << tell(options.language(), {"interrupted; the same command does the rest",
                                             "interrompu ; la même commande fera le reste"})
                << '\n';
      return Exit::interrupted;
  }
  return Exit::defect;
}

}  // namespace cli
