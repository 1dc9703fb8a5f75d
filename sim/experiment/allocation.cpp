#include "experiment/allocation.hpp"

#include <tbb/info.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace experiment {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream{std::string(text)};
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

/// What a file holds; nothing if it cannot be read.
std::optional<std::string> text_of(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

/// The number with which a text begins, above zero. Slurm writes "2(x3)" for three nodes of two.
std::optional<double> leading_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0) return std::nullopt;
  return static_cast<double>(number);
}

std::optional<double> ratio(std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period) return std::nullopt;
  return *quota / *period;
}

/// A hierarchy of control groups: where it is mounted, and our place in it.
struct Hierarchy {
  fs::path mounted;      ///< folder of its mounted root
  fs::path place;        ///< of our group, below the mounted root
  bool unified = false;  ///< version 2
};

bool contains(const std::string& list, std::string_view word) {
  const std::vector<std::string> words = split(list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The hierarchies that may limit CPU time. A line of /proc/self/cgroup is "0::/group" in version 2
/// and "3:cpu,cpuacct:/group" in version 1; one of /proc/self/mountinfo is
/// "31 23 0:28 /root /mounted options ... - type source options".
std::vector<Hierarchy> hierarchies_of_cpu(const fs::path& root) {
  const std::vector<std::string> mounts =
      split(text_of(root / "proc/self/mountinfo").value_or(""), '\n');
  std::vector<Hierarchy> found;
  for (const std::string& line : split(text_of(root / "proc/self/cgroup").value_or(""), '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool unified = controllers.empty();
    if (!unified && !contains(controllers, "cpu")) continue;
    const fs::path group = line.substr(second + 1);

    for (const std::string& mount : mounts) {
      const std::vector<std::string> words = split(mount, ' ');
      const auto dash = std::find(words.begin(), words.end(), "-");
      if (words.size() < 6 || words.end() - dash < 4) continue;
      const bool same =
          unified ? dash[1] == "cgroup2" : dash[1] == "cgroup" && contains(dash[3], "cpu");
      if (!same) continue;
      // A container may see only its own group mounted, and know its place by its outer name.
      const fs::path place = group.lexically_relative(words[3]);
      const bool outside = place.empty() || *place.begin() == "..";
      found.push_back(
          {root / fs::path(words[4]).relative_path(), outside ? fs::path(".") : place, unified});
      break;
    }
  }
  return found;
}

std::optional<double> quota_of(const fs::path& group, bool unified) {
  if (unified) return cpus_of_cpu_max(text_of(group / "cpu.max").value_or(""));
  return cpus_of_cfs(text_of(group / "cpu.cfs_quota_us").value_or(""),
                     text_of(group / "cpu.cfs_period_us").value_or(""));
}

}  // namespace

std::optional<double> cpus_of_cpu_max(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  return ratio(leading_number(text.substr(0, space)), leading_number(text.substr(space + 1)));
}

std::optional<double> cpus_of_cfs(std::string_view quota, std::string_view period) {
  return ratio(leading_number(quota), leading_number(period));
}

std::optional<double> cpu_quota(const fs::path& root) {
  std::optional<double> least;
  const auto consider = [&](std::optional<double> quota) {
    if (quota && (!least || *quota < *least)) least = quota;
  };
  for (const Hierarchy& hierarchy : hierarchies_of_cpu(root)) {
    fs::path group = hierarchy.mounted;
    consider(quota_of(group, hierarchy.unified));
    for (const fs::path& name : hierarchy.place) {
      group /= name;
      consider(quota_of(group, hierarchy.unified));
    }
  }
  return least;
}

Allocation allocated_threads(int asked, const Variable& variable, const fs::path& root, int cores) {
  if (asked > 0) return {asked, AllocatedBy::user};
  for (const char* name : {"SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE"}) {
    const char* value = variable(name);
    const std::optional<double> cpus = leading_number(value == nullptr ? "" : value);
    if (cpus) return {static_cast<int>(std::min(*cpus, 4096.0)), AllocatedBy::slurm};
  }
  const std::optional<double> quota = cpu_quota(root);
  // Half a CPU left over is worth a thread.
  if (quota && std::ceil(*quota) < cores)
    return {static_cast<int>(std::ceil(*quota)), AllocatedBy::cgroup};
  return {std::max(cores, 1), AllocatedBy::cores};
}

Allocation allocated_threads(int asked) {
  const auto variable = [](const char* name) -> const char* { return std::getenv(name); };
  return allocated_threads(asked, variable, "/", tbb::info::default_concurrency());
}

}  // namespace experiment
