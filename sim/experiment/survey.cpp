#include "experiment/survey.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "record/results_reader.hpp"

namespace experiment {
namespace {

/// The run of which most replications are there.
std::string main_run(const std::vector<Shard>& shards) {
  std::map<std::string, std::int64_t> held;
  for (const Shard& shard : shards) held[shard.run_key] += shard.replications.count();
  const auto most = std::max_element(
      held.begin(), held.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == held.end() ? std::string() : most->first;
}

std::vector<HeldTwice> held_twice(const std::vector<Shard>& shards) {
  std::vector<HeldTwice> twice;
  const Shard* furthest = nullptr;
  for (const Shard& shard : shards) {
    if (furthest != nullptr && shard.replications.first < furthest->replications.last) {
      const std::int64_t last = std::min(shard.replications.last, furthest->replications.last);
      twice.push_back({{shard.replications.first, last}, furthest->path, shard.path});
    }
    if (furthest == nullptr || shard.replications.last > furthest->replications.last)
      furthest = &shard;
  }
  return twice;
}

}  // namespace

bool Survey::is_nothing() const {
  return !output && problem.empty() && shards.empty() && foreign.empty() && damaged.empty();
}

std::int64_t Survey::joined() const {
  const bool complete = output && output->replications == output->planned;
  return complete ? static_cast<std::int64_t>(output->planned) : 0;
}

Survey survey(const std::filesystem::path& output) {
  Survey found;
  if (std::filesystem::exists(output)) {
    try {
      found.output = record::read_header(output);
      if (found.output->version.minor == 0) {  // its header does not tell
        const auto replications = record::ResultsReader(output).frame().replications();
        found.output->replications = found.output->planned =
            static_cast<std::uint64_t>(replications);
      }
    } catch (const record::DamagedFile& damage) {
      found.problem = damage.problem();
    }
  }
  ShardFolder::Found shards = ShardFolder(output).find();
  found.damaged = std::move(shards.damaged);
  const std::string run = found.output ? found.output->run_key : main_run(shards.whole);
  const std::int64_t joined = found.joined();
  found.planned = found.output ? static_cast<std::int64_t>(found.output->planned) : 0;
  for (Shard& shard : shards.whole) {
    if (shard.run_key != run) {
      found.foreign.push_back(std::move(shard));
    } else if (shard.replications.last > joined) {
      found.planned = std::max(found.planned, shard.planned);
      found.shards.push_back(std::move(shard));
    }
  }
  found.twice = held_twice(found.shards);
  std::vector<Replications> there{{0, joined}};
  for (const Shard& shard : found.shards) there.push_back(shard.replications);
  found.missing = missing_of({0, found.planned}, std::move(there));
  return found;
}

}  // namespace experiment
