"""Shards: shares of a run in any order, status, merge, expand, two writers, memory."""

import json
import os
import random
import shutil
import signal
import socket
import unittest

from program import (CANNOT_CREATE, INPUT_MISSING, INTERRUPTED, INVALID, SMALL_SCENARIO, USAGE,
                     ProgramTest)

REPLICATIONS = 24
ONE_STRATEGY = SMALL_SCENARIO.replace('"do_nothing", "building_first", "team_first"', '"do_nothing"')

# Two residents, for a year: a replication takes a thousandth of a second.
TINY_SCENARIO = """
[scenario]
title = "Rochefourchat"
start = 2016-01-01
years = 1
warm_up_months = 1
strategies = ["do_nothing"]

[territory]
commune = "26274"
extent = "commune"
"""


class ShardsTest(ProgramTest):
    scenario = TINY_SCENARIO
    at_once = {}  # the bytes of a run without shares, by scenario

    def setUp(self):
        super().setUp()
        self.write("small.toml", self.scenario)
        self.words = ["run", "small.toml", "-o", "results.h5", "--replications", str(REPLICATIONS),
                      "--quiet"]
        self.results = self.folder / "results.h5"
        self.parts = self.folder / "results.h5.parts"

    def whole_run(self):
        if self.scenario not in ShardsTest.at_once:
            self.maillage(*[word.replace("results.h5", "at_once.h5") for word in self.words])
            ShardsTest.at_once[self.scenario] = (self.folder / "at_once.h5").read_bytes()
        return ShardsTest.at_once[self.scenario]

    def share(self, index, count):
        return self.maillage(*self.words, "--shard", f"{index}/{count}")

    def shards(self):
        return sorted(self.parts.glob("replications-*.h5"))

    def status(self):
        return json.loads(self.maillage("status", "results.h5", "--json")[0])


class Shares(ShardsTest):
    def test_in_any_order_and_split_they_give_the_bytes_of_a_run_without_shares(self):
        for seed in 1, 2:
            with self.subTest(order=seed):
                self.setUp()
                order = list(range(1, 6))
                random.Random(seed).shuffle(order)
                for index in order:
                    out, _ = self.share(index, 5)
                    self.assertIn("maillage merge results.h5", out)
                    self.assertFalse(self.results.exists())
                out, _ = self.maillage("merge", "results.h5")
                self.assertEqual(out, "wrote results.h5: 24 of 24 replications\n")
                self.assertEqual(self.results.read_bytes(), self.whole_run())
                self.assertFalse(self.parts.exists())

    def test_a_share_that_is_there_is_not_simulated_again(self):
        self.share(2, 3)
        before = {path: path.stat().st_mtime_ns for path in self.shards()}
        self.assertIn("this share is in results.h5.parts", self.share(2, 3)[0])
        self.assertEqual({path: path.stat().st_mtime_ns for path in self.shards()}, before)

    def test_a_second_partial_merge_keeps_what_the_file_holds(self):
        self.share(1, 3)
        self.maillage("merge", "results.h5", "--partial")
        shutil.rmtree(self.parts)
        self.share(3, 3)
        out, _ = self.maillage("merge", "results.h5", "--partial")
        self.assertEqual(out, "wrote results.h5: 16 of 24 replications\n")

    def test_a_file_of_the_user_with_a_name_like_ours_is_not_swept(self):
        mine = self.write("results.h5.tmp-old", "mine")
        left = self.write("results.h5.tmp-4711-0", "left by a program that was killed")
        self.maillage(*self.words)
        self.assertTrue(mine.exists())
        self.assertFalse(left.exists())

    def test_elements_of_a_slurm_array_find_theirs(self):
        for index in 7, 5, 9:
            self.maillage(*self.words, SLURM_ARRAY_TASK_ID=str(index), SLURM_ARRAY_TASK_MIN="5",
                          SLURM_ARRAY_TASK_MAX="9", SLURM_ARRAY_TASK_STEP="2",
                          SLURM_ARRAY_TASK_COUNT="3")
        self.maillage("merge", "results.h5")
        self.assertEqual(self.results.read_bytes(), self.whole_run())

    def test_an_array_with_holes_is_refused_with_the_remedy(self):
        complaint = self.maillage(*self.words, exit=USAGE, SLURM_ARRAY_TASK_ID="7",
                                  SLURM_ARRAY_TASK_MIN="1", SLURM_ARRAY_TASK_MAX="7",
                                  SLURM_ARRAY_TASK_STEP="1", SLURM_ARRAY_TASK_COUNT="3")[1]
        self.assertIn("--shard", complaint)
        self.assertFalse(self.parts.exists())

    def test_a_whole_run_takes_up_what_shares_have_left(self):
        self.share(2, 3)
        self.maillage(*self.words)
        self.assertEqual(self.results.read_bytes(), self.whole_run())
        self.assertFalse(self.parts.exists())


