"""Compares CSV exports with a station file (words: its path, then table and path of each export): pandas reads those, netCDF4 this.
Prints how many rows and columns were equal."""

import sys

import netCDF4
import numpy as np
import pandas as pd

def texts(variable):
    rows = np.ascontiguousarray(np.ma.filled(variable[:], b"")).view(f"S{variable.shape[1]}").ravel()
    return np.char.decode(rows, "utf-8")


def compare(group, path):
    is_text = {name: variable.dtype.kind == "S" for name, variable in group.variables.items()}
    frame = pd.read_csv(
        path,
        dtype={name: str for name, text in is_text.items() if text},
        keep_default_na=False,
        na_values=[""],
        float_precision="round_trip",
        low_memory=False,
    )
    assert list(frame.columns) == list(group.variables), list(frame.columns)
    for name, variable in group.variables.items():
        variable.set_auto_chartostring(False)
        found = frame[name]
        if is_text[name]:
            assert (found.fillna("").to_numpy() == texts(variable)).all(), name
        elif " since " in getattr(variable, "units", ""):
            seconds = (pd.to_datetime(found, utc=True) - pd.Timestamp("1900-01-01", tz="UTC")).dt.total_seconds()
            stored = np.ma.filled(variable[:].astype("f8"), np.nan)
            np.testing.assert_array_equal(seconds.to_numpy(), stored, name)
        else:
            values = np.ma.masked_invalid(variable[:].astype("f8"))
            wanted = np.ma.filled(values, np.nan)
            got = found.to_numpy("f8").astype(variable.dtype if variable.dtype.kind == "f" else "f8")
            np.testing.assert_array_equal(got, wanted, name)
    print(len(frame), len(frame.columns))


station, *exports = sys.argv[1:]
with netCDF4.Dataset(station) as file:
    for table, path in zip(exports[::2], exports[1::2]):
        compare(file[table], path)
