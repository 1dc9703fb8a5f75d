"""Results files: where a run may write, what becomes of a damaged file, which numbers are equal."""

import csv
import io
import subprocess
import unittest

from program import (CANNOT_CREATE, INPUT_MISSING, INPUT_OUTPUT, INVALID, LIBRARY, PROGRAM,
                     SMALL_SCENARIO, USAGE, ProgramTest, environment)

READERS = (["verify"], ["compare"], ["report", "-o", "page.html"], ["export", "--csv", "tables"])


class Results(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def run_small(self, output, *words, **more):
        return self.maillage("run", "small.toml", "-o", output, "--quiet", *words, **more)

    def test_a_damaged_file_is_refused_by_every_reader(self):
        self.run_small("results.h5")
        whole = (self.folder / "results.h5").read_bytes()
        damaged = {"one_bit.h5": whole[:-999] + bytes([whole[-999] ^ 1]) + whole[-998:],
                   "cut.h5": whole[:len(whole) // 2], "longer.h5": whole + b"x",
                   "head_alone.h5": whole[:512], "no_head.h5": whole[512:], "empty.h5": b"",
                   "text.h5": b"mine", "zeros.h5": bytes(len(whole))}
        for name, content in damaged.items():
            self.write(name, content)
            for words in READERS:
                with self.subTest(name=name, verb=words[0]):
                    self.assertIn(name, self.maillage(*words, name, exit=INVALID)[1])
        self.assertFalse((self.folder / "page.html").exists())
        self.assertFalse((self.folder / "tables").exists())

    def test_a_missing_file_is_refused_by_every_reader(self):
        for words in READERS:
            with self.subTest(verb=words[0]):
                self.assertIn("none.h5", self.maillage(*words, "none.h5", exit=INPUT_MISSING)[1])

    def test_a_folder_is_no_results_file(self):
        (self.folder / "folder.h5").mkdir()
        for words in READERS:
            with self.subTest(verb=words[0]):
                complaint = self.maillage(*words, "folder.h5", exit=INVALID)[1]
                self.assertIn("folder.h5", complaint)
        self.assertIn("folder.h5", self.run_small("folder.h5", exit=CANNOT_CREATE)[1])

    def test_a_place_where_nothing_can_be_created_is_told_before_the_run(self):
        self.write("file", "mine")
        for output in "nowhere/x.h5", "/proc/x.h5", "file/x.h5":
            with self.subTest(output=output):
                self.assertIn(output, self.run_small(output, exit=CANNOT_CREATE)[1])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["file", "small.toml"])

    def test_what_is_no_result_of_this_run_is_kept(self):
        self.run_small("other.h5", "--seed", "2")
        self.write("mine.h5", "mine")
        for name in "other.h5", "mine.h5":
            before = (self.folder / name).read_bytes()
            with self.subTest(name=name):
                self.assertIn(name, self.run_small(name, exit=CANNOT_CREATE)[1])
                self.assertEqual((self.folder / name).read_bytes(), before)

    def test_a_finished_run_is_left_as_it_is(self):
        self.run_small("results.h5")
        path = self.folder / "results.h5"
        before = path.stat()
        self.assertIn("results.h5", self.run_small("results.h5")[0])
        self.assertEqual(path.stat().st_mtime_ns, before.st_mtime_ns)
        self.assertEqual(path.stat().st_ino, before.st_ino)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["results.h5", "small.toml"])

    def test_threads_change_no_byte(self):
        outputs = []
        for threads in "1", "2", "3":
            self.run_small(f"{threads}.h5", "--threads", threads, "--replications", "23")
            outputs.append((self.folder / f"{threads}.h5").read_bytes())
        self.assertEqual(outputs[0], outputs[1])
        self.assertEqual(outputs[0], outputs[2])

    def test_a_strategy_counts_by_what_it_does_and_not_by_its_name(self):
        strategy = (LIBRARY / "strategies" / "team_first.toml").read_text()
        renamed = strategy.replace('title = "Team first"', 'title = "Zéro béton"')
        self.assertNotEqual(renamed, strategy)
        self.write("strategies/zero_concrete.toml", renamed)
        digests = {}
        for name in "team_first", "zero_concrete", "building_first":
            self.run_small(f"{name}.h5", "--strategy", "do_nothing", "--strategy", name,
                           "--years", "3")
            digests[name] = self.digest(f"{name}.h5")
        self.assertEqual(digests["team_first"], digests["zero_concrete"])
        self.assertNotEqual(digests["team_first"], digests["building_first"])

    def test_seed_parameters_years_and_replications_change_the_numbers(self):
        digests = []
        for i, words in enumerate([[], ["--seed", "2"], ["--set", "gp_contacts_40_44=3"],
                                   ["--years", "2"], ["--replications", "3"]]):
            self.run_small(f"{i}.h5", *words)
            digests.append(self.digest(f"{i}.h5"))
        self.assertEqual(len(set(digests)), len(digests))

    def test_a_page_or_a_table_that_cannot_be_written_is_an_error(self):
        self.run_small("results.h5")
        for words in (["report", "results.h5", "-o"], ["compare", "results.h5", "--csv"],
                      ["new", "--commune", "56094", "--force", "-o"]):
            self.maillage(*words, "nowhere/x", exit=CANNOT_CREATE)
            self.maillage(*words, "/dev/full", exit=INPUT_OUTPUT)

    def test_several_files_are_verified_at_once_and_the_worst_counts(self):
        self.run_small("a.h5")
        digest = self.digest("a.h5")
        whole = (self.folder / "a.h5").read_bytes()
        self.write("b.h5", whole)
        self.write("cut.h5", whole[:-1])
        out, _ = self.maillage("verify", "a.h5", "b.h5")
        self.assertEqual([line.split()[0] for line in out.splitlines()], ["a.h5", "b.h5"])
        self.assertEqual([line.split()[-1] for line in out.splitlines()], [digest, digest])
        out, err = self.maillage("verify", "none.h5", "a.h5", exit=INPUT_MISSING)
        self.assertTrue(out.startswith("a.h5 is whole"), out)
        self.assertIn("none.h5", err)
        out, err = self.maillage("verify", "none.h5", "cut.h5", "b.h5", exit=INVALID)
        self.assertTrue(out.startswith("b.h5 is whole"), out)
        self.assertEqual([name for name in ("none.h5", "cut.h5", "b.h5") if name in err],
                         ["none.h5", "cut.h5"])

    def test_standard_output_that_is_full_is_an_error(self):
        self.run_small("results.h5")
        for words in ["verify", "results.h5"], ["compare", "results.h5"], ["validate", "small.toml"]:
            with self.subTest(words=words), open("/dev/full", "w") as full:
                done = subprocess.run([PROGRAM, *words], cwd=self.folder, env=environment(),
                                      stdout=full, stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, INPUT_OUTPUT)
                self.assertIn("maillage:", done.stderr)

    def test_the_comparison_can_be_had_as_a_table(self):
        self.run_small("results.h5")
        self.maillage("compare", "results.h5", "--csv", "table.csv", "--csv-excel", "excel.csv")
        rows = list(csv.DictReader(io.StringIO((self.folder / "table.csv").read_text())))
        self.assertGreater(len(rows), 3)
        self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        self.assertTrue((self.folder / "excel.csv").read_bytes().startswith(b"\xef\xbb\xbf"))
        # Another baseline turns the differences around.
        other = self.maillage("compare", "results.h5", "--baseline", "team_first")[0]
        self.assertNotEqual(other, self.maillage("compare", "results.h5")[0])
        self.assertIn("do_nothing", self.maillage("compare", "results.h5", "--baseline", "none",
                                                  exit=USAGE)[1])

    def test_all_that_is_found_can_be_had_as_tables_in_the_language(self):
        self.run_small("results.h5")
        self.maillage("compare", "results.h5", "--tables", "found")
        self.maillage("compare", "results.h5", "--tables", "trouvé", "--lang", "fr")
        for name in "measures.csv", "costs.csv", "budgets.csv", "retention.csv":
            english = list(csv.DictReader(io.StringIO((self.folder / "found" / name).read_text())))
            french = (self.folder / "trouvé" / name).read_text(encoding="utf-8-sig")
            self.assertEqual(len(french.splitlines()), len(english) + 1)
            self.assertIn(";", french.splitlines()[0])
            self.assertEqual({row["strategy"] for row in english} - {"do_nothing"},
                             {"building_first", "team_first"})
        costs = list(csv.DictReader(io.StringIO((self.folder / "found/costs.csv").read_text())))
        self.assertEqual({row["discount_rate"] for row in costs}, {"0.032"})

    def test_every_measure_is_printed_when_asked(self):
        self.run_small("results.h5")
        main = self.maillage("compare", "results.h5")[0]
        every = self.maillage("compare", "results.h5", "--all")[0]
        self.assertNotIn("Nurses", main)
        self.assertIn("Nurses", every)


if __name__ == "__main__":
    unittest.main()