class Interrupted(ShardsTest):
    scenario = ONE_STRATEGY

    def test_a_share_that_was_interrupted_is_finished_by_the_same_command(self):
        words = [*self.words, "--shard", "1/2", "--progress", "json", "--threads", "1"]
        words.remove("--quiet")
        process = self.start(*words)
        for line in process.stderr:
            if json.loads(line)["done"] >= 4:
                break
        process.send_signal(signal.SIGUSR1)
        self.assertEqual(process.wait(timeout=20), INTERRUPTED)
        kept = self.status()["done"]
        self.assertIn(kept, range(4, 12))
        self.share(1, 2)
        self.share(2, 2)
        self.assertGreaterEqual(len(self.shards()), 3)
        self.maillage("merge", "results.h5")
        self.assertEqual(self.results.read_bytes(), self.whole_run())

    def test_an_expansion_is_taken_up_by_the_same_command(self):
        self.maillage(*self.words)
        self.whole_run()
        for more in ["--replications", "60"], ["--strategy", "team_first"]:
            with self.subTest(more=more):
                before = self.results.read_bytes()
                process = self.start("expand", "results.h5", *more, "--progress", "json",
                                     "--threads", "1")
                for line in process.stderr:
                    progress = json.loads(line)
                    if progress["done"] >= progress["found"] + 3:
                        break
                process.send_signal(signal.SIGTERM)
                self.assertEqual(process.wait(timeout=20), INTERRUPTED)
                self.assertEqual(self.results.read_bytes(), before)
                self.maillage("expand", "results.h5", *more, "--quiet")
        self.write("two.toml", ONE_STRATEGY.replace('"do_nothing"', '"do_nothing", "team_first"'))
        self.maillage("run", "two.toml", "-o", "whole.h5", "--replications", "60", "--quiet")
        self.assertEqual(self.digest("results.h5"), self.digest("whole.h5"))


class Merge(ShardsTest):
    def refused(self, *words, exit):
        before = {path: path.read_bytes() for path in self.shards()}
        complaint = self.maillage("merge", "results.h5", *words, exit=exit)[1]
        self.assertEqual({path: path.read_bytes() for path in self.shards()}, before)
        self.assertFalse(self.results.exists())
        return complaint

    def test_refuses_missing_replications_and_lists_them(self):
        self.share(2, 4)
        complaint = self.refused(exit=INPUT_MISSING)
        self.assertIn("missing: replications 0 to 5, 12 to 23", complaint)
        self.assertIn("--partial", complaint)

    def test_refuses_a_replication_that_is_there_twice(self):
        self.share(1, 2)
        self.share(2, 2)
        os.rename(self.parts, self.folder / "kept")
        self.share(2, 4)
        for path in (self.folder / "kept").glob("*.h5"):
            path.rename(self.parts / path.name)
        complaint = self.refused(exit=INVALID)
        self.assertIn("twice: replications 6 to 9 are in", complaint)

    def test_refuses_shards_of_another_run_and_damaged_ones(self):
        self.share(1, 2)
        self.share(2, 4)
        self.maillage(*self.words, "--seed", "2", "--shard", "4/4")
        damaged = self.shards()[1]
        damaged.write_bytes(damaged.read_bytes()[:-1])
        complaint = self.refused(exit=INVALID)
        self.assertIn(f"damaged: results.h5.parts/{damaged.name}", complaint)
        self.assertIn("of another run: results.h5.parts/replications-000018-000023.h5", complaint)

    def test_where_nothing_is_there_says_so(self):
        self.assertIn("maillage run", self.maillage("merge", "results.h5", exit=INPUT_MISSING)[1])
        self.assertFalse(self.parts.exists())

    def test_of_a_finished_run_changes_nothing(self):
        self.maillage(*self.words)
        before = self.results.stat().st_mtime_ns
        self.maillage("merge", "results.h5")
        self.assertEqual(self.results.stat().st_mtime_ns, before)

    def test_in_part_says_so_on_every_page_and_the_run_can_be_finished_later(self):
        self.share(2, 2)
        out, complaint = self.maillage("merge", "results.h5", "--partial")
        self.assertIn("12 of 24 replications", out)
        self.assertIn("missing: replications 0 to 11", complaint)
        self.assertTrue(self.shards())
        self.assertIn("12 of 24 replications", self.maillage("status", "results.h5")[0])
        for language, words in ("en", "12 of 24 replications"), ("fr", "12 réplications sur 24"):
            with self.subTest(language=language):
                for verb in "verify", "compare":
                    self.assertIn(words,
                                  self.maillage(verb, "results.h5", "--lang", language)[0])
                self.maillage("report", "results.h5", "-o", "page.html", "--lang", language)
                self.assertIn(words, (self.folder / "page.html").read_text()
                              .replace("\u202f", " ").replace("\u00a0", " "))
        self.maillage(*self.words)
        self.assertEqual(self.results.read_bytes(), self.whole_run())
        self.assertNotIn("of 24", self.maillage("verify", "results.h5")[0])


