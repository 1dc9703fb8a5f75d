#include "scenario/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "scenario/suggest.hpp"

namespace scenario {
namespace {

using format::Key;
using format::Kind;

bool in_range(const Key& key, double number) {
  return std::isfinite(number) && number >= key.low && number <= key.high;
}

template <class Content>
bool is_list_of(const TomlValue& value) {
  const auto* const list = std::get_if<TomlList>(&value.content);
  return list != nullptr && std::all_of(list->begin(), list->end(), [](const TomlValue& item) {
           return std::holds_alternative<Content>(item.content);
         });
}

bool is_of_kind(const TomlValue& value, Kind kind) {
  switch (kind) {
    case Kind::text:
      return std::holds_alternative<std::string>(value.content);
    case Kind::whole_number:
      return std::holds_alternative<std::int64_t>(value.content);
    case Kind::number:
      return as_number(value).has_value();
    case Kind::boolean:
      return std::holds_alternative<bool>(value.content);
    case Kind::date:
      return std::holds_alternative<std::chrono::sys_days>(value.content);
    case Kind::texts:
      return is_list_of<std::string>(value);
    case Kind::numbers:
      return std::holds_alternative<TomlList>(value.content);
    case Kind::table:
      return std::holds_alternative<TomlTable>(value.content);
    case Kind::tables:
      return is_list_of<TomlTable>(value);
  }
  return false;
}

/// Whether a value of the right kind lies in the key's range.
bool is_allowed(const TomlValue& value, const Key& key) {
  switch (key.kind) {
    case Kind::text: {
      const auto& text = std::get<std::string>(value.content);
      const auto& choices = key.choices;
      return !text.empty() &&
             (choices.empty() || std::find(choices.begin(), choices.end(), text) != choices.end());
    }
    case Kind::whole_number:
    case Kind::number:
      return in_range(key, *as_number(value));
    case Kind::date: {
      const std::chrono::year_month_day day(std::get<std::chrono::sys_days>(value.content));
      return in_range(key, static_cast<int>(day.year()));
    }
    case Kind::texts:
      return in_range(key, static_cast<double>(std::get<TomlList>(value.content).size()));
    case Kind::boolean:
    case Kind::numbers:  // each item is checked on its own
    case Kind::table:
    case Kind::tables:
      return true;
  }
  return false;
}

/// The items of a list of numbers that are no number in the range.
std::vector<const TomlValue*> wrong_items(const TomlValue& value, const Key& key) {
  std::vector<const TomlValue*> wrong;
  for (const TomlValue& item : std::get<TomlList>(value.content)) {
    const std::optional<double> number = as_number(item);
    if (!number || !in_range(key, *number)) wrong.push_back(&item);
  }
  return wrong;
}

/// What a value holds, if there is one.
template <class Content>
std::optional<Content> content(const TomlValue* value) {
  if (value == nullptr) return std::nullopt;
  return std::get<Content>(value->content);
}

std::string range_text(double low, double high) {
  if (std::isinf(low)) return "";
  if (std::isinf(high)) return fmt::format(" of {} or more", number_text(low));
  return fmt::format(" from {} to {}", number_text(low), number_text(high));
}

}  // namespace

std::string format::expectation(const Key& key) {
  const std::string range = range_text(key.low, key.high);
  if (!key.expects.empty()) return std::string(key.expects);
  switch (key.kind) {
    case Kind::text:
      return key.choices.empty() ? "a text in quotes that is not empty"
                                 : "one of " + listed(key.choices);
    case Kind::whole_number:
      return "a whole number" + range;
    case Kind::number:
      return "a number" + range;
    case Kind::boolean:
      return "true or false";
    case Kind::date:
      return "a date without quotes, such as 2016-01-01," + range;
    case Kind::texts:
      return fmt::format("a list of {} to {} names in quotes", key.low, key.high);
    case Kind::numbers:
      return "a list of numbers" + range;
    case Kind::table:
      return fmt::format("a section with one bracket, [{}]", key.name);
    case Kind::tables:
      return fmt::format("sections with two brackets, [[{}]]", key.name);
  }
  return {};
}

std::optional<double> as_number(const TomlValue& value) {
  if (const auto* number = std::get_if<double>(&value.content)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&value.content))
    return static_cast<double>(*whole);
  return std::nullopt;
}

TableReader::TableReader(const TomlTable& table, std::string_view heading,
                         std::span<const Key> keys, Desk desk)
    : table_(table), heading_(heading), keys_(keys), desk_(desk) {
  check_known();
  check_present();
  check_values();
}

