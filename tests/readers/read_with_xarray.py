"""Opens a sample results file with xarray, by both of its engines, as a newcomer would."""

import sys

import numpy as np
import xarray as xr

import expected

path, expectations = sys.argv[1:]
values, attributes = expected.read(expectations)

for engine in "netcdf4", "h5netcdf":
    # Without any option: nothing in the file may keep the defaults from working.
    with xr.open_dataset(path, engine=engine) as defaults:
        defaults.load()

    for group in ("", "communes", "stays", "ledger", "provenance"):
        if group == "communes" and "communes/gps" not in values:
            continue  # this sample has no communes
        with xr.open_dataset(path, engine=engine, group=group or None, decode_times=False) as data:
            names = [n for n in values if n.rpartition("/")[0] == group]
            for name in names:
                found = data[name.rpartition("/")[2]].values
                expected.check(name, found.ravel().tolist(), values[name])
            for (name, attribute), text in attributes.items():
                variable_group, _, variable = name.rpartition("/")
                if variable_group == group:
                    found = (data[variable] if variable else data).attrs[attribute]
                    assert str(found) == text, f"{name}@{attribute}: {found}"

    with xr.open_dataset(path, engine=engine, decode_timedelta=False) as data:
        assert data["gps"].dims == ("strategy", "replication", "month")
        by_label = data["gps"].sel(strategy="team_first", replication=1).values
        assert np.array_equal(by_label, data["gps"].values[2, 1])

    # Dates of stays become dates.
    with xr.open_dataset(path, engine=engine, group="stays") as stays:
        if stays.sizes["stay"]:
            assert stays["arrival_day"].values[0] == np.datetime64(attributes[("", "start_date")])
