"""What the field's Python readers and tools make of station files.

Usage: output_matrix.py PLAN.json, which names the files, the Python to run on them and a scratch folder. Prints one JSON
document: for each check how many things it looked at, and what was wrong with them. h5py is the yardstick for the others;
that h5py itself reads what was written is checked against h5wasm by the caller, with the digests.
"""
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import warnings

import h5netcdf
import h5py
import netCDF4
import numpy as np
import pandas as pd
import xarray as xr

warnings.simplefilter("ignore")
plan = json.load(open(sys.argv[1]))
scratch = plan["scratch"]
INT_MISSING, TIME_MISSING = -(2**31), -(2**63)
EPOCH = np.datetime64("1900-01-01T00:00:00", "s")
MAIN = [None, "observations_table", "header_table"]
# The code tables are the same in all files of a run: they are looked at in the files of which every group is.
DATA = [*MAIN, "station_configuration", "source_configuration", "profile_configuration"]
report = {}


class Check:
    """Counts what is looked at, and keeps what is wrong."""

    def __init__(self, name):
        self.result = report.setdefault(name, {"looked": 0, "faults": []})

    def that(self, right, fault):
        self.result["looked"] += 1
        if not right and len(self.result["faults"]) < 20:
            self.result["faults"].append(fault)


def is_dimension_only(dataset):
    name = dataset.attrs.get("NAME", b"")
    return (name.decode() if isinstance(name, bytes) else name).startswith("This is a netCDF dimension but not")


def raw_of(path, wanted=None):
    """Group -> variable -> (values as stored, attributes), by h5py; all groups, or those wanted. The root is None."""
    with h5py.File(path) as file:
        groups = {None: file, **{name: item for name, item in file.items() if isinstance(item, h5py.Group)}}
        groups = {name: item for name, item in groups.items() if wanted is None or name in wanted}
        return {
            group: {
                name: (item[...], {key: item.attrs[key] for key in ("_FillValue", "units") if key in item.attrs})
                for name, item in members.items()
                if isinstance(item, h5py.Dataset) and not is_dimension_only(item)
            }
            for group, members in groups.items()
        }


def texts_of(chars):
    rows, width = chars.shape
    return [text.rstrip(b"\0 ").decode() for text in np.ascontiguousarray(chars).view(f"S{width}").reshape(rows)]


def is_as_stored(variable, stored, attributes):
    """Whether a decoded xarray variable is what a user expects of the stored values."""
    values = variable.values
    if stored.dtype.kind == "S":
        return values.dtype == object and all(type(x) is str for x in values) and values.tolist() == texts_of(stored)
    if stored.dtype == "int64" and "units" in attributes:
        missing = stored == TIME_MISSING
        expected = (EPOCH + np.where(missing, 0, stored).astype("timedelta64[s]")).astype("datetime64[ns]")
        return values.dtype == "datetime64[ns]" and bool(np.all(np.where(missing, np.isnat(values), values == expected)))
    if stored.dtype == "int32":
        missing = stored == INT_MISSING
        if not missing.any():
            return values.dtype == "int32" and np.array_equal(values, stored)
        return values.dtype.kind == "f" and bool(np.all(np.where(missing, np.isnan(values), values == stored)))
    return values.dtype == stored.dtype and np.array_equal(values, stored, equal_nan=stored.dtype.kind == "f")


def check_decoded(check, where, dataset, stored):
    check.that(set(map(str, dataset.variables)) == set(stored), f"{where}: variables {sorted(map(str, dataset.variables))}")
    for name, variable in dataset.variables.items():
        if name in stored:
            check.that(is_as_stored(variable, *stored[name]), f"{where}/{name}: {variable.dtype} {variable.values[:3]}")


