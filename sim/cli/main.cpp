/// The program: a table of subcommands, and exceptions turned into one message and an exit code.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/system/system_error.hpp>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <new>
#include <system_error>

#include "care/catchment.hpp"
#include "cli/command.hpp"
#include "experiment/build_info.hpp"
#include "experiment/runner.hpp"
#include "record/merge_files.hpp"
#include "record/results_file.hpp"

namespace {

using cli::Command;
using cli::Exit;

constexpr std::array commands{
    Command{"new",
            {"write a scenario for a commune", "écrire un scénario pour une commune"},
            cli::new_command},
    Command{"validate",
            {"check a scenario and list every problem",
             "vérifier un scénario et lister tous ses problèmes"},
            cli::validate_command},
    Command{"explain",
            {"show parameters with their sources, levers, indicators, strategies",
             "montrer paramètres et sources, leviers, indicateurs, stratégies"},
            cli::explain_command},
    Command{"plan",
            {"tell what a run will cost", "dire ce qu'une simulation va coûter"},
            cli::plan_command},
    Command{"run", {"simulate a scenario", "simuler un scénario"}, cli::run_command},
    Command{"slurm",
            {"write a job array for a Slurm cluster",
             "écrire un tableau de tâches pour un cluster Slurm"},
            cli::slurm_command},
    Command{
        "status", {"tell how far a run is", "dire où en est une simulation"}, cli::status_command},
    Command{"expand",
            {"add replications or strategies to a finished run",
             "ajouter des réplications ou des stratégies à une simulation finie"},
            cli::expand_command},
    Command{"merge",
            {"join the shards of a run into one file",
             "réunir les morceaux d'une simulation en un fichier"},
            cli::merge_command},
    Command{"verify",
            {"check that a results file is whole, and print its digest",
             "vérifier qu'un fichier de résultats est entier, et donner son empreinte"},
            cli::verify_command},
    Command{"compare",
            {"compare the strategies of a run", "comparer les stratégies d'une simulation"},
            cli::compare_command},
    Command{"report",
            {"write a page with tables and charts", "écrire une page avec tableaux et graphiques"},
            cli::report_command},
    Command{"export",
            {"write tables for R, Excel and other programs",
             "écrire des tables pour R, Excel et d'autres programmes"},
            cli::export_command},
};

void print_usage(std::ostream& out, analysis::Language language) {
  out << cli::tell(
             language,
             {"Maillage: what ten years of a municipal health strategy do to a town.",
              "Maillage : ce que dix ans d'une stratégie municipale de santé font à une ville."})
      << "\n\n  maillage VERB ...\n\n";
  for (const Command& command : commands) {
    out << fmt::format("  {:<10} {}\n", command.name, analysis::say(command.summary, language));
  }
  out << "\n  maillage run --help\n  maillage --version\n";
}

Exit exit_of(const std::error_code& code) {
  if (code == std::errc::permission_denied || code == std::errc::operation_not_permitted) {
    return Exit::permission;
  }
  if (code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory ||
      code == std::errc::is_a_directory || code == std::errc::read_only_file_system) {
    return Exit::cannot_create;
  }
  return Exit::input_output;
}

Exit complain(const std::exception& error, Exit exit) {
  std::cerr << "maillage: " << error.what() << '\n';
  return exit;
}

/// `--lang fr` may stand before the verb too: it is put behind the rest.
cli::Arguments with_verb_first(cli::Arguments words) {
  if (words.size() > 2 && words[0] == "--lang")
    std::rotate(words.begin(), words.begin() + 2, words.end());
  return words;
}

Exit dispatch(const cli::Arguments& words) {
  const std::string verb = words.empty() ? "" : words.front();
  if (verb == "--version") {
    std::cout << "maillage " << experiment::version << " (" << experiment::commit << ", "
              << experiment::compiler << ")\n";
    return Exit::done;
  }
  if (verb == "--help" || verb == "-h" || verb == "help") {
    const bool language_given = words.size() == 3 && words[1] == "--lang";
    print_usage(std::cout,
                language_given ? cli::parse_language(words[2]) : cli::language_of_environment());
    return Exit::done;
  }
  const auto command = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& c) { return c.name == verb; });
  if (command == commands.end()) {
    const analysis::Language language = cli::language_of(words);
    if (!verb.empty())
      std::cerr << "maillage: "
                << cli::tell(language, {"{} is no verb", "{} n'est pas un verbe"}, verb) << "\n\n";
    print_usage(std::cerr, language);
    return Exit::usage;
  }
  return command->run({words.begin() + 1, words.end()});
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is told like a disk that is full
  const cli::Arguments words = with_verb_first({argv + 1, argv + argc});
  const auto run = [&]() -> Exit {
    try {
      const Exit exit = dispatch(words);
      if (!std::cout.flush()) {
        throw std::system_error(std::make_error_code(std::errc::io_error), "standard output");
      }
      return exit;
    } catch (const boost::program_options::error& error) {
      const std::string verb =
          words.empty() || words.front().starts_with('-') ? "" : words.front() + " ";
      const analysis::Language language = cli::language_of(words);
      std::cerr << "maillage: " << cli::misuse(error, language)
                << cli::tell(language, {" (see maillage {}--help)", " (voir maillage {}--help)"},
                             verb)
                << '\n';
      return Exit::usage;
    } catch (const scenario::Invalid& error) {
      std::cerr << error.what() << '\n';
      return Exit::invalid;
    } catch (const scenario::InputMissing& error) {
      return complain(error, Exit::input_missing);
    } catch (const record::DamagedFile& error) {
      return complain(error, Exit::invalid);
    } catch (const experiment::ForeignOutput& error) {
      return complain(error, Exit::cannot_create);
    } catch (const record::NotOneRun& error) {
      return complain(error, Exit::cannot_create);
    } catch (const std::system_error& error) {
      return complain(error, exit_of(error.code()));
    } catch (const boost::system::system_error& error) {
      return complain(error, exit_of(error.code()));
    } catch (const std::bad_alloc&) {
      std::cerr << "maillage: not enough memory\n";
      return Exit::input_output;
    } catch (const std::exception& error) {
      std::cerr << "maillage: this is our defect, please report it: " << error.what() << '\n';
      return Exit::defect;
    }
  };
  return static_cast<int>(run());
}
