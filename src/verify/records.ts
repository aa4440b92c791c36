/** The record index in itself, and against the rows and the reports that it finds. */
import type { FileView } from './file-view.js';
import { describeTime, type Reports } from './reports.js';
import { type RowBlock, timesOf } from './row-blocks.js';

/** The record index as it stands; undefined where a variable cannot be read. */
export interface Records {
  readonly time: Float64Array;
  readonly index: Float64Array;
  readonly size: Float64Array;
}

export async function readRecords(view: FileView): Promise<Records | undefined> {
  const [time, index, size] = await Promise.all(
    ['recordtimestamp', 'recordindex', 'recordsize'].map((name) => view.numbers('', name)),
  );
  return time !== undefined && index !== undefined && size !== undefined ? { time, index, size } : undefined;
}

/** Records follow each other without gap from the first row to the last, their times ascend, and each is that of a report. */
export function checkRecords(
  { findings }: FileView,
  { time, index, size }: Records,
  reports: Reports,
  rows: number,
): void {
  const count = Math.max(time.length, index.length, size.length);
  if (Math.min(time.length, index.length, size.length) !== count)
    findings.add(
      'record-index',
      {},
      () => `${time.length} times, ${index.length} first rows, ${size.length} sizes`,
    );
  let next = 0;
  for (let n = 0; n < count; n++) {
    const first = index[n] ?? Number.NaN;
    const before = next;
    if (first !== before)
      findings.add(
        'record-index',
        { variable: 'recordindex', row: n },
        () => `${first}, but the record before ends at row ${before}`,
      );
    const length = size[n] ?? Number.NaN;
    if (!(length >= 0))
      findings.add(
        'record-index',
        { variable: 'recordsize', row: n },
        () => `${length} is no number of rows`,
      );
    next = first + length;
    if (n > 0 && !((time[n] ?? Number.NaN) > (time[n - 1] ?? Number.NaN)))
      findings.add(
        'record-time',
        { variable: 'recordtimestamp', row: n },
        () => `${describeTime(time[n])} is not later than the record before`,
      );
  }
  if (next !== rows)
    findings.add(
      'record-index',
      { variable: 'recordsize', row: count - 1 },
      () => `the last record ends at row ${next} of ${rows}`,
    );
  if (reports.time !== undefined) compareTimes(findings, time, reports.time);
}

/** The records are the distinct times of the reports. */
function compareTimes(findings: FileView['findings'], time: Float64Array, reports: Float64Array): void {
  const records = new Set(time);
  const reported = new Set(reports);
  for (const [n, at] of time.entries())
    if (!reported.has(at))
      findings.add(
        'record-time',
        { variable: 'recordtimestamp', row: n },
        () => `no report of header_table is at ${describeTime(at)}`,
      );
  for (const [row, at] of reports.entries())
    if (!records.has(at))
      findings.add(
        'record-time',
        { table: 'header_table', variable: 'report_timestamp', row },
        () => `${describeTime(at)} has no record`,
      );
}

/** Holds date_time of every row against the record that the index puts the row into. */
export function createRecordRows(
  { findings }: FileView,
  { time, index }: Records,
): (block: RowBlock) => void {
  let record = -1;
  let told = -1;
  return (block) => {
    const times = timesOf(block, 'date_time');
    if (times === undefined) return;
    for (let i = 0; i < block.rows; i++) {
      const row = block.firstRow + i;
      while (record + 1 < index.length && (index[record + 1] as number) <= row) record++;
      if (times[i] === time[record] || told === record) continue;
      told = record;
      findings.add('record-time', { table: 'observations_table', variable: 'date_time', row }, () =>
        record < 0
          ? `${describeTime(times[i])} is in no record`
          : `${describeTime(times[i])} in record ${record}, which is at ${describeTime(time[record])}`,
      );
    }
  };
}
