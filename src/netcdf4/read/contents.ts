/** What reading a netCDF-4 file gives: groups, variables, attributes, and rows as typed arrays. */
import type { NcType, NumericArray } from '../types.js';

/** A text, a list of texts, or numbers as they are stored. */
export type StoredAttribute = string | readonly string[] | NumericArray;

/** A file open for reading. Nothing is read before it is asked for, and only the chunks that hold it. */
export interface NetcdfContents {
  readonly path: string;
  readonly bytes: number;
  readonly root: StoredGroup;
  close(): void;
}

export interface StoredGroup {
  /** `/` for the root, `/a/b` below. */
  readonly path: string;
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
  /** Without the datasets that only stand for a dimension. In the order of the file. */
  readonly variables: ReadonlyMap<string, StoredVariable>;
  readonly groups: ReadonlyMap<string, StoredGroup>;
}

export interface StoredVariable {
  readonly name: string;
  readonly path: string;
  /** `string` (variable length) has no rows here: station files have none. */
  readonly type: NcType;
  readonly shape: readonly number[];
  /** Names of the dimensions, '' where the file does not tell. */
  readonly dimensions: readonly string[];
  readonly attributes: ReadonlyMap<string, StoredAttribute>;
  /** False where every row is the fill value and takes no bytes. */
  readonly isStored: boolean;
  /**
   * Rows `[from, to)` of the first dimension, all of the others, in row-major order: a new array of the variable's own type, `char`
   * as bytes. Throws `InputError` (`NETCDF_STRUCTURE`, with `byteOffset`) where a chunk is damaged, `RangeError` outside of the rows.
   */
  read(from?: number, to?: number): Promise<NumericArray>;
  /** The chunks that hold rows, in the order of the rows; one for contiguous storage. For tools that check or explain the storage. */
  storage(): readonly StoredBytes[];
}

/** Where stored rows lie in the file. */
export interface StoredBytes {
  readonly firstRow: number;
  readonly rows: number;
  readonly address: number;
  /** Bytes in the file, after the filters. */
  readonly size: number;
}
