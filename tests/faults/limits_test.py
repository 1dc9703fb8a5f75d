"""A disk that is full, files that may not grow, descriptors and memory that run out, folders that may
not be written: the program says so with the right exit code, and goes on when there is room again."""

import ctypes
import os
import pathlib
import random
import resource
import signal
import subprocess
import unittest

from harness import COMMANDS, RUN, Workshop, contents
from program import CANNOT_CREATE, DONE, INPUT_OUTPUT, INVALID

PERMISSION = 77
NOBODY = 65534
LIBC = ctypes.CDLL(None, use_errno=True)
NEW_MOUNTS, PRIVATE_EVERYWHERE = 0x20000, 1 << 18 | 0x4000
READ_ONLY, REMOUNT, BIND = 1, 32, 4096


def mount(source, target, kind, flags, options=None):
    if LIBC.mount(source.encode(), str(target).encode(), kind.encode(), flags,
                  options and options.encode()) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))


class LimitsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workshop = Workshop()
        cls.addClassCleanup(cls.workshop.remove)
        cls.command = COMMANDS[0]
        for command in COMMANDS:  # before folders become mounts
            cls.workshop.right(command)

    def expect(self, done, exit, *said):
        """The exit code, and the words of the last line."""
        self.assertEqual(done.exit, exit, done.err)
        line = done.err.strip().splitlines()[-1]
        for words in said:
            self.assertIn(words, line)

    def assert_goes_on(self, folder):
        """The same command ends as if nothing had happened."""
        again = self.workshop.run(folder, self.command.words)
        self.assertEqual(again.exit, DONE, again.err)
        self.assertEqual(sorted(contents(folder)), sorted(self.workshop.right(self.command)))
        self.assertEqual(contents(folder), self.workshop.right(self.command))


