/** One sounding (report) inside a batch, with the time under which it is filed, and the order of soundings. */
import { isSame } from '../numbers.js';
import type { ObservationColumns, ReportColumns, SoundingBatch } from './batch.js';
import { type FeedbackValues, isNumeric } from './feedback.js';

/** Which time keys the records: the launch time where there is one, or the synoptic time of the archive. */
export type RecordTime = 'launch' | 'nominal';

/** A report of a batch. The columns are shared by all soundings of the batch: use `index`, `firstRow` and `rowCount`. */
export interface Sounding {
  reports: ReportColumns;
  observations: ObservationColumns;
  /** Columns of feedback, row by row with the observations; empty without feedback. */
  feedback: readonly FeedbackValues[];
  /** Row of the report in `reports`. */
  index: number;
  firstRow: number;
  rowCount: number;
  /** Record time, seconds since 1900-01-01. */
  time: number;
  /** Further places in the input that say the same launch, where several reports were joined. */
  alsoIn?: readonly SourcePlace[];
  /** How many other reports of this time have their rows in this one, where a file has one header for each time. */
  otherReports?: number;
  /** What the columns are lent under; null where they are not wanted back. */
  lease: Lease | null;
}

/** The columns of a batch, lent to its soundings. */
interface Lease {
  /** Soundings that have not been released. */
  inUse: number;
  recycle(): void;
}

/**
 * Says, once, that nobody looks at a sounding any more. When all soundings of a batch are released, its columns are written
 * again. A sounding that is never released only costs memory.
 */
export function release({ lease }: Sounding): void {
  if (lease !== null && --lease.inUse === 0) lease.recycle();
}

/** Where a report stands in the input. */
export interface SourcePlace {
  inputFile: number;
  byteOffset: number;
}

/**
 * Record time of a report under the rule `key`: the launch, or the time of its own first level where that is another one (a
 * descent), or the synoptic time. The other of the two, then the date, stand in where it is missing.
 */
export function recordTimeOf(reports: ReportColumns, index: number, key: RecordTime): number {
  const begin = reports.beginTime[index] ?? Number.NaN;
  const launch = Number.isNaN(begin) ? (reports.launchTime[index] ?? Number.NaN) : begin;
  const nominal = reports.nominalTime[index] ?? Number.NaN;
  const [first, second] = key === 'launch' ? [launch, nominal] : [nominal, launch];
  if (!Number.isNaN(first)) return first;
  if (!Number.isNaN(second)) return second;
  return reports.dateOnlyTime[index] ?? Number.NaN;
}

/** The soundings of a batch, in its order. */
export function soundingsOf(batch: SoundingBatch, key: RecordTime): Sounding[] {
  const { reports, observations, feedback, recycle } = batch;
  const lease = recycle === null ? null : { inUse: reports.firstRow.length, recycle };
  return Array.from(reports.firstRow, (firstRow, index) => ({
    reports,
    observations,
    feedback,
    index,
    firstRow,
    rowCount: reports.rowCount[index] ?? 0,
    time: recordTimeOf(reports, index, key),
    lease,
  }));
}

/**
 * Order of soundings in a file: record time, then nominal time (missing first), then content, then input file and position in
 * it. Total and independent of arrival and of the names of files, so that the same inputs give the same file.
 */
export function compareSoundings(a: Sounding, b: Sounding): number {
  return (
    a.time - b.time ||
    compareContent(a, b) ||
    (a.reports.inputFile[a.index] ?? 0) - (b.reports.inputFile[b.index] ?? 0) ||
    (a.reports.byteOffset[a.index] ?? 0) - (b.reports.byteOffset[b.index] ?? 0)
  );
}

/** 0 when two soundings say the same in every column; otherwise an order that depends on nothing else. */
export function compareContent(a: Sounding, b: Sounding): number {
  const byReport =
    compareNumbers(a.reports.nominalTime[a.index], b.reports.nominalTime[b.index]) ||
    compareNumbers(a.reports.launchTime[a.index], b.reports.launchTime[b.index]) ||
    compareNumbers(a.reports.latitude[a.index], b.reports.latitude[b.index]) ||
    compareNumbers(a.reports.longitude[a.index], b.reports.longitude[b.index]) ||
    compareNumbers(a.reports.elevation[a.index], b.reports.elevation[b.index]) ||
    compareNumbers(a.reports.kind[a.index], b.reports.kind[b.index]) ||
    compareNumbers(a.reports.number[a.index], b.reports.number[b.index]) ||
    compareNumbers(a.reports.sondeType[a.index], b.reports.sondeType[b.index]) ||
    compareNumbers(a.reports.verticalDirection[a.index], b.reports.verticalDirection[b.index]) ||
    compareNumbers(a.reports.platformType[a.index], b.reports.platformType[b.index]) ||
    a.rowCount - b.rowCount ||
    compareTexts(a.reports.comment[a.index] ?? '', b.reports.comment[b.index] ?? '');
  if (byReport !== 0) return byReport;
  for (let i = 0; i < a.rowCount; i++) {
    const byRow = compareRows(a.observations, a.firstRow + i, b.observations, b.firstRow + i);
    if (byRow !== 0) return byRow;
  }
  return compareFeedback(a, b);
}

function compareFeedback(a: Sounding, b: Sounding): number {
  for (const [column, of] of a.feedback.entries()) {
    const other = b.feedback[column];
    if (other === undefined) return 1;
    for (let i = 0; i < a.rowCount; i++) {
      const byRow = compareFeedbackValues(of, a.firstRow + i, other, b.firstRow + i);
      if (byRow !== 0) return byRow;
    }
  }
  return 0;
}

function compareFeedbackValues(a: FeedbackValues, i: number, b: FeedbackValues, k: number): number {
  if (isNumeric(a)) return isNumeric(b) ? compareNumbers(a.numbers[i], b.numbers[k]) : -1;
  if (isNumeric(b)) return 1;
  return compareTexts(a.texts[a.codes[i]!] ?? '', b.texts[b.codes[k]!] ?? '');
}

function compareRows(a: ObservationColumns, i: number, b: ObservationColumns, k: number): number {
  return (
    compareNumbers(a.zType[i], b.zType[k]) ||
    compareNumbers(a.zCoordinate[i], b.zCoordinate[k]) ||
    compareNumbers(a.observedVariable[i], b.observedVariable[k]) ||
    compareNumbers(a.value[i], b.value[k]) ||
    compareNumbers(a.elapsed[i], b.elapsed[k]) ||
    compareNumbers(a.quality[i], b.quality[k]) ||
    compareNumbers(a.significance?.[i], b.significance?.[k]) ||
    compareNumbers(a.latitude?.[i], b.latitude?.[k]) ||
    compareNumbers(a.longitude?.[i], b.longitude?.[k])
  );
}

/** NaN (missing) equals itself and comes first. */
function compareNumbers(a = Number.NaN, b = Number.NaN): number {
  if (isSame(a, b)) return 0;
  return Number.isNaN(a) || a < b ? -1 : 1;
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
