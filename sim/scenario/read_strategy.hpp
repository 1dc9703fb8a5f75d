/// Reading a strategy file.
#pragma once

#include <chrono>
#include <optional>

#include "scenario/errors.hpp"
#include "scenario/read_toml.hpp"
#include "scenario/strategy.hpp"

namespace scenario {

/// The strategy that a file holds, with its name left empty; what is wrong goes to `problems`.
/// Dates become days since `start`; if the start itself was wrong they are not looked at.
Strategy read_strategy(const TomlDocument& document, std::optional<std::chrono::sys_days> start,
                       Problems& problems);

}  // namespace scenario
