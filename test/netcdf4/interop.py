"""What the Python readers see in files of the writer, as one JSON document. Usage: interop.py FOLDER"""
import hashlib
import json
import shutil
import subprocess
import sys
import warnings

import h5netcdf
import h5py
import netCDF4
import numpy as np
import xarray as xr

warnings.simplefilter("ignore")
folder = sys.argv[1]


def digest(values):
    """Type, shape and a hash of little-endian bytes (of UTF-8 text for strings)."""
    values = np.asarray(values)
    if values.dtype.kind in "OU":
        texts = [x.decode() if isinstance(x, bytes) else str(x) for x in values.ravel()]
        content, kind = "\x00".join(texts).encode(), "string"
    else:
        content, kind = np.ascontiguousarray(values).tobytes(), values.dtype.newbyteorder("<").str.lstrip("<|")
    return [kind, list(values.shape), hashlib.sha256(content).hexdigest()]


def plain(value):
    if isinstance(value, (np.ndarray, list, tuple)):
        return [plain(x) for x in np.asarray(value).ravel().tolist()]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.generic):
        value = value.item()
    return "NaN" if isinstance(value, float) and value != value else value


def walk_netcdf(group, prefix=""):
    for name, variable in group.variables.items():
        variable.set_auto_maskandscale(False)
        variable.set_auto_chartostring(False)
        yield prefix + name, variable
    for name, child in group.groups.items():
        yield from walk_netcdf(child, f"{prefix}{name}/")


def walk_h5netcdf(group, prefix=""):
    for name, variable in group.variables.items():
        yield prefix + name, variable
    for name, child in group.groups.items():
        yield from walk_h5netcdf(child, f"{prefix}{name}/")


def dimension_only(dataset):
    name = dataset.attrs.get("NAME", b"")
    return (name.decode() if isinstance(name, bytes) else name).startswith("This is a netCDF dimension but not")


def read_all(path):
    report = {}
    with netCDF4.Dataset(path) as file:
        report["netCDF4"] = {name: digest(v[...]) for name, v in walk_netcdf(file)}
        report["dimensions"] = {name: list(v.dimensions) for name, v in walk_netcdf(file)}
        report["attributes"] = {
            name: {key: plain(v.getncattr(key)) for key in v.ncattrs()} for name, v in walk_netcdf(file)
        }
        report["root"] = {key: plain(file.getncattr(key)) for key in file.ncattrs()}
        groups = ["/"] + [g for g in file.groups]
    with h5py.File(path) as file:
        found = {}
        file.visititems(lambda name, o: found.update({name: o}) if isinstance(o, h5py.Dataset) else None)
        report["h5py"] = {n: digest(d[...] if d.shape else d[()]) for n, d in found.items() if not dimension_only(d)}
    with h5netcdf.File(path, "r") as file:
        report["h5netcdf"] = {name: digest(v[...]) for name, v in walk_h5netcdf(file)}
    for engine in ("netcdf4", "h5netcdf"):
        seen, decoded = {}, {}
        for group in groups:
            prefix = "" if group == "/" else f"{group}/"
            options = dict(group=group, engine=engine)
            with xr.open_dataset(path, decode_cf=False, **options) as data:
                seen.update({prefix + str(n): digest(v.values) for n, v in data.variables.items()})
            with xr.open_dataset(path, **options) as data:
                decoded.update({prefix + str(n): [v.dtype.kind, plain(v.values.ravel()[:3])] for n, v in data.variables.items()})
                data.to_dataframe() if group == "table" else None
        report[f"xarray {engine}"] = seen
        report[f"decoded {engine}"] = decoded
    return report


