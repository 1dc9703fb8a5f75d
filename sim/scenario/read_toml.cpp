#include "scenario/read_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "scenario/suggest.hpp"
#include "scenario/text_file.hpp"

#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 16  // a scenario nests three deep; toml++ recurses
#include <toml++/impl/preprocessor.h>
// toml++ lets the compiler take for granted what it asserts, and one assertion is about the file:
// that a name follows "[". The check that comes after it must not be optimised away.
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT_ASSUME(condition) static_assert(true)
#include <toml++/toml.h>

namespace scenario {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20U;
constexpr int most_lines = 20'000;
constexpr int most_dots_in_a_key = 8;
constexpr int most_dots = 20'000;

/// Walks over the text outside strings and comments, and refuses what toml++ would not take well:
/// endless lines, keys such as a.a.a.a.a.a.a.a.a.a that nest with each dot, and letters that are
/// not ASCII, which stand nowhere else in TOML.
class Guard {
 public:
  Guard(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  void check() {
    while (at_ < text_.size()) {
      if ((text_[at_] == '"' || text_[at_] == '\'') && a_string_may_start()) {
        skip_string(text_[at_]);
      } else if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        check_letter(text_[at_]);
        ++at_;
      }
    }
  }

 private:
  /// Whether a quote opens a string here. In the middle of a word it does not: what follows it is
  /// to toml++ no string either.
  bool a_string_may_start() const {
    constexpr std::string_view before_a_string = "=,[{.\n";
    return before_a_string.find(before_) != std::string_view::npos;
  }

  void check_letter(char letter) {
    constexpr std::string_view ends_a_key = "=,[]{}";
    if (letter != ' ' && letter != '\t') before_ = letter;
    if (static_cast<unsigned char>(letter) >= 0x80)
      refuse("a letter that is not ASCII stands outside quotes (text must be in quotes)");
    if (letter == '\n') next_line();
    if (letter == '\n' || ends_a_key.find(letter) != std::string_view::npos) dots_in_key_ = 0;
    if (letter != '.') return;
    if (++dots_in_key_ > most_dots_in_a_key || ++dots_ > most_dots)
      refuse("has too many dots (no key of a scenario nests as deep)");
  }

  /// Steps over a text in quotes, or over the rest of the line if its quote is never closed.
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool multi_line = text_.compare(at_, 3, three) == 0;
    const std::string_view closing = std::string_view(three).substr(0, multi_line ? 3 : 1);
    at_ += closing.size();
    while (at_ < text_.size() && text_.compare(at_, closing.size(), closing) != 0) {
      if (text_[at_] == '\n' && !multi_line) return;
      if (quote == '"' && text_[at_] == '\\') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') next_line();
      ++at_;
    }
    at_ = std::min(at_ + closing.size(), text_.size());
    before_ = quote;
    // Three quotes that close may follow up to two that belong to the text.
    for (int more = 0; multi_line && more < 2 && at_ < text_.size() && text_[at_] == quote; ++more)
      ++at_;
  }

  /// Requires that `at_` is at a line end.
  void next_line() {
    line_begin_ = at_ + 1;
    if (++line_ > most_lines)
      throw Invalid(
          {{file_, 0, 0,
            fmt::format("has more than {} lines (this is another kind of file)", most_lines)}});
  }

