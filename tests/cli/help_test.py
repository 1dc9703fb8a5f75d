"""The help, the version, wrong words, and every example that a help page gives."""

import math
import re
import shlex
import unittest

from program import SMALL_SCENARIO, USAGE, ProgramTest

SCREEN_LINES, SCREEN_COLUMNS = 24, 100


def rows_on_screen(text):
    return sum(max(1, math.ceil(len(line) / SCREEN_COLUMNS)) for line in text.splitlines())


class Help(ProgramTest):
    def verbs(self):
        usage = self.maillage("--help")[0]
        verbs = re.findall(r"^  ([a-z]+) {2,}\S", usage, re.MULTILINE)
        self.assertIn("run", verbs)
        return verbs

    def examples(self, verb):
        page = self.maillage(verb, "--help")[0]
        return [line.strip() for line in page.split("Examples:\n")[1].splitlines()]

    def test_every_verb_has_a_page_that_fits_a_screen_and_ends_with_examples(self):
        for verb in self.verbs():
            for language, examples in ("en", "Examples:"), ("fr", "Exemples"):
                with self.subTest(verb=verb, language=language):
                    page, complaints = self.maillage(verb, "--help", "--lang", language)
                    self.assertEqual(complaints, "")
                    self.assertTrue(page.startswith(f"maillage {verb}"))
                    self.assertLessEqual(rows_on_screen(page), SCREEN_LINES)
                    self.assertIn(examples, page)
                    self.assertRegex(page.splitlines()[-1], f"^  maillage {verb} ")

    def test_every_example_of_every_page_works(self):
        tried = 0
        for verb in self.verbs():
            for example in self.examples(verb):
                with self.subTest(example=example):
                    self.setUp()
                    self.write("kervignac.toml", SMALL_SCENARIO)
                    if "results.h5" in example and (verb != "run" or "--from" in example):
                        self.maillage("run", "kervignac.toml", "-o", "results.h5", "--quiet")
                    words = shlex.split(example)
                    self.assertEqual(words[0], "maillage")
                    self.maillage(*words[1:])
                    tried += 1
        self.assertGreaterEqual(tried, 10)

    def test_the_version_names_program_commit_and_compiler(self):
        self.assertRegex(self.maillage("--version")[0], r"^maillage \d+\.\d+\.\d+ \(.+, .+\)\n$")

    def test_help_is_for_standard_output_and_misuse_for_standard_error(self):
        for words in ["--help"], ["-h"], ["help"]:
            self.assertIn("maillage VERB", self.maillage(*words)[0])
        out, complaints = self.maillage(exit=USAGE)
        self.assertEqual(out, "")
        self.assertIn("maillage VERB", complaints)

    def test_an_unknown_verb_is_named_and_the_verbs_are_listed(self):
        out, complaints = self.maillage("simulate", exit=USAGE)
        self.assertEqual(out, "")
        self.assertIn("simulate", complaints)
        self.assertIn("validate", complaints)

    def test_wrong_words_are_named_and_the_page_to_read_is_given(self):
        self.write("small.toml", SMALL_SCENARIO)
        wrong = {
            ("run",): "scenario",
            ("validate",): "scenario",
            ("verify",): "results",
            ("compare",): "results",
            ("report",): "results",
            ("export",): "results",
            ("export", "results.h5"): "--csv",
            ("explain",): "name",
            ("new",): "--commune",
            ("run", "small.toml", "--replication", "3"): "--replication",
            ("run", "small.toml", "--years"): "--years",
            ("run", "small.toml", "--years", "two"): "two",
            ("run", "small.toml", "--seed", "-1"): "--seed",
            ("run", "small.toml", "--threads", "-1"): "--threads -1",
            ("run", "small.toml", "--set", "rent_m2"): "--set rent_m2",
            ("run", "small.toml", "other.toml"): "",
            ("run", "small.toml", "--from", "results.h5"): "SCENARIO",
            ("run", "--from", "results.h5", "--set", "rent_m2=9"): "--set",
            ("run", "--from", "results.h5", "--seed", "2"): "--seed",
            ("run", "small.toml", "--other-version"): "--from",
            ("run", "small.toml", "--lang", "de"): "de",
            ("new", "--commune", "56094", "--epci", "200070555"): "--epci",
            ("new", "--commune", "56094", "--year", "1800"): "--year 1800",
        }
        for words, named in wrong.items():
            with self.subTest(words=words):
                complaint = self.maillage(*words, exit=USAGE)[1]
                self.assertIn(named.lower(), complaint.lower())
                self.assertIn(f"maillage {words[0]} --help", complaint)
                self.assertEqual(len(complaint.splitlines()), 1)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["small.toml"])

    def test_french_pages_have_no_english_option(self):
        for verb in self.verbs():
            english = self.maillage(verb, "--help", "--lang", "en")[0]
            french = self.maillage(verb, "--help", "--lang", "fr")[0]
            meanings = re.findall(r"^  (?:-\w \[ )?--.*?  +(\S.*)$", english, re.MULTILINE)
            self.assertGreaterEqual(len(meanings), 2)
            for meaning in meanings:
                with self.subTest(verb=verb, meaning=meaning):
                    self.assertNotIn(meaning, french)

    def test_every_list_is_explained_entry_by_entry(self):
        for topic, least in {"levers": 18, "conditions": 7, "indicators": 42, "strategies": 10,
                             "parameters": 300}.items():
            lines = self.maillage("explain", topic)[0].splitlines()
            self.assertGreaterEqual(len(lines), least)
            for line in lines[:: max(1, len(lines) // 8)]:
                with self.subTest(topic=topic, line=line):
                    name, meaning = line.split(maxsplit=1)
                    self.assertTrue(meaning)
                    self.assertTrue(self.maillage("explain", name)[0].strip())

    def test_an_unknown_parameter_is_answered_with_the_nearest(self):
        self.assertIn("rent_m2", self.maillage("explain", "rent_m", exit=USAGE)[1])

    def test_a_misspelt_lever_strategy_or_condition_is_answered_with_the_nearest(self):
        for misspelt, meant in {"bild": "build", "team_frist": "team_first",
                                "wait_day_at_least": "wait_days_at_least"}.items():
            with self.subTest(misspelt=misspelt):
                self.assertIn(f"did you mean {meant}",
                              self.maillage("explain", misspelt, exit=USAGE)[1])

    def test_every_lever_and_condition_is_explained_in_french_too(self):
        for topic in "levers", "conditions":
            english = self.maillage("explain", topic)[0].splitlines()
            french = self.maillage("explain", topic, "--lang", "fr")[0].splitlines()
            self.assertEqual(len(english), len(french))
            for one, other in zip(english, french):
                self.assertEqual(one.split()[0], other.split()[0])
                self.assertNotEqual(one, other)

    def test_the_language_may_stand_before_the_verb(self):
        self.assertEqual(self.maillage("--lang", "fr", "--help"),
                         self.maillage("--help", "--lang", "fr"))
        self.assertEqual(self.maillage("--lang", "fr", "explain", "build"),
                         self.maillage("explain", "build", "--lang", "fr"))


if __name__ == "__main__":
    unittest.main()