def check_fill_values(raw):
    check = Check("_FillValue where and only where a number is missing")
    for group, variables in raw.items():
        for name, (stored, attributes) in variables.items():
            if stored.dtype.kind == "S":
                continue
            missing = np.isnan(stored) if stored.dtype.kind == "f" else stored == (INT_MISSING if stored.dtype == "int32" else TIME_MISSING)
            check.that(bool(missing.any()) == ("_FillValue" in attributes), f"{group}/{name}")


def check_xarray(path, raw):
    for engine in ("h5netcdf", "netcdf4"):
        check = Check(f"xarray {engine}: open_dataset(path, group=)")
        opened = [xr.open_dataset(path, group=group, engine=engine) for group in MAIN]
        for group, dataset in zip(MAIN, opened):
            check_decoded(check, f"{path} {group}", dataset, raw[group])
        if engine == "netcdf4":
            check_frames(path, *opened)
        for dataset in opened:
            dataset.close()
    if path in plan["every_group"]:
        # The same machinery on an open file: opening a file of seventy groups anew for each of them takes its time.
        check = Check("xarray netcdf4: every group")
        with netCDF4.Dataset(path) as file:
            for group in raw:
                store = xr.backends.NetCDF4DataStore(file[group] if group else file)
                check_decoded(check, f"{path} {group}", xr.open_dataset(store), raw[group])
        check = Check("xarray h5netcdf: every group")
        with h5netcdf.File(path, "r") as file:
            for group in raw:
                store = xr.backends.H5NetCDFStore(file[group] if group else file)
                check_decoded(check, f"{path} {group}", xr.open_dataset(store), raw[group])
    if hasattr(xr, "open_datatree"):
        check = Check("xarray: open_datatree")
        with xr.open_datatree(path) as tree:
            for group in raw:
                check_decoded(check, f"{path} {group}", tree[group or "/"].to_dataset(inherit=False), raw[group])


