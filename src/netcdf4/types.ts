/** The public vocabulary of the writer: the twelve netCDF-4 types, attribute values, and the handles of an open file. */

import type { PreparedGroups } from './model.js';
import type { RepeatedRows } from './repeated.js';

/** The atomic types of the netCDF-4 data model, by their CDL names. */
export type NcType =
  | 'byte'
  | 'ubyte'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'int64'
  | 'uint64'
  | 'float'
  | 'double'
  | 'char'
  | 'string';

/** The arrays that carry numbers: one class per numeric netCDF type (`Uint8Array` also carries the bytes of `char`). */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * What an attribute may hold. `string` becomes a fixed-length UTF-8 scalar (at most 64000 bytes), `string[]` an array of
 * variable-length strings, a typed array a numeric array of its type, `number` an `int` where it is an integer of 32 bits
 * and a `double` otherwise, `bigint` an `int64`.
 */
export type AttributeValue = string | readonly string[] | number | bigint | NumericArray;

export interface CreateOptions {
  /** Deflate level 0 (no compression) to 9 of variables that do not say otherwise. Default 1. */
  deflateLevel?: number;
  /** Byte shuffle before deflate. Default true. */
  shuffle?: boolean;
  /** Rows per chunk. Default 16384, fewer where a chunk would pass 64 MiB. A shorter table is one chunk. */
  chunkRows?: number;
  /** Bound, in bytes of uncompressed chunks, that `ready()` waits for. Default 32 MiB. */
  maxPendingBytes?: number;
}

export interface VariableOptions {
  /**
   * The value of missing rows and the HDF5 fill value. The attribute `_FillValue` is written only when the value occurs.
   * A `char` variable takes one ASCII character; there, a missing value is a row that consists of it alone.
   */
  fill?: number | bigint | string;
  chunkRows?: number;
  deflateLevel?: number;
  shuffle?: boolean;
  /** Deflate without the search for repeats: faster, and smaller too, for shuffled numbers that hardly ever repeat. */
  huffmanOnly?: boolean;
  attributes?: Readonly<Record<string, AttributeValue>>;
}

/** An open file. Everything but `ready`, `close` and `abort` is synchronous. */
export interface NetcdfFile {
  readonly path: string;
  /** Where the bytes go until `close` renames them: `.<name>.<pid>.<number>.tmp` in the same folder. */
  readonly temporaryPath: string;
  readonly root: NetcdfGroup;
  /**
   * Puts groups below the root that `prepareGroups` has made. Of the dimensions of the root that they use, `dimensionOf` gives the
   * one of this file, which has the same length; it may define it. After an error the file can only be aborted.
   */
  include(prepared: PreparedGroups, dimensionOf: (dimension: NetcdfDimension) => NetcdfDimension): void;
  /** Resolves when the uncompressed bytes in flight are below the bound; rejects with the first error. */
  ready(): Promise<void>;
  /**
   * Finishes the file under its temporary name: data, metadata, superblock, fsync, a structure check of what was written. On any
   * error the temporary file is removed.
   */
  seal(): Promise<{ bytes: number }>;
  /** Gives the sealed file its final name: rename, fsync of the folder. On an error of the rename the final name is untouched. */
  publish(): Promise<void>;
  /** `seal` and `publish`. */
  close(): Promise<{ bytes: number }>;
  /** Removes the temporary file. May be called any number of times, also after an error or `close`. */
  abort(): Promise<void>;
}

export interface NetcdfGroup {
  /** `/` for the root, `/a/b` below. */
  readonly path: string;
  attribute(name: string, value: AttributeValue): void;
  /** Without `length` the dimension grows with the rows appended to its variables and is written with the final number. */
  dimension(name: string, length?: number): NetcdfDimension;
  group(name: string): NetcdfGroup;
  /** Dimensions may be given by name, looked up here and then in the parent groups. Only the first one may grow. */
  variable(
    name: string,
    type: NcType,
    dimensions: readonly (NetcdfDimension | string)[],
    options?: VariableOptions,
  ): NetcdfVariable;
}

export interface NetcdfDimension {
  readonly name: string;
  /** `undefined` while a dimension that grows is not finished. */
  readonly length: number | undefined;
}

export interface NetcdfVariable {
  readonly name: string;
  /** Rows appended so far. */
  readonly rows: number;
  attribute(name: string, value: AttributeValue): void;
  /**
   * Appends whole rows: a typed array of the variable's own type (`char`: `Uint8Array`, rows x width; `string`: `string[]`).
   * Rows of fixed size may also come as a description of how they repeat (`inRuns`, `byCode`, `counted`), which costs next to
   * nothing where it is a whole chunk (with shuffle: only `inRuns`). The values are copied; the caller may reuse its arrays
   * at once.
   */
  append(values: NumericArray | readonly string[] | RepeatedRows): void;
}
