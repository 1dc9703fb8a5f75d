/// How numbers and names are written for the people who read them, in English and in French.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/commune_indicators.hpp"
#include "record/indicators.hpp"
#include "record/observations.hpp"
#include "world/ids.hpp"

namespace analysis {

enum class Language : std::uint8_t { en, fr };

/// Reads `fr`, `en` or the name of a locale that begins so (`fr_FR.UTF-8`); `C` and `POSIX` mean
/// English. Throws `std::invalid_argument` that lists what is known otherwise.
Language parse_language(std::string_view text);

/// One text in both languages, written with plain spaces and straight apostrophes.
struct Words {
  std::string_view en;
  std::string_view fr;
};

/// The text in a language, typeset.
std::string say(const Words& words, Language language);

/// Turns straight apostrophes into curly ones and, in French, the space before ; : ! ? % and inside
/// guillemets into a narrow no-break space (U+202F).
std::string typeset(std::string_view text, Language language);

/// The text in a language, typeset, with its {} filled in. What fills them is left as it is.
/// Requires as many arguments as the text of each language asks for.
template <class... Arguments>
std::string fill(Language language, const Words& pattern, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(say(pattern, language)), arguments...);
}

/// Puts a name between the quotation marks of the language. The name itself is left as it is.
std::string quote(std::string_view name, Language language);

inline constexpr std::string_view missing_mark = "\u2013";  ///< stands where there is no number

enum class Sign : std::uint8_t {
  minus_only,  ///< 3, −3
  always,      ///< +3, −3; a number that rounds to zero has none
};

/// A number with thousands marked and so many decimals: 1,234.5 or 1 234,5. A dash if it is not a
/// number. What rounds to zero is written without a sign.
std::string number(double value, int decimals, Language language, Sign sign = Sign::minus_only);

/// A share of 1 as a percentage: 12.5% or 12,5 %.
std::string percent(double share, int decimals, Language language, Sign sign = Sign::minus_only);

/// An amount in euros: €1,234 or 1 234 €.
std::string euros(double amount, int decimals, Language language, Sign sign = Sign::minus_only);

/// The quantities that the report knows how to write, each with its unit.
enum class Unit : std::uint8_t {
  persons,
  share,  ///< of 1, written as a percentage; differences are in percentage points
  days,
  euros,
  per_thousand_a_year,  ///< per 1,000 residents and year
  per_resident_a_year,
  none,  ///< an index
};

/// A value with its unit where the unit is a sign (%, €), bare otherwise.
std::string value_text(double value, int decimals, Unit unit, Language language,
                       Sign sign = Sign::minus_only);

/// The unit in words; empty for those that `value_text` writes as a sign.
Words unit_words(Unit unit);

/// A long name and a short explanation.
struct Label {
  Words name;
  Words explanation;
};

Label label(record::Indicator indicator);
Label label(record::CommuneIndicator indicator);
Words label(world::Profession profession);  ///< plural
Words label(record::DepartureCause cause);
Words label(record::Category category);
Words label(record::Account account);
std::optional<Words> team_stage_label(int stage);  ///< of the indicator `team_stage`, 0 to 6

}  // namespace analysis
