"""The assumptions: each number in the sources of the model has its row in docs/model.md, and the other way round.

A row marked † is stated in its docstring without the number."""

import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ["MAILLAGE_SOURCE"])


def numbers_in(text):
    """Of docstrings, in which the word and the number may stand on two lines."""
    return {int(n) for n in re.findall(r"[Aa]ssumption[\s/]+A(\d+)\b", text)}


class Assumptions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = {f.name: numbers_in(f.read_text("utf-8")) for f in (SOURCE / "sim").rglob("*.?pp")}
        page = (SOURCE / "docs/model.md").read_text("utf-8")
        rows = re.findall(r"^\| A(\d+)( †)? \| .+ \| `(\w+\.[hc]pp)` \|$", page, re.MULTILINE)
        cls.rows = [(int(number), mark.strip(), file) for number, mark, file in rows]

    def test_the_numbers_of_the_sources_are_those_of_the_table(self):
        in_sources = set().union(*self.files.values())
        in_table = {number for number, mark, _ in self.rows if not mark}
        self.assertEqual(sorted(in_sources), sorted(in_table))

    def test_the_table_counts_upwards_and_names_each_number_once(self):
        numbers = [number for number, _, _ in self.rows]
        self.assertEqual(numbers, sorted(set(numbers)))

    def test_the_law_that_a_row_names_states_the_assumption(self):
        for number, mark, file in self.rows:
            with self.subTest(f"A{number}"):
                self.assertEqual(number in self.files.get(file, set()), not mark)


if __name__ == "__main__":
    unittest.main()
