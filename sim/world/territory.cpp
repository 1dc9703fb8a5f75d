#include "world/territory.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "pdes/portable_math.hpp"
#include "scenario/errors.hpp"
#include "scenario/suggest.hpp"

namespace world {
namespace {

// The file: 8 bytes of magic, then unsigned integers, low byte first: version, numbers of communes,
// EPCI and aliases; the vintage and the records; and last the XXH3 of all that comes before it. A
// text is its length in bytes (two bytes), then UTF-8.
constexpr std::string_view magic = "MAILTERR";
constexpr std::uint32_t version = 1;
constexpr std::size_t checksum_size = 8;

class ByteWriter {
 public:
  template <class Unsigned>
  void number(Unsigned value) {
    for (std::size_t byte = 0; byte < sizeof(Unsigned); ++byte)
      bytes_ += static_cast<char>((value >> (8 * byte)) & 0xFF);
  }

  void text(std::string_view text) {
    assert(text.size() <= std::numeric_limits<std::uint16_t>::max());
    number(static_cast<std::uint16_t>(text.size()));
    bytes_ += text;
  }

  void raw(std::string_view text) { bytes_ += text; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what `ByteWriter` wrote. Throws `std::out_of_range` at the end of the bytes.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class Unsigned>
  Unsigned number() {
    std::uint64_t value = 0;
    const std::string_view bytes = take(sizeof(Unsigned));
    for (std::size_t byte = 0; byte < bytes.size(); ++byte)
      value |= std::uint64_t{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
    return static_cast<Unsigned>(value);
  }

  std::string text() { return std::string(take(number<std::uint16_t>())); }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(std::size_t count) {
    if (count > rest_.size()) throw std::out_of_range("the file is too short");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

std::uint64_t checksum(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

void write_coordinate(ByteWriter& out, std::int32_t value) {
  out.number(static_cast<std::uint32_t>(value));
}

std::int32_t read_coordinate(ByteReader& in) {
  return static_cast<std::int32_t>(in.number<std::uint32_t>());
}

std::string to_bytes(const TerritoryData& data) {
  ByteWriter out;
  out.raw(magic);
  out.number(version);
  out.number(static_cast<std::uint32_t>(data.communes.size()));
  out.number(static_cast<std::uint32_t>(data.epci.size()));
  out.number(static_cast<std::uint32_t>(data.aliases.size()));
  out.text(data.vintage);
  for (const Commune& commune : data.communes) {
    out.text(commune.code);
    out.text(commune.name);
    out.text(commune.departement);
    out.text(commune.region);
    out.text(commune.epci);
    out.number(commune.population);
    write_coordinate(out, commune.position.lon);
    write_coordinate(out, commune.position.lat);
    out.number(static_cast<std::uint8_t>(commune.location));
  }
  for (const Epci& epci : data.epci) {
    out.text(epci.siren);
    out.text(epci.name);
    out.text(epci.type);
    out.number(static_cast<std::uint32_t>(epci.members.size()));
    for (const std::string& code : epci.members) out.text(code);
  }
  for (const Alias& alias : data.aliases) {
    out.text(alias.code);
    out.text(alias.name);
    out.number(static_cast<std::uint8_t>(alias.kind));
    out.text(alias.commune);
  }
  const std::uint64_t sum = checksum(out.bytes());
  out.number(sum);
  return out.bytes();
}

/// Reads what follows the version. Requires bytes whose checksum is right.
TerritoryData from_bytes(std::string_view bytes) {
  ByteReader in(bytes);
  TerritoryData data;
  data.communes.resize(in.number<std::uint32_t>());
  data.epci.resize(in.number<std::uint32_t>());
  data.aliases.resize(in.number<std::uint32_t>());
  data.vintage = in.text();
  for (Commune& commune : data.communes) {
    commune.code = in.text();
    commune.name = in.text();
    commune.departement = in.text();
    commune.region = in.text();
    commune.epci = in.text();
    commune.population = in.number<std::uint32_t>();
    commune.position.lon = read_coordinate(in);
    commune.position.lat = read_coordinate(in);
    commune.location = static_cast<Location>(in.number<std::uint8_t>());
  }
  for (Epci& epci : data.epci) {
    epci.siren = in.text();
    epci.name = in.text();
    epci.type = in.text();
    epci.members.resize(in.number<std::uint32_t>());
    for (std::string& code : epci.members) code = in.text();
  }
  for (Alias& alias : data.aliases) {
    alias.code = in.text();
    alias.name = in.text();
    alias.kind = static_cast<AliasKind>(in.number<std::uint8_t>());
    alias.commune = in.text();
  }
  if (!in.at_end()) throw std::out_of_range("the file is too long");
  return data;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw scenario::InputMissing(fmt::format("{}: {}", file.string(), why));
}

// ---------------------------------------------------------------------------------- suggestions

/// Letters with a diacritic, as UTF-8, and what they become.
constexpr std::array<std::pair<std::string_view, std::string_view>, 48> plain_letters{{
    {"à", "a"}, {"á", "a"}, {"â", "a"},  {"ä", "a"},  {"ã", "a"},  {"À", "a"},  {"Á", "a"},
    {"Â", "a"}, {"Ä", "a"}, {"ç", "c"},  {"Ç", "c"},  {"é", "e"},  {"è", "e"},  {"ê", "e"},
    {"ë", "e"}, {"É", "e"}, {"È", "e"},  {"Ê", "e"},  {"Ë", "e"},  {"ì", "i"},  {"í", "i"},
    {"î", "i"}, {"ï", "i"}, {"Î", "i"},  {"Ï", "i"},  {"ñ", "n"},  {"Ñ", "n"},  {"ò", "o"},
    {"ó", "o"}, {"ô", "o"}, {"ö", "o"},  {"õ", "o"},  {"Ô", "o"},  {"Ö", "o"},  {"ù", "u"},
    {"ú", "u"}, {"û", "u"}, {"ü", "u"},  {"Ù", "u"},  {"Û", "u"},  {"Ü", "u"},  {"ÿ", "y"},
    {"Ÿ", "y"}, {"Ý", "y"}, {"œ", "oe"}, {"Œ", "oe"}, {"æ", "ae"}, {"Æ", "ae"},
}};

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_plain(char letter) { return (letter >= 'a' && letter <= 'z') || is_digit(letter); }

bool same_letters(std::string a, std::string b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

std::string named(const Commune& commune) {
  return fmt::format("{} ({})", commune.name, commune.code);
}
std::string named(const Epci& epci) { return fmt::format("{} ({})", epci.name, epci.siren); }

/// "a", "a or b", "a, b or c"; beyond five, "a, b, c, d, e or 7 others".
std::string listed(std::vector<std::string> items, std::string_view last_word) {
  constexpr std::size_t most = 5;
  if (items.size() > most) {
    const std::size_t others = items.size() - most;
    items.resize(most);
    items.push_back(fmt::format("{} other{}", others, others > 1 ? "s" : ""));
  }
  if (items.size() == 1) return items[0];
  const std::string last = std::move(items.back());
  items.pop_back();
  return fmt::format("{} {} {}", fmt::join(items, ", "), last_word, last);
}

/// What a user may write for a thing, folded; its code comes first.
std::vector<std::string> spellings(const Commune& commune) {
  return {fold(commune.code), fold(commune.name)};
}

std::vector<std::string> spellings(const Epci& epci) {
  std::vector<std::string> all{epci.siren, fold(epci.name)};
  const std::string type = fold(epci.type) + " ";
  if (all[1].substr(0, type.size()) == type) all.push_back(all[1].substr(type.size()));
  return all;
}

const std::string& code(const Commune& commune) { return commune.code; }
const std::string& code(const Epci& epci) { return epci.siren; }
std::uint32_t population(const Commune& commune) { return commune.population; }
std::uint32_t population(const Epci&) { return 0; }

/// The things that bear a name, the most populous first. Requires a folded name.
template <class Thing>
std::vector<const Thing*> bearers(const std::vector<Thing>& things, const std::string& name) {
  std::vector<const Thing*> found;
  for (const Thing& thing : things) {
    const std::vector<std::string> all = spellings(thing);
    if (std::find(all.begin(), all.end(), name) != all.end()) found.push_back(&thing);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Thing* a, const Thing* b) { return population(*a) > population(*b); });
  return found;
}

/// "; did you mean ...?" with the three things whose code is one error away from what was written,
/// or whose name is (two errors from eight letters on). Nothing if there is none.
template <class Thing>
std::string did_you_mean(const std::vector<Thing>& things, const std::string& folded) {
  struct Candidate {
    std::size_t distance = 0;
    bool other_letters = false;  // a swap of the same letters is the likeliest slip
    std::uint32_t population = 0;
    const Thing* thing = nullptr;
  };
  std::vector<Candidate> candidates;
  for (const Thing& thing : things) {
    std::size_t allowed = 1;
    for (const std::string& spelling : spellings(thing)) {
      const std::size_t distance = scenario::edit_distance(folded, spelling);
      if (distance <= allowed) {
        candidates.push_back(
            {distance, !same_letters(folded, spelling), population(thing), &thing});
        break;
      }
      if (folded.size() >= 8) allowed = 2;  // the names come after the code
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     return std::tie(a.distance, a.other_letters, b.population) <
                            std::tie(b.distance, b.other_letters, a.population);
                   });
  if (candidates.empty()) return "";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, candidates.size()); ++i)
    names.push_back(named(*candidates[i].thing));
  return fmt::format("; did you mean {}?", listed(std::move(names), "or"));
}

/// Says which thing has a name that was written in place of a code; nothing if none has.
template <class Thing>
std::optional<std::string> name_for_code(const std::vector<Thing>& things,
                                         std::string_view written) {
  const std::vector<const Thing*> found = bearers(things, fold(written));
  if (found.empty()) return std::nullopt;
  if (found.size() == 1) return fmt::format("{} has the code {}", found[0]->name, code(*found[0]));
  std::vector<std::string> names;
  names.reserve(found.size());
  for (const Thing* thing : found) names.push_back(named(*thing));
  return fmt::format("{} may be {}: use the code", written, listed(std::move(names), "or"));
}

std::string_view description(AliasKind kind) {
  switch (kind) {
    case AliasKind::delegated:
      return "a delegated commune";
    case AliasKind::associated:
      return "an associated commune";
    case AliasKind::arrondissement:
      return "an arrondissement";
    case AliasKind::former:
      return "a former commune, now part";
    case AliasKind::postal_code:
      return "the postal code";
  }
  return "";
}

}  // namespace

// ------------------------------------------------------------------------------------ territory

Territory::Territory(TerritoryData data) : data_(std::move(data)) {
  for (Epci& epci : data_.epci) std::sort(epci.members.begin(), epci.members.end());
  std::sort(data_.communes.begin(), data_.communes.end(),
            [](const Commune& a, const Commune& b) { return a.code < b.code; });
  std::sort(data_.epci.begin(), data_.epci.end(),
            [](const Epci& a, const Epci& b) { return a.siren < b.siren; });
  std::sort(data_.aliases.begin(), data_.aliases.end(), [](const Alias& a, const Alias& b) {
    return std::tie(a.code, a.kind, a.commune, a.name) <
           std::tie(b.code, b.kind, b.commune, b.name);
  });
}

Territory Territory::read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    refuse(file, "there is no territory file (`npm ci --ignore-scripts`, then a build, makes it)");
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) refuse(file, "cannot be read");

