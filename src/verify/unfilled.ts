/** Columns of the tables that no harvest fills: the archives have nothing for them, and a value there is not of the source. */
import { INT_MISSING, TABLES_CONTRACT } from '../match/index.js';
import type { NumericArray, StoredVariable } from '../netcdf4/index.js';
import { type FileView, placeOf } from './file-view.js';
import { TIME_MISSING } from './fill.js';
import { DATA_TABLES } from './layout.js';

const FILLED: ReadonlySet<string> = new Set(
  TABLES_CONTRACT.elements.map(({ table, element }) => `/${table}/${element}`),
);

/** Tells of rows with a value in a column that is never filled; undefined for the other columns. */
export function watchUnfilled(
  { findings }: FileView,
  { path, shape }: StoredVariable,
): ((values: NumericArray, firstRow: number) => void) | undefined {
  const [table, variable] = placeOf(path);
  if (FILLED.has(path) || !DATA_TABLES.some((name) => name === table)) return undefined;
  const width = shape[1] ?? 1;
  return (values, firstRow) => {
    let told = -1;
    for (let i = 0; i < values.length; i++) {
      const row = firstRow + Math.floor(i / width);
      if (row === told || isMissing(values, i)) continue;
      told = row;
      findings.add('unfilled', { table, variable, row }, () => 'a value in a column that no harvest fills');
    }
  };
}

function isMissing(values: NumericArray, i: number): boolean {
  const value = values[i];
  if (typeof value === 'bigint') return value === TIME_MISSING;
  if (values instanceof Int32Array) return value === INT_MISSING;
  return values instanceof Uint8Array ? value === 0 : Number.isNaN(value);
}
