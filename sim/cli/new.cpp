#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "cli/command.hpp"
#include "cli/write_file.hpp"

namespace cli {
namespace {

constexpr const char* placeholder_source = "where the figures come from";

/// The strategies of the library, one a line: those that a first run compares, and the others as
/// comments.
std::string strategy_lines() {
  constexpr std::array<std::string_view, 3> first{"do_nothing", "building_first", "team_first"};
  const std::vector<NamedStrategy> library = library_strategies(analysis::Language::en);
  const auto title_of = [&](std::string_view name) {
    const auto known = std::find_if(library.begin(), library.end(),
                                    [name](const NamedStrategy& s) { return s.name == name; });
    return known == library.end() ? std::string() : known->title;
  };
  const auto line = [](bool played, std::string_view name, const std::string& title) {
    const std::string word = fmt::format("\"{}\",", name);
    return fmt::format("  {}{:<28} # {}\n", played ? "" : "# ", word, title);
  };
  std::string text;
  for (const std::string_view name : first) text += line(true, name, title_of(name));
  for (const NamedStrategy& other : library)
    if (std::find(first.begin(), first.end(), other.name) == first.end())
      text += line(false, other.name, other.title);
  return text;
}

/// A scenario that runs as it is, and says what to fill in.
std::string scenario_text(const world::Territory& territory, const std::string& commune,
                          const std::string& epci, int year) {
  const world::Commune* acts = territory.find_commune(commune);
  const std::string& siren = acts ? acts->epci : epci;
  const world::Epci* around = siren.empty() ? nullptr : territory.find_epci(siren);
  std::vector<const world::Commune*> communes =
      around ? territory.members(*around) : std::vector<const world::Commune*>{acts};
  std::uint64_t residents = 0;
  for (const world::Commune* member : communes) residents += member->population;
  std::sort(communes.begin(), communes.end(), [](const world::Commune* a, const world::Commune* b) {
    return a->population != b->population ? a->population > b->population : a->code < b->code;
  });
  const std::string name = acts ? acts->name : around->name;

  std::string text = fmt::format(
      "# {}{}: {} residents in {}.\n"
      "# Every line below can be changed; maillage validate checks it. The format is described in\n"
      "# docs/scenario-format.md.\n\n"
      "[scenario]\n"
      "title = \"{}, {}-{}\"\n"
      "start = {}-01-01\n"
      "years = 10\n"
      "warm_up_months = 12          # patient flow before the start, left out of the results\n"
      "replications = 30            # more of them narrow the intervals\n"
      "seed = 1\n"
      "strategies = [               # each is a file that maillage explain NAME shows\n{}]\n"
      "baseline = \"do_nothing\"      # the others are compared with it\n\n"
      "[territory]\n",
      name, around && acts ? fmt::format(", in {}", around->name) : "", residents,
      communes.size() == 1 ? "1 commune" : fmt::format("{} communes", communes.size()), name, year,
      year + 9, year, strategy_lines());
  text +=
      acts ? fmt::format(
                 "commune = \"{}\"            # {}: its municipality acts\n"
                 "extent = \"epci\"              # or \"commune\", to simulate it alone\n\n",
                 acts->code, acts->name)
           : fmt::format("epci = \"{}\"           # its largest commune acts\n\n", around->siren);
  const world::Commune* supplied = acts ? acts : communes.front();
  text += fmt::format(
      "# Who practises there now. What is not given is drawn from the published densities of\n"
      "# communes of that size, which says little of one town: better give it.\n"
      "#\n"
      "# [[supply]]\n"
      "# commune = \"{}\"            # {}\n"
      "# gps = 3\n"
      "# gp_ages = [64, 58, 41]\n"
      "# nurses = 4\n"
      "# physiotherapists = 3\n"
      "# dentists = 1\n"
      "# source = \"{}\"\n\n"
      "# A number of the world that is known to be different here, within its range:\n"
      "# maillage explain rent_m2\n"
      "#\n"
      "# [parameters]\n"
      "# rent_m2 = 7\n\n",
      supplied->code, supplied->name, placeholder_source);
  text += "# The communes, with their population (Insee, populations légales 2023):\n";
  constexpr std::size_t most = 40;
  for (std::size_t i = 0; i < std::min(most, communes.size()); ++i) {
    text += fmt::format("#   {} {:<32} {:>8}\n", communes[i]->code, communes[i]->name,
                        communes[i]->population);
  }
  if (communes.size() > most) text += fmt::format("#   and {} more\n", communes.size() - most);
  return text;
}

int this_year() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day{today}.year());
}

}  // namespace

Exit new_command(const Arguments& words) {
  Options options(
      "new --commune CODE -o FILE",
      {"Writes a scenario for any commune (or EPCI) of France, ready to run and to edit.",
       "Écrit un scénario pour une commune (ou un EPCI) de France, prêt à simuler et à "
       "modifier."},
      {"maillage new --commune 19153 -o objat.toml",
       "maillage new --epci 200070555 -o veyle.toml"});
  std::string commune, epci, output;
  int year = this_year();
  options
      .add("commune", po::value(&commune)->value_name("CODE"),
           {"INSEE code of the commune", "code INSEE de la commune"})
      .add("epci", po::value(&epci)->value_name("SIREN"),
           {"SIREN code of the EPCI", "code SIREN de l'EPCI"})
      .add("year", po::value(&year)->value_name("YEAR"),
           {"first year (default: this year)", "première année (par défaut : celle-ci)"})
      .add("output,o", po::value(&output)->value_name("FILE"),
           {"file to write (default: the terminal)", "fichier à écrire (par défaut : l'écran)"})
      .add("force", {"replace a file that is there", "remplacer un fichier qui existe"});
  if (!options.parse(words)) return Exit::done;
  if (commune.empty() == epci.empty()) {
    throw po::error(tell(options.language(), {"exactly one of --commune and --epci must be given",
                                              "il faut soit --commune, soit --epci"}));
  }
  if (year < 1990 || year > 2100) {
    throw po::error(tell(
        options.language(),
        {"--year {} (must be between 1990 and 2100)", "--year {} (doit être entre 1990 et 2100)"},
        year));
  }
  const world::Territory territory = read_territory();
  const auto problem =
      commune.empty() ? territory.epci_problem(epci) : territory.commune_problem(commune);
  if (problem)
    throw scenario::Invalid({{commune.empty() ? "--epci" : "--commune", 0, 0, *problem}});

  const std::string text = scenario_text(territory, commune, epci, year);
  if (output.empty()) {
    std::cout << text;
    return Exit::done;
  }
  if (std::filesystem::exists(output) && !options.has("force")) {
    std::cerr << "maillage: "
              << tell(options.language(),
                      {"{} is there already; nothing was changed (--force replaces it)",
                       "{} existe déjà ; rien n'a été changé (--force le remplace)"},
                      output)
              << '\n';
    return Exit::cannot_create;
  }
  write_file(output, text);
  std::cout << tell(options.language(),
                    {"wrote {}; next: maillage run {} -o results.h5",
                     "{} écrit ; ensuite : maillage run {} -o results.h5"},
                    output, output)
            << '\n';
  return Exit::done;
}

}  // namespace cli
