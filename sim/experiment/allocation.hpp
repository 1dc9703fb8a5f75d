/// How many threads a program may use: what a cluster, a container or a user has given it.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "experiment/share.hpp"

namespace experiment {

/// Who says how many threads to use, the first that says something.
enum class AllocatedBy {
  user,    ///< --threads
  slurm,   ///< SLURM_CPUS_PER_TASK, else SLURM_CPUS_ON_NODE
  cgroup,  ///< the quota of CPU time of a container
  cores,   ///< the cores that the operating system lets this program use
};

/// Threads to use, and on whose word.
struct Allocation {
  int threads = 1;
  AllocatedBy by = AllocatedBy::cores;
  bool operator==(const Allocation&) const = default;
};

/// The threads to use here. `asked` is what the user wants, 0: nothing in particular.
Allocation allocated_threads(int asked);

/// The same from what is given: environment, root of the file system (for /proc and /sys), cores.
Allocation allocated_threads(int asked, const Variable& variable, const std::filesystem::path& root,
                             int cores);

/// A quota in CPUs from the text of `cpu.max` (cgroup version 2), such as "150000 100000".
/// Nothing if there is no quota ("max 100000") or the text is none of this kind.
std::optional<double> cpus_of_cpu_max(std::string_view text);

/// A quota in CPUs from the texts of `cpu.cfs_quota_us` and `cpu.cfs_period_us` (version 1).
/// Nothing if there is no quota (-1).
std::optional<double> cpus_of_cfs(std::string_view quota, std::string_view period);

/// The least quota in CPUs of this program's control group and of those around it, read from
/// /proc/self/cgroup and /proc/self/mountinfo under `root`. Nothing if nobody has set one, or if
/// these files say nothing that we understand.
std::optional<double> cpu_quota(const std::filesystem::path& root);

}  // namespace experiment
