/// Writes a results file anew as something else had written it, whole and with its checksum:
/// `change_results IN OUT CHANGE`, where CHANGE is `version` (another version of Maillage),
/// `no-inputs` (a version that did not keep the inputs), `key` (another run key) or `parameter` (a
/// version that had one parameter fewer).
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "record/results_file.hpp"

namespace {

/// The inputs without a parameter that every run needs.
void remove_parameter(record::Provenance& provenance) {
  const std::string id = "births_rate";
  auto inputs = nlohmann::ordered_json::parse(provenance.inputs_json);
  inputs["determines"]["parameters"].erase(id);
  inputs["determines"]["parameter_ranges"].erase(id);
  provenance.inputs_json = inputs.dump();
  std::string& table = provenance.parameters_csv;
  const std::size_t row = table.find("\n" + id + ",") + 1;
  table.erase(row, table.find('\n', row) + 1 - row);
}

void change(record::Provenance& provenance, const std::string& what) {
  if (what == "version") {
    auto inputs = nlohmann::ordered_json::parse(provenance.inputs_json);
    inputs["determines"]["version"] = provenance.version = "0.0.9";
    provenance.inputs_json = inputs.dump();
    provenance.run_key = "another";
  } else if (what == "no-inputs") {
    provenance.inputs_json.clear();
    provenance.run_key = "another";
  } else if (what == "key") {
    provenance.run_key = "another";
  } else if (what == "parameter") {
    remove_parameter(provenance);
  } else {
    throw std::invalid_argument("no such change: " + what);
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) throw std::invalid_argument("usage: change_results IN OUT CHANGE");
  record::Results results = record::read_results(argv[1]);
  change(results.provenance, argv[3]);
  record::write_results(argv[2], results);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
