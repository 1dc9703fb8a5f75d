/// The subcommands that look at the shards of a run: status, merge.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command.hpp"
#include "cli/refusals.hpp"
#include "cli/stop_on_signal.hpp"
#include "experiment/output_lock.hpp"
#include "experiment/survey.hpp"
#include "record/merge_files.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using analysis::Language;
using experiment::Survey;

std::string whole_number(std::int64_t value, Language language) {
  return analysis::number(static_cast<double>(value), 0, language);
}

/// Throws `scenario::InputMissing` if there is nothing of the run.
void require_something(const Survey& found, const std::string& output, Language language) {
  if (found.is_nothing())
    throw scenario::InputMissing(
        tell(language,
             {"neither {0} nor shards of it in {0}.parts are there; maillage run writes them",
              "il n'y a ni {0} ni ses morceaux dans {0}.parts ; maillage run les écrit"},
             output));
}

/// What is wrong with the files of a run, a line each.
void list_problems(const Survey& found, Language language, std::ostream& out) {
  for (const experiment::DamagedShard& shard : found.damaged)
    out << tell(language, {"damaged: {} ({})", "endommagé : {} ({})"}, shard.path.string(),
                shard.problem)
        << '\n';
  for (const experiment::Shard& shard : found.foreign)
    out << tell(language, {"of another run: {}", "d'une autre simulation : {}"},
                shard.path.string())
        << '\n';
  for (const experiment::HeldTwice& twice : found.twice)
    out << tell(language,
                {"twice: replications {} are in {} and in {}",
                 "en double : les réplications {} sont dans {} et dans {}"},
                list_of({twice.replications}, language), twice.first.string(),
                twice.second.string())
        << '\n';
  if (!found.missing.empty())
    out << tell(language, {"missing: replications {}", "manquent : les réplications {}"},
                list_of(found.missing, language))
        << '\n';
}

void print_status(const Survey& found, const std::vector<experiment::LockHolder>& at_work,
                  const std::string& output, Language language) {
  if (!found.problem.empty())
    std::cout << tell(language, {"{} is damaged: {}", "{} est endommagé : {}"}, output,
                      found.problem)
              << '\n';
  const analysis::Words words = found.is_finished()
                                    ? analysis::Words{"{} is finished: {} of {} replications",
                                                      "{} est fini : {} réplications sur {}"}
                                    : analysis::Words{"{} is not finished: {} of {} replications",
                                                      "{} n'est pas fini : {} réplications sur {}"};
  std::cout << tell(language, words, output, whole_number(found.done(), language),
                    whole_number(found.planned, language))
            << '\n';
  list_problems(found, language, std::cout);
  for (const experiment::LockHolder& holder : at_work)
    std::cout << tell(language,
                      {"at work: {} on replications {}", "au travail : {} sur les réplications {}"},
                      name_of(holder, language), list_of({holder.replications}, language))
              << '\n';
}

/// Ranges as pairs of the first and the last replication.
nlohmann::ordered_json json_of(const std::vector<experiment::Replications>& ranges) {
  auto list = nlohmann::ordered_json::array();
  for (const experiment::Replications& range : ranges)
    list.push_back({range.first, range.last - 1});
  return list;
}

nlohmann::ordered_json json_of(const Survey& found,
                               const std::vector<experiment::LockHolder>& at_work,
                               const std::string& output) {
  nlohmann::ordered_json status = {{"output", output},
                                   {"finished", found.is_finished()},
                                   {"done", found.done()},
                                   {"planned", found.planned},
                                   {"missing", json_of(found.missing)}};
  if (!found.problem.empty()) status["problem"] = found.problem;
  status["damaged"] = nlohmann::ordered_json::array();
  for (const experiment::DamagedShard& shard : found.damaged)
    status["damaged"].push_back({{"file", shard.path.string()}, {"problem", shard.problem}});
  status["foreign"] = nlohmann::ordered_json::array();
  for (const experiment::Shard& shard : found.foreign)
    status["foreign"].push_back(shard.path.string());
  status["twice"] = nlohmann::ordered_json::array();
  for (const experiment::HeldTwice& twice : found.twice)
    status["twice"].push_back({{"replications", json_of({twice.replications})[0]},
                               {"files", {twice.first.string(), twice.second.string()}}});
  status["at_work"] = nlohmann::ordered_json::array();
  for (const experiment::LockHolder& holder : at_work)
    status["at_work"].push_back({{"host", holder.host},
                                 {"pid", holder.pid},
                                 {"since", holder.since},
                                 {"replications", json_of({holder.replications})[0]}});
  return status;
}

Exit finished_already(const std::string& output, Language language) {
  std::cout << tell(language, {"{} is finished already", "{} est déjà fini"}, output) << '\n';
  return Exit::done;
}