class Status(ShardsTest):
    def test_tells_how_far_a_run_is(self):
        self.share(1, 4)
        self.share(4, 4)
        self.assertEqual(self.status(), {
            "output": "results.h5", "finished": False, "done": 12, "planned": 24,
            "missing": [[6, 17]], "damaged": [], "foreign": [], "twice": [], "at_work": []})
        out, _ = self.maillage("status", "results.h5")
        self.assertIn("12 of 24 replications", out)
        self.assertIn("missing: replications 6 to 17", out)
        self.maillage(*self.words)
        self.assertIn("results.h5 is finished: 24 of 24 replications",
                      self.maillage("status", "results.h5")[0])
        self.assertTrue(self.status()["finished"])

    def test_where_nothing_is_there_says_so(self):
        self.assertIn("maillage run", self.maillage("status", "results.h5", exit=INPUT_MISSING)[1])


class TwoWriters(ShardsTest):
    scenario = ONE_STRATEGY

    def start_long_run(self):
        """Starts a run that will not end soon, and waits until it is at work."""
        self.words[self.words.index("--replications") + 1] = "100000"
        process = self.start(*self.words[:-1], "--progress", "json")
        for line in process.stderr:
            if json.loads(line)["done"] >= 1:
                return process
        self.fail("the run has ended")

    def test_the_second_is_refused_and_told_who_is_first(self):
        process = self.start_long_run()
        complaint = self.maillage(*self.words, exit=CANNOT_CREATE)[1]
        self.assertIn(f"process {process.pid} on {socket.gethostname()}, since 20", complaint)
        at_work, = self.status()["at_work"]
        self.assertEqual(at_work["pid"], str(process.pid))
        self.assertIn("le processus", self.maillage(*self.words, "--lang", "fr",
                                                    exit=CANNOT_CREATE)[1])
        process.kill()
        process.wait()
        self.assertEqual(self.status()["at_work"], [])


class Finished(ShardsTest):
    def test_a_finished_run_is_told_without_a_change_to_the_folder(self):
        self.maillage(*self.words)
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        before = self.folder.stat().st_mtime_ns
        for words in (self.words, [*self.words, "--shard", "2/3"], ["merge", "results.h5"],
                      ["status", "results.h5"]):
            self.maillage(*words)
        self.assertEqual(self.folder.stat().st_mtime_ns, before)
        self.assertEqual(sorted(path.name for path in self.folder.glob("results*")),
                         ["results.h5"])


class Expand(ShardsTest):
    def test_more_replications_give_the_digest_of_a_run_that_had_them_from_the_start(self):
        self.maillage("run", "small.toml", "-o", "results.h5", "--replications", "7", "--quiet")
        out, _ = self.maillage("expand", "results.h5", "--replications", "24", "--quiet")
        self.assertIn("24 replications", out)
        self.whole_run()
        self.maillage(*[word.replace("results.h5", "whole.h5") for word in self.words])
        self.assertEqual(self.digest("results.h5"), self.digest("whole.h5"))
        self.assertFalse(self.parts.exists())

    def test_more_strategies_give_the_digest_of_a_run_that_had_them_from_the_start(self):
        self.write("one.toml", ONE_STRATEGY)
        self.maillage("run", "one.toml", "-o", "results.h5", "--quiet")
        expand = ["expand", "results.h5", "--quiet", "--strategy", "building_first",
                  "--strategy", "team_first"]
        self.assertIn("3 strategies", self.maillage(*expand)[0])
        self.write("three.toml", SMALL_SCENARIO)
        self.maillage("run", "three.toml", "-o", "whole.h5", "--quiet")
        self.assertEqual(self.digest("results.h5"), self.digest("whole.h5"))
        self.assertIn("3 strategies", self.maillage(*expand)[0])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["one.toml", "results.h5", "small.toml", "three.toml", "whole.h5"])

    def test_a_run_with_other_replications_is_told_how_to_lengthen_it(self):
        self.maillage(*self.words)
        complaint = self.maillage(*self.words[:-3], "--replications", "40",
                                  exit=CANNOT_CREATE)[1]
        self.assertIn("maillage expand results.h5 --replications", complaint)

    def test_refuses_what_makes_no_sense(self):
        self.maillage(*self.words)
        for words, exit in (([], USAGE), (["--replications", "5"], USAGE),
                            (["--strategy", "team_frist"], INPUT_MISSING)):
            self.maillage("expand", "results.h5", *words, exit=exit)
        self.maillage("expand", "other.h5", "--replications", "9", exit=INPUT_MISSING)
        self.assertIn("team_first", self.maillage("expand", "results.h5", "--strategy",
                                                  "team_frist", exit=INPUT_MISSING)[1])


class Memory(ShardsTest):
    def test_does_not_grow_with_the_replications_done(self):
        """Of 1,000 replications, between 10% and 90%, by less than 3 MB: the replications at hand
        differ in size, and their recorders alone would be about 40 MB."""
        lines = self.maillage("run", "small.toml", "--years", "10", "-o", "results.h5", "--replications", "1000",
                              "--progress", "json")[1].splitlines()
        resident = {line["done"]: line["resident_bytes"] for line in map(json.loads, lines)}
        self.assertLess(resident[900] - resident[100], 3_000_000)


if __name__ == "__main__":
    unittest.main()