void TableReader::check_known() const {
  std::vector<std::string_view> names;
  for (const Key& key : keys_) names.push_back(key.name);
  for (const TomlEntry& entry : table_.entries) {
    if (std::find(names.begin(), names.end(), entry.key) != names.end()) continue;
    const std::string near = did_you_mean(entry.key, names);
    desk_.add(entry.position,
              fmt::format("{} = {} (is no key of {}{}){}", shortened(entry.key), shown(entry.value),
                          heading_, near.empty() ? ", which may have " + listed(names) : "", near));
  }
}

void TableReader::check_present() const {
  for (const Key& key : keys_)
    if (key.required && !has(key.name))
      reject_section(fmt::format("has no {} (must be {})", key.name, expectation(key)));
}

void TableReader::check_values() {
  for (const Key& key : keys_) {
    const TomlValue* const value = table_.find(key.name);
    if (value == nullptr) continue;
    if (!is_of_kind(*value, key.kind)) {
      const bool mixed_list = std::holds_alternative<TomlList>(value->content) &&
                              (key.kind == Kind::texts || key.kind == Kind::tables);
      reject(key.name, fmt::format("must be {}, not {}", expectation(key),
                                   mixed_list ? "a list of something else" : kind_of(*value)));
    } else if (!is_allowed(*value, key)) {
      const auto* const text = std::get_if<std::string>(&value->content);
      reject(key.name, "must be " + expectation(key),
             text == nullptr ? "" : did_you_mean(*text, key.choices));
    } else {
      if (key.kind != Kind::numbers) continue;
      const std::vector<const TomlValue*> wrong = wrong_items(*value, key);
      for (const TomlValue* item : wrong)
        desk_.add(item->position, fmt::format("{} has {} (each must be a number{})", key.name,
                                              shown(*item), range_text(key.low, key.high)));
      if (wrong.empty()) continue;
    }
    wrong_.push_back(key.name);
  }
}

const TomlValue* TableReader::find(std::string_view key) const {
  if (std::find(wrong_.begin(), wrong_.end(), key) != wrong_.end()) return nullptr;
  return table_.find(key);
}

std::optional<std::string> TableReader::text(std::string_view key) const {
  return content<std::string>(find(key));
}

std::optional<std::int64_t> TableReader::whole_number(std::string_view key) const {
  return content<std::int64_t>(find(key));
}

std::optional<double> TableReader::number(std::string_view key) const {
  const TomlValue* const value = find(key);
  return value == nullptr ? std::nullopt : as_number(*value);
}

std::optional<bool> TableReader::boolean(std::string_view key) const {
  return content<bool>(find(key));
}

std::optional<std::chrono::sys_days> TableReader::date(std::string_view key) const {
  return content<std::chrono::sys_days>(find(key));
}

const TomlTable* TableReader::table(std::string_view key) const {
  const TomlValue* const value = find(key);
  return value == nullptr ? nullptr : &std::get<TomlTable>(value->content);
}

std::optional<std::size_t> TableReader::choice(std::string_view key) const {
  const std::optional<std::string> chosen = text(key);
  if (!chosen) return std::nullopt;
  const auto definition = std::find_if(
      keys_.begin(), keys_.end(), [key](const Key& candidate) { return candidate.name == key; });
  const auto& choices = definition->choices;
  return static_cast<std::size_t>(std::find(choices.begin(), choices.end(), *chosen) -
                                  choices.begin());
}

std::span<const TomlValue> TableReader::list(std::string_view key) const {
  const TomlValue* const value = find(key);
  if (value == nullptr) return {};
  return std::get<TomlList>(value->content);
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
  std::vector<std::string> texts;
  for (const TomlValue& item : list(key)) texts.push_back(std::get<std::string>(item.content));
  return texts;
}

std::vector<double> TableReader::numbers(std::string_view key) const {
  std::vector<double> numbers;
  for (const TomlValue& item : list(key)) numbers.push_back(*as_number(item));
  return numbers;
}

std::vector<const TomlTable*> TableReader::tables(std::string_view key) const {
  std::vector<const TomlTable*> tables;
  for (const TomlValue& item : list(key)) tables.push_back(&std::get<TomlTable>(item.content));
  return tables;
}

Problem TableReader::complaint(std::string_view key, std::string_view why,
                               std::string_view suggestion) const {
  const TomlValue& value = *table_.find(key);
  return {desk_.file, value.position.line, value.position.column,
          fmt::format("{} = {} ({}){}", key, shown(value), why, suggestion)};
}

void TableReader::reject(std::string_view key, std::string_view why,
                         std::string_view suggestion) const {
  desk_.problems.add(complaint(key, why, suggestion));
}

void TableReader::reject_section(std::string_view why) const {
  desk_.add(table_.position, fmt::format("{} {}", heading_, why));
}

}  // namespace scenario
