#include "experiment/shards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "record/durable_file.hpp"

namespace experiment {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view set_aside_mark = ".damaged";

/// The name of a shard tells its first and its last replication.
std::string name_of(Replications replications) {
  return fmt::format("replications-{:06}-{:06}.h5", replications.first, replications.last - 1);
}

/// The replications that a name tells; nothing if it is not the name of a shard.
std::optional<Replications> replications_of(const std::string& name) {
  constexpr std::string_view start = "replications-";
  const std::size_t dash = name.find('-', start.size());
  if (!name.starts_with(start) || dash == std::string::npos) return std::nullopt;
  Replications told;
  std::from_chars(name.data() + start.size(), name.data() + dash, told.first);
  std::from_chars(name.data() + dash + 1, name.data() + name.size(), told.last);
  if (told.last < told.first || told.last == everything.last) return std::nullopt;
  ++told.last;
  if (name != name_of(told)) return std::nullopt;
  return told;
}

bool overlap(Replications a, Replications b) { return a.first < b.last && b.first < a.last; }

bool is_within(Replications part, Replications whole) {
  return whole.first <= part.first && part.last <= whole.last;
}

/// The files of a folder, none if it is not there.
std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    files.push_back(entry->path());
  if (error && error != std::errc::no_such_file_or_directory)
    throw std::system_error(error, "cannot list " + folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

void remove_file(const fs::path& file) {
  std::error_code error;
  fs::remove(file, error);
  if (error) throw std::system_error(error, "cannot remove " + file.string());
}

}  // namespace

ShardFolder::ShardFolder(const fs::path& output) : output_(output), path_(output) {
  path_ += ".parts";
}

fs::path ShardFolder::file_of(Replications replications) const {
  return path_ / name_of(replications);
}

ShardFolder::Found ShardFolder::find(Replications replications) const {
  Found found;
  for (const fs::path& file : files_of(path_)) {
    const std::optional<Replications> told = replications_of(file.filename().string());
    if (!told || !overlap(*told, replications)) continue;
    try {
      const record::Header header = record::read_header(file);
      const auto first = static_cast<std::int64_t>(header.first_replication);
      const Replications held{first, first + static_cast<std::int64_t>(header.replications)};
      if (held == *told)
        found.whole.push_back(
            {file, held, header.run_key, static_cast<std::int64_t>(header.planned)});
      else
        found.damaged.push_back({file, *told, "it does not hold the replications of its name"});
    } catch (const record::DamagedFile& damage) {
      found.damaged.push_back({file, *told, damage.problem()});
    } catch (const std::system_error& gone) {  // joined meanwhile by who is at work
      if (gone.code() != std::errc::no_such_file_or_directory) throw;
    }
  }
  std::stable_sort(found.whole.begin(), found.whole.end(), [](const Shard& a, const Shard& b) {
    return a.replications.first < b.replications.first;
  });
  return found;
}

void ShardFolder::sweep(Replications mine) const {
  record::sweep_leftovers(path_, [&](const fs::path& final_name) {
    const std::optional<Replications> told = replications_of(final_name.filename().string());
    return told && is_within(*told, mine);
  });
  if (!(mine == everything)) return;
  const fs::path beside = output_.has_parent_path() ? output_.parent_path() : ".";
  record::sweep_leftovers(beside, [&](const fs::path& final_name) {
    return final_name.filename() == output_.filename();
  });
}

void ShardFolder::set_aside(const DamagedShard& shard) const {
  fs::path name = shard.path;
  name += set_aside_mark;
  std::error_code error;
  fs::rename(shard.path, name, error);
  if (error && error != std::errc::no_such_file_or_directory)
    throw std::system_error(error, "cannot rename " + shard.path.string());
}

void ShardFolder::remove(Replications within) const {
  for (const fs::path& file : files_of(path_)) {
    const fs::path name = file.extension() == set_aside_mark ? file.stem() : file.filename();
    const std::optional<Replications> told = replications_of(name.string());
    if (told && is_within(*told, within)) remove_file(file);
  }
  remove_if_empty();
}

void ShardFolder::remove_if_empty() const {
  const std::vector<fs::path> files = files_of(path_);
  if (files.size() > 1 || (files.size() == 1 && files[0].filename() != lock_name)) return;
  for (const fs::path& file : files) remove_file(file);
  // Another program may have come in between: then the folder is not empty and stays.
  std::error_code not_empty;
  fs::remove(path_, not_empty);
}

std::vector<Replications> missing_of(Replications range, std::vector<Replications> there) {
  std::sort(there.begin(), there.end(),
            [](Replications a, Replications b) { return a.first < b.first; });
  std::vector<Replications> missing;
  std::int64_t next = range.first;
  for (const Replications& part : there) {
    const std::int64_t until = std::min(part.first, range.last);
    if (next < until) missing.push_back({next, until});
    next = std::max(next, part.last);
  }
  if (next < range.last) missing.push_back({next, range.last});
  return missing;
}

std::vector<Replications> missing_of(Replications range, const std::vector<Shard>& there) {
  std::vector<Replications> ranges;
  for (const Shard& shard : there) ranges.push_back(shard.replications);
  return missing_of(range, std::move(ranges));
}

std::int64_t count(const std::vector<Replications>& ranges) {
  std::int64_t sum = 0;
  for (const Replications& range : ranges) sum += range.count();
  return sum;
}

}  // namespace experiment
