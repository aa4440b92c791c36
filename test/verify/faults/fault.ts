/** A fault to plant in a small station file, with what must be found; and the words that the tables of faults are written in. */
import type { FindingKind } from '../../../src/verify/index.js';
import type { Change } from '../../support/station-rewrite.js';
import type { ChangeOfColumn } from '../planted.js';

export interface Fault {
  what: string;
  in: 'igra2' | 'era5';
  change: Change;
  found: { kind: FindingKind; table?: string; variable?: string; row?: number | null };
}

export const OBSERVATIONS = 'observations_table';
export const INT_MISSING = -(2 ** 31);

/** Rows of the second and the third sounding in the file of igra2, as `planted.ts` makes it. */
export const SECOND = 145;
export const THIRD = 151;
/** Air temperature at 925 hPa, in degC in the source. */
export const TEMPERATURE = 6;

/** A change of one column of observations_table. */
export function observation(column: string, change: ChangeOfColumn): Change {
  return { values: { [`${OBSERVATIONS}/${column}`]: change } };
}

export function header(column: string, change: ChangeOfColumn): Change {
  return { values: { [`header_table/${column}`]: change } };
}

export function inObservations(kind: FindingKind, variable: string, row: number): Fault['found'] {
  return { kind, table: OBSERVATIONS, variable, row };
}

export function attribute(name: string, value: string | null): Change {
  return { attributes: { '': { [name]: value } } };
}
