/**
 * Rows that are described by how they repeat instead of being written out: most columns of an observation table are equal for a
 * whole report, or follow from a few codes. Who knows that hands it on, and the chunk is deflated from the description: no
 * array is filled, compared, copied or searched for repeats.
 */
import type { NumericArray } from './types.js';

/** Some rows of a variable. */
export interface RepeatedRows {
  readonly rows: number;
  /** Every row that occurs, once or more, as an array of the variable's type: number of values per row times some rows. */
  readonly distinct: NumericArray;
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** All rows as bytes, written out. */
  expand(): Uint8Array;
  /**
   * Their zlib stream, a fresh array, of the rows as they are or (numbers only) after the shuffle filter; null where it would not
   * be smaller than the rows, or the general way is as good.
   */
  deflate(shuffled: boolean): Uint8Array | null;
}

/** Whether what is appended is a description. */
export function isRepeated(values: unknown): values is RepeatedRows {
  return typeof values === 'object' && values !== null && 'expand' in values;
}

/** Rows of all runs together. */
export function sumOfRows(lengths: Int32Array): number {
  let rows = 0;
  for (let run = 0; run < lengths.length; run++) rows += lengths[run] as number;
  return rows;
}
