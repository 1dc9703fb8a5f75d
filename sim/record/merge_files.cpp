#include "record/merge_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "record/results_file.hpp"
#include "record/results_reader.hpp"

namespace record {
namespace {

/// A file that takes part in a merge, and how its replications lie in it.
struct Part {
  std::filesystem::path path;
  std::int64_t planned = 0;
  Results frame;
  std::vector<std::uint64_t> stays;   ///< rows before each replication, and all in the end
  std::vector<std::uint64_t> ledger;  ///< the same
};

/// Consecutive replications of a part.
struct Segment {
  std::size_t part = 0;
  std::size_t position = 0;  ///< of the first one in the part
  std::int64_t first = 0;    ///< its number
  std::int64_t count = 0;
  std::int64_t end() const { return first + count; }
};

Part look_at(const std::filesystem::path& path) {
  const ResultsReader reader(path);
  const Header& header = reader.header();
  if (header.version != results_format)
    throw NotOneRun(path.string() + " has format version " + text(header.version) +
                    ", and files are joined only in version " + text(results_format) +
                    " (run the scenario again)");
  return {path, static_cast<std::int64_t>(header.planned), reader.frame(), reader.stays_before(),
          reader.ledger_before()};
}

/// Looks at all parts. The texts of the first one are enough, however many there are.
std::vector<Part> look_at(std::span<const std::filesystem::path> paths) {
  std::vector<Part> parts;
  for (const std::filesystem::path& path : paths) {
    parts.push_back(look_at(path));
    if (parts.size() == 1) continue;
    Provenance key_only;
    key_only.run_key = parts.back().frame.provenance.run_key;
    std::swap(parts.back().frame.provenance, key_only);  // texts that are assigned keep their room
  }
  return parts;
}

/// Cuts parts at their gaps, and orders what comes out by number.
std::vector<Segment> segments_of(const std::vector<Part>& parts) {
  std::vector<Segment> segments;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::vector<std::int32_t>& numbers = parts[p].frame.replication_numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (i == 0 || numbers[i] != numbers[i - 1] + 1) segments.push_back({p, i, numbers[i], 0});
      ++segments.back().count;
    }
  }
  std::stable_sort(segments.begin(), segments.end(),
                   [](const Segment& a, const Segment& b) { return a.first < b.first; });
  return segments;
}

std::string range(std::int64_t first, std::int64_t end) {
  return end - first == 1 ? fmt::format("replication {}", first)
                          : fmt::format("replications {} to {}", first, end - 1);
}

/// Refuses parts of another run.
void require_one_run(const std::vector<Part>& parts) {
  for (const Part& part : parts) {
    const Results& first = parts.front().frame;
    const Results& other = part.frame;
    if (other.provenance.run_key != first.provenance.run_key ||
        !same_strategies(other.strategies, first.strategies) || other.baseline != first.baseline ||
        other.communes != first.communes || other.months != first.months ||
        other.start_date != first.start_date || other.seed != first.seed)
      throw NotOneRun(fmt::format("{} is not of the same run as {} (remove one of them)",
                                  part.path.string(), parts.front().path.string()));
  }
}

/// Cuts off what is there twice, or refuses it, and refuses gaps unless they are allowed.
std::vector<Segment> without_overlap(const std::vector<Part>& parts, std::vector<Segment> segments,
                                     std::int64_t planned, bool partial) {
  std::vector<Segment> kept;
  std::vector<std::string> missing;
  std::int64_t next = 0;
  for (Segment segment : segments) {
    if (segment.first < next) {
      if (!partial)
        throw NotOneRun(fmt::format("{} of {} is in another file too (remove one of them)",
                                    range(segment.first, std::min(next, segment.end())),
                                    parts[segment.part].path.string()));
      const std::int64_t twice = std::min(next - segment.first, segment.count);
      segment.position += static_cast<std::size_t>(twice);
      segment.first += twice;
      segment.count -= twice;
    }
    if (segment.count == 0) continue;
    if (segment.first > next) missing.push_back(range(next, segment.first));
    next = segment.end();
    kept.push_back(segment);
  }
  if (next < planned) missing.push_back(range(next, planned));
  if (!missing.empty() && !partial)
    throw NotOneRun(fmt::format("missing: {} (the same command that began the run does the rest)",
                                fmt::join(missing, ", ")));
  return kept;
}

}  // namespace

bool merge_files(std::span<const std::filesystem::path> paths, const std::filesystem::path& output,
                 const MergeOptions& options) {
  const std::vector<Part> parts = look_at(paths);
  if (parts.empty()) throw NotOneRun("there is nothing to join for " + output.string());
  require_one_run(parts);

  std::int64_t planned = options.planned;
  for (const Part& part : parts) planned = std::max(planned, part.planned);
  const std::vector<Segment> segments =
      without_overlap(parts, segments_of(parts), planned, options.partial);

  ResultsWriter::Extent extent;
  extent.most_in_memory = options.most_in_memory;
  for (const Segment& segment : segments) {
    const auto numbers = consecutive(segment.first, segment.count);
    extent.replication_numbers.insert(extent.replication_numbers.end(), numbers.begin(),
                                      numbers.end());
    const std::size_t end = segment.position + static_cast<std::size_t>(segment.count);
    const Part& part = parts[segment.part];
    extent.stays += part.stays[end] - part.stays[segment.position];
    extent.ledger_entries += part.ledger[end] - part.ledger[segment.position];
  }
  Results frame = parts.front().frame;
  frame.planned = planned;
  ResultsWriter merged(output, frame, extent);
  for (const Segment& segment : segments) {
    const Part& part = parts[segment.part];
    const std::size_t at_once =
        replications_in_chunk(part.frame, part.frame.replication_numbers.size());
    const std::size_t end = segment.position + static_cast<std::size_t>(segment.count);
    ResultsReader reader(part.path);
    for (std::size_t first = segment.position; first < end; first += at_once) {
      merged.append(reader.read(first, std::min(at_once, end - first)));
      if (options.stop && options.stop()) return false;
    }
  }
  merged.commit();
  return true;
}

}  // namespace record
