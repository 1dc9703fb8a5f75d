#include "scenario/needs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "scenario/csv.hpp"
#include "scenario/suggest.hpp"
#include "scenario/text_file.hpp"

namespace scenario {
namespace {

enum Column : std::size_t {
  id,
  title,
  profession,
  access,
  rate,
  share,
  share_ill,
  sex,
  illness_ratio,
  sessions,
  interval,
  urgent,
  patience,
  patience_urgent,
  substitutes,
  unmet
};

constexpr std::string_view a_share = "gp_needs";    ///< in `rate`
constexpr std::string_view what_is_left = "rest";   ///< in `share`
constexpr std::string_view in_team_mark = "@team";  ///< after a substitute

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The parts of a cell between semicolons; none of an empty cell.
std::vector<std::string_view> parts_of(std::string_view cell) {
  std::vector<std::string_view> parts;
  while (!trimmed(cell).empty()) {
    const std::size_t end = std::min(cell.find(';'), cell.size());
    parts.push_back(trimmed(cell.substr(0, end)));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return parts;
}

/// Reads the cells of one row and notes what is wrong with them.
class RowReader {
 public:
  RowReader(const CsvTable& table, const std::vector<std::size_t>& columns, std::size_t row,
            const ParameterTable& parameters, Problems& problems)
      : table_(table), columns_(columns), row_(row), parameters_(parameters), problems_(problems) {}

  NeedRow read() const {
    NeedRow need;
    need.id = required(id, "must be there, in small letters");
    need.title = required(title, "must be there: what a reader sees");
    need.profession = read_profession(profession, cell(profession)).value_or(0);
    need.by_referral = choice(access, {"direct", "referral"}) == "referral";
    need.women_only = choice(sex, {"all", "women"}) == "women";
    read_rate(need);
    need.illness_ratio = parameter_if_any(illness_ratio);
    need.sessions = parameter_if_any(sessions);
    need.interval = parameter_if_any(interval);
    if (need.sessions.empty() != need.interval.empty())
      reject(interval, "must be there with sessions, and only then");
    read_urgency(need);
    for (const std::string_view part : parts_of(cell(substitutes))) read_substitute(part, need);
    for (const std::string_view part : parts_of(cell(unmet))) read_unmet(part, need);
    return need;
  }

  void reject(Column column, std::string_view why, std::string_view suggestion = "") const {
    problems_.add(
        table_.problem(row_, fmt::format("{} = {} ({}){}", table_.columns()[columns_[column]],
                                         in_quotes(cell(column)), why, suggestion)));
  }

 private:
  std::string_view cell(Column column) const {
    return trimmed(table_.cell(row_, columns_[column]));
  }

  std::string required(Column column, std::string_view why) const {
    if (cell(column).empty()) reject(column, why);
    return std::string(cell(column));
  }

  std::string_view choice(Column column, std::initializer_list<std::string_view> choices) const {
    if (std::find(choices.begin(), choices.end(), cell(column)) == choices.end())
      reject(column, fmt::format("must be {}", fmt::join(choices, " or ")));
    return cell(column);
  }

  std::optional<std::size_t> read_profession(Column column, std::string_view name) const {
    const auto found = std::find(need_professions.begin(), need_professions.end(), name);
    if (found != need_professions.end())
      return static_cast<std::size_t>(found - need_professions.begin());
    reject(column, fmt::format("must be one of {}", listed(need_professions)),
           did_you_mean(name, need_professions));
    return std::nullopt;
  }

  std::string parameter(Column column, std::string_view name,
                        const char* rule = "must be the id of a parameter") const {
    if (parameters_.find(name) == nullptr)
      reject(column, rule,
             problems_.are_many() ? "" : did_you_mean(name, parameters_.suggestions(name)));
    return std::string(name);
  }

  std::string parameter_if_any(Column column) const {
    return cell(column).empty() ? std::string() : parameter(column, cell(column));
  }

  /// A share of the needs for a GP, or strata such as `0: id; 15: id; 50: none`.
  void read_rate(NeedRow& need) const {
    if (cell(rate) == a_share) {
      if (need.profession != 0 || need.by_referral)
        reject(rate, "must be of a need of direct access to a gp");
      if (need.women_only) reject(sex, "must be all: needs for a gp differ by sex in one rate");
      for (const Column unread : {illness_ratio, sessions, interval}) {
        if (!cell(unread).empty()) reject(unread, "must be empty: no law reads it for a gp");
      }
      if (cell(share) == what_is_left && cell(share_ill) == what_is_left) return;
      need.share = parameter(share, cell(share));
      need.share_ill = parameter(share_ill, cell(share_ill));
      return;
    }
    if (need.profession == 0)
      reject(rate, "must be gp_needs: the needs for a gp are shares of one total");
    if (!cell(share).empty() || !cell(share_ill).empty())
      reject(share, "must be empty: only gp_needs come in shares");
    for (const std::string_view part : parts_of(cell(rate))) {
      const std::size_t colon = part.find(':');
      const auto from_age = to_whole_number(trimmed(part.substr(0, colon)));
      if (colon == std::string_view::npos || !from_age || *from_age < 0 || *from_age > 120 ||
          (!need.rate.empty() && *from_age <= need.rate.back().from_age)) {
        reject(rate, "must be gp_needs, or rising ages with a parameter each: 0: id; 65: id");
        return;
      }
      const std::string_view name = trimmed(part.substr(colon + 1));
      need.rate.push_back(
          {static_cast<int>(*from_age), name == "none" ? "" : parameter(rate, name)});
    }
    if (need.rate.empty()) reject(rate, "must be there: how often the need arises");
  }

  void read_urgency(NeedRow& need) const {
    need.always_urgent = cell(urgent) == "always";
    const bool never = cell(urgent) == "never";
    if (!need.always_urgent && !never)
      need.urgent_share = parameter(urgent, cell(urgent),
                                    "must be always, never or the id of a parameter: a share");
    if (!need.always_urgent) need.patience = parameter(patience, cell(patience));
    if (!never) need.patience_urgent = parameter(patience_urgent, cell(patience_urgent));
  }

  void read_substitute(std::string_view part, NeedRow& need) const {
    const bool in_team = part.ends_with(in_team_mark);
    if (in_team) part.remove_suffix(in_team_mark.size());
    const auto found = read_profession(substitutes, part);
    if (!found) return;
    if (*found == need.profession)
      reject(substitutes, "must not be the profession first contacted");
    need.substitutes.push_back({*found, in_team});
  }

  void read_unmet(std::string_view part, NeedRow& need) const {
    if (part == "emergency")
      need.emergency = true;
    else if (part == "follow_up")
      need.follow_up = true;
    else if (part == "prevention")
      need.prevention = true;
    else
      reject(unmet, "must be empty, or emergency, follow_up or prevention, with ; between them");
  }

  const CsvTable& table_;
  const std::vector<std::size_t>& columns_;
  std::size_t row_;
  const ParameterTable& parameters_;
  Problems& problems_;
};

/// What only the whole table can tell: ids come once, and one share of the needs for a GP is the
/// rest, so that the shares are all of them.
void check_together(const CsvTable& csv, const NeedTable& table, Problems& problems) {
  int rests = 0;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const NeedRow& need = table.rows[row];
    const auto first = std::find_if(table.rows.begin(), table.rows.end(),
                                    [&need](const NeedRow& other) { return other.id == need.id; });
    const auto line = static_cast<std::size_t>(first - table.rows.begin());
    if (line != row)
      problems.add(csv.problem(row, fmt::format("id = {} (is there already, on line {})",
                                                in_quotes(need.id), csv.line(line))));
    if (need.profession == 0 && need.share.empty()) ++rests;
  }
  if (rests != 1)
    problems.add({csv.file(), 0, 0,
                  fmt::format("has {} needs for a gp with the share rest (must be one: what the "
                              "other shares leave)",
                              rests)});
}

}  // namespace

NeedTable NeedTable::read(const std::filesystem::path& file, const ParameterTable& parameters) {
  NeedTable table;
  constexpr std::size_t most_bytes = 1U << 20;
  table.text = read_text_file(file, most_bytes);
  const CsvTable csv = read_csv(file);
  const std::vector<std::size_t> columns = csv.require_columns(
      {"id", "title", "profession", "access", "rate", "share", "share_ill", "sex", "illness_ratio",
       "sessions", "interval", "urgent", "patience", "patience_urgent", "substitutes", "unmet"});
  Problems problems;
  constexpr std::size_t most = 200;  // a type fits a byte
  if (csv.size() > most)
    problems.add({csv.file(), 0, 0, fmt::format("has {} rows (at most {})", csv.size(), most)});
  for (std::size_t row = 0; row < csv.size(); ++row)
    table.rows.push_back(RowReader(csv, columns, row, parameters, problems).read());
  if (problems.empty()) check_together(csv, table, problems);
  problems.throw_if_any();
  return table;
}

}  // namespace scenario
