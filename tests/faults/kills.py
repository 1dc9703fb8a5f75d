"""Kills the program right before and after each system call of its commit path and at random
moments, often several times in a row, lets the same command go on, and counts what is lost.

    kills.py --kills 300 [--seed S] [--jobs 2]
    kills.py --seed S --chain N

Each chain of kills starts from a fresh folder and depends on the seed and its own number only, so
that `--chain N` plays one again. After every kill, each file with a final name is whole and no
replication that was there is missing; after the last one the command is left alone, and the folder
ends byte for byte like that of a run that nobody touched."""

import argparse
import contextlib
import dataclasses
import itertools
import multiprocessing
import os
import random
import signal
import statistics
import subprocess
import sys
import time

from harness import COMMANDS, Workshop, contents
from program import DONE

KILLED = -signal.SIGKILL

STRIDE = 17  # a prime: a short campaign visits calls all over a command, a long one every call


@dataclasses.dataclass
class Tally:
    kills: int = 0
    at_calls: int = 0
    chains: int = 0
    lost: int = 0
    unreadable: int = 0
    duplicates: int = 0
    problems: list = dataclasses.field(default_factory=list)

    def __add__(self, other):
        return Tally(*(getattr(self, field.name) + getattr(other, field.name)
                       for field in dataclasses.fields(self)))


class Killer:
    """Plays chains in a folder of its own."""

    def __init__(self, seed, workshop):
        self.seed = seed
        self.workshop = workshop
        self._measures = {}

    def measure(self, command):
        """How many calls a command makes under the shim, and how long it takes, in seconds."""
        if command not in self._measures:
            durations = []
            for _ in range(3):
                folder = self.workshop.fresh(command)
                start = time.monotonic()
                self.workshop.run(folder, command.words, {})
                durations.append(time.monotonic() - start)
            self._measures[command] = (len(self.workshop.calls()), statistics.median(durations))
        return self._measures[command]

    def kill_after(self, seconds, folder, command):
        """Kills a command after a while; gives its exit."""
        with self.workshop.spawn(folder, command.words) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=seconds)
            process.kill()
            process.communicate()
        return process.returncode

    def play(self, chain):
        """One chain of kills, and what it cost. The first is at a call that follows from the
        number of the chain, so that a campaign visits them all; the others are anywhere."""
        luck = random.Random(f"{self.seed}/{chain}")
        command = COMMANDS[chain % len(COMMANDS)]
        visit = chain // len(COMMANDS) * STRIDE
        calls, duration = self.measure(command)
        folder = self.workshop.fresh(command)
        there = self.workshop.replications(folder, command)
        tally = Tally(chains=1)
        history = []

        def problem(what):
            tally.problems.append(f"chain {chain}, {command.name}, {', '.join(history)}: {what}")

        goes_on = True
        while goes_on:
            if not history or luck.random() < 0.5:
                when, number = ((("kill_before", "kill_after")[visit % 2], visit // 2 % calls + 1)
                                if not history else
                                (luck.choice(("kill_before", "kill_after")), luck.randint(1, calls)))
                history.append(f"{when} {number}")
                exit = self.workshop.run(folder, command.words,
                                         {"FAULTS_AT": str(number), "FAULTS_DO": when}).exit
                tally.at_calls += exit == KILLED
            else:
                seconds = luck.uniform(0, 1.1 * duration)
                history.append(f"after {1000 * seconds:.0f} ms")
                exit = self.kill_after(seconds, folder, command)
            tally.kills += exit == KILLED
            if exit not in (DONE, KILLED):
                problem(f"exit {exit}")
            if half := self.workshop.half_files(folder, command):
                tally.unreadable += len(half)
                problem(f"not whole: {half}")
            found = self.workshop.replications(folder, command)
            lost, twice = set(there) - set(found), len(found) - len(set(found))
            tally.lost += len(lost)
            tally.duplicates += twice
            if lost or twice:
                problem(f"{sorted(lost)} lost, {twice} twice in {sorted(found)}")
            there = found
            goes_on = exit == KILLED and luck.random() < 0.4

        done = self.workshop.run(folder, command.words)
        if done.exit != DONE:
            problem(f"exit {done.exit} when left alone: {done.err}")
        right = self.workshop.right(command)
        found = contents(folder)
        if different := [name for name in right if found.get(name) != right[name]]:
            tally.lost += len(different)
            problem(f"unlike those of an uninterrupted run: {different}")
        if left := sorted(set(found) - set(right)):
            problem(f"left behind: {left}")
        return tally


def campaign(seed, job, jobs, kills):
    """Every `jobs`-th chain, until so many kills."""
    workshop = Workshop()
    try:
        killer = Killer(seed, workshop)
        tally = Tally()
        for chain in itertools.count(job, jobs):
            if tally.kills >= kills:
                return tally
            tally += killer.play(chain)
    finally:
        workshop.remove()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "little"))
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--chain", type=int, help="play this chain only")
    given = options.parse_args()
    start = time.monotonic()
    if given.chain is None:
        shares = [(given.seed, job, given.jobs, -(-given.kills // given.jobs))
                  for job in range(given.jobs)]
    else:
        shares = [(given.seed, given.chain, 1, 1)]
    with multiprocessing.Pool(len(shares)) as pool:
        tally = sum(pool.starmap(campaign, shares), Tally())
    for problem in tally.problems:
        print(problem)
    print(f"result: {tally.kills} kills ({tally.at_calls} at a system call, "
          f"{tally.kills - tally.at_calls} at a random moment) in {tally.chains} chains of "
          f"{', '.join(command.name for command in COMMANDS)}: {tally.lost} lost, "
          f"{tally.unreadable} unreadable, {tally.duplicates} duplicates "
          f"(seed {given.seed}, {time.monotonic() - start:.0f} s)")
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
