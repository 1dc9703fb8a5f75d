#include "record/results_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "record/checked_file.hpp"

namespace record {
namespace {

/// How many rows of a table come before each replication, and how many there are. Rows are sorted.
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

class ResultsReader::Open {
 public:
  explicit Open(const std::filesystem::path& path) : file_(path) {
    file_.content([&](const hdf5::Reader& file) {
      frame_ = read_frame(file);
      stays_ = rows_before(file, "stays", frame_.replication_numbers);
      ledger_ = rows_before(file, "ledger", frame_.replication_numbers);
    });
    if (header().planned > 0) frame_.planned = static_cast<std::int64_t>(header().planned);
  }

  const Header& header() const { return file_.header(); }
  const Results& frame() const { return frame_; }
  const std::vector<std::uint64_t>& stays_before() const { return stays_; }
  const std::vector<std::uint64_t>& ledger_before() const { return ledger_; }

  Results read(std::size_t first, std::size_t count) {
    return file_.content([&](const hdf5::Reader& file) { return read(file, first, count); });
  }

 private:
  Results read(const hdf5::Reader& file, std::size_t first, std::size_t count) const {
    const std::uint64_t strategies = frame_.strategies.size();
    const hdf5::Shape months{strategies, count, static_cast<std::uint64_t>(frame_.months)};
    const hdf5::Shape panel{strategies, count, static_cast<std::uint64_t>(frame_.years()),
                            frame_.communes.size()};
    Results block = frame_;
    const auto numbers = frame_.replication_numbers.begin() + static_cast<std::ptrdiff_t>(first);
    block.replication_numbers.assign(numbers, numbers + static_cast<std::ptrdiff_t>(count));
    for (std::size_t i = 0; i < indicator_count; ++i)
      block.series[i] =
          file.numbers<double>(path_of(indicator_definitions[i]), {0, first, 0}, months);
    for (std::size_t i = 0; i < commune_indicator_count; ++i)
      if (has_panel(file, commune_indicator_definitions[i]))
        block.panel[i] =
            file.numbers<float>(path_of(commune_indicator_definitions[i]), {0, first, 0, 0}, panel);
    const auto rows = [&](const std::vector<std::uint64_t>& before) {
      return std::pair{before[first], before[first + count] - before[first]};
    };
    const auto [first_stay, stays] = rows(stays_);
    const auto [first_entry, entries] = rows(ledger_);
    block.stays = read_rows<Stay>(file, "stays", stay_columns(), first_stay, stays);
    block.ledger = read_rows<LedgerEntry>(file, "ledger", ledger_columns(), first_entry, entries);
    return block;
  }

  CheckedFile file_;
  Results frame_;
  std::vector<std::uint64_t> stays_;
  std::vector<std::uint64_t> ledger_;
};

ResultsReader::ResultsReader(const std::filesystem::path& path)
    : open_(std::make_unique<Open>(path)) {}
ResultsReader::~ResultsReader() = default;

const Header& ResultsReader::header() const { return open_->header(); }
const Results& ResultsReader::frame() const { return open_->frame(); }
const std::vector<std::uint64_t>& ResultsReader::stays_before() const {
  return open_->stays_before();
}
const std::vector<std::uint64_t>& ResultsReader::ledger_before() const {
  return open_->ledger_before();
}
Results ResultsReader::read(std::size_t first, std::size_t count) const {
  return open_->read(first, count);
}

}  // namespace record
