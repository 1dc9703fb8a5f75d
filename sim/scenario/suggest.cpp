#include "scenario/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

namespace scenario {
namespace {

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Whether a word of four letters or more begins the candidate and is not all of it.
bool is_beginning(std::string_view word, std::string_view candidate) {
  return word.size() >= 4 && candidate.size() > word.size() &&
         candidate.substr(0, word.size()) == word;
}

std::size_t size_difference(std::string_view a, std::string_view b) {
  return std::max(a.size(), b.size()) - std::min(a.size(), b.size());
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the table d[i][j] = distance between the first i letters of a and j of b.
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) current[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, current);
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = small(a[i - 1]) == small(b[j - 1]) ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + replaced});
      if (i > 1 && j > 1 && small(a[i - 1]) == small(b[j - 2]) &&
          small(a[i - 2]) == small(b[j - 1]))
        current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
  }
  return current[b.size()];
}

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::size_t furthest = std::max<std::size_t>(1, word.size() / 3);
  constexpr std::size_t most_cells = 400'000;  // of the tables of distances, all together
  std::size_t cells = 0;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : candidates) {
    if (is_beginning(word, candidate)) {
      near.emplace_back(furthest, candidate);
      continue;
    }
    if (size_difference(word, candidate) > furthest) continue;
    cells += word.size() * candidate.size();
    if (cells > most_cells) break;  // no help is worth more than a moment
    const std::size_t distance = edit_distance(word, candidate);
    if (distance <= furthest && distance < candidate.size()) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> best;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, near.size()); ++i)
    best.push_back(near[i].second);
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string> best = nearest(word, candidates);
  std::string text;
  for (std::size_t i = 0; i < best.size(); ++i)
    text += (i == 0                 ? "; did you mean "
             : i + 1 == best.size() ? " or "
                                    : ", ") +
            in_quotes(best[i]);
  return text.empty() ? text : text + "?";
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::vector<std::string> copies(candidates.begin(), candidates.end());
  return did_you_mean(word, copies);
}

std::string shortened(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string shown;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool starts_a_character = (byte & 0xC0U) != 0x80U;
    if (shown.size() >= longest && starts_a_character) return shown + "...";
    shown += byte < 0x20 || byte == 0x7F ? ' ' : letter;
  }
  return shown;
}

std::string in_quotes(std::string_view text) { return '"' + shortened(text) + '"'; }

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  char* const begin = buffer.data();
  char* const end = begin + buffer.size();
  const bool is_whole = std::abs(value) < 1e15 && value == std::floor(value);
  const auto written = is_whole ? std::to_chars(begin, end, value, std::chars_format::fixed)
                                : std::to_chars(begin, end, value);
  return {begin, written.ptr};
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace scenario
