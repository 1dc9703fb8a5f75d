/// Writes a sample results file, and a text file with what a reader must find in it: one value a
/// line, "variable TAB value", in the order of the file; "variable@attribute" for attributes.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "record/results_file.hpp"
#include "support/sample_results.hpp"

namespace {

/// The list of what is to be found.
class Expectations {
 public:
  explicit Expectations(const std::string& path) : file_(path) {}

  void text(std::string_view name, std::string_view value) {
    file_ << name << '\t';
    for (const char letter : value)
      if (letter == '\n')
        file_ << "\\n";
      else
        file_ << letter;
    file_ << '\n';
  }
  void number(std::string_view name, double value) {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.17g", value);
    text(name, std::isnan(value) ? "NaN" : digits.data());
  }
  template <class Integer>
  void integer(std::string_view name, Integer value) {
    text(name, std::to_string(value));
  }

 private:
  std::ofstream file_;
};

template <std::size_t size>
std::string joined(const std::array<std::string_view, size>& labels) {
  std::string text;
  for (const std::string_view label : labels) text.append(text.empty() ? "" : " ").append(label);
  return text;
}

void list_root(Expectations& expect, const record::Results& results) {
  expect.text("@title", results.provenance.scenario_title);
  expect.text("@Conventions", "CF-1.8");
  expect.text("@start_date", results.start_date);
  expect.integer("@seed", results.seed);
  expect.integer("@baseline", results.baseline);
  expect.integer("@maillage_format_version", 1);
  for (const record::StrategyLabel& strategy : results.strategies) {
    expect.text("strategy", strategy.name);
    expect.text("strategy_title", strategy.title);
    expect.text("strategy_title_fr", strategy.title_fr);
  }
  for (const std::int32_t number : results.replication_numbers)
    expect.integer("replication", number);
  for (std::int64_t i = 0; i < results.months; ++i) expect.integer("month", i);
  for (const record::IndicatorDefinition& indicator : record::indicator_definitions) {
    const std::string name(indicator.name);
    expect.text(name + "@units", indicator.unit);
    expect.text(name + "@long_name", indicator.long_name);
    expect.text(name + "@description", indicator.description);
    for (const double value : results.series[static_cast<std::size_t>(indicator.indicator)])
      expect.number(name, value);
  }
  expect.text("provenance/scenario_title", results.provenance.scenario_title);
  expect.text("provenance/scenario_text", results.provenance.scenario_text);
  expect.text("provenance/parameters_csv", results.provenance.parameters_csv);
  expect.text("provenance/notes", results.provenance.notes);
  expect.text("provenance/run_key", results.provenance.run_key);
}

/// Two communes, one of which has no number in the first year of the first run.
void add_panel(record::Results& results) {
  results.communes = {{"01004", "Ambérieu-en-Bugey"}, {"2A004", "Ajaccio"}};
  const std::size_t cells = results.strategies.size() * results.replication_numbers.size() *
                            static_cast<std::size_t>(results.years()) * results.communes.size();
  for (std::size_t i = 0; i < record::commune_indicator_count; ++i) {
    results.panel[i].resize(cells);
    for (std::size_t cell = 0; cell < cells; ++cell)
      results.panel[i][cell] = static_cast<float>(100 * i + cell) + 0.1F;
    results.panel[i][1] = std::numeric_limits<float>::quiet_NaN();
  }
}

void list_panel(Expectations& expect, const record::Results& results) {
  for (std::int64_t year = 1; year <= results.years(); ++year) expect.integer("year", year);
  for (const record::CommuneLabel& commune : results.communes) {
    expect.text("commune", commune.code);
    expect.text("commune_name", commune.name);
  }
  for (const record::CommuneIndicatorDefinition& indicator :
       record::commune_indicator_definitions) {
    const std::string name = "communes/" + std::string(indicator.name);
    expect.text(name + "@description", indicator.description);
    for (const float value : results.panel[static_cast<std::size_t>(indicator.indicator)])
      expect.number(name, static_cast<double>(value));
  }
}

void list_tables(Expectations& expect, const record::Results& results) {
  expect.text("stays/profession@flag_meanings", joined(world::profession_names));
  expect.text("stays/cause@flag_meanings", joined(record::departure_cause_names));
  expect.text("stays/age_at_arrival@units", "years");
  expect.text("stays/arrival_day@units", "days since " + results.start_date);
  expect.text("ledger/category@flag_meanings", joined(record::category_names));
  expect.text("ledger/payer@flag_meanings", joined(record::account_names));
  expect.text("ledger/cents@units", "0.01 EUR");
  for (std::size_t i = 0; i < results.stays.size(); ++i) {
    const record::Stay& stay = results.stays[i];
    expect.integer("stays/stay", i);
    expect.integer("stays/replication", stay.replication);
    expect.integer("stays/strategy", stay.strategy);
    expect.integer("stays/profession", static_cast<int>(stay.profession));
    expect.integer("stays/cause", static_cast<int>(stay.cause));
    expect.integer("stays/here_at_start", static_cast<int>(stay.here_at_start));
    expect.integer("stays/in_team", static_cast<int>(stay.in_team));
    expect.integer("stays/in_focus", static_cast<int>(stay.in_focus));
    expect.number("stays/age_at_arrival", static_cast<double>(stay.age_at_arrival));
    expect.integer("stays/arrival_day", stay.arrival_day);
    expect.integer("stays/departure_day", stay.departure_day);
  }
  for (std::size_t i = 0; i < results.ledger.size(); ++i) {
    const record::LedgerEntry& entry = results.ledger[i];
    expect.integer("ledger/entry", i);
    expect.integer("ledger/replication", entry.replication);
    expect.integer("ledger/strategy", entry.strategy);
    expect.integer("ledger/category", static_cast<int>(entry.category));
    expect.integer("ledger/payer", static_cast<int>(entry.payer));
    expect.integer("ledger/payee", static_cast<int>(entry.payee));
    expect.integer("ledger/day", entry.day);
    expect.integer("ledger/cents", entry.cents);
  }
}

}  // namespace

/// Takes a name without ending, and which sample: "small", "empty" (nobody worked, nothing was
/// paid), "large" (variables of several chunks) or "many" (more movements than a spreadsheet holds;
/// nothing is listed).
int main(int argc, char** argv) try {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (words.size() != 3) {
    std::cerr << "write_sample NAME small|empty|large|many\n";
    return 64;
  }
  const std::string name = words[1];
  const std::string_view which = words[2];
  record::Results results =
      which == "large" ? support::sample_results(190, 120) : support::sample_results();
  if (which != "empty") add_panel(results);
  if (which == "empty") {
    results.stays.clear();
    results.ledger.clear();
  } else {
    results.ledger.back().cents = 5'000'000'000;  // more than 32 bits hold
  }
  if (which == "many") results.ledger.resize(1'048'576, results.ledger.back());
  record::write_results(name + ".h5", results);
  if (which == "many") return 0;
  Expectations expect(name + ".tsv");
  list_root(expect, results);
  if (which != "empty") list_panel(expect, results);
  list_tables(expect, results);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "write_sample: " << error.what() << '\n';
  return 1;
}
