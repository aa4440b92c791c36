/** What all rows of a report have in common: the time, place, source and ids that header_table gives the report. */

import { INT_MISSING } from '../match/index.js';
import { quoted } from './codes.js';
import type { FileView } from './file-view.js';
import { type ReportRun, textAt } from './report-runs.js';
import { describeTime, type Reports } from './reports.js';
import { bytesOf, floatsOf, intsOf, type RowBlock, timesOf } from './row-blocks.js';

const TABLE = 'observations_table';

/** Datasets whose levels have positions of their own. */
const POSITIONS_BY_LEVEL: ReadonlySet<string> = new Set([
  'bufr',
  'era5_1',
  'era5_2',
  'era5_1759',
  'era5_1761',
  'era5_3188',
]);

/** Width of `<YYYYMMDDhhmmss>-<nn>`, in which a report id ends and an observation id begins. */
const TIME_AND_NUMBER = '00000000000000-00'.length;
const NUMBER_DIGITS = 6;
const ID_WIDTH = TIME_AND_NUMBER + 1 + NUMBER_DIGITS;

/** Holds the rows of a block against the reports that they belong to; each difference is told once per report and block. */
export function createReportRows(
  view: FileView,
  reports: Reports,
): (block: RowBlock, runs: readonly ReportRun[]) => void {
  const { findings, dataset } = view;
  const hasOnePlace = !POSITIONS_BY_LEVEL.has(dataset);
  const sourceWidth = view.variable(TABLE, 'source_id')?.shape[1] ?? 1;
  const idWidth = view.variable(TABLE, 'observation_id')?.shape[1] ?? 0;
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

const ZERO = 48;
const NINE = 57;

/**
 * Observation ids are the end of the report id and the number of the row in its report: unique because reports are, and in their
 * order. The first that is wrong in a run is told.
 */
function checkIds(findings: FileView['findings'], ids: Buffer, blockRow: number, run: ReportRun): void {
  const number = blockRow + run.from - run.firstRow;
  const expected = Buffer.from(
    `${run.id.slice(-TIME_AND_NUMBER)}-${String(number).padStart(NUMBER_DIGITS, '0')}`,
    'latin1',
  );
  for (let row = run.from; row < run.to; row++) {
    const at = row * ID_WIDTH;
    for (let i = 0; i < ID_WIDTH; i++) {
      if (ids[at + i] === expected[i]) continue;
      const text = textAt(ids, ID_WIDTH, row);
      findings.add(
        'observation-id',
        { table: TABLE, variable: 'observation_id', row: blockRow + row },
        () => `${quoted(text)}, not ${expected.toString('latin1')}`,
      );
      return;
    }
    increment(expected);
  }
}

/** The next number, in the digits at the end of the id. */
function increment(id: Buffer): void {
  for (let i = ID_WIDTH - 1; i > TIME_AND_NUMBER; i--) {
    if (id[i] !== NINE) {
      id[i] = (id[i] as number) + 1;
      return;
    }
    id[i] = ZERO;
  }
}
