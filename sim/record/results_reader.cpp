#include "record/results_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace record {
namespace {

std::vector<std::uint64_t> rows_before(const hdf5::Reader& file, const std::string& group,
                                       const std::vector<std::int32_t>& replications) {
  const auto rows = file.numbers<std::int32_t>(group + "/replication");
  std::vector<std::uint64_t> before;
  for (const std::int32_t number : replications)
    before.push_back(static_cast<std::uint64_t>(std::lower_bound(rows.begin(), rows.end(), number) -
                                                rows.begin()));
  before.push_back(rows.size());
  return before;
}

}  // namespace

ResultsReader::ResultsReader(const std::filesystem::path& path) : checked_(path) {
  checked_.content([&](const hdf5::Reader& file) {
    frame_ = read_frame(file);
    stays_ = rows_before(file, "stays", frame_.replication_numbers);
    ledger_ = rows_before(file, "ledger", frame_.replication_numbers);
  });
  if (header().planned > 0) frame_.planned = static_cast<std::int64_t>(header().planned);
}

Results ResultsReader::read(std::size_t first, std::size_t count) {
  const std::uint64_t strategies = frame_.strategies.size();
  const hdf5::Shape months{strategies, count, static_cast<std::uint64_t>(frame_.months)};
  const hdf5::Shape panel{strategies, count, static_cast<std::uint64_t>(frame_.years()),
                          frame_.communes.size()};
  Results block = frame_;
  const auto numbers = frame_.replication_numbers.begin() + static_cast<std::ptrdiff_t>(first);
  block.replication_numbers.assign(numbers, numbers + static_cast<std::ptrdiff_t>(count));
  const auto rows = [&](const std::vector<std::uint64_t>& before) {
    return std::pair{before[first], before[first + count] - before[first]};
  };
  const auto [first_stay, stays] = rows(stays_);
  const auto [first_entry, entries] = rows(ledger_);
  checked_.content([&, first_stay = first_stay, stays = stays, first_entry = first_entry,
                    entries = entries](const hdf5::Reader& file) {
    for (std::size_t i = 0; i < indicator_count; ++i) {
      const std::string path = path_of(indicator_definitions[i]);
      if (file.has(path)) block.series[i] = file.numbers<double>(path, {0, first, 0}, months);
    }
    for (std::size_t i = 0; i < commune_indicator_count; ++i) {
      const CommuneIndicatorDefinition& indicator = commune_indicator_definitions[i];
      if (has_panel(file, indicator))
        block.panel[i] = file.numbers<float>(path_of(indicator), {0, first, 0, 0}, panel);
    }
    block.stays = read_rows<Stay>(file, "stays", stay_columns(), first_stay, stays);
    block.ledger = read_rows<LedgerEntry>(file, "ledger", ledger_columns(), first_entry, entries);
  });
  return block;
}

}  // namespace record
