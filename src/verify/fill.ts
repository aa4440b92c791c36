/** The rule of `_FillValue`: it stands on a column exactly where a value is missing, and is the missing value of its type. */
import { INT_MISSING } from '../match/index.js';
import type { NcType, NumericArray, StoredVariable } from '../netcdf4/index.js';
import { type FileView, placeOf } from './file-view.js';

export const TIME_MISSING = -(2n ** 63n);

const MISSING: Readonly<Partial<Record<NcType, number | bigint>>> = {
  int: INT_MISSING,
  int64: TIME_MISSING,
  float: Number.NaN,
  double: Number.NaN,
};

/** Sees the rows of a column as they are read, and tells at the end. */
export interface FillWatch {
  see(values: NumericArray): void;
  end(): void;
}

export function watchFill(
  { findings }: FileView,
  { path, type, shape, attributes }: StoredVariable,
): FillWatch {
  const missing = MISSING[type];
  const [table, variable] = placeOf(path);
  const stored = attributes.get('_FillValue');
  let found = missing === undefined;
  let seen = false;
  return {
    see(values) {
      seen = true;
      found ||= holds(values, missing);
    },
    end() {
      // A column that cannot be read was told of.
      if (!seen && shape[0] !== 0) return;
      if (missing === undefined) {
        if (stored !== undefined)
          findings.add('fill-value', { table, variable }, () => `a column of type ${type} has no _FillValue`);
        return;
      }
      if (stored === undefined && found)
        findings.add(
          'fill-value',
          { table, variable },
          () => 'a value is missing and _FillValue is not there',
        );
      else if (stored !== undefined && !found)
        findings.add('fill-value', { table, variable }, () => '_FillValue is there and no value is missing');
      else if (stored !== undefined && (typeof stored !== 'object' || !Object.is(stored[0], missing)))
        findings.add(
          'fill-value',
          { table, variable },
          () => `_FillValue is ${String(stored)}, not ${missing}`,
        );
    },
  };
}

/** Whether the missing value is among the values; `includes(NaN)` takes ten times as long as a loop. */
function holds(values: NumericArray, missing: number | bigint | undefined): boolean {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
    return false;
  }
  // The same 64 bits as a word of 32 can be looked for without a bigint for each.
  if (values instanceof BigInt64Array) return typeof missing === 'bigint' && values.includes(missing);
  return typeof missing === 'number' && !(values instanceof BigUint64Array) && values.includes(missing);
}