def golden(path):
    """The content of `goldenFile` in interop-content.ts, written by libnetcdf."""
    with netCDF4.Dataset(path, "w") as file:
        file.title = "golden file"
        file.setncattr("empty", "")
        file.setncattr("number", np.int32(3))
        file.setncattr("fraction", np.float64(2.5))
        file.setncattr("array", np.array([1, 2, 3], "i2"))
        file.setncattr_string("words", ["a", "", "ü"])
        file.createDimension("string4", 4)
        file.createDimension("time", 3)
        time = file.createVariable("time", "i8", ("time",))
        time.units = "seconds since 1900-01-01 00:00:00"
        time[:] = [1, 2, 3]
        table = file.createGroup("table")
        table.createDimension("row", 4)
        for i, kind in enumerate(("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8")):
            variable = table.createVariable(f"v_{kind}", kind, ("row",), zlib=True)
            variable[:] = np.arange(4) + i
        text = table.createVariable("text", "S1", ("row", "string4"))
        text._Encoding = "utf-8"
        text[:] = np.frombuffer(b"ab  cd  e   fghi", "S1").reshape(4, 4)
        words = table.createVariable("words", str, ("row",))
        words[:] = np.array(["one", "", "three", "ü"], dtype=object)
        missing = table.createVariable("missing", "f4", ("row",), fill_value=np.float32("nan"))
        missing[:] = np.full(4, np.nan, "f4")
        partly = table.createVariable("partly", "i4", ("row",), fill_value=-9)
        partly.description = "codes"
        partly[:] = [1, -9, 3, 4]
        cube = table.createVariable("cube", "f8", ("row", "time", "string4"))
        cube[:] = np.arange(48).reshape(4, 3, 4) / 2
        pair = table.createVariable("row", "S1", ("row", "string4"))
        pair[:] = np.frombuffer(b"r1  r2  r3  r4  ", "S1").reshape(4, 4)
        inner = table.createGroup("inner")
        scalar = inner.createVariable("scalar", "f8", ())
        scalar[...] = 1.25
        inner.createVariable("shared", "i4", ("row",))[:] = [4, 3, 2, 1]


def modify(path):
    """Changes a file in place, as users do, and reads it back."""
    with netCDF4.Dataset(path, "a") as file:
        table = file["table"]
        table["constant"][10] = -5
        table["runs"][0] = -6
        table["missing"][2] = 1.5
        table["int"].setncattr("added", "later")
        for i in range(12):
            table["described"].setncattr(f"more{i}", f"value {i}")
        table.createVariable("new", "f8", ("row",))[:] = np.arange(table.dimensions["row"].size)
        file.createGroup("extra").createDimension("y", 2)
        file["extra"].createVariable("z", "i4", ("y",))[:] = [7, 8]
        file.setncattr("history", "changed in place")
    return read_all(path)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return {"status": done.returncode, "out": done.stdout, "err": done.stderr}


matrix = f"{folder}/matrix.nc"
golden(f"{folder}/by-libnetcdf.nc")
shutil.copy(matrix, f"{folder}/modified.nc")
report = {
    "matrix": read_all(matrix),
    "modified": modify(f"{folder}/modified.nc"),
    "golden": run("ncdump", "-n", "golden", f"{folder}/by-libnetcdf.nc"),
    "ours": run("ncdump", "-n", "golden", f"{folder}/by-writer.nc"),
    "h5dump": run("h5dump", "-o", "/dev/null", matrix)["status"],
    "ncdump": run("ncdump", "-h", matrix)["status"],
    "ncks": run("ncks", "-O", "-g", "table", "-v", "int,char,missing,constant,runs", matrix, f"{folder}/group.nc"),
    "hyperslab": run("ncks", "-O", "-d", "row,1000,1999", matrix, f"{folder}/part.nc"),
    "in_place": run("ncatted", "-h", "-a", "note,global,c,c,added by NCO", f"{folder}/part.nc"),
}
for name in ("group", "part"):
    with netCDF4.Dataset(f"{folder}/{name}.nc") as file:
        report[name] = {n: digest(v[...]) for n, v in walk_netcdf(file)}
        report[f"{name} root"] = {key: plain(file.getncattr(key)) for key in file.ncattrs()}
with netCDF4.Dataset(matrix) as file:
    masked = {name: int(np.ma.count_masked(v[...])) for name, v in file["table"].variables.items() if v.dtype is not str}
report["masked"] = masked
json.dump(report, sys.stdout)
