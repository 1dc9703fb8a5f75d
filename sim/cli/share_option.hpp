/// `--shard I/N`: the part of a run that one program of several simulates.
#pragma once

#include "cli/command.hpp"
#include "experiment/share.hpp"

namespace cli {

/// Adds `--shard I/N` to the options of a subcommand.
void add_share_option(Options& options);

/// The share that `--shard` gives; else the place of this element in its Slurm array; else the
/// whole run. Throws `po::error` if `--shard` is not of its form, or if the array has holes.
experiment::Share share_asked_for(const Options& options);

}  // namespace cli
