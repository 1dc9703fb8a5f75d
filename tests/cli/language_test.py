"""French and English: by option, by locale, and with the same numbers."""

import unittest

from program import INVALID, SMALL_SCENARIO, USAGE, ProgramTest


class Language(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def test_run_verify_compare_and_report_speak_french_when_asked(self):
        run = ["run", "small.toml", "-o", "results.h5", "--lang", "fr"]
        out, progress = self.maillage(*run)
        self.assertEqual(out, "results.h5 écrit\n")
        self.assertIn("réplications\u202f: 2 sur 2", progress)
        self.assertIn("contient déjà cette simulation", self.maillage(*run)[0])
        self.assertIn("est entier", self.maillage("verify", "results.h5", "--lang", "fr")[0])
        self.assertIn("médecin traitant", self.maillage("compare", "results.h5", "--lang", "fr")[0])
        self.assertIn("écrit", self.maillage("report", "results.h5", "--lang", "fr")[0])
        self.write("damaged.h5", "mine")
        self.assertIn("est endommagé",
                      self.maillage("verify", "damaged.h5", "--lang", "fr", exit=INVALID)[1])

    def test_the_locale_chooses_and_the_option_wins(self):
        words = ["validate", "small.toml"]
        french, english = "est valide", "is valid"
        for environment, expected in [
            ({"LANG": "fr_FR.UTF-8"}, french),
            ({"LANG": "fr"}, french),
            ({"LANG": "en_GB.UTF-8"}, english),
            ({"LANG": "de_DE.UTF-8"}, english),
            ({"LANG": ""}, english),
            ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, english),
            ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, french),
        ]:
            with self.subTest(environment=environment):
                self.assertIn(expected, self.maillage(*words, **environment)[0])
        self.assertIn(english, self.maillage(*words, "--lang", "en", LANG="fr_FR.UTF-8")[0])
        self.assertIn("Exemples", self.maillage("run", "--help", LANG="fr_FR.UTF-8")[0])

    def test_wrong_words_are_told_in_french(self):
        for words, told in {
            ("--frob",): "option inconnue\u202f: --frob",
            ("--years", "deux"): "--years ne peut pas prendre cette valeur",
            ("--years",): "--years attend une valeur",
            ("--years", "1", "--years", "2"): "--years est donné plusieurs fois",
            ("other.toml",): "trop de mots",
            ("--seed", "-1"): "doit être positif ou nul",
            ("--set", "rent_m2"): "doit être ID=VALEUR",
        }.items():
            with self.subTest(words=words):
                complaint = self.maillage("validate", "small.toml", "--lang", "fr", *words,
                                          exit=USAGE)[1]
                self.assertIn(told, complaint)
                self.assertIn("voir maillage validate --help", complaint)

    def test_french_numbers_are_typeset_in_french(self):
        english = self.maillage("validate", "small.toml")[0]
        french = self.maillage("validate", "small.toml", "--lang", "fr")[0]
        self.assertRegex(english, r"\d,\d{3} residents")
        self.assertRegex(french, "\\d\u202f\\d{3} habitants")

    def test_the_language_changes_no_number(self):
        digests = []
        for language in "fr", "en":
            self.maillage("run", "small.toml", "-o", f"{language}.h5", "--lang", language)
            digests.append(self.digest(f"{language}.h5"))
        self.assertEqual(digests[0], digests[1])


if __name__ == "__main__":
    unittest.main()
