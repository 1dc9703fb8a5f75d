"""From a commune to a scenario, and everything that can be wrong with one."""

import unittest

from program import (CANNOT_CREATE, INPUT_MISSING, INVALID, LIBRARY, SMALL_SCENARIO, SOURCE, USAGE,
                     ProgramTest)

BROKEN = SOURCE / "tests" / "scenario" / "broken"


class OwnTables(ProgramTest):
    def test_a_parameter_table_that_lacks_a_row_is_the_users_mistake_and_names_the_row(self):
        rows = (LIBRARY / "parameters.csv").read_text().splitlines(keepends=True)
        lacking = next(row.split(",")[0] for row in rows if row.startswith("travel_speed,"))
        self.write("own.csv", "".join(row for row in rows if not row.startswith(lacking + ",")))
        scenario = SMALL_SCENARIO
        self.write("own.toml", scenario.replace("[scenario]", '[scenario]\nparameters = "own.csv"'))
        for words in ("validate", "own.toml"), ("run", "own.toml", "-o", "own.h5"):
            self.assertIn(f'has no "{lacking}"', self.maillage(*words, exit=INVALID)[1])
        self.assertFalse((self.folder / "own.h5").exists())


class NewScenario(ProgramTest):
    def test_a_commune_becomes_a_scenario_that_runs_and_is_reported_in_two_languages(self):
        self.assertIn("objat.toml", self.maillage("new", "--commune", "19153", "-o", "objat.toml")[0])
        self.assertIn("is valid", self.maillage("validate", "objat.toml")[0])
        self.maillage("run", "objat.toml", "-o", "objat.h5", "--years", "1", "--replications", "2")
        self.digest("objat.h5")
        self.assertIn("Team first", self.maillage("compare", "objat.h5")[0])
        for language in "fr", "en":
            self.maillage("report", "objat.h5", "-o", f"{language}.html", "--lang", language)
            page = (self.folder / f"{language}.html").read_text()
            self.assertIn(f'<html lang="{language}">', page)
            self.assertIn("Objat", page)
            self.assertNotRegex(page, r"""(src|href)\s*=\s*["']?\s*(https?:)?//""")
            self.assertNotRegex(page, r"@import|url\(\s*[\"']?https?:")

    def test_a_new_scenario_lists_every_strategy_of_the_library_and_each_can_be_played(self):
        text = self.maillage("new", "--commune", "19153")[0]
        library = sorted(path.stem for path in (LIBRARY / "strategies").glob("*.toml"))
        for name in library:
            self.assertRegex(text, rf'\n  (# )?"{name}", +# \S')
        self.write("objat.toml", text.replace('  # "', '  "'))
        self.assertIn(f"{len(library)} strategies",
                      self.maillage("validate", "objat.toml")[0])

    def test_an_epci_becomes_a_scenario(self):
        self.maillage("new", "--epci", "200070555", "-o", "veyle.toml")
        self.assertIn("is valid", self.maillage("validate", "veyle.toml")[0])

    def test_without_an_output_the_scenario_goes_to_the_terminal(self):
        text = self.maillage("new", "--commune", "56094")[0]
        self.write("kervignac.toml", text)
        self.assertIn("is valid", self.maillage("validate", "kervignac.toml")[0])

    def test_a_wrong_code_is_answered_with_the_right_one(self):
        answers = {("--commune", "75101"): "75056", ("--commune", "Objat"): "19153",
                   ("--epci", "123"): "123", ("--commune", ""): "--commune"}
        for words, answer in answers.items():
            with self.subTest(words=words):
                exit = INVALID if words[1] else USAGE
                complaint = self.maillage("new", *words, "-o", "town.toml", exit=exit)[1]
                self.assertIn(answer, complaint)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_file_that_is_there_is_kept_unless_told_otherwise(self):
        there = self.write("objat.toml", "mine")
        complaint = self.maillage("new", "--commune", "19153", "-o", "objat.toml",
                                  exit=CANNOT_CREATE)[1]
        self.assertIn("objat.toml", complaint)
        self.assertEqual(there.read_text(), "mine")
        self.maillage("new", "--commune", "19153", "-o", "objat.toml", "--force")
        self.assertIn("19153", there.read_text())

    def test_a_folder_that_is_not_there_is_not_made(self):
        self.assertIn("towns/objat.toml", self.maillage(
            "new", "--commune", "19153", "-o", "towns/objat.toml", exit=CANNOT_CREATE)[1])
        self.assertEqual(list(self.folder.iterdir()), [])


