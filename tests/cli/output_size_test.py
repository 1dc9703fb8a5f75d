"""A run stays below the sizes that docs/output-size.md states, part by part."""

import re
import unittest

import h5py

from program import SOURCE, ProgramTest

PAGE = SOURCE / "docs" / "output-size.md"
CASE = SOURCE / "scenarios" / "cases" / "kervignac" / "kervignac.toml"
ROW = re.compile(r"^\| [^|]* \(`([^`]*)`\) \|.*\| ([0-9,]+) \|$", re.MULTILINE)

# Of little and of much: the last one has the longest ledger and the most arrivals.
STRATEGIES = ("do_nothing", "building_first", "hybrid_municipal")


def part_of(name, variable):
    """The part of the file that a variable belongs to, or none for labels and provenance."""
    if "/" in name:
        return name.split("/")[0]
    return "strategy, replication, month" if variable.ndim == 3 else None


def stored_bytes(path):
    """Bytes of compressed values on disk, by part."""
    parts = {}

    def add(name, thing):
        if isinstance(thing, h5py.Dataset) and (part := part_of(name, thing)):
            parts[part] = parts.get(part, 0) + thing.id.get_storage_size()

    with h5py.File(path) as file:
        file.visititems(add)
    return parts


class OutputSize(ProgramTest):
    def test_a_run_stays_below_the_stated_sizes_with_a_tenth_to_spare(self):
        words = [word for strategy in STRATEGIES for word in ("--strategy", strategy)]
        self.maillage("run", str(CASE), "-o", "results.h5", "--replications", "1", *words)
        found = stored_bytes(self.folder / "results.h5")
        stated = {part: int(size.replace(",", ""))
                  for part, size in ROW.findall(PAGE.read_text(encoding="utf-8"))}
        self.assertEqual(set(stated), {"strategy, replication, month", "communes", "stays", "ledger"})
        for part, size in stated.items():
            with self.subTest(part=part):
                per_run = found[part] / len(STRATEGIES)
                self.assertGreater(per_run, 0.2 * size, "the page states far more than it takes")
                self.assertLess(per_run, 0.9 * size)
        besides = (self.folder / "results.h5").stat().st_size - sum(found.values())
        self.assertLess(besides, 0.9e6)


if __name__ == "__main__":
    unittest.main()
