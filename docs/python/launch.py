"""One launch of a station file as a data frame, one row per value, codes spelled out: launch("FILE.nc", "2020-01-08 11:34")."""
import pandas as pd
import xarray as xr

COLUMNS = "report_id date_time latitude longitude z_coordinate z_coordinate_type observed_variable variable observation_value unit quality_flag"


def launch(file, time, engine=None):
    groups = (None, "observations_table", "observed_variable", "units")
    root, rows, variables, units = (xr.open_dataset(file, group=group, engine=engine) for group in groups)
    record = pd.Index(root.recordtimestamp.values).get_loc(pd.Timestamp(time))
    begin, size = int(root.recordindex[record]), int(root.recordsize[record])
    frame = rows.isel({rows.date_time.dims[0]: slice(begin, begin + size)}).to_dataframe()
    frame["variable"] = frame.observed_variable.map(variables.to_dataframe().set_index("variable")["name"])
    frame["unit"] = frame.units.map(units.to_dataframe().set_index("units")["abbreviation"])
    return frame[COLUMNS.split()]
