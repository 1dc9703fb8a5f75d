#include "scenario/errors.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace scenario {
namespace {

std::string join_lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_string(problem);
  }
  return text;
}

/// Groups problems by file, in the order in which the files came up, and sorts each file's by line.
std::vector<Problem> in_reading_order(std::vector<Problem> problems) {
  std::unordered_map<std::string, std::size_t> turn;
  for (const Problem& problem : problems) turn.try_emplace(problem.file, turn.size());
  const auto place = [&turn](const Problem& problem) {
    return std::tuple(turn.at(problem.file), problem.line, problem.column);
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&place](const Problem& a, const Problem& b) { return place(a) < place(b); });
  return problems;
}

}  // namespace

std::string to_string(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += ':' + std::to_string(problem.line);
  if (problem.line > 0 && problem.column > 0) text += ':' + std::to_string(problem.column);
  text += ": " + problem.message;
  std::replace_if(
      text.begin(), text.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; },
      ' ');
  return text;
}

Invalid::Invalid(std::vector<Problem> problems)
    : std::runtime_error(join_lines(problems)), problems_(std::move(problems)) {}

void Problems::add(Problem problem) {
  problems_.push_back(std::move(problem));
  if (problems_.size() < limit) return;
  const std::string file = problems_.back().file;
  problems_.push_back(
      {file, 0, 0, "more than " + std::to_string(limit) + " problems: reading stops"});
  throw Invalid(problems_);
}

void Problems::add_missing_file(Problem problem) {
  ++missing_files_;
  add(std::move(problem));
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> ordered = in_reading_order(problems_);
  if (missing_files_ == ordered.size()) throw InputMissing(join_lines(ordered));
  throw Invalid(std::move(ordered));
}

}  // namespace scenario
