/** What all rows of a report have in common: the time, place, source and ids that header_table gives the report. */

import { INT_MISSING } from '../match/index.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import { type ReportRun, textAt } from './report-runs.js';
import { describeTime, type Reports } from './reports.js';
import { bytesOf, floatsOf, intsOf, type RowBlock, timesOf } from './row-blocks.js';

const TABLE = 'observations_table';

/** Width of `<YYYYMMDDhhmmss>-<nn>`, in which a report id ends and an observation id begins. */
const TIME_AND_NUMBER = '00000000000000-00'.length;
const NUMBER_DIGITS = 6;
const ID_WIDTH = TIME_AND_NUMBER + 1 + NUMBER_DIGITS;

/**
 * Holds the rows of a block against the reports that they belong to; each difference is told once per report and block.
 *
 * @param hasOnePlace whether all rows of a report have its position
 */
export function createReportRows(
  view: FileView,
  reports: Reports,
  hasOnePlace: boolean,
): (block: RowBlock, runs: readonly ReportRun[]) => void {
  const { findings } = view;
  const sourceWidth = view.variable(TABLE, 'source_id')?.shape[1] ?? 1;
  const idWidth = view.variable(TABLE, 'observation_id')?.shape[1] ?? ID_WIDTH;
  if (idWidth !== ID_WIDTH)
    findings.add(
      'observation-id',
      { table: TABLE, variable: 'observation_id' },
      () => `ids of ${idWidth} bytes, not ${ID_WIDTH}`,
    );
  const tell = (variable: string, row: number, found: string, expected: string): void =>
    findings.add(
      'header',
      { table: TABLE, variable, row },
      () => `${found}, but header_table has ${expected} for this report`,
    );
  return (block, runs) => {
    const times = timesOf(block, 'date_time');
    const meanings = intsOf(block, 'date_time_meaning');
    const latitudes = floatsOf(block, 'latitude');
    const longitudes = floatsOf(block, 'longitude');
    const sources = bytesOf(block, 'source_id');
    const ids = bytesOf(block, 'observation_id');
    for (const run of runs) {
      const { report } = run;
      if (report < 0) continue;
      if (ids !== undefined && idWidth === ID_WIDTH) checkIds(findings, ids, block.firstRow, run);
      const time = reports.time?.[report];
      if (times !== undefined && time !== undefined) {
        const row = firstOther(times, run, time);
        if (row >= 0) tell('date_time', block.firstRow + row, describeTime(times[row]), describeTime(time));
      }
      const meaning = missingAsInt(reports.meaning?.[report]);
      if (meanings !== undefined && meaning !== undefined) {
        const row = firstOther(meanings, run, meaning);
        if (row >= 0) tell('date_time_meaning', block.firstRow + row, `${meanings[row]}`, `${meaning}`);
      }
      for (const [variable, values, own] of [
        ['latitude', latitudes, reports.latitude?.[report]],
        ['longitude', longitudes, reports.longitude?.[report]],
      ] as const) {
        const row =
          hasOnePlace && values !== undefined && own !== undefined ? firstOther(values, run, own) : -1;
        if (row >= 0) tell(variable, block.firstRow + row, `${values?.[row]}`, `${own}`);
      }
      const source = reports.sources?.[report];
      if (sources === undefined || source === undefined) continue;
      for (let row = run.from; row < run.to; row++) {
        if (row > run.from && sameText(sources, sourceWidth, row)) continue;
        const text = textAt(sources, sourceWidth, row);
        if (text === source) continue;
        tell('source_id', block.firstRow + row, quoted(text), quoted(source));
        break;
      }
    }
  };
}

function missingAsInt(code: number | undefined): number | undefined {
  return code !== undefined && Number.isNaN(code) ? INT_MISSING : code;
}

/** The first row of the run that has another value, NaN being equal to itself; -1 for none. */
function firstOther(values: ArrayLike<number>, { from, to }: ReportRun, expected: number): number {
  const isMissing = Number.isNaN(expected);
  for (let row = from; row < to; row++) {
    const value = values[row] as number;
    if (value !== expected && !(isMissing && Number.isNaN(value))) return row;
  }
  return -1;
}

function sameText(bytes: Buffer, width: number, row: number): boolean {
  for (let i = row * width; i < (row + 1) * width; i++) if (bytes[i] !== bytes[i - width]) return false;
  return true;
}

/** The last four digits of a number as the word of four bytes that they are in a file. */
const LAST_DIGITS = new Uint32Array(
  Uint8Array.from(
    Array.from({ length: 10_000 }, (_, n) => [...Buffer.from(String(n).padStart(4, '0'))]).flat(),
  ).buffer,
);
const WORDS = ID_WIDTH / 4;

/**
 * Observation ids are the end of the report id and the number of the row in its report: unique because reports are, and in their
 * order. The first that is wrong in a run is told. Ids are looked at as words of four bytes, of which only the last one differs
 * from row to row.
 */
function checkIds(findings: FileView['findings'], ids: Buffer, blockRow: number, run: ReportRun): void {
  const words = new Uint32Array(ids.buffer, ids.byteOffset, ids.length >> 2);
  let number = blockRow + run.from - run.firstRow;
  let expected = idWords(run.id, number);
  for (let row = run.from; row < run.to; row++, number++) {
    if (number % 10_000 === 0) expected = idWords(run.id, number);
    const at = row * WORDS;
    let same = words[at + WORDS - 1] === LAST_DIGITS[number % 10_000];
    for (let i = 0; i < WORDS - 1; i++) same = same && words[at + i] === expected[i];
    if (same) continue;
    const found = textAt(ids, ID_WIDTH, row);
    const right = observationId(run.id, number);
    findings.add(
      'observation-id',
      { table: TABLE, variable: 'observation_id', row: blockRow + row },
      () => `${quoted(found)}, not ${right}`,
    );
    return;
  }
}

/** `<YYYYMMDDhhmmss>-<nn>-<number>` of a report's id and the number of the row in it. */
function observationId(reportId: string, number: number): string {
  return `${reportId.slice(-TIME_AND_NUMBER)}-${String(number).padStart(NUMBER_DIGITS, '0')}`;
}

function idWords(reportId: string, number: number): Uint32Array {
  const bytes = Uint8Array.from(
    Buffer.from(observationId(reportId, number).padStart(ID_WIDTH, '?'), 'latin1'),
  );
  return new Uint32Array(bytes.buffer, 0, WORDS);
}
