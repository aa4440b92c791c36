/** One sounding (report) inside a batch, with the time under which it is filed, and the order of soundings. */
import { batchColumns, type ObservationColumns, type ReportColumns, type SoundingBatch } from './batch.js';

/** Which time keys the records: the launch time where there is one, or the synoptic time of the archive. */
export type RecordTime = 'launch' | 'nominal';

/** A report of a batch. The columns are shared by all soundings of the batch: use `index`, `firstRow` and `rowCount`. */
export interface Sounding {
  reports: ReportColumns;
  observations: ObservationColumns;
  /** Row of the report in `reports`. */
  index: number;
  firstRow: number;
  rowCount: number;
  /** Record time, seconds since 1900-01-01. */
  time: number;
}

/** Record time of a report under the rule `key`; the other time, then the date, stand in where it is missing. */
export function recordTimeOf(reports: ReportColumns, index: number, key: RecordTime): number {
  const launch = reports.launchTime[index] ?? Number.NaN;
  const nominal = reports.nominalTime[index] ?? Number.NaN;
  const [first, second] = key === 'launch' ? [launch, nominal] : [nominal, launch];
  if (!Number.isNaN(first)) return first;
  if (!Number.isNaN(second)) return second;
  return reports.dateOnlyTime[index] ?? Number.NaN;
}

/** The soundings of a batch, in its order. */
export function soundingsOf(batch: SoundingBatch, key: RecordTime): Sounding[] {
  const { reports, observations } = batchColumns(batch);
  return Array.from(reports.firstRow, (firstRow, index) => ({
    reports,
    observations,
    index,
    firstRow,
    rowCount: reports.rowCount[index] ?? 0,
    time: recordTimeOf(reports, index, key),
  }));
}

/**
 * Order of soundings in a file: record time, then nominal time (missing first), then input file and position in it.
 * Total and independent of arrival, so that the same inputs give the same file.
 */
export function compareSoundings(a: Sounding, b: Sounding): number {
  return (
    a.time - b.time ||
    nominalKey(a) - nominalKey(b) ||
    (a.reports.inputFile[a.index] ?? 0) - (b.reports.inputFile[b.index] ?? 0) ||
    (a.reports.byteOffset[a.index] ?? 0) - (b.reports.byteOffset[b.index] ?? 0)
  );
}

function nominalKey(sounding: Sounding): number {
  const nominal = sounding.reports.nominalTime[sounding.index] ?? Number.NaN;
  return Number.isNaN(nominal) ? -Number.MAX_SAFE_INTEGER : nominal;
}
