/// The dates of a run: months of the results to days of the calendar.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "record/results.hpp"

namespace analysis {

/// The day that an ISO 8601 date (`2014-01-01`) names. Throws `std::invalid_argument` with the text
/// if it is none.
std::chrono::sys_days parse_date(std::string_view text);

/// A day in ISO 8601.
std::string date_text(std::chrono::sys_days day);

/// The first day of month `month`, counted from a start; the last day of the month if the start's
/// day of the month does not exist there.
std::chrono::sys_days month_start(std::chrono::sys_days start, std::int64_t month);

/// Days from the start of the scenario to the horizon.
std::int32_t horizon_day(const record::Results& results);

}  // namespace analysis
