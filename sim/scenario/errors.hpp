/// What can be wrong with what a user wrote: every problem at once, each where it stands.
#pragma once

#include <cstddef>
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

/// The problem on one line; a line or column of 0 is left out, and control characters are spaces: a
/// terminal shows what is written, and no more.
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

/// Collects problems while an input is read, so that a user sees them all together.
class Problems {
 public:
  /// A file with more problems than this is another kind of file: reading it stops.
  static constexpr std::size_t limit = 1000;

  /// Notes a problem. Throws `Invalid` when there are more than `limit`.
  void add(Problem problem);

  /// Notes that a file named at this place is not there.
  void add_missing_file(Problem problem);

  bool empty() const { return problems_.empty(); }

  /// Whether there are so many that it is no help any more to look for what was meant, which takes
  /// up to 30 ms for the code of a commune.
  bool are_many() const { return problems_.size() >= 20; }

  /// Throws what was noted, file by file and in the order of the lines: as `InputMissing` if all of
  /// it is files that are not there, else as `Invalid`. Does nothing if nothing was noted.
  void throw_if_any() const;

 private:
  std::vector<Problem> problems_;
  std::size_t missing_files_ = 0;
};

}  // namespace scenario