  [[noreturn]] void refuse(std::string why) const {
    const std::string_view before = text_.substr(line_begin_, at_ - line_begin_);
    const auto letters = std::count_if(before.begin(), before.end(), [](char byte) {
      return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
    throw Invalid({{file_, line_, static_cast<int>(letters) + 1, std::move(why)}});
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
  char before_ = '\n';  ///< the last letter that was no blank
  int dots_in_key_ = 0;
  int dots_ = 0;
};

Position begin_of(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

TomlValue convert(const toml::node& node);

TomlTable convert_table(const toml::table& table) {
  TomlTable converted{begin_of(table.source()), {}};
  for (const auto& [key, value] : table)
    converted.entries.push_back({std::string(key.str()), begin_of(key.source()), convert(value)});
  const auto place = [](const TomlEntry& entry) {
    return std::pair(entry.position.line, entry.position.column);
  };
  std::sort(converted.entries.begin(), converted.entries.end(),
            [&place](const TomlEntry& a, const TomlEntry& b) { return place(a) < place(b); });
  return converted;
}

TomlList convert_list(const toml::array& array) {
  TomlList converted;
  for (const toml::node& value : array) converted.push_back(convert(value));
  return converted;
}

std::chrono::sys_days convert_date(const toml::date& date) {
  return std::chrono::year(date.year) / std::chrono::month(date.month) / std::chrono::day(date.day);
}

TomlValue convert(const toml::node& node) {
  TomlValue value{begin_of(node.source()), TomlClockTime{}};
  if (const auto* text = node.as_string()) value.content = text->get();
  if (const auto* whole = node.as_integer()) value.content = whole->get();
  if (const auto* number = node.as_floating_point()) value.content = number->get();
  if (const auto* boolean = node.as_boolean()) value.content = boolean->get();
  if (const auto* date = node.as_date()) value.content = convert_date(date->get());
  if (const auto* array = node.as_array()) value.content = convert_list(*array);
  if (const auto* table = node.as_table()) value.content = convert_table(*table);
  return value;
}

/// What toml++ says about a file that is not TOML, in words that need no knowledge of TOML. The
/// first entry whose start is in the description is taken; what toml++ saw follows.
constexpr std::array<std::pair<std::string_view, std::string_view>, 19> plain_words{{
    {"encountered end-of-file", "the file ends before this is finished"},
    {"could not determine value type", "this is no value (text must be in quotes)"},
    {"leading zeroes are prohibited",
     "a number must not start with 0 (a code is a text: put it in quotes)"},
    {"expected day between", "there is no such date"},
    {"expected month between", "there is no such date"},
    {"cannot insert", "this adds to a table that is already closed"},
    {"expected bare key starting character", "a name must stand here"},
    {"expected '='", "a key must be followed by = and a value"},
    {"expected value, saw", "a value is missing"},
    {"expected value-terminator", "something follows the value (text must be in quotes)"},
    {"expected comma or closing ']'", "a comma or ] is missing in this list"},
    {"expected comma or closing '}'", "a comma or } is missing in this table"},
    {"expected value or closing ']'", "there is a comma too many in this list"},
    {"dangling comma", "there is a comma too many in this table"},
    {"expected ']'", "a ] is missing after the name of this section"},
    {"unescaped control characters",
     "a closing quote is missing on this line, or the text holds a control character"},
    {"expected a comment or whitespace, saw ','",
     "the line must end here: decimals are written with a point"},
    {"expected a comment or whitespace", "the line must end here"},
    {"exceeded maximum nested value depth", "lists or tables nest too deep"},
}};

/// What toml++ found in place of what it expected, if it says so.
std::string what_it_saw(std::string_view description) {
  const std::size_t saw = description.rfind("saw ");
  if (saw == std::string_view::npos) return {};
  const std::string_view seen = description.substr(saw + 4);
  return seen == "'\\n'" ? " (found the end of the line)"
                         : fmt::format(" (found {})", shortened(seen));
}

/// The name that a description has in quotes.
std::string_view name_in(std::string_view description) {
  const std::size_t begin = description.find('\'');
  const std::size_t end = description.find('\'', begin + 1);
  if (begin == std::string_view::npos || end == std::string_view::npos) return "this";
  return description.substr(begin + 1, end - begin - 1);
}

std::string plainly(std::string_view description) {
  if (description.find("cannot redefine existing") != std::string_view::npos)
    return fmt::format("{} is there twice", shortened(name_in(description)));
  for (const auto& [theirs, ours] : plain_words)
    if (description.find(theirs) != std::string_view::npos)
      return std::string(ours) + what_it_saw(description);
  constexpr std::string_view opening = "Error while parsing ";
  if (description.compare(0, opening.size(), opening) == 0)
    description.remove_prefix(opening.size());
  return fmt::format("this is not TOML: in {}", shortened(description));
}

}  // namespace

const TomlValue* TomlTable::find(std::string_view key) const {
  for (const TomlEntry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

TomlDocument read_toml(const std::filesystem::path& file) {
  return parse_toml(read_text_file(file, most_bytes), file.string());
}

TomlDocument parse_toml(std::string text, std::string file) {
  Guard(text, file).check();
  try {
    TomlTable root = convert_table(toml::parse(text, file));
    root.position = Position{};  // a file has no header
    return {std::move(file), std::move(text), std::move(root)};
  } catch (const toml::parse_error& error) {
    const Position position = begin_of(error.source());
    throw Invalid({{file, position.line, position.column, plainly(error.description())}});
  }
}

std::string_view kind_of(const TomlValue& value) {
  constexpr std::array<std::string_view, 8> names{
      "text",   "a whole number", "a number with decimals", "true or false", "a date", "a time",
      "a list", "a table"};
  return names[value.content.index()];
}

std::string shown(const TomlValue& value) {
  struct Show {
    std::string operator()(const std::string& text) const { return in_quotes(text); }
    std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(bool boolean) const { return boolean ? "true" : "false"; }
    std::string operator()(std::chrono::sys_days day) const { return date_text(day); }
    std::string operator()(TomlClockTime) const { return "a time"; }
    std::string operator()(const TomlList& list) const {
      std::string text;
      for (const TomlValue& item : list) {
        if (text.size() > 60) return '[' + shortened(text) + ']';
        text += (text.empty() ? "" : ", ") + shown(item);
      }
      return '[' + text + ']';
    }
    std::string operator()(const TomlTable& table) const {
      return table.entries.empty() ? "{}" : "{ " + shortened(table.entries[0].key) + " ... }";
    }
  };
  return std::visit(Show{}, value.content);
}

}  // namespace scenario
