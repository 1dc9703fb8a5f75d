#!/usr/bin/python3
"""Runs the cases and writes their figures into their pages.

    docs/cases/refresh.py                      all cases, as many replications as each scenario asks
    docs/cases/refresh.py -r 100 veyle fecamp  these two, 100 replications each

A page is prose by hand around two blocks written here: `<!-- run: STRATEGY -->`, which names the
strategy nearest to what happened, and `<!-- facts -->`, which sets what is known (the `facts.toml`
beside the scenario) against the runs. README.md has a row for each case. Needs h5py (Debian:
python3-h5py).
"""

import argparse
import csv
import io
import math
import pathlib
import re
import statistics
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCENARIOS = ROOT / "scenarios" / "cases"
MONTHS_A_YEAR = 12
LEVEL = 0.95


@dataclass(frozen=True)
class Figure:
    """A row of the tables: one number for each run, from the months of one indicator."""

    indicator: str
    label: str
    decimals: int
    measure: str = ""     # the same number in the table of `maillage compare`, if it is there
    scale: float = 1
    total: bool = False   # the sum over all months; otherwise the mean of the last twelve

    def of(self, months):
        if self.total:
            return self.scale * math.fsum(months)
        last = [month for month in months[-MONTHS_A_YEAR:] if not math.isnan(month)]
        return self.scale * math.fsum(last) / len(last) if last else math.nan


FIGURES = [
    Figure("professionals_in_focus", "professionals in the commune", 1, "professionals_in_focus"),
    Figure("gps", "GPs in the basin", 1, "gps"),
    Figure("adults_without_gp_share", "residents 16+ without a GP, %", 1, "adults_without_gp_share",
           scale=100),
    Figure("wait_median", "median wait, days", 1, "wait_median"),
    Figure("prevention_up_to_date_share", "adults with prevention up to date, %", 1, scale=100),
    Figure("rooms_occupied", "rooms occupied", 1),
    Figure("net_cost", "net cost to the municipality, thousand EUR, whole run", 0, "net_cost",
           scale=0.001, total=True),
]


# --- statistics ------------------------------------------------------------------------------------


def t_quantile(probability, freedom):
    """Quantile above the median of Student's t: bisection on Simpson's integral of its density."""
    log_scale = (math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
                 - math.log(freedom * math.pi) / 2)

    def density(x):
        return math.exp(log_scale - (freedom + 1) / 2 * math.log1p(x * x / freedom))

    def above_median(x, steps=2000):
        h = x / steps
        inner = math.fsum((4 if i % 2 else 2) * density(i * h) for i in range(1, steps))
        return h / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 1.0
    while above_median(high) < probability - 0.5:
        low, high = high, 2 * high
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if above_median(middle) < probability - 0.5 else (low, middle)
    return high


@dataclass(frozen=True)
class Estimate:
    mean: float
    low: float   # of the interval; equal to high where every run gives the same
    high: float

    def within(self, least, most):
        """With an interval cut at `least` and `most`: no share lies outside."""
        return Estimate(self.mean, max(least, self.low), min(most, self.high))


def estimate(numbers):
    """Mean with its interval between replications; not a number where there are too few."""
    if not numbers:
        return Estimate(math.nan, math.nan, math.nan)
    mean = statistics.fmean(numbers)
    if len(numbers) < 2:
        return Estimate(mean, math.nan, math.nan)
    half = (t_quantile((1 + LEVEL) / 2, len(numbers) - 1) * statistics.stdev(numbers)
            / math.sqrt(len(numbers)))
    return Estimate(mean, mean - half, mean + half)


def middle_of(numbers):
    """10th and 90th percentile, interpolated between runs."""
    if len(numbers) < 2:
        return (math.nan, math.nan)
    deciles = statistics.quantiles(numbers, n=10, method="inclusive")
    return deciles[0], deciles[-1]


def known(numbers):
    return [number for number in numbers if not math.isnan(number)]


def level_of(figure, numbers):
    level = estimate(numbers)
    return level.within(0, 100) if figure.scale == 100 else level


# --- a run -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    command: str
    digest: str
    replications: int
    residents: int
    strategies: list     # names
    baseline: int        # position in `strategies`
    months: dict         # indicator -> [strategy][replication][month]

    def numbers(self, figure, strategy):
        return [figure.of(months) for months in self.months[figure.indicator][strategy]]

    def differences(self, figure, strategy):
        pairs = zip(self.numbers(figure, strategy), self.numbers(figure, self.baseline))
        return known(a - b for a, b in pairs)


