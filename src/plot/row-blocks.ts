/** The rows of observations_table in blocks, so that a station of any length is summed up in little memory. */
import type { StationContents } from '../reading/station.js';

/** Whole chunks of the file, some megabytes of doubles a column. */
const BLOCK_ROWS = 16_384 * 16;

/** Values of the columns, NaN for missing, from the row `first` on. */
export interface RowBlock<Name extends string> {
  first: number;
  rows: number;
  columns: Record<Name, Float64Array>;
}

/** Numbers of columns of tables that have a row for each observation: `observations_table` and feedback. */
export async function* rowBlocks<Name extends string>(
  station: StationContents,
  columns: Readonly<Record<Name, readonly [table: string, column: string]>>,
): AsyncGenerator<RowBlock<Name>> {
  const names = Object.keys(columns) as Name[];
  const { rows } = station.table('observations_table');
  for (let first = 0; first < rows; first += BLOCK_ROWS) {
    const end = Math.min(rows, first + BLOCK_ROWS);
    const values = await Promise.all(
      names.map(
        async (name) => await station.table(columns[name][0]).column(columns[name][1]).numbers(first, end),
      ),
    );
    const block = Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, Float64Array>;
    yield { first, rows: end - first, columns: block };
  }
}
