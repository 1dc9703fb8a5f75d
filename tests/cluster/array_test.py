"""A job array on a real Slurm of one node: killed, requeued, out of time, submitted again, merged.
What comes out has the digest of a run that nobody disturbed."""

import random
import re
import subprocess
import time
import unittest

from one_node_slurm import CannotStart, OneNodeSlurm
from program import INTERRUPTED, PROGRAM, SMALL_SCENARIO, ProgramTest

ELEMENTS = 40
REPLICATIONS = 120  # three an element
HITS = 14           # a third of the elements
ODD_NAME = "a town's $HOME"

slurm = None


def setUpModule():
    global slurm
    try:
        slurm = unittest.enterModuleContext(OneNodeSlurm(cpus=4))
    except CannotStart as reason:
        raise unittest.SkipTest(f"no Slurm can be started here: {reason}")


class JobArray(ProgramTest):
    def setUp(self):
        super().setUp()
        self.folder = self.folder / ODD_NAME
        self.folder.mkdir()
        self.write("small.toml", SMALL_SCENARIO)

    def script(self, *words):
        """Writes the job array into job.sbatch and gives its text."""
        text = self.maillage("slurm", "small.toml", "--pilot", "0", *words)[0]
        self.write("job.sbatch", text)
        return text

    def in_shell(self, command):
        """What a user types, in bash, with this Slurm."""
        return slurm.must("bash", "-euc", command, cwd=self.folder).strip()

    def states(self, job):
        return {index: (fields["JobState"], fields["ExitCode"], int(fields["Restarts"]))
                for index, fields in slurm.elements(job).items()}

    def log_of(self, job, index):
        path = self.folder / f"maillage-{job}_{index}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def test_slurm_takes_the_script_as_it_is(self):
        self.script("-r", "100", "--elements", "4", "-j", "2")
        said = slurm.command("sbatch", "--test-only", "job.sbatch", cwd=self.folder)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertRegex(said.stderr, r"to start at .* using 2 processors")

    def test_an_array_of_which_a_third_is_killed_gives_the_digest_of_a_run_left_alone(self):
        text = self.script("-r", str(REPLICATIONS), "--elements", str(ELEMENTS))
        job = slurm.sbatch("job.sbatch", cwd=self.folder)
        hit = self.disturb(job)
        slurm.wait(job, seconds=150)
        states = self.states(job)
        self.assertEqual(sorted(states), list(range(1, ELEMENTS + 1)))
        self.check_what_became_of_them(job, hit, states)

        again, merge = self.submit_and_merge(text)
        slurm.wait(again, seconds=120)
        for index, (state, code, _) in self.states(again).items():
            self.assertEqual((state, code), ("COMPLETED", "0:0"),
                             f"element {index}: {self.log_of(again, index)}")
        slurm.wait(merge, seconds=60)
        self.assertEqual(self.states(merge)[0][0], "COMPLETED")

        self.maillage("run", "small.toml", "-r", str(REPLICATIONS), "-o", "local.h5", "--quiet")
        self.assertEqual(self.digest("results.h5"), self.digest("local.h5"))
        self.assertEqual((self.folder / "results.h5").read_bytes(),
                         (self.folder / "local.h5").read_bytes())
        self.assertFalse((self.folder / "results.h5.parts").exists())

    def disturb(self, job):
        """Kills, stops or requeues elements while they run, each once, until a third of them have
        felt it: {index: how}."""
        ways = {"killed": ["scancel", "--batch", "--signal=KILL"],
                "stopped": ["scancel", "--batch", "--signal=TERM"],  # as before the time limit
                "requeued": ["scontrol", "requeue"]}
        chance = random.Random(5)
        hit, blows = {}, []
        while len(self.felt(job)) < HITS and slurm.is_there(job):
            for index in slurm.running(job):
                if index in hit:
                    continue
                hit[index] = list(ways)[len(hit) % len(ways)]
                time.sleep(chance.uniform(0, 0.3))
                blows.append(subprocess.Popen(
                    [*ways[hit[index]], f"{job}_{index}"], env=slurm.environment,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(0.05)
        for blow in blows:
            blow.wait(60)
        return hit

    def felt(self, job):
        """The elements that were disturbed and did not just end in time."""
        return [index for index, (state, _, restarts) in self.states(job).items()
                if restarts > 0 or state == "FAILED"]

    def check_what_became_of_them(self, job, hit, states):
        """The states of the elements are those that Slurm gives to what was done to them. Some have
        ended a moment before the blow fell; most have not."""
        for index, (state, code, _) in states.items():
            how = hit.get(index)
            said = f"element {index} ({how}): {state} {code}, {self.log_of(job, index)}"
            if how == "killed" and state == "FAILED":
                self.assertEqual(code, "0:9", said)
            elif how == "stopped" and state == "FAILED":
                # Before the program listens to signals, bash or the loader dies of it.
                self.assertIn(code, (f"{INTERRUPTED}:0", "0:15"), said)
            else:
                self.assertEqual((state, code), ("COMPLETED", "0:0"), said)
        self.assertGreaterEqual(len(self.felt(job)), HITS)

    def submit_and_merge(self, script):
        """Submits the array again and its merge behind it, with the very lines of the script."""
        submit, merge = re.findall(r"^#   (.*)$", script, re.MULTILINE)
        said = self.in_shell(submit.replace("THIS_FILE", "job.sbatch") + "\necho \"$job\"\n" + merge)
        return re.fullmatch(r"(\d+)\nSubmitted batch job (\d+)", said).groups()


if __name__ == "__main__":
    unittest.main()
