"""The pages that users follow: what they show is valid, and each case has its page and its figures."""

import importlib.util
import json
import math
import re
import shutil
import subprocess
import sys
import unittest

from program import INVALID, LIBRARY, PROGRAM, SMALL_SCENARIO, SOURCE, ProgramTest

CASES = sorted(path.name for path in (LIBRARY / "cases").iterdir() if path.is_dir())
PAGES = SOURCE / "docs" / "cases"

_spec = importlib.util.spec_from_file_location("refresh", PAGES / "refresh.py")
refresh = importlib.util.module_from_spec(_spec)
sys.modules["refresh"] = refresh  # where its data classes look for themselves
_spec.loader.exec_module(refresh)


def toml_blocks(page):
    return re.findall(r"^```toml\n(.*?)^```$", page.read_text(encoding="utf-8"),
                      re.DOTALL | re.MULTILINE)


class Scenarios(ProgramTest):
    def test_every_scenario_of_the_library_is_valid(self):
        scenarios = [path for path in LIBRARY.rglob("*.toml")
                     if "[scenario]" in path.read_text(encoding="utf-8").splitlines()]
        self.assertGreater(len(scenarios), len(CASES))
        for path in scenarios:
            with self.subTest(scenario=path.name):
                self.assertIn("is valid", self.maillage("validate", str(path))[0])

    def test_every_strategy_of_a_case_is_played_by_it(self):
        for path in LIBRARY.glob("cases/*/strategies/*.toml"):
            case = path.parent.parent
            with self.subTest(strategy=path.name):
                self.assertIn(f'"{path.stem}"', (case / f"{case.name}.toml").read_text())


class CasePages(ProgramTest):
    def test_every_case_has_a_scenario_and_a_page_and_every_page_a_case(self):
        for case in CASES:
            self.assertTrue((LIBRARY / "cases" / case / f"{case}.toml").is_file(), case)
        self.assertEqual(CASES, sorted(p.stem for p in PAGES.glob("*.md") if p.stem != "README"))

    def test_every_page_names_its_command_and_the_digest_of_its_figures(self):
        for case in CASES:
            page = (PAGES / f"{case}.md").read_text(encoding="utf-8")
            with self.subTest(case=case):
                self.assertRegex(page, rf"`maillage run scenarios/cases/{case}/{case}\.toml\b")
                self.assertRegex(page, r"digest `[0-9a-f]{32}`")
                for heading in ("What the run gives", "Against what happened",
                                "What the model cannot say here"):
                    self.assertIn(f"## {heading}\n", page)

    def test_the_strategy_nearest_to_what_happened_is_one_of_the_case(self):
        for case in CASES:
            near = refresh.nearest((PAGES / f"{case}.md").read_text(encoding="utf-8"))
            scenario = (LIBRARY / "cases" / case / f"{case}.toml").read_text(encoding="utf-8")
            self.assertIn(f'"{near}"', scenario, case)

    def test_the_overview_has_one_row_for_each_case(self):
        readme = (PAGES / "README.md").read_text(encoding="utf-8")
        self.assertEqual(sorted(re.findall(r"^\| \[.*?\]\((\w+)\.md\)", readme, re.MULTILINE)), CASES)

    def test_a_fact_names_an_indicator_a_strategy_and_a_month_of_its_scenario(self):
        indicators = (SOURCE / "sim" / "record" / "indicators.hpp").read_text(encoding="utf-8")
        for case in CASES:
            scenario = (LIBRARY / "cases" / case / f"{case}.toml").read_text(encoding="utf-8")
            months = 12 * int(re.search(r"^years = (\d+)", scenario, re.MULTILINE)[1])
            for fact in refresh.facts_of(case):
                with self.subTest(case=case, fact=fact["what"]):
                    self.assertIn(f'"{fact["indicator"]}"', indicators)
                    self.assertIn(f'"{fact["strategy"]}"', scenario)
                    self.assertLess(fact["month"], months)


