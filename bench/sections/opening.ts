/** One launch out of a station file of ten million rows, in xarray: a slice by recordindex against a scan of date_time. */
import {
  clearOutput,
  countOf,
  measureHarvest,
  pythonHas,
  runPython,
  secondsOf,
  stationFile,
} from '../child.js';
import type { Frame } from '../frame.js';
import { stationZip } from '../igra2-input.js';
import { ratios } from '../rates.js';

export async function benchOpening(frame: Frame): Promise<void> {
  if (!pythonHas('xarray', 'netCDF4')) {
    frame.absent('opening one launch in xarray', '/usr/bin/python3 has no xarray with netCDF4');
    return;
  }
  const { path } = await stationZip(frame, { kind: 'modern', megabytes: frame.quick ? 10 : 90 });
  clearOutput(frame);
  await measureHarvest(frame, { source: 'igra2', input: path });
  const result = await runPython('opening', [stationFile(frame, 'igra2'), frame.repeats]);
  const rows = `${(countOf(result, 'rows') / 1e6).toFixed(1)} M rows`;
  const [slice, scan] = [secondsOf(result, 'slice'), secondsOf(result, 'scan')];
  const milliseconds = (seconds: readonly number[]): number[] => seconds.map((value) => value * 1e3);
  frame.row({
    what: `xarray, ${rows}: opening the root and observations_table, wall`,
    values: milliseconds(secondsOf(result, 'open')),
    unit: 'ms',
  });
  frame.row({
    what: '  one launch, all variables, sliced by recordindex',
    values: milliseconds(slice),
    unit: 'ms',
  });
  frame.row({
    what: '  one launch, all variables, by a scan of date_time',
    values: milliseconds(scan),
    unit: 'ms',
  });
  frame.row({
    what: '  the slice against the scan',
    values: ratios(scan, slice),
    unit: 'x',
    digits: 1,
    goal: { atLeast: 10 },
  });
}
