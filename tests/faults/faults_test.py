"""Every system call by which the program keeps its files fails in turn: it says so, leaves no half
file, and the next run ends as if nothing had happened."""

import os
import re
import unittest

from harness import COMMANDS, EXPORTS, Workshop, contents
from program import DONE, INPUT_OUTPUT

# What cannot fail without the command failing, and the folder that is opened for the sync after a
# rename. The others may also be done without: an interrupted call is made again, a short write goes
# on, a leftover waits for the next run.
NEEDED = {"open", "write", "pwrite", "fsync", "rename", "mkdir"}
WRITES = {"write", "pwrite", "writev"}
CAUSES = {"ENOSPC": "No space left on device", "EIO": "Input/output error",
          "EDQUOT": "Disk quota exceeded", "EINTR": "Interrupted system call"}
ONCE, FOR_GOOD = False, True
USUAL = (("EIO", ONCE), ("ENOSPC", FOR_GOOD), ("EINTR", ONCE), ("short", ONCE))
# Nobody can go on through an endless EINTR.
REST = (("ENOSPC", ONCE), ("EDQUOT", ONCE), ("EIO", FOR_GOOD), ("EDQUOT", FOR_GOOD),
        ("short", FOR_GOOD))


def state_of(folder):
    """What a folder holds, but for the number and the hour of the program that was there."""
    return frozenset((re.sub(r"\.tmp-\d+-", ".tmp-", name),
                      None if name.endswith("/lock") else content)
                     for name, content in contents(folder).items())


class FailingCalls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sound = set()  # states from which a command is known to end well
        cls.workshop = Workshop()
        cls.addClassCleanup(cls.workshop.remove)

    def play(self, command, fault, lasts):
        """Fails the first call, the second ... until the command ends untouched."""
        folder = self.workshop.fresh(command)
        self.workshop.run(folder, command.words, {})
        usual = [call for _, call, _ in self.workshop.calls()]
        number = 0
        is_untouched = False
        while not is_untouched:
            number += 1
            if fault == "short" and number <= len(usual) and usual[number - 1] not in WRITES:
                continue
            folder = self.workshop.fresh(command)
            faults = {"FAULTS_AT": str(number), "FAULTS_DO": fault,
                      **({"FAULTS_STICKY": "1"} if lasts else {})}
            done = self.workshop.run(folder, command.words, faults)
            calls = self.workshop.calls()
            is_untouched = len(calls) < number
            if is_untouched:
                self.assertEqual(done.exit, DONE, done.err)
                self.assertEqual(contents(folder), self.workshop.right(command))
                continue
            _, call, path = calls[number - 1]
            is_needed = call in NEEDED or (number > 1 and calls[number - 2][1] == "rename")
            with self.subTest(number=number, call=call, path=os.path.basename(path)):
                self.check(command, folder, done, fault, is_needed)
        self.assertGreater(number, 4, "the shim has seen no call")

    def check(self, command, folder, done, fault, is_needed):
        right = self.workshop.right(command)
        if done.exit == DONE:
            is_final = fault in ("ENOSPC", "EIO", "EDQUOT")
            self.assertFalse(is_final and is_needed, "it says that all went well")
            found = contents(folder)
            self.assertEqual({name: found.get(name) for name in right}, right)
        else:
            self.assertEqual(done.exit, INPUT_OUTPUT, done.err)
            said = done.err.strip().splitlines()[-1]
            # The file, or the folder it is in.
            self.assertRegex(said, r"results|village|tables|draws|crate|found|page| \.:")
            self.assertIn(CAUSES[fault], said)
        self.assertEqual(self.workshop.half_files(folder, command), [])
        state = state_of(folder)
        if (command.name, state) in self.sound:
            return
        again = self.workshop.run(folder, command.words)
        self.assertEqual(again.exit, DONE, again.err)
        left = contents(folder)
        if command in EXPORTS:  # where a file could not even be removed, nobody sweeps
            left = {name: content for name, content in left.items() if ".tmp-" not in name}
        self.assertEqual(sorted(left), sorted(right))
        self.assertEqual(left, right)
        self.sound.add((command.name, state))


class EveryCall(FailingCalls):
    """Each call fails in the usual ways."""


class EveryCallInOtherWays(FailingCalls):
    """The other ways, which lead through the same lines: for the long run of the tests."""


def add_tests(case, ways):
    """One test for each command, fault and whether it lasts."""
    for command in COMMANDS + EXPORTS:
        for fault, lasts in ways:
            def test(self, command=command, fault=fault, lasts=lasts):
                self.play(command, fault, lasts)
            setattr(case, f"test_{command.name}_meets_{fault}_{'for_good' if lasts else 'once'}",
                    test)


add_tests(EveryCall, USUAL)
add_tests(EveryCallInOtherWays, REST)

if __name__ == "__main__":
    unittest.main()