class Mounts(LimitsTest):
    """In mounts that nobody else sees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            if LIBC.unshare(NEW_MOUNTS) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            mount("none", "/", "", PRIVATE_EVERYWHERE)
        except OSError as error:
            raise unittest.SkipTest(f"private mounts are not permitted here: {error}") from error

    def mounted(self, target, *arguments):
        mount(*arguments[:1], target, *arguments[1:])
        self.addCleanup(LIBC.umount, str(target).encode())

    def test_a_disk_of_one_mebibyte_is_full_and_grows(self):
        folder = self.workshop.root / "small"
        folder.mkdir()
        self.mounted(folder, "none", "tmpfs", 0, "size=1m")
        (folder / "village.toml").write_text(
            (self.workshop.fresh(self.command) / "village.toml").read_text())
        words = (*RUN, "-r", "80")
        self.expect(self.workshop.run(folder, words), INPUT_OUTPUT, "results.h5",
                    "No space left on device")
        safe = self.workshop.replications(folder, self.command)
        self.assertGreater(len(safe), 0)
        self.assertNotIn("results.h5", contents(folder))
        # Nothing changes as long as nothing changes.
        self.expect(self.workshop.run(folder, words), INPUT_OUTPUT, "No space left on device")
        self.assertEqual(self.workshop.replications(folder, self.command), safe)
        mount("none", folder, "tmpfs", REMOUNT, "size=64m")
        again = self.workshop.run(folder, words)
        self.expect(again, DONE, "80 of 80")
        self.assertTrue(again.err.startswith(f"{len(safe)} of 80"), again.err)
        elsewhere = self.workshop.fresh(self.command)
        self.workshop.must_run(elsewhere, words)
        self.assertEqual(contents(folder), contents(elsewhere))

    def test_a_file_system_that_cannot_be_written(self):
        folder = self.workshop.fresh(self.command)
        self.mounted(folder, str(folder), "", BIND)
        mount("none", folder, "", REMOUNT | BIND | READ_ONLY)
        before = contents(folder)
        self.expect(self.workshop.run(folder, RUN), CANNOT_CREATE, "results.h5",
                    "Read-only file system")
        self.assertEqual(contents(folder), before)
        mount("none", folder, "", REMOUNT | BIND)
        self.assert_goes_on(folder)


class Limits(LimitsTest):
    def test_a_folder_of_someone_else(self):
        folder = self.workshop.fresh(self.command)
        folder.chmod(0o555)
        options = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        if options:
            self.workshop.root.chmod(0o755)
            self.workshop.territory.chmod(0o644)
        done = self.workshop.run(folder, RUN, **options)
        folder.chmod(0o755)
        self.expect(done, PERMISSION, "results.h5", "Permission denied")
        self.assert_goes_on(folder)

    def test_files_that_may_not_grow(self):
        for size in (0, 100, 20_000, 40_000, 80_000, 120_000):
            with self.subTest(size=size):
                folder = self.workshop.fresh(self.command)
                done = self.workshop.run(folder, RUN, preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (size, size)))
                self.expect(done, INPUT_OUTPUT, "results.h5", "File too large")
                self.assertEqual(self.workshop.half_files(folder, self.command), [])
                self.assert_goes_on(folder)

    def test_descriptors_that_run_out(self):
        """From three, which are those of the terminal, to as many as are needed."""
        needed = 3
        exit = None
        while exit != DONE:
            with self.subTest(descriptors=needed):
                folder = self.workshop.fresh(self.command)
                done = self.workshop.run(folder, RUN, preexec_fn=lambda: resource.setrlimit(
                    resource.RLIMIT_NOFILE, (needed, needed)))
                exit = done.exit
                if exit not in (DONE, 127):  # 127: even the shared libraries cannot be opened
                    self.expect(done, INPUT_OUTPUT, "Too many open files")
                self.assertEqual(self.workshop.half_files(folder, self.command), [])
                self.assert_goes_on(folder)
            needed += 1
        self.assertLess(needed, 40)

    def test_memory_that_runs_out_while_files_are_written(self):
        """Allocations around every call of the commit path, and some anywhere before. Where HDF5
        itself breaks without memory, nothing is lost either."""
        luck = random.Random(1)
        for command in COMMANDS:
            folder = self.workshop.fresh(command)
            self.workshop.run(folder, command.words, {})
            self.right_digest = self.digest(folder)
            commits = [allocations for allocations, name, path in self.workshop.calls()
                       if name != "read" and ".tmp-" in path]
            near = {count + step for count in commits for step in (-1, 0, 1, 2)} - {0, -1}
            for number in sorted(near):
                with self.subTest(command=command.name, allocation=number, where="commit"):
                    done = self.starve(command, number)
                    if done.exit != DONE:
                        self.expect(done, INPUT_OUTPUT, "memory")
            for number in luck.sample(range(1, max(commits)), 10):
                with self.subTest(command=command.name, allocation=number, where="anywhere"):
                    self.starve(command, number)

    def starve(self, command, number):
        """Lets one allocation fail, and looks after what is there. Gives how the command ended.
        Without memory to compress a part of a file, HDF5 keeps it as it is: other bytes, the same
        content."""
        folder = self.workshop.fresh(command)
        done = self.workshop.run(folder, command.words, {"FAULTS_AT": str(number),
                                                         "FAULTS_DO": "no_memory"})
        self.assertNotEqual(done.exit, INVALID, done.err)  # nothing is called damaged
        half = self.workshop.half_files(folder, command)
        self.assertEqual([name for name in half if not self.has_right_digest(folder, name)], [])
        again = self.workshop.run(folder, command.words)
        self.assertEqual(again.exit, DONE, again.err)
        self.assertEqual(sorted(contents(folder)), sorted(self.workshop.right(command)))
        self.assertTrue(self.has_right_digest(folder, "results.h5"))
        return done

    def has_right_digest(self, folder, name):
        return name == "results.h5" and self.digest(folder) == self.right_digest

    def digest(self, folder):
        return self.workshop.must_run(folder, ("verify", "results.h5")).out.split()[-1]


if __name__ == "__main__":
    unittest.main()
