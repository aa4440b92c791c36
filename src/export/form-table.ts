/** What each form makes of a station file. */
import type { Batch, ExportColumn } from '../tabular/table.js';

/** A table of one station file in one of the forms. */
export interface FormTable {
  readonly columns: readonly ExportColumn[];
  /** The rows, with the columns at these places only. */
  batches(wanted: readonly number[]): AsyncIterable<Batch>;
}
