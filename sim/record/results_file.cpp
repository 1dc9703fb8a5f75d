#include "record/results_file.hpp"

#include <limits>

#include "record/checked_file.hpp"

namespace record {
namespace {

template <class Row, class Columns>
std::vector<Row> read_table(const hdf5::Reader& file, const std::string& group,
                            const std::string& dimension, const Columns& columns) {
  return read_rows<Row>(file, group, columns, 0, file.shape(group + "/" + dimension).at(0));
}

void read_tables(const hdf5::Reader& file, Results& results) {
  results.stays = read_table<Stay>(file, "stays", "stay", stay_columns());
  results.ledger = read_table<LedgerEntry>(file, "ledger", "entry", ledger_columns());
}

}  // namespace

Results read_results(const std::filesystem::path& path) {
  CheckedFile checked(path);
  return checked.content([&](const hdf5::Reader& file) {
    Results results = read_frame(file);
    read_tables(file, results);
    if (checked.header().planned > 0)
      results.planned = static_cast<std::int64_t>(checked.header().planned);
    for (std::size_t i = 0; i < indicator_count; ++i)
      if (file.has(path_of(indicator_definitions[i])))
        results.series[i] = file.numbers<double>(path_of(indicator_definitions[i]));
    for (std::size_t i = 0; i < commune_indicator_count; ++i)
      if (has_panel(file, commune_indicator_definitions[i]))
        results.panel[i] = file.numbers<float>(path_of(commune_indicator_definitions[i]));
    require_sound(results, true);
    results.unknown_months.assign(static_cast<std::size_t>(results.months),
                                  std::numeric_limits<double>::quiet_NaN());
    return results;
  });
}

Verification verify(const std::filesystem::path& path) {
  try {
    CheckedFile checked(path);
    return checked.content([&](const hdf5::Reader& file) -> Verification {
      Results frame = read_frame(file);
      read_tables(file, frame);
      const std::string digest = content_digest(
          frame,
          {[&](std::size_t i) { return file.has(path_of(indicator_definitions[i])); },
           [&](std::size_t i) { return file.numbers<double>(path_of(indicator_definitions[i])); }},
          {[&](std::size_t i) { return has_panel(file, commune_indicator_definitions[i]); },
           [&](std::size_t i) {
             return file.numbers<float>(path_of(commune_indicator_definitions[i]));
           }});
      const auto planned = static_cast<std::int64_t>(checked.header().planned);
      return {true,
              "",
              digest,
              frame.replications(),
              planned > 0 ? planned : frame.planned,
              frame.provenance.run_key};
    });
  } catch (const DamagedFile& damage) {
    return {false, damage.problem() + " (" + damage.remedy() + ")", "", 0, 0, ""};
  }
}

}  // namespace record