  constexpr std::size_t head = magic.size() + sizeof(version);
  const std::string_view view = bytes;
  if (view.substr(0, magic.size()) != magic) refuse(file, "is not a territory file");
  if (view.size() < head + checksum_size) refuse(file, "is cut short; build it again");
  const auto found = ByteReader(view.substr(magic.size())).number<std::uint32_t>();
  if (found != version)
    refuse(file, fmt::format("is a territory file of version {} (must be {}); build it again",
                             found, version));
  const std::string_view signed_part = view.substr(0, view.size() - checksum_size);
  if (ByteReader(view.substr(signed_part.size())).number<std::uint64_t>() != checksum(signed_part))
    refuse(file, "is damaged (its checksum is wrong); build it again");
  try {
    return Territory(from_bytes(signed_part.substr(head)));
  } catch (const std::out_of_range& error) {
    refuse(file, fmt::format("is damaged ({}); build it again", error.what()));
  }
}

void Territory::write(const std::filesystem::path& file) const {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << to_bytes(data_);
  out.close();
  if (!out) throw std::runtime_error(fmt::format("{}: cannot be written", file.string()));
}

const Commune* Territory::find_commune(std::string_view code) const {
  const auto place = std::lower_bound(
      data_.communes.begin(), data_.communes.end(), code,
      [](const Commune& commune, std::string_view wanted) { return commune.code < wanted; });
  return place != data_.communes.end() && place->code == code ? &*place : nullptr;
}

const Epci* Territory::find_epci(std::string_view siren) const {
  const auto place = std::lower_bound(
      data_.epci.begin(), data_.epci.end(), siren,
      [](const Epci& epci, std::string_view wanted) { return epci.siren < wanted; });
  return place != data_.epci.end() && place->siren == siren ? &*place : nullptr;
}

std::vector<const Commune*> Territory::members(const Epci& epci) const {
  std::vector<const Commune*> communes;
  for (const std::string& code : epci.members) {
    communes.push_back(find_commune(code));
    assert(communes.back() != nullptr);
  }
  return communes;
}

std::vector<const Commune*> Territory::catchment_of(std::string_view commune_code) const {
  const Commune* commune = find_commune(commune_code);
  assert(commune != nullptr);
  const Epci* epci = find_epci(commune->epci);
  if (epci == nullptr) return {commune};
  return members(*epci);
}

std::optional<std::string> Territory::commune_problem(std::string_view written) const {
  if (find_commune(written) != nullptr) return std::nullopt;
  if (written.empty()) return "a code is missing";
  if (const Epci* epci = find_epci(written))
    return fmt::format("{} is an EPCI ({}), not a commune", written, epci->name);
  if (auto problem = name_for_code(data_.communes, written)) return problem;

  const std::string folded = fold(written);
  std::optional<AliasKind> kind;  // of the first alias that fits
  std::vector<const Commune*> meant;
  for (const Alias& alias : data_.aliases) {
    const bool same_name = !alias.name.empty() && fold(alias.name) == folded;
    if (alias.code != written && !same_name) continue;
    if (kind && *kind != alias.kind) continue;
    kind = alias.kind;
    const Commune* commune = find_commune(alias.commune);
    assert(commune != nullptr);
    if (std::find(meant.begin(), meant.end(), commune) == meant.end()) meant.push_back(commune);
  }
  if (meant.size() == 1)
    return fmt::format("{} is {} of {}: use {}", written, description(*kind), meant[0]->name,
                       meant[0]->code);
  if (!meant.empty()) {
    std::vector<std::string> names;
    names.reserve(meant.size());
    for (const Commune* commune : meant) names.push_back(named(*commune));
    return fmt::format("{} is {} of {}: use one of these codes", written, description(*kind),
                       listed(std::move(names), "and"));
  }
  return fmt::format("{} is no commune{}", written, did_you_mean(data_.communes, folded));
}

std::optional<std::string> Territory::epci_problem(std::string_view written) const {
  if (find_epci(written) != nullptr) return std::nullopt;
  if (written.empty()) return "a code is missing";
  if (const Commune* commune = find_commune(written)) {
    const Epci* epci = find_epci(commune->epci);
    if (epci == nullptr)
      return fmt::format("{} is a commune ({}) that belongs to no EPCI", written, commune->name);
    return fmt::format("{} is a commune ({}); its EPCI is {}", written, commune->name,
                       named(*epci));
  }
  if (auto problem = name_for_code(data_.epci, written)) return problem;
  return fmt::format("{} is no EPCI{}", written, did_you_mean(data_.epci, fold(written)));
}

// --------------------------------------------------------------------------- names and distances

std::string fold(std::string_view name) {
  std::string text;  // lower case without accents, words apart by one space
  const auto end_word = [&text] {
    if (!text.empty() && text.back() != ' ') text += ' ';
  };
  while (!name.empty()) {
    std::size_t length = 1;
    if (const char letter = lower(name.front()); is_plain(letter)) {
      text += letter;
    } else if (const auto known = std::find_if(
                   plain_letters.begin(), plain_letters.end(),
                   [name](const auto& entry) { return name.substr(0, 2) == entry.first; });
               known != plain_letters.end()) {
      text += known->second;
      length = known->first.size();
    } else {
      end_word();
    }
    name.remove_prefix(length);
  }
  end_word();

  std::string folded;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t stop = text.find(' ', start);
    const std::string word = text.substr(start, stop - start);
    if (!folded.empty()) folded += ' ';
    folded += word == "st" ? "saint" : word == "ste" ? "sainte" : word;
    start = stop + 1;
  }
  return folded;
}

std::optional<std::int32_t> parse_degrees(std::string_view text) {
  constexpr std::size_t decimals = 5;
  constexpr std::int32_t half_turn = 180'00000;
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  std::string digits(text.substr(0, point));
  if (digits.empty() || digits.size() > 3) return std::nullopt;
  digits += fraction;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;

  const bool round_up = fraction.size() > decimals && fraction[decimals] >= '5';
  digits.resize(point + decimals, '0');
  std::int32_t steps = round_up ? 1 : 0;
  std::int32_t unit = 1;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, unit *= 10)
    steps += unit * (*digit - '0');
  if (steps > half_turn) return std::nullopt;
  return negative ? -steps : steps;
}

double distance_km(Position a, Position b) {
  constexpr double earth_radius_km = 6371.0088;
  constexpr double radians_per_step = 3.14159265358979323846 / 180 / 1e5;
  const double mean_latitude = (static_cast<double>(a.lat) + b.lat) / 2 * radians_per_step;
  const double x =
      (static_cast<double>(b.lon) - a.lon) * radians_per_step * pdes::portable::cos(mean_latitude);
  const double y = (static_cast<double>(b.lat) - a.lat) * radians_per_step;
  return earth_radius_km * std::sqrt(x * x + y * y);
}

double travel_minutes(const Commune& from, const Commune& to, const TravelParameters& travel) {
  assert(travel.speed_km_per_h > 0 && travel.detour_factor >= 0);
  assert(travel.access_minutes >= 0 && travel.within_commune_minutes >= 0);
  if (from.code == to.code) return travel.within_commune_minutes;
  assert(from.location != Location::none && to.location != Location::none);
  const double road_km = travel.detour_factor * distance_km(from.position, to.position);
  const double on_the_road = 60 * road_km / travel.speed_km_per_h;
  return std::max(travel.within_commune_minutes, travel.access_minutes + on_the_road);
}

}  // namespace world
