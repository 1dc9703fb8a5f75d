#include "record/checked_file.hpp"

namespace record {

Results read_frame(const hdf5::Reader& file) {
  Results results;
  for (const ProvenanceText& text : provenance_texts) {
    const std::string path = std::string("provenance/") + text.name;
    if (file.has(path)) results.provenance.*text.member = file.texts(path).at(0);
  }
  const std::vector<std::string> names = file.texts(variables::strategy_names.path);
  const std::vector<std::string> titles = file.texts(variables::strategy_titles.path);
  const std::vector<std::string> french_titles = file.texts(variables::strategy_french_titles.path);
  for (std::size_t i = 0; i < names.size(); ++i)
    results.strategies.push_back({names[i], titles.at(i), french_titles.at(i)});
  results.baseline = file.number_attribute<std::int64_t>("/", file_attributes::baseline.name);
  results.start_date = file.text_attribute("/", file_attributes::start_date.name);
  results.seed = file.number_attribute<std::uint64_t>("/", file_attributes::seed.name);
  results.replication_numbers = file.numbers<std::int32_t>(variables::replication_numbers.path);
  results.planned = results.replications();
  results.months = static_cast<std::int64_t>(file.shape(variables::months_since_start.path).at(0));
  if (file.has(variables::commune_codes.path)) {
    const std::vector<std::string> codes = file.texts(variables::commune_codes.path);
    const std::vector<std::string> communes = file.texts(variables::commune_names.path);
    for (std::size_t i = 0; i < codes.size(); ++i)
      results.communes.push_back({codes[i], communes.at(i)});
  }
  return results;
}

bool has_panel(const hdf5::Reader& file, const CommuneIndicatorDefinition& indicator) {
  return file.has(std::string(panel_group)) && file.has(path_of(indicator));
}

}  // namespace record
