"""A run that is repeated from its results file alone, and a run that is refused on other results."""

import os
import shutil
import subprocess
import unittest

from program import (CANNOT_CREATE, INPUT_MISSING, INVALID, SMALL_SCENARIO, USAGE, ProgramTest)

CHANGE_RESULTS = os.environ["MAILLAGE_CHANGE_RESULTS"]
NOWHERE = {"MAILLAGE_SCENARIOS": "/nowhere", "MAILLAGE_TERRITORY": "/nowhere/territory.bin"}

# A strategy of the user's own, beside the scenario.
OUR_STRATEGY = """
title = "Ours"
title_fr = "La nôtre"

[[action]]
lever = "salaried_posts"
amount = 2
profession = "nurse"
from_year = 0.25

[[action]]
lever = "build"
amount = 7
when = { team_stage_below = "funded", wait_days_at_least = 0.5 }

[[stop]]
lever = "salaried_posts"
when = { professionals_at_least = 40 }
"""

# The whole EPCI, with what a user knows of two of its communes.
OUR_SCENARIO = """
[scenario]
title = "Ours"
start = 2018-06-01
years = 1
warm_up_months = 1
replications = 2
strategies = ["do_nothing", "ours", "team_first"]
baseline = "ours"

[territory]
commune = "56094"

[[population]]
commune = "56094"
residents = 900
deprivation = [0.1, 0.2, 0.3, 0.3, 0.1]
source = "a test"

[[supply]]
commune = "56094"
gps = 3
gp_ages = [35, 48.5, 61]
source = "a test"

[team]
stage = "nucleus"

[municipality]
yearly_budget = 123456.7

[parameters]
rent_m2 = { value = 8.5, unit = "EUR/m2/month" }
"""

COMMUNES = """code,lon,lat,part_75plus,fedi,pmun2012,pmun2017,pmun2022
56094,-3.2387,47.7637,11.3,-0.71,6000,6500,7000
56130,-3.15,47.74,9.7,0.33,5000,5000,5000
"""
CARE = """code,apl_mg_2023,medecin_generaliste,infirmier,masseur_kinesitherapeute,chirurgien_dentiste,\
sage_femme,pedicure_podologue,pharmacie
56094,3.1,3,4,5,2,1,1,1
56130,2.9,2,4,3,1,,0,1
"""


class RepeatTest(ProgramTest):
    def change(self, source, target, what):
        subprocess.run([CHANGE_RESULTS, source, target, what], cwd=self.folder, check=True)

    def run_small(self, output="results.h5", *words, **more):
        if not (self.folder / "small.toml").exists():
            self.write("small.toml", SMALL_SCENARIO)
        return self.maillage("run", "small.toml", "-o", output, "--quiet", *words, **more)


class Repetition(RepeatTest):
    def test_a_file_is_enough_where_all_that_it_was_made_from_is_gone(self):
        self.write("there/scenario.toml", OUR_SCENARIO)
        self.write("there/strategies/ours.toml", OUR_STRATEGY)
        self.write("there/tables/communes.csv", COMMUNES)
        self.write("there/tables/communes_soins.csv", CARE)
        self.maillage("run", "there/scenario.toml", "-o", "results.h5", "--quiet",
                      "--data", "there/tables", "--set", "gp_latent_demand_ratio=1.1234567890123",
                      "--seed", "12345678901234567")
        shutil.rmtree(self.folder / "there")
        self.maillage("run", "--from", "results.h5", "-o", "again.h5", "--quiet", "--threads", "1",
                      **NOWHERE)
        self.assertEqual(self.digest("again.h5"), self.digest("results.h5"))
        self.assertEqual((self.folder / "again.h5").read_bytes(),
                         (self.folder / "results.h5").read_bytes())
        self.maillage("run", "--from", "again.h5", "-o", "third.h5", "--quiet", **NOWHERE)
        self.assertEqual(self.digest("third.h5"), self.digest("results.h5"))

    def test_it_can_be_shared_out(self):
        self.run_small()
        for share in "1/2", "2/2":
            self.maillage("run", "--from", "results.h5", "-o", "again.h5", "--shard", share,
                          "--quiet", **NOWHERE)
        self.maillage("merge", "again.h5", **NOWHERE)
        self.assertEqual(self.digest("again.h5"), self.digest("results.h5"))

    def test_a_part_of_a_run_tells_how_long_the_whole_is(self):
        self.write("small.toml", SMALL_SCENARIO)
        self.maillage("run", "small.toml", "-o", "results.h5", "--shard", "2/2", "--quiet")
        part = next((self.folder / "results.h5.parts").glob("*.h5"))
        self.maillage("run", "--from", str(part), "-o", "again.h5", "--quiet", **NOWHERE)
        self.run_small("whole.h5")
        self.assertEqual(self.digest("again.h5"), self.digest("whole.h5"))

    def test_it_can_be_made_longer(self):
        self.run_small("three.h5", "--replications", "3")
        self.run_small()
        self.maillage("run", "--from", "results.h5", "-o", "again.h5", "--replications", "3",
                      "--quiet", **NOWHERE)
        self.assertEqual(self.digest("again.h5"), self.digest("three.h5"))
        self.assertIn("--replications 0", self.maillage(
            "run", "--from", "results.h5", "--replications", "0", exit=USAGE)[1])

    def test_a_file_repeated_onto_itself_is_left_as_it_is(self):
        self.run_small()
        before = (self.folder / "results.h5").stat()
        self.assertIn("already", self.maillage("run", "--from", "results.h5", **NOWHERE)[0])
        self.assertEqual((self.folder / "results.h5").stat().st_mtime_ns, before.st_mtime_ns)

    def test_nothing_may_change_the_scenario_on_the_way(self):
        self.run_small()
        for words, named in {("small.toml",): "SCENARIO", ("--years", "2"): "--years",
                             ("--seed", "1"): "--seed", ("--set", "rent_m2=9"): "--set",
                             ("--strategy", "do_nothing"): "--strategy",
                             ("--data", "."): "--data"}.items():
            with self.subTest(words=words):
                self.assertIn(named, self.maillage("run", "--from", "results.h5", *words,
                                                   "-o", "again.h5", exit=USAGE)[1])
        self.assertFalse((self.folder / "again.h5").exists())

    def test_a_file_of_another_version_is_repeated_only_if_the_user_says_so(self):
        self.run_small()
        self.change("results.h5", "old.h5", "version")
        complaint = self.maillage("run", "--from", "old.h5", "-o", "again.h5", exit=INVALID)[1]
        self.assertIn("0.0.9", complaint)
        self.assertIn("numbers may differ", complaint)
        self.assertIn("--other-version", complaint)
        self.assertFalse((self.folder / "again.h5").exists())
        self.maillage("run", "--from", "old.h5", "-o", "again.h5", "--other-version", "--quiet",
                      **NOWHERE)
        self.assertEqual(self.digest("again.h5"), self.digest("results.h5"))
        french = self.maillage("run", "--from", "old.h5", "--lang", "fr", exit=INVALID)[1]
        self.assertIn("nombres peuvent différer", french)

    def test_a_file_that_does_not_tell_enough_is_refused(self):
        self.run_small()
        for change, told in {"no-inputs": "does not tell its inputs", "key": "run key",
                             "parameter": "births_rate"}.items():
            with self.subTest(change=change):
                self.change("results.h5", f"{change}.h5", change)
                complaint = self.maillage("run", "--from", f"{change}.h5", "-o", "again.h5",
                                          exit=INVALID)[1]
                self.assertIn(f"{change}.h5", complaint)
                self.assertIn(told, complaint)
        self.write("cut.h5", (self.folder / "results.h5").read_bytes()[:-1])
        self.assertIn("cut.h5", self.maillage("run", "--from", "cut.h5", exit=INVALID)[1])
        self.maillage("run", "--from", "none.h5", exit=INPUT_MISSING)


