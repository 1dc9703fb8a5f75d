"""The job array that `maillage slurm` writes, as text: what it asks for, and what bash reads in it."""

import re
import subprocess
import unittest

from program import LIBRARY, PROGRAM, SMALL_SCENARIO, USAGE, ProgramTest

ODD = "it's a \"test\" $HOME `id` \\ * é\n#SBATCH --array=1-9"  # may stand in a name of a file


class SlurmScript(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)

    def script(self, scenario="small.toml", *words, **more):
        return self.maillage("slurm", scenario, "--pilot", "0", *words, **more)[0]

    def asked(self, script):
        """The options of sbatch in a script: {"array": "1-4", "requeue": ""}."""
        return dict(re.findall(r"^#SBATCH --([a-z-]+)=?(\S*)$", script, re.MULTILINE))

    def words_of(self, definitions, text):
        """The words with which bash calls the command that `definitions` replaces."""
        done = subprocess.run(["bash", "-c", definitions + "\n" + text], capture_output=True,
                              text=True, check=True, env={"SLURM_ARRAY_TASK_ID": "3"})
        return done.stdout.split("\0")[:-1]

    def executed(self, script):
        return self.words_of("exec() { printf '%s\\0' \"$@\"; }", script)

    def test_it_asks_for_an_array_that_can_be_requeued_and_is_told_before_its_time_is_over(self):
        asked = self.asked(self.script("small.toml", "-r", "100", "--elements", "4", "-j", "3"))
        self.assertEqual(asked["array"], "1-4")
        self.assertEqual(asked["cpus-per-task"], "3")
        self.assertEqual(asked["signal"], "B:TERM@60")
        self.assertEqual(asked["job-name"], "small")
        self.assertIn("requeue", asked)
        self.assertRegex(asked["mem"], r"^\d+M$")
        self.assertGreaterEqual(int(asked["time"]), 5)

    def test_it_executes_this_program_with_all_that_was_said(self):
        words = self.executed(self.script(
            "small.toml", "-o", "out.h5", "-r", "100", "--years", "2", "--seed", "7", "--strategy",
            "do_nothing", "--strategy", "team_first", "--set", "rent_m2=6", "--elements", "4",
            "--lang", "fr"))
        self.assertEqual(words, [
            PROGRAM, "run", str(self.folder / "small.toml"), "--output",
            str(self.folder / "out.h5"), "--strategy", "do_nothing", "--strategy", "team_first",
            "--set", "rent_m2=6", "--years", "2", "--replications", "100", "--seed", "7", "--lang",
            "fr", "--shard", "3/4"])

    def test_a_scenario_without_options_is_run_without_options(self):
        self.assertEqual(self.executed(self.script()),
                         [PROGRAM, "run", str(self.folder / "small.toml"), "--output",
                          str(self.folder / "results.h5"), "--shard", "3/1"])

    def test_odd_names_are_quoted_in_the_command_and_in_the_comments(self):
        self.write(f"{ODD}/{ODD}.toml", SMALL_SCENARIO)
        script = self.script(f"{ODD}/{ODD}.toml", "-o", f"{ODD}/{ODD}.h5")
        self.assertEqual(self.asked(script)["array"], "1-1")
        for option, value in self.asked(script).items():
            self.assertNotRegex(value, r"[\s'\"$`\\]", option)
        words = self.executed(script)
        self.assertEqual(words[2], str(self.folder / ODD / f"{ODD}.toml"))
        self.assertEqual(words[4], str(self.folder / ODD / f"{ODD}.h5"))

        [submit] = re.findall(r"^# +(sbatch --dependency.*)$", script, re.MULTILINE)
        submitted = self.words_of("sbatch() { printf '%s\\0' \"$@\"; }\njob=17", submit)
        self.assertEqual(submitted[0], "--dependency=afterok:17")
        [wrapped] = [word[len("--wrap="):] for word in submitted if word.startswith("--wrap=")]
        merged = self.words_of("", "printf '%s\\0' " + wrapped)
        self.assertEqual(merged, [PROGRAM, "merge", str(self.folder / ODD / f"{ODD}.h5")])

    def test_the_library_and_the_territory_in_use_are_named_in_the_script(self):
        (self.folder / ODD).symlink_to(LIBRARY)
        script = self.script("small.toml", MAILLAGE_SCENARIOS=ODD)
        told = self.words_of("exec() { printf '%s\\0' \"$MAILLAGE_SCENARIOS\"; }", script)
        self.assertEqual(told, [str(self.folder / ODD)])
        self.assertNotIn("export", self.script())

    def test_shellcheck_has_nothing_to_say(self):
        self.write(f"{ODD}/{ODD}.toml", SMALL_SCENARIO)
        (self.folder / "library of mine").symlink_to(LIBRARY)
        for script in (self.script(),
                       self.script(f"{ODD}/{ODD}.toml", "-o", f"{ODD}.h5",
                                   MAILLAGE_SCENARIOS="library of mine")):
            done = subprocess.run(["shellcheck", "-"], input=script, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_the_number_of_elements_follows_from_the_pilot(self):
        self.assertEqual(self.asked(self.script())["array"], "1-1")
        last = int(self.asked(self.script("small.toml", "-r", "1000000"))["array"].split("-")[1])
        self.assertGreaterEqual(last, 10)  # hours of work
        self.assertLessEqual(last, 1000)   # what Slurm takes unless it is told otherwise

    def test_wrong_numbers_are_refused(self):
        for words in (["--elements", "0"], ["--elements", "3"], ["-j", "0"], ["-j", "-2"]):
            complaint = self.maillage("slurm", "small.toml", *words, exit=USAGE)[1]
            self.assertIn(words[-1], complaint)


if __name__ == "__main__":
    unittest.main()