def read(path, command, digest):
    import h5py

    with h5py.File(path) as file:
        replications = file["replication"].shape[0]
        return Run(command, digest, replications, round(float(file["residents"][0, :, 0].mean())),
                   list(file["strategy"].asstr()), int(file.attrs["baseline"]),
                   {name: data[:].tolist() for name, data in file.items()
                    if getattr(data, "ndim", 0) == 3})


def run_case(program, case, replications, folder):
    """Runs a case, and checks our figures against those of `maillage compare`. Results that are in
    the folder already are taken as they are, if they are of this run."""
    scenario = SCENARIOS / case / f"{case}.toml"
    results = pathlib.Path(folder) / f"{case}.h5"
    count = ["-r", str(replications)] if replications else []
    subprocess.run([program, "run", str(scenario), *count, "-q", "-o", str(results)],
                   check=True, stdout=subprocess.DEVNULL)
    digest = subprocess.run([program, "verify", str(results), "--lang", "en"],
                            check=True, capture_output=True, text=True).stdout.split()[-1]
    table = pathlib.Path(folder) / f"{case}.csv"
    subprocess.run([program, "compare", str(results), "--lang", "en", "--csv", str(table)],
                   check=True, stdout=subprocess.DEVNULL)
    command = " ".join(["maillage run", str(scenario.relative_to(ROOT)), *count,
                        "-o", f"{case}.h5"])
    run = read(results, command, digest)
    check(run, csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    return run


def check(run, table):
    """The page and the program say the same."""
    figures = {figure.measure: figure for figure in FIGURES if figure.measure}
    for row in table:
        figure = figures.get(row["measure"])
        if not figure or not row["mean"]:
            continue
        ours = level_of(figure, known(run.numbers(figure, run.strategies.index(row["strategy"]))))
        for name, value in ("mean", ours.mean), ("mean_low", ours.low), ("mean_high", ours.high):
            if row[name]:
                theirs = float(row[name]) * figure.scale
                assert math.isclose(value, theirs, rel_tol=1e-6, abs_tol=1e-6), (row, value, theirs)


# --- text ------------------------------------------------------------------------------------------


def number(value, decimals, sign=False):
    if math.isnan(value):
        return "–"
    text = f"{value:+,.{decimals}f}" if sign else f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else f"{0:.{decimals}f}"


def span(low, high, decimals, sign=False):
    if math.isnan(low) or math.isnan(high):
        return "–"
    return f"{number(low, decimals, sign)} to {number(high, decimals, sign)}"


def finer(figure, value):
    """One more decimal for a difference that would look like none."""
    small = value.low != value.high and max(abs(value.low), abs(value.high)) < 0.5
    return figure.decimals + 1 if small else figure.decimals


def run_block(run, near):
    """What the run gives: levels, spread between runs, and paired differences."""
    baseline = run.strategies[run.baseline]
    lines = [f"`{run.command}`", "",
             f"{run.replications} replications of each strategy; digest `{run.digest}`. Levels are",
             "means of the last twelve months. The interval is that of the mean; a tenth of the runs "
             "lie below",
             "the middle 80 % and a tenth above. Differences are from "
             f"`{baseline}`, run by run with the same luck.",
             "In bold: the strategy nearest to what happened.", "",
             f"| | strategy | mean | 95 % interval | middle 80 % of the runs | difference | "
             "95 % interval |", "|---|---|---:|---:|---:|---:|---:|"]
    for figure in FIGURES:
        rows = 0
        for s, name in enumerate(run.strategies):
            numbers = known(run.numbers(figure, s))
            if figure.indicator in ("rooms_occupied", "net_cost") and not any(numbers):
                continue  # a strategy without rooms, or that costs nothing
            level = level_of(figure, numbers)
            cells = [figure.label if rows == 0 else "",
                     f"**`{name}`**" if name == near else f"`{name}`",
                     number(level.mean, figure.decimals),
                     span(level.low, level.high, figure.decimals),
                     span(*middle_of(numbers), figure.decimals)]
            if s == run.baseline:
                cells += ["", ""]
            elif not any(run.differences(figure, s)):
                cells += ["none in any run", ""]
            else:
                difference = estimate(run.differences(figure, s))
                decimals = finer(figure, difference)
                cells += [number(difference.mean, decimals, sign=True),
                          span(difference.low, difference.high, decimals, sign=True)]
            lines.append("| " + " | ".join(cells) + " |")
            rows += 1
    return "\n".join(lines)


def facts_of(case):
    path = SCENARIOS / case / "facts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["fact"] if path.exists() else []


def facts_block(run, facts):
    """What is known to have happened, and where it lies among the runs."""
    if not facts:
        return "The account gives no figure to compare with."
    baseline = run.strategies[run.baseline]
    lines = ["| what happened | observed | strategy | mean of the runs | middle 80 % | runs at or "
             f"above | inside | inside under `{baseline}` |",
             "|---|---:|---|---:|---:|---:|---|---|"]
    for fact in facts:
        def ends(strategy):
            return known(months[fact["month"]]
                         for months in run.months[fact["indicator"]][strategy])

        def inside(strategy):
            low, high = middle_of(ends(strategy))
            return "yes" if low <= fact["observed"] <= high else "**no**"

        s = run.strategies.index(fact["strategy"])
        numbers = ends(s)
        at_least = sum(n >= fact["observed"] for n in numbers) / len(numbers)
        cells = [f"{fact['what']} ({fact['source']})", f"{fact['observed']:g}",
                 f"`{fact['strategy']}`", number(statistics.fmean(numbers), 1),
                 span(*middle_of(numbers), 1), f"{100 * at_least:.0f} %", inside(s),
                 inside(run.baseline) if s != run.baseline else ""]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "\"Inside\": the fact lies in the middle 80 % of the runs. A fact that lies there "
              f"under `{baseline}`",
              "too does not tell the strategies apart."]
    return "\n".join(lines)


