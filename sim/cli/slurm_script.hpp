/// The job array that runs a scenario on a Slurm cluster, as text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cli {

/// A word that bash reads as it is, whatever it holds: between quotation marks where needed, and
/// never with a line break, so that it may stand in a comment.
std::string shell_word(const std::string& text);

/// Words of a command, each as bash reads it.
std::string shell_command(const std::vector<std::string>& words);

/// What a job array needs to know.
struct JobArray {
  std::string name;                    ///< of the job: anything
  std::vector<std::string> run;        ///< program and words, all but the share
  std::vector<std::string> merge;      ///< program and words that join the shards
  std::vector<std::string> variables;  ///< NAME=VALUE that the program must find
  std::string summary;                 ///< one line: what an element is expected to take
  std::int64_t elements = 1;
  int threads = 1;
  std::int64_t minutes = 1;    ///< limit for an element
  std::int64_t megabytes = 1;  ///< limit for an element
  bool operator==(const JobArray&) const = default;
};

/// The script, for `sbatch`.
std::string script_of(const JobArray& job);

}  // namespace cli
