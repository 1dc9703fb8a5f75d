"""A run that is stopped, killed or damaged on the way, and taken up again; and its progress."""

import os
import pty
import re
import resource
import signal
import subprocess
import time
import unittest

from program import (CANNOT_CREATE, DONE, INPUT_OUTPUT, INTERRUPTED, PROGRAM, SMALL_SCENARIO,
                     ProgramTest, environment)

REPLICATIONS = 30
PROGRESS = re.compile(r"^(\d+) of (\d+) replications(, .+ left)?$")


class Interruption(ProgramTest):
    at_once = None  # the results of an uninterrupted run

    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)
        self.words = ["run", "small.toml", "-o", "results.h5", "--replications", str(REPLICATIONS)]

    def start_and_wait_for_a_block(self):
        """Starts the run and gives it back when the first replications are safe on disk."""
        process = self.start(*self.words, "--threads", "1")
        for line in process.stderr:
            if int(PROGRESS.match(line.strip())[1]) >= 12:
                return process
        self.fail("the run ended before it could be stopped")

    def finish(self):
        """Takes the run up again and checks that it goes on from where it was."""
        self.assertFalse((self.folder / "results.h5").exists())
        first = self.maillage(*self.words)[1].splitlines()[0]
        self.assertGreaterEqual(int(PROGRESS.match(first)[1]), 10)
        self.assert_equals_an_uninterrupted_run()

    def assert_equals_an_uninterrupted_run(self):
        self.assertFalse((self.folder / "results.h5.parts").exists())
        if Interruption.at_once is None:
            self.maillage("run", "small.toml", "-o", "at_once.h5",
                          "--replications", str(REPLICATIONS))
            Interruption.at_once = (self.folder / "at_once.h5").read_bytes()
        self.digest("results.h5")
        self.assertEqual((self.folder / "results.h5").read_bytes(), Interruption.at_once)

    def test_a_signal_stops_the_run_and_the_same_command_does_the_rest(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGUSR1:
            with self.subTest(signal=number.name):
                self.setUp()
                process = self.start_and_wait_for_a_block()
                process.send_signal(number)
                out, complaint = process.communicate(timeout=20)
                self.assertEqual(process.returncode, INTERRUPTED, complaint)
                self.assertIn("the same command does the rest", complaint)
                self.assertEqual(out, "")
                self.finish()

    def test_a_run_that_is_killed_is_taken_up_too(self):
        process = self.start_and_wait_for_a_block()
        process.kill()
        process.wait()
        self.finish()

    def test_two_signals_leave_at_once_and_lose_nothing_that_was_safe(self):
        process = self.start_and_wait_for_a_block()
        process.send_signal(signal.SIGSTOP)  # both signals are there when it wakes up
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        before = time.monotonic()
        process.communicate(timeout=20)
        self.assertLess(time.monotonic() - before, 2)
        self.assertEqual(process.returncode, INTERRUPTED)
        self.finish()

    def test_a_block_that_was_damaged_is_simulated_again(self):
        process = self.start_and_wait_for_a_block()
        process.kill()
        process.wait()
        block = sorted((self.folder / "results.h5.parts").glob("*.h5"))[0]
        block.write_bytes(block.read_bytes()[:-1])
        self.maillage(*self.words)
        self.assert_equals_an_uninterrupted_run()

    def test_blocks_of_another_run_are_kept_and_not_used(self):
        process = self.start_and_wait_for_a_block()
        process.kill()
        process.wait()
        parts = self.folder / "results.h5.parts"
        before = {path.name: path.read_bytes() for path in parts.iterdir()}
        self.assertIn("results.h5.parts",
                      self.maillage(*self.words, "--seed", "2", exit=CANNOT_CREATE)[1])
        self.assertEqual({path.name: path.read_bytes() for path in parts.iterdir()}, before)
        self.finish()

    def test_a_disk_that_is_full_is_told_and_the_run_can_go_on_later(self):
        def small_files_only():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

        done = subprocess.run([PROGRAM, *self.words], cwd=self.folder, env=environment(),
                              capture_output=True, text=True, timeout=60, restore_signals=False,
                              preexec_fn=small_files_only)
        self.assertEqual(done.returncode, INPUT_OUTPUT, done.stderr)
        self.assertIn("results.h5", done.stderr.splitlines()[-1])
        self.assertFalse((self.folder / "results.h5").exists())
        self.maillage(*self.words)
        self.assert_equals_an_uninterrupted_run()


class Progress(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def test_on_a_pipe_it_is_plain_lines_from_nothing_to_all(self):
        out, progress = self.maillage("run", "small.toml", "-o", "results.h5",
                                      "--replications", "30")
        self.assertEqual(out, "wrote results.h5\n")
        self.assertNotIn("\r", progress)
        self.assertNotIn("\x1b", progress)
        matches = [PROGRESS.match(line) for line in progress.splitlines()]
        self.assertNotIn(None, matches, progress)
        done = [int(match[1]) for match in matches]
        self.assertEqual(done, sorted(set(done)))
        self.assertEqual((done[0], done[-1]), (0, 30))
        self.assertLessEqual(len(done), 12)

    def test_on_a_terminal_it_is_one_line_that_grows(self):
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, "run", "small.toml", "-o", "results.h5"],
                                   cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL,
                                   stderr=theirs)
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 4096):
                seen += piece
        except OSError:  # the terminal is closed when the program has ended
            pass
        os.close(ours)
        self.assertEqual(process.wait(timeout=20), DONE)
        self.assertIn(b"\r[", seen)
        self.assertIn(b"2/2", seen)
        self.assertEqual(seen.count(b"\n"), 1)

    def test_quiet_says_nothing_on_the_way(self):
        self.assertEqual(self.maillage("run", "small.toml", "-o", "results.h5", "--quiet")[1], "")


if __name__ == "__main__":
    unittest.main()
