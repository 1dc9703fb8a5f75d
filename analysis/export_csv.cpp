/// Tables as separated values, and the draws for BCEA.
#include <fmt/format.h>

#include <cmath>
#include <ostream>
#include <sstream>

#include "analysis/csv_writer.hpp"
#include "analysis/export.hpp"
#include "analysis/money.hpp"

namespace analysis {
namespace {

/// Cells of a CSV file.
class CsvCells : public Cells {
 public:
  explicit CsvCells(CsvWriter& csv) : csv_(csv) {}
  void text(std::string_view cell) override { csv_.text(cell); }
  void integer(std::int64_t cell) override { csv_.integer(cell); }
  void number(double cell) override { csv_.number(cell); }
  void cents(std::int64_t cell) override { csv_.cents(cell); }
  void date(std::chrono::sys_days cell) override { csv_.date(cell); }
  void end_row() override { csv_.end_line(); }

 private:
  CsvWriter& csv_;
};

std::vector<std::string> headings(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

using Draw = std::function<double(std::size_t strategy, std::size_t replication)>;

/// A matrix [replication x strategy], with the names of both.
std::string matrix(const record::Results& results, std::string_view what, const Draw& draw) {
  std::vector<std::string> names{"replication"};
  for (const record::StrategyLabel& strategy : results.strategies) names.push_back(strategy.name);
  std::ostringstream out;
  CsvWriter csv(out, CsvDialect::rfc4180, names);
  for (std::size_t r = 0; r < results.replication_numbers.size(); ++r) {
    csv.integer(results.replication_numbers[r]);
    for (std::size_t s = 0; s < results.strategies.size(); ++s) {
      const double value = draw(s, r);
      if (!std::isfinite(value))
        throw MissingDraws(fmt::format("{} of strategy {} in replication {} is missing", what,
                                       results.strategies[s].name, results.replication_numbers[r]));
      csv.number(value);
    }
    csv.end_line();
  }
  return out.str();
}

/// A program in R that reads the draws beside it.
std::string bcea_script(std::size_t baseline) {
  std::string text =
      "# Cost-effectiveness of the strategies with BCEA (install.packages(\"BCEA\")).\n"
      "# One row is one replication: the chance of one town, with the parameters as they are.\n"
      "# Costs are present values in euros; of effects, more is better.\n"
      "draws <- function(name)\n"
      "  as.matrix(read.csv(name, row.names = \"replication\", check.names = FALSE))\n"
      "cost <- draws(\"costs.csv\")\n"
      "strategies <- read.csv(\"strategies.csv\", encoding = \"UTF-8\")\n";
  text += fmt::format("reference <- {}  # the column that the others are compared with\n",
                      baseline + 1);
  for (const Outcome& outcome : outcomes)
    text +=
        fmt::format("{0} <- draws(\"effects_{0}.csv\")  # {1}\n", outcome.name, outcome.label.en);
  text += fmt::format(
      "\n"
      "if (requireNamespace(\"BCEA\", quietly = TRUE)) {{\n"
      "  result <- BCEA::bcea(eff = {}, cost = cost, ref = reference,\n"
      "                       interventions = strategies$title)\n"
      "  print(summary(result))\n"
      "}}\n",
      outcomes.front().name);
  return text;
}

}  // namespace

void write_csv(const Table& table, std::ostream& out, CsvDialect dialect) {
  CsvWriter csv(out, dialect, headings(table));
  CsvCells cells(csv);
  table.write_rows(cells);
}

std::vector<TextFile> psa_draws(const record::Results& results, std::size_t baseline) {
  const auto rate = discount_rate(results);
  if (!rate) throw MissingDraws("the parameters of the run have no discount_rate");
  std::vector<TextFile> files{
      {"costs.csv", matrix(results, "net_cost", [&](std::size_t s, std::size_t r) {
         return present_value(results.months_of(record::Indicator::net_cost, s, r), *rate);
       })}};
  for (const Outcome& outcome : outcomes)
    files.push_back({fmt::format("effects_{}.csv", outcome.name),
                     matrix(results, outcome.name, [&](std::size_t s, std::size_t r) {
                       return gained(outcome, results, s, r);
                     })});
  std::ostringstream names;
  CsvWriter csv(names, CsvDialect::rfc4180, {"strategy", "title", "reference"});
  for (std::size_t s = 0; s < results.strategies.size(); ++s) {
    csv.text(results.strategies[s].name);
    csv.text(results.strategies[s].title);
    csv.text(s == baseline ? "yes" : "no");
    csv.end_line();
  }
  files.push_back({"strategies.csv", names.str()});
  files.push_back({"bcea.R", bcea_script(baseline)});
  return files;
}

}  // namespace analysis
