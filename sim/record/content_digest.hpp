/// The content digest: what two runs are compared by. docs/results-format.md says what it covers.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "record/results.hpp"

namespace record {

/// A hash of every published number and label and of nothing else, as 32 hexadecimal digits: the
/// same for two runs exactly when they found the same. Names and titles of strategies and the
/// provenance are left out; strategies count by position. All missing numbers are one. Indicators
/// that an older file does not have do not count.
std::string content_digest(const Results& results);

/// Where the values of indicators are found, so that not all of them need to be in memory.
template <class Number>
struct IndicatorSource {
  std::function<bool(std::size_t)> has;  ///< whether the file knows this indicator
  std::function<std::vector<Number>(std::size_t)> values;
};

/// The same, with the values of each indicator looked up one after the other.
std::string content_digest(const Results& frame, const IndicatorSource<double>& series,
                           const IndicatorSource<float>& panel);

}  // namespace record
