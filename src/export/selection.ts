/** Which rows are exported: those of a period, of some variables, of some kinds of levels. */

import { feedbackGroups } from '../reading/feedback-groups.js';
import { firstNotBefore } from '../reading/reports.js';
import type { StationContents, StationTable } from '../reading/station.js';

/** What is asked for. */
export interface Selection {
  /** Record times, seconds since 1900-01-01: from, included, to, not included; infinite where not given. */
  readonly period: { readonly from: number; readonly to: number };
  /** Codes of the table `observed_variable`; null for all. */
  readonly variables: readonly number[] | null;
  /** Bits of `level_significance`, any one of which a row has; null for all rows. */
  readonly levels: number | null;
}

/** Consecutive rows of a table, and the places among them (counted from `from`) of those that are wanted; null for all. */
export interface RowBlock {
  readonly from: number;
  readonly to: number;
  readonly keep: Int32Array | null;
}

/** Rows that are read at a time: eight chunks of a station file. */
export const BLOCK_ROWS = 131_072;

/** What a row of a table stands for, where the selection has a say. */
export type RowsOf = 'observations' | 'reports' | 'other';

/** What the rows of a table are: feedback has a row for each observation, the configuration of profiles one for each report. */
export function rowsOf(station: StationContents, table: StationTable): RowsOf {
  if (table.name === 'observations_table') return 'observations';
  if (table.name === 'header_table') return 'reports';
  const isFeedback = feedbackGroups(station.contents).some(
    ({ name, isByRow }) => isByRow && name === table.name,
  );
  if (isFeedback) return 'observations';
  const isByReport = station.tables.get('header_table')?.rows === table.rows;
  return table.name === 'profile_configuration' && isByReport ? 'reports' : 'other';
}

/** The rows of observations_table in the period, first and last, the last not included. */
export function observationRange(station: StationContents, { period }: Selection): [number, number] {
  const { time, firstRow, rowCount } = station.records;
  const first = firstNotBefore(time, period.from);
  const end = firstNotBefore(time, period.to);
  if (first >= end) return [0, 0];
  return [firstRow[first] as number, (firstRow[end - 1] as number) + (rowCount[end - 1] as number)];
}

/** The wanted rows of a table, in its order. */
export async function* selectedRows(
  station: StationContents,
  table: StationTable,
  selection: Selection,
): AsyncGenerator<RowBlock> {
  const kind = rowsOf(station, table);
  const [first, end] = kind === 'observations' ? observationRange(station, selection) : [0, table.rows];
  for (let from = first; from < end; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, end);
    let keep: Int32Array | null = null;
    if (kind === 'observations') keep = await wantedRows(station, selection, from, to);
    if (kind === 'reports') keep = await rowsOfPeriod(station, selection, from, to);
    yield { from, to, keep };
  }
}

/** Rows of the variables and levels of the selection, as places from `from` on; null for all. */
async function wantedRows(
  station: StationContents,
  { variables, levels }: Selection,
  from: number,
  to: number,
): Promise<Int32Array | null> {
  if (variables === null && levels === null) return null;
  const table = station.table('observations_table');
  const wanted = variables && new Set(variables);
  const codes = wanted && (await table.column('observed_variable').numbers(from, to));
  const bits = levels === null ? null : await table.columns.get('level_significance')?.numbers(from, to);
  return places(
    to - from,
    (row) =>
      (wanted === null || wanted.has(codes?.[row] as number)) &&
      (levels === null || isMarked(bits?.[row], levels)),
  );
}

/** Whether `level_significance` of a row has one of the bits; NaN and undefined are no significance. */
export function isMarked(significance: number | undefined, levels: number): boolean {
  return ((significance ?? 0) & levels) !== 0;
}

async function rowsOfPeriod(
  station: StationContents,
  { period }: Selection,
  from: number,
  to: number,
): Promise<Int32Array | null> {
  if (period.from === Number.NEGATIVE_INFINITY && period.to === Number.POSITIVE_INFINITY) return null;
  const times = await station.table('header_table').column('report_timestamp').numbers(from, to);
  return places(times.length, (row) => {
    const time = times[row] as number;
    return time >= period.from && time < period.to;
  });
}

function places(rows: number, isWanted: (row: number) => boolean): Int32Array | null {
  const found = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (isWanted(row)) found[count++] = row;
  return count === rows ? null : found.subarray(0, count);
}