class WrongScenario(ProgramTest):
    def test_each_broken_scenario_is_refused_with_the_place_and_nothing_is_written(self):
        broken = sorted(BROKEN.glob("*.toml"))
        self.assertGreaterEqual(len(broken), 30)
        for path in broken:
            with self.subTest(scenario=path.name):
                expected = path.with_suffix(".txt").read_text().splitlines()[0]
                exit = {"Invalid": INVALID, "InputMissing": INPUT_MISSING}[expected]
                out, complaint = self.maillage("run", str(path), "-o", "results.h5", exit=exit)
                self.assertEqual(out, "")
                # A table or a strategy that the scenario names is a place too.
                self.assertIn(str(BROKEN), complaint)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_is_no_text_is_refused_by_name(self):
        with open(self.folder / "big.toml", "wb") as big:
            big.truncate(100 * 1024 * 1024)
        self.write("binary.toml", bytes(range(256)) * 20)
        self.write("empty.toml", "")
        self.write("windows.toml", SMALL_SCENARIO.encode("utf-16"))
        (self.folder / "folder.toml").mkdir()
        wrong = {"big.toml": INVALID, "binary.toml": INVALID, "empty.toml": INVALID,
                 "windows.toml": INVALID, "folder.toml": INPUT_MISSING,
                 "missing.toml": INPUT_MISSING, "empty.toml/inside.toml": INPUT_MISSING}
        for verb in ["validate"], ["run", "-o", "results.h5"], ["explain", "rent_m2"]:
            for name, exit in wrong.items():
                with self.subTest(verb=verb[0], name=name):
                    self.assertIn(name, self.maillage(*verb, name, exit=exit)[1])

    def test_a_byte_order_mark_and_windows_line_ends_are_read(self):
        text = b"\xef\xbb\xbf" + SMALL_SCENARIO.replace("\n", "\r\n").encode()
        self.write("windows.toml", text)
        self.assertIn("is valid", self.maillage("validate", "windows.toml")[0])

    def test_what_the_command_line_changes_is_checked_like_the_file(self):
        self.write("small.toml", SMALL_SCENARIO)
        wrong = {("--years", "0"): INVALID, ("--years", "51"): INVALID,
                 ("--replications", "0"): INVALID, ("--set", "rent_m2=100000"): INVALID,
                 ("--set", "rent_m2=nine"): INVALID, ("--set", "rent=9"): INVALID,
                 ("--set", "rent_m2=nan"): INVALID,
                 ("--strategy", "team_frist"): INPUT_MISSING,
                 ("--strategy", "team_first", "--strategy", "team_first"): INVALID,
                 ("--data", "nowhere"): INPUT_MISSING}
        for words, exit in wrong.items():
            with self.subTest(words=words):
                complaint = self.maillage("validate", "small.toml", *words, exit=exit)[1]
                self.assertIn(words[1].split("=")[0], complaint)

    def test_every_problem_is_told_at_once(self):
        complaint = self.maillage("validate", str(BROKEN / "many_at_once.toml"), exit=INVALID)[1]
        expected = (BROKEN / "many_at_once.txt").read_text().splitlines()[1:]
        self.assertGreater(len(expected), 3)
        self.assertEqual(len(complaint.splitlines()), len(expected))


class Belongings(ProgramTest):
    def test_a_territory_that_is_none_is_named(self):
        self.write("small.toml", SMALL_SCENARIO)
        self.write("wrong.bin", "no territory")
        self.assertIn("wrong.bin",
                      self.maillage("validate", "small.toml", exit=INPUT_MISSING,
                                    MAILLAGE_TERRITORY=str(self.folder / "wrong.bin"))[1])

    def test_a_library_that_is_elsewhere_is_used(self):
        self.write("small.toml", SMALL_SCENARIO)
        complaint = self.maillage("validate", "small.toml", exit=INPUT_MISSING,
                                  MAILLAGE_SCENARIOS=str(self.folder))[1]
        self.assertIn(str(self.folder), complaint)


if __name__ == "__main__":
    unittest.main()
