#include <fmt/format.h>

#include <iostream>

#include "cli/command.hpp"

namespace cli {
namespace {

void print(const scenario::Parameter& parameter, analysis::Language language) {
  const auto row = [&](const analysis::Words& name, const std::string& text) {
    if (!text.empty()) std::cout << fmt::format("  {:<12} {}\n", say(name, language), text);
  };
  const auto grade = [&]() -> analysis::Words {
    switch (parameter.confidence) {
      case 'A':
        return {"A, read in the source", "A, lu dans la source"};
      case 'B':
        return {"B, from memory of a named source", "B, de mémoire d'une source nommée"};
      default:
        return {"C, assumption", "C, hypothèse"};
    }
  };
  std::cout << parameter.id << '\n';
  row({"meaning", "sens"}, parameter.stratum == "all"
                               ? parameter.name
                               : fmt::format("{} ({})", parameter.name, parameter.stratum));
  row({"value", "valeur"}, fmt::format("{} {}", parameter.value, parameter.unit));
  row({"range", "plage"}, tell(language, {"{} to {}", "{} à {}"}, parameter.low, parameter.high));
  row({"source", "source"}, fmt::format("{} ({})", parameter.source, parameter.year));
  row({"confidence", "confiance"}, say(grade(), language));
  row({"note", "note"}, parameter.note);
  row({"set by", "fixé par"}, parameter.set_by);
}

}  // namespace

Exit explain_command(const Arguments& words) {
  Options options(
      "explain PARAMETER [SCENARIO]",
      {"Shows what a parameter means, its value, range, unit and source, and which file "
       "set it.",
       "Montre le sens d'un paramètre, sa valeur, sa plage, son unité, sa source, et le "
       "fichier qui l'a fixé."},
      {"maillage explain rent_m2", "maillage explain rent_m2 kervignac.toml"});
  std::string id, file;
  options.positional("parameter", po::value(&id)->required());
  options.positional("scenario", po::value(&file));
  if (!options.parse(words)) return Exit::done;

  scenario::ReadOptions read;
  read.library = library_folder();
  const scenario::ParameterTable table =
      file.empty() ? scenario::ParameterTable::read(library_folder() / "parameters.csv")
                   : scenario::read_scenario(file, read).parameters;
  if (const scenario::Parameter* parameter = table.find(id)) {
    print(*parameter, options.language());
    return Exit::done;
  }
  std::string nearest;
  for (const std::string& suggestion : table.suggestions(id)) {
    nearest += (nearest.empty() ? "" : ", ") + suggestion;
  }
  std::cerr << "maillage: "
            << tell(options.language(), {"{} is no parameter", "{} n'est pas un paramètre"}, id)
            << (nearest.empty() ? ""
                                : tell(options.language(),
                                       {"; did you mean {}?", " ; peut-être {} ?"}, nearest))
            << '\n';
  return Exit::usage;
}

}  // namespace cli