/// Joins what is there into the output, which is locked.
Exit merge(const fs::path& output, bool partial, Language language) {
  const experiment::ShardFolder folder(output);
  const Survey found = experiment::survey(output);
  if (!found.problem.empty()) {
    std::cerr << "maillage: "
              << tell(language,
                      {"{} is there and is no whole results file ({}); remove it first",
                       "{} existe et n'est pas un fichier de résultats entier ({}) ; l'enlever "
                       "d'abord"},
                      output.string(), found.problem)
              << '\n';
    return Exit::cannot_create;
  }
  const bool is_unsound = !found.damaged.empty() || !found.foreign.empty() || !found.twice.empty();
  if (!partial && (is_unsound || !found.missing.empty())) {
    std::cerr << "maillage: "
              << tell(language,
                      {"{} cannot be merged; maillage run simulates what is missing or damaged, "
                       "--partial takes what is there",
                       "{} ne peut être réuni ; maillage run simule ce qui manque ou est "
                       "endommagé, --partial prend ce qui est là"},
                      output.string())
              << '\n';
    list_problems(found, language, std::cerr);
    return is_unsound ? Exit::invalid : Exit::input_missing;
  }
  if (found.is_finished()) {
    if (found.foreign.empty()) folder.remove({0, found.planned});
    return finished_already(output.string(), language);
  }
  list_problems(found, language, std::cerr);

  std::vector<fs::path> parts;
  // Whatever a file holds already stays, be it a part of the run only.
  if (found.joined() > 0 || (partial && found.output)) parts.push_back(output);
  for (const experiment::Shard& shard : found.shards) parts.push_back(shard.path);
  const StopOnSignal signals(language);
  const bool joined = record::merge_files(
      parts, output, {.partial = partial, .planned = found.planned, .stop = [&] {
                        return signals.stop().load();
                      }});
  if (!joined) {
    std::cerr << tell(language, {"interrupted; the same command does it again",
                                 "interrompu ; la même commande le refera"})
              << '\n';
    return Exit::interrupted;
  }
  if (!partial) folder.remove({0, found.planned});
  std::cout << tell(
                   language,
                   {"wrote {}: {} of {} replications", "{} écrit : {} réplications sur {}"},
                   output.string(),
                   whole_number(static_cast<std::int64_t>(record::read_header(output).replications),
                                language),
                   whole_number(found.planned, language))
            << '\n';
  return Exit::done;
}

}  // namespace

Exit status_command(const Arguments& words) {
  Options options(
      "status RESULTS",
      {"Tells how far a run is: the replications that are there, the missing ones, "
       "damaged shards, and who is at work on it.",
       "Dit où en est une simulation : les réplications présentes, celles qui manquent, "
       "les morceaux endommagés, et qui y travaille."},
      {"maillage status results.h5", "maillage status results.h5 --json"});
  std::string output;
  options.positional("results", po::value(&output)->required());
  options.add("json", {"as one JSON object", "comme un objet JSON"});
  if (!options.parse(words)) return Exit::done;
  const Survey found = experiment::survey(output);
  require_something(found, output, options.language());
  std::vector<experiment::LockHolder> at_work;
  try {
    at_work = experiment::lock_holders(experiment::ShardFolder(output).path());
  } catch (const experiment::NoFileLocks&) {
    at_work.clear();  // nobody can have locked it
  }
  if (options.has("json"))
    std::cout << json_of(found, at_work, output)
                     .dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
              << '\n';
  else
    print_status(found, at_work, output, options.language());
  return Exit::done;
}

Exit merge_command(const Arguments& words) {
  Options options("merge RESULTS",
                  {"Joins the shards of a run into one results file and removes them. Refuses "
                   "missing, duplicate and foreign ones.",
                   "Réunit les morceaux d'une simulation en un fichier de résultats et les enlève. "
                   "Refuse ceux qui manquent, sont en double ou d'une autre simulation."},
                  {"maillage merge results.h5", "maillage merge results.h5 --partial"});
  std::string output;
  options.positional("results", po::value(&output)->required());
  options.add("partial", {"take what is there, and keep the shards; every page will say so",
                          "prendre ce qui est là, et garder les morceaux ; chaque page le dira"});
  add_no_lock_option(options);
  if (!options.parse(words)) return Exit::done;
  const Survey found = experiment::survey(output);
  require_something(found, output, options.language());
  if (found.is_finished() && !fs::exists(experiment::ShardFolder(output).path()))
    return finished_already(output, options.language());
  return unless_refused(options.language(), [&] {
    std::optional<experiment::OutputLock> lock;
    if (!options.has("no-lock")) {
      const experiment::ShardFolder folder(output);
      lock.emplace(folder.path(), experiment::everything);
      folder.sweep(experiment::everything);
    }
    return merge(output, options.has("partial"), options.language());
  });
}

}  // namespace cli
