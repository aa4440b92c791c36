/** Comparing the tables of two station files, value by value. */
import type { StationView, TableView } from '../support/demo/station-view.js';

/** The values of a column as they are stored, numbers as numbers: NaN equals NaN under `toEqual`. */
export function valuesOf(table: TableView, column: string): Float64Array | string[] {
  return table.schema(column).type === 'char' ? table.texts(column) : table.numbers(column);
}

/** Columns of a table whose values differ between two files; `except` are not looked at, nor what only one file has. */
export function differingColumns(
  a: StationView,
  b: StationView,
  table: string,
  except: readonly string[] = [],
): string[] {
  const [first, second] = [a.table(table), b.table(table)];
  return first.columns.filter((column) => {
    if (except.includes(column) || !second.has(column)) return false;
    const [one, other] = [valuesOf(first, column), valuesOf(second, column)];
    return (
      one.length !== other.length || one.some((value: unknown, i: number) => !Object.is(value, other[i]))
    );
  });
}
