/** Which launch of a station a diagram shows where nobody says. */
import { findReports, firstNotBefore } from '../reading/reports.js';
import type { StationContents } from '../reading/station.js';
import { OBSERVED_VARIABLE as V } from '../records/variables.js';

const BLOCK_ROWS = 65_536;

/** Rows of header_table with the time of the last launch that has a temperature, else of the last one; [] where there is none. */
export async function lastReports(station: StationContents): Promise<number[]> {
  const { records } = station;
  const row = await lastTemperature(station);
  const record = row < 0 ? records.time.length - 1 : firstNotBefore(records.firstRow, row + 1) - 1;
  const time = records.time[record];
  return time === undefined ? [] : await findReports(station, time);
}

/** The last row of observations_table that is an air temperature; -1 for none. */
async function lastTemperature(station: StationContents): Promise<number> {
  const variables = station.table('observations_table').column('observed_variable');
  for (let end = variables.rows; end > 0; end -= BLOCK_ROWS) {
    const from = Math.max(0, end - BLOCK_ROWS);
    const row = (await variables.numbers(from, end)).lastIndexOf(V.airTemperature);
    if (row >= 0) return from + row;
  }
  return -1;
}
