/** How the demo says that its files are opened; the interop test runs the lines as they are printed. */

/** Three lines of Python that make a data frame, `launch`, of one launch of the station file; not the last one in it. */
export function openingLines(file: string, record: number): string[] {
  return [
    'import xarray as xr',
    `records, rows = (xr.open_dataset(${JSON.stringify(file)}, group=g) for g in (None, "observations_table"))`,
    `launch = rows.isel(observation=slice(*records.recordindex.values[${record}:${record + 2}])).to_dataframe()`,
  ];
}
