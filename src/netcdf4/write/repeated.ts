/**
 * Rows that are described by how they repeat instead of being written out: most columns of an observation table are equal for a
 * whole report, or follow from a few codes. Who knows that hands it on, and the chunk is deflated from the description: no
 * array is filled, compared, copied or searched for repeats.
 */
import type { NumericArray } from '../types.js';

/** Some rows of a variable. */
export interface RepeatedRows {
  readonly rows: number;
  /**
   * The rows that occur, once or more, as an array of the variable's type. Of texts that count two are enough: they show that not
   * all rows are equal, and with a number in it none is missing.
   */
  readonly distinct: NumericArray;
  /** Bytes of a row. */
  readonly rowBytes: number;
  /** All rows as bytes, written out. */
  expand(): Uint8Array;
  /**
   * Their zlib stream, a fresh array, of the rows as they are or, where a row is one number, after the shuffle filter; null where it would not be
   * smaller than the rows, or the general way is as good.
   */
  deflate(shuffled: boolean): Uint8Array | null;
}

/** Whether what is appended is a description. */
export function isRepeated(values: unknown): values is RepeatedRows {
  return typeof values === 'object' && values !== null && 'expand' in values;
}

/** Rows of all runs together. Throws RangeError for a run of none. */
export function sumOfRows(lengths: Int32Array): number {
  let rows = 0;
  for (let run = 0; run < lengths.length; run++) {
    const length = lengths[run]!;
    if (length < 1) throw new RangeError(`a run of ${length} rows`);
    rows += length;
  }
  return rows;
}
