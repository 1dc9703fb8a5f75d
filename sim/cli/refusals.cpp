#include "cli/refusals.hpp"

#include "experiment/input_difference.hpp"

namespace cli {

using analysis::Language;

void require_threads(int threads, Language language) {
  if (threads < 0)
    throw po::error(tell(language,
                         {"--threads {} (must be 0 for all cores, or more)",
                          "--threads {} (doit être 0 pour tous les cœurs, ou plus)"},
                         threads));
}

std::function<void(const experiment::DamagedShard&)> tell_of_damage(Language language) {
  return [language](const experiment::DamagedShard& shard) {
    std::cerr << tell(language,
                      {"{} is damaged ({}): it is set aside and simulated again",
                       "{} est endommagé ({}) : il est mis de côté et simulé à nouveau"},
                      shard.path.string(), shard.problem)
              << '\n';
  };
}

void add_no_lock_option(Options& options) {
  options.add("no-lock", {"trust that no other program writes there",
                          "supposer qu'aucun autre programme n'y écrit"});
}

std::string list_of(const std::vector<experiment::Replications>& ranges, Language language) {
  std::string list;
  for (const experiment::Replications& range : ranges) {
    if (!list.empty()) list += ", ";
    const bool endless = range.last == experiment::everything.last;
    if (endless)
      list += tell(language, {"{} and all after it", "{} et toutes les suivantes"}, range.first);
    else if (range.count() == 1)
      list += std::to_string(range.first);
    else
      list += tell(language, {"{} to {}", "{} à {}"}, range.first, range.last - 1);
  }
  return list;
}

std::string name_of(const experiment::LockHolder& holder, Language language) {
  if (holder.host.empty()) return tell(language, {"another program", "un autre programme"});
  return tell(language, {"process {} on {}, since {},", "le processus {} de {}, depuis {},"},
              holder.pid, holder.host, holder.since);
}

std::string explain(const experiment::OutputBusy& busy, Language language) {
  return tell(language,
              {"{} is in use: {} is at work on replications {}; wait until it ends, stop it, or "
               "choose another -o",
               "{} est utilisé : {} travaille sur les réplications {} ; attendre sa fin, "
               "l'arrêter, ou choisir un autre -o"},
              busy.folder().string(), name_of(busy.holder(), language),
              list_of({busy.holder().replications}, language));
}

std::string explain(const experiment::NoFileLocks& none, Language language) {
  return tell(language,
              {"{} cannot be locked ({}): this file system knows no locks; choose an output on "
               "another one, or give --no-lock and start one program at a time",
               "{} ne peut être verrouillé ({}) : ce système de fichiers ne connaît pas de "
               "verrous ; choisir une sortie sur un autre, ou donner --no-lock et ne lancer "
               "qu'un programme à la fois"},
              none.file().string(), none.cause());
}

std::string explain(const experiment::ForeignOutput& foreign, const experiment::Experiment& asked,
                    const std::filesystem::path& output, Language language) {
  using Reason = experiment::ForeignOutput::Reason;
  const std::string path = foreign.path().string();
  switch (foreign.reason()) {
    case Reason::no_results:
      return tell(language,
                  {"{} is there and is no whole results file ({}). Nothing was changed. Choose "
                   "another -o, or remove it.",
                   "{} existe et n'est pas un fichier de résultats entier ({}). Rien n'a été "
                   "modifié. Choisir un autre -o, ou l'enlever."},
                  path, foreign.detail());
    case Reason::other_inputs:
      return tell(language,
                  {"{} is of another run; what differs:\n{}\nNothing was changed. Choose another "
                   "-o, or remove it.",
                   "{} est d'une autre simulation ; ce qui diffère :\n{}\nRien n'a été modifié. "
                   "Choisir un autre -o, ou l'enlever."},
                  path, experiment::explain_difference(foreign.path(), asked, language));
    case Reason::other_replications:
      if (path == output.string())
        return tell(language,
                    {"{0} holds this run with {1} replications, and {2} are asked. Nothing was "
                     "changed. Choose another -o, or lengthen it: maillage expand {0} "
                     "--replications N",
                     "{0} contient cette simulation avec {1} réplications, et {2} sont "
                     "demandées. Rien n'a été modifié. Choisir un autre -o, ou la prolonger : "
                     "maillage expand {0} --replications N"},
                    path, foreign.detail(), asked.scenario().replications);
      return tell(language,
                  {"{0} is a part of this run with {1} replications, and {2} are asked. Nothing "
                   "was changed. Give --replications {1}, or choose another -o.",
                   "{0} est une partie de cette simulation avec {1} réplications, et {2} sont "
                   "demandées. Rien n'a été modifié. Donner --replications {1}, ou choisir un "
                   "autre -o."},
                  path, foreign.detail(), asked.scenario().replications);
  }
  return foreign.what();
}

}  // namespace cli
