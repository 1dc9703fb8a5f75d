"""Every system call by which the program keeps its files fails in turn: it says so, leaves no half
file, and the next run ends as if nothing had happened."""

import os
import unittest

from harness import COMMANDS, Workshop, contents
from program import DONE, INPUT_OUTPUT

# What cannot fail without the command failing, and the folder that is opened for the sync after a
# rename. The others may also be done without: an interrupted call is made again, a short write goes
# on, a leftover waits for the next run.
NEEDED = {"open", "write", "pwrite", "fsync", "rename", "mkdir"}
CAUSES = {"ENOSPC": "No space left on device", "EIO": "Input/output error",
          "EDQUOT": "Disk quota exceeded", "EINTR": "Interrupted system call"}
ONCE = ("ENOSPC", "EIO", "EDQUOT", "EINTR", "short")
STICKY = ("ENOSPC", "EIO", "EDQUOT", "short")  # who retries cannot survive an endless EINTR


class EveryCallFailsInTurn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workshop = Workshop()
        cls.addClassCleanup(cls.workshop.remove)

    def play(self, command, fault, is_sticky):
        """Fails the first call, the second ... until the command ends untouched."""
        number = 0
        is_untouched = False
        while not is_untouched:
            number += 1
            folder = self.workshop.fresh(command)
            faults = {"FAULTS_AT": str(number), "FAULTS_DO": fault,
                      **({"FAULTS_STICKY": "1"} if is_sticky else {})}
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
            self.assertRegex(said, r"results|village| \.:")  # the file, or the folder it is in
            self.assertIn(CAUSES[fault], said)
        self.assertEqual(self.workshop.half_files(folder, command), [])
        again = self.workshop.run(folder, command.words)
        self.assertEqual(again.exit, DONE, again.err)
        self.assertEqual(sorted(contents(folder)), sorted(right))
        self.assertEqual(contents(folder), right)


def add_tests():
    """One test for each command, fault and whether it lasts."""
    for command in COMMANDS:
        for is_sticky, faults in ((False, ONCE), (True, STICKY)):
            for fault in faults:
                def test(self, command=command, fault=fault, is_sticky=is_sticky):
                    self.play(command, fault, is_sticky)
                lasts = "for_good" if is_sticky else "once"
                setattr(EveryCallFailsInTurn, f"test_{command.name}_meets_{fault}_{lasts}", test)


add_tests()

if __name__ == "__main__":
    unittest.main()
