/// "Did you mean ...?": the known words nearest to one that is not known, and how values are shown.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace scenario {

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn one
/// word into the other (Damerau-Levenshtein distance, restricted: no letter is edited twice).
/// Letters are bytes, and capitals count as small letters.
std::size_t edit_distance(std::string_view one, std::string_view other);

/// The candidates within a third of the word's length, or that begin with it; best first, three at
/// most. Among very many or very long candidates the last ones are not looked at.
std::vector<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
std::vector<std::string> nearest(std::string_view word,
                                 std::span<const std::string_view> candidates);

/// `; did you mean "x"?`, or nothing if no candidate is near.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// A text in quotes as messages show it: on one line, and cut when it is long.
std::string in_quotes(std::string_view text);

/// A text as messages show it, without quotes.
std::string shortened(std::string_view text);

/// The shortest decimal text that reads back as the same number, whatever the locale.
std::string number_text(double value);

/// A date as 2016-01-01.
std::string date_text(std::chrono::sys_days day);

/// The names with commas between them.
std::string listed(std::span<const std::string_view> names);

}  // namespace scenario