def overview_row(case, title, run, near):
    """A row of README.md: who acts, and what the strategy nearest to what happened changes."""
    s = run.strategies.index(near)
    cells = [f"[{title}]({case}.md)", number(run.residents, 0), f"`{near}`"]
    for figure in FIGURES[0], FIGURES[1], FIGURES[2], FIGURES[-1]:
        if not any(run.differences(figure, s)):
            cells.append("none in any run")
            continue
        difference = estimate(run.differences(figure, s))
        decimals = finer(figure, difference)
        cells.append(f"{number(difference.mean, decimals, sign=True)} "
                     f"({span(difference.low, difference.high, decimals, sign=True)})")
    return "| " + " | ".join(cells) + f" | `{run.strategies[run.baseline]}` | {run.replications} |"


BLOCK = "(<!-- {name}(?:: *(?P<words>[a-z0-9_]+))? -->\n).*?(<!-- end of {name} -->)"


def replace_block(page, name, text):
    """The page with `text` between the two marks of a block; the marks must be there once."""
    changed, count = re.subn(BLOCK.format(name=name), lambda m: m[1] + text + "\n" + m[3], page,
                             flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{count} blocks '{name}' in a page")
    return changed


def nearest(page):
    """The strategy that the page calls nearest to what happened."""
    return re.search(BLOCK.format(name="run"), page, re.DOTALL)["words"]


def replace_row(readme, case, row):
    lines = readme.splitlines()
    (place,) = [i for i, line in enumerate(lines) if f"]({case}.md)" in line]
    lines[place] = row
    return "\n".join(lines) + "\n"


def cases():
    return sorted(path.name for path in SCENARIOS.iterdir() if path.is_dir())


def refresh(case, run, pages):
    path = pages / f"{case}.md"
    page = path.read_text(encoding="utf-8")
    near = nearest(page)
    page = replace_block(page, "run", run_block(run, near))
    page = replace_block(page, "facts", facts_block(run, facts_of(case)))
    path.write_text(page, encoding="utf-8")
    readme = pages / "README.md"
    title = page.splitlines()[0].removeprefix("# ")
    readme.write_text(replace_row(readme.read_text(encoding="utf-8"), case,
                                  overview_row(case, title, run, near)), encoding="utf-8")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("cases", nargs="*", metavar="CASE", help="all, if none is named")
    options.add_argument("-r", "--replications", type=int, help="instead of the scenario's own")
    options.add_argument("--program", default=str(ROOT / "build" / "release" / "maillage"))
    options.add_argument("--pages", type=pathlib.Path, default=HERE, help="folder of the pages")
    options.add_argument("--results", type=pathlib.Path, help="folder to keep the results in")
    words = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for case in words.cases or cases():
            results = words.results or folder
            refresh(case, run_case(words.program, case, words.replications, results), words.pages)
            print(case, flush=True)


if __name__ == "__main__":
    main()
