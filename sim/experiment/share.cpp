#include "experiment/share.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace experiment {
namespace {

/// A whole number, 0 or more, and nothing else. Nothing too if it does not fit.
std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || number < 0) return std::nullopt;
  return number;
}

bool is_share(std::int64_t index, std::int64_t count) {
  return 1 <= index && index <= count && count <= most_shares;
}

}  // namespace

std::optional<Share> parse_share(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::optional<std::int64_t> index = parse_count(text.substr(0, slash));
  const std::optional<std::int64_t> count = parse_count(text.substr(slash + 1));
  if (!index || !count || !is_share(*index, *count)) return std::nullopt;
  return Share{*index, *count};
}

std::optional<Share> share_of_array(const Variable& variable) {
  const auto text = [&](const char* name) {
    const char* value = variable(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  if (text("SLURM_ARRAY_TASK_ID").empty()) return std::nullopt;

  const auto id = parse_count(text("SLURM_ARRAY_TASK_ID"));
  const auto first = parse_count(text("SLURM_ARRAY_TASK_MIN"));
  const auto last = parse_count(text("SLURM_ARRAY_TASK_MAX"));
  const auto count = parse_count(text("SLURM_ARRAY_TASK_COUNT"));
  const auto step = parse_count(text("SLURM_ARRAY_TASK_STEP"));
  const UnclearArray unclear(fmt::format(
      "{}-{}:{}, {} elements", text("SLURM_ARRAY_TASK_MIN"), text("SLURM_ARRAY_TASK_MAX"),
      text("SLURM_ARRAY_TASK_STEP"), text("SLURM_ARRAY_TASK_COUNT")));
  if (!id || !first || !last || !count || !step || *step == 0 || *id < *first || *id > *last)
    throw unclear;
  const bool has_holes = (*last - *first) / *step + 1 != *count || (*id - *first) % *step != 0;
  const std::int64_t index = (*id - *first) / *step + 1;
  if (has_holes || !is_share(index, *count)) throw unclear;
  return Share{index, *count};
}

}  // namespace experiment
