/** Rows of an observation database (ODB) as columns: what its two encodings, text and ODB-2, are both read into. */
import type { FeedbackColumn, FeedbackValues } from '../../records/feedback.js';

/** Consecutive rows with one set of columns. */
export interface OdbBlock {
  /** Names as they stand in the file (`lat@hdr`, `expver`), with the kind of their values. */
  columns: readonly FeedbackColumn[];
  /** The values of each column, in the order of `columns`; numbers NaN and texts '' where missing (NULL). */
  values: readonly FeedbackValues[];
  /** 1 for a column that is known to be equal in all rows, else 0. */
  constant: Uint8Array;
  rowCount: number;
  /** First byte in the uncompressed file of each row: of its line in text, of its frame in ODB-2. */
  offsets: Float64Array;
}
