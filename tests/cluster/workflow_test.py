"""The example workflow of Snakemake, as it stands in docs/examples/cluster."""

import os
import pathlib
import subprocess
import unittest

from program import PROGRAM, SMALL_SCENARIO, SOURCE, ProgramTest, environment

EXAMPLES = SOURCE / "docs" / "examples" / "cluster"


class Workflow(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def snakemake(self, *words):
        """Runs the workflow on two cores and gives what it says."""
        done = subprocess.run(
            ["snakemake", "--snakefile", EXAMPLES / "Snakefile", "--cores", "2", "--config",
             "scenario=small.toml", "options=--replications 20 --years 1", *words],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240,
            env=environment(PATH=f"{pathlib.Path(PROGRAM).parent}:{os.environ['PATH']}",
                            HOME=str(self.folder)))
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, 0, said)
        return said

    def test_it_plans_shares_merges_and_compares(self):
        self.snakemake("shards=3")
        self.assertEqual(sorted(mark.name for mark in (self.folder / "small/shards").iterdir()),
                         ["1_of_3", "2_of_3", "3_of_3"])
        self.maillage("run", "small.toml", "-r", "20", "-o", "local.h5", "--quiet")
        self.maillage("compare", "local.h5", "--csv", "local.csv")
        self.assertEqual(self.digest("small/results.h5"), self.digest("local.h5"))
        self.assertEqual((self.folder / "small/comparison.csv").read_text(),
                         (self.folder / "local.csv").read_text())
        self.assertIn("Nothing to be done", self.snakemake("shards=3"))

    def test_hyperqueue_is_given_a_script_that_bash_understands(self):
        done = subprocess.run(["shellcheck", EXAMPLES / "hyperqueue.sh"], capture_output=True,
                              text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
