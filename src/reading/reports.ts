/** Finding reports and their rows. */

import { isoTime } from '../calendar.js';
import { InputError, UsageError } from '../errors.js';
import type { RecordIndex, StationContents } from './station.js';

/** Rows of header_table whose record time is `time` (seconds since 1900-01-01), ascending; [] where there is no launch. */
export async function findReports(station: StationContents, time: number): Promise<number[]> {
  const times = await reportTimes(station);
  const found: number[] = [];
  for (let row = firstNotBefore(times, time); times[row] === time; row++) found.push(row);
  return found;
}

/** Record times of all reports, in the order of header_table: ascending. */
export async function reportTimes(station: StationContents): Promise<Float64Array> {
  return await station.table('header_table').column('report_timestamp').numbers();
}

/** The first place in ascending `times` that is not before `time`. */
export function firstNotBefore(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of observations_table: `count` from `first` on. */
export interface RowRange {
  first: number;
  count: number;
}

/** Throws `UsageError` (`NO_LAUNCH`) with the launches beside `time`. */
export function noLaunch({ records, path }: StationContents, time: number, asked: string): never {
  const beside = nearest(records, firstNotBefore(records.time, time));
  throw new UsageError('NO_LAUNCH', `${path} has no launch at ${asked}${beside}`, {
    file: path,
    hint: 'Times are those of recordtimestamp (or nominal times), in UTC.',
  });
}

function nearest({ time }: RecordIndex, place: number): string {
  const [before, after] = [time[place - 1], time[place]];
  if (before === undefined && after === undefined) return ': it has none at all';
  if (before === undefined) return `: the first one is at ${isoTime(after as number)}`;
  if (after === undefined) return `: the last one is at ${isoTime(before)}`;
  return `: the ones beside it are at ${isoTime(before)} and ${isoTime(after)}`;
}

/** The record of `time`, and its rows; undefined where the record index has no such time. */
export function recordAt(
  { records }: StationContents,
  time: number,
): ({ record: number } & RowRange) | undefined {
  const record = firstNotBefore(records.time, time);
  if (records.time[record] !== time) return undefined;
  return { record, first: records.firstRow[record] as number, count: records.rowCount[record] as number };
}

/** The record of a report. Throws `InputError` (`RECORD_INDEX`) where the record index lacks its time, or leads out of the rows. */
export function recordOfReport(
  station: StationContents,
  report: number,
  time: number,
): { record: number } & RowRange {
  const found = recordAt(station, time);
  const { rows } = station.table('observations_table');
  if (found !== undefined && found.first + found.count <= rows) return found;
  const what = found === undefined ? 'has no record' : `has rows to ${found.first + found.count} of ${rows}`;
  throw new InputError('RECORD_INDEX', `${station.path}: row ${report} of header_table ${what}`, {
    file: station.path,
    hint: 'harvest verify says what is wrong; harvest the station again with --force.',
  });
}

/** The rows of the report `reportId` among those of its record, which hold reports one after the other. */
export async function rowsOfReport(
  station: StationContents,
  rows: RowRange,
  reportId: string,
): Promise<RowRange> {
  const ids = await station
    .table('observations_table')
    .column('report_id')
    .texts(rows.first, rows.first + rows.count);
  const first = ids.indexOf(reportId);
  if (first < 0) return { first: rows.first, count: 0 };
  return { first: rows.first + first, count: ids.lastIndexOf(reportId) - first + 1 };
}

/**
 * Rows of header_table with a record time in the half-open period; where there is none, those with a nominal (synoptic) time in it,
 * as the launch for 00 UTC is filed an hour before.
 */
export async function reportsWithin(
  station: StationContents,
  { from, to }: { from: number; to: number },
): Promise<number[]> {
  const times = await reportTimes(station);
  const found: number[] = [];
  for (let row = firstNotBefore(times, from); row < times.length && (times[row] as number) < to; row++)
    found.push(row);
  if (found.length > 0) return found;
  const nominal = await station.table('header_table').column('nominal_timestamp').numbers();
  for (const [row, time] of nominal.entries()) if (time >= from && time < to) found.push(row);
  return found;
}
