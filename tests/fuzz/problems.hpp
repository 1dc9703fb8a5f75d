/// What the entries ask of every reader of texts.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "scenario/errors.hpp"

namespace fuzz {

/// Throws what no reader may throw, so that it is a finding, unless the condition holds.
inline void require(bool condition, const char* otherwise) {
  if (!condition) throw std::logic_error(otherwise);
}

/// A message is a text of lines: nothing in it moves the cursor of a terminal.
inline void require_plain(std::string_view message) {
  require(!message.empty(), "a message is empty");
  require(std::none_of(
              message.begin(), message.end(),
              [](unsigned char byte) { return (byte < 0x20 && byte != '\n') || byte == 0x7F; }),
          "a message holds a control character");
}

/// Runs a step that may throw what a user is told of an input, and nothing else.
template <class Step>
void may_complain(const Step& step) {
  try {
    step();
  } catch (const scenario::Invalid& invalid) {
    require(!invalid.problems().empty(), "an input is refused without a problem");
    require_plain(invalid.what());
  } catch (const scenario::InputMissing& missing) {
    require_plain(missing.what());
  }
}

}  // namespace fuzz