class Refusal(RepeatTest):
    """Old results on which another run is asked for: what differs is said, and nothing changes."""

    def setUp(self):
        super().setUp()
        self.run_small()
        self.before = (self.folder / "results.h5").read_bytes()

    def difference(self, *words, output="results.h5"):
        complaint = self.run_small(output, *words, exit=CANNOT_CREATE)[1]
        lines = complaint.splitlines()
        self.assertIn(output, lines[0])
        self.assertIn("Nothing was changed", lines[-1])
        return [line.strip() for line in lines[1:-1]]

    def tearDown(self):
        self.assertEqual((self.folder / "results.h5").read_bytes(), self.before)

    def test_a_parameter_and_the_years(self):
        self.assertEqual(self.difference("--set", "rent_m2=8.5", "--years", "2"),
                         ["years: 1 -> 2", "parameters.rent_m2: 9 -> 8.5"])

    def test_the_strategies(self):
        self.assertIn("strategies: do_nothing, team_first -> team_first, do_nothing",
                      self.difference("--strategy", "team_first", "--strategy", "do_nothing"))

    def test_a_strategy_that_was_edited(self):
        self.write("ours.toml", OUR_STRATEGY)
        words = ["--strategy", "do_nothing", "--strategy", "ours.toml"]
        self.run_small("ours.h5", *words)
        self.write("ours.toml", OUR_STRATEGY.replace("amount = 7", "amount = 8"))
        self.assertEqual(self.difference(*words, output="ours.h5"),
                         ["strategies.ours.actions[1].amount: 7 -> 8"])

    def test_a_title_alone_changes_nothing(self):
        self.write("ours.toml", OUR_STRATEGY)
        words = ["--strategy", "do_nothing", "--strategy", "ours.toml"]
        self.run_small("ours.h5", *words)
        self.write("ours.toml", OUR_STRATEGY.replace("nôtre", "mienne"))
        self.assertIn("already", self.run_small("ours.h5", *words)[0])

    def test_the_territory(self):
        self.write("small.toml", SMALL_SCENARIO.replace("gps = 5", "gps = 6"))
        self.assertEqual(self.difference(), ["communes.56094.supply.gps.given: 5 -> 6"])

    def test_the_baseline(self):
        self.write("small.toml", SMALL_SCENARIO.replace(
            "[territory]", 'baseline = "team_first"\n[territory]'))
        self.assertEqual(self.difference(), ["baseline: do_nothing -> team_first"])

    def test_the_replications(self):
        complaint = self.run_small("results.h5", "--replications", "3", exit=CANNOT_CREATE)[1]
        self.assertIn("with 2 replications, and 3 are asked", complaint)
        self.assertIn("maillage expand results.h5", complaint)

    def test_the_version(self):
        self.change("results.h5", "old.h5", "version")
        version = self.maillage("--version")[0].split()[1]
        self.assertEqual(self.difference(output="old.h5"), [f"version: 0.0.9 -> {version}"])

    def test_a_file_that_does_not_tell_its_inputs(self):
        self.change("results.h5", "old.h5", "no-inputs")
        self.assertIn("not known", " ".join(self.difference(output="old.h5")))


if __name__ == "__main__":
    unittest.main()