class Refresh(ProgramTest):
    def test_refreshing_writes_the_command_and_the_digest_that_verify_prints(self):
        pages = self.folder / "pages"
        shutil.copytree(PAGES, pages)
        before = (pages / "blaringhem.md").read_text(encoding="utf-8")
        subprocess.run([sys.executable, str(PAGES / "refresh.py"), "--program", PROGRAM, "-r", "2",
                        "--pages", str(pages), "blaringhem"], check=True, capture_output=True)
        page = (pages / "blaringhem.md").read_text(encoding="utf-8")
        command = re.search(r"`maillage (run .*? -r 2) -o blaringhem\.h5`", page)[1].split()
        self.maillage(*[str(SOURCE / w) if "/" in w else w for w in command], "-o", "again.h5", "-q")
        self.assertIn(f"digest `{self.digest('again.h5')}`", page)
        # What is written by hand stays.
        by_hand = re.compile(r"<!-- (run|facts).*?<!-- end of \1 -->", re.DOTALL)
        self.assertEqual(by_hand.sub("", page), by_hand.sub("", before))
        # The second time nothing changes.
        subprocess.run([sys.executable, str(PAGES / "refresh.py"), "--program", PROGRAM, "-r", "2",
                        "--pages", str(pages), "blaringhem"], check=True, capture_output=True)
        self.assertEqual((pages / "blaringhem.md").read_text(encoding="utf-8"), page)

    def test_the_quantiles_of_students_t_are_those_of_the_tables(self):
        for freedom, quantile in (1, 12.7062), (2, 4.30265), (9, 2.26216), (29, 2.04523), (99, 1.98422):
            self.assertTrue(math.isclose(refresh.t_quantile(0.975, freedom), quantile, rel_tol=1e-5))

    def test_an_interval_is_known_by_hand(self):
        found = refresh.estimate([1.0, 2.0, 3.0])
        half = 4.30265 / math.sqrt(3)
        self.assertAlmostEqual(found.low, 2 - half, 4)
        self.assertAlmostEqual(found.high, 2 + half, 4)
        self.assertEqual(refresh.middle_of([float(n) for n in range(11)]), (1.0, 9.0))

    def test_a_page_without_its_block_is_refused(self):
        with self.assertRaises(ValueError):
            refresh.replace_block("# A page\n", "run", "text")


class Tutorials(ProgramTest):
    def check_blocks(self, page):
        """Each scenario of the page, and each strategy in a scenario of its own, is valid."""
        checked = 0
        strategies = []
        for block in toml_blocks(page):
            if "[scenario]" in block:
                continue
            # A fragment shows one entry of a file, which has a title besides.
            text = block if re.search("^title = ", block, re.MULTILINE) else f'title = "x"\n{block}'
            name = f"of_the_page_{len(strategies)}"
            self.write(f"strategies/{name}.toml", text)
            self.write("town.toml", re.sub("strategies = .*", f'strategies = ["{name}"]',
                                           SMALL_SCENARIO).replace("years = 1", "years = 10"))
            with self.subTest(page=page.name, block=block):
                self.assertIn("is valid", self.maillage("validate", "town.toml")[0])
            strategies.append(text)
            checked += 1
        for block in toml_blocks(page):
            if "[scenario]" not in block:
                continue
            if '"first_steps"' in block:
                self.write("strategies/first_steps.toml", strategies[0])
            self.write("town.toml", block)
            with self.subTest(page=page.name, block=block):
                self.assertIn("is valid", self.maillage("validate", "town.toml")[0])
            checked += 1
        return checked

    def test_what_the_tutorial_shows_is_valid(self):
        self.assertGreaterEqual(self.check_blocks(SOURCE / "docs" / "write-a-strategy.md"), 5)

    def test_the_tutorial_can_be_followed_to_its_comparison(self):
        town, first_steps = toml_blocks(SOURCE / "docs" / "write-a-strategy.md")[:2]
        self.write("town.toml", town)
        self.write("strategies/first_steps.toml", first_steps)
        self.maillage("run", "town.toml", "-o", "town.h5", "--years", "1", "-r", "2", "-q")
        self.assertIn("First steps", self.maillage("compare", "town.h5")[0])

    def test_what_the_format_and_the_read_me_show_is_valid(self):
        self.assertGreaterEqual(self.check_blocks(SOURCE / "docs" / "scenario-format.md"), 3)
        self.assertGreaterEqual(self.check_blocks(SOURCE / "README.md"), 1)

    def test_the_tutorial_shows_every_condition_and_stop(self):
        schema = json.loads((LIBRARY / "strategy.schema.json").read_text())
        conditions = schema["properties"]["action"]["items"]["properties"]["when"]["properties"]
        shown = "".join(toml_blocks(SOURCE / "docs" / "write-a-strategy.md"))
        self.assertGreaterEqual(len(conditions), 7)
        for condition in conditions:
            self.assertRegex(shown, rf"\b{condition} = ", condition)
        self.assertIn("[[stop]]", shown)

    def test_a_block_with_a_misspelt_lever_would_be_found(self):
        self.write("strategies/wrong.toml", 'title = "x"\n[[action]]\nlever = "biuld"\namount = 1\n')
        self.write("town.toml", re.sub("strategies = .*", 'strategies = ["wrong"]', SMALL_SCENARIO))
        self.assertIn("biuld", self.maillage("validate", "town.toml", exit=INVALID)[1])


if __name__ == "__main__":
    unittest.main()
