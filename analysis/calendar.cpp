#include "analysis/calendar.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>
#include <string>

namespace analysis {

std::chrono::sys_days parse_date(std::string_view text) {
  const auto number_in = [text](std::size_t first, std::size_t length) {
    int value = -1;
    if (text.size() == 10)
      std::from_chars(text.data() + first, text.data() + first + length, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{number_in(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number_in(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number_in(8, 2))}};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !date.ok())
    throw std::invalid_argument("'" + std::string(text) + "' is not a date (must be YYYY-MM-DD)");
  return date;
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::chrono::sys_days month_start(std::chrono::sys_days start, std::int64_t month) {
  const std::chrono::year_month_day date =
      std::chrono::year_month_day{start} + std::chrono::months{month};
  if (date.ok()) return date;
  return std::chrono::year_month_day_last{date.year(), std::chrono::month_day_last{date.month()}};
}

std::int32_t horizon_day(const record::Results& results) {
  const std::chrono::sys_days start = parse_date(results.start_date);
  return static_cast<std::int32_t>((month_start(start, results.months) - start).count());
}

}  // namespace analysis
