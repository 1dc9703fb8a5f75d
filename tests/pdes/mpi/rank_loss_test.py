"""What those who started a run see when one of its ranks is lost: an error, and never a result."""

import os
import subprocess
import unittest

# Seconds after which a run that has lost a rank has certainly not ended by itself: a stuck rank
# would sleep for an hour, and the patience of the others is a second.
TIMEOUT = 60


def run(ranks, loss):
    return subprocess.run([os.environ["MPIEXEC"], "-n", str(ranks), os.environ["PROGRAM"], loss],
                          capture_output=True, text=True, timeout=TIMEOUT)


class RankLoss(unittest.TestCase):
    def assert_ends_without_a_result(self, ran):
        self.assertIn("the last rank comes to the window of its loss", ran.stderr)
        self.assertNotEqual(ran.returncode, 0, ran.stderr)
        self.assertNotIn("result", ran.stdout)

    def test_a_run_that_loses_nobody_gives_a_result_on_each_rank(self):
        for ranks in 1, 2, 3:
            ran = run(ranks, "none")
            self.assertEqual(ran.returncode, 0, ran.stderr)
            total = (ranks - 1) * 1000 * sum(range(1000))
            self.assertEqual(ran.stdout, f"result of a rank: {total}\n" * ranks)

    def test_a_rank_that_is_killed_takes_the_others_with_it(self):
        for ranks in 2, 3:
            self.assert_ends_without_a_result(run(ranks, "killed"))

    def test_a_rank_that_does_not_answer_is_named_and_ends_the_run(self):
        for ranks in 2, 3:
            ran = run(ranks, "stuck")
            self.assert_ends_without_a_result(ran)
            self.assertRegex(ran.stderr, rf"rank \d: no answer for 1 s from rank {ranks - 1}:")
            self.assertIn("then: the link between the ranks is broken", ran.stderr)

    def test_an_exception_on_one_rank_is_told_and_ends_the_run(self):
        ran = run(3, "throws")
        self.assert_ends_without_a_result(ran)
        self.assertIn("rank 2: a defect outside the model", ran.stderr)

    def test_a_process_that_throws_ends_the_run_with_what_it_says(self):
        ran = run(3, "fails")
        self.assert_ends_without_a_result(ran)
        self.assertRegex(ran.stderr,
                         r"rank 2: the waiting room is full|rank \d: on rank 2: the waiting room")


if __name__ == "__main__":
    unittest.main()
