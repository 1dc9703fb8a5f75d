/// How numbers and texts are set, in either language.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/language.hpp"

namespace analysis {
namespace {

constexpr std::string_view narrow_space = "\u202F";
constexpr std::string_view minus = "\u2212";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// The digits of a finite number with thousands marked, without its sign.
std::string digits_of(double value, int decimals, Language language) {
  const std::string plain = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t whole = std::min(plain.find('.'), plain.size());
  const std::string_view thousands = language == Language::fr ? narrow_space : ",";
  std::string text;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) text += thousands;
    text += plain[i];
  }
  if (whole < plain.size()) {
    text += language == Language::fr ? ',' : '.';
    text += plain.substr(whole + 1);
  }
  return text;
}

std::string_view sign_of(double value, std::string_view digits, Sign sign) {
  const bool zero = digits.find_first_of("123456789") == std::string_view::npos;
  if (zero) return "";
  if (value < 0) return minus;
  return sign == Sign::always ? "+" : "";
}

}  // namespace

Language parse_language(std::string_view text) {
  const auto is = [text](std::string_view code) {
    return text.substr(0, code.size()) == code &&
           (text.size() == code.size() ||
            std::string_view("_-.@").find(text[code.size()]) != std::string_view::npos);
  };
  if (is("fr")) return Language::fr;
  if (is("en") || is("C") || is("POSIX")) return Language::en;
  throw std::invalid_argument(fmt::format("unknown language '{}' (must be fr or en)", text));
}

std::string typeset(std::string_view text, Language language) {
  std::string result(text);
  replace_all(result, "'", "\u2019");
  if (language == Language::fr) {
    for (const std::string_view mark : {";", ":", "!", "?", "%", "€", "»"})
      replace_all(result, std::string(" ").append(mark), std::string(narrow_space).append(mark));
    replace_all(result, "« ", std::string("«").append(narrow_space));
  }
  return result;
}

std::string say(const Words& words, Language language) {
  return typeset(language == Language::fr ? words.fr : words.en, language);
}

std::string quote(std::string_view name, Language language) {
  return language == Language::fr ? fmt::format("«{0}{1}{0}»", narrow_space, name)
                                  : fmt::format("\u2018{}\u2019", name);
}

std::string number(double value, int decimals, Language language, Sign sign) {
  if (!std::isfinite(value)) return std::string(missing_mark);
  const std::string digits = digits_of(value, decimals, language);
  return std::string(sign_of(value, digits, sign)) + digits;
}

std::string percent(double share, int decimals, Language language, Sign sign) {
  if (!std::isfinite(share)) return std::string(missing_mark);
  const std::string digits = number(100 * share, decimals, language, sign);
  return language == Language::fr ? fmt::format("{}{}%", digits, narrow_space) : digits + "%";
}

std::string euros(double amount, int decimals, Language language, Sign sign) {
  if (!std::isfinite(amount)) return std::string(missing_mark);
  const std::string digits = digits_of(amount, decimals, language);
  const std::string_view mark = sign_of(amount, digits, sign);
  return language == Language::fr ? fmt::format("{}{}{}€", mark, digits, narrow_space)
                                  : fmt::format("{}€{}", mark, digits);
}

std::string value_text(double value, int decimals, Unit unit, Language language, Sign sign) {
  switch (unit) {
    case Unit::share:
      // A difference of shares is in points: its unit is a word, not the sign.
      return sign == Sign::always ? number(100 * value, decimals, language, sign)
                                  : percent(value, decimals, language, sign);
    case Unit::euros:
      return euros(value, decimals, language, sign);
    case Unit::persons:
    case Unit::days:
    case Unit::per_thousand_a_year:
    case Unit::per_resident_a_year:
    case Unit::none:
      break;
  }
  return number(value, decimals, language, sign);
}

Words unit_words(Unit unit) {
  switch (unit) {
    case Unit::persons:
      return {"persons", "personnes"};
    case Unit::days:
      return {"days", "jours"};
    case Unit::per_thousand_a_year:
      return {"per 1,000 residents and year", "pour 1\u202F000 habitants et par an"};
    case Unit::per_resident_a_year:
      return {"per resident and year", "par habitant et par an"};
    case Unit::share:
    case Unit::euros:
    case Unit::none:
      break;
  }
  return {"", ""};
}

}  // namespace analysis
