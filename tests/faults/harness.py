"""The program under faults: a scenario that runs at once, the commands that write files, the shim
that makes their system calls fail, and what must be true of a folder whatever happened to it."""

import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from program import PROGRAM, environment

SHIM = os.environ["FAULTS_SHIM"]
VILLAGE = os.environ["FAULTS_VILLAGE"]  # writes a territory of one EPCI
EPCI = "245600440"  # around the commune below

# In memory where there is such a folder: the calls are the same, and nobody waits for a disk.
MEMORY = pathlib.Path("/dev/shm")

# A village of 200 for a year under two strategies: a replication takes two milliseconds, so most of
# a run is the start of the program, on a territory of five communes. Twelve replications make a
# shard of ten and one of two.
REPLICATIONS = 12
SCENARIO = f"""
[scenario]
title = "A village"
start = 2016-01-01
years = 1
warm_up_months = 0
replications = {REPLICATIONS}
strategies = ["do_nothing", "team_first"]

[territory]
commune = "56094"
extent = "commune"

[[population]]
commune = "56094"
residents = 200
source = "test"

[[supply]]
commune = "56094"
gps = 1
nurses = 1
physiotherapists = 0
dentists = 0
source = "test"
"""

# Results files with a final name: the output, what an expansion adds to it, and the shards of both.
RESULTS = re.compile(r"(results\.h5(?:\.added)?)(?:\.parts/replications-(\d+)-(\d+)\.h5)?$")

RUN = ("run", "village.toml", "-o", "results.h5", "-j", "1")


@dataclasses.dataclass(frozen=True)
class Command:
    """A command that writes files, and those that bring its folder to where it starts."""
    name: str
    words: tuple
    before: tuple = ()


COMMANDS = (
    Command("run", RUN),
    Command("merge", ("merge", "results.h5"),
            before=((*RUN, "--shard", "1/2"), (*RUN, "--shard", "2/2"))),
    Command("expand_replications", ("expand", "results.h5", "-r", "12", "-j", "1"),
            before=((*RUN, "-r", "5"),)),
    Command("expand_strategies", ("expand", "results.h5", "--strategy", "team_first", "-j", "1"),
            before=((*RUN, "--strategy", "do_nothing"),)),
)

# What is made from a results file: there is nothing to take up again, and so nothing to kill.
EXPORTS = (
    Command("export_csv", ("export", "results.h5", "--csv", "tables", "--yearly"), before=(RUN,)),
    Command("export_xlsx", ("export", "results.h5", "--xlsx", "tables.xlsx", "--yearly"),
            before=(RUN,)),
    Command("export_psa", ("export", "results.h5", "--psa", "draws"), before=(RUN,)),
    Command("export_crate", ("export", "results.h5", "--crate"), before=(RUN,)),
    Command("compare", ("compare", "results.h5", "--csv", "found.csv"), before=(RUN,)),
    Command("report", ("report", "results.h5", "-o", "page.html"), before=(RUN,)),
)


@dataclasses.dataclass(frozen=True)
class Done:
    """How a command ended: a negative exit is a signal."""
    exit: int
    out: str
    err: str


class Workshop:
    """Folders to run commands in, all below one that is removed in the end."""

    def __init__(self):
        place = MEMORY if os.access(MEMORY, os.W_OK) else None
        self.root = pathlib.Path(os.path.realpath(
            tempfile.mkdtemp(prefix="maillage-faults-", dir=place)))
        self.territory = self.root / "village.bin"
        france = os.environ.get("MAILLAGE_TERRITORY", pathlib.Path(PROGRAM).parent / "territory.bin")
        subprocess.run([VILLAGE, france, EPCI, self.territory], check=True)
        self.trace = self.root / "trace"
        self._before = {}
        self._right = {}
        self._counts = {}

    def remove(self):
        shutil.rmtree(self.root)

    def spawn(self, folder, words, faults=None, **options):
        """Starts a command in a folder, with the shim's orders if there are any."""
        more = {"MAILLAGE_TERRITORY": str(self.territory)}
        if faults is not None:
            self.trace.unlink(missing_ok=True)
            more |= {"LD_PRELOAD": SHIM, "FAULTS_BELOW": str(folder),
                     "FAULTS_TRACE": str(self.trace), **faults}
        return subprocess.Popen([PROGRAM, *words], cwd=folder, env=environment(**more), text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def run(self, folder, words, faults=None, **options):
        """Runs a command to its end. One that hangs is an error: a busy machine is slow, but not
        for ever."""
        with self.spawn(folder, words, faults, **options) as process:
            try:
                out, err = process.communicate(timeout=300)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Done(process.returncode, out, err)

    def must_run(self, folder, words):
        done = self.run(folder, words)
        if done.exit != 0:
            raise AssertionError(f"{' '.join(words)}: exit {done.exit}\n{done.err}")
        return done

    def calls(self):
        """The calls that the last command under the shim has made: (allocations before it, name,
        path)."""
        lines = self.trace.read_text().splitlines() if self.trace.exists() else []
        return [(int(allocations), name, path) for _, allocations, name, path in
                (line.split(" ", 3) for line in lines)]

    def fresh_empty(self):
        """A new folder with the scenario and nothing else."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="village-", dir=self.root))
        (folder / "village.toml").write_text(SCENARIO)
        return folder

    def fresh(self, command):
        """A new folder where the command can start."""
        if command.before not in self._before:
            folder = self.fresh_empty()
            for words in command.before:
                self.must_run(folder, words)
            self._before[command.before] = folder
        folder = self.root / "work"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._before[command.before], folder)
        return folder

    def right(self, command):
        """What the folder holds after the command when nothing goes wrong."""
        if command.name not in self._right:
            folder = self.fresh(command)
            self.must_run(folder, command.words)
            self._right[command.name] = contents(folder)
        return self._right[command.name]

    def count(self, folder, name, content):
        """How many replications a results file holds; nothing if it is not whole. Equal results
        give equal bytes, so most files are known already."""
        if content not in self._counts:
            done = self.run(folder, ("verify", name))
            found = re.search(r"is whole: \D*(\d+)", done.out)
            self._counts[content] = int(found[1]) if done.exit == 0 else None
        return self._counts[content]

    def half_files(self, folder, command):
        """Files with a final name that are neither as before the command, nor as after it, nor
        shards that are whole."""
        right = self.right(command)
        before = contents(self._before[command.before])
        return [name for name, content in contents(folder).items()
                if ".tmp-" not in name and content is not None and not name.endswith("/lock")
                and content not in (right.get(name), before.get(name))
                and not (RESULTS.match(name) and name != "results.h5"
                         and self.count(folder, name, content) is not None)]

    def replications(self, folder, command):
        """What is safe in a folder, as (file that it is for, replication): each as often as it is
        in a shard, and those of whole files that are in no shard. Once the output is as it should
        be in the end, all is safe."""
        found = contents(folder)
        in_shards, in_files = [], set()
        for name, content in found.items():
            part = RESULTS.match(name)
            count = self.count(folder, name, content) if part else None
            if count is None:
                continue
            if part[2] is None:
                in_files |= {(part[1], number) for number in range(count)}
            else:
                in_shards += [(part[1], number) for number in range(int(part[2]), int(part[3]) + 1)]
        right = self.right(command)
        if found.get("results.h5") == right["results.h5"]:
            in_files |= {(part, number) for part in ("results.h5", "results.h5.added")
                         for number in range(REPLICATIONS)}
        return in_shards + sorted(in_files - set(in_shards))


def contents(folder):
    """Every file below a folder, by its relative path; folders that are empty as None."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = None
    return found