def check_frames(path, root, table, header):
    check = Check("pandas: recordindex and recordsize slice what date_time selects")
    frame = table.to_dataframe()
    sizes, begins, times = root.recordsize.values, root.recordindex.values, root.recordtimestamp.values
    check.that(np.array_equal(np.repeat(times, sizes), frame.date_time.values), f"{path}: times of rows")
    (row,) = table.date_time.dims
    for n in {0, len(begins) // 2, len(begins) - 1}:
        rows = slice(int(begins[n]), int(begins[n]) + int(sizes[n]))
        selected = frame[frame.date_time == times[n]]
        check.that(len(selected) > 0 and frame.iloc[rows].equals(selected), f"{path}: frame of record {n}")
        check.that(table.isel({row: rows}).to_dataframe().equals(selected.reset_index(drop=True)), f"{path}: isel of record {n}")
    check = Check("pandas: to_dataframe keeps codes and times")
    for name in ("observed_variable", "units", "quality_flag", "z_coordinate_type", "data_policy_licence"):
        check.that(frame[name].dtype == "int32", f"{path}: {name} {frame[name].dtype}")
    check.that(frame.date_time.dtype == "datetime64[ns]", f"{path}: {frame.date_time.dtype}")
    headers = header.to_dataframe()
    check.that(set(frame.report_id) <= set(headers.report_id), f"{path}: report_id")
    check.that(headers.report_id.is_unique, f"{path}: report_id twice")


def check_append(path):
    """netCDF4-python in append mode, as users do, on a copy."""
    check = Check("netCDF4: append mode")
    copy = os.path.join(scratch, "appended.nc")
    shutil.copy(path, copy)
    before = raw_of(copy)
    with netCDF4.Dataset(copy, "a") as file:
        file.setncattr("comment", "looked at")
        table = file["observations_table"]
        row = table["observed_variable"].dimensions[0]
        table.createVariable("first_guess_departure", "f4", (row,), fill_value=np.float32("nan"), zlib=True)[:] = np.arange(len(table.dimensions[row]))
        table["quality_flag"][0] = 1
        table["observation_value"][1] = 2.5
        table["quality_flag"].setncattr("changed", "by hand")
        file.createGroup("homogenisation").createDimension("step", 2)
    after = raw_of(copy)
    with netCDF4.Dataset(copy) as file:
        check.that(file.comment == "looked at", "global attribute")
        check.that(file["observations_table/quality_flag"].changed == "by hand", "attribute")
    check.that("homogenisation" in after, "group")
    added = after["observations_table"].pop("first_guess_departure")[0]
    check.that(np.array_equal(added, np.arange(len(added))), "variable")
    before["observations_table"]["quality_flag"][0][0] = 1
    before["observations_table"]["observation_value"][0][1] = 2.5
    for group, variables in before.items():
        for name, (stored, _) in variables.items():
            check.that(stored.tobytes() == after[group][name][0].tobytes(), f"{group}/{name}")
    with xr.open_dataset(copy, group="observations_table") as dataset:
        check.that(int(dataset.quality_flag[0]) == 1, "changed value by xarray")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def check_tools(path, raw):
    check = Check("ncdump -h")
    status, out, err = run("ncdump", "-h", path)
    check.that(status == 0 and err == "" and out.startswith("netcdf"), f"{path}: {err}")
    with h5py.File(path) as file:
        groups = sorted(name for name, item in file.items() if isinstance(item, h5py.Group))
    check.that(sorted(re.findall(r"^group: (\S+) {", out, re.M)) == groups, f"{path}: groups")
    if path not in plan["tools"]:
        return
    check = Check("ncdump -v recordindex")
    status, out, err = run("ncdump", "-v", "recordindex", path)
    printed = re.search(r"data:\s+recordindex = ([^;]*);", out)
    numbers = [int(x) for x in printed.group(1).split(",")] if printed else None
    check.that(status == 0 and numbers == raw[None]["recordindex"][0].tolist(), f"{path}: {err} {numbers}")
    check = Check("NCO: ncks -g")
    for group in ("observations_table", "header_table", "units"):
        part = os.path.join(scratch, "part.nc")
        status, _, err = run("ncks", "-O", "-g", group, path, part)
        check.that(status == 0 and err == "", f"{path} {group}: {err}")
        taken = raw_of(part).get(group, {})
        check.that(list(taken) != [] and set(taken) == set(raw[group]), f"{path} {group}: variables")
        for name, (stored, _) in taken.items():
            check.that(stored.tobytes() == raw[group][name][0].tobytes(), f"{path} {group}/{name}")
    check = Check("NCO: ncks -H")
    status, out, err = run("ncks", "-H", "-s", "%d ", "-C", "-v", "recordsize", path)
    check.that(status == 0 and [int(x) for x in out.split()] == raw[None]["recordsize"][0].tolist(), f"{path}: {err}")


def check_printed(path, printed):
    """The lines that the demo prints, as they stand."""
    check = Check("the lines that the demo prints")
    for lines, rows in printed:
        names = {}
        exec(lines, names)
        launch = names["launch"]
        check.that(isinstance(launch, pd.DataFrame) and len(launch) == rows, f"{path}: {len(launch)} rows, not {rows}")
        check.that(launch.date_time.nunique() == 1, f"{path}: more than one time")


def digests(raw):
    return {
        f"{group or ''}/{name}": [list(stored.shape), hashlib.sha1(np.ascontiguousarray(stored).tobytes()).hexdigest()]
        for group, variables in raw.items()
        for name, (stored, _) in variables.items()
    }


report["digests"] = {}
for path in plan["files"]:
    raw = raw_of(path, None if path in plan["every_group"] or path in plan["tools"] else DATA)
    report["digests"][path] = digests(raw)
    check_fill_values(raw)
    check_xarray(path, raw)
    check_tools(path, raw)
    if path in plan["tools"]:
        check_append(path)
for path, printed in plan["printed"].items():
    check_printed(path, printed)
report["leftovers"] = [name for path in plan["files"] for name in glob.glob(os.path.join(os.path.dirname(path), "*.tmp"))]
json.dump(report, sys.stdout)
