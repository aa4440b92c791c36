/** What the writer stores and the reader finds alike. */

/** How the `NAME` of a scale without a coordinate variable begins. */
export const PURE_DIMENSION = 'This is a netCDF dimension but not a netCDF variable.';

/** A chunk that has storage. Chunks without an entry read as the fill value. */
export interface StoredChunk {
  /** First row of the chunk. */
  readonly row: number;
  readonly address: number;
  /** Stored bytes, after the filters. */
  readonly size: number;
  /** Bit n set: filter n of the pipeline was skipped. */
  readonly filterMask: number;
}
