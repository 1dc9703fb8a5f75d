#include "cli/slurm_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace cli {
namespace {

bool is_plain(char letter) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=:,+@%";
  return plain.find(letter) != std::string_view::npos;
}

bool is_control(char letter) {
  const auto code = static_cast<unsigned char>(letter);
  return code < 0x20 || code == 0x7F;
}

/// What may stand after --job-name, which Slurm reads with rules of its own.
std::string job_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_plain(c) || c == '%'; }, '_');
  return name.empty() ? "maillage" : name;
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  const bool controls = std::any_of(text.begin(), text.end(), is_control);
  std::string word = controls ? "$'" : "'";
  for (const char letter : text) {
    if (controls && is_control(letter)) {
      word += fmt::format("\\{:03o}", static_cast<unsigned char>(letter));
    } else if (controls && (letter == '\'' || letter == '\\')) {
      word += fmt::format("\\{}", letter);
    } else if (letter == '\'') {
      word += "'\\''";
    } else {
      word += letter;
    }
  }
  return word + "'";
}

std::string shell_command(const std::vector<std::string>& words) {
  std::string command;
  for (const std::string& word : words) {
    if (!command.empty()) command += ' ';
    command += shell_word(word);
  }
  return command;
}

std::string script_of(const JobArray& job) {
  const std::string merge = shell_command(job.merge);
  std::string script = fmt::format(
      R"(#!/bin/bash
#SBATCH --job-name={name}
#SBATCH --array=1-{elements}
#SBATCH --cpus-per-task={threads}
#SBATCH --mem={megabytes}M
#SBATCH --time={minutes}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
#SBATCH --output=maillage-%A_%a.log

# {summary}
#
# Submit it, and join the parts once all are there:
#   job=$(sbatch --parsable THIS_FILE)
#   sbatch --dependency=afterok:"$job" --kill-on-invalid-dep=yes --wrap={wrapped}
# Add --account or --partition as your cluster asks.
#
# An element that runs out of time (exit 75) or is killed keeps the shards that it has written. Submit
# this file again, whole or in part (sbatch --array=3,17 THIS_FILE): only what is missing is
# simulated. How far the run is: {status}

)",
      fmt::arg("name", job_name(job.name)), fmt::arg("elements", job.elements),
      fmt::arg("threads", job.threads), fmt::arg("megabytes", job.megabytes),
      fmt::arg("minutes", job.minutes), fmt::arg("summary", job.summary),
      fmt::arg("wrapped", shell_word(merge)),
      fmt::arg("status", shell_command({job.merge.front(), "status", job.merge.back()})));
  for (const std::string& variable : job.variables) {
    const std::size_t equals = variable.find('=');
    script += fmt::format("export {}={}\n", variable.substr(0, equals),
                          shell_word(variable.substr(equals + 1)));
  }
  // exec: the signal of Slurm reaches the program itself.
  script += fmt::format("exec {} --shard \"$SLURM_ARRAY_TASK_ID/{}\"\n", shell_command(job.run),
                        job.elements);
  return script;
}

}  // namespace cli
