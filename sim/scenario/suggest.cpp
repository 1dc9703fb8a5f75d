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

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return small;
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

std::size_t edit_distance(std::string_view one, std::string_view other) {
  const std::string a = in_small_letters(one);
  const std::string b = in_small_letters(other);
  // Three rows of the table d[i][j] = distance between the first i letters of a and j of b.
  std::vector<std::size_t> rows(3 * (b.size() + 1));
  std::size_t* before_last = rows.data();
  std::size_t* last = before_last + b.size() + 1;
  std::size_t* current = last + b.size() + 1;
  for (std::size_t j = 0; j <= b.size(); ++j) current[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, current);
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
  }
  return current[b.size()];
}

std::vector<std::string> nearest(std::string_view word,
                                 std::span<const std::string_view> candidates) {
  const std::size_t furthest = std::max<std::size_t>(1, word.size() / 3);
  constexpr std::size_t most_work = 420'000;  // the parameters of our own table, and no more
  std::size_t work = 0;
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view candidate : candidates) {
    if (is_beginning(word, candidate)) {
      near.emplace_back(furthest, candidate);
      continue;
    }
    if (size_difference(word, candidate) > furthest) continue;
    work += (word.size() + 4) * (candidate.size() + 4);
    if (work > most_work) break;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance <= furthest && distance < candidate.size()) near.emplace_back(distance, candidate);
  }
  const auto best =
      near.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, near.size()));
  std::partial_sort(near.begin(), best, near.end());
  std::vector<std::string> names;
  for (auto one = near.begin(); one != best; ++one) names.emplace_back(one->second);
  return names;
}

std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return nearest(word, views);
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
