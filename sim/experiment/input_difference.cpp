#include "experiment/input_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "record/results_reader.hpp"
#include "scenario/suggest.hpp"

namespace experiment {
namespace {

using analysis::Language;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_lines = 12;

/// A value as a user would write it, cut where it is long.
std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return scenario::number_text(value.get<double>());
  constexpr std::size_t most_letters = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= most_letters) return text;
  const auto inside_letter = [&text](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  std::size_t end = most_letters;
  while (inside_letter(end)) --end;
  return text.substr(0, end) + "...";
}

/// The key by which the objects of a list are known, if all have one and no two the same.
std::optional<std::string> identity_of(const Json& list) {
  for (const char* key : {"name", "code", "id"}) {
    std::vector<std::string> names;
    for (const Json& one : list) {
      if (one.is_object() && one.contains(key)) names.push_back(one[key]);
    }
    if (names.empty() || names.size() != list.size()) continue;
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) == names.end()) return key;
  }
  return std::nullopt;
}

class Comparison {
 public:
  explicit Comparison(Language language) : language_(language) {}

  void compare(const std::string& path, const Json& before, const Json& after) {
    if (before == after) return;
    if (before.is_object() && after.is_object()) return compare_objects(path, before, after);
    if (before.is_array() && after.is_array() && !before.empty() && !after.empty()) {
      const auto key = identity_of(before);
      if (key && key == identity_of(after)) return compare_known(path, *key, before, after);
      if (before.size() == after.size() || before[0].is_object())
        return compare_lists(path, before, after);
    }
    add(path, text_of(before), text_of(after));
  }

  void add(const std::string& path, const std::string& before, const std::string& after) {
    lines_.push_back(fmt::format("  {}: {} -> {}", path, before, after));
  }

  std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(lines_.size(), most_lines); ++i)
      text += (i == 0 ? "" : "\n") + lines_[i];
    if (lines_.size() > most_lines)
      text += "\n  " + analysis::fill(language_, {"and {} more", "et {} de plus"},
                                      lines_.size() - most_lines);
    return text;
  }

 private:
  std::string none() const { return analysis::say({"none", "rien"}, language_); }

  static std::string under(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + '.' + key;
  }

  void compare_objects(const std::string& path, const Json& before, const Json& after) {
    for (const auto& [key, value] : before.items()) {
      const auto other = after.find(key);
      if (other != after.end())
        compare(under(path, key), value, *other);
      else
        add(under(path, key), text_of(value), none());
    }
    for (const auto& [key, value] : after.items()) {
      if (!before.contains(key)) add(under(path, key), none(), text_of(value));
    }
  }

  /// Objects of a list that are known by one of their keys; their order counts too.
  void compare_known(const std::string& path, const std::string& key, const Json& before,
                     const Json& after) {
    const auto by_name = [&key](const Json& list) {
      Json object = Json::object();
      for (const Json& one : list) object[one[key].get<std::string>()] = one;
      return object;
    };
    const auto names_of = [&key](const Json& list, const Json& others) {
      std::vector<std::string> names;
      for (const Json& one : list) {
        if (others.contains(one[key])) names.push_back(one[key]);
      }
      return names;
    };
    const Json one = by_name(before), other = by_name(after);
    compare_objects(path, one, other);
    const std::vector<std::string> order = names_of(before, other);
    const std::vector<std::string> other_order = names_of(after, one);
    if (order != other_order)
      add(path, fmt::format("{}", fmt::join(order, ", ")),
          fmt::format("{}", fmt::join(other_order, ", ")));
  }

  void compare_lists(const std::string& path, const Json& before, const Json& after) {
    const auto at = [&path](std::size_t i) { return fmt::format("{}[{}]", path, i); };
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
      if (i >= after.size())
        add(at(i), text_of(before[i]), none());
      else if (i >= before.size())
        add(at(i), none(), text_of(after[i]));
      else
        compare(at(i), before[i], after[i]);
    }
  }

  Language language_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string difference(std::string_view before, std::string_view after, Language language) {
  Comparison comparison(language);
  comparison.compare("", Json::parse(before).at("determines"), Json::parse(after).at("determines"));
  return comparison.text();
}

std::string explain_difference(const std::filesystem::path& results_or_shard,
                               const Experiment& asked, Language language) {
  const record::ResultsReader file(results_or_shard);
  const record::Results& there = file.frame();
  if (there.provenance.inputs_json.empty())
    return "  " + analysis::say({"which inputs differ is not known: an earlier version of Maillage "
                                 "wrote it and did not keep them",
                                 "on ne sait pas en quoi : une version antérieure de Maillage l'a "
                                 "écrit sans garder ses données"},
                                language);
  const std::string inputs =
      difference(there.provenance.inputs_json, asked.inputs_json(), language);
  if (!inputs.empty()) return inputs;
  return fmt::format("  replications: {} -> {}", there.planned, asked.scenario().replications);
}

}  // namespace experiment
