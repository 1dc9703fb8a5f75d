#include "cli/progress_meter.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

}  // namespace

void add_progress_options(Options& options) {
  options
      .add("progress", po::value<std::string>()->value_name("HOW"),
           {"auto (default), lines, json or none, on standard error",
            "auto (par défaut), lines, json ou none, sur la sortie d'erreur"})
      .add("quiet,q", {"no progress", "sans avancement"});
}

ProgressStyle progress_style(const Options& options) {
  const std::string asked =
      options.has("progress") ? options.values()["progress"].as<std::string>() : "auto";
  if (options.has("quiet") || asked == "none") return ProgressStyle::none;
  if (asked == "lines") return ProgressStyle::lines;
  if (asked == "json") return ProgressStyle::json;
  if (asked == "auto")
    return isatty(STDERR_FILENO) == 1 ? ProgressStyle::bar : ProgressStyle::lines;
  throw po::error(tell(options.language(),
                       {"--progress {} (must be auto, lines, json or none)",
                        "--progress {} (doit être auto, lines, json ou none)"},
                       asked));
}

std::int64_t resident_bytes() {
  std::ifstream status("/proc/self/statm");
  std::int64_t all = 0;
  std::int64_t resident = 0;
  if (!(status >> all >> resident)) return 0;
  return resident * ::sysconf(_SC_PAGESIZE);
}

void ProgressMeter::show(const experiment::Progress& progress) {
  if (style_ == ProgressStyle::none || progress.total == 0) return;
  const std::int64_t fresh = progress.done - progress.found;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double left = fresh > 0 ? seconds / static_cast<double>(fresh) *
                                      static_cast<double>(progress.total - progress.done)
                                : 0;
  if (style_ == ProgressStyle::json) {
    show_json(progress, seconds, left);
    return;
  }
  const std::string text =
      left > 0 ? tell(language_, {"{} left", "reste {}"}, duration_text(left)) : "";
  style_ == ProgressStyle::bar ? show_bar(progress, text) : show_line(progress, text);
}

void ProgressMeter::show_bar(const experiment::Progress& progress, const std::string& left) {
  if (progress.done == shown_) return;
  shown_ = progress.done;
  constexpr std::int64_t width = 40;
  const auto filled = static_cast<std::size_t>(width * progress.done / progress.total);
  std::cerr << fmt::format("\r[{}{}] {}/{} {:<20}", std::string(filled, '#'),
                           std::string(width - filled, '.'), progress.done, progress.total, left)
            << (progress.done == progress.total ? "\n" : "") << std::flush;
}

void ProgressMeter::show_line(const experiment::Progress& progress, const std::string& left) {
  const std::int64_t tenth = 10 * progress.done / progress.total;
  if (tenth == shown_) return;
  shown_ = tenth;
  std::cerr << tell(language_, {"{} of {} replications", "réplications : {} sur {}"}, progress.done,
                    progress.total)
            << (left.empty() ? "" : ", " + left) << std::endl;
}

void ProgressMeter::show_json(const experiment::Progress& progress, double seconds, double left) {
  const std::int64_t thousandth = 1000 * progress.done / progress.total;
  if (thousandth == shown_ && progress.done < progress.total) return;
  shown_ = thousandth;
  const nlohmann::ordered_json line = {{"done", progress.done},
                                       {"total", progress.total},
                                       {"found", progress.found},
                                       {"seconds", seconds},
                                       {"left", left},
                                       {"resident_bytes", resident_bytes()},
                                       {"simulating_cpu_seconds", progress.spent.simulating},
                                       {"writing_cpu_seconds", progress.spent.writing}};
  std::cerr << line.dump() << std::endl;
}

}  // namespace cli
