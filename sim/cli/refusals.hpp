/// Why an output is not touched, in the user's language.
#pragma once

#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "experiment/output_lock.hpp"
#include "experiment/runner.hpp"

namespace cli {

/// Adds `--no-lock` to the options of a subcommand that writes an output.
void add_no_lock_option(Options& options);

/// Throws `po::error` for a number of threads that cannot be.
void require_threads(int threads, analysis::Language language);

/// Says on standard error that a damaged shard is simulated again.
std::function<void(const experiment::DamagedShard&)> tell_of_damage(analysis::Language language);

/// Why nothing was done, and what to do.
std::string explain(const experiment::OutputBusy& busy, analysis::Language language);
std::string explain(const experiment::NoFileLocks& none, analysis::Language language);
/// `asked` is the run that was to be written to `output`.
std::string explain(const experiment::ForeignOutput& foreign, const experiment::Experiment& asked,
                    const std::filesystem::path& output, analysis::Language language);

/// "replications 10 to 19", without the word, as a list: "0 to 9, 15, 20 to 29".
std::string list_of(const std::vector<experiment::Replications>& ranges,
                    analysis::Language language);
/// Who is at work, and on what.
std::string name_of(const experiment::LockHolder& holder, analysis::Language language);

/// Does some work on an output; if the output is refused, says why.
template <class Work>
Exit unless_refused(analysis::Language language, const Work& work) {
  try {
    return work();
  } catch (const experiment::OutputBusy& busy) {
    std::cerr << "maillage: " << explain(busy, language) << '\n';
  } catch (const experiment::NoFileLocks& none) {
    std::cerr << "maillage: " << explain(none, language) << '\n';
  }
  return Exit::cannot_create;
}

}  // namespace cli
