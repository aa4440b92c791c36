"""docs/python/launch.py on station files, against netCDF4: launch.py FOLDER PLAN.json, where the folder holds launch.py and the plan
is a list of [file, record]. Prints as JSON what is right of each frame by engine, and what a time without a launch gives."""
import hashlib
import json
import sys

import netCDF4
import numpy as np

sys.path.insert(0, sys.argv[1])
from launch import launch

results = []
for path, record in json.load(open(sys.argv[2])):
    with netCDF4.Dataset(path) as file:
        begin, size = int(file["recordindex"][record]), int(file["recordsize"][record])
        time = np.datetime64("1900-01-01", "s") + np.timedelta64(int(file["recordtimestamp"][record]), "s")
        table = file["observations_table"]
        expected = {name: table[name][begin : begin + size] for name in ("observation_value", "observed_variable", "z_coordinate")}
        names = dict(zip(file["observed_variable/variable"][:].tolist(), file["observed_variable/name"][:]))
        units = dict(zip(file["units/units"][:].tolist(), file["units/abbreviation"][:]))
        codes = table["units"][begin : begin + size]
    result = {"size": size, "engines": {}}
    for engine in ("netcdf4", "h5netcdf"):
        frame = launch(path, str(time), engine=engine)
        result["columns"] = list(frame.columns)
        result["engines"][engine] = {
            "rows": len(frame),
            "values": all(np.array_equal(frame[name], np.ma.filled(values, np.nan)) for name, values in expected.items()),
            "names": frame.variable.tolist() == [names[code] for code in expected["observed_variable"].tolist()],
            "units": frame.unit.fillna("").tolist() == [units.get(code, "") for code in codes.tolist()],
            "times": bool((frame.date_time == time).all()),
            "digest": hashlib.sha1(frame.to_csv().encode()).hexdigest(),
        }
    try:
        launch(path, str(time + np.timedelta64(1, "s")))
        result["elsewhere"] = "a frame"
    except KeyError:
        result["elsewhere"] = "KeyError"
    results.append(result)
json.dump(results, sys.stdout)
