"""Runs the program in a folder of its own and looks at what it did. Used by every test here."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["MAILLAGE"]
SOURCE = pathlib.Path(os.environ["MAILLAGE_SOURCE"])
LIBRARY = SOURCE / "scenarios"

DONE, USAGE, INVALID, INPUT_MISSING, CANNOT_CREATE, INPUT_OUTPUT, INTERRUPTED = (
    0, 64, 65, 66, 73, 74, 75)

# One commune, one year and one month of warm-up: two replications take a tenth of a second.
SMALL_SCENARIO = """
[scenario]
title = "Kervignac alone"
start = 2016-01-01
years = 1
warm_up_months = 1
replications = 2
strategies = ["do_nothing", "building_first", "team_first"]

[territory]
commune = "56094"
extent = "commune"

[[supply]]
commune = "56094"
gps = 5
nurses = 5
physiotherapists = 4
dentists = 2
source = "test"
"""


def environment(**more):
    """The environment of a user whose locale is English, and `more`."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "MAILLAGE_SCENARIOS",
                            "MAILLAGE_TERRITORY")}
    return {**kept, "LANG": "C.UTF-8", **more}


class ProgramTest(unittest.TestCase):
    """A test with an empty folder, in which the program runs."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="maillage-cli-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        """Writes a file (text or bytes) into the folder and gives its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def start(self, *words, **environment_more):
        """Starts the program and gives the process, its outputs on pipes."""
        process = subprocess.Popen(
            [PROGRAM, *words], cwd=self.folder, env=environment(**environment_more), text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def maillage(self, *words, exit=DONE, **environment_more):
        """Runs `maillage words` to its end, expects the exit code, gives standard output and
        standard error. What fails must say why."""
        done = subprocess.run(
            [PROGRAM, *words], cwd=self.folder, env=environment(**environment_more), text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        said = f"maillage {' '.join(words)}\n{done.stdout}{done.stderr}"
        self.assertEqual(done.returncode, exit, said)
        if exit != DONE:
            self.assertTrue(done.stderr.strip(), f"no message: {said}")
        return done.stdout, done.stderr

    def digest(self, results):
        """The content digest that `maillage verify` prints."""
        digest = self.maillage("verify", results)[0].split()[-1]
        self.assertRegex(digest, r"^[0-9a-f]{32}$")
        return digest
