/// What can be wrong with what a user wrote: every problem at once, each where it stands.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace scenario {

/// One problem, as `file:line:column: message`. Line and column count from 1; 0 means the whole
/// file.
struct Problem {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;
  bool operator==(const Problem&) const = default;
};

std::string to_string(const Problem& problem);

/// The scenario, a strategy or a table is not valid. `what()` lists every problem, a line each.
class Invalid : public std::runtime_error {
 public:
  explicit Invalid(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// A file that the user named is not there or cannot be read.
class InputMissing : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace scenario
