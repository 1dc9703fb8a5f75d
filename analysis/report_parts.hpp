/// What the sections of the report share, and the sections themselves. For the files of this
/// folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/html.hpp"
#include "analysis/language.hpp"
#include "record/results.hpp"

namespace analysis {

/// What every section needs.
struct Page {
  const record::Results& results;
  const Comparison& comparison;
  Language language;

  std::string words(const Words& text) const { return escape(say(text, language)); }
  const std::string& title_of(std::size_t strategy) const {
    return results.strategies[strategy].title;
  }
  std::string quoted(std::size_t strategy) const {
    return escape(quote(title_of(strategy), language));
  }
};

/// A paragraph of HTML.
std::string paragraph(const std::string& escaped, std::string_view attributes = "");

/// What unfolds under a summary.
std::string details(const std::string& summary, const std::string& content);

/// Names and values, those without a value left out.
std::string facts(const std::vector<std::pair<std::string, std::string>>& rows);

/// "10 years", or months where they make no whole years.
std::string period_length(const record::Results& results, Language language);

/// The strategies but the baseline, so many at most in one table.
std::vector<std::vector<std::size_t>> table_groups(const Page& page, std::size_t most);

std::string main_findings(const Page& page);  ///< table of headlines, and each strategy's balance
std::string comparison_table(const Page& page);  ///< every measure
std::string money(const Page& page);             ///< costs per outcome, accounts, yearly budgets
std::string strategies(const Page& page);        ///< what was simulated
std::string how_sure(const Page& page);
std::string provenance(const Page& page);

}  // namespace analysis
