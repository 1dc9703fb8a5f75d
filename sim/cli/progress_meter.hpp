/// Shows on standard error how far a run is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "analysis/language.hpp"
#include "cli/command.hpp"
#include "experiment/runner.hpp"

namespace cli {

/// How progress is shown.
enum class ProgressStyle {
  bar,    ///< one line that grows, with the time left: for a terminal
  lines,  ///< a line each tenth of the way
  json,   ///< a JSON object a line, each thousandth of the way
  none,
};

/// Adds `--progress` and `--quiet` to the options of a subcommand.
void add_progress_options(Options& options);
/// What they ask for; a bar on a terminal and lines elsewhere if they ask for nothing.
ProgressStyle progress_style(const Options& options);

/// Memory of this program that is in use, in bytes; 0 if the system does not tell.
std::int64_t resident_bytes();

class ProgressMeter {
 public:
  ProgressMeter(analysis::Language language, ProgressStyle style)
      : language_(language), style_(style) {}

  /// Tells how far the run is, unless that was told before.
  void show(const experiment::Progress& progress);

 private:
  void show_bar(const experiment::Progress& progress, const std::string& left);
  void show_line(const experiment::Progress& progress, const std::string& left);
  void show_json(const experiment::Progress& progress, double seconds, double left);

  analysis::Language language_;
  ProgressStyle style_;
  std::int64_t shown_ = -1;  ///< tenths or thousandths, or replications of the bar
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace cli
