"""What `maillage plan` promises, against what a run then does."""

import json
import os
import re
import subprocess
import unittest

from program import PROGRAM, SMALL_SCENARIO, USAGE, ProgramTest, environment


class Plan(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def plan(self, *words, pilot="0.5"):
        return json.loads(self.maillage("plan", "small.toml", "--json", "--pilot", pilot, *words)[0])

    def run_and_measure(self, *words):
        """Runs the scenario and gives the most memory that the program held, in bytes."""
        process = self.start("run", "small.toml", "-o", "results.h5", "--quiet", *words)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, process.stderr.read())
        return usage.ru_maxrss * 1024

    def assert_within(self, value, expected):
        self.assertGreaterEqual(value, expected["low"])
        self.assertLessEqual(value, expected["high"])

    def test_counts_are_exact(self):
        plan = self.plan("-r", "1234", "--years", "2", "--strategy", "do_nothing", "--strategy",
                         "team_first")
        self.assertEqual((plan["strategies"], plan["replications"], plan["simulations"]),
                         (2, 1234, 2468))
        self.assertEqual(plan["shards"], 124)
        indicators = sum("by commune and year" not in line
                         for line in self.maillage("explain", "indicators")[0].splitlines())
        self.assertEqual(plan["rows"]["indicators"]["value"], 2468 * 24 * indicators)

    def test_what_a_run_writes_and_holds_lies_within_the_stated_bounds(self):
        replications = 30
        plan = self.plan("-r", str(replications), "-j", "2")
        self.assertLess(plan["pilot"]["replications"], replications)
        memory = self.run_and_measure("-r", str(replications), "-j", "2")
        self.assert_within((self.folder / "results.h5").stat().st_size, plan["results_bytes"])
        self.assert_within(memory, plan["memory_bytes"])
        for bounds in plan["results_bytes"], plan["memory_bytes"]:
            self.assertLessEqual(bounds["high"], 2 * bounds["low"] + 2, "bounds that say something")

    def test_rows_that_the_pilot_has_seen_are_exact(self):
        plan = self.plan("-r", "6", pilot="60")
        self.assertEqual(plan["pilot"]["replications"], 6)
        self.run_and_measure("-r", "6")
        said = subprocess.run(["h5ls", "results.h5/stays/stay", "results.h5/ledger/entry"],
                              cwd=self.folder, capture_output=True, text=True)
        rows = [int(number) for number in re.findall(r"Dataset \{(\d+)\}", said.stdout)]
        self.assertEqual(rows, [plan["rows"][table]["value"] for table in ("stays", "ledger")])
        for table in "stays", "ledger":
            self.assertEqual(len(set(plan["rows"][table].values())), 1)

    def test_a_longer_run_costs_more_and_more_threads_less_time_and_more_memory(self):
        few, many = self.plan("-r", "20", "-j", "1"), self.plan("-r", "2000", "-j", "1")
        for cost in "seconds", "results_bytes", "disk_bytes":
            self.assertGreater(many[cost]["low"], few[cost]["high"], cost)
        wide = self.plan("-r", "2000", "-j", "64")
        self.assertLess(wide["seconds"]["value"], many["seconds"]["value"])
        self.assertGreater(wide["memory_bytes"]["value"], many["memory_bytes"]["value"])

    def test_bounds_hold_the_value(self):
        plan = self.plan()
        for cost in [plan["seconds"], plan["memory_bytes"], plan["results_bytes"],
                     plan["disk_bytes"], *plan["rows"].values()]:
            self.assertLessEqual(cost["low"], cost["value"])
            self.assertLessEqual(cost["value"], cost["high"])
            self.assertGreater(cost["value"], 0)
        self.assertLess(plan["seconds"]["value"], 60, "six simulations of a small town")

    def test_nothing_is_written(self):
        self.maillage("plan", "small.toml", "--pilot", "0", TMPDIR=str(self.folder))
        self.assertEqual([path.name for path in self.folder.iterdir()], ["small.toml"])

    def test_a_page_says_what_is_expected_and_how_it_was_found(self):
        english = self.maillage("plan", "small.toml", "--pilot", "0")[0]
        self.assertIn("3 strategies x 2 replications = 6 simulations of 1 year\n", english)
        self.assertIn("results file", english)
        self.assertIn("From 2 replications", english)
        french = self.maillage("plan", "small.toml", "--pilot", "0", "--lang", "fr")[0]
        self.assertIn("6 simulations de 1 an\n", french)
        self.assertRegex(french, r"fichier de résultats +\d+ ko")

    def test_no_place_for_the_pilot_is_an_error_that_names_it(self):
        said = subprocess.run([PROGRAM, "plan", "small.toml", "--pilot", "0"], cwd=self.folder,
                              env=environment(TMPDIR="/nowhere"), capture_output=True, text=True)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn("/nowhere", said.stderr)

    def test_wrong_words_are_refused(self):
        for words in ["--threads", "-1"], ["--pilot", "long"], ["--pilot=-1"]:
            complaint = self.maillage("plan", "small.toml", *words, exit=USAGE)[1]
            self.assertIn(words[0].split("=")[0], complaint)


if __name__ == "__main__":
    unittest.main()
