"""Reads a results file of Maillage: one data frame for each table, codes as words, days as dates.

    import maillage
    results = maillage.read_results("results.h5")
    print(results["stays"].groupby(["strategy", "cause"]).size())

Put this file beside your own. It needs h5py and pandas; with xxhash (python3-xxhash) it also checks
that no bit of the file has changed, as `maillage verify` does.
"""

import os
import warnings

import h5py
import numpy as np
import pandas as pd

MAGIC = b"\x89MAILLAGE\r\n\x1a\n\0\0\0"
FORMAT = 1  # major version: files of every 1.x can be read


def read_results(path):
    """The tables of a results file by name:

    strategies   their names and titles, and which is the baseline
    monthly      one row for each strategy, replication and month, one column for each indicator
    communes     the same by strategy, replication, year and commune (if the file has them)
    stays        one row for each professional's time in the territory
    ledger       one row for each movement of money, in cents
    variables    unit and meaning of every column, as the file describes them
    provenance   texts by name (a Series): scenario, parameters, version, notes, run key

    Raises ValueError if the file is not whole, or of a format that this program does not know.
    """
    check_whole(path)
    with h5py.File(path) as file:
        indicators = [item for item in file["/"].values()
                      if names_of_dimensions(item)[2:] == ["month"]]
        tables = {
            "strategies": read_strategies(file),
            "monthly": read_cells(file, indicators, starts="month_start"),
            "stays": read_rows(file, "stays"),
            "ledger": read_rows(file, "ledger"),
            "variables": read_variables(file),
            "provenance": pd.Series({name: text.asstr()[()]
                                     for name, text in file["provenance"].items()}),
        }
        if "communes" in file:
            tables["communes"] = read_cells(file, list(file["communes"].values()))
    return tables


def check_whole(path):
    """Raises ValueError unless the first 512 bytes and the rest of the file agree."""
    with open(path, "rb") as file:
        block = file.read(512)
        if len(block) < 512 or block[:16] != MAGIC:
            raise ValueError(f"{path}: it does not start like a Maillage results file")
        major = int.from_bytes(block[16:18], "little")
        if major != FORMAT:
            raise ValueError(f"{path}: it has format {major} and this program reads {FORMAT}")
        length = int.from_bytes(block[24:32], "little")
        if os.path.getsize(path) != 512 + length:
            raise ValueError(f"{path}: it is cut short, or longer than it was written")
        try:
            import xxhash
        except ImportError:
            warnings.warn(f"{path}: its checksum was not compared, since xxhash is not installed")
            return
        hashed = xxhash.xxh3_128(block[:32] + bytes(16) + block[48:])
        while part := file.read(1 << 20):
            hashed.update(part)
        if hashed.digest() != block[32:48]:
            raise ValueError(f"{path}: its checksum does not match its content")


def names_of_dimensions(item):
    """["strategy", "replication", "month"] for an indicator; [] for what is no variable."""
    if not isinstance(item, h5py.Dataset) or h5py.h5ds.is_scale(item.id):
        return []
    return [dimension[0].name.rpartition("/")[2] for dimension in item.dims]


def read_strategies(file):
    names = file["strategy"].asstr()[()]
    return pd.DataFrame({
        "strategy": pd.Categorical.from_codes(np.arange(len(names)), names),
        "title": file["strategy_title"].asstr()[()],
        "title_fr": file["strategy_title_fr"].asstr()[()],
        "baseline": np.arange(len(names)) == file.attrs["baseline"],
    })


def read_cells(file, variables, starts=None):
    """A row for each cell of variables that have the same dimensions, the last varying fastest."""
    names = names_of_dimensions(variables[0])
    positions = np.unravel_index(np.arange(variables[0].size), variables[0].shape)
    columns = {}
    for name, position in zip(names, positions):
        scale = file[name]
        if h5py.check_string_dtype(scale.dtype):
            columns[name] = pd.Categorical.from_codes(position, scale.asstr()[()])
        else:
            columns[name] = scale[()][position]
        if name == "commune":
            columns["commune_name"] = file["commune_name"].asstr()[()][position]
    if starts:
        columns[starts] = pd.to_datetime(file[starts].asstr()[()])[positions[-1]]
    for variable in variables:
        columns[variable.name.rpartition("/")[2]] = variable[()].ravel()
    return pd.DataFrame(columns)


def read_rows(file, group):
    """A table: codes become categories (or True and False), days become dates."""
    columns = {}
    for name, variable in file[group].items():
        if h5py.h5ds.is_scale(variable.id):
            continue  # the number of the row
        values, units = variable[()], variable.attrs["units"]
        meanings = variable.attrs.get("flag_meanings", "").split()
        if name == "strategy":
            values = pd.Categorical.from_codes(values, file["strategy"].asstr()[()])
        elif meanings == ["no", "yes"]:
            values = values == 1
        elif meanings:
            values = pd.Categorical.from_codes(values, meanings)
        elif units.startswith("days since "):
            values = pd.Timestamp(units.split()[-1]) + pd.to_timedelta(values, unit="D")
        columns[name] = values
    return pd.DataFrame(columns)


def read_variables(file):
    def inside(group):
        for item in group.values():
            yield from [item] if isinstance(item, h5py.Dataset) else inside(item)

    return pd.DataFrame(
        [[item.name[1:], *(item.attrs[a] for a in ("units", "long_name", "description"))]
         for item in inside(file["/"])],
        columns=["variable", "units", "long_name", "description"])
