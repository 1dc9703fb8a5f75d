/// Writes the report of made-up results in both languages, for the checks of whole pages.
/// Usage: write_sample_pages FOLDER

#include <fstream>
#include <iostream>

#include "analysis/report.hpp"
#include "tests/analysis/made_up_results.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_sample_pages FOLDER\n";
    return 64;
  }
  const std::string folder = argv[1];
  record::Results results = analysis::test::made_up_results(analysis::test::four_truths(), 30, 120);
  std::ofstream(folder + "/report_en.html")
      << analysis::report_html(results, analysis::Language::en);
  std::ofstream(folder + "/report_fr.html")
      << analysis::report_html(results, analysis::Language::fr);
  results.provenance.scenario_title = "<script>alert('1')</script> & \"co\"";
  results.strategies.front().title = "</svg></figure><img src=x onerror=alert(1)>";
  std::ofstream last(folder + "/report_hostile.html");
  last << analysis::report_html(results, analysis::Language::fr);
  return last.good() ? 0 : 74;
}
