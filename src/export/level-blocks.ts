/** Reading observations_table in blocks of whole records, with the rows of each block as levels. */
import type { StationContents } from '../reading/station.js';
import { findLevels, type LevelRows, type Levels, levelsWith } from './levels.js';
import { BLOCK_ROWS, isMarked, observationRange, type Selection } from './selection.js';

/** Rows of whole records, and with them of whole reports and levels. */
export interface LevelBlock {
  /** Row of observations_table with which the block begins. */
  readonly from: number;
  readonly rows: LevelRows;
  readonly levels: Levels;
  /**
   * A column as numbers, one for each row of the block: read when it is asked for, once. Of observations_table, or of its feedback;
   * all missing (NaN) where the file has no such column.
   */
  numbers(name: string, table?: string): Promise<Float64Array>;
}

/**
 * The blocks of the period. Levels without a selected variable are left out, and those that are not of a selected kind in any of
 * their rows.
 */
export async function* levelBlocks(
  station: StationContents,
  selection: Selection,
): AsyncGenerator<LevelBlock> {
  const wanted = selection.variables === null ? null : new Set(selection.variables);
  for (const [from, to] of recordRanges(station, selection)) {
    const numbers = columnsOf(station, from, to);
    const rows: LevelRows = {
      reportId: await station.table('observations_table').column('report_id').texts(from, to),
      variable: await numbers('observed_variable'),
      zType: await numbers('z_coordinate_type'),
      z: await numbers('z_coordinate'),
      zMethod: await numbers('z_coordinate_method'),
    };
    let levels = findLevels(rows);
    if (wanted !== null) levels = levelsWith(levels, (row) => wanted.has(rows.variable[row] as number));
    if (selection.levels !== null) {
      const [mask, bits] = [selection.levels, await numbers('level_significance')];
      levels = levelsWith(levels, (row) => isMarked(bits[row], mask));
    }
    yield { from, rows, levels, numbers };
  }
}

function* recordRanges(station: StationContents, selection: Selection): Generator<[number, number]> {
  const { firstRow, rowCount } = station.records;
  const [first, end] = observationRange(station, selection);
  let from = first;
  for (const [record, row] of firstRow.entries()) {
    const next = row + (rowCount[record] as number);
    if (next <= first || next > end || (next - from < BLOCK_ROWS && next < end)) continue;
    if (next > from) yield [from, next];
    from = next;
  }
}

function columnsOf(station: StationContents, from: number, to: number): LevelBlock['numbers'] {
  const read = new Map<string, Promise<Float64Array>>();
  return (name, table = 'observations_table') => {
    const key = `${table}/${name}`;
    let numbers = read.get(key);
    if (numbers === undefined) {
      const column = station.tables.get(table)?.columns.get(name);
      numbers = column?.numbers(from, to) ?? Promise.resolve(new Float64Array(to - from).fill(Number.NaN));
      read.set(key, numbers);
    }
    return numbers;
  };
}
