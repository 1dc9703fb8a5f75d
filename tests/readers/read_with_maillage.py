"""Opens a sample results file with our reader for Python, and files that are damaged."""

import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd

import expected

readers, path, expectations = sys.argv[1:]
sys.path.insert(0, readers)
import maillage  # noqa: E402

values, attributes = expected.read(expectations)
results = maillage.read_results(path)


def words(variable):
    meanings = attributes[variable, "flag_meanings"].split()
    return [meanings[int(code)] for code in values[variable]]


def dates(variable):
    start = np.datetime64(attributes["", "start_date"])
    return [str(start + int(day)) for day in values[variable]]


# Every number of every indicator, and the run and month that it belongs to.
monthly = results["monthly"]
index = pd.MultiIndex.from_product([values[d] for d in ("strategy", "replication", "month")])
assert [tuple(map(str, row)) for row in monthly.iloc[:, :3].itertuples(index=False)] == list(index)
assert isinstance(monthly["strategy"].dtype, pd.CategoricalDtype)
assert monthly["month_start"].iloc[0] == pd.Timestamp(attributes["", "start_date"])
assert monthly["month_start"].iloc[1] == pd.Timestamp("2025-02-01")
indicators = list(monthly.columns[4:])
assert len(indicators) > 80 and indicators[0] == "residents"
for name in indicators:
    expected.check(name, monthly[name].tolist(), values[name])

# Every commune in every year of every run, if the file has them.
if "commune" in values:
    communes = results["communes"]
    index = pd.MultiIndex.from_product(
        [values[d] for d in ("strategy", "replication", "year", "commune")])
    assert [tuple(map(str, row)) for row in communes.iloc[:, :4].itertuples(index=False)] == list(index)
    names = dict(zip(values["commune"], values["commune_name"]))
    expected.check("commune_name", communes["commune_name"].tolist(),
                   [names[code] for code in communes["commune"]])
    assert {f"communes/{name}" for name in communes.columns[5:]} == {
        name for name in values if name.startswith("communes/")}
    for name in communes.columns[5:]:
        expected.check(name, communes[name].tolist(), values[f"communes/{name}"])
else:
    assert "communes" not in results

# The rows of both tables, with words and dates.
stays, ledger = results["stays"], results["ledger"]
strategies = values["strategy"]
for name, table in ("stays", stays), ("ledger", ledger):
    expected.check(name, table["strategy"].tolist(),
                   [strategies[int(code)] for code in values[f"{name}/strategy"]])
    expected.check(name, table["replication"].tolist(), values[f"{name}/replication"])
expected.check("cause", stays["cause"].tolist(), words("stays/cause"))
expected.check("profession", stays["profession"].tolist(), words("stays/profession"))
assert stays["in_team"].dtype == bool and ledger["cents"].dtype == np.int64
expected.check("in_team", stays["in_team"].astype(int).tolist(), values["stays/in_team"])
expected.check("age", stays["age_at_arrival"].tolist(), values["stays/age_at_arrival"])
expected.check("departure", stays["departure_day"].astype(str).tolist(), dates("stays/departure_day"))
expected.check("category", ledger["category"].tolist(), words("ledger/category"))
expected.check("payer", ledger["payer"].tolist(), words("ledger/payer"))
expected.check("cents", ledger["cents"].tolist(), values["ledger/cents"])

assert results["strategies"]["title"].tolist() == values["strategy_title"]
assert results["strategies"]["baseline"].tolist() == [
    i == int(attributes["", "baseline"]) for i in range(len(strategies))]
assert results["provenance"]["scenario_text"] == values["provenance/scenario_text"][0]
described = results["variables"].set_index("variable")
for (name, attribute), text in attributes.items():
    if name and attribute in described:
        assert described.loc[name, attribute] == text, name

# A file that is not whole is refused, and no bit of it may have changed.
whole = pathlib.Path(path).read_bytes()
damaged = {
    "checksum": whole[:-99] + bytes([whole[-99] ^ 1]) + whole[-98:],
    "cut short": whole[:-1],
    "format 2": whole[:16] + b"\2" + whole[17:],
    "does not start like": b"CDF" + whole[3:],
}
with tempfile.TemporaryDirectory() as folder:
    for problem, content in damaged.items():
        broken = pathlib.Path(folder, "broken.h5")
        broken.write_bytes(content)
        try:
            maillage.read_results(broken)
        except ValueError as refusal:
            assert problem in str(refusal) and "broken.h5" in str(refusal), refusal
        else:
            raise AssertionError(f"read in spite of: {problem}")

# Where xxhash is not installed, that is said and the rest is read.
told = subprocess.run(
    [sys.executable, "-B", "-c", "import sys; sys.modules['xxhash'] = None; import maillage; "
     f"print(len(maillage.read_results({path!r})['monthly']))"],
    env={"PYTHONPATH": readers}, capture_output=True, text=True, check=True)
assert "xxhash is not installed" in told.stderr and int(told.stdout) == len(monthly), told
