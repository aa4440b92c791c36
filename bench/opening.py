"""opening.py <station file> <repeats>: wall seconds of opening a station file and of taking one launch out of it, as JSON.

Every run opens the file anew and takes another launch, once by the record index at the root and once by looking for the
launch's time in all of date_time. Both must give the same rows. All variables are loaded both times.
"""

import json
import sys
import time

import numpy as np
import xarray as xr


def opened(path):
    return (xr.open_dataset(path, group=group, engine="netcdf4") for group in (None, "observations_table"))


def by_index(records, rows, moment):
    record = int(np.searchsorted(records.recordtimestamp.values, moment))
    index = records.recordindex.values
    end = index[record + 1] if record + 1 < len(index) else rows.sizes["observation"]
    return rows.isel(observation=slice(int(index[record]), int(end))).load()


def by_scan(rows, moment):
    return rows.isel(observation=np.flatnonzero(rows.date_time.values == moment)).load()


def timed(work):
    begin = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begin


def main() -> None:
    path, repeats = sys.argv[1], int(sys.argv[2])
    seconds = {"open": [], "slice": [], "scan": []}
    count = 0
    for run in range(repeats + 1):
        (records, rows), opening = timed(lambda: tuple(opened(path)))
        moments = records.recordtimestamp.values
        moment = moments[len(moments) * (run + 1) // (repeats + 3)]
        count = rows.sizes["observation"]
        launch, slicing = timed(lambda: by_index(records, rows, moment))
        for dataset in (records, rows):
            dataset.close()
        records, rows = opened(path)
        found, scanning = timed(lambda: by_scan(rows, moment))
        for dataset in (records, rows):
            dataset.close()
        if launch.sizes["observation"] == 0 or not launch.equals(found):
            raise SystemExit("the slice and the scan do not give the same rows")
        # The first run warms up.
        if run > 0:
            seconds["open"].append(opening)
            seconds["slice"].append(slicing)
            seconds["scan"].append(scanning)
    print(json.dumps({"counts": {"rows": count}, "seconds": seconds}))


main()
