"""Exports: every number of a results file in CSV, in a workbook and as draws for BCEA."""

import csv
import datetime
import io
import math
import os
import re
import resource
import signal
import subprocess
import unittest
import zipfile

import h5py
import openpyxl

from program import (CANNOT_CREATE, INPUT_MISSING, INPUT_OUTPUT, INVALID, LIBRARY, PROGRAM,
                     SMALL_SCENARIO, USAGE, ProgramTest, environment)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Export(ProgramTest):
    results = b""  # of one run, which every test reads

    def setUp(self):
        super().setUp()
        self.write("small.toml", SMALL_SCENARIO)
        if not Export.results:
            self.maillage("run", "small.toml", "-o", "results.h5", "--years", "2", "--quiet")
            Export.results = (self.folder / "results.h5").read_bytes()
        self.write("results.h5", Export.results)

    def export(self, *words, **more):
        return self.maillage("export", "results.h5", *words, **more)

    def table(self, path, **dialect):
        text = (self.folder / path).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True, **dialect))

    def sheet(self, path, name):
        """Rows of a sheet, each a dictionary by heading."""
        rows = openpyxl.load_workbook(self.folder / path)[name].iter_rows(values_only=True)
        heading = next(rows)
        return [dict(zip(heading, row)) for row in rows]

    def test_the_monthly_table_holds_every_number_of_every_indicator_to_the_last_bit(self):
        self.export("--csv", "tables")
        rows = self.table("tables/monthly.csv")
        with h5py.File(self.folder / "results.h5") as file:
            shape = file["gps"].shape
            names = [name for name, item in file.items()
                     if isinstance(item, h5py.Dataset) and item.shape == shape]
            self.assertGreater(len(names), 80)
            self.assertEqual(sorted(list(rows[0])[4:]), names)
            self.assertEqual(len(rows), shape[0] * shape[1] * shape[2])
            starts = file["month_start"].asstr()[()]
            for name in names:
                found = [float(row[name] or "nan") for row in rows]
                for mine, theirs in zip(found, file[name][()].ravel().tolist()):
                    self.assertTrue(mine == theirs or math.isnan(mine) and math.isnan(theirs), name)
            self.assertEqual([row["start"] for row in rows[:shape[2]]], starts.tolist())
            self.assertEqual([row["strategy"] for row in rows[::shape[1] * shape[2]]],
                             file["strategy"].asstr()[()].tolist())

    def test_a_year_is_the_mean_of_a_level_and_the_sum_of_a_flow(self):
        self.export("--csv", "tables", "--table", "monthly")
        self.export("--csv", "tables", "--yearly")
        months, years = self.table("tables/monthly.csv"), self.table("tables/yearly.csv")
        self.assertEqual(len(months), 12 * len(years))
        for y, year in enumerate(years):
            of_year = months[12 * y:12 * (y + 1)]
            self.assertEqual({row["replication"] for row in of_year}, {year["replication"]})
            self.assertEqual(year["start"], of_year[0]["start"])
            residents = [float(row["residents"]) for row in of_year]
            self.assertAlmostEqual(float(year["residents"]), sum(residents) / 12, places=9)
            self.assertEqual(float(year["births"]), sum(float(row["births"]) for row in of_year))

    def test_stays_and_ledger_have_words_for_codes_and_dates_for_days(self):
        self.export("--csv", "tables")
        stays, ledger = self.table("tables/stays.csv"), self.table("tables/ledger.csv")
        with h5py.File(self.folder / "results.h5") as file:
            def words(path):
                meanings = file[path].attrs["flag_meanings"].split()
                return [meanings[code] for code in file[path][()]]
            def dates(path):
                start = datetime.date.fromisoformat(file.attrs["start_date"])
                return [str(start + datetime.timedelta(days=int(day))) for day in file[path][()]]
            names = file["strategy"].asstr()[()]
            self.assertEqual([row["profession"] for row in stays], words("stays/profession"))
            self.assertEqual([row["cause"] for row in stays], words("stays/cause"))
            self.assertEqual([row["in_team"] for row in stays], words("stays/in_team"))
            self.assertEqual([row["departure"] for row in stays], dates("stays/departure_day"))
            self.assertEqual([row["strategy"] for row in stays],
                             [names[code] for code in file["stays/strategy"][()]])
            self.assertEqual([round(100 * float(row["amount"])) for row in ledger],
                             file["ledger/cents"][()].tolist())
            self.assertEqual([row["payee"] for row in ledger], words("ledger/payee"))
            self.assertEqual([row["date"] for row in ledger], dates("ledger/day"))
        self.assertGreater(len(ledger), 10)

    def test_parameters_and_provenance_are_those_of_the_results_file(self):
        self.export("--csv", "tables")
        with h5py.File(self.folder / "results.h5") as file:
            text = file["provenance/parameters_csv"].asstr()[()]
            scenario = file["provenance/scenario_text"].asstr()[()]
        for mine, theirs in zip(self.table("tables/parameters.csv"),
                                csv.DictReader(io.StringIO(text, newline="")), strict=True):
            self.assertEqual(mine["id"], theirs["id"])
            self.assertEqual(float(mine["value"]), float(theirs["value"]))
        rows = self.table("tables/provenance.csv")
        lines = {row["item"]: row["text"] for row in rows if row["line"] == "1"}
        self.assertEqual(lines["digest"], self.digest("results.h5"))
        kept = "\n".join(row["text"].removeprefix("'") for row in rows
                         if row["item"] == "scenario_text")
        self.assertEqual(kept.rstrip("\n"), scenario.rstrip("\n"))

    def test_french_tables_are_those_that_french_excel_opens(self):
        self.export("--csv", "tables")
        self.export("--csv", "tableaux", "--lang", "fr")
        self.assertTrue((self.folder / "tableaux/stays.csv").read_bytes().startswith(b"\xef\xbb\xbf"))
        english = self.table("tables/monthly.csv")
        french = self.table("tableaux/monthly.csv", delimiter=";")
        self.assertEqual(len(english), len(french))
        for one, other in zip(english, french):
            self.assertEqual([cell.replace(".", ",") for cell in list(one.values())[4:]],
                             list(other.values())[4:])
        self.assertIn("Médecins généralistes en exercice", french[0])
        stays = self.table("tableaux/stays.csv", delimiter=";")
        self.assertIn("médecins généralistes", {row["profession"] for row in stays})
        self.assertLessEqual({row["en_équipe"] for row in stays}, {"oui", "non"})
        for name in "stays", "ledger", "monthly", "columns":
            for path, separator in ("tables", ","), ("tableaux", ";"):
                rows = self.table(f"{path}/{name}.csv", delimiter=separator)
                self.assertNotIn(None, rows[0], "a row is longer than its heading")
                self.assertEqual(len(set(rows[0])), len(rows[0]), "two columns of one name")

    def test_every_column_of_every_table_is_explained_in_both_languages(self):
        for language in "en", "fr":
            self.export("--csv", language, "--lang", language)
            separator = ";" if language == "fr" else ","
            explained = [tuple(row.values()) for row in
                         self.table(f"{language}/columns.csv", delimiter=separator)]
            tables = {row[0] for row in explained}
            self.assertEqual(len(tables), len(list((self.folder / language).iterdir())) - 1)
            columns = [cell for path in sorted((self.folder / language).iterdir())
                       if path.name != "columns.csv"
                       for cell in self.table(path, delimiter=separator)[0]]
            self.assertEqual(sorted(row[1] for row in explained), sorted(columns))
            for table, column, unit, description, variable in explained:
                self.assertTrue(description, f"{table}: {column} is not explained")

    def test_a_workbook_holds_the_cells_of_the_csv_files(self):
        self.export("--csv", "tables", "--xlsx", "book.xlsx")
        book = openpyxl.load_workbook(self.folder / "book.xlsx")
        self.assertEqual(book.sheetnames[0], "columns")
        self.assertEqual(sorted(book.sheetnames),
                         sorted(path.stem for path in (self.folder / "tables").iterdir()))
        for sheet in book:
            self.assertEqual(sheet.freeze_panes, "A2")
            cells = list(sheet.iter_rows(values_only=True))
            with open(self.folder / f"tables/{sheet.title}.csv", newline="", encoding="utf-8") as file:
                lines = list(csv.reader(file))
            self.assertEqual(list(cells[0]), lines[0])
            self.assertEqual(len(cells), len(lines))
            for row, line in zip(cells, lines):
                for cell, text in zip(row, line, strict=True):
                    if isinstance(cell, datetime.datetime):
                        self.assertEqual(str(cell.date()), text)
                    elif isinstance(cell, (int, float)):
                        self.assertTrue(math.isclose(cell, float(text), rel_tol=1e-15), text)
                    else:
                        self.assertEqual(cell or "", text)
        self.assertIsInstance(self.sheet("book.xlsx", "ledger")[0]["amount"], (int, float))
        self.assertIsInstance(self.sheet("book.xlsx", "stays")[0]["arrival"], datetime.datetime)

    def test_equal_results_give_equal_workbooks(self):
        self.export("--xlsx", "one.xlsx")
        self.export("--xlsx", "other.xlsx")
        one = (self.folder / "one.xlsx").read_bytes()
        self.assertEqual(one, (self.folder / "other.xlsx").read_bytes())
        self.assertIsNone(zipfile.ZipFile(io.BytesIO(one)).testzip())
        self.export("--xlsx", "autre.xlsx", "--lang", "fr")
        self.assertNotEqual(one, (self.folder / "autre.xlsx").read_bytes())

    def test_no_title_becomes_a_formula(self):
        strategy = (LIBRARY / "strategies" / "team_first.toml").read_text()
        names = []
        for i, title in enumerate(["=HYPERLINK(\\\"http://x\\\")", "+1", "-1+2", "@SUM(A1)",
                                   "\\tx", "\\rx", "safe;=1+1,=1+1"]):
            hostile = re.sub('^(title|title_fr) = .*$', lambda line: f'{line[1]} = "{title}"',
                             strategy, flags=re.MULTILINE)
            self.write(f"strategies/hostile_{i}.toml", hostile)
            names += ["--strategy", f"hostile_{i}"]
        self.maillage("run", "small.toml", "-o", "hostile.h5", "-r", "1", "--strategy",
                      "do_nothing", *names, "--quiet")
        for language, separator in ("en", ","), ("fr", ";"):
            self.maillage("export", "hostile.h5", "--csv", language, "--xlsx", f"{language}.xlsx",
                          "--psa", "draws", "--lang", language)
            strategies = self.table(f"{language}/strategies.csv", delimiter=separator)
            titles = [list(row.values())[1] for row in strategies]
            self.assertIn("'-1+2", titles)
            self.assertIn("'\rx", titles)
            raw = (self.folder / language / "strategies.csv").read_text(encoding="utf-8-sig")
            self.assertIn('"safe;=1+1,=1+1"', raw)  # whole, whatever is taken for the separator
            for path in (self.folder / language).iterdir():
                for row in self.table(path, delimiter=separator):
                    for cell in row.values():
                        number = cell.replace(",", ".").lstrip("-+").replace(".", "").isdigit()
                        exponent = "e-" in cell
                        self.assertTrue(number or exponent or not cell.startswith(FORMULA_STARTS),
                                        cell)
            for sheet in openpyxl.load_workbook(self.folder / f"{language}.xlsx"):
                for row in sheet.iter_rows():
                    for cell in row:
                        self.assertNotEqual(cell.data_type, "f")
                        if isinstance(cell.value, str):
                            self.assertFalse(cell.value.startswith(FORMULA_STARTS), cell.value)

    def test_the_draws_are_those_of_the_comparison(self):
        self.export("--psa", "draws")
        self.maillage("compare", "results.h5", "--tables", "found")
        names = [row["strategy"] for row in self.table("draws/strategies.csv")]
        self.assertEqual([row["reference"] for row in self.table("draws/strategies.csv")],
                         ["yes", "no", "no"])
        costs = self.table("draws/costs.csv")
        self.assertEqual(list(costs[0]), ["replication", *names])
        self.assertEqual([row["replication"] for row in costs], ["0", "1"])
        for row in self.table("found/costs.csv"):
            def difference(draws):
                return sum(float(draw[row["strategy"]]) - float(draw["do_nothing"])
                           for draw in draws) / len(draws)
            effects = self.table(f"draws/effects_{row['outcome']}.csv")
            self.assertAlmostEqual(difference(costs), float(row["more_cost"]), places=6)
            self.assertAlmostEqual(difference(effects), float(row["gain"]), places=6)

    def test_r_finds_in_the_draws_what_bcea_asks_for(self):
        """The conditions that `bcea` checks, which is not installed where the tests run."""
        self.export("--psa", "draws")
        told = subprocess.run(
            ["Rscript", "-e", """source("bcea.R")
             for (eff in list(professional_year, resident_registered, renunciation_avoided))
               stopifnot(is.matrix(eff), is.numeric(eff), dim(eff) == dim(cost), ncol(eff) > 1)
             stopifnot(is.matrix(cost), is.numeric(cost), !anyNA(cost),
                       colnames(cost) == strategies$strategy, length(strategies$title) == ncol(cost),
                       reference == which(strategies$reference == "yes"))
             cat(dim(cost), colnames(cost)[reference])"""],
            cwd=self.folder / "draws", capture_output=True, text=True, check=True)
        self.assertEqual(told.stdout, "2 3 do_nothing")

    def test_only_the_tables_that_are_asked_for_are_written(self):
        self.export("--csv", "some", "--table", "stays", "--table", "strategies")
        self.assertEqual(sorted(path.name for path in (self.folder / "some").iterdir()),
                         ["columns.csv", "stays.csv", "strategies.csv"])
        self.assertIn("stays", self.export("--csv", "x", "--table", "careers", exit=USAGE)[1])
        self.assertIn("--csv", self.export(exit=USAGE)[1])

    def test_a_table_that_no_sheet_holds_is_refused_with_the_remedy(self):
        subprocess.run([os.environ["MAILLAGE_SAMPLE"], "many", "many"], cwd=self.folder, check=True)
        told = self.maillage("export", "many.h5", "--xlsx", "many.xlsx", exit=USAGE)[1]
        for word in "ledger", "1048576", "1048575", "--yearly", "--table", "--csv":
            self.assertIn(word, told)
        self.assertFalse((self.folder / "many.xlsx").exists())
        self.maillage("export", "many.h5", "--xlsx", "stays.xlsx", "--table", "stays")
        self.maillage("export", "many.h5", "--csv", "tables", "--table", "ledger")
        with open(self.folder / "tables/ledger.csv", "rb") as lines:
            self.assertEqual(sum(1 for _ in lines), 1 + 1048576)

    def test_draws_that_are_missing_are_told(self):
        subprocess.run([os.environ["MAILLAGE_SAMPLE"], "x", "small"], cwd=self.folder, check=True)
        told = self.maillage("export", "x.h5", "--psa", "draws", exit=INVALID)[1]
        self.assertIn("discount_rate", told)  # the parameters of the sample have none
        self.assertFalse((self.folder / "draws").exists())

    def test_what_cannot_be_written_leaves_no_trace(self):
        before = sorted(path.name for path in self.folder.iterdir())
        self.assertIn("nowhere", self.export("--xlsx", "nowhere/x.xlsx", exit=CANNOT_CREATE)[1])
        self.assertIn("none.h5", self.maillage("export", "none.h5", "--csv", "x",
                                               exit=INPUT_MISSING)[1])
        self.write("broken.h5", b"mine")
        self.maillage("export", "broken.h5", "--csv", "x", exit=INVALID)
        (self.folder / "broken.h5").unlink()
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)

    def test_a_disk_that_is_full_leaves_the_older_file_as_it_was(self):
        """Wherever the limit strikes: in the parts of the workbook, in the whole, in a table."""
        self.export("--xlsx", "whole.xlsx", "--csv", "tables")
        largest = (self.folder / "whole.xlsx").stat().st_size

        def limit(size):
            def set_limit():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return set_limit

        self.write("old.xlsx", "older")
        for size in 1, 4096, 65536, largest - 1:
            with self.subTest(size=size):
                done = subprocess.run([PROGRAM, "export", "results.h5", "--xlsx", "old.xlsx"],
                                      cwd=self.folder, env=environment(), capture_output=True,
                                      text=True, preexec_fn=limit(size))
                self.assertEqual(done.returncode, INPUT_OUTPUT, done.stderr)
                self.assertIn("old.xlsx", done.stderr)
                self.assertEqual((self.folder / "old.xlsx").read_text(), "older")
        older = (self.folder / "tables/monthly.csv").read_bytes()
        done = subprocess.run([PROGRAM, "export", "results.h5", "--csv", "tables"],
                              cwd=self.folder, env=environment(), capture_output=True, text=True,
                              preexec_fn=limit(len(older) - 1))
        self.assertEqual(done.returncode, INPUT_OUTPUT, done.stderr)
        self.assertEqual((self.folder / "tables/monthly.csv").read_bytes(), older)
        self.assertEqual([path.name for path in self.folder.rglob("*.tmp-*")], [])

    def test_a_pipe_is_written_as_it_stands(self):
        out = self.maillage("compare", "results.h5", "--csv", "/dev/stdout")[0]
        self.assertIn("measure,label,unit", out)


if __name__ == "__main__":
    unittest.main()
